"""Thirty mornings with a set clock, summer time among them: each article once, each trouble told once, ids stay."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlmodel import Session, select

from dailies.facts.forming import form_stale_facts
from dailies.local_clock import LocalTime
from dailies.notices.delivery import after_run, notice_settings
from dailies.run.daily_run import perform
from dailies.settings import settings_for
from db.connection.engine import open_database, writing
from db.crawl.run_log import issues
from db.facts.stale import adopt_rules
from db.facts.store import load_facts
from db.knowledge.bundled import load_bundled
from db.publishing.notices import add_watched
from db.schema.crawl_tables import CaptureRow
from db.schema.notice_tables import SourceAlertRow
from db.schema.tables import ArticleRow, ChangeRow
from tests.replica import Replica, Site, Story, replica
from tests.small_web import Answer
from tests.test_notices import webhook

pytestmark = [pytest.mark.check, pytest.mark.timeout(1200)]
ZONE = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 3, 9, 12, tzinfo=ZONE)
DAYS = 30
MOVES_ON, FALLS_SILENT_ON, DIES_ON = 16, 18, 20
ROUNDS = ("seed", "Series A", "Series B", "Series C")
COMPANIES = ("Runway", "Pika", "Luma AI", "Synthesia", "HeyGen")


@contextmanager
def clock_at(moment: datetime):
    """This process's clock and that of its children."""
    os.environ["DAILIES_TEST_CLOCK"] = str(moment.timestamp())
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(Path(__file__).parent / "frozen_clock")
    try:
        with time_machine.travel(moment, tick=True):
            yield
    finally:
        del os.environ["DAILIES_TEST_CLOCK"]
        os.environ.pop("PYTHONPATH") if before is None else os.environ.update(PYTHONPATH=before)


def mornings() -> list[datetime]:
    """When the schedule does its daily run."""
    trigger, found, moment = LocalTime(clock(6, 30), ZONE), [], None
    for _ in range(DAYS):
        moment = trigger.get_next_fire_time(moment, BEGIN)
        found.append(moment)
    return found


def story(site: Site, number: int, published: datetime) -> Story:
    company, series = COMPANIES[number % len(COMPANIES)], ROUNDS[number % len(ROUNDS)]
    said = (
        f"{company} has raised ${10 + number} million in a {series} round for its AI video model, {site.key} reports."
    )
    return Story(
        f"/{site.key}/{number}",
        f"{company} raises ${10 + number} million",
        [said, f"The text-to-video company will hire, it said. This is note {number} of {site.key}."],
        published,
    )


class World:
    """Five sources: one that goes on, one that dies, one that moves, one that falls silent, one never reached."""

    def __init__(self, web: Replica) -> None:
        self.web = web
        self.sites = [web.add(Site(key, "rss", shown=12)) for key in ("steady", "dying", "moving", "quiet", "never")]
        self.published: Counter[str] = Counter()
        web.web.routes["/never/feed"] = Answer(b"not yet", 404)

    def new_day(self, day: int, morning: datetime) -> None:
        """Three articles each, where a source still speaks."""
        for site in self.sites:
            if site.key == "never" or (site.key == "quiet" and day >= FALLS_SILENT_ON):
                continue
            for each in range(3):
                told = story(site, 3 * day + each, morning - timedelta(hours=each + 1))
                self.web.publish(site, told)
                if site.key != "dying" or day < DIES_ON:
                    self.published[told.path] += 1
        if day == MOVES_ON:
            self.web.web.routes["/moved/feed"] = self.web.web.routes["/moving/feed"]
            self.web.web.routes["/moving/feed"] = Answer(b"", 301, {"Location": f"{self.web.web.base}/moved/feed"})
        if day == DIES_ON:
            self.web.web.routes["/dying/feed"] = Answer(b"gone away", 404)


def test_thirty_days(tmp_path):
    with replica() as web, webhook() as service:
        world = World(web)
        settings = replace(settings_for(f"sqlite:///{tmp_path}/dailies.db", readers=1), seconds_per_page=600.0)
        notices = notice_settings({"DAILIES_NOTIFY": service.address, "DAILIES_TIME_ZONE": str(ZONE)})
        days = mornings()
        with clock_at(days[0]):
            engine = open_database(settings.database_url, "real")
            load_bundled(engine)
            with writing(engine) as session:
                add_watched(session, "company", "runway", days[0])
        ids: set[str] = set()
        for day, morning in enumerate(days):
            world.new_day(day, morning)
            with clock_at(morning):
                result = perform(engine, settings, command="run", sources=web.sources(), crawl_settings=web.settings())
                after_run(engine, notices)
                after_run(engine, notices)  # whoever looks twice is told nothing twice
            assert troubles_of(engine, result.run_id) <= {"moved"}
            now = fact_ids(engine)
            assert ids <= now  # no id of an earlier day is gone
            ids = now

        assert Counter((each.hour, each.minute) for each in days) == {(6, 30): DAYS}
        assert len({each.astimezone(UTC).hour for each in days}) == 2  # summer time came
        every_article_once(engine, world)
        each_trouble_once(engine, service)
        each_fact_told_once(engine, service)
        ids_are_the_same_when_formed_again(engine, ids)


def troubles_of(engine, run_id: int) -> set[str]:
    """The kinds of issues of a run, with what is not expected told in full."""
    with Session(engine) as session:
        return {each.kind if each.kind == "moved" else str(each) for each in issues(session, run_id)}


def fact_ids(engine) -> set[str]:
    with Session(engine) as session:
        return {fact.id for fact in load_facts(session)}


def every_article_once(engine, world: World) -> None:
    base = world.web.web.base
    with Session(engine) as session:
        articles = Counter(row.url.removeprefix(base) for row in session.exec(select(ArticleRow)))
        pages = session.exec(select(CaptureRow).where(CaptureRow.kind == "page")).all()
    assert articles == world.published
    assert Counter(row.url.removeprefix(base) for row in pages) == world.published
    asked = Counter(path for path in world.web.web.paths() if path in world.published)
    assert asked == world.published  # nor was any page asked for twice


def each_trouble_once(engine, service) -> None:
    told = "\n".join(message["message"] for message in service.received)
    assert told.count("Dying: not reached since 2026-03-30 (missing)") == told.count("Dying:") == 1
    assert told.count("Quiet: nothing new since 2026-03-28, usually") == told.count("Quiet:") == 1
    assert told.count(f"Moving: moved to {'http'}") == told.count("Moving:") == 1
    assert told.count("Never:") == told.count("Steady:") == 0
    with Session(engine) as session:
        alerts = session.exec(select(SourceAlertRow).order_by(SourceAlertRow.source_key)).all()
    assert [(row.source_key, row.kind, row.over_at) for row in alerts] == [
        ("dying", "failing", None),
        ("moving", "moved", None),
        ("quiet", "silent", None),
    ]
    titles = [message["title"] for message in service.received]
    assert len(titles) == len(set(titles))  # at most one a day


def each_fact_told_once(engine, service) -> None:
    with Session(engine) as session:
        query = select(ChangeRow.fact_id).where(ChangeRow.kind == "added", ChangeRow.company_key == "runway")
        added = set(session.exec(query.where(ChangeRow.cause == "news")))
    told = sum(message["message"].count("• Runway:") for message in service.received)
    assert told == len(added) == len(ROUNDS)


def ids_are_the_same_when_formed_again(engine, ids: set[str]) -> None:
    with writing(engine) as session:
        adopt_rules(session, "other rules")
    form_stale_facts(engine)
    assert fact_ids(engine) == ids
