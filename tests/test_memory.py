"""The memory of a whole run, summed over its processes."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil
import pytest

pytestmark = [pytest.mark.check, pytest.mark.timeout(300)]
MEGABYTE = 1_000_000


@pytest.mark.parametrize(("readers", "limit"), [(1, 300), (2, 450)])
def test_a_run_stays_within_its_memory(readers, limit, tmp_path):
    run = subprocess.Popen(
        [
            *(sys.executable, "-m", "dailies.cli", "demo", "--readers", str(readers)),
            *("--db", f"sqlite:///{tmp_path}/demo.db", "--out", str(tmp_path / "out")),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = 0
    while run.poll() is None:
        peak = max(peak, summed_memory(run.pid))
        time.sleep(0.05)
    assert run.returncode == 0
    assert peak / MEGABYTE <= limit


def summed_memory(parent: int) -> int:
    """Resident bytes of a process and all its children."""
    total = 0
    try:
        family = [psutil.Process(parent), *psutil.Process(parent).children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for process in family:
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
