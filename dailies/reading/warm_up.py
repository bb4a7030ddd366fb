"""Leads a new reader through its rules while it has nothing to do: they are compiled when a text first needs them."""

from __future__ import annotations

from datetime import UTC, datetime

from db.model import Article, Capture, FeedHints
from pipeline.near_copies import sketch
from pipeline.pages.read_page import read_page
from pipeline.read_claims import read_claims

_TEXTS = (
    (
        "Northlight raises $40 million Series B led by Harbour Ventures",
        "Northlight, an AI video generator, said on Tuesday it has raised $40 million in a Series B round led by "
        "Harbour Ventures, valuing the company at $500 million. Its total funding is $62 million since 2023.",
        "Northlight launched Reel 2, its text-to-video model, in March and will shut down its first app on June 30.",
        "It has acquired Studio Pond for $12 million, two people familiar with the matter told the Daily Reel.",
        "The company laid off 30 employees, or 12% of its staff, and its chief executive is stepping down. "
        "Northlight was sued by three artists over copyright. It denied talks to merge with Southlight or go public.",
        "It has partnered with Southlight, has 2 million users and annual recurring revenue of $15 million.",
    ),
    (
        "北光科技完成1亿元B轮融资，海港资本领投",
        "AI视频公司北光科技近日宣布完成1亿元人民币B轮融资，由海港资本领投，老股东跟投，投后估值10亿元。累计融资超过1.5亿元。",
        "北光科技于3月发布视频生成大模型“流影2.0”，旧版应用将于6月30日停止服务。据知情人士透露，公司拟以8000万元收购池塘工作室。",
        "公司裁员30人，约占员工总数的12%，首席执行官离职。三位画家起诉北光科技侵犯著作权，公司否认与南光科技合并，也否认计划上市。",
        "公司与南光科技达成合作，用户超过200万，年度经常性收入达1500万美元，已经实现盈利。",
    ),
)
"""A sentence of each kind of claim in each language, composed; about nobody."""


def warm_up() -> None:
    """Read two texts of ours and forget them."""
    moment = datetime(2025, 4, 1, tzinfo=UTC)
    for title, *paragraphs in _TEXTS:
        body = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        body += "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + "</article></body></html>"
        capture = Capture("https://northlight.example/1", body.encode(), "text/html; charset=utf-8", moment)
        page = read_page(capture, FeedHints(title=title, published=moment))
        sketch(page.text)
        read_claims(
            Article(
                key="",
                title=page.title,
                text=page.text,
                language=page.language,
                published=moment.date(),
                publisher=None,
                original_publisher=None,
                url=None,
                publisher_company=None,
            )
        )
