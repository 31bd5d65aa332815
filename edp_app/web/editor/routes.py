"""All pages of the editor, on one blueprint."""

from edp_app.web.editor import groups, pages, showing, stage

PAGES = (groups, pages, showing, stage)
bp = pages.bp
