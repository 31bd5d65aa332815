"""The browser of the tests: Debian's Chromium, or the one that EDP_CHROMIUM names."""

import os
import shutil
from pathlib import Path

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium_path() -> str:
    """Where Chromium is. Raises ``FileNotFoundError`` with what to install."""
    named = os.environ.get("EDP_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if named and Path(named).exists():
        return named
    raise FileNotFoundError("There is no Chromium. On Debian: apt-get install chromium; or set EDP_CHROMIUM.")
