"""Children that never outlive their parent: a pickled message channel, and a lifeline that ends them with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from dailies.upkeep.log_files import open_log


@dataclass(slots=True)
class Child:
    """A running child: its process and the channel to it."""

    process: subprocess.Popen[bytes]
    channel: Connection[Any, Any]

    def end(self) -> None:
        """Kill the child if need be and give back what it held."""
        self.channel.close()
        if self.process.stdin is not None:
            self.process.stdin.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def start_child(module: str, log: Path) -> Child:
    """Start a module's `main` in a process with a channel to it; what it prints is appended to `log`.

    The child's standard input is its lifeline: the system closes it when this process ends, however it ends. It has a
    process group of its own, so that Ctrl-C, which a terminal sends to the group, reaches this process only: a reader
    that was still starting would die of it, and its page would be taken for unreadable. The module is imported by its
    name, not run as `__main__`: what it sends must be of classes that this side knows too.
    """
    ours, theirs = socket.socketpair()
    with open_log(log) as words:
        process = subprocess.Popen(
            [sys.executable, "-c", f"from {module} import main; main()", str(theirs.fileno())],
            stdin=subprocess.PIPE,
            stdout=words,
            stderr=words,
            pass_fds=(theirs.fileno(),),
            process_group=0,
        )
    theirs.close()
    return Child(process, Connection(ours.detach()))


def join_parent() -> Connection[Any, Any]:
    """In a child: the channel to the parent, with the lifeline watched and Ctrl-C left to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="lifeline", daemon=True).start()
    return Connection(int(sys.argv[1]))


def _end_with_parent() -> None:
    os.read(0, 1)  # returns only at end of file: the parent never writes here
    os._exit(1)
