"""Where sources contradict each other: what an analyst would choose and why, written down before the rules were.

One line for every row of the research sheet marked CONFLICT or TRAP. `of` is the address (a part of it) of the row that
contradicts, or of its rival where the row itself was left out of the bundled history.
"""

from __future__ import annotations

import csv
from typing import NamedTuple

from db.nouns.facts import Fact
from tests.history_claims import history_facts


class Expected(NamedTuple):
    """The value (of the money: with operator and currency) a field of the fact has that holds the page's claim."""

    of: str
    type: str
    field: str
    value: object
    why: str


ROUND, PRICE, TOTAL = "funding_round", "valuation", "total_funding"
EXPECTED = [
    Expected("nidbox.com/diary/read/10233466", ROUND, "event_date", "2024-03-11", "the earliest of three days"),
    Expected("techtimes.com/articles/302501", ROUND, "currency", "CNY", "raised in yuan; dollars are a conversion"),
    Expected("pixverse-raises-439m", ROUND, "amount", None, "$439M is the whole series, this part's is unknown"),
    Expected("tmtpost.com/7916213", ROUND, "amount", "300000000", "CNY 2.98B is the sum of the C series"),
    Expected("yann-lecun-confirms-his-new", PRICE, "status", "rumored", "sought; $3.5B before the money was agreed"),
    Expected("ami-labs-yann-lecun-funding", PRICE, "valuation_kind", "pre_money", "the company says pre-money"),
    Expected("biz.chosun.com", ROUND, "amount", "1030000000", "EUR 30M is a part that a few investors put in"),
    Expected("black-forest-labs-eyes", PRICE, "status", "rumored", "$4B was asked, $3.25B agreed"),
    Expected("announcing-mirages-usd75m", TOTAL, "amount", "175000000", "the company's word against CB Insights"),
    Expected("cbinsights.com/company/captions", PRICE, "amount", "500000000", "its total is not told as a claim"),
    Expected("Captions-Raises-Series-C", ROUND, "amount", "60000000", "$100M is planned spending"),
    Expected("mirage-raises-75m", ROUND, "investment_type", "debt_financing", "the company calls it non-dilutive"),
    Expected("announcing-mirages-usd75m", ROUND, "investment_type", "debt_financing", "not a Series D"),
    Expected("cartwheel-ai-secures", ROUND, "amount", "5600000", "only the founding year is disputed"),
    Expected("github.com/Chatforest", TOTAL, "amount", "48000000", "the source's own total, above its three rounds"),
    Expected("decart-raises-300m-ai", PRICE, "amount", "4000000000", "told by one; the other says not disclosed"),
    Expected("decart-300-million-radical", ROUND, "amount", "300000000", "what it does not tell contradicts nothing"),
    Expected("dakule.com/content/f2284", ROUND, "investment_type", "seed", "one tells the label, one none"),
    Expected("divbracket.com", ROUND, "amount", "2000000", "the trap is the brand's name, the sum stands"),
    Expected("calloutcoin.com/14622", ROUND, "lead_investors", ["Conviction Partners"], "Forbes against a blog"),
    Expected("heygen-60-million-funding-round", PRICE, "status", "reported", "$440M before the round closed"),
    Expected("heygen-valued-at-500-million", PRICE, "status", "confirmed", "$500M is the company's word"),
    Expected("heygen-valued-at-500-million", ROUND, "investment_type", None, "no page states the label"),
    Expected("higgsfield-raises-80m-series-a-extension", ROUND, "amount", "80000000", "$130M is both closes together"),
    Expected("higgsfield-secures-us400", ROUND, "event_date", "2026-08-17", "a late report tells its own day"),
    Expected("6a1a70e7bc35116ac7acaffa", PRICE, "status", "rumored", "a first target"),
    Expected("nashnova.com/feed", ROUND, "amount", "13800000000", "the signed part, to the cap; not ten times that"),
    Expected("kuaishous-kling-ai-draws", ROUND, "currency", "CNY", "confirmed in yuan; dollars differ by outlet"),
    Expected("krea-raises-47m", ROUND, "amount", "47000000", "$83M is the total"),
    Expected("kreas-founders-snubbed", TOTAL, "amount", "83000000", "over several rounds"),
    Expected("economists-luma-delenda", ROUND, "investment_type", "series_c", "two pages call the $90M so"),
    Expected("luma-ai-raises-900-million-series-c", ROUND, "investment_type", "series_c", "the release calls it so"),
    Expected("p/3411013013671298", PRICE, "valuation_kind", "pre_money", "one tells the kind, one none"),
    Expected("saudi-arabia-will-invest", ROUND, "amount", "900000000", "only earlier money is disputed"),
    Expected("alibaba-said-lead-new", PRICE, "status", "rumored", "more than $2B was said before the round"),
    Expected("alibaba-leads-600-mn", PRICE, "amount", "2500000000", "more than $2.5B is told by more than one"),
    Expected("alibaba-leads-2-5-billion", ROUND, "amount", "600000000", "$2.5B is the price, not the sum"),
    Expected("minimax-hong-kong-ipo-to-raise", "ipo", "amount", "619000000", "raised, against expected"),
    Expected("thenewstip.com", ROUND, "amount", "800000000", "corrected from over $1B"),
    Expected("wehelpwin.com", ROUND, "amount", "800000000", "corrected from over $1B"),
    Expected("ai-video-startup-moonvalley-raised-a-fresh", ROUND, "amount", "43000000", "the filing's sum"),
    Expected("dasgeld.co/posts", ROUND, "amount", "53000000", "a second filing, not the first one's $43M"),
    Expected("Moonvalley-Raises-Additional", ROUND, "amount", "84000000", "additional to both filings"),
    Expected("softbank-investment-startup-openai", ROUND, "status", "rumored", "talks, whatever the price"),
    Expected("accelerating-the-next-phase-ai", ROUND, "amount", "122000000000", "the later figure of one financing"),
    Expected("opusclip-celebrates-30m", TOTAL, "amount", "30000000", "a running total"),
    Expected("partially-automated-dubbing-tool", ROUND, "currency", "GBP", "the text, not the address"),
    Expected("pika-labs-which-is-building", ROUND, "investment_type", None, "three rounds have no one label"),
    Expected("pika-ai-app-raises-135m", TOTAL, "amount", "135000000", "a total; the round was $80M"),
    Expected("technology/2024/06/04/pika", ROUND, "event_date", "2024-06-04", "the first first-hand report"),
    Expected("google-cloud-runway-generative", ROUND, "amount", "141000000", "announced, against heard"),
    Expected("google-invests-in-ai-startup-runway", ROUND, "amount", "141000000", "announced, against heard"),
    Expected("runway-launches-corporate-venture", ROUND, "event_date", "2023-06-29", "the company's day"),
    Expected("generative-ai-in-video-and", ROUND, "investment_type", "series_c", "one tells the label, one none"),
    Expected("runway-leve-300m", ROUND, "amount", "308000000", "$300M is rounded"),
    Expected("runway-finanzimanto", ROUND, "lead_investors", ["General Atlantic"], "three others against one"),
    Expected("shengshu-technology-completes-series-a", ROUND, "series_qualifier", None, "the release says Series A"),
    Expected("69d87c4443a525ab0cc7e37e", ROUND, "currency", "CNY", "nearly CNY 2B; the dollars are conversions"),
    Expected("stability-ai-raises-funds-at-1-billion", PRICE, "amount", "1000000000", "where the round ended"),
    Expected("stability-ai-explores-sale-as", ROUND, "amount", "101000000", "the round it tells of, by its price"),
    Expected("stability-ai-seeks-possible-buyer", ROUND, "amount", "101000000", "$500M was the opening price"),
    Expected("chaotic-departure-of-stabilityai", ROUND, "event_date", "2022-10-17", "the day it was announced"),
    Expected("430246-stability-ai", ROUND, "amount", "50000000", "one note, under $50M, $20M of it paid"),
    Expected("stability-ai-raises-76m-from-investors", ROUND, "investment_type", None, "Series B only in a digest"),
    Expected("suno-ai-raises-200m", ROUND, "amount", "250000000", "$200M is the revenue"),
    Expected("synthesia-raises-usd-3-1m", ROUND, "amount", "3100000", "only the founding year is disputed"),
    Expected("synthesia-scheitert", ROUND, "amount", None, "$100M is the revenue of that month"),
    Expected("ai-startup-synthesia-hits-4", ROUND, "event_date", "2026-01-26", "announced, if closed before"),
    Expected("synthesia-ai-valuation-4-billion-series-e", ROUND, "lead_investors", ["GV"], "all others say GV alone"),
    Expected("tavus-raises-40m", TOTAL, "amount", "64200000", "as of the round; $70M is a year later"),
    Expected("video-rebirth-secures-80", ROUND, "amount", "80000000", "only the country is disputed"),
    Expected("ai-godmothers", ROUND, "amount_op", ">", "more than $230M by the fuller report"),
    Expected("news.aibase.com/news/24923", ROUND, "status", "rumored", "talks at $500M; $1B was announced"),
]  # fmt: skip


