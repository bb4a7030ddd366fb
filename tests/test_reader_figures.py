"""The readers of money, dates, rounds and names, measured on the catalogues beside the checkout.

The bounds are issue figures: 98 % of the phrasings with every negative silent, 90 % of the public currency suite in
each language with no spurious find, and all of the names that fool a matcher.
"""

from __future__ import annotations

import importlib
from datetime import date

import pytest

from pipeline.fold import fold_text
from pipeline.names.find_names import find_names
from tests import readers


@pytest.mark.parametrize("kind", ["money", "dates", "rounds"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_phrasings(kind, language, shared, monkeypatch):
    monkeypatch.syspath_prepend(str(shared / "eval"))
    program = importlib.import_module("run_phrasings")
    wrong, total = [], 0
    for row in readers.rows(shared / "research/phrasings.jsonl"):
        if row["kind"] not in program.KINDS[kind] or row["lang"] != language:
            continue
        total += 1
        reference = [date.fromisoformat(row["reference_date"])] if kind == "dates" else []
        if not program.right(kind, row, getattr(readers, kind)(row["text"], *reference, language)):
            wrong.append(row)
    assert [row["text"] for row in wrong if row["expected"] is None] == []
    assert 1 - len(wrong) / total >= 0.98


@pytest.mark.parametrize(("language", "suite"), [("en", "English"), ("zh", "Chinese")])
def test_currency_suite(language, suite, shared, monkeypatch, capsys):
    monkeypatch.syspath_prepend(str(shared / "eval"))
    program = importlib.import_module("run_specs")
    path = shared / f"eval/specs/NumberWithUnit.{suite}.CurrencyModel.json"
    report = []
    program.score_money(lambda text, lang: readers.currencies(text, lang), [(str(path), language)], 0, report)
    capsys.readouterr()
    [figures] = report
    assert figures["ok"] / figures["items"] >= 0.9
    assert (figures["extra"], figures["crash"]) == (0, 0)


def test_names_that_fool_a_matcher(shared):
    """A name is reported where it is known to be meant, or where it is taken for a company nobody has listed."""
    cases = readers.rows(shared / "research/trap_cases.jsonl")
    wrong = []
    for case in cases:
        text, name = fold_text(case["text"]), fold_text(case["name"]).lower()
        mentions = find_names("", text, case["lang"]).in_text
        written = [(each, text[each.start : each.end].lower()) for each in mentions]
        known = [each for each, spelling in written if each.known and (name in spelling or name in each.name.lower())]
        unknown = [each for each, spelling in written if spelling == name]
        if bool(known or unknown) != case["is_company_mention"]:
            wrong.append(case["text"])
    assert len(cases) == 129
    assert wrong == []
