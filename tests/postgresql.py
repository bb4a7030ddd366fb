"""A PostgreSQL server of the tests' own: in a folder of its own, reachable through a socket in it, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

NEEDED = ("initdb", "pg_ctl")
_USER = "postgres"
_SETTINGS = (
    *("--auth=trust", f"--username={_USER}", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"),
    *("--locale-provider=icu", "--icu-locale=en"),
)
"""Sorting as a dictionary does, as most servers are set up: we must not depend on it."""
_OPTIONS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
"""No network, and no care for power cuts: what it holds is thrown away."""


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The URL of a new server's database `postgres`, in which the caller may create others.

    The server refuses to be run by root, so root runs it as Debian's user `postgres`.
    """
    folder = Path(tempfile.mkdtemp(prefix="dailies-postgresql-"))  # a socket's path must be short, pytest's are long
    try:
        runs_as = _other_user(folder)
        _run(["initdb", *_SETTINGS, "-D", "data"], folder, runs_as)
        _run(["pg_ctl", "start", "-w", "-D", "data", "-l", "log", "-o", f"-k {folder} {_OPTIONS}"], folder, runs_as)
        try:
            yield f"postgresql://{_USER}@/postgres?host={folder}"
        finally:
            _run(["pg_ctl", "stop", "-m", "immediate", "-D", "data"], folder, runs_as)
    finally:
        shutil.rmtree(folder)


@contextmanager
def new_database(server: str, template: str | None = None) -> Iterator[str]:
    """The URL of a new database on that server, empty or a copy of `template`, dropped afterwards."""
    location = make_url(server)
    if template:  # which nobody may be in
        location = location.set(database="postgres")
    engine = create_engine(location, isolation_level="AUTOCOMMIT")
    name = f"dailies_test_{uuid4().hex[:12]}"
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}{f' TEMPLATE {template}' if template else ''}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def _other_user(folder: Path) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    shutil.chown(folder, _USER, _USER)
    return {"user": _USER, "group": _USER, "extra_groups": ()}


def _run(command: list[str], folder: Path, runs_as: dict[str, Any]) -> None:
    # Not captured: the server inherits the pipe, and reading it would wait for the server's end.
    with (folder / "output").open("w") as output:
        done = subprocess.run(command, cwd=folder, stdout=output, stderr=output, check=False, **runs_as)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {(folder / 'output').read_text('utf-8', 'replace')}")
