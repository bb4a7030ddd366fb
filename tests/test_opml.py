"""OPML in and out: folders, every feed once, a word about every line, and nothing taken from a hostile file."""

from __future__ import annotations

import pytest

from crawlers.catalogue import SOURCES, catalogued
from crawlers.opml import LARGEST, UnreadableOpml, read_opml, write_opml
from dailies.commands import sources as command
from dailies.failures import UsageError

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>My feeds</title></head><body>
  <outline text="Film / 视频">
    <outline text="Deep">
      <outline type="rss" text="Northlight Wire" xmlUrl="https://northlight.example/feed/" htmlUrl="https://n.example"/>
    </outline>
    <outline type="rss" text="镜头日报" xmlUrl="https://jingtou.example/rss.xml"/>
  </outline>
  <outline type="rss" text="Reel Notes" xmlUrl="https://reel.example/notes/feed.json" language="zh-cn"/>
  <outline type="rss" text="量子位, again" xmlUrl="http://qbitai.com/feed/"/>
  <outline type="rss" text="A file" xmlUrl="file:///etc/passwd"/>
  <outline type="rss" text="Northlight, again" xmlUrl="https://www.northlight.example/feed"/>
</body></opml>
"""


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """The user's own folder of sources, and a file of feeds."""
    monkeypatch.setenv("DAILIES_SOURCES", str(tmp_path / "mine"))
    (tmp_path / "list.opml").write_text(LIST, "utf-8")
    return tmp_path / "mine"


def imported(mine, capsys):
    code = command.import_(f"sqlite:///{mine.parent}/dailies.db", mine.parent / "list.opml", "en")
    return code, capsys.readouterr()


def test_every_line_of_an_import_is_told(mine, capsys):
    code, said = imported(mine, capsys)

    assert said.out.splitlines() == [
        "1 added Northlight Wire: northlight-example",
        "2 added 镜头日报: jingtou-example",
        "3 added Reel Notes: reel-example-notes",
        "4 known 量子位, again: is here as qbitai",
        "5 refused A file: 'file:///etc/passwd' is no address of the web",
        "6 known Northlight, again: is here as northlight-example",
    ]
    assert said.err == f"3 added to {mine}, 2 known, 1 refused.\n"
    assert code == 3


def test_imported_feeds_are_sources_in_the_folders_of_the_file(mine, capsys):
    imported(mine, capsys)

    assert [(each.folder, each.source.key, each.source.kind, each.source.language) for each in catalogued(mine)] == [
        ("Film - 视频", "jingtou-example", "rss", "zh"),
        ("Film - 视频/Deep", "northlight-example", "rss", "en"),
        ("", "reel-example-notes", "json", "zh"),
    ]
    assert (mine / "Film - 视频/Deep/northlight-example.yml").read_text("utf-8") == (
        "title: Northlight Wire\nkind: rss\nurl: https://northlight.example/feed/\nlanguage: en\ntier: press\nenabled: true\n"
    )


def test_importing_twice_adds_nothing(mine, capsys):
    imported(mine, capsys)
    before = {path: path.read_bytes() for path in mine.rglob("*.yml")}
    _, said = imported(mine, capsys)

    assert said.err == f"0 added to {mine}, 5 known, 1 refused.\n"
    assert {path: path.read_bytes() for path in mine.rglob("*.yml")} == before


def test_what_is_exported_is_known_when_it_is_imported(mine, capsys):
    imported(mine, capsys)
    database = f"sqlite:///{mine.parent}/dailies.db"
    for _ in range(2):
        command.export(database, mine.parent / "list.opml", everything=True)
    exported = read_opml((mine.parent / "list.opml").read_bytes())
    capsys.readouterr()
    code, said = imported(mine, capsys)

    assert ("Film - 视频", "Deep") in {feed.folders for feed in exported}
    assert len(exported) > 60
    assert {line.split()[1] for line in said.out.splitlines()} == {"known"}
    assert code == 0


def test_an_export_names_what_opml_cannot_carry(mine, capsys):
    mine.mkdir()
    command.export(f"sqlite:///{mine.parent}/dailies.db", None, everything=True)
    said = capsys.readouterr()

    assert [feed.title for feed in read_opml(said.out.encode()) if feed.written.startswith("https://www.qbitai")] == [
        "量子位"
    ]
    assert "OPML cannot carry" in said.err
    assert "krea" in said.err


def test_the_same_feeds_are_the_same_bytes():
    feeds = read_opml(LIST.encode())
    assert write_opml("My feeds", feeds) == write_opml("My feeds", feeds)
    assert [feed.written for feed in read_opml(write_opml("My feeds", feeds))] == [feed.written for feed in feeds]


def test_control_characters_of_a_title_and_dots_of_a_folder_reach_no_terminal_and_no_path(mine, capsys):
    (mine.parent / "list.opml").write_text(
        '<opml version="2.0"><body><outline text="../../up"><outline text="&#x9b;31m red&#x202e;" '
        'xmlUrl="https://red.example/rss"/></outline></body></opml>',
        "utf-8",
    )
    _, said = imported(mine, capsys)

    assert said.out == "1 added �31m red: red-example\n"
    assert [path.relative_to(mine).as_posix() for path in mine.rglob("*.yml")] == ["-..-up/red-example.yml"]


@pytest.mark.parametrize(
    ("document", "named"),
    [
        (b"<html></html>", "no OPML"),
        (b"not XML", "not well-formed"),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml><body/></opml>', "declarations"),
        (b"<opml><body>" + b"<outline>" * 30 + b"</outline>" * 30 + b"</body></opml>", "nested deeper"),
        (b"<opml><body>" + b'<outline xmlUrl="https://a.example/"/>' * 5001 + b"</body></opml>", "more than 5000"),
        (b"<opml>" + b" " * LARGEST, "larger than 5 MB"),
    ],
)
def test_a_hostile_file_is_refused_by_name(mine, document, named):
    with pytest.raises(UnreadableOpml, match=named):
        read_opml(document)

    (mine.parent / "list.opml").write_bytes(document)
    with pytest.raises(UsageError, match=r"list\.opml"):
        command.import_(f"sqlite:///{mine.parent}/dailies.db", mine.parent / "list.opml", "en")
    assert not mine.exists()


def test_a_file_of_the_users_counts_before_the_bundled_one_of_its_name(mine):
    mine.mkdir()
    (mine / "qbitai.yml").write_text("title: Mine\nkind: rss\nurl: https://mine.example/rss\nlanguage: en\n", "utf-8")
    found = {each.source.key: each.source for each in catalogued(SOURCES, mine)}

    assert found["qbitai"].title == "Mine"
    assert len(found) == len(catalogued(SOURCES))
