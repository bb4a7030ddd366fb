"""`dailies eval` and the scorer behind it: equal to the reference beside the checkout, fatal errors by example."""

from __future__ import annotations

import importlib
import json
import random
import subprocess
import sys

import pytest

from dailies.intake.article_lines import article_of
from pipeline.evaluation.labelled import in_part
from pipeline.evaluation.names import same_exchange, same_name, same_role
from pipeline.evaluation.pairing import best_pairing
from pipeline.evaluation.score import score_articles
from pipeline.read_claims import read_claims


def fact(type_, company="Runway", **fields):
    return {"type": type_, "company": company, "status": "confirmed", "date": "2024-06-05", **fields}


def score(labelled, found):
    article = {"id": "a", "published": "2024-06-05", "relevant": True, "facts": labelled}
    return score_articles([article], {"a": {"relevant": True, "facts": found}})


def fatal_reasons(labelled, found):
    return [reason for reason, _ in score(labelled, found).fatal]


def right_missed_spurious(labelled, found):
    total = score(labelled, found).total
    return total.right, total.missed, total.spurious


ROUND = fact("funding_round", amount=100e6, currency="USD", series="series_c")


@pytest.mark.parametrize(
    ("amount", "reasons"),
    [(109e6, []), (110e6, ["wrong amount"]), (90e6, ["wrong amount"]), (None, []), ("100M", [])],
)
def test_an_amount_wrong_by_a_tenth_is_fatal(amount, reasons):
    assert fatal_reasons([ROUND], [{**ROUND, "amount": amount}]) == reasons


def test_the_right_number_in_a_wrong_currency_is_fatal():
    assert fatal_reasons([ROUND], [{**ROUND, "currency": "CNY"}]) == ["wrong currency"]


@pytest.mark.parametrize("kind", ["valuation", "total_funding"])
def test_a_price_or_total_told_as_a_round_is_fatal(kind):
    told = [{**ROUND, "amount": 5e8}]
    assert fatal_reasons([fact(kind, amount=5e8, currency="USD")], told) == ["total, price or metric stored as a round"]


def test_talks_told_as_done_are_fatal():
    assert fatal_reasons([{**ROUND, "status": "rumored"}], [ROUND]) == ["unrealised told as done"]
    assert fatal_reasons([{**ROUND, "status": "denied"}], [ROUND]) == ["unrealised told as done"]


def test_another_companys_round_is_fatal():
    other = fact("funding_round", "Pika", amount=80e6, currency="USD")
    assert fatal_reasons([ROUND, other], [{**ROUND, "amount": 80e6}]) == ["wrong company"]


def test_what_is_merely_extra_is_not_fatal():
    assert fatal_reasons([ROUND], [ROUND, fact("valuation", amount=3e9, currency="USD")]) == []


def test_facts_are_paired_one_to_one():
    assert right_missed_spurious([ROUND, ROUND], [ROUND]) == (1, 1, 0)
    assert right_missed_spurious([ROUND], [ROUND, ROUND]) == (1, 0, 1)
    assert best_pairing({(0, 0): 1.0, (0, 1): 3.0, (1, 0): 2.0, (1, 1): 3.5}) == {0: 1, 1: 0}


def test_a_company_goes_by_its_other_names():
    founding = fact("founding", "Moonvalley")
    for name in ("Moonvalley AI", "moonvalley lab"):
        assert right_missed_spurious([founding], [{**founding, "company": name}]) == (1, 0, 0)
    assert right_missed_spurious([founding], [{**founding, "company": "Moon"}]) == (0, 1, 1)
    assert right_missed_spurious([fact("founding", "愛詩科技")], [fact("founding", "PixVerse")]) == (1, 0, 0)


def test_names_roles_and_exchanges_in_both_languages():
    assert same_name("紅杉中國", "红杉")
    assert not same_name("Meta", "Metaphysic")
    assert same_role("首席執行官", "chief executive")
    assert not same_role("president", "vice president")
    assert same_exchange("HKEX", "香港聯交所")


def test_the_split_is_fixed_by_the_id():
    ids = [f"article-{number}" for number in range(1000)]
    held_back = [each for each in ids if in_part(each, "held-back")]
    assert 250 < len(held_back) < 380
    assert [each for each in ids if not in_part(each, "developed")] == held_back
    assert all(in_part(each, "all") for each in ids)


@pytest.mark.parametrize(
    "name",
    ["seed", pytest.param("dev_en", marks=pytest.mark.check), pytest.param("dev_zh", marks=pytest.mark.check)],
)
def test_the_scorer_agrees_with_the_reference(name, shared, monkeypatch):
    monkeypatch.syspath_prepend(str(shared / "eval"))
    reference = importlib.import_module("score")
    labelled = reference.read_jsonl(shared / "eval" / f"{name}.jsonl")
    read = {article["id"]: article for article in read_with(shared / "eval" / f"{name}.jsonl")}
    for found in (read, *(spoiled(labelled, seed) for seed in range(4))):
        counts, sums, exact, relevance, errors, fatals = reference.evaluate(labelled, found)
        ours = score_articles(labelled, found)
        assert {kind: [each.right, each.missed, each.spurious] for kind, each in ours.by_type.items()} == counts
        assert [ours.articles, ours.relevant] == relevance
        assert (ours.exact, len(ours.mistakes)) == (exact, len(errors))
        assert sorted(reason for reason, _ in ours.fatal) == sorted(each[0].removeprefix("FATAL: ") for each in fatals)
        assert sum(map(sum, ours.attributes.values())) == pytest.approx(sum(map(sum, sums.values())))


