"""`dailies why`: every claim for and against, the rule, and that an id ever printed keeps its answer."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from dailies.cli import app
from dailies.commands.why import why as command
from dailies.failures import UsageError
from db.connection.engine import open_database
from db.model import Company
from db.nouns.identity import claim_key
from pipeline.facts.forming import form_facts
from reports.facts.why import explain
from reports.rendering import write_report
from tests.claims import claim, stored
from tests.stored_news import store_article

RUNWAY = Company("runway", "Runway")
COMPANY_SAYS = stored(
    claim(
        amount=141_000_000,
        on="2023-06-29",
        status="confirmed",
        said_by="company",
        fields={"investment_type": "series_c", "series_qualifier": "extension"},
        sentence="Runway said it had raised $141 million in an extension of its Series C.",
    ),
    "Daily Reel",
    "2023-06-29",
)
OTHERS_SAY = stored(
    claim(
        amount=140_000_000,
        operator="~",
        on="2023-06",
        fields={"investment_type": "series_d"},
        sentence="Runway完成约1.4亿美元的D轮融资。",
    ),
    "影像日报",
    "2024-02-26",
)


def shown(*claims, asked="", language="en", format="table", **values):
    (fact,) = form_facts(claims)
    report = explain(fact, {"runway": RUNWAY}, language, asked=asked or fact.id, **values)
    return re.sub(r"c[0-9a-f]{16}", "c…", write_report("why", report, format))


def test_a_whole_answer():
    assert (
        shown(COMPANY_SAYS, OTHERS_SAY)
        == """\
Runway: Series C extension, $141M
● confirmed · 29 Jun 2023 · 2 independent of 2 seen · round-c…

amount: $141M ●
  chosen: all agree
  + $141M ● Daily Reel, 29 Jun 2023 (the company) § c…
    “Runway said it had raised $141 million in an extension of its Series C.”
    https://dailyreel.example/2023-06-29
  + ~$140M ◐ 影像日报, 26 Feb 2024 (the outlet itself) § c…
    “Runway完成约1.4亿美元的D轮融资。”
    https://%E5%BD%B1%E5%83%8F%E6%97%A5%E6%8A%A5.example/2024-02-26

date: 29 Jun 2023 ●
  chosen: all agree
  + 29 Jun 2023 ● Daily Reel, 29 Jun 2023 (the company) § c…
    “Runway said it had raised $141 million in an extension of its Series C.”
    https://dailyreel.example/2023-06-29
  + Jun 2023 ◐ 影像日报, 26 Feb 2024 (the outlet itself) § c…
    “Runway完成约1.4亿美元的D轮融资。”
    https://%E5%BD%B1%E5%83%8F%E6%97%A5%E6%8A%A5.example/2024-02-26

series: Series C extension ●
  chosen: confirmed goes before reported, reported before rumored
  + Series C extension ● Daily Reel, 29 Jun 2023 (the company) § c…
    “Runway said it had raised $141 million in an extension of its Series C.”
    https://dailyreel.example/2023-06-29
  ≠ Series D ◐ 影像日报, 26 Feb 2024 (the outlet itself) § c…
    “Runway完成约1.4亿美元的D轮融资。”
    https://%E5%BD%B1%E5%83%8F%E6%97%A5%E6%8A%A5.example/2024-02-26

series suffix: extension ●
  chosen: the only value
  + extension ● Daily Reel, 29 Jun 2023 (the company) § c…
    “Runway said it had raised $141 million in an extension of its Series C.”
    https://dailyreel.example/2023-06-29

