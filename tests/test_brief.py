"""The weekly brief: what is news, what is talk, what was learned late; told as known at the week's end, same bytes."""

from __future__ import annotations

import email
import email.policy
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, update

from dailies.commands.brief import brief as command
from dailies.failures import UsageError
from dailies.notices.weekly import day_within, last_whole_week, week_named, weekly_brief
from db.claims.readings import UNREAD
from db.connection.engine import open_database, writing
from db.model import Company
from db.publishing.news import Coverage
from db.schema.tables import ArticleRow
from db.values import Money, PartialDate
from pipeline.facts.forming import form_facts
from reports.brief.card import card
from reports.brief.mail import mail
from reports.brief.week_facts import WeekFacts
from reports.brief.weekly import brief
from reports.rendering import write_report
from reports.site.atom import company_feed
from tests.claims import claim, stored
from tests.stored_news import store_article

WEEK = PartialDate("2024-W23")
COMPANIES = {
    "pika": Company("pika", "Pika", segment="video_generation"),
    "kling": Company("kling", "Kling AI", name_zh="可灵", segment="video_generation"),
    "adobe": Company("adobe", "Adobe", segment="incumbent"),
    "~newname": Company("~newname", "Newname", candidate=True),
}
COVERAGE = Coverage(
    articles=9,
    unread=0,
    relevant=7,
    languages=(("en", 5), ("zh", 2)),
    outlets=4,
    claims=12,
    crawled=3,
    failed=("lens",),
)


def about(key, type_="funding_round", *, outlet="Daily Reel", published="2024-06-05", **values):
    """A claim about one of the companies, told in the week."""
    company = COMPANIES[key]
    return stored(claim(type_, company=company.name, company_key=key, **values), outlet, published)


SERIES_B = {
    "investment_type": "series_b",
    "investors": ["Spark Capital", "Greycroft"],
    "lead_investors": ["Spark Capital"],
}
NEWS = (
    about(
        "pika",
        amount=80_000_000,
        on="2024-06-04",
        status="confirmed",
        said_by="company",
        fields=SERIES_B,
        sentence="Pika has closed an $80 million Series B led by Spark Capital, it said.",
    ),
    about("pika", "valuation", amount=470_000_000, on="2024-06-04", sentence="The price is $470 million."),
    about("pika", "valuation", amount=235_000_000, on="2023-11", outlet="Wire", published="2023-11-28"),
    about("pika", "total_funding", amount=135_000_000, on="2024-06-05", sentence="That makes $135 million in all."),
    about("pika", amount=55_000_000, on="2023-11", sentence="It had raised $55 million by November."),
    about(
        "kling", "product_launch", on="2024-06-06", fields={"product": "Kling", "stage": "beta"}, published="2024-06-07"
    ),
    about("kling", "lawsuit", on="2024-06", sentence="It was sued this month."),
    about("adobe", "layoffs", on="2024-06-03", fields={"headcount": 20}, sentence="Adobe lets 20 people go."),
    about("~newname", amount=5_000_000, on="2024-06-05", fields={"investment_type": "seed"}),
    about("kling", status="rumored", amount=900_000_000, said_by="unnamed_people", origin="Lens", sentence="In talks."),
)


def known_before(claims):
    return [each for each in claims if each.published < WEEK.first_day()]


def composed(claims=NEWS, language="en", coverage=COVERAGE, *, sample=False, **values):
    facts = WeekFacts(form_facts(claims), form_facts(known_before(claims)), COMPANIES, coverage, **values)
    return brief(WEEK, facts, language, sample=sample)


def shown(claims=NEWS, language="en", format="md", **values):
    return re.sub(r"c[0-9a-f]{16}", "c…", write_report("brief", composed(claims, language, **values), format))


