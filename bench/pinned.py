"""``python -m bench.pinned CORE ordinary|first COMMAND …`` becomes the command, on that processor only."""

import os
import sys

from bench.machine import confine, more_files


def main() -> None:
    """Never returns: the command takes the place of this process, so its id is the one that was started."""
    core, priority, *command = sys.argv[1:]
    confine(int(core), priority == "first")
    more_files()
    os.execvp(command[0], command)  # noqa: S606  # our own command line


if __name__ == "__main__":
    main()
