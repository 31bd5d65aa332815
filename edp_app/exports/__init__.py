"""What a workshop leaves behind for others to read on with: JSON, tables, a spreadsheet.

All of them are made of one read model (:mod:`edp_app.exports.model`), which holds what the room was shown and
nothing else.
"""
