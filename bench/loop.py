"""One thread, one epoll: what is to happen on a socket, and what is to happen at a time."""

import heapq
import select
import time
from collections.abc import Callable

Handler = Callable[[int], object]
"""Called with the epoll events of its socket."""

clock = time.perf_counter


class Loop:
    """Runs until a condition holds. Nothing here waits for anything but the time and the sockets."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._handlers: dict[int, Handler] = {}
        self._timers: list[tuple[float, int, Callable[[], object]]] = []
        self._count = 0

    def watch(self, fd: int, handler: Handler, *, writing: bool = False) -> None:
        """Call ``handler`` when the socket can be read, and if ``writing`` also when it can be written."""
        events = select.EPOLLIN | (select.EPOLLOUT if writing else 0)
        if fd in self._handlers:
            self._epoll.modify(fd, events)
        else:
            self._epoll.register(fd, events)
        self._handlers[fd] = handler

    def forget(self, fd: int) -> None:
        """The opposite of :meth:`watch`. Repeatable."""
        if self._handlers.pop(fd, None):
            self._epoll.unregister(fd)

    def at(self, when: float, job: Callable[[], object]) -> None:
        """Call ``job`` at this time of :data:`clock`, or as soon after it as possible."""
        self._count += 1
        heapq.heappush(self._timers, (when, self._count, job))

    def run(self, done: Callable[[], bool], seconds: float, what: str) -> None:
        """Go on until ``done()``. Raises ``TimeoutError`` that names ``what`` if it takes longer."""
        end = clock() + seconds
        timers, handlers, poll = self._timers, self._handlers, self._epoll.poll
        while not done():
            now = clock()
            if now > end:
                raise TimeoutError(f"{what} was not done within {seconds:g} s")
            while timers and timers[0][0] <= now:
                heapq.heappop(timers)[2]()
            until = timers[0][0] if timers else end
            # Not longer than this, so that a condition which depends on the time alone is seen.
            for fd, events in poll(max(0.0, min(until - clock(), 0.02)), 512):
                if handler := handlers.get(fd):
                    handler(events)

    def close(self) -> None:
        self._epoll.close()
