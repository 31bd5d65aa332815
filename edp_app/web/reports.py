"""The PDF of a workshop: made by a fresh child process, one at a time, and downloaded when it is there.

The child is ``edp report`` at low priority with a limit on its memory. It says in lines of JSON how far it
is; whoever is registered in :attr:`ReportJobs.listeners` hears it. What goes wrong in the child costs nobody
else anything and is said in a sentence.
"""

import json
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gevent
from gevent import subprocess
from gevent.lock import BoundedSemaphore

from edp_app.apart import EDP, LONGEST_LINE, Children, last_words
from edp_app.config import Settings
from edp_app.i18n import translator

log = logging.getLogger(__name__)

Progress = dict[str, Any]
Listener = Callable[[str, Progress], object]
"""Called with a workshop's code and how far its report is."""

_STATES = ("reading", "layout", "writing")


def N_(message: str) -> str:  # noqa: N802 - the name by which messages are found
    """Marks a sentence for the catalogue; it is translated when it is said."""
    return message


_TOO_LONG = N_(
    "The report was not finished in time, so it was given up. Please try again; if it happens again, "
    "tell the operator of this server."
)
_FAILED = N_(
    "The report could not be made. The workshop is not affected. Please try again; if it happens again, "
    "tell the operator of this server."
)


@dataclass
class Job:
    """One report being made."""

    id: str
    workshop_id: str
    code: str
    language: str
    speaks: str
    """The language of whoever asked, for what is said when it fails."""
    progress: Progress = field(default_factory=dict)
    again: bool = False
    """Whether it was asked for once more since its child may have read the workshop."""


class ReportJobs:
    """All reports of this server. ``url`` gives the address of a workshop's finished PDF."""

    def __init__(self, settings: Settings, url: Callable[[str], str]) -> None:
        self.listeners: list[Listener] = []
        self.command: list[str] = [*EDP, "report"]
        self._settings = settings
        self._url = url
        self._turn = BoundedSemaphore(1)
        self._jobs: dict[str, Job] = {}
        self._last: dict[str, Progress] = {}
        self._children = Children(settings)

    def start(self, workshop_id: str, code: str, *, language: str, speaks: str) -> Job:
        """Begins to make the report. Where one is being made for this workshop already, that one is returned,
        and begun again when it is finished: what has happened meanwhile is to be in it."""
        running = self._jobs.get(workshop_id)
        if running is not None:
            running.again |= running.progress["state"] not in ("queued", "preparing")
            return running
        job = Job(secrets.token_hex(6), workshop_id, code, language, speaks)
        state = "queued" if self._jobs else "preparing"
        self._jobs[workshop_id] = job
        self._tell(job, {"state": state})
        gevent.spawn(self._run, job)
        return job

    def running(self, workshop_id: str) -> Job | None:
        """The report that is being made for this workshop, if there is one."""
        return self._jobs.get(workshop_id)

    def last_progress(self, workshop_id: str) -> Progress | None:
        """What was last said of a report of this workshop, since this server started: of the one being made,
        or how the last one ended. Nothing of a finished one whose file is gone."""
        last = self._last.get(workshop_id)
        return None if last and last["state"] == "done" and not self.latest(workshop_id) else last

    def latest(self, workshop_id: str) -> Path | None:
        """The PDF finished last, or None."""
        finished = sorted(self._folder(workshop_id).glob("report-*.pdf"), key=lambda p: p.stat().st_mtime_ns)
        return finished[-1] if finished else None

    def stop(self) -> None:
        """Ends every child; for the end of the server."""
        self._children.stop()

    def _folder(self, workshop_id: str) -> Path:
        return self._settings.data / "reports" / workshop_id

    def _run(self, job: Job) -> None:
        try:
            with self._turn:
                if job.progress["state"] == "queued":
                    self._tell(job, {"state": "preparing"})
                failure = self._make(job)
                while job.again and not failure:
                    job.again = False
                    self._tell(job, {"state": "preparing"})
                    failure = self._make(job)
        except Exception:  # whatever it was: the console must not wait for ever
            log.exception("report job %s failed", job.id)
            failure = _FAILED
        finally:
            del self._jobs[job.workshop_id]
        if failure:
            message = translator(job.speaks).gettext(failure)
            self._tell(job, {"state": "failed", "message": message})
        else:
            self._tell(job, {"state": "done", "url": self._url(job.code)})

    def _make(self, job: Job) -> str:
        """Makes the PDF; returns why not, or nothing."""
        folder = self._folder(job.workshop_id)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = folder / f"{job.id}.part"
        command = [*self.command, job.code, "--out", str(part), "--language", job.language, "--progress"]
        finished = False
        try:
            with (
                self._children.run(command, last_words) as child,
                gevent.Timeout(self._settings.report_seconds),
            ):
                self._follow(job, child.process)
                child.process.wait()
            finished = part.is_file() and child.process.returncode == 0
        except gevent.Timeout:
            log.warning("report job %s took longer than %d s", job.id, self._settings.report_seconds)
            return _TOO_LONG
        finally:
            if not finished:
                part.unlink(missing_ok=True)
        if not finished:
            status = child.process.returncode
            log.error("report job %s ended with status %s: %s", job.id, status, child.problem or "no message")
            return _FAILED
        made = folder / f"report-{job.id}.pdf"
        before = [old for old in folder.glob("report-*.pdf") if old != made]
        part.rename(made)
        for old in before:
            old.unlink(missing_ok=True)
        return ""

    def _follow(self, job: Job, child: subprocess.Popen[bytes]) -> None:
        while line := child.stdout.readline(LONGEST_LINE):
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if not isinstance(said, dict) or said.get("state") not in _STATES:
                continue
            numbers = {k: said[k] for k in ("page", "pages") if isinstance(said.get(k), int)}
            self._tell(job, {"state": said["state"], **numbers})

    def _tell(self, job: Job, progress: Progress) -> None:
        job.progress = self._last[job.workshop_id] = {"job": job.id, **progress}
        for listener in self.listeners:
            listener(job.code, job.progress)
