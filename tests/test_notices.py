"""Messages: what is new on the watchlist and which sources are in trouble, each told once, to a real local service."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlmodel import Session, select
from typer.testing import CliRunner

from dailies.cli import app
from dailies.failures import UsageError
from dailies.notices.delivery import NoticeSettings, after_run, beat, notice_settings, send_brief
from dailies.notices.issues import make_issue
from db.connection.engine import open_database, writing
from db.crawl.run_log import count_articles, put_outcome, start_run
from db.knowledge.bundled import load_bundled
from db.publishing.issues import withhold_documents
from db.publishing.notices import add_watched
from db.schema.crawl_tables import SourcePastRow
from db.schema.notice_tables import BriefDeliveryRow, DeliveryRow, MessageRow, SourceAlertRow
from db.schema.run_tables import RunRow
from db.values import PartialDate
from reports.brief.notice_card import MOST_BYTES, Trouble, notice_card
from tests.claims import claim
from tests.new_databases import new_sqlite
from tests.stored_news import store_article

MONDAY = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
ROUND = claim(
    amount=308_000_000,
    on="2026-02-27",
    fields={"investment_type": "series_d", "lead_investors": ["General Atlantic"], "investors": ["General Atlantic"]},
    sentence="Runway raised $308M in a Series D led by General Atlantic.",
)
LAUNCH = claim(
    "product_launch",
    fields={"product": "Gen-5", "stage": "release"},
    on="2026-03-02",
    sentence="Runway released Gen-5.",
)
PIKA = claim(amount=80_000_000, company="Pika", company_key="pika", sentence="Pika raised $80M.")


@dataclass
class Service:
    """A webhook that keeps what it is sent, and answers as it is told to."""

    port: int
    status: int = 200
    received: list[dict] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.port}/hook"


@contextmanager
def webhook():
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if service.status == 200:
                service.received.append(json.loads(body))
            self.send_response(service.status)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    service = Service(server.server_port)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def service():
    with webhook() as served:
        yield served


@pytest.fixture
def engine(database_url):
    made = open_database(database_url, "real")
    load_bundled(made)
    return made


@pytest.fixture
def sqlite(tmp_path):
    made = open_database(new_sqlite(tmp_path / "news.db"), "real")
    load_bundled(made)
    return made


def watch(engine, kind="company", name="runway"):
    with Session(engine) as session, session.begin():
        add_watched(session, kind, name, MONDAY)


def told(engine, *services, day=0, language="en", zone="UTC"):
    """Do what follows a run, so many days after Monday; the messages that arrived because of it."""
    before = [len(each.received) for each in services]
    environment = {"DAILIES_NOTIFY": " ".join(each.address for each in services), "DAILIES_TIME_ZONE": zone}
    settings = notice_settings({**environment, "DAILIES_NOTIFY_LANGUAGE": language})
    after_run(engine, settings, MONDAY + timedelta(days=day))
    return [message["message"] for each, seen in zip(services, before, strict=True) for message in each.received[seen:]]


def test_what_is_new_on_the_watchlist_is_told_once(engine, service):
    store_article(engine, PIKA, key="a0000000000000009", url="https://dailyreel.example/pika")
    watch(engine)
    store_article(engine, ROUND, LAUNCH, published="2026-03-02")

    first, again = told(engine, service), told(engine, service, day=1)

    assert first == [
        "On your watchlist\n"
        "• Runway: Gen-5 released (◐ reported; Daily Reel)\n"
        "  https://dailyreel.example/1\n"
        "• Runway: Series D, $308M · General Atlantic (lead) (◐ reported; Daily Reel)\n"
        "  https://dailyreel.example/1"
    ]
    assert service.received[0]["title"] == "Dailies, 2 Mar 2026"
    assert again == []


def test_in_chinese(engine, service):
    watch(engine)
    store_article(engine, ROUND, published="2026-03-02")
    (body,) = told(engine, service, language="zh")
    assert body.splitlines()[0] == "关注名单新动态"
    assert "D轮" in body
    assert "3.08亿美元" in body
    assert service.received[0]["title"] == "Dailies 2026年3月2日"


def test_what_was_known_before_one_followed_is_no_news(engine, service):
    store_article(engine, ROUND)
    watch(engine)
    assert told(engine, service) == []


@pytest.mark.parametrize(
    ("kind", "name", "hears"),
    [
        ("company", "pika", False),
        ("investor", "General Atlantic", True),
        ("investor", "Sequoia Capital", False),
        ("segment", "video_generation", True),
        ("segment", "avatar", False),
    ],
)
def test_investors_and_segments_are_followed_as_well(sqlite, service, kind, name, hears):
    watch(sqlite, kind, name)
    store_article(sqlite, ROUND, published="2026-03-02")
    assert bool(told(sqlite, service)) is hears


def test_at_most_one_message_a_day_by_the_users_calendar(sqlite, service):
    watch(sqlite)
    store_article(sqlite, ROUND, published="2026-03-01")
    assert len(told(sqlite, service, zone="Asia/Shanghai")) == 1
    store_article(sqlite, LAUNCH, key="a0000000000000002", url="https://dailyreel.example/2", published="2026-03-02")
    assert told(sqlite, service, day=0.3, zone="Asia/Shanghai") == []  # 21:42 there
    (later,) = told(sqlite, service, day=0.42, zone="Asia/Shanghai")  # 00:34 there, in UTC the same day
    assert "Gen-5" in later
    assert "308" not in later


def test_a_fact_that_is_taken_back_before_the_message_is_not_told(sqlite, service):
    watch(sqlite)
    store_article(sqlite, ROUND, published="2026-03-01", reader="rules-1")
    store_article(sqlite, LAUNCH, published="2026-03-01", reader="rules-1", recorded="2026-01-02")
    (body,) = told(sqlite, service)
    assert "Gen-5" in body
    assert "308" not in body


def test_what_a_change_of_rules_brings_up_is_no_news(sqlite, service):
    watch(sqlite)
    store_article(sqlite, ROUND, published="2026-03-01")
    with sqlite.begin() as connection:
        connection.execute(text("UPDATE change SET cause = 'rules'"))
    assert told(sqlite, service) == []


def test_a_failed_delivery_is_tried_in_the_next_run_and_only_where_it_failed(engine, service, capsys):
    with webhook() as other:
        other.status = 500
        watch(engine)
        store_article(engine, ROUND, published="2026-03-02")

        assert len(told(engine, service, other)) == 1
        assert "could not be delivered: the service behind json:// did not take it" in capsys.readouterr().err
        other.status = 200
        later = told(engine, service, other, day=0.1)

        assert (len(service.received), len(other.received), len(later)) == (1, 1, 1)
        assert told(engine, service, other, day=0.2) == []
    with Session(engine) as session:
        assert [
            (row.state, row.attempts) for row in session.exec(select(DeliveryRow).order_by(DeliveryRow.attempts))
        ] == [
            ("sent", 1),
            ("sent", 2),
        ]


def test_a_delivery_that_a_kill_interrupted_is_never_sent_again(sqlite, service):
    watch(sqlite)
    store_article(sqlite, ROUND, published="2026-03-02")
    service.status = 500
    told(sqlite, service)
    with sqlite.begin() as connection:
        connection.execute(text("UPDATE delivery SET state = 'sending'"))
    service.status = 200
    assert told(sqlite, service, day=0.1) == []
    with Session(sqlite) as session:
        row = session.exec(select(DeliveryRow)).one()
    assert row.state == "given_up"
    assert "nobody knows whether it arrived" in row.detail


def test_without_an_address_nothing_is_lost(sqlite, service):
    watch(sqlite)
    store_article(sqlite, ROUND, published="2026-03-02")
    after_run(sqlite, NoticeSettings(ZoneInfo("UTC")), MONDAY)
    assert len(told(sqlite, service, day=2)) == 1


def brief_sent(engine, *services, language="en"):
    """Make Monday's issue and send its card; the messages that arrived."""
    issue = make_issue(engine, PartialDate("2026-W09"), MONDAY)
    environment = {"DAILIES_NOTIFY": " ".join(each.address for each in services), "DAILIES_NOTIFY_LANGUAGE": language}
    send_brief(engine, notice_settings(environment), issue.week)
    return [(message["title"], message["message"]) for each in services for message in each.received]