def test_a_whole_brief():
    expected = """\
# AI video, week 23 of 2024

**Pika raises $80M (Series B) at $470M; Kling AI: Kling in beta.**

| This week | Value | Based on |
|---|---|---|
| rounds first reported | **1** | claims: 1, independent origins: 1; besides, of adjacent companies or names new to us: 1 |
| disclosed money | **$80M** | 1 of 1 rounds state an amount; talk, debt and totals left out |
| with a valuation | **1 of 1** | as told together with the round |
| shutdowns · layoffs · new lawsuits | **0 (besides: 1)** | see Coverage: none found is not none; besides, of adjacent companies or names new to us: 1 |
| launches | **1** |  |
| rumours and denials | **1** | in no total |

3 Jun 2024 to 9 Jun 2024 · told as known by the end of 9 Jun 2024 (UTC)

## Rounds

| | Company | Round | Amount | Valuation (was) | Lead · others · back again · adviser | Date | Seen |
|---|---|---|---|---|---|---|---|
| ● | **Pika** | Series B | $80M | $470M (kind not stated); was $235M (Nov 2023), *2.0x* | Spark Capital (lead) · Greycroft | 4 Jun 2024 | 1/1 § `round-c…` |
| ◐ | **Newname** (name new to us) | Seed | $5M | not stated | not stated | 5 Jun 2024 | 1/1 § `round-c…` |

- Pika: “Pika has closed an $80 million Series B led by Spark Capital, it said.” — [Daily Reel](https://dailyreel.example/2024-06-05), 5 Jun 2024 (the company)
- Newname: “A sentence about a funding\\_round.” — [Daily Reel](https://dailyreel.example/2024-06-05), 5 Jun 2024 (the outlet itself)

## Shutdowns, layoffs, departures, lawsuits

- ◐ **Adobe: lays off 20 people** (adjacent) · 3 Jun 2024 · 1/1 § `layoffs-c…`
  > “Adobe lets 20 people go.” — [Daily Reel](https://dailyreel.example/2024-06-05), 5 Jun 2024 (the outlet itself)

## Launches

- ◐ **Kling AI: Kling in beta** · 6 Jun 2024 · 1/1 § `launch-c…`
  > “A sentence about a product\\_launch.” — [Daily Reel](https://dailyreel.example/2024-06-07), 7 Jun 2024 (the outlet itself)

## Figures

- ◐ **Pika: $135M raised in total, as stated** · 5 Jun 2024 · 1/1 § `total-c…`
  > “That makes $135 million in all.” — [Daily Reel](https://dailyreel.example/2024-06-05), 5 Jun 2024 (the outlet itself)

## Rumours and denials (in no total)

- ○ **Kling AI: talk of: round (series not stated), $900M** · not dated · *origin: Daily Reel, 5 Jun 2024 (unnamed people via Lens) · 4 days old* · 1/1 § `round-c…`
  > “In talks.” — [Daily Reel](https://dailyreel.example/2024-06-05), 5 Jun 2024 (unnamed people via Lens)

## Told this week, day not known

No text says on which day; nothing here is counted above.

- ◐ **Kling AI: sued, plaintiff not stated** · Jun 2024 · 1/1 § `lawsuit-c…`
  > “It was sued this month.” — [Daily Reel](https://dailyreel.example/2024-06-05), 5 Jun 2024 (the outlet itself)

## Learned late

Told for the first time this week, but happened earlier; not news, and not counted above.

- ◐ **Pika: round (series not stated), $55M** · Nov 2023 · 1/1 § `round-c…`
  > “It had raised $55 million by November.” — [Daily Reel](https://dailyreel.example/2024-06-05), 5 Jun 2024 (the outlet itself)

## Coverage

Articles of this week read: 9; about AI video: 7 (English 5, Chinese 2); outlets: 4; claims: 12. Sources crawled in the week: 3; failed: 1 (lens); refused us: 0. None found does not mean that it did not happen.
"""
    assert shown().split("\n---\n")[0] == expected


