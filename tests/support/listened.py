"""What a page is told, whether it shows it or not."""

from playwright.sync_api import Page, WebSocket

ONLY_AFTER = ("rank_headcount", "not_represented", "sides", "by_cell", "mean_place", "backed_by")
"""Names that stand in results and nowhere else."""


class Listened:
    """What the server told a page over its sockets."""

    def __init__(self, page: Page) -> None:
        self.heard: list[str] = []
        page.on("websocket", self._socket)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.heard.append(str(frame)))

    def of_results(self) -> list[str]:
        """The names of results that it has heard."""
        everything = "".join(self.heard)
        return [name for name in ONLY_AFTER if f'"{name}"' in everything]
