"""The cases everybody argues about, as they were told: which are one round, which are two, and which are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from db.model import Company
from db.values import Money
from pipeline.facts.forming import form_facts
from reports.facts.entries import entries
from reports.facts.strands import strands_of
from reports.sheets.company_sheet import company_sheet
from tests.claims import claim, stored

M = 1_000_000
NAMES = {"runway": Company(key="runway", name="Runway")}


def told(amount, label, on, outlet, published, *, qualifier=None, type_="funding_round", witness=None, **values):
    fields = {"investment_type": label, "series_qualifier": qualifier} if type_ == "funding_round" else {}
    fields = {name: value for name, value in fields.items() if value}
    sentence = f"{outlet} tells of {amount} million, {label} {qualifier}."
    money = {"amount": amount * M} if amount else {}
    leans = {"witness": witness} if witness else {}
    return stored(claim(type_, on=on, fields=fields, sentence=sentence, **money, **values), outlet, published, **leans)


EXTENSION = told(141, "series_c", "2023-06-29", "Bloomberg", "2023-06-29", qualifier="extension",
                 status="confirmed", said_by="company")  # fmt: skip
D_ROUND = told(141, "series_d", "2023-05", "字母榜", "2024-02-26")
SERIES_C = told(50, "series_c", "2022-12", "Lens", "2023-06-29")
SERIES_D = told(308, "series_d", "2025-04-03", "Variety", "2025-04-03")
THREE_ROUNDS = told(55, None, "2023-11-28", "Reel", "2023-11-28", qualifier="several")
PARTS = [
    told(2, "pre_seed", "2023-04", "Lens", "2023-11-28"),
    told(18, "seed", "2023-09", "Lens", "2023-11-29"),
    told(35, "series_a", "2023-11-28", "Lens", "2023-11-30"),
]


def rounds(*claims):
    return [sorted(each.publisher for each in fact.claims) for fact in form_facts(claims)]


def test_141_million_told_as_a_d_round_and_as_an_extension_of_the_c_is_one_round_with_a_conflict_about_its_label():
    (fact,) = form_facts([D_ROUND, EXTENSION])

    assert (fact.value("investment_type"), fact.value("series_qualifier")) == ("series_c", "extension")
    assert [each.value for each in fact.fields["investment_type"].losing] == ["series_d"]
    (line,) = entries([fact], NAMES, "en")
    assert [(each.field, each.losing) for each in line.conflicts] == [("date", "May 2023"), ("series", "Series D")]


def test_two_who_look_back_and_say_d_do_not_outvote_what_it_was_called_when_it_was_news():
    then = told(141, "series_c", "2023-06-29", "Lens", "2023-06-29", qualifier="extension")
    later = told(141, "series_d", "2023-06", "Lantern", "2024-03-01")
    (fact,) = form_facts([then, told(141, None, "2023-06-29", "Bloomberg", "2023-06-29"), D_ROUND, later])
    label = fact.fields["investment_type"]
    assert (label.value, label.rule, fact.value("series_qualifier")) == ("series_c", "told at the time", "extension")
    assert [(lost.value, len(lost.claim_keys)) for lost in label.losing] == [("series_d", 2)]


def test_the_day_of_a_price_told_by_unnamed_people_when_it_was_news_goes_before_a_month_looked_back_at():
    then = told(1500, None, "2023-06-29", "Reel", "2023-06-29", type_="valuation", said_by="unnamed_people")
    (fact,) = form_facts([then, told(1500, None, "2023-05", "字母榜", "2024-02-26", type_="valuation")])
    assert (fact.value("event_date"), fact.fields["event_date"].rule) == ("2023-06-29", "told at the time")


def test_an_extension_of_a_c_round_is_none_of_the_d_round_that_most_call_it():
    facts = form_facts([
        told(141, "series_c", "2023-06-29", "Lens", "2023-06-29", qualifier="extension"),
        told(141, "series_d", "2023-06-29", "Lantern", "2023-06-29"),
        told(141, "series_d", "2023-06-29", "Reel", "2023-06-30"),
    ])  # fmt: skip
    assert [(each.value("investment_type"), each.value("series_qualifier")) for each in facts] == [("series_d", None)]


def test_the_a1_and_the_a2_of_a_month_later_stay_two_whatever_tells_no_label_between_them():
    first = told(100, "series_a", "2024-03-11", "Lens", "2024-03-11", qualifier="A1")
    second = told(100, "series_a", "2024-04", "Reel", "2025-10-17", qualifier="A2")
    assert sorted(rounds(first, told(100, None, None, "Wire", "2024-03-14"), second)) == [["Lens", "Wire"], ["Reel"]]


def test_an_undated_denial_of_a_sale_does_not_tie_the_talk_of_its_weeks_to_that_of_the_next_spring():
    autumn = told(0, "talks", "2023-11-29", "Wire", "2023-11-29", type_="acquisition", status="rumored")
    denial = told(0, "no", None, "Reel", "2023-11-29", type_="acquisition", status="denied", said_by="company")
    spring = told(0, "again", "2024-05", "Lens", "2024-05-16", type_="acquisition", status="rumored")
    assert sorted(rounds(autumn, denial, spring)) == [["Lens"], ["Reel", "Wire"]]


def test_the_c_its_extension_and_the_d_of_2025_are_three_rounds():
    assert sorted(rounds(SERIES_C, EXTENSION, D_ROUND, SERIES_D)) == [["Bloomberg", "字母榜"], ["Lens"], ["Variety"]]


def camp(label, on, *outlets, **values):
    return [told(100, label, on, outlet, "2024-12-01", **values) for outlet in outlets]


B_ROUND = camp("series_b", "2024-03-05", "Reel", "Lens")


@pytest.mark.parametrize(
    ("others", "count"),
    [
        (camp("series_c", "2024-04-10", "Wire", "Gazette"), 2),
        (camp("series_b", "2024-04-10", "Wire", "Gazette", qualifier="extension"), 2),
        (camp("series_c", "2024-04", "Wire", "Gazette"), 2),
        (camp("series_c", "2024-04-10", "Wire"), 1),  # one may err
        (
            camp("series_c", "2024-04-10", "Wire", "Gazette", witness="wire"),
            1,
        ),  # who leans on the other is no second one
        (camp("series_c", "2024-03-07", "Wire", "Gazette"), 1),  # of one announcement: a dispute
        (camp("series_c", "2024-04-10", "Wire", "Gazette", status="rumored"), 1),  # talk that became the round
        (camp("corporate_round", "2024-04-10", "Wire", "Gazette"), 1),
    ],
)
def test_two_labels_of_one_sum_are_two_rounds_only_where_several_tell_each_of_another_date(others, count):
    claims = [*B_ROUND, *others]

    assert len(rounds(*claims)) == len(rounds(*claims[::-1])) == count


@pytest.mark.parametrize("type_", ["funding_round", "total_funding"])
def test_55_million_over_three_rounds_is_none_of_the_three(type_):
    whole = told(55, None, "2023-11-28", "Reel", "2023-11-28", qualifier="several", type_=type_)

    assert ["Reel"] in rounds(whole, *PARTS)
    assert len(rounds(whole, *PARTS)) == 4


def test_a_sum_of_several_rounds_is_not_the_series_a_without_a_sum_of_those_days():
    assert len(rounds(THREE_ROUNDS, told(None, "series_a", "2023-11-28", "Lens", "2023-11-28"))) == 2
    assert len(rounds(THREE_ROUNDS, told(55, "series_a", "2023-11-28", "Lens", "2023-11-28"))) == 1  # miscalled
    (line, *_) = entries(form_facts([THREE_ROUNDS]), NAMES, "en")
    assert line.what == "Several rounds together, $55M"
    (line, *_) = entries(form_facts([THREE_ROUNDS]), NAMES, "zh")
    assert line.what == "多轮合计，5500万美元"


def test_talks_and_an_earlier_report_are_the_strand_of_the_round_they_became():
    talk = told(100, None, "2023-05", "Insider", "2023-05-20", status="rumored", said_by="unnamed_people")
    report = told(100, None, "2023-06-01", "The Information", "2023-06-01", said_by="unnamed_people")
    facts = form_facts([talk, report, EXTENSION])

    (done,) = facts
    assert done.money == EXTENSION.claim.money
    assert [(step.status, step.days) for step in strands_of(facts)[done.id]] == [
        ("rumored", 0),
        ("reported", 12),
        ("confirmed", 40),
    ]


def test_two_rounds_under_one_label_are_said_to_be():
    first = told(90, "series_c", "2024-12", "Lens", "2025-08-06")
    second = told(900, "series_c", "2025-11-19", "Reel", "2025-11-19")
    sheet = company_sheet(NAMES["runway"], form_facts([first, second, SERIES_D]), "en")

    assert [(line.mark, line.text) for line in sheet.findings] == [
        ("≠", "more than one round is told as Series C: $90M (Dec 2024), $900M (19 Nov 2025); "
              "a label is wrong, or one is a part of the other")
    ]  # fmt: skip


def test_what_fell_through_is_not_called_denied():
    failed = told(None, None, "2025-06-23", "Reel", "2025-06-23", type_="acquisition", status="denied")
    denied = told(None, None, "2023-11-29", "Reel", "2023-11-29", type_="acquisition", status="denied",
                  said_by="company")  # fmt: skip

    assert [line.what for line in entries(form_facts([failed, denied]), NAMES, "en")] == [
        "denied: sale, buyer not stated",
        "did not happen: sale, buyer not stated",
    ]


def test_a_listing_is_told_with_its_sum_and_stands_in_the_summary():
    listing = told(619, None, "2026-01-09", "Reel", "2026-01-09", type_="ipo")
    sheet = company_sheet(NAMES["runway"], form_facts([listing]), "en")

    assert [(line.title, line.value) for line in sheet.summary if line.title == "listed"] == [
        ("listed", "listing, exchange not stated, $619M")
    ]
    assert form_facts([listing])[0].money == Money(Decimal(619 * M), "USD")
