"""Patterns that are tried only where their words stand find exactly what they would find without that."""

from __future__ import annotations

import pkgutil
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from dailies.sample_web.catalogue import load_articles
from pipeline.english import unknown_names
from pipeline.matching import gated_pattern
from pipeline.matching.first_letters import last_letters, quick
from pipeline.matching.gated_pattern import GatedAlternatives, GatedPattern, GatedTable, necessary_words
from pipeline.matching.led_pattern import LedPattern, leading_words
from pipeline.matching.pattern_tree import (
    KNOWN_VERSIONS,
    Ahead,
    Anything,
    Letter,
    NoLetter,
    OneOf,
    Repeat,
    Row,
    UnknownPython,
    Ways,
    require_known,
    row_of,
)


def test_a_pattern_is_told_in_our_own_terms():
    assert row_of(r"\ba[bc](d|e\d?)(?=[f-h\s])(?i:x)[^y].") == Row(
        (
            NoLetter(),
            Letter("a"),
            OneOf(("b", "c"), ("b", "c")),
            Row((Ways((Row((Letter("d"),)), Row((Letter("e"), Repeat(0, 1, Row((OneOf((r"\d",), ()),))))))),)),
            Ahead(Row((OneOf(("f-h", r"\s"), ()),))),
            *(Anything(), Anything(), Anything()),
        )
    )
    assert row_of("(?i)a") == Row((Anything(),))


def test_a_python_whose_parser_we_do_not_know_is_refused_by_name():
    with pytest.raises(UnknownPython, match=r"Python 3\.99: .* known for Python 3\.11\. .* pyproject\.toml"):
        require_known((3, 99))


def test_only_pythons_whose_parser_we_know_may_install_us():
    project = tomllib.loads(Path(pipeline.__path__[0], "..", "pyproject.toml").read_text("utf-8"))["project"]
    minors = [int(version.removeprefix("3.")) for version in KNOWN_VERSIONS]
    assert project["requires-python"] == f">=3.{min(minors)},<3.{max(minors) + 1}"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?:closes|closing|lands)\b", {"closes", "closing", "lands"}),
        (r"[Tt]he company", {"The company", "the company"}),
        (r"(?:will |to )?(?:buy|take)s? (?!back)it", {"buy it", "buys it", "take it", "takes it"}),
        (r"artificial intelligence", {"artificial i"}),  # the beginning of a long word tells as much
        (r"\d+ (?:people|staff)(?: left)?", {" people", " staff"}),
        (r"(?:[a-k]|no) deal", {" deal"}),  # beside too many spellings a word stands alone
        (r"in|at|with", set()),  # what is so short stands everywhere
        (r"融资|完成了?\d", {"融资", "完成"}),
        (r"(?:abc)?defg{0,3}", {"def"}),
        (r"[。，](?=中国)", {"中国"}),
        (r"(?<=中国)\d", set()),  # may stand before where a search begins
        (r"(?:abc)?\d", set()),
        (r"abc|\d", set()),
        (r"(?i:abc)", set()),
        (r"(?:abc){0,2}|def", set()),
    ],
)
def test_words_every_match_contains(pattern, words):
    assert next(iter(necessary_words(pattern)), set()) == words


def test_every_match_contains_a_word_of_each_set():
    deal = r"(?:deal|pact) (?:\w+ )?(with|to) (?=Runway)"
    assert necessary_words(deal) == [{"Runway"}, {"deal ", "pact "}, {"with ", "to "}]
    assert necessary_words(f"{deal}|treaty") == [{"Runway", "treaty"}]  # of each branch one set counts


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?:startup|lab),? (?P<name>[A-Z]\w+)", {"startup", "lab"}),
        (r"(?<!no )(?:\n ?|[.:] )A", {"\n", ". ", ": "}),
        (r"\b[Tt]urns? into", {"Turn", "turn"}),
        (r"of x?y", {"of "}),
        (r"(?:old |new )?(?:rival|firm)", {"old ", "new ", "rival", "firm"}),
        (r"(?:ab)+c", {"ab"}),
    ],
)
def test_words_a_match_begins_with(pattern, words):
    assert leading_words(pattern) == words


