"""English sentences and the facts read from them: `reading_english.txt` holds the examples, negatives among them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.model import Article
from pipeline.evaluation.vocabulary import to_vocabulary
from pipeline.read_claims import read_claims

EXAMPLES = Path(__file__).with_name("reading_english.txt")
PUBLISHED = date(2026, 3, 10)
APART = ("type", "company", "date", "status", "evidence")


def examples(path: Path = EXAMPLES) -> Iterator[Any]:
    text, facts = "", []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("    "):
            facts.append(line.strip())
        else:
            if text:
                yield pytest.param(text, [fact for fact in facts if fact != "-"], id=text[:60])
            text, facts = ("" if line.startswith("#") else line), []


def written(fact: dict[str, Any]) -> str:
    """A fact on one line: its type, company, date and status, then whatever else it says."""
    rest = [value for name, value in fact.items() if name not in APART and value not in (None, [], False)]
    shown = [", ".join(value) if isinstance(value, list) else "extension" if value is True else value for value in rest]
    return " | ".join(map(str, [fact["type"], fact["company"], fact["date"] or "-", fact["status"], *shown]))


@pytest.mark.parametrize(("text", "expected"), list(examples()))
def test_what_a_sentence_says(text: str, expected: list[str]) -> None:
    article = Article("a", "", text, "en", PUBLISHED)

    reading = read_claims(article)

    assert sorted(written(fact) for fact in to_vocabulary(article, reading)["facts"]) == sorted(expected)
    for claim in reading.claims:
        assert claim.evidence == text[claim.start : claim.end]


LED = Path(__file__).with_name("money_behind_a_lead.txt")
OF_MONEY = ("funding_round", "valuation", "total_funding", "ipo", "acquisition", "metric")


@pytest.mark.parametrize(("text", "expected"), list(examples(LED)))
def test_what_is_told_of_money_behind_a_lead(text: str, expected: list[str]) -> None:
    lead = "Orbita AI, a Lisbon startup that makes AI video avatars, opened an office in Porto on Monday."
    article = Article("a", "Orbita AI opens an office in Porto", f"{lead}\n\n{text}", "en", PUBLISHED)

    facts = to_vocabulary(article, read_claims(article))["facts"]

    assert sorted(written(fact) for fact in facts if fact["type"] in OF_MONEY) == sorted(expected)


EVENTS = Path(__file__).with_name("events_behind_a_lead.txt")
OF_EVENTS = (
    "founding", "product_launch", "partnership", "controversy", "lawsuit", "layoffs", "leadership_change", "shutdown",
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), list(examples(EVENTS)))
def test_what_is_told_of_events_behind_a_lead(text: str, expected: list[str]) -> None:
    lead = "Orbita AI, a Lisbon startup that makes AI video avatars, opened an office in Porto on Monday."
    article = Article("a", "Orbita AI opens an office in Porto", f"{lead}\n\n{text}", "en", PUBLISHED)

    facts = to_vocabulary(article, read_claims(article))["facts"]

    assert sorted(written(fact) for fact in facts if fact["type"] in OF_EVENTS) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "A week after OpenAI showed Sora, investors in smaller AI video companies want to know what is left.",
            "2026-03",
        ),
        ("Three weeks after OpenAI launched Sora, the AI video startup Pika is hiring.", "2026-02"),
        ("One month after OpenAI launched Sora, the AI video startup Pika is hiring.", "2026-02"),
    ],
)
def test_a_week_after_an_event_the_event_is_not_of_the_day_of_publication(text: str, day: str) -> None:
    (launch,) = read_claims(Article("a", "", text, "en", PUBLISHED)).claims

    assert (launch.type, launch.event_date and launch.event_date.iso) == ("product_launch", day)


def test_investors_of_the_next_sentence_belong_to_the_round() -> None:
    title = "Luma AI raises $900 million"
    text = "Luma AI makes AI video. Humain led the Series C. AMD Ventures joined, along with Matrix Partners."
    article = Article("a", title, text, "en", PUBLISHED)

    facts = to_vocabulary(article, read_claims(article))["facts"]

    assert [written(fact) for fact in facts] == [
        "funding_round | Luma AI | 2026-03-10 | confirmed | 900000000 | USD | = | series_c"
        " | Humain, AMD Ventures, Matrix Partners | Humain"
    ]


def test_a_figure_taken_back_is_no_fact() -> None:
    text = "We said that Pika, the AI video startup, raised $100 million. That was wrong. Pika raised $80 million."
    article = Article("a", "", text, "en", PUBLISHED)

    facts = to_vocabulary(article, read_claims(article))["facts"]

    assert [fact["amount"] for fact in facts] == [80_000_000]


def test_a_round_up_gives_each_company_its_own() -> None:
    text = "\n\n".join(
        (
            "AI video deals of the week.",
            "Pika raised $80 million in a Series B. Spark Capital led it.",
            "Runway has laid off 30 people.",
            "Haiper is shutting down. It had raised about $13.8 million.",
            "Luma AI is looking for about $500 million and Higgsfield for $100 million.",
        )
    )
    article = Article("a", "", text, "en", PUBLISHED)

    facts = to_vocabulary(article, read_claims(article))["facts"]

    assert sorted(map(written, facts)) == sorted(
        [
            "funding_round | Pika | 2026-03-10 | confirmed | 80000000 | USD | = | series_b | Spark Capital | Spark Capital",
            "layoffs | Runway | 2026-03-10 | confirmed | 30",
            "shutdown | Haiper | 2026-03-10 | confirmed",
            "total_funding | Haiper | - | confirmed | 13800000 | USD | ~",
            "funding_round | Luma AI | 2026-03-10 | rumored | 500000000 | USD | ~ | series_unknown",
            "funding_round | Higgsfield | 2026-03-10 | rumored | 100000000 | USD | = | series_unknown",
        ]
    )


LISTS = {
    "AI dubbing and effects in March\nThe deals of the month.\n- Moonleaf (Oslo; AI dubbing): NOK 42 million from Creandum."
    "\n- Ember & Loop (Leeds; stop-motion effects): £2 million seed from Northern Gritstone."
    "\n- Raised by anybody else: nothing.\nTotal of the rounds: about $6 million.": [
        "Moonleaf 42000000",
        "Ember & Loop 2000000",
    ],
    "AI video weekly\n1. **Pika** raised $80 million from Spark Capital.\n2. **Voxhead** raised $5 million for AI avatars."
    "\n3. **Tomcat Foods** sells oats.\nIt raised $3 million.": ["Pika 80000000", "Voxhead 5000000"],
    "AI avatar maker Voxhead\nVoxhead makes AI avatars.\n- Raised: $5 million\n- Investors: Accel, GV\n- Founded: 2021": [
        "Voxhead 5000000"
    ],
}


@pytest.mark.parametrize(("text", "expected"), LISTS.items(), ids=["brackets", "numbers", "record"])
def test_each_line_of_a_list_tells_of_the_company_it_begins_with(text: str, expected: list[str]) -> None:
    title, _, body = text.partition("\n")
    article = Article("a", title, body, "en", PUBLISHED)

    rounds = [claim for claim in read_claims(article).claims if claim.type == "funding_round"]

    assert [f"{claim.company} {claim.money and claim.money.amount}" for claim in rounds] == expected


MEANT = Path(__file__).with_name("who_is_meant.txt")


def meant() -> Iterator[Any]:
    story, facts = "", []
    for line in [*MEANT.read_text(encoding="utf-8").splitlines(), "#"]:
        if line.startswith("    "):
            facts.append(line.strip())
        elif line:
            if story:
                yield pytest.param(story, [fact for fact in facts if fact != "-"], id=story[-60:])
            story, facts = ("" if line.startswith("#") else line), []


@pytest.mark.parametrize(("story", "expected"), list(meant()))
def test_whose_a_statement_is(story: str, expected: list[str]) -> None:
    title, *paragraphs = story.split(" // ")
    article = Article("a", title, "\n\n".join(paragraphs), "en", PUBLISHED)

    facts = to_vocabulary(article, read_claims(article))["facts"]

    assert sorted(f"{fact['type']} | {fact['company']}" for fact in facts) == sorted(expected)