def test_the_chinese_head_is_composed_not_translated():
    expected = """\
# AI视频周报 · 2024年第23周

**Pika完成8000万美元B轮融资，估值4.7亿美元；可灵开放测试Kling。**

| 本周 | 数值 | 口径 |
|---|---|---|
| 首次披露融资 | **1** | 1条记录、1个独立信源；相关行业及新名字另有1起 |
| 已披露金额 | **8000万美元** | 1/1起有金额；传闻、债权、累计额不计 |
| 有估值 | **1/1起** | 与融资同时披露 |
| 关停 · 裁员 · 新诉讼 | **0（另有1）** | 见“信源覆盖”：未检索到不等于没有；相关行业及新名字另有1起 |
| 产品发布 | **1** |  |
| 传闻与否认 | **1** | 不计入任何合计 |

2024年6月3日至2024年6月9日 · 截至2024年6月9日24时（UTC）所知"""
    assert shown(language="zh").split("\n\n## ")[0] == expected


def places(report):
    every = {"rounds": report.rounds, "prices": report.prices, **report.sections, "talk": report.talk}
    every |= {"changed": report.changed, "loose": report.loose, "late": report.late}
    return {key: [line.entry.what for line in lines] for key, lines in every.items() if lines}


def test_background_is_never_news():
    background = [about("pika", amount=50_000_000, on="2022-12", sentence="It raised $50 million in December 2022.")]
    report = composed(background)
    assert places(report) == {"late": ["round (series not stated), $50M"]}
    assert report.numbers[0].value == "none found"
    assert report.headline == ("Nothing that happened in this week was found; older facts told for the first time: 1.")
    assert "Rounds of its articles that happened earlier or on a day not stated, further down: 1" in shown(background)


def test_a_round_told_again_is_no_news_and_the_brief_says_so():
    old = {"amount": 50_000_000, "on": "2022-12", "sentence": "It raised $50 million."}
    report = composed([about("pika", outlet="Wire", published="2024-05-01", **old), about("pika", **old)])
    assert (places(report), report.rounds_elsewhere, report.rounds_retold) == ({}, 0, 1)


def test_a_date_known_to_the_month_is_not_put_into_a_week():
    report = composed([about("pika", amount=80_000_000, on="2024-06")])
    assert places(report) == {"loose": ["round (series not stated), $80M"]}
    assert report.numbers[0].value == "none found"


def test_a_total_is_not_money_raised_in_the_week():
    report = composed()
    assert [(number.label, number.value) for number in report.numbers[:2]] == [
        ("rounds first reported", "1"),
        ("disclosed money", "$80M"),
    ]


def test_rounds_without_an_amount_stay_in_the_denominator():
    claims = [
        *NEWS[:1],
        about("kling", on="2024-06-05", fields={"investment_type": "series_a"}, sentence="An A round."),
    ]
    assert composed(claims).numbers[1].based_on == "1 of 2 rounds state an amount; talk, debt and totals left out"


def test_sums_of_several_currencies_stand_apart_and_together_as_derived():
    yuan = about("kling", amount=100_000_000, currency="CNY", on="2024-06-05", sentence="One hundred million yuan.")
    number = composed([NEWS[0], yuan]).numbers[1]
    assert (number.value, number.derived) == ("¥100M, $80M", "together ~$93.8M at the ECB's rates")


def test_a_loan_is_a_round_but_no_money_raised():
    report = composed([about("pika", amount=9_000_000, on="2024-06-05", fields={"investment_type": "debt_financing"})])
    assert [number.value for number in report.numbers[:2]] == ["1", "–"]


def test_talk_that_came_true_is_news_of_the_week_in_which_it_did():
    talk = about("pika", amount=80_000_000, status="rumored", outlet="Wire", published="2024-05-20", sentence="Near.")
    report = composed([talk, NEWS[0]])
    assert places(report) == {"rounds": ["Series B, $80M"]}
    assert [(step.status, step.days) for step in report.rounds[0].entry.strand] == [("rumored", 0), ("confirmed", 16)]
    assert "(○ 20 May 2024 → ● 5 Jun 2024, *16 days*)" in shown([talk, NEWS[0]])


def test_a_denial_of_an_older_rumour_is_a_change():
    claims = [
        about("kling", "acquisition", status="rumored", published="2024-05-20", sentence="For sale."),
        about("kling", "acquisition", status="denied", said_by="company", outlet="Wire", sentence="Not for sale."),
    ]
    (line,) = composed(claims).changed
    assert line.change == "○ rumored → ✕ denied"


