"""Stories in a real database: copies are one witness, whatever the order of reading, and a person may judge otherwise."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import permutations

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner

from dailies.cli import app
from dailies.facts.bundled import bring_up_to_date
from dailies.facts.facts_at import clock, facts_at
from dailies.facts.forming import form_stale_facts
from db.claims.readings import ReadArticle, store_readings
from db.connection.engine import open_database, writing
from db.facts.store import load_facts
from db.model import Article, PageText, Reading
from db.schema.tables import ArticleRow
from pipeline.near_copies import sketch
from pipeline.read_claims import read_claims
from tests.claims import claim
from tests.database_rows import json_rows
from tests.new_databases import new_sqlite
from tests.test_near_copies import edited, english

SAYS = claim(amount=141_000_000, on="2023-06-29", fields={"investment_type": "series_c"}, sentence="It raised $141M.")
KEYS = {outlet: f"a000000000000000{number}" for number, outlet in enumerate(("Reel", "Lens", "Wire", "Own"), 1)}
TEXTS = {"Reel": english(1), "Lens": edited(english(1), 0.02), "Wire": english(1)[:1600], "Own": english(2)}
DAYS = {"Reel": "2023-06-30", "Lens": "2023-06-30", "Wire": "2023-07-03", "Own": "2023-07-01"}


def read(engine, *outlets, recorded="2026-01-01", texts=TEXTS):
    """These outlets' articles, read in this order."""
    for outlet in outlets:
        day = datetime.fromisoformat(DAYS[outlet]).replace(tzinfo=UTC)
        url = f"https://{outlet.lower()}.example/1"
        page = PageText("A title", texts[outlet], "en", url, outlet, None, (), day, "day")
        article = ReadArticle(
            KEYS[outlet], url, page, Reading("core", (), (SAYS,)), "test", tier="press", sketch=sketch(texts[outlet])
        )
        with writing(engine) as session:
            store_readings(session, [article], datetime.fromisoformat(recorded).replace(tzinfo=UTC))


def seen(engine, moment=None):
    with Session(engine) as session:
        facts = load_facts(session, ["runway"]) if moment is None else facts_at(session, moment, ["runway"])
    return [(fact.witnesses, fact.outlets) for fact in facts]


def stories_of(engine):
    with Session(engine) as session:
        return {row.key: row.story_key for row in session.exec(select(ArticleRow)) if row.key in KEYS.values()}


@pytest.fixture
def engine(database_url):
    engine = open_database(database_url, "sample")
    bring_up_to_date(engine)
    return engine


def dailies(engine, *arguments):
    url = engine.url.render_as_string(hide_password=False)
    done = CliRunner().invoke(app, [*arguments, "--db", url])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_copies_are_one_witness_and_why_says_so(engine):
    read(engine, "Lens", "Own", "Reel", "Wire")
    form_stale_facts(engine)

    assert seen(engine) == [(2, 4)]
    assert stories_of(engine) == {
        KEYS["Reel"]: KEYS["Reel"], KEYS["Lens"]: KEYS["Reel"], KEYS["Wire"]: KEYS["Reel"], KEYS["Own"]: None,
    }  # fmt: skip
    with Session(engine) as session:
        (fact,) = load_facts(session, ["runway"])
    assert "\n↻ one witness: Reel, Lens, Wire print one text\n" in dailies(engine, "why", fact.id).stdout
    assert "↻ 只算一家：Reel、Lens、Wire刊发同一文本" in dailies(engine, "why", fact.id, "--lang", "zh").stdout
    assert "↻ one witness: Reel, Lens, Wire print one text" in dailies(engine, "company", "Runway").stdout
    assert "↻ one witness: Reel, Lens, Wire print one text" in dailies(engine, "timeline", "Runway").stdout


def test_the_order_and_the_batches_of_reading_are_no_matter(tmp_path):
    states = []
    for number, order in enumerate(permutations(("Reel", "Lens", "Wire"))):
        engine = open_database(new_sqlite(tmp_path / f"{number}.db"), "sample")
        for outlet in order:
            read(engine, outlet)
            if number % 2:
                form_stale_facts(engine)
        form_stale_facts(engine)
        states.append((json_rows(engine), stories_of(engine)))
    assert all(state == states[0] for state in states)


