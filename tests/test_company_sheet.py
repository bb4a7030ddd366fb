"""A company's sheet, whole, in both languages; and the seed article's Runway through every wing."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from db.facts.findings import in_dollars
from db.model import CLAIM_FIELDS, Company
from db.values import PartialDate
from pipeline.facts.forming import form_facts
from pipeline.facts.held_against import hold_against
from reports.facts.entries import both_names
from reports.rendering import write_report
from reports.sheets.company_sheet import SECTIONS, company_sheet
from reports.wording.ages import months_between
from tests.claims import claim, stored

NOTES = {"en": "sample data, not for citation", "zh": "样例数据，不可引用"}
RUNWAY = Company(
    "runway",
    "Runway",
    legal_name="Runway AI, Inc.",
    segment="video_generation",
    country="US",
    city="New York",
    founded_on="2018",
    operating_status="active",
    products=("Gen-2",),
)
CLAIMS = (
    stored(
        claim(
            amount=141_000_000,
            on="2023-06-29",
            status="confirmed",
            said_by="company",
            fields={
                "investment_type": "series_c",
                "series_qualifier": "extension",
                "investors": ["Google", "Nvidia"],
                "lead_investors": ["Google"],
            },
            sentence="Runway raised $141 million in an extension of its Series C, it said.",
        ),
        "Daily Reel",
        "2023-06-29",
    ),
    stored(
        claim(
            amount=141_000_000,
            on="2023-05",
            fields={"investment_type": "series_d", "investors": ["谷歌"]},
            sentence="Runway在5月完成1.41亿美元的D轮融资，谷歌参投。",
        ),
        "影像日报",
        "2024-02-26",
        article_url=None,
    ),
    stored(
        claim("valuation", amount=1_500_000_000, on="2023-06", said_by="unnamed_people", sentence="It is worth $1.5B."),
        "Daily Reel",
        "2023-06-29",
    ),
    stored(
        claim("total_funding", amount=95_500_000, on="2023-06-29", sentence="It has raised $95.5 million in all."),
        "Lens Weekly",
        "2023-06-30",
    ),
    stored(
        claim("metric", amount=90_000, currency=None, fields={"metric": "users"}, sentence="Some 90,000 use it."),
        "Lens Weekly",
        "2023-06-30",
    ),
)


def sheet(language, company=RUNWAY, claims=CLAIMS, **values):
    facts = form_facts(claims)
    return company_sheet(company, facts, language, findings=hold_against(facts, in_dollars), **values)


def written(language, format, **values):
    return write_report("sheet", sheet(language, **values), format)


def before_the_legend(page, start):
    """The legend is every page's, and has its own tests."""
    return page[: page.rindex(start)]


def test_markdown_in_english():
    assert before_the_legend(written("en", "md"), "\n---\n") == MARKDOWN


def test_the_numbers_under_which_registers_know_a_company():
    def told(publisher, url, type_="founding"):
        return stored(claim(type_, on="2018", sentence=f"{publisher} {url}"), publisher, "2024-01-01", article_url=url)

    records = (
        told("Wikidata", "https://www.wikidata.org/wiki/Q999000001"),
        told("SEC EDGAR", "https://www.sec.gov/Archives/edgar/data/9999001/000999900124000001/primary_doc.xml"),
        told("Daily Reel", "https://www.sec.gov/Archives/edgar/data/1/2/other.htm"),
        told("Wikidata", "https://www.wikidata.org/wiki/Special:Search"),
    )
    assert dict(sheet("en", claims=records).profile)["in registers"] == "CIK 9999001, Wikidata Q999000001"
    assert dict(sheet("zh", claims=records).profile)["登记编号"] == "CIK 9999001、Wikidata Q999000001"


def test_terminal_in_chinese():
    assert before_the_legend(written("zh", "table"), "\n●") == TERMINAL_ZH


