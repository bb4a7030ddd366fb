"""A change of post as a claim, in Chinese: who, which way, from which day, and whether it is settled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from db.model import Claim, FieldValue, Status
from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.chinese.patterns import any_of
from pipeline.chinese.people import Person, people_in
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import when
from pipeline.chinese.whose_post import company_of_post

_EFFECT = re.compile(r"(?:到岗|到任|上任|生效|离任|履新|就任|起效|到职|入职|交接)")
_JUST_NAMED = re.compile("^(?:新任|现任)")
_CERTAIN = re.compile(r"将|宣布|即将|(?:申请|递交|提交|提出)(?=[^，。；]{0,3}(?:离|辞|退))")


@dataclass(slots=True)
class Last:
    """The person, the role and the company of the change told last."""

    person: str | None = None
    role: str | None = None
    left: str | None = None
    own: str | None = None
    """The role written before the person."""
    sentence: Sentence | None = None


def changes_of(
    page: Page, clause: Clause, who: list[Person], direction: str, role: str | None, place: int, last: Last
) -> Iterator[Claim]:
    """The claims of several who change posts alike, told at a place."""
    for person in who:
        name = page.original(clause.sentence, person.start, person.end)
        yield from change_of(page, clause, name, direction, role, place, last)


def change_of(
    page: Page, clause: Clause, name: str | None, direction: str, role: str | None, place: int, last: Last
) -> Iterator[Claim]:
    """The claim of one, or of somebody unnamed; `last` learns of it."""
    company = company_of_post(page, clause, direction)
    if company is None:
        return
    role = _JUST_NAMED.sub("", role) if role else None
    last.person = name or last.person
    if direction == "departure":
        last.left = role
    fields: dict[str, FieldValue] = {"person": name, "role": role, "direction": direction}
    on = takes_effect(clause) or _own_day(clause, place) or when(page, clause, place)
    yield tell(page, clause, "leadership_change", company, status=status_at(clause, place), on=on, fields=fields)


def takes_effect(clause: Clause) -> PartialDate | None:
    """The day a change takes effect, told behind it: 「…为首席产品官，11月3日到岗」."""
    behind = clause.following
    if behind is None or people_in(behind) or _EFFECT.search(behind.text) is None:
        return None
    own = [each.date for each in behind.dates if each.date is not None]
    return own[0] if len(own) == 1 else None


def _own_day(clause: Clause, place: int) -> PartialDate | None:
    """The date right before a verb, though 以来 behind makes it a beginning: 「自X 2024年6月出任CEO以来」."""
    return next((each.date for each in clause.dates if each.date is not None and 0 <= place - each.end <= 1), None)


def status_at(clause: Clause, place: int) -> Status | None:
    """What is announced for a day to come is settled."""
    if clause.standing != "rumored":
        return clause.standing
    before = _CERTAIN.sub("", clause.sentence.text[clause.start : place + 4])
    return "rumored" if any_of("chinese_standing", "rumored", "before").search(before) else None
