"""A product's name that a text has only as the end of somebody's name: 星野 in 卞星野."""

from __future__ import annotations

from dataclasses import replace

from pipeline.lexicon_files import lexicon
from pipeline.names.find_names import Names
from pipeline.values.found import NameMention

_LENGTH = 2
"""Characters of a given name."""


def without_people(names: Names, title: str, text: str) -> Names:
    """The names of a text but those it only has behind the same family name."""
    short = {
        text_of(each, told)
        for found, told in ((names.in_title, title), (names.in_text, text))
        for each in found
        if each.kind == "product" and each.end - each.start == _LENGTH
    }
    people = {name for name in short if _is_given_name(name, f"{title}\n{text}")}
    if not people:
        return names
    return replace(
        names,
        in_title=[each for each in names.in_title if text_of(each, title) not in people],
        in_text=[each for each in names.in_text if text_of(each, text) not in people],
    )


def text_of(mention: NameMention, told: str) -> str:
    """A mention as it is written."""
    return told[mention.start : mention.end]


def _is_given_name(name: str, whole: str) -> bool:
    family = lexicon("pipeline.lexicon", "chinese_people")["surnames"]
    before = set()
    place = whole.find(name)
    while place >= 0:
        before.add(whole[max(0, place - 1) : place])
        place = whole.find(name, place + 1)
    return len(before) == 1 and before.pop() in set(family)