def test_the_brief_is_sent_on_monday_as_a_card_to_each_address_once(engine, service):
    store_article(engine, ROUND, published="2026-02-27")
    with webhook() as other:
        [(title, body)] = brief_sent(engine, service)
        assert title == "AI video, week 9 of 2026"
        assert "Runway" in body
        assert len(body) < 1000
        store_article(engine, PIKA, key="a2", published="2026-02-28")
        assert brief_sent(engine, service) == [(title, body)]  # a corrected issue is no second message
        assert len(brief_sent(engine, service, other)) == 2  # a new address gets it as it now is
    assert told(engine, service) == []


def test_a_brief_that_is_not_taken_is_sent_after_the_next_run(sqlite, service, capsys):
    store_article(sqlite, ROUND, published="2026-02-27")
    service.status = 500
    assert brief_sent(sqlite, service, language="zh") == []
    assert "A message could not be delivered: the service behind json:// did not take it" in capsys.readouterr().err
    service.status = 200
    [message] = told(sqlite, service, language="zh")
    assert "Runway" in message
    assert told(sqlite, service, language="zh", day=1) == []


def test_a_brief_whose_quotes_were_withdrawn_is_not_sent(sqlite, service):
    store_article(sqlite, ROUND, published="2026-02-27")
    service.status = 500
    brief_sent(sqlite, service)
    with writing(sqlite) as session:
        withhold_documents(session, ["a0000000000000001"])
    service.status = 200
    assert told(sqlite, service) == []
    with Session(sqlite) as session:
        [row] = session.exec(select(BriefDeliveryRow))
    assert (row.state, row.detail) == ("given_up", "what it quoted was withdrawn")


