"""The article of a page, and only that: composed layouts, hostile nesting, and the real pages of the evaluation."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages.main_text import find_main_text
from pipeline.pages.page_lines import article_lines, is_furniture
from pipeline.pages.page_parser import parse_page
from pipeline.pages.page_tree import Block, count_words, read_tree
from pipeline.pages.read_page import read_page
from tests.bench_text import LEAST_F1, MOST_COST, cpu_seconds, load_pages, load_scorer

ONE = "The studio said on Tuesday that it had raised money from two funds, without naming the sum or the valuation."
TWO = "Its tool turns a script into a storyboard, and about three hundred agencies have used it since the spring."
ZH = "视频公司昨天宣布完成新一轮融资，金额没有披露，投资方包括两家基金，资金将用于研发和招聘。"
LINKS = "".join(f'<li><a href="/{n}">A headline of another article number {n}</a></li>' for n in range(9))


def paragraphs(html: str, fragment: bool = False) -> list[str]:
    return find_main_text(read_tree(parse_page(html)), fragment=fragment).paragraphs


def page(article: str) -> str:
    return f"""<html><body class="single category-news has-sidebar"><nav><ul>{LINKS}</ul></nav>
    <div class="wrapper"><h1>A headline</h1>{article}</div><div class="sidebar"><h3>Popular</h3><ul>{LINKS}</ul></div>
    <div id="comments"><p>{"I did not like this article at all, and here is why I did not like it. " * 30}</p></div>
    <footer><p>Example Media is a company that publishes things and has an address in a street.</p></footer></body></html>"""


LAYOUTS = [
    f"<div><p>{ONE}</p><p>{TWO}</p></div>",
    f"<article><p>{ONE}</p><aside><p>Subscribe to read it all the time.</p></aside><p>{TWO}</p></article>",
    f'<div class="article__body"><p>{ONE}</p></div><div class="ad">Buy!</div><div class="article__body"><p>{TWO}</p></div>',
    f"<table><tr><td><font>{ONE}<br><br>{TWO}</font></td><td><ul>{LINKS}</ul></td></tr></table>",
    f"<section><section><span>{ONE}</span></section><section><span>{TWO}</span></section></section>",
    f'<article class="post tag-video category-social type-post"><p>{ONE}</p><p>{TWO}</p></article>',
    f'<article><p>{ONE}</p><p style="display: none">A hidden line of some length that nobody sees.</p><p>{TWO}</p></article>',
    f"<article><h1>A headline</h1><p>{ONE}</p><p>{TWO}</p><h3>Read next</h3></article>",
    f'<article><p>{ONE}</p><p><a href="/x">{ONE}</a></p><p>{TWO}</p></article>',
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_two_paragraphs_in_any_layout(layout: str) -> None:
    assert paragraphs(page(layout)) == [ONE, TWO]


def test_a_news_flash_of_one_paragraph_is_kept_whole() -> None:
    assert paragraphs(page(f"<div class='flash'>{ZH}</div>")) == [ZH]
    assert paragraphs("<html><body><h1>标题</h1><div class='news_txt'><p>完成融资。</p></div></body></html>") == [
        "完成融资。"
    ]


def test_chinese_lines_split_by_single_breaks_are_paragraphs() -> None:
    assert paragraphs(page(f"<div>\u3000\u3000{ZH}<br>\u3000\u3000{ZH}</div>")) == [ZH, ZH]


def test_rows_of_figures_are_one_line_each() -> None:
    table = "<table><tr><th>Company</th><th>Raised</th></tr><tr><td><b>Sample</b></td><td>$5M</td></tr></table>"
    assert paragraphs(page(f"<article><p>{ONE}</p>{table}<p>{TWO}</p></article>")) == [
        ONE, "Company | Raised", "Sample | $5M", TWO,
    ]  # fmt: skip


def test_of_a_fragment_everything_is_text() -> None:
    assert paragraphs(f"<p>Short.</p><ul><li>One thing</li></ul><p>{ONE}</p>", fragment=True) == [
        "Short.", "One thing", ONE,
    ]  # fmt: skip


@pytest.mark.parametrize("html", ["", " ", "<html></html>", "<p>", "\x00", "<!--", "<script>x", "&#xD800;"])
def test_nothing_gives_nothing(html: str) -> None:
    assert "".join(paragraphs(html)).strip("\ufffd") == ""


def test_a_block_knows_its_words_and_links() -> None:
    blocks = read_tree(parse_page("<ul><li>One two <a href=x>three</a></li></ul>")).blocks
    assert blocks == [Block("One two three", 3, 1, "li", 2, True)]
    assert count_words("视频公司 raised 5亿元") == 5


HOSTILE = {
    "nested": "<div>" * 1_000_000 + "end",
    "never closed by others": "<div></p>" * 300_000,
    "formatting reopened in each paragraph": "<p>" + "".join(f"<font size={n}>" for n in range(9000)) + "</p><p>x</p>" * 9000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x",
    "brackets": "<" * 1_000_000,
    "breaks": "<div>" + "x.<br>" * 300_000,
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_markup_costs_linear_time(kind: str) -> None:
    start = time.process_time()
    paragraphs(HOSTILE[kind])
    assert time.process_time() - start < 8


@given(
    st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<p>", "<a href=x>", "</a>", "<table>", "<td>", "<br>", "<b>", "词。", "word "]
        )
    )
)
def test_never_raises_and_invents_nothing(pieces: list[str]) -> None:
    html = "".join(pieces)
    assert set("".join(paragraphs(html))) <= set("词。word |")


FURNITURE = [
    "Sign up for our daily newsletter", "Follow Jane Doe on Twitter", "Read more: Another headline", "ADVERTISEMENT",
    "© 2024 Example Media. All rights reserved.", "Photo: Jane Doe / Example", "Related articles", "3 min read", "12",
    "扫一扫下载APP", "下载样例APP，第一时间获取资讯", "相关阅读：另一篇文章", "分享到:", "标签: Sora 人工智能", "责任编辑：周样本",
    "版权声明：本文为作者原创，未经授权不得转载。", "报告服务热线400-000-0000", "（图片来源：样例图库）", "我要投稿", "（完）" * 0 + "——END",
    "本文来源样例榜，内容仅代表作者本人观点，不代表本网的立场。本站只提供参考并不构成任何投资及应用建议。",
]  # fmt: skip

TEXT = [
    ONE, TWO, ZH, "Read the room, he said.", "用户下载这款应用后，可以在手机上生成视频，首月下载量超过一百万次。", "Done.",
    "分享经验的创业者越来越多。", "关注到这一变化的投资人说，估值太高了。", "版权是这家公司最大的难题，诉讼还在继续。",
    "Follow-on funds put in the rest.", "相关人士称，交易将在下月完成。", "2月22日，公司开放公测。", "About Sample", "“No.”",
]  # fmt: skip


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", TEXT)
def test_text_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_head_tail_and_references_are_left_out() -> None:
    lines = [
        "A headline", "样例榜 • 2024-02-26 17:28:19", ZH, ZH, ZH, "参考资料：", "1、样例：《某公司被曝寻求出售》",
        "2、样例：《某公司裁员》", "分享：", "样例前沿", "专注于行业分析与未来趋势。",
    ]  # fmt: skip
    assert article_lines(lines, "A headline") == [ZH, ZH, ZH]


def test_real_pages(shared: Path) -> None:
    truth, captures = load_pages(shared)
    predicted = {key: read_page(capture).text for key, capture in captures.items()}
    summary, _ = load_scorer(shared).evaluate(truth, predicted)
    assert summary["f1"] >= LEAST_F1, summary
    assert summary["empty"] == 0, summary


@pytest.mark.check
def test_cost_against_trafilatura(shared: Path) -> None:
    trafilatura = pytest.importorskip("trafilatura")
    _, captures = load_pages(shared)
    theirs = cpu_seconds(
        lambda one: trafilatura.extract(one.body.decode("utf-8", "replace"), include_comments=False), captures
    )
    assert cpu_seconds(read_page, captures) <= MOST_COST * theirs
