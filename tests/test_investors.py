"""Investors: who leads, who comes back, who invests with whom; nobody's share is made up, and talk counts nowhere."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO

import pytest

from dailies.commands import investors as command
from dailies.failures import UsageError
from db.connection.engine import open_database
from db.model import Company
from pipeline.facts.forming import form_facts
from reports.rendering import write_report
from reports.sheets.investor_line import investor_line, investor_lines
from reports.sheets.investor_sheet import investor_sheet
from reports.sheets.investor_table import investor_table
from reports.wording.facts import investors_text
from reports.wording.round_parties import round_parties
from tests.claims import claim, stored
from tests.stored_news import store_article

COMPANIES = {
    "runway": Company("runway", "Runway", country="US"),
    "aisphere": Company("aisphere", "AISphere", name_zh="爱诗科技", country="CN"),
}


def round_(series, on, investors, leads=(), *, key="runway", amount=50_000_000, **values):
    """A claim of a round, told by an article of its own."""
    fields = {"investment_type": series, "investors": list(investors), "lead_investors": list(leads)}
    company = COMPANIES[key].name
    told = claim(amount=amount, on=on, company=company, company_key=key, fields=fields,
                 sentence=f"{company} raises {series}.", **values)  # fmt: skip
    return stored(told, f"Outlet {series} {key}", on if on and len(on) == 10 else "2026-01-05")


ROUNDS = (
    round_("series_c", "2022-12-05", ["Felicis Ventures", "Nvidia"], ["Felicis Ventures"]),
    round_("series_d", "2025-04-03", ["General Atlantic", "英伟达", "软银"], ["General Atlantic"], amount=308_000_000),
    round_("series_e", "2026-02-10", ["General Atlantic", "NVIDIA"], ["General Atlantic"]),
    round_("series_a", None, ["Nvidia"], key="aisphere"),
    round_("series_b", "2026-03-01", ["Nvidia", "General Atlantic"], ["Nvidia"], key="aisphere", status="rumored"),
)


def facts(rounds=ROUNDS):
    return form_facts(rounds)


def test_rounds_leads_new_and_follow_on():
    lines = {line.name: line for line in investor_lines(facts())}
    found = {
        name: (len(line.investments), line.led, line.companies, line.count("new"), line.count("follow_on"))
        for name, line in lines.items()
    }
    assert found == {
        "Nvidia": (4, 0, 2, 1, 2),
        "General Atlantic": (2, 2, 1, 1, 1),
        "Felicis Ventures": (1, 1, 1, 1, 0),
        "SoftBank": (1, 0, 1, 1, 0),
    }
    assert lines["Nvidia"].co_investors == (("General Atlantic", 2), ("Felicis Ventures", 1), ("SoftBank", 1))
    assert lines["Nvidia"].count("undated") == 1


def test_talk_is_told_apart_and_counts_nowhere():
    line = investor_line("Nvidia", facts())
    assert ([fact.status for fact in line.talk], line.led) == (["rumored"], 0)
    assert investor_line("Nobody", facts()).investments == ()


def test_the_table_for_people():
    listing = investor_table(investor_lines(facts()), COMPANIES, sample=False)
    rows = [[cell.text for cell in row] for row in listing.shown_rows(listing.shown)]
    assert rows[0] == [
        *("Nvidia 英伟达", "corporate", "US", "4", "", "1", "2", "Runway, AISphere"),
        *("◐ Runway, Series E, $50M, 10 Feb 2026", "General Atlantic (2)"),
    ]
    assert rows[1][:5] == ["General Atlantic 泛大西洋投资", "pe", "US", "2", "2"]


def sheet(language, format="table", name="General Atlantic", rounds=ROUNDS):
    report = investor_sheet(investor_line(name, facts(rounds)), COMPANIES, language)
    return re.sub(r"c[0-9a-f]{16}", "c…", write_report("investor", report, format))


def test_a_whole_sheet():
    expected = """\
General Atlantic 泛大西洋投资
type           private equity
country        United States
rounds: 2, led: 2 · companies: 1 · new: 1, follow-on: 1
Most often with: Nvidia (2x), SoftBank

10 Feb 2026    ◐ Runway: Series E, $50M · General Atlantic (lead), Nvidia
                 1/1 § reported · round-c…
                 follow-on · led
                 “Runway raises series_e.”
                 Outlet series_e runway, 10 Feb 2026 (the outlet itself) https://outletseries_erunway.example/2026-02-10
3 Apr 2025     ◐ Runway: Series D, $308M · General Atlantic (lead), Nvidia, SoftBank
                 1/1 § reported · round-c…
                 its first round of this company that we know of · led
                 “Runway raises series_d.”
                 Outlet series_d runway, 3 Apr 2025 (the outlet itself) https://outletseries_drunway.example/2025-04-03

