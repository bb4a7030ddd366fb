"""Who leaves and who arrives, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from db.model import Claim, FieldValue
from pipeline.chinese.appointed import appointed_or_dismissed
from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.chinese.introduced_people import head_in, successor_in
from pipeline.chinese.moves import Move, moves_on
from pipeline.chinese.patterns import alternation, any_of
from pipeline.chinese.people import people_in
from pipeline.chinese.post_changes import Last, change_of
from pipeline.chinese.posts import written
from pipeline.chinese.posts_filled import filled_in, may_fill, role_written
from pipeline.chinese.subject_places import company_at
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import standing_at, when
from pipeline.matching.gated_pattern import GatedPattern

_ADVISES = re.compile(r"(?:财务|法律|独家|融资)顾问|承销|保荐")
_WANTED = re.compile(r"(?:要求|施压|呼吁|敦促|逼迫|威胁)[^，。；]{0,30}(?:辞职|下台|离职|卸任|离开)")
_TAKES_ALONG = re.compile(r"(?:带着|率领?|携|带领|连同|和|与)[^，。；]{0,3}\Z")
_SENTENCES_BEFORE = 12


def read(page: Page) -> Iterator[Claim]:
    """Departures and appointments, one claim a person."""
    last = Last()
    for sentence in page.sentences:
        if sentence.is_question or (_moves().search(sentence.text) is None and not may_fill(sentence.text)):
            continue
        if "他" in sentence.text or "她" in sentence.text:
            _remember(page, sentence, last)
        for clause in sentence.clauses:
            several = any_of("chinese_events", "leadership", "several").search(sentence.text, clause.start, clause.end)
            company = company_at(clause, several.start()) if several else None
            if several is not None and _TAKES_ALONG.search(sentence.text, clause.start, several.start()):
                several = None
            if several is not None and company is not None:
                on = when(page, clause, several.start())
                status = standing_at(clause, several.start(), several.end()) if "传" not in clause.text else None
                yield tell(
                    page, clause, "leadership_change", company, status=status, on=on, fields={"direction": "departure"}
                )
                continue
            if not _ADVISES.search(clause.text) and not _WANTED.search(clause.text):
                yield from _changes(page, clause, last)
            _note(page, clause, last)


@cache
def _moves() -> GatedPattern:
    """Any word of coming, going, or a new post."""
    kinds = ("leaves", "joins", "appoints", "dismisses", "several")
    return GatedPattern("|".join(alternation("chinese_events", "leadership", kind) for kind in kinds))


def _remember(page: Page, sentence: Sentence, last: Last) -> None:
    """Whom the sentences before spoke of last: 他 may be he."""
    for earlier in page.sentences[max(0, sentence.number - _SENTENCES_BEFORE) : sentence.number]:
        for clause in earlier.clauses:
            _note(page, clause, last)


def _note(page: Page, clause: Clause, last: Last) -> None:
    people = people_in(clause)
    if people:
        last.sentence = clause.sentence
        last.person = page.original(clause.sentence, people[-1].start, people[-1].end)
        last.own = written(page, clause, people[-1].role)


def _changes(page: Page, clause: Clause, last: Last) -> Iterator[Claim]:
    people = people_in(clause)
    used: set[int] = set()
    successor = successor_in(clause)
    if successor is not None:
        name = written(page, clause, successor.span("name"))
        yield from change_of(page, clause, name, "appointment", last.left, successor.start(), last)
        return
    head = head_in(clause)
    if head is not None and all(head.end("role") <= each.start for each in clause.mentions if each.end > head.start()):
        last.person = written(page, clause, head.span("name"))
        told: dict[str, FieldValue] = {"person": last.person, "role": written(page, clause, head.span("role"))}
        on, company = when(page, clause, clause.end, news=False), clause.subject or clause.topic
        if company is not None:
            fields = {**told, "direction": "appointment"}
            yield tell(page, clause, "leadership_change", company, status=None, on=on, fields=fields)
        return
    filled = filled_in(page, clause)
    if filled is not None:
        name = written(page, clause, filled.name)
        role = role_written(page, clause, filled, last.left)
        yield from change_of(page, clause, name, "appointment", role, filled.start, last)
        used.update(each.start for each in people if each.end > filled.start)
    yield from appointed_or_dismissed(page, clause, people, used, last)
    for kind, direction in (("leaves", "departure"), ("joins", "appointment")):
        for match in any_of("chinese_events", "leadership", kind).finditer(
            clause.sentence.text, clause.start, clause.end
        ):
            if any(each.start in used for each in people if each.end <= match.start()):
                continue
            yield from moves_on(Move(page, clause, people, match, direction), used, last)
