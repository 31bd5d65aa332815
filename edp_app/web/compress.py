"""Scripts, style sheets, drawings and the browser's words travel compressed: on a slow line they are most of
the wait.

Pages with forms do not: beside a secret, what a visitor gets onto a page would tell about that secret by the
length of the answer (BREACH: Gluck, Harris & Prado 2013).
"""

import gzip
from functools import lru_cache

from flask import Flask, Response, request

ENDPOINTS = ("static", "join.catalogue", "pictures.svg", "pictures.table")
TYPES = ("text/javascript", "text/css", "image/svg+xml", "application/json")


def init(app: Flask) -> None:
    """Compresses what the endpoints above answer, for browsers that take it."""
    app.after_request(compressed)


def compressed(response: Response) -> Response:
    """The same answer, smaller."""
    if request.endpoint not in ENDPOINTS or response.mimetype not in TYPES:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or request.range or not request.accept_encodings["gzip"]:
        return response
    response.direct_passthrough = False  # a file is read into memory: they are small, and packed once
    response.set_data(_packed(response.get_data()))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)  # equal in meaning, not byte for byte
    return response


@lru_cache(maxsize=32)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
