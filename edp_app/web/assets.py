"""The bundle's scripts, style sheets and icons, as pages name them."""

from flask import Flask, current_app

from edp_app.bundle import Bundle


def asset_url(name: str) -> str:
    """The address of a script or style sheet of the bundle, such as ``phone.js``."""
    bundle: Bundle = current_app.extensions["edp.bundle"]
    return f"/static/dist/{bundle.path(name)}"


def init(app: Flask) -> None:
    """Gives the templates what they need of the bundle."""
    bundle = app.extensions["edp.bundle"] = Bundle()
    app.jinja_env.globals |= {"asset_url": asset_url, "icon_path": bundle.icon_path}
