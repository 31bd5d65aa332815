"""The bundle: scripts and style sheets under names that change with their content."""

import json
from pathlib import Path

from flask import Flask, current_app

from edp_app.config import resource_dir


class MissingBundleError(RuntimeError):
    """The bundle was not built; the message says how."""


class Assets:
    """Reads ``static/dist/manifest.json``, again whenever the bundle was built anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stamp = 0
        self._names: dict[str, str] = {}

    def path(self, name: str) -> str:
        """The file of the bundle that ``name`` stands for now. Raises :class:`MissingBundleError`."""
        manifest = self.folder / "manifest.json"
        try:
            stamp = manifest.stat().st_mtime_ns
            if stamp != self._stamp:
                self._names = json.loads(manifest.read_text("utf-8"))
                self._stamp = stamp
            return self._names[name]
        except (OSError, KeyError) as error:
            raise MissingBundleError(
                f"“{name}” is not in {manifest}. In a checkout, build it with: npm ci && npm run build"
            ) from error


def asset_url(name: str) -> str:
    """The address of a script or style sheet of the bundle, such as ``phone.js``."""
    assets: Assets = current_app.extensions["edp.assets"]
    return f"/static/dist/{assets.path(name)}"


def init(app: Flask) -> None:
    """Serves the bundle and nothing else below ``/static``."""
    app.extensions["edp.assets"] = Assets(resource_dir("static") / "dist")
    app.jinja_env.globals["asset_url"] = asset_url