def test_a_corrected_amount_is_a_change():
    deal = {"on": "2024-05-21", "fields": {"investment_type": "series_b"}}
    claims = [
        about("pika", amount=80_000_000, published="2024-05-21", **deal),
        about("pika", amount=88_000_000, status="confirmed", said_by="company", sentence="It was $88 million.", **deal),
    ]
    (line,) = composed(claims).changed
    assert line.change == "◐ reported → ● confirmed · amount $80M → $88M"


def test_a_price_only_asked_for_is_not_the_price_before():
    asked = [
        about("pika", "valuation", amount=440_000_000, status="rumored", on="2024-03", published="2024-03-29"),
        about("pika", "valuation", amount=440_000_000, on="2024-03", outlet="Wire", published="2024-05-02"),
    ]
    (line,) = composed([*NEWS[:3], *asked]).rounds
    assert (line.valuation, line.was, line.multiple) == ("$470M (kind not stated)", "was $235M (Nov 2023)", "2.0x")


def test_talk_from_before_is_told_again_while_nothing_came_of_it():
    def sale(status, published, company="kling", **values):
        return about(
            company, "acquisition", status=status, published=published, sentence=f"{status} {published}", **values
        )

    old = [sale("rumored", "2024-05-01"), sale("rumored", "2023-01-01", "adobe")]
    assert [line.entry.company for line in composed([*NEWS[:1], *old]).open_talk] == ["Kling AI"]
    assert composed([*NEWS[:1], *old]).open_talk[0].age == "39 days old"
    ended = [*old, sale("denied", "2024-05-20", outlet="Wire", on="2024-05-20")]
    assert composed([*NEWS[:1], *ended]).open_talk == ()


def test_a_round_done_settles_the_talk_of_its_price_too():
    asked = about("kling", "valuation", amount=2_000_000_000, status="rumored", on="2024-05-05", published="2024-05-05")
    assert [line.entry.what for line in composed([asked]).open_talk] == ["talk of: valuation $2B (kind not stated)"]
    done = about("kling", amount=600_000_000, on="2024-05-06", outlet="Wire", published="2024-05-06")
    assert composed([asked, done]).open_talk == ()


def test_what_a_filing_or_a_court_says_is_listed_as_such():
    filed = about(
        "pika", "lawsuit", on="2024-06-04", said_by="court", fields={"plaintiff": "A painter"}, sentence="Filed."
    )
    report = composed([*NEWS[:1], filed])
    assert [line.entry.what for line in report.filings] == ["sued by A painter"]
    assert "## Filings and courts\n\n- ◐ Pika: sued by A painter" in shown([*NEWS[:1], filed])


LATER = (
    about("pika", amount=82_000_000, on="2024-06-04", status="confirmed", said_by="filing", outlet="Register",
          published="2025-01-10", fields=SERIES_B, sentence="It took in $82 million."),
    about("kling", amount=700_000_000, on="2024-08-01", status="confirmed", said_by="company", outlet="Wire",
          published="2024-08-01", sentence="It closed $700 million."),
)  # fmt: skip


def test_hindsight_is_only_told_where_asked_for_and_stays_out_of_the_rest():
    plain, told = composed(), composed(later=form_facts([*NEWS, *LATER]))
    assert plain.hindsight is None
    assert replace(told, hindsight=None) == plain
    assert {(line.entry.company, line.change) for line in told.hindsight} == {
        ("Kling AI", "● 1 Aug 2024 round (series not stated), $700M"),
        ("Pika", "amount $80M → $82M"),
    }


