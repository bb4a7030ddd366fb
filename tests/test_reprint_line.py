"""Credit lines say who wrote an article and who published it first; sentences that only sound like one do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages.reprint_line import Credits, is_credit_line, read_credits

LINES = [
    ("作者|余例文 来源|样例榜", ("余例文",), "样例榜"),
    ("作者｜余例文", ("余例文",), None),
    ("作者丨余例文", ("余例文",), None),
    ("文/余例文 周样本", ("余例文", "周样本"), None),
    ("作者 | 余例文 编辑 | 周样本", ("余例文",), None),
    ("作者｜余例文来源｜样例榜", ("余例文",), "样例榜"),
    ("来源｜样例榜（ID：sample_account）", (), "样例榜"),
    ("作者：样例晚报见习记者 余例文", ("余例文",), None),
    ("责任编辑：周样本_NN2587", (), None),
    ("来源：网络", (), None),
    ("来源： 发布时间：2018-05-17", (), None),
    ("来源：样例财经 2024-02-26 10:30", (), "样例财经"),
    ("20 样例榜 • 2024-02-26 17:28:19  来源:样例榜 E2887G0", (), "样例榜"),
    ("编者按：本文转载自微信公众号：样例榜(ID:sample_account)，作者：余例文", ("余例文",), "样例榜"),
    ("本文来自微信公众号“样例号”（ID：sample_id），作者：余例文，36氪经授权发布。", ("余例文",), "样例号"),
    ("本文转载自样例之心，作者：余例文", ("余例文",), "样例之心"),
    ("本文经授权转载自样例网，未经许可不得转载", (), "样例网"),
    ("本文来源样例榜，内容仅代表作者个人观点，本站只提供参考。", (), "样例榜"),
    ("（图片来源：样例图库）", (), None),
    ("题图｜样例 作者｜余例文", ("余例文",), None),
    ("This article originally appeared on Sample Wire.", (), "Sample Wire"),
    ("This story was originally published by Sample Desk and is reproduced here with permission.", (), "Sample Desk"),
    ("First published by Market Sample Today", (), "Market Sample Today"),
]

PROSE = [
    "作者认为，公司估值被高估。",
    "来源于公司内部的消息称，融资仍在进行。",
    "文章提到，Runway完成1.41亿美元融资。",
    "首发｜样例科技获样例资本种子轮融资",
    "公众号数据显示，产品上线首日有一万名用户。",
    "This story was first published on November 18, 2019 at 5 p.m.",
    "The app first appeared in May and was published by the studio.",
    "Runway published a paper.",
]


@pytest.mark.parametrize(("line", "authors", "publisher"), LINES)
def test_a_credit_line(line: str, authors: tuple[str, ...], publisher: str | None) -> None:
    assert read_credits([line], ["前瞻网"]) == Credits(authors, publisher)
    assert is_credit_line(line)


@pytest.mark.parametrize("line", PROSE)
def test_prose_credits_nobody(line: str) -> None:
    assert read_credits([line], []) == Credits()
    assert not is_credit_line(line)


def test_the_page_itself_and_its_parts_are_no_original() -> None:
    own = ["前瞻网", "澎湃新闻"]
    assert read_credits(["来源：前瞻网"], own) == Credits()
    assert read_credits(["来源：澎湃新闻·澎湃号·媒体", "来源|样例榜"], own) == Credits((), "样例榜")
    assert read_credits(["本文来源前瞻网，转载请注明来源。本文内容仅代表作者个人观点。"], own) == Credits()


def test_the_account_outweighs_the_header_and_is_no_author() -> None:
    lines = ["来源：样例平台", "本文转载自微信公众号：样例榜（ID：x），作者：余例文", "作者 样例榜"]
    assert read_credits(lines, []) == Credits(("余例文",), "样例榜")


@given(st.lists(st.text() | st.text(alphabet="作者来源文｜|：: 编辑公众号转载自，。甲乙")))
def test_never_raises(lines: list[str]) -> None:
    assert isinstance(read_credits(lines, ["甲"]), Credits)
