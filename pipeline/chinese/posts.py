"""Which post somebody leaves or takes, in a Chinese clause of coming or going."""

from __future__ import annotations

import re

from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.patterns import any_of, words
from pipeline.chinese.people import Person, people_in, role_pattern
from pipeline.chinese.subject_places import blanked

_OF_COMPANY = re.compile(r"\s*(?:为|任|担任|出任|成为|了)*\s*(?:公司|集团)?的?\s*")
_ALONE = re.compile(r"(?:已经?|将|于|在|近日|日前|突然|宣布|正式|也|均|\s)*")
_ONE_OF_THEM = re.compile(r"的?(?:另有?)?[一1](?:名|位)|某")
_BY = re.compile(r"(?:一职|职务|职位|之职|的?职责)?(?:将|则|现|暂)?由")


def role_of_change(
    page: Page, clause: Clause, who: list[Person], match: re.Match[str], direction: str, left: str | None
) -> str | None:
    """The role behind the verb, the one of him who went before, or the one before the name."""
    behind = role_behind(page, clause, match.end())
    own = written(page, clause, who[0].role) if who else None
    if direction == "appointment":
        if behind is not None:
            return behind
        handed = _handed_over(page, clause, who[0].start) if who else None
        if handed is not None:
            return handed
        if (
            match[0] in words("chinese_people", "takes_role")
            and len(clause.sentence.text[match.end() : clause.end].strip("。 ”")) > 1
        ):
            return None
        if any_of("chinese_people", "steps_in").fullmatch(match[0]):
            return left or own
        return None if match[0] in words("chinese_people", "only_with_role") else own
    if own is not None and not match[0].startswith(tuple(words("chinese_people", "names_post"))):
        return own
    return behind or own


def _handed_over(page: Page, clause: Clause, place: int) -> str | None:
    """The post of 「CTO一职由李明接任」."""
    text = clause.sentence.text
    for role in role_pattern().finditer(text, clause.head, place):
        if _BY.fullmatch(text, role.end(), place):
            return page.original(clause.sentence, *role.span())
    return None


_ADVISER = re.compile(
    r"(?:公司|集团|其)?的?(?:独立|外部|特别|高级|资深|技术|战略)*顾问"
    r"|[^，。；]{0,8}?(?:合资公司|子公司|协会|论坛|基金会|大赛|评委|评审|大学|学院|电影节|影展|委员会)(?!主任)"
)


def is_post(clause: Clause, place: int) -> bool:
    """Whether what stands behind a verb of arriving is a post: who becomes an adviser (顾问) has left his."""
    return _ADVISER.match(clause.sentence.text, place, clause.end) is None


def role_behind(page: Page, clause: Clause, place: int) -> str | None:
    """The role right behind a verb, that is nobody else's: 「出任首席执行官」."""
    text = clause.sentence.text
    match = role_pattern().search(text, place, min(clause.end, place + 24))
    if match is None:
        return None
    between = blanked(clause, place, match.start())
    if "的" in between and _OF_COMPANY.fullmatch(between) is None:
        return None
    if any(each.role == match.span() for each in people_in(clause) if each.start >= place):
        return None
    start = max([match.start(), *(each.end for each in clause.mentions if match.start() < each.end < match.end())])
    return page.original(clause.sentence, start, match.end()).strip()


def role_alone(clause: Clause, place: int) -> str | None:
    """The role of somebody without a name right before a verb: 「Runway首席产品官已于上周离职」."""
    text = clause.sentence.text
    roles = [each for each in role_pattern().finditer(text, clause.head, place) if place - each.end() <= 10]
    if not roles or _ALONE.fullmatch(blanked(clause, roles[-1].end(), place)) is None:
        return None
    start = max([roles[-1].start(), *(each.end for each in clause.mentions if each.end < roles[-1].end())])
    beside = any(
        _ONE_OF_THEM.sub("", text[each.end : start]).strip() in ("", "的")
        for each in clause.mentions
        if each.end <= start
    )
    before = _ONE_OF_THEM.sub("", blanked(clause, clause.head, start)).strip(" 的其该公司它")
    about = clause.named or (clause.subject is not None and not clause.is_foreign and start == clause.head)
    if not beside and not (about and not before):
        return None
    return text[start : roles[-1].end()]


def written(page: Page, clause: Clause, span: tuple[int, int] | None) -> str | None:
    """A span of a clause as the article writes it."""
    return page.original(clause.sentence, *span).strip() if span else None
