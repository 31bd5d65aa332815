"""The history of the tables, applied by :mod:`edp_app.log.upgrade`."""
