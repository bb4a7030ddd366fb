"""The list of a site's files: what is gone is noticed, what was cut short is known, and no file is forgotten."""

from __future__ import annotations

import sqlite3
import time

import pytest

from dailies.site import files as site_files
from dailies.site.files import FILE
from dailies.site.files import site_files as listed


def written(folder, *paths):
    with listed(folder) as files:
        files.add((path, f"owner of {path}") for path in paths)
        for path in paths:
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text("a page")
        files.end()


def test_a_file_that_is_gone_is_noticed_though_its_folder_was_settled(tmp_path, monkeypatch):
    monkeypatch.setattr(site_files, "_SAME_TICK", 0)
    written(tmp_path, "facts/a", "facts/b", "index")
    time.sleep(0.05)  # the clock of folders ticks some hundred times a second
    with listed(tmp_path) as files:
        assert files.owners_of_missing() == set()
        (tmp_path / "facts/b").unlink()
        assert files.owners_of_missing() == {"owner of facts/b"}


def test_a_folder_in_which_nothing_came_or_went_is_not_listed_again(tmp_path, monkeypatch):
    monkeypatch.setattr(site_files, "_SAME_TICK", 0)
    written(tmp_path, "facts/a", "facts/b")
    with listed(tmp_path) as files:
        monkeypatch.setattr(files, "_names", lambda _: pytest.fail("listed"))
        assert files.owners_of_missing() == set()


def test_a_folder_that_changed_a_moment_ago_is_listed(tmp_path):
    written(tmp_path, "facts/a")
    (tmp_path / "facts/a").unlink()
    with listed(tmp_path) as files:
        assert files.owners_of_missing() == {"owner of facts/a"}


def test_writing_that_nobody_ended_was_cut_short(tmp_path):
    with listed(tmp_path) as files:
        files.add([("index", "")])
    with listed(tmp_path) as files:
        assert files.cut_short
        files.end()
    with listed(tmp_path) as files:
        assert not files.cut_short


def test_files_that_an_earlier_version_listed_are_not_forgotten(tmp_path):
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("CREATE TABLE file (path TEXT PRIMARY KEY, owner TEXT NOT NULL)")
        connection.execute("INSERT INTO file VALUES ('rounds.index.en.js', '')")
    (tmp_path / "rounds.index.en.js").write_text("of an earlier version")
    with listed(tmp_path) as files:
        assert files.of() == {"rounds.index.en.js"}
        files.delete(files.of())
    assert not (tmp_path / "rounds.index.en.js").exists()