Talk and denials (counted nowhere)
"""
    told, talk = sheet("en").split("\n1 Mar 2026 ")
    assert told == expected
    assert "○ AISphere: talk of: Series B, $50M · Nvidia (lead), General Atlantic" in talk


def test_the_chinese_sheet_uses_the_words_of_the_trade():
    text = sheet("zh", "md")
    assert "参投2轮，领投2轮 · 公司1家 · 新进1次，老股东跟投1次" in text
    assert "常见共同投资方：英伟达（2次）、软银" in text
    assert "○ **爱诗科技：传闻：B轮，5000万美元**" in text


def test_an_investor_called_by_a_weak_name_in_a_round_stands_once_in_the_table():
    told = (
        round_("series_a", "2023-11-28", ["Lightspeed"]),
        round_("series_b", "2024-06-05", ["Lightspeed Venture Partners", "蚂蚁集团"]),
    )
    lines = {line.name: len(line.investments) for line in investor_lines(facts(told))}
    assert lines == {"Lightspeed Venture Partners": 2, "Ant Group": 1}


def test_an_arm_beside_whose_it_is_in_one_round_says_so():
    (fact,) = facts([round_("series_d", "2025-04-03", ["Salesforce", "Salesforce Ventures", "NVentures"])])
    assert investors_text(fact, "en") == "Salesforce, Salesforce Ventures (arm of Salesforce), NVentures"
    assert round_parties(fact, [], "zh") == "Salesforce、Salesforce Ventures（隶属Salesforce）、NVentures跟投"


def test_an_arm_and_whose_it_is_name_each_other_and_are_counted_apart():
    told = [
        round_("series_d", "2025-04-03", investors=["Salesforce"]),
        round_("seed", "2023", investors=["Salesforce Ventures"]),
    ]
    arm, whole = (sheet("en", name=name, rounds=told) for name in ("Salesforce Ventures", "Salesforce"))
    assert "arm of         Salesforce\n" in arm and "rounds: 1," in arm
    assert "arms           Salesforce Ventures (counted apart)\n" in whole and "rounds: 1," in whole
    assert "隶属           Salesforce\n" in sheet("zh", name="Salesforce Ventures", rounds=told)


@pytest.mark.parametrize("format", ["table", "md", "html", "json"])
def test_hostile_names_are_harmless_in_every_format(format):
    hostile = "</td><script>alert(1)</script>\x1b[31m\u202e|"
    text = sheet("en", format, hostile, [round_("series_a", "2024-01-01", [hostile, f"{hostile} II"])])
    assert format == "json" or not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", text)
    assert format != "html" or "<script" not in text
    assert format != "json" or json.loads(text)["name"] == hostile


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('investors') / 'news.db'}"
    told = [each.claim for each in ROUNDS if each.claim.company_key == "runway"]
    store_article(open_database(url, "sample"), *told, published="2026-02-11")
    return url


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, ["Nvidia", "General Atlantic", "Felicis Ventures", "SoftBank"]),
        ({"company": "Runway", "leads": True}, ["General Atlantic", "Felicis Ventures"]),
        ({"country": "Japan"}, ["SoftBank"]),
        ({"country": "CN"}, []),
        ({"since": "2025-05"}, ["General Atlantic", "Nvidia"]),
        ({"since": "2025-05", "company": "Runway", "leads": True}, ["General Atlantic"]),
        ({"sort": "-name"}, ["SoftBank", "Nvidia", "General Atlantic", "Felicis Ventures"]),
    ],
)
def test_filters_of_the_investor_table(database, capsys, filters, names):
    command.investors(database, "csv", None, **filters)
    assert [row["name"] for row in csv.DictReader(StringIO(capsys.readouterr().out))] == names


def test_what_was_new_is_told_by_all_rounds_also_by_those_before_the_day_asked_for(database, capsys):
    command.investors(database, "csv", None, since="2025-05")
    found = {
        row["name"]: (row["num_new"], row["num_follow_on"]) for row in csv.DictReader(StringIO(capsys.readouterr().out))
    }
    assert found == {"General Atlantic": ("0", "1"), "Nvidia": ("0", "1")}


def test_an_investor_is_found_by_any_of_its_names_and_others_are_suggested(database, capsys):
    command.investor(database, "英伟达", "en", "table")
    assert capsys.readouterr().out.startswith("Nvidia 英伟达 · sample data")
    command.investor(database, "Sequoia", "en", "table")
    assert "No confirmed or reported round names it." in capsys.readouterr().out
    with pytest.raises(UsageError, match="no investor is called 'General Atlantik'; did you mean General Atlantic"):
        command.investor(database, "General Atlantik", "en", "table")