def test_the_year_to_date_leaves_out_loans_talk_and_a_sum_that_is_a_price():
    year = [
        about("pika", amount=80_000_000, on="2024-06-04", fields=SERIES_B),
        about("kling", amount=20_000_000, on="2024-03", outlet="Wire", sentence="A."),
        about("kling", amount=9_000_000, on="2024-04-01", fields={"investment_type": "debt_financing"}, sentence="B."),
        about("pika", on="2024-02-01", fields={"investment_type": "seed"}, sentence="C."),
        about("kling", amount=1_000_000, on="2024", fields={"investment_type": "angel"}, sentence="D."),
        about("adobe", amount=5_000_000, on="2024-01-02", sentence="E."),
    ]
    number = composed(NEWS[:1], year=form_facts(year)).numbers[-1]
    assert (number.label, number.value, number.based_on[:13], number.is_derived) == (
        "2024 to date", "at least $100M", "2 of 3 rounds", True,
    )  # fmt: skip
    price = [*year, about("kling", "valuation", amount=20_000_000, on="2024-03", sentence="Worth 20 million.")]
    assert composed(NEWS[:1], year=form_facts(price)).numbers[-1].value == "at least $80M"
    between = Money(Decimal(200_000_000), "USD", ">=", Decimal(300_000_000))
    ranged = [*year, about("kling", money=between, on="2024-05-09", fields=SERIES_B, sentence="G.")]
    assert composed(NEWS[:1], year=form_facts(ranged)).numbers[-1].value == "$300M–$400M"


def test_the_year_to_date_counts_what_only_undated_pages_tell_and_does_not_add_it():
    rounds = (("2024-03", SERIES_B), ("2024-08", SERIES_B), ("2024-04", {"investment_type": "debt_financing"}))
    undated = [about("kling", amount=70_000_000, on=on, fields=fields, sentence=on) for on, fields in rounds]
    number = composed(NEWS[:1], year=form_facts(NEWS[:1]), year_undated=form_facts(undated)).numbers[-1]
    assert (number.value, number.based_on) == (
        "$80M",
        "the one round of which a dated article told by the week's end; ECB's rates, no talk, debt, old shares;"
        " not added: 1 of which only undated pages tell",
    )


def test_old_shares_are_in_no_sum_of_the_week_in_no_currency():
    told = [
        about("pika", amount=80_000_000, on="2024-06-04", fields=SERIES_B),
        about("kling", money=Money(Decimal(7_000_000), "EUR"), on="2024-06-05", fields=SERIES_B, sentence="E."),
        about(
            "kling", amount=90_000_000, on="2024-06-06", fields={"investment_type": "secondary_market"}, sentence="O."
        ),
    ]
    number = composed(told).numbers[1]
    assert (number.value, number.derived) == ("€7M, $80M", "together ~$87.6M at the ECB's rates")


def test_parts_of_a_round():
    before = about(
        "pika",
        amount=50_000_000,
        on="2023-11",
        published="2023-11-28",
        sentence="A.",
        fields={"investment_type": "series_a", "lead_investors": ["光速创投"], "investors": ["光速创投", "Greycroft"]},
    )
    now = about("pika", amount=80_000_000, on="2024-06-04", sentence="B.",
                fields={**SERIES_B, "investors": ["Spark Capital", "Greycroft", "Lightspeed Venture Partners", "Jared Leto"]})  # fmt: skip
    assert [composed([before, now], language).rounds[0].investors for language in ("en", "zh")] == [
        "Spark Capital (lead) · Jared Leto · back again: Greycroft, Lightspeed Venture Partners",
        "Spark Capital领投｜杰瑞德·莱托跟投｜老股东Greycroft、光速创投跟投",
    ]


def test_a_chinese_company_goes_by_both_names_the_reader_s_first():
    deal = about("kling", amount=80_000_000, on="2024-06-04")
    assert [composed([deal], language).rounds[0].names for language in ("en", "zh")] == [
        "Kling AI 可灵",
        "Kling AI 可灵",
    ]
    chinese = {"kling": replace(COMPANIES["kling"], country="CN")}
    told = brief(WEEK, WeekFacts(form_facts([deal]), (), chinese, COVERAGE), "zh")
    assert told.rounds[0].names == "可灵 Kling AI"


