"""Who of the people in a Chinese clause comes or goes, and who only stands beside it."""

from __future__ import annotations

import re

from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.patterns import any_of
from pipeline.chinese.people import AND, Person, role_pattern

_WHO = re.compile(r"的(?:是|为)?|(?:者|人选?)(?:为|是|则?为)?")
_SUCCESSOR = re.compile(r"者|人选?(?:为|是)")
"""「接任者为周靖人」: who takes over stands behind."""
_FORMER = re.compile(r"(?:前|原)[^，。；]{0,18}\Z")
_REACH = 40


def who_moves(clause: Clause, people: list[Person], start: int, end: int) -> list[Person]:
    """Those before the verb, joined by 与 and 、; for 「3月辞职的创始人X」 the one behind it."""
    text = clause.sentence.text
    before = [each for each in people if each.end <= start and start - each.end <= _REACH]
    if before and not _SUCCESSOR.match(text, end):
        found = [before[-1]]
        for each in reversed(before[:-1]):
            link = text[
                each.end : found[0].role[0] if found[0].role and found[0].role[0] > each.end else found[0].start
            ]
            if AND.fullmatch(link):
                found.insert(0, each)
        return found
    behind = _WHO.match(text, end)
    if behind is None:
        return []
    return [each for each in people if end <= (each.role[0] if each.role else each.start) <= behind.end() + 3][:1]


def joined_with(clause: Clause, people: list[Person], place: int) -> list[Person]:
    """The people from one on that 和 and 、 join: 「任命A和首席技术官B为…」."""
    found = [people[place]]
    for each in people[place + 1 :]:
        begin = each.role[0] if each.role and each.role[0] > found[-1].end else each.start
        if not AND.fullmatch(clause.sentence.text, found[-1].end, begin):
            break
        found.append(each)
    return found


def has_known_role(page: Page, clause: Clause, person: Person) -> bool:
    """Whether the article gives this person a role somewhere."""
    name = clause.sentence.text[person.start : person.end]
    roles = role_pattern().pattern
    return any(
        name in each.text and re.search(rf"(?:{roles})\s?{re.escape(name)}", each.text) is not None
        for each in page.sentences
    )


def was_elsewhere(clause: Clause, start: int, person: Person) -> bool:
    """Whether the role before a name is the one he had: 「聘请前Snap副总裁Lisa Wong」."""
    begin = person.role[0] if person.role else person.start
    named = any(start <= each.start < begin for each in clause.mentions)
    return named or _FORMER.search(clause.sentence.text, start, begin) is not None


def is_he(clause: Clause) -> bool:
    """Whether a clause begins with 他, 她 or 这位…."""
    return any_of("chinese_people", "he").match(clause.sentence.text, clause.head) is not None
