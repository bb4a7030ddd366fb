"""The command line answers at once: help imports nothing heavy."""

from __future__ import annotations

import os
import subprocess
import sys

TIMES_BARE_PYTHON = 15


def test_help_costs_at_most_fifteen_times_bare_python():
    bare = min(cpu_seconds("-c", "pass") for _ in range(5))
    help_ = min(cpu_seconds("-m", "dailies.cli", "--help") for _ in range(5))
    assert help_ <= TIMES_BARE_PYTHON * bare


COMMANDS = [
    "init",
    "run",
    "demo",
    "crawl",
    "ingest",
    "process",
    "extract",
    "eval",
    "companies",
    "rounds",
    "valuations",
    "metrics",
    "events",
    "articles",
    "claims",
    "changes",
    "company",
    "timeline",
    "why",
    "judge",
    "judgements",
    "review",
    "conflicts",
    "search",
    "brief",
    "schedule",
    "watch",
    "doctor",
    "backup",
    "restore",
    "prune",
    "purge",
    "status",
    "sources",
    "site",
    "serve",
    "export",
]


def test_help_names_every_command():
    shown = subprocess.run([sys.executable, "-m", "dailies.cli", "--help"], capture_output=True, text=True, check=True)
    assert [command for command in COMMANDS if f"  {command} " not in shown.stdout] == []


def cpu_seconds(*arguments: str) -> float:
    """User and system CPU of one Python process."""
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime
