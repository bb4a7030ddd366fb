"""Whole reports in both languages against golden ones; our sample articles are read without error; what a week holds."""

from __future__ import annotations

import re

import pytest
from sqlmodel import Session

from dailies.commands.evaluation import labelled_lines, score_lines
from dailies.intake.article_lines import ArticleLine
from dailies.notices.weekly import weekly_brief
from db.values import PartialDate
from pipeline.facts.forming import form_facts
from reports.brief.week_facts import WeekFacts
from reports.brief.weekly import brief
from reports.rendering import write_report
from tests.golden_reports import FOLDER, history_reports, sample_reports
from tests.history_claims import history_facts
from tests.sample_news import ARTICLES, database_of, sample_articles
from tests.test_brief import COVERAGE


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    return database_of(sample_articles(), tmp_path_factory.mktemp("samples"))


def test_the_sample_articles_are_read_as_they_are_labelled():
    lines = [line for line in labelled_lines(ARTICLES) if isinstance(line, ArticleLine)]
    score = score_lines(lines)
    assert len(lines) == 15
    assert [reason for reason, _ in score.fatal] == []
    assert score.total.f1 >= 0.95


def test_reports_of_the_samples(samples):
    found = dict(sample_reports(samples))
    assert len(found) == 8
    for name, text in found.items():
        assert text == (FOLDER / name).read_text("utf-8"), name


def test_reports_of_the_bundled_history():
    for name, text in history_reports():
        assert text == (FOLDER / name).read_text("utf-8"), name


def test_stability_s_troubles_fit_two_screens():
    for _, text in history_reports():
        assert len(text.splitlines()) <= 2 * 55


def test_the_order_in_which_articles_are_read_changes_no_byte(samples, tmp_path):
    backwards = database_of(sample_articles()[::-1], tmp_path)
    assert dict(sample_reports(backwards)) == dict(sample_reports(samples))


def test_a_reprint_is_no_second_witness(samples):
    with Session(samples) as session:
        (round_,) = weekly_brief(session, PartialDate("2024-W09"), "zh", sample=True).rounds
    assert (round_.entry.witnesses, round_.entry.outlets) == (1, 2)


def brief_of_history(week):
    first, last = week.first_day(), week.last_day()
    claims = [stored for fact in history_facts() for stored in fact.claims if stored.published]
    now = form_facts(stored for stored in claims if stored.published <= last)
    before = form_facts(stored for stored in claims if stored.published < first)
    return brief(week, WeekFacts(now, before, {}, COVERAGE), "en")


def test_week_23_of_2024_has_pika_s_80_million_and_not_its_total():
    report = brief_of_history(PartialDate("2024-W23"))
    (pika,) = (line for line in report.rounds if line.entry.company_key == "pika")
    assert (pika.series, pika.amount) == ("Series B", "$80M")
    assert [line.entry.what for line in report.sections["figures"]] == ["$135M raised in total, as stated"]


def test_week_9_of_2024_from_the_seed_alone_has_no_round_and_says_why(shared, tmp_path):
    text = (shared / "corpus" / "seed" / "qianzhan-2024-02-26.txt").read_text("utf-8")
    seed = {
        "title": "",
        "text": text,
        "published": "2024-02-26",
        "publisher": "前瞻网",
        "url": "https://t.example/seed",
    }
    with Session(database_of([seed], tmp_path)) as session:
        report = weekly_brief(session, PartialDate("2024-W09"), "zh", sample=True)
    assert report.rounds == ()
    assert re.search(
        r"未检索到本周发生的融资。本周文章提到的融资中，[1-9]起发生在此前或日期未说明",
        write_report("brief", report, "md"),
    )
    (runway,) = (
        line for line in report.late if line.entry.company_key == "runway" and line.entry.type == "funding_round"
    )
    assert (runway.entry.what, runway.entry.when.iso) == ("D轮，1.41亿美元", "2023-05")
