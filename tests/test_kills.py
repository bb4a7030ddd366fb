"""A run that is killed anywhere: its children go with it, and the next run completes as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.final_tables import final_tables

pytestmark = [pytest.mark.check, pytest.mark.timeout(600)]
MOMENTS = 10
CHILDREN_GONE_WITHIN_SECONDS = 5


def start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "dailies.cli",
            "demo",
            "--db",
            f"sqlite:///{folder}/demo.db",
            "--out",
            str(folder / "out"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The tables and the duration of a run nobody disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    began = time.monotonic()
    assert start(folder).wait(120) == 0
    return final_tables(folder / "demo.db"), time.monotonic() - began


@pytest.mark.parametrize("target", ["parent", "group"])
def test_killed_at_random_moments_the_next_run_completes_the_same(target, undisturbed, tmp_path):
    tables, seconds = undisturbed
    chance = random.Random(target)
    for _ in range(MOMENTS):
        run = start(tmp_path)
        time.sleep(chance.uniform(0.05, 0.95) * seconds)
        family = _family(run.pid)
        os.kill(run.pid, signal.SIGKILL) if target == "parent" else os.killpg(run.pid, signal.SIGKILL)
        run.wait(10)
        _, alive = psutil.wait_procs(family, timeout=CHILDREN_GONE_WITHIN_SECONDS)
        assert alive == []
    assert start(tmp_path).wait(120) == 0
    assert final_tables(tmp_path / "demo.db") == tables


def _family(parent: int) -> list[psutil.Process]:
    try:
        return psutil.Process(parent).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
