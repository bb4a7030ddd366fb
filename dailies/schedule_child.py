"""A scheduled job as a process of its own: it works, prints what a person at a terminal would see, and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from dailies.failures import known_failures
from dailies.settings import DATABASE_VARIABLE
from dailies.upkeep.log_files import open_log


def start_job(name: str, database_url: str, out: Path, readers: int, log: Path) -> subprocess.Popen[bytes]:
    """Start a job's process, its words appended to `log`; its standard input is its lifeline.

    The database's URL may hold a password, which everybody could read in a command line: it goes by the environment.
    """
    with open_log(log) as words:
        return subprocess.Popen(
            [
                *(sys.executable, "-c", "from dailies.schedule_child import main; main()"),
                *(name, str(out), str(readers)),
            ],
            env={**os.environ, DATABASE_VARIABLE: database_url},
            stdin=subprocess.PIPE,
            stdout=words,
            stderr=words,
            process_group=0,
        )


def main() -> None:
    """Carry out the job named on the command line; its exit code is the command's."""
    from dailies.schedule_jobs import carry_out

    threading.Thread(target=_stop_with_parent, name="lifeline", daemon=True).start()
    name, out, readers = sys.argv[1:]
    with known_failures():
        sys.exit(carry_out(name, None, Path(out), int(readers)))


def _stop_with_parent() -> None:
    """Finish the page in hand and save when the schedule's process is gone: the system then closes the lifeline."""
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