def test_coverage_says_who_refused_us_and_which_language_nobody_read():
    coverage = replace(COVERAGE, languages=(("en", 7),), blocked=("wall", "yard"))
    english, chinese = (shown(language=language, coverage=coverage) for language in ("en", "zh"))
    assert (
        "claims: 12. None of them is in Chinese. Sources crawled in the week: 3; failed: 1 (lens); refused us: 2 (wall, yard)."
        in english
    )
    assert "其中没有中文文章。本周抓取3个信源，其中1个失败（lens），2个拒绝访问（wall、yard）。" in chinese


def test_two_leads_lead_together():
    both = about(
        "pika", amount=80_000_000, on="2024-06-04", fields={"lead_investors": ["NEA", "启明创投"], "investors": []}
    )
    assert [composed([both], language).rounds[0].investors for language in ("en", "zh")] == [
        "NEA, Qiming Venture Partners (co-lead)",
        "恩颐投资、启明创投联合领投",
    ]


def test_in_the_terminal_it_is_text_not_markdown():
    text = shown(format="table")
    assert text.startswith(
        "AI video, week 23 of 2024\n3 Jun 2024 to 9 Jun 2024 · told as known by the end of 9 Jun 2024"
    )
    assert (
        "● Pika · Series B · $80M · valuation $470M (kind not stated) (was $235M (Nov 2023), 2.0x) · Spark Capital (lead) "
        "· Greycroft · 4 Jun 2024 · 1/1 § round-c…\n"
        "  “Pika has closed an $80 million Series B led by Spark Capital, it said.” Daily Reel, 5 Jun 2024\n"
    ) in text
    assert "**" not in text and "\n| " not in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_card_fits_a_chat(language):
    text = card(composed(language=language), "https://dailies.example/2024-W23")
    assert text.splitlines()[0] == {"en": "AI video, week 23 of 2024", "zh": "AI视频周报 · 2024年第23周"}[language]
    assert text.splitlines()[-1] == "https://dailies.example/2024-W23"
    long = [
        about("pika", amount=number, on="2024-06-04", sentence=f"{number}",
              fields={"investment_type": f"series_{chr(97 + number % 8)}"}) for number in range(10**6, 10**6 + 40)
    ]  # fmt: skip
    crowded = card(composed([*NEWS, *long, about("~newname", "acquisition", on="2024-06-05", status="rumored",
                                                 sentence="x" * 9000)], language, sample=True), "https://x.example/")  # fmt: skip
    assert len(crowded) < 1000 and len(crowded.encode()) <= 3500
    assert crowded.endswith("https://x.example/\n") and NOTE[language] in crowded


NOTE = {"en": "sample data, not for citation", "zh": "样例数据，不可引用"}


def test_as_an_e_mail_it_has_both_parts_and_always_the_same_bytes():
    sent = mail(composed(language="zh"), "brief@dailies.example", "reader@dailies.example")
    assert sent == mail(composed(language="zh"), "brief@dailies.example", "reader@dailies.example")
    message = email.message_from_bytes(sent, policy=email.policy.default)
    assert (message["Subject"], message["To"]) == ("AI视频周报 · 2024年第23周", "reader@dailies.example")
    plain, html = message.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert "Pika完成8000万美元B轮融资" in plain.get_content() and "Pika完成8000万美元B轮融资" in html.get_content()
    assert max(map(len, sent.split(b"\r\n"))) <= 998


def test_a_week_without_articles_says_so():
    nothing = Coverage(0, 0, 0, (), 0, 0, 0, ())
    assert (
        shown((), coverage=nothing)
        .split("## Coverage\n\n")[1]
        .startswith(
            "No article of this week was read. No crawl ran in the week itself: its articles were read at another time."
        )
    )


def test_the_first_screen_has_at_most_twelve_lines():
    lines = [line for line in shown().split("\n\n17")[0].split("\n## ")[0].splitlines() if line]
    assert len(lines) <= 12


@pytest.mark.parametrize("format", ["table", "md", "html", "json"])
@settings(max_examples=15)
@given(order=st.permutations(NEWS))
def test_the_order_of_the_claims_changes_no_byte(format, order):
    assert shown(order, format=format) == shown(format=format)


HOSTILE = "</td><script>alert(1)</script>\x1b[31m|`[x](javascript:alert(2))\u202e\n## Title"


def test_hostile_text_is_harmless_in_every_format():
    claims = [
        stored(claim(amount=1_000_000, on="2024-06-05", company=HOSTILE, company_key="~x", sentence=HOSTILE,
                     fields={"investors": [HOSTILE], "lead_investors": [HOSTILE]}), HOSTILE, "2024-06-05",
               article_url="javascript:alert(3)"),
        stored(claim("acquisition", status="rumored", origin=HOSTILE, company=HOSTILE, company_key="~x"), HOSTILE,
               "2024-06-05"),
    ]  # fmt: skip
    markdown, html, data = (shown(claims, format=format) for format in ("md", "html", "json"))
    for text in (markdown, html):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", text)
    assert "<script" not in html
    assert not re.search(r"(?<!\\)<", markdown)
    links = re.findall(r'href="(?!#[a-z]+-c)([^"]*)"', html)
    assert {link[:8] for link in links} == {"#main", "#coverag", "https://"}
    assert not re.findall(r"(?<!\\)\]\((?!https?:)", markdown)
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in markdown.splitlines() if line.startswith("| ○")} <= {9}
    assert json.loads(data)["rounds"][0]["entry"]["quotes"][0]["url"] is None


def test_hostile_text_is_harmless_in_a_terminal_a_card_an_e_mail_and_a_feed():
    claims = [
        stored(claim(amount=1_000_000, on="2024-06-05", company=HOSTILE, company_key="~x", sentence=HOSTILE * 500,
                     fields={"investors": [HOSTILE], "lead_investors": [HOSTILE]}), HOSTILE, "2024-06-05"),
        stored(claim("acquisition", status="rumored", origin=HOSTILE, company=HOSTILE, company_key="~x"), HOSTILE,
               "2024-06-05"),
    ]  # fmt: skip
    report = composed(claims)
    message = email.message_from_bytes(mail(report), policy=email.policy.default)
    plain, html = (part.get_content() for part in message.iter_parts())
    facts = form_facts(claims)
    atom = company_feed(Company("~x", HOSTILE), facts, "en", "x.atom", "x.html", sample=True)
    texts = (shown(claims, format="table"), card(report), plain, html, atom, message["Subject"])
    for text in texts:
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", text.replace("\r\n", "\n"))
    assert "<script" not in html and "<script" not in atom
    assert len(feedparser.parse(atom.encode()).entries) == len(facts)


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "news.db"
    engine = open_database(f"sqlite:///{path}", "sample")
    round_ = claim(amount=80_000_000, on="2024-06-04", company="Pika", company_key="pika", fields=SERIES_B)
    store_article(engine, round_, key="a1", published="2024-06-05", url="https://dailyreel.example/1")
    return engine, str(path)


def printed(engine, week="2024-W23", language="en"):
    with Session(engine) as session:
        return write_report("brief", weekly_brief(session, PartialDate(week), language, sample=False), "md")


def test_what_was_published_after_the_week_changes_no_byte_of_it(database):
    engine, _ = database
    before = printed(engine)
    later = claim(amount=90_000_000, on="2024-06-04", status="confirmed", said_by="company", company="Pika",
                  company_key="pika", fields=SERIES_B, sentence="It was $90 million.")  # fmt: skip
    store_article(engine, later, key="a2", published="2024-06-10", url="https://dailyreel.example/2")
    assert printed(engine) == before
    assert "◐ reported → ● confirmed" in printed(engine, "2024-W24")


def test_weeks_are_those_of_iso():
    assert last_whole_week(date(2024, 6, 10)) == WEEK
    assert last_whole_week(date(2021, 1, 4)) == PartialDate("2020-W53")
    assert week_named(" 2024-w23 ") == WEEK


