"""The mark of a sum that is less sure than its deal: it stands in every table, list and page that shows the sum."""

from __future__ import annotations

from datetime import date

import pytest

from db.model import Company
from db.nouns.facts import Fact
from db.values import PartialDate
from pipeline.facts.forming import form_facts
from reports.facts.talk import talk_of
from reports.listings.facts import fact_lines, fact_listing
from reports.sheets.company_line import company_line, company_outline, line_of
from reports.sheets.company_table import company_table
from reports.sheets.kept_outline import outline_text, read_outline
from reports.site.company_grid import company_row
from reports.site.links import SiteLinks
from reports.site.raised_ranking import raised_ranking
from reports.site.round_grid import round_row
from reports.site.talk_grid import talk_row
from reports.tables.text import markdown_table
from reports.wording.facts import what_happened
from tests.claims import claim, stored

RUNWAY = Company("runway", "Runway", segment="video_generation")
SEED = {"investment_type": "seed"}


@pytest.fixture(scope="module")
def seed() -> Fact:
    """A round that its company confirms, whose sum stands in a headline alone."""
    (fact,) = form_facts(
        [
            stored(
                claim(on="2026-03-09", status="confirmed", said_by="company", fields=SEED),
                published="2026-03-09",
            ),
            stored(
                claim(amount=1_030_000_000, on="2026-03-09", fields=SEED, sentence="Runway raises $1.03B seed."),
                "Wire",
                "2026-03-10",
                evidence_class="cited",
            ),
        ]
    )
    assert (fact.status, fact.fields["amount"].status) == ("confirmed", "reported")
    return fact


def test_a_sum_of_a_headline_alone_has_its_own_mark_on_the_first_page_and_in_rounds_companies_and_talk(seed):
    links, companies = SiteLinks("rounds", "en"), {"runway": RUNWAY}
    line = company_line(RUNWAY, [seed], date(2026, 3, 10))
    ((ranked,), *_) = (each.rounds for each in raised_ranking([seed], companies, PartialDate("2026"), links).companies)
    rumour = stored(claim(amount=500_000_000, status="rumored", fields=SEED), "Lens", "2025-12-19", article="lens-talk")
    (talk,) = talk_of([*form_facts([rumour]), seed], date(2026, 3, 10))
    amount = round_row(seed, RUNWAY, links).cells[4]
    assert (amount.text, amount.status) == ("$1.03B", "reported")
    assert (ranked.status, ranked.what) == ("confirmed", "Seed, $1.03B ◐")
    assert company_row(line, links).cells[5].text == "Seed, $1.03B ◐"
    assert talk_row(talk, RUNWAY, links).cells[4].text == "Seed, $1.03B ◐"
    assert "● Seed, $1.03B ◐, 9 Mar 2026" in markdown_table(company_table([line], sample=False))
    assert "$1.03B ◐" in markdown_table(fact_listing("rounds", fact_lines([seed], companies), sample=False))


@pytest.mark.parametrize(
    ("sentence", "english", "chinese"),
    [
        ("Amount not in the digest.", "sum not stated", "金额未说明"),
        ("Runway closed a Series C extension.", "sum not stated", "金额未说明"),
        ("Runway raised an undisclosed sum.", "sum undisclosed", "金额未披露"),
        ("Amount undisclosed.", "sum undisclosed", "金额未披露"),
        ("本轮融资金额未披露。", "sum undisclosed", "金额未披露"),
    ],
)
def test_a_sum_that_is_not_stated_is_called_undisclosed_only_where_a_text_says_so_and_alike_everywhere(
    sentence, english, chinese
):
    (fact,) = form_facts([stored(claim(on="2026-07-23", fields={"investment_type": "series_c"}, sentence=sentence))])
    outline = company_outline([fact])
    kept = read_outline(outline_text(outline))
    for language, words in (("en", english), ("zh", chinese)):
        links = SiteLinks("rounds", language)
        line = company_line(RUNWAY, [fact], None)
        assert round_row(fact, RUNWAY, links).cells[4].text == words
        assert words in company_row(line, links).cells[5].text
        assert words in what_happened(fact, language)
        assert words in markdown_table(company_table([line], sample=False, language=language))
        assert words in markdown_table(company_table([line_of(RUNWAY, kept, None)], sample=False, language=language))
        assert words in markdown_table(
            fact_listing("rounds", fact_lines([fact], {"runway": RUNWAY}), sample=False, language=language)
        )
