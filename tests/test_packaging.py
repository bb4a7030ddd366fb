"""What is installed is whole: every file of the packages goes into the wheel, not only those that are edited in place."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("crawlers", "dailies", "db", "pipeline", "reports")


def test_every_file_beside_the_code_is_package_data():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["*"]
    files = [path for name in PACKAGES for path in (ROOT / name).rglob("*") if path.is_file()]
    beside = [path for path in files if path.suffix not in (".py", ".pyc")]
    assert len(beside) > 100
    assert [str(path) for path in beside if not any(path.match(pattern) for pattern in patterns)] == []
