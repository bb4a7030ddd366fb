"""Issues of the brief: kept byte for byte, corrected by later news, and only re-read where our rules changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from dailies.commands.brief import brief as command
from dailies.commands.brief import list_issues
from dailies.failures import UsageError
from dailies.notices.issues import make_issue
from dailies.notices.watched import watched_companies
from dailies.notices.weekly import weekly_brief
from db.claims.withdrawal import articles_of, withdraw
from db.connection.engine import open_database, writing
from db.publishing.issues import issue_document, issues, withhold_documents
from db.publishing.notices import add_watched
from db.values import PartialDate
from reports.rendering import write_report
from tests.claims import claim
from tests.stored_news import store_article

W23, W24, W25 = (PartialDate(f"2024-W{week}") for week in (23, 24, 25))
MOMENT = datetime(2024, 6, 10, 6, tzinfo=UTC)
SERIES_B = {"investment_type": "series_b", "lead_investors": ["Spark Capital"], "investors": ["Spark Capital"]}


def pika(amount=80_000_000, **values):
    defaults = {"on": "2024-06-04", "company": "Pika", "company_key": "pika", "fields": SERIES_B}
    return claim(amount=amount, **{"sentence": f"Pika raised ${amount}.", **defaults, **values})


@pytest.fixture
def engine(database_url):
    engine = open_database(database_url, "sample")
    store_article(engine, pika(), key="a1", published="2024-06-05", url="https://dailyreel.example/1")
    return engine


def told(engine, week, language="en", **values):
    with Session(engine) as session:
        return weekly_brief(session, week, language, sample=True, **values)


def document(engine, name="en.md", number=1, week=W23):
    with Session(engine) as session:
        return issue_document(session, week.iso, number, name)


def test_an_old_issue_keeps_its_bytes_whatever_becomes_known(engine):
    made = make_issue(engine, W23, MOMENT)
    before = document(engine)
    assert (made.name, made.facts) == ("2024-W23/1", 1)
    assert f"· issue 2024-W23/1 · facts {made.digest[:8]}\n" in before.decode()
    store_article(engine, claim("layoffs", on="2024-06-03", fields={"headcount": 9}, sentence="Nine go."), key="a2",
                  published="2024-06-06", url="https://dailyreel.example/2")  # fmt: skip
    assert document(engine) == before
    assert "Nine go." in write_report("brief", told(engine, W23), "md")


def test_an_issue_that_would_tell_the_same_is_not_kept_twice(engine):
    assert make_issue(engine, W23, MOMENT) == make_issue(engine, W23, datetime(2024, 6, 11, tzinfo=UTC))
    store_article(engine, claim("layoffs", on="2024-06-03", fields={"headcount": 9}), key="a2", published="2024-06-06",
                  url="https://dailyreel.example/2")  # fmt: skip
    assert make_issue(engine, W23, MOMENT).name == "2024-W23/2"
    with Session(engine) as session:
        assert [issue.name for issue in issues(session)] == ["2024-W23/1", "2024-W23/2"]


def test_all_forms_of_both_languages_are_kept(engine):
    make_issue(engine, W23, MOMENT)
    starts = {
        f"{language}.{form}": document(engine, f"{language}.{form}")[:8]
        for language in ("en", "zh")
        for form in ("table", "md", "html", "json", "email", "card")
    }
    assert all(starts.values()) and starts["zh.html"] == b"<!doctyp" and starts["en.email"] == b"Subject:"


def test_later_news_corrects_an_earlier_issue_once(engine):
    make_issue(engine, W23, MOMENT)
    store_article(engine, pika(82_000_000, status="confirmed", said_by="company"), key="a2", outlet="Pika",
                  published="2024-06-12", url="https://pika.example/2")  # fmt: skip
    report = told(engine, W24)
    ((correction,), rereads) = (report.corrections, report.reread)
    assert (correction.issue, correction.company, correction.change, correction.outlets) == (
        "2024-W23/1",
        "Pika",
        "amount: $80M → $82M",
        "Pika",
    )
    assert rereads == ()
    text = write_report("brief", report, "md")
    assert "- **Pika: Series B, $80M** (issue 2024-W23/1): amount: $80M → $82M, says Pika `round-c" in text
    chinese = write_report("brief", told(engine, W24, "zh"), "table")
    assert "- Pika：B轮，8000万美元（第2024-W23/1期）：金额：8000万美元 → 8200万美元（据Pika）" in chinese
    make_issue(engine, W24, MOMENT)
    assert told(engine, W25).corrections == ()


def test_what_only_our_reading_changed_is_re_read_and_no_correction(engine):
    make_issue(engine, W23, MOMENT)
    better = pika(88_000_000, sentence="Pika raised $80000000.")
    store_article(engine, better, key="a1", published="2024-06-05", url="https://dailyreel.example/1", reader="test 2")
    report = told(engine, W24)
    assert report.corrections == ()
    assert [(each.change, each.outlets) for each in report.reread] == [("amount: $80M → $88M", "")]


def test_what_is_held_no_more_is_withdrawn_once(engine):
    make_issue(engine, W23, MOMENT)
    store_article(engine, key="a1", published="2024-06-05", url="https://dailyreel.example/1", reader="test 2")
    assert [(each.change, each.fact_id) for each in told(engine, W24).reread] == [("held no more", None)]
    make_issue(engine, W24, MOMENT)
    assert told(engine, W25).reread == ()


def test_that_a_deal_is_confirmed_or_dated_better_corrects_nothing(engine):
    store_article(engine, pika(5_000_000, on="2024-05", company="Kling AI", company_key="kling", fields={}), key="a3",
                  published="2024-06-06", url="https://dailyreel.example/3")  # fmt: skip
    make_issue(engine, W23, MOMENT)
    store_article(engine, pika(status="confirmed", said_by="company"), key="a2", published="2024-06-12",
                  url="https://pika.example/2")  # fmt: skip
    better = pika(
        5_000_000, on="2024-05-28", company="Kling AI", company_key="kling", fields={}, sentence="On the 28th."
    )
    store_article(engine, better, key="a4", published="2024-06-12", url="https://dailyreel.example/4")
    assert (told(engine, W24).corrections, told(engine, W24).reread) == ((), ())


def test_a_purged_article_takes_the_documents_that_quote_it_with_it(engine, tmp_path):
    make_issue(engine, W23, MOMENT)
    with writing(engine) as session:
        assert withhold_documents(session, ["a9"]) == 0
        (article,) = articles_of(session, "a1")
        withdraw(session, tmp_path, article, "asked to", MOMENT)
    assert document(engine) is None
    with Session(engine) as session:
        assert [issue.facts for issue in issues(session)] == [1]


def test_the_command_keeps_and_prints_issues(engine, capfdbinary):
    url = engine.url.render_as_string(hide_password=False)
    command(url, "2024-W23", "zh", "card", issue="new")
    first = capfdbinary.readouterr()
    assert b"This is issue 2024-W23/1" in first.err
    command(url, "2024-W23", "zh", "card", issue="1")
    assert capfdbinary.readouterr().out == first.out
    list_issues(url, "csv", None)
    assert b"2024-W23,1,20" in capfdbinary.readouterr().out
    with pytest.raises(UsageError, match=r"no issue '7' of 2024-W23 was kept; kept: 1; --issue new keeps one"):
        command(url, "2024-W23", "en", "md", issue="7")
    with pytest.raises(UsageError, match="leave --hindsight and --watch out"):
        command(url, "2024-W23", "en", "md", issue="1", hindsight=True)
    with writing(engine) as session:
        withhold_documents(session, ["a1"])
    with pytest.raises(UsageError, match="quotes what was purged"):
        command(url, "2024-W23", "en", "md", issue="1")


def test_the_watchlist_narrows_a_brief(engine):
    store_article(engine, claim("layoffs", on="2024-06-03", fields={"headcount": 9}), key="a2", published="2024-06-06",
                  url="https://dailyreel.example/2")  # fmt: skip
    with Session(engine) as session, pytest.raises(UsageError, match="the watchlist is empty"):
        watched_companies(session)
    for kind, name, found in (("investor", "Spark Capital", {"pika"}), ("company", "runway", {"pika", "runway"})):
        with writing(engine) as session:
            add_watched(session, kind, name, MOMENT)
        with Session(engine) as session:
            assert watched_companies(session) == found
    report = told(engine, W23, only={"runway"})
    assert ([line.entry.company_key for line in report.sections["troubles"]], report.rounds) == (["runway"], ())
