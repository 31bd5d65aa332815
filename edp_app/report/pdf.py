"""The report as PDF: tagged (PDF/UA-1), with bookmarks, its fonts embedded, fetching nothing from anywhere.

What people typed reaches the page through autoescape alone; the only addresses that layout may open are our
own built files and drawings that stand in the document itself.
"""

import logging
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from weasyprint import HTML, Document  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from edp_app.bundle import Bundle, MissingBundleError
from edp_app.charts import metrics, palette
from edp_app.config import resource_dir
from edp_app.report import pages
from edp_app.report.breaking import breakable
from edp_app.report.contents import Report
from edp_app.report.wording import Look, Wording, wording

OWN = "https://report.invalid/"
"""The address under which the document names our own files. ".invalid" is no host anywhere (RFC 2606), and
the fetcher opens a file instead."""

Progress = Callable[[str, int, int], None]
"""Told of a state ("layout", "writing"), the page reached and how many there are; 0 is not known yet."""

_PAGE_DONE = "Step 5 - Creating layout - Page %d"
"""What the layout engine logs with each page."""


_END_OF_BLOCK = re.compile(r"\s+(?=</(?:p|li|dt|dd|th|td|h[1-6]|caption|div)>|<(?:p|ul|ol|div)[ >])")
"""White space that ends a block, or what stands in it before the next one. It is not drawn, but a last line
that fits only without it is broken after its first word."""


_BREAKS_ANYWHERE = (
    "<style>:not(section) { break-before: auto !important; break-inside: auto !important;"
    " break-after: auto !important; }</style></head>"
)
"""Takes every wish about where a page ends from all but the parts of the report."""

logger = logging.getLogger(__name__)


class ReportError(Exception):
    """The report cannot be made; the message is a sentence for whoever asked for it."""


class OwnFiles(URLFetcher):  # type: ignore[misc]  # the layout engine has no types
    """Opens files of one folder under :data:`OWN`, and ``data:`` addresses; everything else is refused."""

    TYPES: Mapping[str, str] = {".css": "text/css", ".woff2": "font/woff2"}

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
        self._folder = folder.resolve()

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The file that this address names. Raises ``ValueError`` for any other address."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path = (self._folder / url.removeprefix(OWN)).resolve()
        if not url.startswith(OWN) or self._folder not in path.parents or path.suffix not in self.TYPES:
            raise ValueError(f"not a file of the report: {url[:200]}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": self.TYPES[path.suffix]})


def _finalize(value: object) -> object:
    """Long words may break wherever a text is put into a page; what is markup already is left alone."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return breakable(value)
    return value


def unbroken(text: str) -> Markup:
    """A title in which compounds ("Tacna–Arica") stay on one line, as far as they are short enough for it."""
    words = [
        Markup('<span class="unbroken">{}</span>').format(word) if len(word) <= 22 else breakable(word)
        for word in text.split()
    ]
    return Markup(" ").join(words)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource_dir("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    return environment


def look(words: Wording) -> Look:
    """Colours from the style sheet, icons from the pages' own table, widths from the fonts."""
    bundle = Bundle()
    colours = palette(bundle.file("report.css").read_text("utf-8"))
    return Look(colours, bundle.icons(), metrics(bundle.folder / "fonts"), words)


class _Pages(logging.Handler):
    """Hears from the layout engine which page it has come to."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(logging.INFO)
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg == _PAGE_DONE and isinstance(record.args, tuple):
            self._progress("layout", int(str(record.args[0])), 0)


@contextmanager
def _telling(progress: Progress) -> Iterator[None]:
    """Within this context the pages laid out are told."""
    heard, handler = logging.getLogger("weasyprint.progress"), _Pages(progress)
    level = heard.level
    heard.addHandler(handler)
    heard.setLevel(logging.INFO)
    try:
        yield
    finally:
        heard.removeHandler(handler)
        heard.setLevel(level)


class Typesetter:
    """Sets one report. Raises :class:`ReportError` if the bundle is missing."""

    def __init__(self, report: Report) -> None:
        bundle = Bundle()
        self.report = report
        self.words = wording(report.language)
        self.fetcher = OwnFiles(bundle.folder)
        try:
            self.sheet = OWN + bundle.path("report.css")
            self.context = pages.context(report, look(self.words))
        except MissingBundleError as error:
            raise ReportError(str(error)) from error

    def html(self, template: str, **more: Any) -> str:
        """A template filled with the report's contents, in the report's language."""
        environment = _environment().overlay()
        environment.install_gettext_translations(self.words.translations, newstyle=True)  # type: ignore[attr-defined]
        filled = environment.get_template(template).render(**self.context, sheet=self.sheet, **more)
        return _END_OF_BLOCK.sub("", filled)

    def layout(self, html: str) -> Document:
        """The pages of a filled template. Raises :class:`ReportError` if our own files are missing."""
        try:
            try:
                return self._laid_out(html)
            except AssertionError:
                # The layout engine's answer to what may break nowhere and is longer than a page. The style
                # sheet has no such thing; should it happen, odd breaks are better than no report.
                logger.exception("Laid out anew, without wishes about where pages end.")
                return self._laid_out(html.replace("</head>", _BREAKS_ANYWHERE, 1))
        except FatalURLFetchingError as error:
            raise ReportError("A file of the report is missing; build the style sheets again.") from error

    def _laid_out(self, html: str) -> Document:
        document = HTML(string=html, base_url=OWN, url_fetcher=self.fetcher)
        return document.render(font_config=FontConfiguration(), pdf_variant="pdf/ua-1")

    def fit(self) -> pages.Fit:
        """The most generous setting in which page one is one page and, if there is one, shows all that
        passed. Of those that do, and of those that do not, each needs less room than the one before: so half
        of them are ruled out at a time."""
        fits = pages.fits_for(self.report.decision)

        def is_one_page(fit: pages.Fit) -> bool:
            return len(self.layout(self.html("report/page_one.html", fit=fit)).pages) == 1

        if is_one_page(fits[0]):
            return fits[0]
        order = [pages.FITS.index(fit) for fit in fits]
        cut = next((n for n in range(1, len(fits)) if order[n] < order[n - 1]), len(fits))
        for some in (fits[:cut], fits[cut:]):
            place = bisect_left(some, True, key=is_one_page)
            if place < len(some):
                return some[place]
        return fits[-1]

    def document(self, progress: Progress) -> Document:
        """The whole report, laid out."""
        html = self.html("report/report.html", fit=self.fit())
        with _telling(progress):
            return self.layout(html)


def render(report: Report, progress: Progress = lambda _state, _page, _pages: None) -> bytes:
    """The report as a PDF file's bytes. Takes seconds of CPU. Raises :class:`ReportError` if our own files
    are missing. Equal reports give equal files."""
    progress("layout", 0, 0)
    document = Typesetter(report).document(progress)
    progress("writing", len(document.pages), len(document.pages))
    # The file's identifier, random otherwise, is the position of the log it was made from.
    identifier = bytes.fromhex(report.digest[:32])
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier))