def test_of_samples_nothing_is_told(tmp_path, service):
    engine = open_database(f"sqlite:///{tmp_path}/sample.db", "sample")
    load_bundled(engine)
    watch(engine)
    store_article(engine, ROUND, published="2026-03-02")
    assert told(engine, service) == []


def visits(engine, key, marks, until=MONDAY):
    """A source's days up to `until`: a digit for so many new articles, "x" for a failure."""
    with Session(engine) as session, session.begin():
        for number, mark in enumerate(marks):
            run = start_run(session, "run")
            session.get_one(RunRow, run).started_at = until - timedelta(days=len(marks) - 1 - number)
            put_outcome(session, run, key, "unreachable" if mark == "x" else "new", "")
            for _ in range(int(mark) if mark.isdigit() else 0):
                count_articles(session, run, key, 1, 0, 0)


def test_a_source_in_trouble_is_told_once_and_again_when_it_happens_again(sqlite, service):
    visits(sqlite, "dead", "9" + "3" * 14 + "xx")
    visits(sqlite, "quiet", "9" + "3" * 14 + "000")
    visits(sqlite, "never", "x" * 30)
    visits(sqlite, "fine", "9" + "3" * 16)

    first = told(sqlite, service)
    visits(sqlite, "dead", "x", MONDAY + timedelta(days=1))
    second = told(sqlite, service, day=1)
    visits(sqlite, "dead", "33xxx", MONDAY + timedelta(days=6))
    third = told(sqlite, service, day=6)

    assert first == [
        "Sources\n"
        "• dead: not reached since 2026-03-01 (unreachable)\n"
        "• quiet: nothing new since 2026-02-28, usually 2.5 a day"
    ]
    assert second == []
    assert third == []  # three days in a row were its longest failure before
    visits(sqlite, "dead", "x", MONDAY + timedelta(days=7))
    assert told(sqlite, service, day=7) == ["Sources\n• dead: not reached since 2026-03-06 (unreachable)"]


def test_a_source_that_moved_is_told_once(sqlite, service):
    since = MONDAY - timedelta(days=4)
    with Session(sqlite) as session, session.begin():
        session.add(
            SourcePastRow(
                source_key="reel",
                url="https://reel.example/feed",
                moved_to="https://new.example/feed",
                moved_since=since,
                moved_runs=4,
                read_at=MONDAY,
            )
        )
    assert told(sqlite, service) == [
        "Sources\n• reel: moved to https://new.example/feed; its file still says otherwise"
    ]
    assert told(sqlite, service, day=1) == []


def test_a_source_that_was_switched_off_is_no_trouble(sqlite, service):
    visits(sqlite, "off", "9" + "3" * 14 + "xx", MONDAY - timedelta(days=3))
    visits(sqlite, "on", "933")
    assert told(sqlite, service) == []
    with Session(sqlite) as session:
        assert list(session.exec(select(SourceAlertRow))) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_however_much_there_is_the_card_is_short_and_counts_the_rest(sqlite, language):
    companies = [claim(sentence=f"Sentence {number}.", amount=number * 10**6) for number in range(1, 60)]
    store_article(sqlite, *companies, published="2026-03-02", url="https://dailyreel.example/" + "x" * 150)
    from db.facts.store import load_facts
    from db.knowledge.companies import load_companies

    with Session(sqlite) as session:
        facts = load_facts(session, ["runway"])
        known = load_companies(session, ["runway"])
    troubles = [Trouble(f"信源{number}" * 5, "failing", date(2026, 3, 1), "unreachable") for number in range(40)]

    card = notice_card(date(2026, 3, 2), facts, known, troubles, language)

    whole = f"{card.title}\n{card.body}"
    assert len(whole) < 1000
    assert len(whole.encode()) <= MOST_BYTES
    assert "dailies changes --since 2026-03-02" in whole
    assert "dailies status" in whole
    assert whole.count("•") >= 3


