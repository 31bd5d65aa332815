"""What ``static/build.mjs`` makes: files named by their content, and the table of icons."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from edp_app.config import resource_dir


class MissingBundleError(RuntimeError):
    """The bundle was not built; the message says how."""


class Bundle:
    """Reads ``static/dist/manifest.json``, again whenever the bundle was built anew. Where a file of it is
    missing, every method raises :class:`MissingBundleError`."""

    def __init__(self) -> None:
        self.folder = resource_dir("static") / "dist"
        self._stamp = 0
        self._names: dict[str, str] = {}

    def path(self, name: str) -> str:
        """What ``name``, such as ``phone.js``, is called now, below the folder."""
        manifest = self.folder / "manifest.json"
        try:
            stamp = manifest.stat().st_mtime_ns
            if stamp != self._stamp:
                self._names = json.loads(manifest.read_text("utf-8"))
                self._stamp = stamp
            return self._names[name]
        except (OSError, KeyError, ValueError) as error:
            raise MissingBundleError(
                f"“{name}” is not in {manifest}. In a checkout, build it with: npm ci && npm run build"
            ) from error

    def file(self, name: str) -> Path:
        """The file that ``name`` stands for now."""
        return self.folder / self.path(name)

    def icons(self) -> Mapping[str, str]:
        """Every icon of the product by its name, as a path on a grid of 24 × 24: the table in
        ``static/js/shared/icons.js``."""
        try:
            return _table(self.file("icons.json"))
        except (OSError, ValueError) as error:
            raise MissingBundleError(f"The icons are not in {self.folder}; build it again.") from error

    def icon_path(self, name: str) -> str:
        """The path of an icon; for a name without one the hexagon of "other"."""
        icons = self.icons()
        return icons.get(name) or icons["other"]


@lru_cache(maxsize=2)
def _table(path: Path) -> Mapping[str, str]:
    table: dict[str, str] = json.loads(path.read_text("utf-8"))
    return table
