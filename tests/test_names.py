"""Names and relevance: weak names need a second sign, unknown companies an introduction, an article our field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fold import fold_text
from pipeline.learned.chinese_names import learned_names
from pipeline.matching.occurrences import occurrences
from pipeline.names.find_names import find_names
from pipeline.names.new_companies import discover
from pipeline.relevance import judge_relevance


def names(text, language="en", title=""):
    mentions = find_names(fold_text(title), fold_text(text), language)
    return [(each.name, each.known) for each in (*mentions.in_title, *mentions.in_text)]


@pytest.mark.parametrize(
    "text",
    [
        "The shop has eleven months of cash runway left after its Series B.",
        "The crew of Runway 27 waited for the fog to lift.",
        "A luma key removes what is too bright.",
        "Mr Wan invested in a bakery.",
        "Her daughter Sora won the race.",
    ],
)
def test_a_weak_name_alone_is_nobody(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Runway, the startup behind Gen-4, opened an office.", "Runway"),
        ("Captions, now called Mirage, hired forty people.", "Captions"),
        ("The AI video model of Luma is faster now.", "Luma AI"),
        ("Pika's co-founder spoke in Lisbon.", "Pika"),
    ],
)
def test_a_second_sign_makes_a_weak_name_sure(text, name):
    assert (name, True) in names(text)


@pytest.mark.parametrize(
    "text", ["套餐可灵活升级，即梦见自己在飞。", "一千万相当于全年收入。", "他从小热爱诗歌。", "餐厅上新了快手菜。"]
)
def test_a_chinese_name_inside_other_words_is_nobody(text):
    assert names(text, "zh") == []


def test_a_chinese_name_is_found_in_both_scripts():
    assert ("AISphere", True) in names("愛詩科技完成融資。", "zh")
    assert ("AISphere", True) in names("爱诗科技完成融资。", "zh")


def test_an_unknown_company_is_found_by_its_introduction():
    assert (
        names("AI video startup Framewick has raised $4 million. Framewick is in Leeds.") == [("Framewick", False)] * 2
    )
    assert ("镜岛科技", False) in names("AI视频公司镜岛科技宣布完成融资。", "zh")


def test_a_chinese_name_with_two_tails_is_one_company():
    """梦河影业 was one company, 梦河影业科技 another."""
    text = "AI视频公司梦河影业科技（以下简称“梦河”）发布公告。梦河将在年底关闭一款工具。"
    found = find_names("梦河影业科技关闭AI视频工具", text, "zh")
    assert {each.key for each in (*found.in_title, *found.in_text)} == {"~梦河影业科技"}
    assert [text[each.start : each.end] for each in found.in_text] == ["梦河影业科技", "梦河", "梦河"]


def test_an_unknown_chinese_company_is_found_by_what_a_text_tells_of_it():
    """No rule knows how 澜屿数影 ends; its short form is the same company."""
    text = "5月，澜屿数影营收3亿元。澜屿的创始人何知远持股30%。\n\n澜屿共有员工260人。"
    found = find_names("澜屿数影递表港交所，AI视频生成又添一家", text, "zh")
    assert {each.key for each in (*found.in_title, *found.in_text)} == {"~澜屿数影"}
    assert [text[each.start : each.end] for each in found.in_text] == ["澜屿数影", "澜屿", "澜屿"]


@pytest.mark.parametrize(
    "text",
    [
        "旗下AI短片平台MOCA今年上线，MOCA的用户有900万，MOCA收入3亿元。",
        "旗下产品“岚影”今年上线，岚影的用户有900万，岚影收入3亿元。岚影完成升级。",
        "创始人岚影说不卖。岚影的员工有30人，岚影否认裁员，岚影收入3亿元。",
        "CEO Ines Calder说不卖。Calder的员工有30人，Calder否认裁员。Calder上月完成A轮融资。",
    ],
)
def test_products_and_people_are_not_taken_for_chinese_companies(text):
    """Whatever is told of them: they stand once behind what they are."""
    assert learned_names(f"AI视频工具榜\n\n{text}", [], []) == {}


def test_a_name_we_know_as_an_ordinary_word_is_no_unknown_company():
    """Where the second sign of a weak name is missing, it is not taken for somebody new either."""
    text = "AI startup Promise has raised $4 million."
    assert [each.name for each in discover(text, [], "en")] == ["Promise"]
    assert list(discover(text, [], "en", refused={"Promise"})) == []


def test_companies_of_other_industries_are_not_looked_for():
    assert names("Payments startup Tillbridge has raised $120 million in a Series C.") == []


def relevance(title, text, language="en"):
    title, text = fold_text(title), fold_text(text)
    return judge_relevance(title, text, language, find_names(title, text, language))[0]


@pytest.mark.parametrize(
    ("title", "text", "language", "expected"),
    [
        ("Runway raises money", "The AI video startup closed a round.", "en", "core"),
        ("A market for AI video", "Spending on generative AI doubles each year.", "en", "core"),
        ("AI视频生成市场报告", "市场规模逐年增长。", "zh", "core"),
        ("ElevenLabs opens an office", "The company hires in Warsaw.", "en", "adjacent"),
        ("Carmaker to cut jobs", "The chief executive leaves.", "en", "none"),
        ("某茶饮品牌完成A轮融资", "公司将开更多门店。", "zh", "none"),
    ],
)
def test_relevance(title, text, language, expected):
    assert relevance(title, text, language) == expected


@given(st.text("ab C爱-", max_size=60), st.sets(st.text("ab C爱", min_size=1, max_size=4), min_size=1, max_size=8))
def test_few_words_and_many_are_found_alike(text, words):
    few = list(occurrences(text, words))
    unused = {f"unused{number}" for number in range(50)}
    assert list(occurrences(text, words | unused)) == few