def test_html_links_every_number_to_its_line():
    page = written("en", "html")
    ids = [fact.id for fact in form_facts(CLAIMS)]
    assert [f'id="{fact_id}"' in page for fact_id in ids] == [True] * len(ids)
    assert f'<a href="#{next(fact_id for fact_id in ids if fact_id.startswith("round"))}">Series C extension' in page
    assert 'href="https://dailyreel.example/2023-06-29"' in page


def test_json_holds_the_same_sheet():
    value = json.loads(written("en", "json"))
    assert [line["value"] for line in value["summary"]] == [
        "Series C extension, $141M",
        "$1.5B (kind not stated)",
        "$141M (1/1 rounds)",
        "$95.5M",
        "none found",
    ]
    assert [section["key"] for section in value["sections"]] == ["rounds", "valuations", "metrics"]
    assert value["sample"] is False


@pytest.mark.parametrize("format", ["table", "md", "html"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sample_says_so(language, format):
    assert NOTES[language] in written(language, format, sample=True)
    assert NOTES[language] not in written(language, format)


def test_a_stated_total_below_our_sum_is_said_to_be():
    assert [line.note for line in sheet("en").summary if line.title == "raised, as stated"] == [
        "less than our sum: one of the two is wrong"
    ]


def test_a_company_of_which_nothing_is_known():
    shown = written("en", "table", company=Company("~x", "X\x1b[31m", candidate=True), claims=())
    assert shown == (
        "X␛[31m\nA name found in the news; nobody has curated it yet.\n"
        "independent sources: 0 · articles: 0\nNothing is known of it yet.\n"
    )


HOSTILE = "<script>alert(1)</script>\u202e[x](javascript:alert(1)) | =1+1 \x1b[2J" + "y" * 10_000


@pytest.mark.parametrize("format", ["table", "md", "html", "json"])
@pytest.mark.parametrize("type_", ["product_launch", "controversy"])
def test_hostile_names_sentences_and_links_do_nothing(format, type_):
    told = stored(
        claim(
            type_, fields={"product": HOSTILE, "stage": "beta"} if type_ == "product_launch" else {}, sentence=HOSTILE
        ),
        article_url="javascript:alert(1)",
        article_title=HOSTILE,
        publisher=HOSTILE,
    )
    shown = written("en", format, company=Company("runway", HOSTILE, legal_name=HOSTILE), claims=[told])
    assert "\x1b" not in shown
    if format != "json":
        assert "\u202e" not in shown
    if format == "html":
        assert "<script" not in shown and 'href="javascript' not in shown
    if format == "md":
        rendered = MarkdownIt("commonmark").enable("table").render(shown)
        assert 'href="javascript' not in rendered and "<script" not in rendered


@pytest.mark.parametrize(
    ("language", "value"), [("en", "allegation: “Staff allege <b>it</b>.”"), ("zh", "争议：“Staff allege <b>it</b>.”")]
)
def test_an_allegation_as_last_event_says_what_is_alleged(language, value):
    told = stored(claim("controversy", on="2023-06", sentence="Staff allege <b>it</b>."))
    assert sheet(language, claims=[told]).summary[-1].value == value
    assert "<b>" not in written(language, "html", claims=[told])


def test_every_type_of_claim_has_its_section():
    assert {kind for types in SECTIONS.values() for kind in types} == set(CLAIM_FIELDS)


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        ("2023-05", date(2024, 2, 26), 8),
        ("2023-05-26", date(2024, 2, 26), 9),
        ("2023", date(2023, 6, 1), 0),
        ("2024-03", date(2024, 2, 1), 0),
    ],
)
def test_age_of_a_price(earlier, later, months):
    assert months_between(PartialDate(earlier), later) == months


def test_names_in_both_scripts():
    chinese = Company("aisphere", "AISphere", name_zh="爱诗科技", country="CN")
    american = Company("google", "Google", name_zh="谷歌", country="US")
    assert [both_names(company, "en") for company in (chinese, american)] == ["AISphere 爱诗科技", "Google 谷歌"]
    assert [both_names(company, "zh") for company in (chinese, american)] == ["爱诗科技 AISphere", "Google 谷歌"]


