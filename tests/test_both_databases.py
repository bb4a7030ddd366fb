"""The whole cycle on PostgreSQL gives what it gives on SQLite: the same rows and the same pages, byte for byte."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.check, pytest.mark.timeout(600)]
LISTINGS = ("companies", "rounds", "valuations", "events", "claims")


def dailies(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "dailies.cli", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=300).stdout


def demo(folder: Path, url: str) -> tuple[dict[str, list[str]], dict[str, bytes]]:
    """Every listing's lines, and every page the run wrote; what it notes of its own database is none."""
    folder.mkdir()
    dailies(folder, "demo", "--db", url, "--out", "out")
    lines = {name: dailies(folder, name, "--db", url, "--format", "jsonl").splitlines() for name in LISTINGS}
    lines["claims"] = [json.dumps({**json.loads(line), "recorded_at": None}) for line in lines["claims"]]
    pages = {
        path.name: path.read_bytes()
        for path in sorted((folder / "out").rglob("*"))
        if path.is_file() and not path.name.startswith(".")  # what a build remembers for itself
    }
    return lines, pages


def test_the_demo_is_the_same_on_both_databases(tmp_path, postgresql_url):
    lines, pages = demo(tmp_path / "sqlite", "sqlite:///data/demo.db")
    other_lines, other_pages = demo(tmp_path / "postgresql", postgresql_url)
    assert len(lines["claims"]) > 400
    assert len(pages) > 50
    assert {name: lines[name] == other_lines[name] for name in LISTINGS} == dict.fromkeys(LISTINGS, True)
    assert pages.keys() == other_pages.keys()
    assert [name for name in pages if pages[name] != other_pages[name]] == []
