"""The report of a workshop: one read model, drawn charts, and the PDF laid out from both.

Everything here reads a folded state and writes a file; nothing here decides a rule. Layout takes seconds of
CPU, so it runs in a child process (see :mod:`edp_app.report.command`), never in the server.
"""