def dailies(*arguments: str, cwd: Path) -> str:
    """Standard output of a command that must succeed."""
    return subprocess.run(
        [sys.executable, "-m", "dailies.cli", *arguments], capture_output=True, text=True, check=True, cwd=cwd
    ).stdout


@pytest.mark.check
def test_the_seed_through_every_wing(shared: Path, tmp_path: Path):
    """The owner's example, word for word: `ingest` of the article, then `company Runway`."""
    article = shared / "corpus" / "seed" / "qianzhan-2024-02-26.txt"
    told = ("--published", "2024-02-26", "--publisher", "字母榜", "--url", "https://t.qianzhan.com/seed")
    dailies("ingest", str(article), *told, "--db", "news.db", cwd=tmp_path)
    shown = dailies("company", "Runway", "--db", "news.db", cwd=tmp_path)
    assert [words in shown for words in ("founded        2018", "$141M", "Google, Nvidia", "$1.5B", "Gen-2")] == [
        True
    ] * 5
    assert "在5月时,Runway已经完成了1.41亿美元的D轮融资" in shown
    assert "May 2023" in shown


MARKDOWN = r"""# Runway

legal name: Runway AI, Inc. · place: New York, United States · segment: video generation · founded: 2018 · status: operating · products: Gen-2

independent sources: 3 · articles: 3 · told by articles up to 26 Feb 2024

| | Value | As of | How sure |
| :-- | :-- | :-- | :-- |
| last round | Series C extension, $141M | 29 Jun 2023 | ● confirmed |
| last valuation | $1.5B (kind not stated) | Jun 2023 | ◐ reported *7 months before the newest of these facts: no current price* |
| raised, our sum | *$141M (1/1 rounds)* |  |  *confirmed and reported rounds with a stated sum, by currency; without rumours, denials, old shares* |
| raised, as stated | $95.5M | 29 Jun 2023 | ◐ reported *less than our sum: one of the two is wrong* |
| last event | none found |  |  |

## Rounds

- **29 Jun 2023** ● **Series C extension, $141M** · Google (lead), Nvidia · 2/2 § `round-ce5ed4817210c7733`
  - ≠ date: May 2023, says 影像日报
  - ≠ series: Series D, says 影像日报
  > “Runway raised $141 million in an extension of its Series C, it said.” — [Daily Reel](https://dailyreel.example/2023-06-29), 29 Jun 2023 (the company)
  >
  > “Runway在5月完成1.41亿美元的D轮融资，谷歌参投。” — 影像日报, 26 Feb 2024 (the outlet itself)

## Valuations

- **Jun 2023** ◐ **valuation $1.5B (kind not stated)** · 1/1 § `valuation-c9e24fba5b63a320d`
  > “It is worth $1.5B.” — [Daily Reel](https://dailyreel.example/2023-06-29), 29 Jun 2023 (unnamed people)

## Figures

- **29 Jun 2023** ◐ **$95.5M raised in total, as stated** · 1/1 § `total-c08670a8a1c044af8`
  > “It has raised $95.5 million in all.” — [Lens Weekly](https://lensweekly.example/2023-06-30), 30 Jun 2023 (the outlet itself)
- **not dated** ◐ **users: 90,000** · 1/1 § `metric-c572e86709097204c`
  > “Some 90,000 use it.” — [Lens Weekly](https://lensweekly.example/2023-06-30), 30 Jun 2023 (the outlet itself)

## Open conflicts

- ≠ **Series C extension, $141M** · date: May 2023, says 影像日报 · chosen: 29 Jun 2023 (confirmed goes before reported, reported before rumored) `round-ce5ed4817210c7733`
- ≠ **Series C extension, $141M** · series: Series D, says 影像日报 · chosen: Series C extension (confirmed goes before reported, reported before rumored) `round-ce5ed4817210c7733`

## Held against each other

- ≠ **29 Jun 2023** · the stated total of $95.5M is less than the rounds known by then ($141M, rounds: 1): one of them is wrong `total-c08670a8a1c044af8`

□ no round we know of · ∴ derived, told by nobody
"""

