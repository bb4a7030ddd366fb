"""Chinese sentences and every claim they make: `chinese_examples.txt` reads as text, then its claims, indented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.model import Article, Claim
from pipeline.read_claims import read_claims

EXAMPLES = Path(__file__).parent / "chinese_examples.txt"
PUBLISHED = date(2025, 6, 20)
UNSAID = ("series_unknown", "unspecified")


def examples() -> Iterator[object]:
    """Each text (⏎ is a new paragraph) with its claims; a line beginning with # names what the next ones are about."""
    text, claims, topic = "", [], ""
    for line in [*EXAMPLES.read_text(encoding="utf-8").splitlines(), "#"]:
        if line.startswith("    "):
            claims.append(line.strip())
            continue
        if text:
            yield pytest.param(text.replace("⏎", "\n\n"), claims, id=f"{topic}: {text[:24]}")
        topic = line.removeprefix("#").strip() if line.startswith("#") else topic
        text, claims = ("", []) if line.startswith("#") or not line else (line, [])


def shown(claim: Claim) -> str:
    """A claim in one line: type, company, status, date, sum and fields; * marks the investors who led."""
    parts = [claim.type, claim.company, claim.status, claim.event_date.iso if claim.event_date else "undated"]
    if claim.money is not None:
        money = claim.money
        parts.append(f"{money.operator}{money.amount.normalize():f} {money.currency or ''}".strip())
    fields = dict(claim.fields)
    leaders = fields.pop("lead_investors", [])
    if "investors" in fields:
        fields["investors"] = ", ".join(f"{name}*" if name in leaders else name for name in fields["investors"])
    fields |= {name: ", ".join(value) for name, value in fields.items() if isinstance(value, list)}
    parts += [f"{name}={value}" for name, value in fields.items() if value not in UNSAID]
    return "; ".join(parts)


def read(text: str, title: str = "", published: date | None = PUBLISHED) -> tuple[Claim, ...]:
    return read_claims(Article("example", title, text, "zh", published)).claims


@pytest.mark.parametrize(("text", "claims"), list(examples()))
def test_the_claims_of_a_sentence(text: str, claims: list[str]) -> None:
    assert [shown(claim) for claim in read(text)] == claims


def test_a_title_takes_the_day_its_text_gives_the_news() -> None:
    told = read("6月18日，AI视频公司Pika宣布完成8000万美元B轮融资。", "Pika完成8000万美元B轮融资")

    assert [(claim.where, claim.event_date.iso) for claim in told if claim.event_date] == [
        ("title", "2025-06-18"),
        ("text", "2025-06-18"),
    ]


@pytest.mark.parametrize(
    ("title", "text", "claims"),
    [
        (
            "织影回应欠薪：没有解散团队",
            "“织影已经全员解散。”一则截图昨天在群里流传。这家做AI短剧的公司说，织影目前有86名员工。",
            [
                "shutdown; 织影; denied; 2025-06-20",
                "shutdown; 织影; rumored; 2025-06-20",
                "metric; 织影; reported; 2025-06-20; =86; metric=headcount",
            ],
        ),
        (
            "今年离场的AI视频公司",
            "Moonreel（洛杉矶）：4月30日关停。\n\n墨川云（杭州）：5月进入破产清算。这家数字人公司去年有310名员工。",
            [
                "shutdown; Moonreel; reported; 2025-04-30",
                "shutdown; 墨川云; reported; 2025-05",
                "metric; 墨川云; reported; 2024; =310; metric=headcount",
            ],
        ),
        (
            "4月AI视频投融资",
            "格外映像（北京，视频世界模型）4月9日宣布完成2.6亿元A轮融资。",
            ["funding_round; 格外映像; confirmed; 2025-04-09; =260000000 CNY; investment_type=series_a"],
        ),
        (
            "本周AI视频融资：三家公司拿到新钱",
            "澄影科技：6月17日完成6000万元A轮融资，红杉中国领投。\n\n柏林公司Nebelbild以1200万欧元的投后估值融了200万欧元。"
            "它的预演工具Nebel Go同日开放内测。\n\n另有消息称，苏州的南塔像素正与三家机构接洽，想融1500万元。",
            [
                "funding_round; 澄影科技; reported; 2025-06-17; =60000000 CNY; investment_type=series_a; investors=红杉中国*",
                "funding_round; Nebelbild; reported; 2025-06-20; =2000000 EUR",
                "valuation; Nebelbild; reported; 2025-06-20; =12000000 EUR; valuation_kind=post_money",
                "product_launch; Nebelbild; reported; 2025-06-17; product=Nebel Go; stage=beta",
                "funding_round; 南塔像素; rumored; undated; =15000000 CNY",
            ],
        ),
        (
            "对话澄影科技创始人林远",
            "澄影科技是一家做AI短剧生成工具的公司。\n\n问：公司是什么时候成立的？\n\n答：2023年3月，我和两位前同事一起创办的。\n\n"
            "问：融了多少钱？\n\n答：天使轮800万元，是真格基金投的。年度经常性收入刚过3000万元。去年同期还不到800万元。\n\n"
            "问：有消息说快手想收购你们？\n\n答：没有这回事。",
            [
                "founding; 澄影科技; reported; 2023-03",
                "funding_round; 澄影科技; reported; undated; =8000000 CNY; investment_type=angel; investors=真格基金",
                "metric; 澄影科技; reported; 2025-06-20; >30000000 CNY; metric=arr",
                "metric; 澄影科技; reported; 2024; <8000000 CNY; metric=arr",
                "acquisition; 澄影科技; denied; undated; acquirer=Kuaishou",
            ],
        ),
    ],
)
def test_companies_a_text_never_introduces(title: str, text: str, claims: list[str]) -> None:
    assert [shown(claim) for claim in read(text, title)] == claims


