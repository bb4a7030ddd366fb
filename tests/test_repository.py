"""What is committed is fit to be read anywhere: no machine's paths, no registry's host, every dependency explained."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from ahocorasick_rs import AhoCorasick

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
REGISTRIES = [
    ".".join(labels)
    for labels in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("crates", "io"),
        ("golang", "org"),
        ("anaconda", "org"),
        ("rubygems", "org"),
    )
]
"""Put together here, so that this file does not name them either."""

HOST = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, REGISTRIES))})\b", re.I)
MACHINE_PATH = re.compile(r"(?<![\w.~:/-])/(?:work|tmp|root|home/\w+|Users/\w+)(?=/|\b)")
PINNED = re.compile(r"[a-z0-9][a-z0-9._-]*==[\w.!+]+( ; .+)?")
UNWANTED = {
    "en-core-sci-md": "an empty squat of a model's name",
    "en-core-web-trf": "an empty squat of a model's name",
    "zh-core-web-sm": "an empty squat of a model's name",
}


@cache
def committed() -> dict[str, str]:
    """Every committed text file, by its path."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    texts = {}
    for name in filter(None, listed):
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            texts[name] = content.decode("utf-8")
    return texts


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Where in the repository a pattern occurs, as `file:line: text`."""
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in committed().items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_the_host_of_a_package_registry() -> None:
    assert lines_with(HOST) == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert lines_with(MACHINE_PATH) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("cd " + "/" + "work/main", True),
        ('path = "' + "/" + 'tmp/out"', True),
        ("~/tmp/x, https://site.example/work/tmp, out/tmp/x, /workshop, ./tmp/x", False),
    ],
)
def test_a_machines_path_is_told_from_an_address(line: str, expected: bool) -> None:
    assert bool(MACHINE_PATH.search(line)) is expected


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_names_and_versions_and_nothing_else(lock: str) -> None:
    lines = (ROOT / lock).read_text("utf-8").splitlines()

    assert [line for line in lines if not PINNED.fullmatch(line) or "://" in line] == []
    assert {line.split("==")[0] for line in lines} & UNWANTED.keys() == set()


def test_both_locks_agree() -> None:
    runtime, development = ((ROOT / lock).read_text("utf-8").splitlines() for lock in LOCKS)

    assert set(runtime) - set(development) == set()


def declared() -> list[str]:
    """Every dependency that pyproject.toml declares, for whatever purpose."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    names = [*project["dependencies"], *(name for extra in extras for name in extra)]
    return [re.split(r"[\[<>=~! ;]", name)[0] for name in names]


def test_every_dependency_is_pinned() -> None:
    pinned = {line.split("==")[0] for line in (ROOT / LOCKS[1]).read_text("utf-8").splitlines()}

    assert [name for name in declared() if name.lower() not in pinned] == []


def test_every_dependency_has_its_line_in_the_documentation() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    explained = set(re.findall(r"^\| `?([\w-]+)", text, re.M))

    assert [name for name in declared() if name not in explained] == []


def test_every_python_file_begins_by_saying_why_it_exists() -> None:
    sources = {name: text for name, text in committed().items() if name.endswith(".py")}

    assert [name for name, text in sources.items() if not ast.get_docstring(ast.parse(text))] == []
    assert [name for name, text in sources.items() if not text.startswith('"""')] == []


def test_nobody_elses_articles_are_in_it(shared: Path) -> None:
    pages = json.loads((shared / "corpus" / "pages" / "ground-truth.json").read_text("utf-8"))
    seed = "\n".join(path.read_text("utf-8") for path in sorted((shared / "corpus" / "seed").glob("*.txt")))
    passages = [line[:80] for page in pages.values() for line in page["articleBody"].splitlines() if len(line) >= 80]
    passages += [sentence[:40] for sentence in re.split(r"[\n。]", seed) if len(sentence) >= 40]

    everything = "\n".join(committed().values())

    found = AhoCorasick(passages).find_matches_as_indexes(everything)  # thousands of passages in one look
    assert sorted({passages[index] for index, *_ in found}) == []