def test_an_earlier_day_does_not_know_later_copies(engine):
    read(engine, "Lens", "Own")
    read(engine, "Wire", recorded="2026-02-01")
    form_stale_facts(engine)

    assert seen(engine) == [(2, 3)]
    assert seen(engine, clock(datetime(2023, 7, 2), None)) == [(2, 2)]
    assert seen(engine, clock(None, datetime(2026, 1, 15))) == [(2, 2)]
    read(engine, "Reel")
    form_stale_facts(engine)
    assert seen(engine, clock(datetime(2023, 7, 2), None)) == [(2, 3)]


def test_a_text_that_becomes_a_copy_later_is_one(engine):
    read(engine, "Reel", "Own")
    form_stale_facts(engine)
    assert seen(engine) == [(2, 2)]

    read(engine, "Own", texts={"Own": TEXTS["Lens"]})
    form_stale_facts(engine)

    assert seen(engine) == [(1, 2)]


def test_a_person_judges_copies_and_takes_it_back(engine):
    read(engine, "Reel", "Lens", "Own")
    form_stale_facts(engine)
    before = json_rows(engine)

    dailies(engine, "judge", "different", KEYS["Lens"], KEYS["Reel"], "--reason", "Both quote one press release.")
    assert seen(engine) == [(3, 3)]
    apart = json_rows(engine)
    read(engine, "Wire")
    form_stale_facts(engine)
    assert seen(engine) == [(3, 4)]
    dailies(engine, "judge", "same", KEYS["Own"], KEYS["Reel"], "--reason", "A rewrite.")
    assert seen(engine) == [(2, 4)]

    for name in ("j2", "j1"):
        dailies(engine, "judgements", "undo", name, "--reason", "No.")
    assert seen(engine) == [(2, 4)]
    assert before != apart
    listed = dailies(engine, "judgements").stdout
    assert "copies of one text" in " ".join(listed.split())


def test_articles_are_listed_with_their_story(engine):
    read(engine, "Reel", "Lens", "Own")
    form_stale_facts(engine)
    lines = [json.loads(line) for line in dailies(engine, "articles", "--format", "jsonl").stdout.splitlines()]
    assert {line["key"]: (line["story"], line["copies"], line["event_articles"]) for line in lines} == {
        KEYS["Reel"]: (KEYS["Reel"], 2, 3), KEYS["Lens"]: (KEYS["Reel"], 2, 3), KEYS["Own"]: (None, 0, 3),
    }  # fmt: skip
    assert len({line["event"] for line in lines}) == 1


def test_an_article_nobody_has_is_no_copy(engine):
    from dailies.failures import UsageError

    with pytest.raises(UsageError, match=r"no article has the key a0000000000000009; `dailies articles"):
        dailies(engine, "judge", "same", "a0000000000000009", "a0000000000000008", "--reason", "Because.")


AROUND = "The startup was founded in 2023 and competes with Runway, and its team wants to build tools for film makers."
CITING = {
    "The Verge": f"Pika, the AI video startup, has raised $91 million in a Series B, TechCrunch reported on Tuesday. {AROUND}",
    "TechCrunch": f"AI video generator Pika has raised $91 million in a Series B, according to The Verge. {AROUND}",
}


def test_outlets_that_name_each_other_are_one_witness_and_their_headlines_are_no_second_one(engine):
    for number, (outlet, text) in enumerate(CITING.items()):
        key, url = f"a900000000000000{number}", f"https://{number}.example/"
        day = datetime(2027, 6, 4, tzinfo=UTC)
        reading = read_claims(Article(key, "Pika raises $91 million", text, "en", day.date(), outlet, url=url))
        page = PageText("Pika raises $91 million", text, "en", url, outlet, None, (), day, "day")
        with writing(engine) as session:
            store_readings(session, [ReadArticle(key, url, page, reading, "test", tier="press")], day)
    form_stale_facts(engine)

    with Session(engine) as session:
        (fact,) = [each for each in load_facts(session, ["pika"]) if each.value("amount") == "91000000"]
    assert len(fact.claims) == 4
    assert (fact.witnesses, fact.outlets) == (1, 2)
    shown = dailies(engine, "why", fact.id).stdout
    assert "↻ one witness, in a circle: TechCrunch, The Verge name each other as the source" in shown.replace(
        "The Verge, TechCrunch", "TechCrunch, The Verge"
    )