@pytest.mark.parametrize("title", ["平台回应AI短剧涨价", "网友起诉AI视频公司", "导演否认用AI视频补拍"])
def test_a_titles_common_noun_is_no_company(title: str) -> None:
    subject = title[:2]

    told = read(f"{subject}昨天说，AI视频还不成熟。{subject}的员工有30人，{subject}去年融资1亿元。", title)

    assert subject not in {claim.company for claim in told}


def test_evidence_runs_on_to_the_sentence_that_names_the_investors() -> None:
    text = "AI视频公司Synthesia完成B轮融资。本轮由Kleiner Perkins领投，GV跟投。"

    (claim,) = read(text)

    assert claim.evidence == claim.sentence.removesuffix("。") == text.removesuffix("。")


def test_traditional_script_keeps_its_own_spelling_in_names_and_evidence() -> None:
    (claim,) = read("AI影片新創HeyGen獲9億美元C輪融資，鼎暉投資領投。")

    assert claim.evidence == "AI影片新創HeyGen獲9億美元C輪融資，鼎暉投資領投"
    assert claim.fields["lead_investors"] == ["鼎暉投資"]


def test_an_article_that_is_not_about_the_field_makes_no_claim_about_companies_nobody_listed() -> None:
    assert read("团子鲜粮：宠物食品品牌，完成近亿元B轮融资，由青禾资本领投，浅湾资本担任财务顾问。") == ()


def test_without_a_day_of_publication_only_dates_that_name_their_year_are_dates() -> None:
    told = read("AI视频公司Pika于2023年11月完成5500万美元融资，12月发布Pika 1.0。", published=None)

    assert [claim.event_date.iso if claim.event_date else None for claim in told] == ["2023-11", None]


PIECES = [
    "爱诗科技",
    "Runway",
    "完成",
    "1亿元",
    "A轮",
    "融资",
    "由",
    "红杉中国",
    "领投",
    "，",
    "。",
    "、",
    "和",
    "：",
    "估值从",
    "2024年",
    "3月",
    "“",
    "”",
    "（",
    "）",
    "否认",
    "收购",
    "裁员",
    "20%",
    "CEO",
    "张楠",
    "辞职",
    "AI视频公司",
    "该公司",
    "的",
    "亿美元",
]
PIECES += ["\ud800", "\0", "😀", "שלום", "\n", "9" * 400]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
TITLES = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
)
def test_any_text_is_read_and_every_span_is_exact(text: str, title: str) -> None:
    for claim in read(text, title):
        source = text if claim.where == "text" else title
        assert source[claim.start : claim.end] == claim.evidence
        assert claim.evidence in claim.sentence


@pytest.mark.parametrize("unit", ["日", "年", "1月", "今日", "至今", "又再次"])
def test_days_without_end_behind_a_name_cost_no_more_than_their_length(unit: str) -> None:
    began = process_time()

    read(unit * 5_000, "AI 视频公司")

    assert process_time() - began < 2