+ for the chosen value · ≠ against it
● confirmed by a party or a filing · ◐ reported by an outlet · ○ rumoured or planned · ✕ denied or fallen through
"""
    )


@pytest.mark.parametrize("format", ["table", "md", "html", "json"])
def test_the_order_of_the_claims_changes_no_byte(format):
    assert shown(OTHERS_SAY, COMPANY_SAYS, format=format) == shown(COMPANY_SAYS, OTHERS_SAY, format=format)


def test_a_bare_denial_is_not_forgotten():
    denial = stored(claim("acquisition", status="denied", said_by="company", sentence="That is not so."), "Reel")
    rumour = stored(claim("acquisition", status="rumored", on="2023-06", sentence="It is for sale."), "Wire")
    text = shown(rumour, denial)
    assert "Claims of this fact that state none of these fields\n  ✕ Reel, 1 Jul 2023 (the company)" in text


def test_on_a_page_our_note_stands_once_and_a_suffix_that_the_series_says_has_no_table():
    noted = replace(COMPANY_SAYS, evidence_class="page")
    page = shown(noted, format="html")
    assert page.count(f"[our note: {noted.claim.sentence}]") == 1
    assert page.count("our note of it is above</a>") == 2  # under the date and the series
    assert "series suffix" not in page


def test_hostile_text_is_harmless():
    bad = stored(
        claim(amount=1_000_000, on="2023-06", sentence="<script>\x1b[31m\u202e"), "</b>", article_url="javascript:x"
    )
    for format in ("table", "md", "html"):
        text = shown(bad, asked="\x1b<i>c0</i>", format=format)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e]|\]\(javascript|href=.javascript", text)
        assert format == "table" or not re.search(r"(?<!\\)<(script|i)>", text)


SAYS = claim(amount=141_000_000, on="2023-06-29", sentence="It raised $141 million.")
ECHO = claim(amount=141_000_000, on="2023-06", sentence="It took in $141 million.")
FIRST, LATER = "a1000000000000001", "a2000000000000002"


def id_of(article, told):
    return claim_key(article, told.type, told.sentence, 0)


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "news.db"
    engine = open_database(f"sqlite:///{path}", "sample")
    store_article(engine, ECHO, key=LATER, outlet="Lens Weekly", published="2023-07-03", url="https://lens.example/2")
    return engine, str(path)


def answer(path, asked, *options):
    result = CliRunner().invoke(app, ["why", asked, "--db", path, *options], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_after_a_merge_both_ids_lead_to_the_one_fact(database):
    engine, path = database
    old, new = f"round-{id_of(LATER, ECHO)}", f"round-{id_of(FIRST, SAYS)}"
    assert answer(path, old).splitlines()[1].endswith(f"1 independent of 1 seen · {old}")
    store_article(engine, SAYS, key=FIRST)
    assert answer(path, new).splitlines()[1].endswith(f"2 independent of 2 seen · {new}")
    assert answer(path, old).splitlines()[1:3] == [
        f"● confirmed · 29 Jun 2023 · 2 independent of 2 seen · {new}".replace("● confirmed", "◐ reported"),
        f"{old} is told today by {new}.",
    ]
    assert answer(path, id_of(LATER, ECHO)).splitlines()[2] == f"{id_of(LATER, ECHO)} is told today by {new}."


def test_an_id_that_is_held_no_more_says_why(database):
    engine, path = database
    gone = f"round-{id_of(LATER, ECHO)}"
    store_article(
        engine,
        key=LATER,
        outlet="Lens Weekly",
        published="2023-07-03",
        url="https://lens.example/2",
        recorded="2026-02-03",
    )
    assert answer(path, gone) == (
        f"{gone} is held no more · sample data, not for citation\n"
        "The article was changed and did not say so any more when it was read on 3 Feb 2026.\n"
        "Runway: “It took in $141 million.”\n"
        "Lens Weekly, 3 Jul 2023 (the outlet itself) https://lens.example/2\n"
    )
    assert "已不再成立" in answer(path, gone, "--lang", "zh", "--format", "html")


@pytest.mark.parametrize("asked", ["round-c0000000000000000", "c0000000000000000", "Runway", "round-\x1b[31m", ""])
def test_what_never_was_an_id_is_a_usage_error_with_a_remedy(database, asked):
    with pytest.raises(UsageError, match=r"ids stand in timelines, briefs and `dailies claims`") as error:
        command(database[1], asked, "en", "table")
    assert "\x1b" not in str(error.value)
