"""Who is appointed or dismissed in a Chinese clause, named behind the verb: 「任命X为首席产品官」, 「挖走了X」."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, FieldValue
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.movers import joined_with, was_elsewhere
from pipeline.chinese.patterns import any_of
from pipeline.chinese.people import Person
from pipeline.chinese.post_changes import Last, change_of, changes_of, status_at, takes_effect
from pipeline.chinese.posts import role_behind, written
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import when

_LURES = re.compile("挖[来走到]")
_TITLE = re.compile(r"(?:头衔|职务|职位|职衔)(?:是|为)")
_NAMELESS = re.compile(r"了?[^，。；]{0,16}?(?:高管|高层|资深人士|老将)(?:出任|担任|为|任)")
"""「任命前亚马逊高管为首席营收官」"""
_BEHIND_VERB = 14


def appointed_or_dismissed(
    page: Page, clause: Clause, people: list[Person], used: set[int], last: Last
) -> Iterator[Claim]:
    """Who is appointed or dismissed, named behind the verb; `used` learns of whom."""
    for kind, direction in (("appoints", "appointment"), ("dismisses", "departure")):
        for match in any_of("chinese_events", "leadership", kind).finditer(
            clause.sentence.text, clause.start, clause.end
        ):
            person = next((each for each in people if 0 <= each.start - match.end() <= _BEHIND_VERB), None)
            if person is None:
                nameless = _NAMELESS.match(clause.sentence.text, match.end(), clause.end)
                post = role_behind(page, clause, nameless.end()) if nameless and direction == "appointment" else None
                if post is not None:
                    yield from change_of(page, clause, None, direction, post, match.start(), last)
                continue
            named = joined_with(clause, people, people.index(person))
            if direction == "appointment" and person.role is not None:
                yield from _taken_from(page, clause, person, match)
            role = role_behind(page, clause, named[-1].end) or _title_behind(page, clause)
            if role is None and person.role is not None and not was_elsewhere(clause, match.end(), person):
                role = written(page, clause, person.role)
            if role is not None or person.role is not None:
                used.update(each.start for each in named)
                yield from changes_of(page, clause, named, direction, role, match.start(), last)


def _taken_from(page: Page, clause: Clause, person: Person, match: re.Match[str]) -> Iterator[Claim]:
    """「ElevenLabs挖走了D-ID的产品副总裁X」: whom one company lures away leaves the other."""
    home = next((each for each in clause.mentions if match.end() <= each.start < person.start), None)
    company = company_of(home, page) if home is not None else None
    if _LURES.fullmatch(match[0]) is None or home is None or company is None:
        return
    if person.role is None or clause.sentence.text[home.end : person.role[0]].strip() not in ("", "的"):
        return
    fields: dict[str, FieldValue] = {
        "person": page.original(clause.sentence, person.start, person.end),
        "role": written(page, clause, person.role),
        "direction": "departure",
    }
    on = takes_effect(clause) or when(page, clause, match.start())
    yield tell(
        page, clause, "leadership_change", company, status=status_at(clause, match.start()), on=on, fields=fields
    )


def _title_behind(page: Page, clause: Clause) -> str | None:
    """「…请来了Priscilla Okafor，头衔是仿真业务总经理」"""
    behind = clause.following
    title = _TITLE.match(behind.text.strip()) if behind is not None else None
    return role_behind(page, behind, behind.start + title.end()) if behind is not None and title is not None else None
