"""Which texts are copies: cut, edited and reprinted ones are, other reports of the same event are not."""

from __future__ import annotations

import json
import random
import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.nouns.facts import Judgement
from pipeline.near_copies import are_copies, bands, sketch, stories

WORDS = re.findall(
    r"\w+",
    "film studio editor model prompt frame camera motion render scene actor script budget investor founder round "
    "series price launch market licence training footage voice avatar clip minute summer contract partner office",
)
HAN = "电影视频模型公司融资投资人创始团队发布产品市场镜头导演剧本演员画面声音训练数据版权合作用户增长估值轮次月份"


def english(seed, words=400):
    chance = random.Random(seed)
    return ". ".join(" ".join(chance.choices(WORDS, k=12)).capitalize() for _ in range(words // 12)) + "."


def chinese(seed, characters=700):
    chance = random.Random(seed)
    return "。".join("".join(chance.choices(HAN, k=20)) for _ in range(characters // 20)) + "。"


def edited(text, share, seed=1):
    """The text with this share of its words or characters replaced."""
    chance, spaced = random.Random(seed), " " in text
    parts = text.split(" ") if spaced else list(text)
    changed = ["Updated" if chance.random() < share else part for part in parts]
    return (" " if spaced else "").join(changed)


def copies(one, other):
    left, right = sketch(one), sketch(other)
    assert left is not None
    assert right is not None
    return bool(set(bands(left)) & set(bands(right))) and are_copies(left, right)


@pytest.mark.parametrize("text", [english(1), chinese(1)])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.upper(),
        lambda text: re.sub(r"[.。]", "!  ", text),
        lambda text: "Editor's note: this piece first ran elsewhere. 编者按：本文为转载。\n\n" + text,
        lambda text: text[: len(text) * 7 // 10],
        lambda text: text[len(text) // 4 :],
        lambda text: edited(text, 0.03),
        lambda text: text + "\n\nMore from us: " + english(99, 60) + chinese(99, 60),
    ],
)
def test_a_reprint_is_a_copy(text, change):
    assert copies(text, change(text))


def test_scripts_do_not_matter():
    assert copies(chinese(1), chinese(1).replace("电", "電").replace("频", "頻").replace("资", "資"))


@pytest.mark.parametrize("make", [english, chinese])
def test_other_texts_of_the_same_words_are_none(make):
    sketches = [sketch(make(seed)) for seed in range(40)]
    assert [pair for pair in combinations(range(40), 2) if are_copies(*(sketches[each] for each in pair))] == []


@pytest.mark.parametrize("name", ["dev_en", "dev_zh"])
def test_no_two_articles_of_the_labelled_sets_are_copies(shared, name):
    """Among them are several reports of one event, in both languages."""
    lines = (shared / "eval" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line) for line in lines]
    sketches = {text["id"]: each for text in texts if (each := sketch(text["text"])) is not None}
    assert len(sketches) > 20
    assert [pair for pair in combinations(sketches, 2) if are_copies(*(sketches[each] for each in pair))] == []


@pytest.mark.parametrize("text", ["", "Runway raised $141 million.", "可灵完成新一轮融资。", "a " * 5000, "\ud800"])
def test_a_short_text_is_nobodys_copy(text):
    assert sketch(text) is None


def test_a_sketch_stays_what_it_is():
    """Sketches are stored: a library that counts otherwise one day must be noticed."""
    hashes = sketch(english(1))
    assert hashes is not None
    assert (hashes[:3], len(hashes), bands(hashes)[:2]) == PINNED


PINNED = ((434079131, 824166370, 397229311), 96, (-7417446689990597010, 8429144763687593575))

TEXTS = {
    "a1": english(1), "a2": edited(english(1), 0.02), "a3": edited(english(1), 0.04, 2),
    "b1": english(2), "b2": english(2), "c1": chinese(3),
}  # fmt: skip
SKETCHES = {key: [each for each in [sketch(text)] if each] for key, text in TEXTS.items()}


def test_copies_are_one_story():
    assert stories(SKETCHES) == [["a1", "a2", "a3"], ["b1", "b2"], ["c1"]]


def test_a_person_cuts_and_joins():
    assert stories(SKETCHES, [Judgement("different", "b2", "b1")])[1:] == [["b1"], ["b2"], ["c1"]]
    assert stories(SKETCHES, [Judgement("same", "c1", "b1")]) == [["a1", "a2", "a3"], ["b1", "b2", "c1"]]
    apart = stories(SKETCHES, [Judgement("different", "a1", "a3")])
    assert [group for group in apart if "a1" in group and "a3" in group] == []
    assert {key for group in apart for key in group} == set(SKETCHES)


def test_every_version_of_an_article_counts():
    both = {"a1": [*SKETCHES["a1"], *SKETCHES["b1"]], "a2": SKETCHES["a2"], "b2": SKETCHES["b2"]}
    assert stories(both) == [["a1", "a2", "b2"]]


@settings(max_examples=100, deadline=None)
@given(st.permutations(sorted(SKETCHES)), st.data())
def test_the_order_of_articles_is_no_matter(order, data):
    keys = st.sampled_from(sorted(SKETCHES))
    judged = data.draw(st.lists(st.builds(Judgement, st.sampled_from(["same", "different"]), keys, keys), max_size=4))
    turned = data.draw(st.permutations(judged))
    judged = [each for each in judged if each.claim != each.other]
    turned = [each for each in turned if each.claim != each.other]
    assert stories({key: SKETCHES[key] for key in order}, turned) == stories(SKETCHES, judged)