@pytest.mark.parametrize("pattern", [r"\w+ raised", r"(?:a|\d)b", r"x?\d", r"(?:ab)*"])
def test_a_pattern_led_by_no_word_is_refused(pattern):
    with pytest.raises(ValueError, match="may begin with anything"):
        LedPattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"\b(?:[Tt]urns|becomes) \w", "Ttb"),
        (r"(?<![\w-])(?:(?:第|約)?\d{1,3}|[一-三])轮", r"第約\d一-三"),
        (r"(?:(?<=a)|b?)(?:-|\s)?c", r"b\-\sc"),
        (r"ab|cd", None),  # re goes from a to c by itself
        (r"\b\w+", None),
        (r"(?:^|b)[^c]", None),
        (r"\b(?:a|(?i:b))", None),
        (r"(?i)\b(?:a|b)", None),
        (r"\b(?:a|b)?", None),
    ],
)
def test_letters_a_match_begins_with_are_asked_first(pattern, letters):
    assert quick(pattern).pattern == (pattern if letters is None else f"(?=[{letters}])(?:{pattern})")


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [(r"(?:融资|[轮元])了?[“「]?", "资轮元了“「"), (r"第\d+(?=轮)", r"\d"), (r"(?:\A|。)", None), (r"a\w", None)],
)
def test_letters_a_match_ends_with(pattern, letters):
    found = last_letters(pattern)
    assert found == letters if letters is None else set(found) == set(letters)


@given(st.lists(st.sampled_from(["ab", "b", " cd", "cde", "x", "-", "1"])).map("".join))
def test_what_asks_first_finds_what_re_finds(text):
    for pattern in (r"\b(?:ab|c(?=d))+", r"(?<![\w-])(?P<x>x?)(?:[b-d]|\d)", r"(?:(?<=b)|-?)(?:cd|$)", r"(?:-|\b1)x?"):
        assert _spans(quick(pattern).finditer(text)) == _spans(re.compile(pattern).finditer(text))


@given(st.lists(st.sampled_from(["ab", "b", " cd", "cde", "x", "\n", "."])).map("".join), st.integers(0, 6))
def test_both_find_what_re_finds(text, start):
    gated = GatedPattern(r"(?<=x)(?:ab|cd)+|\bcde\b")
    led = LedPattern(r"(?<!x)(?:ab|cd)\b")
    end = max(start, len(text) - 1)
    assert _spans(gated.finditer(text, start, end)) == _spans(gated.pattern.finditer(text, start, end))
    assert _spans(filter(None, [gated.search(text)])) == _spans(filter(None, [gated.pattern.search(text)]))
    assert _spans(led.finditer(text)) == _spans(led.pattern.finditer(text))


@given(st.lists(st.sampled_from(["ab", "b", " cd", "cde", "x", "1"])).map("".join))
def test_alternatives_find_what_one_pattern_finds(text):
    patterns = [r"b c", r"ab", r"\bcde", r"cd|x", r"\d"]
    one = re.compile("|".join(patterns))
    assert _spans(GatedAlternatives(patterns).finditer(text)) == _spans(one.finditer(text))


def test_of_a_table_only_what_may_match_is_possible(monkeypatch):
    monkeypatch.setattr(gated_pattern._words, "patience", 0)
    table = GatedTable([(GatedPattern("bought|sold"), "deal"), (GatedPattern("merged|sold"), "end")])
    assert [meaning for _, meaning in table.possible("it sold and merged")] == ["deal", "end"]
    assert [meaning for _, meaning in table.possible("it merged")] == ["end"]
    assert not table.possible("it grew")


def test_words_too_new_for_the_automaton_may_stand_anywhere(monkeypatch):
    monkeypatch.setattr(gated_pattern._words, "patience", sys.maxsize)
    gated_pattern._words.find("a text")
    assert GatedTable([(GatedPattern("any one"), "old")]).possible("a text")
    monkeypatch.setattr(gated_pattern._words, "patience", 0)
    assert not GatedTable([(GatedPattern("any other"), "new")]).possible("a text")


def test_a_pattern_without_words_of_its_own_is_always_possible(monkeypatch):
    monkeypatch.setattr(gated_pattern._words, "patience", 0)
    table = GatedTable([(GatedPattern("bought"), "deal"), (GatedPattern(r"\d"), "count")])
    assert [meaning for _, meaning in table.possible("it grew")] == ["count"]


def test_on_the_sample_articles_every_rule_finds_what_it_would_find_alone():
    texts = [text for article in load_articles() for text in (article.title, *article.text.split("\n"))]
    led = [pattern for pattern, _ in unknown_names._patterns() if isinstance(pattern, LedPattern)]
    for pattern in [*_gated_patterns(), *led]:
        for text in texts:
            assert _spans(pattern.finditer(text)) == _spans(pattern.pattern.finditer(text))


def _gated_patterns() -> Iterator[GatedPattern]:
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        yield from (each for each in vars(import_module(module.name)).values() if isinstance(each, GatedPattern))


def _spans(matches) -> list[tuple[int, int]]:
    return [match.span() for match in matches]
