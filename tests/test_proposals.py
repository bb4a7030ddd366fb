"""What is proposed to a person: names that may be one company's, facts that may be one; vehicles and others never."""

from __future__ import annotations

import time
from itertools import combinations
from pathlib import Path

import pytest

from db.knowledge.curated import load_knowledge
from pipeline.facts.forming import form_facts
from pipeline.facts.proposals import PAIRED_TYPES, LookAlike, Named, look_alikes, name_reason, unclear_pairs
from pipeline.history.read_history import read_history
from tests.claims import claim, stored
from tests.history_claims import history_facts, stored_pages
from tests.test_round_groups import deals_of, grouped, pairs_of

M = 1_000_000
LINES = [
    [part.strip() for part in line.split("|")]
    for line in (Path(__file__).parent / "name_pairs.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("reason", "one", "other"), LINES)
def test_names_are_proposed_with_their_reason_or_not_at_all(reason, one, other):
    assert name_reason(one, other) == name_reason(other, one) == (None if reason == "no" else reason)
    found = look_alikes([Named("~x", one, True), Named("y", other, False)], frozenset())
    assert found == ([] if reason == "no" else [LookAlike("~x", "y", one, other, reason)])


def test_there_are_enough_of_them():
    assert len(LINES) >= 80


def test_no_two_curated_companies_are_proposed_and_no_company_twice():
    curated = [Named(each.key, name, False) for each in load_knowledge().companies for name in each.strong_names]
    assert look_alikes(curated, frozenset()) == []
    names = [*curated, Named("~stabilityai", "StabilityAI", True), Named("~stabilityinc", "Stability Inc", True)]
    found = look_alikes([*names, *names], frozenset())
    assert [(each.key, each.other_key) for each in found] == [
        ("~stabilityai", "stability-ai"),
        ("~stabilityai", "~stabilityinc"),
        ("~stabilityinc", "stability-ai"),
    ]
    apart = frozenset({frozenset({"~stabilityai", "stability-ai"})})
    assert len(look_alikes(names, apart)) == 2


@pytest.mark.check
def test_twenty_thousand_names_take_seconds():
    names = [Named(f"~name{number:05}x", f"Name {chr(97 + number % 26)}{number:05}x", True) for number in range(20_000)]
    began = time.process_time()
    assert look_alikes(names, frozenset()) == []
    assert time.process_time() - began < 15


def round_(amount, on, label=None, outlet="Reel", **values):
    money = {"amount": amount * M} if amount else {}
    told = claim(on=on, fields={"investment_type": label or "series_unknown"}, **money, **values)
    return stored(told, outlet, "2026-01-01", article=f"a-{outlet}-{amount}-{on}-{label}")


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (round_(50, "2024-01", "series_a"), round_(50, "2024-05", "series_b"), "same_sum"),
        (round_(50, "2024-01-01", "series_a"), round_(80, "2024-02-20", "series_a"), "same_label"),
        (round_(2000, "2026-07-02"), round_(3000, "2026-07"), "same_weeks"),
        (round_(50, "2024-01", "series_a"), round_(80, "2024-02", "series_b"), None),
        (round_(50, "2022-01"), round_(80, "2024-02"), None),
        (round_(50, "2022-01"), round_(50, "2024-02"), None),
        (round_(50, "2024-01", "series_a"), round_(50, "2024-01", "convertible_note"), None),
    ],
)
def test_facts_that_may_be_one_are_proposed(one, other, reason):
    facts = form_facts([one, other])
    assert len(facts) == 2
    found = unclear_pairs(facts, frozenset())
    assert [pair.reason for pair in found] == ([reason] if reason else [])
    assert unclear_pairs(facts[::-1], frozenset()) == found
    pair = (min(one.key, other.key), max(one.key, other.key))
    assert unclear_pairs(facts, frozenset({pair})) == []


@pytest.mark.parametrize("source", ["the bundled table", "the sheet itself"])
def test_every_missed_pair_of_the_analysts_groups_is_proposed(shared, source):
    facts = history_facts()
    if source == "the sheet itself":
        content = (shared / "research" / "rounds.csv").read_bytes()
        facts = form_facts(stored_pages(read_history([("rounds.csv", content)]).pages))
    _, missed, _ = pairs_of(grouped(facts, deals_of(shared)))

    proposed = {
        frozenset((pair.one.id, pair.other.id))
        for pair in unclear_pairs([fact for fact in facts if fact.type in PAIRED_TYPES], frozenset())
    }

    assert [pair for pair in missed if frozenset(each.fact_id for each in pair) not in proposed] == []
    deals = [fact for fact in facts if fact.type in PAIRED_TYPES]
    pairs = sum(one.company_key == other.company_key for one, other in combinations(deals, 2))
    assert len(proposed) < pairs / 10, "a person's time is not for every pair"