class LeftOut(NamedTuple):
    """A claim that is plainly wrong, or about no company of ours: it is not in the bundled history."""

    page: str
    company_key: str
    why: str


LEFT_OUT = [
    LeftOut("app.bsky.feed.post/3moverdnerk2k", "a24", "a post calls a research partnership of $75M a stake"),
    LeftOut("qbitai.com/2026/07/449836", "aisphere", "CNY 2.98B is the C series, neither a round nor the total"),
    LeftOut("synthesia-generative-ai-startup-in-talks", "elevenlabs", "a valuation of $100M told as money raised"),
    LeftOut("26-01-16-chatgpt-ads", "higgsfield", "two closes told as one round of $130M; both are held"),
    LeftOut("higgsfield-announces-130m-series-a", "higgsfield", "the same, by the company"),
    LeftOut("test.daily8.com", "scale-ai", "not AI video"),
    LeftOut("twelve-labs-raises-103m-series-b", "twelve-labs", "a running total told as a Series B"),
]


def holding(expected: Expected) -> list[Fact]:
    """Every fact that holds a claim of that page and type."""
    return [
        fact
        for fact in history_facts()
        if fact.type == expected.type and any(expected.of in (stored.article_url or "") for stored in fact.claims)
    ]


def chosen(expected: Expected) -> list[object]:
    """The field in each of them."""
    return [fact.status if expected.field == "status" else fact.value(expected.field) for fact in holding(expected)]


