"""Keeping it well: backup and restore, pruning, purging, the doctor, and logs that don't grow without end."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, select
from typer.testing import CliRunner

from crawlers.ports import Entry, Response, Validators
from dailies.cli import app
from dailies.crawl.store import CrawlStore
from dailies.failures import UsageError
from dailies.settings import settings_for
from dailies.upkeep import log_files
from dailies.upkeep.backups import UnusableBackup, make_backup, restore_backup
from dailies.upkeep.log_files import open_log
from db.connection.engine import open_database, writing
from db.crawl import crawl_memory, crawl_queue, run_log
from db.crawl.archive import Archive, ArchiveError, CapturePointer
from db.facts.store import load_facts
from db.model import FeedHints
from db.schema.crawl_tables import CaptureRow, PageRow, SourceRow
from db.schema.tables import ArticleRow, ChangeRow, ClaimRow, RevisionRow
from tests.claims import claim
from tests.new_databases import new_sqlite
from tests.stored_news import store_article

NOW = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
SECRET = "Runway raised $308M in a Series D."
OTHER = "Runway released Gen-5."


class Copy:
    """A database with an archive, as `dailies` keeps them in a folder."""

    def __init__(self, folder: Path, *, up_to_date: bool = False):
        self.url = new_sqlite(folder / "dailies.db", up_to_date=up_to_date)
        self.settings = settings_for(self.url)
        self.folder = folder
        self.engine = open_database(self.url, "real")

    def type(self, *words: str):
        """What a command says, with its exit code; a known failure as its message."""
        result = CliRunner().invoke(app, [*words, "--db", self.url])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            return str(result.exception), 1
        return result.output, result.exit_code

    def crawl(self, *bodies: str, when: datetime = NOW):
        """Archive a feed and one page for each body, in one file, as a crawl at that time."""
        urls = [f"https://reel.example/{when:%m%d}-{number}" for number in range(len(bodies))]
        with writing(self.engine) as session:
            source = {
                "key": "reel",
                "title": "Reel",
                "kind": "rss",
                "url": "https://reel.example/feed",
                "language": "en",
            }
            crawl_memory.enter_sources(session, [SourceRow(**source)])
            run = run_log.start_run(session, "crawl")
        with Archive(self.settings.archive) as archive:
            store = CrawlStore(self.engine, archive, run, None)
            entries = [
                Entry(url, url, None, FeedHints(title=body), False) for url, body in zip(urls, bodies, strict=True)
            ]
            store.put_feed(
                "reel", answer("https://reel.example/feed", " ".join(bodies), when), entries, Validators(None, None)
            )
            for page in store.wanted("reel"):
                store.put_page(page, answer(page.url, bodies[urls.index(page.url)], when))
        with writing(self.engine) as session:
            for row in session.exec(select(CaptureRow)):
                row.state = "read" if row.kind == "page" else row.state
        return urls

    def bodies(self) -> list[str | None]:
        """What the archive still gives for each capture, in order; None where its bytes were dropped."""
        with Session(self.engine) as session, Archive(self.settings.archive) as archive:
            rows = session.exec(select(CaptureRow).order_by(CaptureRow.id)).all()
            return [
                None
                if row.dropped_at
                else archive.read(CapturePointer(row.archive_file, row.archive_offset)).body.decode()
                for row in rows
            ]

    def files(self) -> list[Path]:
        return sorted(self.settings.archive.iterdir())


def answer(url, body, when):
    return Response(url, url, 200, (("Content-Type", "text/html"),), body.encode(), when)


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path)


@pytest.fixture
def full(tmp_path):
    """One that holds what comes with Dailies already: a command would put it there."""
    return Copy(tmp_path, up_to_date=True)


def articles(engine):
    with Session(engine) as session:
        return list(session.exec(select(ArticleRow.key).order_by(ArticleRow.key)))


def test_a_backup_is_whole_while_others_write_and_is_restored(copy):
    store_article(copy.engine, claim(sentence=SECRET), key="a1")
    copy.crawl("one")
    with writing(copy.engine) as session:  # somebody has begun to write
        session.add(SourceRow(key="half", title="Half", kind="rss", url="https://half.example/", language="en"))
        session.flush()
        made = make_backup(copy.engine, copy.settings.archive, copy.folder / "backups", with_archive=True, now=NOW)
    store_article(copy.engine, claim("product_launch", sentence=OTHER), key="a2", url="https://x.example/2")
    for path in copy.files():
        path.unlink()
    copy.engine.dispose()

    said, code = copy.type("restore", str(made.folder), "--force")

    assert code == 0, said
    assert articles(open_database(copy.url)) == ["a1"]
    assert copy.bodies() == ["one", "one"]
    (before,) = copy.folder.glob("dailies.before-restore-*.db")
    assert articles(open_database(f"sqlite:///{before}")) == ["a1", "a2"]


def test_restore_refuses_to_overwrite_without_force(copy):
    made = make_backup(copy.engine, copy.settings.archive, copy.folder / "b", with_archive=False, now=NOW)
    said, code = copy.type("restore", str(made.folder))
    assert code == 1
    assert "exists and would be replaced; say --force" in said


def test_restore_into_an_empty_place_names_the_archive_files_that_are_missing(copy, tmp_path):
    copy.crawl("one")
    store_article(copy.engine, claim(sentence=SECRET), key="a1")
    made = make_backup(copy.engine, copy.settings.archive, copy.folder / "b", with_archive=False, now=NOW)
    elsewhere = tmp_path / "elsewhere"

    problems = restore_backup(made.folder, elsewhere / "dailies.db", elsewhere / "archive", force=False, now=NOW)

    assert articles(open_database(f"sqlite:///{elsewhere}/dailies.db")) == ["a1"]
    (name,) = [path.name for path in copy.files()]
    assert problems == [
        f"{elsewhere}/archive/{name} is missing: put it back from a copy of the archive; its articles keep their text and claims"
    ]


@pytest.mark.parametrize("harm", ["missing", "torn", "another's"])
def test_a_backup_that_is_none_harms_nothing(copy, harm):
    made = make_backup(copy.engine, copy.settings.archive, copy.folder / "b", with_archive=False, now=NOW)
    file = made.folder / "dailies.db"
    if harm == "missing":
        file.unlink()
    elif harm == "torn":
        file.write_bytes(file.read_bytes()[:20_000])
    else:
        file.unlink()
        sqlite3.connect(file).execute("CREATE TABLE other (id)")
    store_article(copy.engine, claim(sentence=SECRET), key="a1")
    with pytest.raises(UnusableBackup):
        restore_backup(made.folder, copy.folder / "dailies.db", copy.settings.archive, force=True, now=NOW)
    assert articles(copy.engine) == ["a1"]


def test_postgresql_is_left_to_its_own_tools(postgresql_url, tmp_path):
    with pytest.raises(UsageError, match="pg_dump"):
        make_backup(open_database(postgresql_url), tmp_path, tmp_path, with_archive=False, now=NOW)


def test_prune_drops_bytes_past_keeping_and_keeps_claims(full):
    store_article(full.engine, claim(sentence=SECRET), key="a1")
    full.crawl("old one", "old two", when=NOW - timedelta(days=400))
    full.crawl("new", when=datetime.now(UTC))
    assert "kept for good" in full.type("prune")[0]
    assert len(full.files()) == 2

    said, code = full.type("prune", "--days", "365")

    assert (code, said.split(",")[0]) == (0, "1 files of the archive deleted")
    assert full.bodies() == [None, None, None, "new", "new"]
    assert "a1" in articles(full.engine)
    with writing(full.engine) as session:
        crawl_queue.requeue_current(session)
    assert full.type("doctor", "--format", "json")[1] == 0


def test_what_waits_for_a_reader_is_not_pruned(full):
    full.crawl("unread", when=NOW - timedelta(days=400))
    with full.engine.begin() as connection:
        connection.execute(text("UPDATE capture SET state = 'waiting' WHERE kind = 'page'"))
    full.type("prune", "--days", "365")
    assert full.bodies() == ["unread", "unread"]


def withdrawable(copy):
    """Two articles of one crawl, one of them told by two claims; its address."""
    url, other = copy.crawl(SECRET, OTHER)
    told = [
        claim(amount=308_000_000, sentence=SECRET),
        claim("valuation", amount=10**9, sentence=SECRET + " Worth $1B."),
    ]
    with Session(copy.engine) as session:
        keys = {row.url: row.key for row in session.exec(select(PageRow))}
    store_article(copy.engine, *told, key=keys[url], url=url, title=SECRET)
    store_article(copy.engine, claim("product_launch", sentence=OTHER), key=keys[other], url=other, title=OTHER)
    with writing(copy.engine) as session:
        for row in session.exec(select(ArticleRow)):
            row.source_key = "reel"
    return url, keys[url]


def test_purge_removes_bytes_text_and_quotes_and_keeps_key_hash_link_and_values(copy):
    url, key = withdrawable(copy)
    with Session(copy.engine) as session:
        before = {fact.id: fact.value("amount") for fact in load_facts(session)}

    shown, _ = copy.type("purge", url, "--reason", "The publisher asked for it")
    assert "1 articles would lose their text and quotes for good; --yes does it." in shown
    assert articles(copy.engine) != []
    said, code = copy.type("purge", url, "--reason", "The publisher asked for it", "--yes")

    assert (code, "1 articles are withdrawn" in said) == (0, True)
    with Session(copy.engine) as session:
        article = session.get_one(ArticleRow, key)
        assert (article.url, article.title, article.withdrawn_reason) == (url, "", "The publisher asked for it")
        assert before.items() <= {fact.id: fact.value("amount") for fact in load_facts(session)}.items()
        claims = session.exec(select(ClaimRow).where(ClaimRow.article_key == key)).all()
        assert {row.sentence[:18] for row in claims} == {"evidence withdrawn"}
        assert {row.amount for row in claims} == {308_000_000, 10**9}
        assert [row.text for row in session.exec(select(RevisionRow).where(RevisionRow.article_key == key))] == [""]
        logged = session.exec(select(ChangeRow).where(ChangeRow.cause == "purge").order_by(ChangeRow.id)).all()
    assert sorted((row.fact_id, row.field, row.new_value) for row in logged if row.field == "evidence") == sorted(
        (fact, "evidence", "withdrawn") for fact in before if not fact.startswith("launch")
    )
    assert sorted(copy.bodies(), key=str) == [None, None, OTHER]
    held = [path.read_bytes() for path in [*copy.files(), *copy.folder.glob("dailies.db*")]]
    assert [SECRET.encode() in each for each in held] == [False] * len(held)


def test_a_purged_article_does_not_come_back_with_its_feed(full):
    url, _ = withdrawable(full)
    full.type("purge", url, "--reason", "asked", "--yes")
    with Archive(full.settings.archive) as archive:
        store = CrawlStore(full.engine, archive, 1, None)
        changed = Entry(url, url, None, FeedHints(title="Edited again"), False)
        store.put_feed("reel", answer("https://reel.example/feed", "again", NOW), [changed], None)
        assert [page.key for page in store.wanted("reel")] == []
    assert full.type("changes", "--since", "2020-01-01", "--cause", "purge")[1] == 0
    assert "evidence withdrawn" in full.type("claims")[0]
    assert full.type("timeline", "Runway")[1] == 0


def test_purge_by_publisher_and_its_errors(full):
    withdrawable(full)
    assert (
        "no article of 'Daily Real'; did you mean Daily Reel?"
        in full.type("purge", "--publisher", "Daily Real", "--reason", "x")[0]
    )
    assert "no article has the key or address 'nobody'" in full.type("purge", "nobody", "--reason", "x")[0]
    assert "give a --reason" in full.type("purge", "nobody", "--reason", " ")[0]
    assert "2 articles are withdrawn" in full.type("purge", "--publisher", "Daily Reel", "--reason", "x", "--yes")[0]
    assert full.bodies() == [None, None, None]
    assert full.files() == []


def findings(copy, *options, **environment):
    result = CliRunner(env=environment).invoke(app, ["doctor", "--db", copy.url, "--format", "json", *options])
    rows = json.loads(result.stdout)["rows"]
    return {row["check"]: row for row in rows}, result.exit_code


def test_the_doctor_finds_a_new_copy_well(copy):
    found, code = findings(copy, DAILIES_CONTACT="operator@example.org")
    assert code == 0
    assert {check: row["verdict"] for check, row in found.items()} == {
        "database": "good",
        "disk": found["disk"]["verdict"],
        "archive": "good",
        "clock": "good",
        "contact": "warning",  # the bot's page is still a placeholder
        "runs": "warning",
        "sources": "good",
        "messages": "good",
        "dependencies": "good",
    }
    assert all(row["remedy"] for row in found.values() if row["verdict"] != "good")


def test_the_doctor_names_what_is_broken_and_the_remedy(copy):
    copy.crawl("one", when=datetime.now(UTC))
    (file,) = copy.files()
    file.write_bytes(file.read_bytes()[:100])
    with copy.engine.begin() as connection:
        connection.execute(text("UPDATE run SET started_at = '2099-01-01 00:00:00'"))
        connection.execute(
            text("INSERT INTO run_lock VALUES ('run', 'gone', 1, '1.0', '2026-01-01', '2026-01-01 00:00:00', 'x')")
        )
    found, code = findings(copy, DAILIES_CONTACT="nobody", DAILIES_NOTIFY="nonsense")
    assert code == 1
    broken = {check: row["seen"] for check, row in found.items() if row["verdict"] == "broken"}
    assert sorted(broken) == ["archive", "clock", "contact", "messages"]
    assert "ends before its last record" in broken["archive"]
    assert "a run began on 2099-01-01" in broken["clock"]
    assert found["lock"]["seen"].endswith("is gone")
    assert "nonsense" not in broken["messages"]
    assert found["contact"]["remedy"] == "set DAILIES_CONTACT to your e-mail address, or unset it"
    assert found["messages"]["remedy"] == "write the variable as docs/operations.md shows, or unset it"


def test_the_doctor_reads_every_record_when_asked(copy):
    copy.crawl("one", "two")
    (file,) = copy.files()
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(bytes(content))
    with pytest.raises(ArchiveError):
        copy.bodies()
    assert findings(copy)[1] == 0
    found, code = findings(copy, "--thorough")
    assert (code, found["archive"]["verdict"]) == (1, "broken")


def test_a_database_that_cannot_be_opened_is_a_finding(copy):
    copy.engine.dispose()
    (copy.folder / "dailies.db").write_bytes(b"no database" * 1000)
    found, code = findings(copy)
    assert (code, found["database"]["verdict"]) == (1, "broken")
    assert "restore a backup" in found["database"]["seen"]


def test_logs_are_put_aside_and_the_oldest_goes(tmp_path, monkeypatch):
    monkeypatch.setattr(log_files, "LARGEST", 10)
    for number in range(6):
        with open_log(tmp_path / "logs" / "crawl.log") as log:
            log.write(f"{number} 0123456789".encode())
    held = {path.name: path.read_text()[0] for path in (tmp_path / "logs").iterdir()}
    assert held == {"crawl.log": "5", "crawl.log.1": "4", "crawl.log.2": "3", "crawl.log.3": "2"}
