"""Imports point down only, as docs and design say: dailies -> crawlers, pipeline, reports -> db; the wings never meet.

Read from the syntax tree of every module, so an import inside a function counts too; and from dotted strings, in code
and in settings files, which import at run time (Scrapy's settings, `python -m`, entry points).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("dailies", "crawlers", "pipeline", "reports", "db")
MAY_IMPORT = {
    "dailies": {"dailies", "crawlers", "pipeline", "reports", "db"},
    "crawlers": {"crawlers", "db"},
    "pipeline": {"pipeline", "db"},
    "reports": {"reports", "db"},
    "db": {"db"},
}
NOUNS = {
    "db.model", "db.nouns.facts", "db.values", "db.nouns.identity", "db.nouns.source", "db.nouns.witnesses",
    "db.nouns.round_kinds", "db.nouns.round_parts", "db.nouns.us_dollars", "db.knowledge.curated",
}  # fmt: skip
"""All that crawlers and pipeline may know of db: values and the bundled knowledge, never the store."""

OUTSIDE = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "psycopg", "requests", "scrapy", "smtplib", "socket",
    "socketserver", "sqlite3", "ssl", "twisted", "urllib.request", "urllib3",
}  # fmt: skip
"""What opens a socket or a database: not for pipeline."""
HEAVY = {"pandas", "pydantic", "sqlalchemy", "sqlmodel"}
"""What would cost every reader process its start-up time and memory."""
LAZY_ONLY = {"dateparser"}

SETTINGS_SUFFIXES = {".yml", ".yaml", ".cfg", ".toml", ".ini"}
DOTTED = re.compile(rf"(?<![\w./-])(?:{'|'.join(PACKAGES)})(?:\.\w+)+")


class Import(NamedTuple):
    """What a file imports: a dotted name, where it says so, and whether only when a function is called."""

    file: Path
    line: int
    name: str
    lazy: bool

    @property
    def package(self) -> str:
        return self.name.split(".")[0]

    def is_of(self, names: set[str]) -> bool:
        return any(self.name == name or self.name.startswith(name + ".") for name in names)

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.name}"


def module_in(root: Path, dotted: str) -> str | None:
    """The module of ours that a dotted name leads into, or None: `db.store.put` -> `db.store`."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        path = root.joinpath(*parts[:length])
        if path.with_suffix(".py").is_file() or (path / "__init__.py").is_file():
            return ".".join(parts[:length])
    return None


def imports_of_module(root: Path, path: Path) -> Iterator[Import]:
    """Every import of a Python file, and every string in it that is the dotted name of a module of ours."""
    tree = ast.parse(path.read_text("utf-8"))
    file = path.relative_to(root)
    package = list(file.parent.parts)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lazy = {id(inner) for function in functions for inner in ast.walk(function)}
    for node in ast.walk(tree):
        for name in names_in(root, package, node):
            yield Import(file, getattr(node, "lineno", 0), name, id(node) in lazy)


def names_in(root: Path, package: list[str], node: ast.AST) -> list[str]:
    """The dotted names that one node of a syntax tree imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = package[: len(package) - node.level + 1] if node.level else []
        module = ".".join([*base, *([node.module] if node.module else [])])
        return [f"{module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.fullmatch(node.value.split(":")[0]):
        dotted = node.value.split(":")[0]
        return [dotted] if names_a_module(root, dotted) else []
    return []


def names_a_module(root: Path, dotted: str) -> bool:
    """Whether a dotted name leads to a module below a package, so that `db.sqlite` in a file name does not count."""
    found = module_in(root, dotted)
    return found is not None and "." in found


def imports_of_settings(root: Path, path: Path) -> Iterator[Import]:
    """Every dotted name of a module of ours in a settings file."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        for match in DOTTED.finditer(line):
            if names_a_module(root, match[0]):
                yield Import(path.relative_to(root), number, match[0], lazy=False)


def all_imports(root: Path) -> list[Import]:
    found: list[Import] = []
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix == ".py":
                found += imports_of_module(root, path)
            elif path.suffix in SETTINGS_SUFFIXES:
                found += imports_of_settings(root, path)
    return found