def test_the_rules_choose_what_an_analyst_would():
    wrong = [expected for expected in EXPECTED if expected.value not in chosen(expected)]

    assert len(wrong) <= len(EXPECTED) // 20, "\n".join(f"{each} chosen: {chosen(each)}" for each in wrong)
    print(f"right: {len(EXPECTED) - len(wrong)} of {len(EXPECTED)}")
    print(*(f"for review: {each}, chosen: {chosen(each)}" for each in wrong), sep="\n")


def test_where_the_rules_choose_another_value_a_person_is_asked():
    wrong = [expected for expected in EXPECTED if expected.value not in chosen(expected)]

    assert [each for each in wrong if not any(fact.fields[each.field].losing for fact in holding(each))] == []


def test_what_is_plainly_wrong_is_not_loaded():
    told = {(stored.article_url or "", fact.company_key) for fact in history_facts() for stored in fact.claims}

    assert [
        each for each in LEFT_OUT for url, company in told if each.page in url and each.company_key == company
    ] == []


def test_every_conflict_of_the_research_sheet_has_a_line(shared):
    with (shared / "research" / "rounds.csv").open(encoding="utf-8", newline="") as table:
        marked = [row for row in csv.DictReader(table) if "CONFLICT" in row["note"] or "TRAP" in row["note"]]

    named = [*(each.of for each in EXPECTED), *(each.page for each in LEFT_OUT)]
    assert [row["source_url"] for row in marked if not any(part in row["source_url"] for part in named)] == []