def read_with(path):
    output = subprocess.run(
        [sys.executable, "-m", "dailies.cli", "extract", str(path)], capture_output=True, check=True
    )
    return [json.loads(line) for line in output.stdout.splitlines()]


def spoiled(labelled, seed):
    """The labels with errors of every kind in them."""
    chance = random.Random(seed)
    every = [each for article in labelled for each in article["facts"]]
    found = {}
    for article in labelled:
        facts = [dict(each) for each in article["facts"] if chance.random() < 0.9]
        for each in facts:
            field = chance.choice(sorted(each))
            donor = chance.choice(article["facts"] if chance.random() < 0.5 else every)
            if chance.random() < 0.5 and field != "evidence":
                each[field] = donor.get(field)
            elif chance.random() < 0.3 and isinstance(each.get("amount"), int | float):
                each["amount"] *= chance.choice([0.5, 0.91, 1.005, 1.1, 10])
            elif chance.random() < 0.3:
                each["status"] = chance.choice(["confirmed", "reported", "rumored", "denied", None])
        found[article["id"]] = {"relevant": chance.random() < 0.8, "facts": facts}
    return found


def run_eval(*arguments):
    command = [sys.executable, "-m", "dailies.cli", "eval", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


ARTICLE = {
    "id": "one",
    "lang": "en",
    "title": "Runway raises $50 million",
    "published": "2022-12-05",
    "text": "Runway, the AI video startup, raised $50 million in a Series C led by Felicis. It is based in New York.",
    "relevant": True,
    "facts": [fact("funding_round", amount=99e6, currency="USD", date="2022-12-05", series="series_c")],
}


def test_eval_prints_each_fatal_error_with_its_sentence(tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(ARTICLE) + "\n", encoding="utf-8")
    result = run_eval(gold, "--errors", "0")
    assert result.returncode == 0
    assert "1 articles, 1 labelled facts, 1 found; relevance 1.000" in result.stdout
    assert "fatal errors: 1\nFATAL one: wrong amount: funding_round Runway" in result.stdout
    assert (
        "  sentence: Runway, the AI video startup, raised $50 million in a Series C led by Felicis.\n" in result.stdout
    )


def test_eval_names_bad_lines_and_scores_the_rest(tmp_path):
    gold = tmp_path / "gold.jsonl"
    unknown = {**ARTICLE, "id": "two", "facts": [{"type": "fundraise", "company": "Runway"}]}
    undated = {**ARTICLE, "id": "three", "published": "June"}
    lines = ["{broken", json.dumps(unknown), json.dumps(undated), json.dumps(ARTICLE), json.dumps(ARTICLE), '{"id": 4}']
    gold.write_text("\n".join(lines), encoding="utf-8")
    result = run_eval(gold)
    assert result.returncode == 3
    named = [line.removeprefix(f"{gold}:").split(":", 1) for line in result.stderr.splitlines()]
    assert [number for number, _ in named] == ["1", "2", "3", "5", "6"]
    assert "not JSON" in named[0][1]
    assert "facts[0].type" in named[1][1]
    assert "'June' is no date" in named[2][1]
    assert "id 'one' is that of" in named[3][1]
    assert "neither title nor text" in named[4][1]
    assert result.stdout.startswith("1 articles, 1 labelled facts")


def test_eval_scores_a_part_of_the_fixed_split(tmp_path):
    gold = tmp_path / "gold.jsonl"
    articles = [{**ARTICLE, "id": f"article-{number}"} for number in range(30)]
    gold.write_text("".join(json.dumps(each) + "\n" for each in articles), encoding="utf-8")
    held_back = sum(in_part(each["id"], "held-back") for each in articles)
    assert run_eval(gold, "--part", "held-back").stdout.startswith(f"{held_back} articles")
    assert run_eval(gold, "--part", "developed").stdout.startswith(f"{30 - held_back} articles")


def test_eval_of_a_missing_file_says_so(tmp_path):
    result = run_eval(tmp_path / "none.jsonl")
    assert result.returncode == 1
    assert "No such file or directory; give a file with one JSON object per line" in result.stderr


def test_extract_survives_lone_surrogates_and_broken_lines(tmp_path):
    file = tmp_path / "articles.jsonl"
    text = "Runway raised $5 million \\ud800 last week."
    file.write_text(f'{{"id": "\\udfff", "text": "{text}", "lang": "en"}}\n{"[" * 100_000}\n', encoding="utf-8")
    command = [sys.executable, "-m", "dailies.cli", "extract", str(file)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 3
    assert json.loads(result.stdout)["id"] == "\udfff"
    assert result.stderr.startswith(f"{file}:2: not JSON")


@pytest.mark.parametrize("declared", [{}, {"lang": "zh-Hans"}, {"lang": ""}])
def test_an_article_that_names_no_language_is_read_in_its_own(declared):
    values = {"title": "AI视频一日", "text": "爱诗科技宣布完成1亿元A轮融资，由蚂蚁集团领投。", **declared}
    article = article_of(values)
    assert (article.language, [claim.type for claim in read_claims(article).claims]) == ("zh", ["funding_round"])