def test_what_others_wrote_cannot_break_the_card(sqlite):
    trouble = Trouble("\x1b[31mBad\n\u202eName", "failing", date(2026, 3, 1), "x" * 500)
    card = notice_card(date(2026, 3, 2), [], {}, [trouble], "en")
    assert len(card.body.splitlines()) == 2
    assert "\x1b" not in card.body
    assert "\u202e" not in card.body
    assert len(card.body) < 300


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        (
            {"DAILIES_NOTIFY": "json://127.0.0.1/ nonsense"},
            "DAILIES_NOTIFY: apprise does not understand address 2 of 2",
        ),
        ({"DAILIES_NOTIFY_LANGUAGE": "de"}, "DAILIES_NOTIFY_LANGUAGE is 'de'; it can be en or zh"),
        ({"DAILIES_HEARTBEAT_URL": "file:///etc/passwd"}, "DAILIES_HEARTBEAT_URL is no http"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_and_no_address_shown(environment, message):
    with pytest.raises(UsageError, match=message) as error:
        notice_settings(environment)
    assert "nonsense" not in str(error.value)


def test_the_remedy_for_a_missing_part_is_that_of_a_clone(monkeypatch):
    """`pip install 'dailies[notify]'` would have installed another's package, or nothing."""
    monkeypatch.setattr("dailies.notices.delivery.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"apprise is missing: \.venv/bin/pip install -e '\.\[notify\]'"):
        notice_settings({"DAILIES_NOTIFY": "json://127.0.0.1/"})


def test_a_heartbeat_is_sent_and_its_failure_only_said(web, capsys):
    from tests.small_web import Answer

    web.routes["/alive"] = Answer(b"ok")
    beat(f"{web.base}/alive")
    assert web.paths() == ["/alive"]
    beat(f"{web.base}/gone")
    assert "The heartbeat could not be sent: HTTP Error 404" in capsys.readouterr().err


def typed(tmp_path, *words):
    file = tmp_path / "news.db"
    url = f"sqlite:///{file}" if file.exists() else new_sqlite(file, up_to_date=True)
    result = CliRunner().invoke(app, ["watch", *words, "--db", url])
    if isinstance(result.exception, UsageError):
        return str(result.exception)
    assert result.exception is None
    return result.output


def test_one_follows_by_any_name_and_no_more(tmp_path):
    assert "company runway: watched from now on" in typed(tmp_path, "add", "Runway", "video editing")
    assert "company runway: watched already" in typed(tmp_path, "add", "runway")
    assert "investor General Atlantic: watched from now on" in typed(tmp_path, "add", "general atlantic")
    rows = json.loads(typed(tmp_path, "list", "--format", "json"))["rows"]
    assert [(row["kind"], row["key"], row["name"]) for row in rows] == [
        ("company", "runway", "Runway"),
        ("investor", "General Atlantic", "General Atlantic"),
        ("segment", "video_editing", "video_editing"),
    ]
    assert "not watched any more" in typed(tmp_path, "remove", "Runway")
    assert "no such name on the watchlist: 'Runway'" in typed(tmp_path, "remove", "Runway")


def test_an_unknown_name_is_an_error_with_a_suggestion_and_nothing_is_added(tmp_path):
    assert "no company, investor or segment is called 'Runwy'; did you mean Runway" in typed(
        tmp_path, "add", "Pika", "Runwy"
    )
    assert json.loads(typed(tmp_path, "list", "--format", "json").partition("Nobody")[0])["rows"] == []


def test_a_message_of_a_day_is_one_row(sqlite, service):
    watch(sqlite)
    store_article(sqlite, ROUND, published="2026-03-02")
    told(sqlite, service)
    with Session(sqlite) as session:
        assert [row.day for row in session.exec(select(MessageRow))] == [date(2026, 3, 2)]