TERMINAL_ZH = """Runway
法定名称       Runway AI, Inc.
所在地         美国 纽约
领域           视频生成
成立           2018年
状态           运营中
产品           Gen-2
独立信源3家 · 文章3篇 · 据截至2024年2月26日的报道

最近一轮                 ● C轮追加，1.41亿美元 · 2023年6月29日
最近披露的估值           ◐ 15亿美元（投前/投后未说明） · 2023年6月
                         距最新一条已知事实7个月，不是当前估值
累计融资（本系统合计）   1.41亿美元（1/1轮）
                         已确认及据报道、写明金额的各轮之和，分币种；不含传闻、已否认和老股转让
累计融资（对外口径）     ◐ 9550万美元 · 2023年6月29日
                         低于本系统合计，两者必有一误
最近事件                 未检索到

融资
2023年6月29日  ● C轮追加，1.41亿美元 · 谷歌（领投）、英伟达
                 2/2 § 已确认 · round-ce5ed4817210c7733
                 ≠ 日期：影像日报称2023年5月
                 ≠ 轮次：影像日报称D轮
                 “Runway raised $141 million in an extension of its Series C, it said.”
                 Daily Reel，2023年6月29日（公司） https://dailyreel.example/2023-06-29
                 + 另有1句：dailies why round-ce5ed4817210c7733

估值
2023年6月      ◐ 估值15亿美元（投前/投后未说明）
                 1/1 § 据报道 · valuation-c9e24fba5b63a320d
                 “It is worth $1.5B.”
                 Daily Reel，2023年6月29日（匿名人士） https://dailyreel.example/2023-06-29

指标
2023年6月29日  ◐ 累计融资9550万美元（对外口径）
                 1/1 § 据报道 · total-c08670a8a1c044af8
                 “It has raised $95.5 million in all.”
                 Lens Weekly，2023年6月30日（媒体自述） https://lensweekly.example/2023-06-30
日期不详       ◐ 用户数：9万
                 1/1 § 据报道 · metric-c572e86709097204c
                 “Some 90,000 use it.”
                 Lens Weekly，2023年6月30日（媒体自述） https://lensweekly.example/2023-06-30

说法不一
≠ C轮追加，1.41亿美元 · 日期：影像日报称2023年5月
  采用：2023年6月29日（已确认优先于报道，报道优先于传闻） · round-ce5ed4817210c7733
≠ C轮追加，1.41亿美元 · 轮次：影像日报称D轮
  采用：C轮追加（已确认优先于报道，报道优先于传闻） · round-ce5ed4817210c7733

相互核对
≠ 2023年6月29日 · 所称累计融资9550万美元低于此前已知各轮之和1.41亿美元（1轮），其中必有一误 · total-c08670a8a1c044af8
□ 未见对应轮次 · ∴ 推算所得，无人报道
"""


@pytest.mark.parametrize(
    ("total", "undated", "note"),
    [
        (70, None, "the same as our sum"),
        (50, None, "less than our sum: one of the two is wrong"),
        (74, 9, "less than our sum, which counts rounds that nobody dates"),
        (100, None, ""),
    ],
)
def test_a_stated_total_says_how_it_stands_beside_our_sum(total, undated, note):
    def told(type_, amount, on):
        return stored(claim(type_, amount=amount * 1_000_000, on=on, sentence=f"{type_} {amount}."), f"Reel {amount}")

    told_all = [told("funding_round", 20, "2021-02-01"), told("funding_round", 50, "2023-05-01")]
    told_all += [told("funding_round", undated, None)] if undated else []
    shown = sheet("en", claims=[*told_all, told("total_funding", total, "2023-06-01")]).summary
    assert next(line.note for line in shown if line.title == "raised, as stated") == note