def offences(root: Path) -> list[str]:
    """Every import that breaks the rule, as a line that says where."""
    return [f"{found}: {reason}" for found in all_imports(root) if (reason := offence(root, found))]


def offence(root: Path, found: Import) -> str | None:
    """Why this import is not allowed, or None."""
    importer = found.file.parts[0]
    if found.package in PACKAGES and found.package not in MAY_IMPORT[importer]:
        return f"{importer} may import only {', '.join(sorted(MAY_IMPORT[importer]))}"
    module = module_in(root, found.name) if found.package == "db" else None
    if importer in ("crawlers", "pipeline") and module and module not in NOUNS:
        return f"{importer} knows the nouns ({', '.join(sorted(NOUNS))}), not the store"
    if f"{found.file.with_suffix('')}".replace("/", ".") in NOUNS and module and module not in NOUNS:
        return "the nouns know nothing of the store"
    return offence_of_pipeline(found) if importer == "pipeline" else None


def offence_of_pipeline(found: Import) -> str | None:
    """Why the reader of pages may not import this, or None."""
    if found.is_of(OUTSIDE):
        return "pipeline opens no socket and no database"
    if found.is_of(HEAVY):
        return "too heavy for a reader process"
    if found.is_of(LAZY_ONLY) and not found.lazy:
        return "import it inside the function that needs it"
    return None


def test_imports_point_down_only() -> None:
    assert offences(ROOT) == []


def test_top_level_settings_name_modules_that_exist() -> None:
    named = [
        match[0]
        for path in sorted(ROOT.iterdir())
        if path.is_file() and path.suffix in SETTINGS_SUFFIXES
        for match in DOTTED.finditer(path.read_text("utf-8"))
    ]

    assert [name for name in named if not names_a_module(ROOT, name)] == []


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("pipeline/a.py", "import crawlers.ports", True),
        ("pipeline/a.py", "def f():\n    from reports import table", True),
        ("pipeline/a.py", "from db.schema import tables", True),
        ("pipeline/a.py", "from db.schema.tables import ArticleRow", True),
        ("pipeline/a.py", "from ..db.schema import tables", True),
        ("pipeline/a.py", "from db import model", False),
        ("pipeline/a.py", "from . import found", False),
        ("pipeline/a.py", "import socket", True),
        ("pipeline/a.py", "from urllib.request import urlopen", True),
        ("pipeline/a.py", "from urllib.parse import urlsplit", False),
        ("pipeline/a.py", "import sqlmodel", True),
        ("pipeline/a.py", "import dateparser", True),
        ("pipeline/a.py", "def f():\n    import dateparser", False),
        ("crawlers/a.py", "SPIDERS = ['reports.table']", True),
        ("crawlers/a.py", "SPIDERS = ['crawlers.ports.Store']", False),
        ("crawlers/a.py", "ENGINE = 'db.schema.tables:open'", True),
        ("crawlers/a.py", "FILE = 'db.sqlite'", False),
        ("crawlers/a.yml", "spider: pipeline.found.Reader", True),
        ("crawlers/a.yml", "spider: crawlers.ports.Store", False),
        ("reports/a.py", "import db.schema.tables", False),
        ("reports/a.py", "import pipeline.found", True),
        ("db/a.py", "import dailies", True),
        ("db/values.py", "from db.schema.tables import ArticleRow", True),
        ("dailies/a.py", "import crawlers.ports, pipeline.found, reports.table, db.schema.tables", False),
    ],
)
def test_the_rule_is_seen_to_be_broken(tmp_path: Path, file: str, text: str, expected: bool) -> None:
    for module in (
        "crawlers/ports",
        "pipeline/found",
        "reports/table",
        "db/schema/tables",
        "db/model",
        "dailies/cli",
    ):
        path = tmp_path / f"{module}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        (path.parent / "__init__.py").touch()
    (tmp_path / file).write_text(text, "utf-8")

    assert bool(offences(tmp_path)) is expected