@pytest.mark.parametrize("name", ["2024-23", "2024-W54", "2024-06-05", "last", "2024-W\x1b"])
def test_what_is_no_week_is_a_usage_error(name):
    with pytest.raises(UsageError, match="write it like 2024-W09") as error:
        week_named(name)
    assert "\x1b" not in str(error.value)


def test_an_empty_week_points_to_the_newest_with_news(database, capsys):
    command(database[1], "2024-W30", "en", "md")
    out, err = capsys.readouterr()
    assert "No article of this week was read." in out
    assert err == "No article of 2024-W30 was read. The newest week with news is 2024-W23.\n"


def test_the_hint_at_another_week_is_in_the_brief_s_language_and_follows_no_brief_that_tells_something(
    database, capsys
):
    command(database[1], "2024-W30", "zh", "md")
    assert capsys.readouterr().err == "未读到2024-W30的文章。有消息的最近一周是2024-W23。\n"
    with writing(database[0]) as session:
        session.exec(update(ArticleRow).values(revision=UNREAD))
    command(database[1], "2024-W23", "zh", "md")
    out, err = capsys.readouterr()
    assert ("$80M" in out or "8000万美元" in out, err) == (True, "")


def test_a_week_that_is_not_over_says_so_and_one_that_has_not_begun_is_refused(database):
    thursday = date(2024, 6, 6)
    assert day_within(WEEK, thursday) == thursday
    assert day_within(WEEK, date(2024, 6, 9)) == date(2024, 6, 9)
    assert day_within(WEEK, date(2024, 6, 10)) is None
    with pytest.raises(UsageError, match="2024-W23 has not begun: it is 2024-W22"):
        day_within(WEEK, date(2024, 6, 2))
    with Session(database[0]) as session:
        reports = [weekly_brief(session, WEEK, each, sample=False, until=thursday) for each in ("en", "zh")]
    assert [report.known_by for report in reports] == [
        "not over yet: told as known on 6 Jun 2024 (UTC)",
        "本周尚未结束，为2024年6月6日（UTC）所知",
    ]
    assert all(reports[0].known_by in write_report("brief", reports[0], form) for form in ("html", "md", "table"))
    with pytest.raises(UsageError, match="2124-W01 has not begun"):
        command(database[1], "2124-W01", "en", "md")


def test_an_outlet_that_takes_a_round_s_name_back_is_told_though_the_name_stays():
    def told(outlet, series, published, sentence, **values):
        fields = {"investment_type": series}
        return about("pika", amount=80_000_000, on="2024-05", fields=fields, outlet=outlet, published=published,
                     sentence=sentence, **values)  # fmt: skip

    earlier = (
        told("Wire", "series_b", "2024-05-20", "A Series B, it said.", status="confirmed", said_by="company"),
        told("Lens", "series_c", "2024-05-21", "Its Series C brought $80 million."),
        told("Gazette", "series_c", "2024-05-22", "Pika raised $80 million in a Series C."),
    )
    week = told("Lens", "series_b", "2024-06-05", "Correction: the $80 million were a Series B.")
    (line,) = composed((*earlier, week)).changed
    assert line.change == "series: Lens now says Series B, after Series C"
    assert [each.outlets for each in line.entry.conflicts] == [("Gazette", "Lens (since corrected)")]
    (line,) = composed((*earlier, week), "zh").changed
    assert line.change == "轮次：Lens改称B轮，此前称C轮"
    still = told("Lens", "series_c", "2024-06-06", "A Series C, as we say.")
    assert composed((*earlier, week, still)).changed == ()


def test_a_round_that_a_party_names_otherwise_in_the_week_is_told():
    def told(series, published, sentence, **values):
        fields = {"investment_type": series}
        return about(
            "pika", amount=80_000_000, on="2024-05", fields=fields, published=published, sentence=sentence, **values
        )

    first = told("series_c", "2024-05-20", "A Series C.", outlet="Wire")
    party = told("series_b", "2024-06-05", "It is a Series B, Pika said.", status="confirmed", said_by="company")
    (line,) = composed((first, party)).changed
    assert line.change == "◐ reported → ● confirmed · series: Series C → Series B"
