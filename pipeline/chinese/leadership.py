"""Who leaves and who arrives, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from db.model import Claim, FieldValue, Status
from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.chinese.patterns import alternation, any_of
from pipeline.chinese.people import Person, people_in, role_pattern
from pipeline.chinese.subjects import blanked, company_at, company_of
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import standing_at, when
from pipeline.document import CompanyName

_ELSEWHERE = re.compile(
    r"(?:(?:前|原|曾在|曾任|来自|出自)|(?:加入|加盟|转投|前往|跳槽到?|入职|投奔|去往|创办|创立)[^，。；]{0,6})\Z"
)
_ADVISES = re.compile(r"(?:财务|法律|独家|融资)顾问|承销|保荐")
_WANTED = re.compile(r"(?:要求|施压|呼吁|敦促|逼迫|威胁)[^，。；]{0,30}(?:辞职|下台|离职|卸任|离开)")
_AT_HOME = re.compile(r"(?:前|原)?(?:联合|共同)?(?:创始人|创办人|CEO|CTO|总裁|高管)")
"""Behind a company: whose founder somebody is who is appointed elsewhere."""
_OF_COMPANY = re.compile(r"\s*(?:为|任|担任|出任|成为|了)*\s*(?:公司|集团)?的?\s*")
_ALONE = re.compile(r"(?:已经?|将|于|在|近日|日前|突然|宣布|正式|也|均|\s)*")
_WHO = re.compile(r"的(?:是)?")
_ONE_OF_THEM = re.compile(r"(?:另有?)?(?:的)?[一1](?:名|位)|某")
_JOINS = re.compile(r"(?:加入|加盟|入职|转投|跳槽[到至]?|就职于|前往)了?(?=[^，。；]{2})")
"""「9月加入B站担任技术负责人」: not with whom one talked about, unless the company is named."""
_NEAR_VERB = 6
_CHANGES_POST = re.compile(r"转任|改任|调任|转岗任")
"""Who takes another post gives up the one he had: 「原CEO唐家渝转任董事长」."""
_REACH = 40
_SENTENCES_BEFORE = 12
_ONLY_WITH_ROLE = frozenset({"加入", "加盟", "入职", "回归", "离开", "出走", "接手", "代理", "退出", "转投", "跳槽"})
_JUST_NAMED = re.compile("^(?:新任|现任)")
_CERTAIN = re.compile(r"将|宣布|即将")


@dataclass(slots=True)
class Last:
    """The person, the role and the company of the change told last."""

    person: str | None = None
    role: str | None = None
    left: str | None = None
    sentence: Sentence | None = None


def read(page: Page) -> Iterator[Claim]:
    """Departures and appointments, one claim a person."""
    last = Last()
    for sentence in page.sentences:
        if sentence.is_question or _moves().search(sentence.text) is None:
            continue
        if "他" in sentence.text or "她" in sentence.text:
            _remember(page, sentence, last)
        for clause in sentence.clauses:
            several = any_of("chinese_events", "leadership", "several").search(sentence.text, clause.start, clause.end)
            company = company_at(clause, several.start()) if several else None
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
def _moves() -> re.Pattern[str]:
    """Any word of coming, going, or a new post."""
    kinds = ("leaves", "joins", "appoints", "dismisses", "several")
    return re.compile("|".join(alternation("chinese_events", "leadership", kind) for kind in kinds))


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


def _changes(page: Page, clause: Clause, last: Last) -> Iterator[Claim]:
    people = people_in(clause)
    text = clause.sentence.text
    used: set[int] = set()
    for kind, direction in (("appoints", "appointment"), ("dismisses", "departure")):
        for match in any_of("chinese_events", "leadership", kind).finditer(text, clause.start, clause.end):
            person = next((each for each in people if 0 <= each.start - match.end() <= 14), None)
            if person is None:
                continue
            named = _joined(clause, people, people.index(person))
            role = _role_behind(page, clause, named[-1].end) or _written(page, clause, person.role)
            if role is not None:
                used.update(each.start for each in named)
                yield from _claim(page, clause, named, direction, role, match.start(), last)
    for kind, direction in (("leaves", "departure"), ("joins", "appointment")):
        for match in any_of("chinese_events", "leadership", kind).finditer(text, clause.start, clause.end):
            if text.startswith("的是", match.end()) and direction == "appointment":
                continue
            if any(start in used for start in (each.start for each in people if each.end <= match.start())):
                continue
            if direction == "appointment" and _goes_to_strangers(clause, match.start()):
                continue
            who = _who(clause, people, match.start(), match.end())
            role = _role(page, clause, who, match, direction, last) or (
                _role_alone(clause, match.start()) if not who and direction == "departure" else None
            )
            if role is None and not (who and direction == "departure" and _known_role(page, clause, who[0])):
                continue
            if who:
                left = _written(page, clause, who[0].role) if _CHANGES_POST.match(match[0]) else None
                if left is not None and left.removeprefix("原") != role:
                    yield from _claim(page, clause, who, "departure", left.removeprefix("原"), match.start(), last)
                yield from _claim(page, clause, who, direction, role, match.start(), last)
                used.update(each.start for each in who)
            elif direction == "departure" and not people and _role_alone(clause, match.start()):
                yield from _told(page, clause, None, direction, role, match.start(), last)
            elif (
                direction == "appointment" and last.sentence is clause.sentence and match.start() - clause.head <= 3
            ) or (last.person is not None and any_of("chinese_people", "he").match(text, clause.head)):
                yield from _told(page, clause, last.person, direction, role, match.start(), last)


def _goes_to_strangers(clause: Clause, place: int) -> bool:
    to = _JOINS.search(clause.sentence.text, clause.start, place)
    return to is not None and not any(to.start() < each.start < place for each in clause.mentions)


def _who(clause: Clause, people: list[Person], start: int, end: int) -> list[Person]:
    """Those before the verb, joined by 与 and 、; for 「3月辞职的创始人X」 the one behind it."""
    text = clause.sentence.text
    before = [each for each in people if each.end <= start and start - each.end <= _REACH]
    if before:
        found = [before[-1]]
        for each in reversed(before[:-1]):
            link = text[
                each.end : found[0].role[0] if found[0].role and found[0].role[0] > each.end else found[0].start
            ]
            if re.fullmatch(r"\s*(?:、|和|与|及|以及)\s*", link):
                found.insert(0, each)
        return found
    behind = _WHO.match(text, end)
    if behind is None:
        return []
    return [each for each in people if end <= (each.role[0] if each.role else each.start) <= behind.end() + 3][:1]


def _joined(clause: Clause, people: list[Person], place: int) -> list[Person]:
    """The people from one on that 和 and 、 join: 「任命A和首席技术官B为…」."""
    found = [people[place]]
    for each in people[place + 1 :]:
        begin = each.role[0] if each.role and each.role[0] > found[-1].end else each.start
        if not re.fullmatch(r"\s*(?:、|和|与|及|以及)\s*", clause.sentence.text[found[-1].end : begin]):
            break
        found.append(each)
    return found


def _role(
    page: Page, clause: Clause, who: list[Person], match: re.Match[str], direction: str, last: Last
) -> str | None:
    """The role behind the verb, the one of him who went before, or the one before the name."""
    behind = _role_behind(page, clause, match.end())
    own = _written(page, clause, who[0].role) if who else None
    if direction == "appointment":
        if behind is not None:
            return behind
        if any_of("chinese_people", "steps_in").fullmatch(match[0]):
            return last.left or own
        return None if match[0] in _ONLY_WITH_ROLE else own
    if own is not None and match[0] not in ("辞去", "辞任", "卸任", "不再担任"):
        return own
    return behind or own


def _role_behind(page: Page, clause: Clause, place: int) -> str | None:
    text = clause.sentence.text
    match = role_pattern().search(text, place, min(clause.end, place + 24))
    if match is None:
        return None
    between = blanked(clause, place, match.start())
    if "的" in between and _OF_COMPANY.fullmatch(between) is None:
        return None
    if any(each.role == match.span() for each in people_in(clause) if each.start >= place):
        return None
    return page.original(clause.sentence, *match.span())


def _role_alone(clause: Clause, place: int) -> str | None:
    """The role of somebody without a name right before a verb: 「Runway首席产品官已于上周离职」."""
    text = clause.sentence.text
    roles = [each for each in role_pattern().finditer(text, clause.head, place) if place - each.end() <= 10]
    if not roles or _ALONE.fullmatch(blanked(clause, roles[-1].end(), place)) is None:
        return None
    start = max([roles[-1].start(), *(each.end for each in clause.mentions if each.end < roles[-1].end())])
    beside = any(text[each.end : start].strip() in ("", "的") for each in clause.mentions if each.end <= start)
    before = _ONE_OF_THEM.sub("", blanked(clause, clause.head, start)).strip(" 的其该公司它")
    about = clause.named or (clause.subject is not None and not clause.is_foreign and start == clause.head)
    if not beside and not (about and not before):
        return None
    return text[start : roles[-1].end()]


def _written(page: Page, clause: Clause, span: tuple[int, int] | None) -> str | None:
    return page.original(clause.sentence, *span).strip() if span else None


def _known_role(page: Page, clause: Clause, person: Person) -> bool:
    """Whether the article gives this person a role somewhere."""
    name = clause.sentence.text[person.start : person.end]
    roles = role_pattern().pattern
    return any(
        name in each.text and re.search(rf"(?:{roles})\s?{re.escape(name)}", each.text) is not None
        for each in page.sentences
    )


def _company(page: Page, clause: Clause, direction: str) -> CompanyName | None:
    """The company left or joined: named before the role, else behind the verb, else the one talked about."""
    text = clause.sentence.text
    joins = _JOINS.search(text, clause.start, clause.end) if direction == "appointment" else None
    for mention in clause.mentions:
        company = company_of(mention, page)
        if joins is not None and company is not None and 0 <= mention.start - joins.end() <= _NEAR_VERB:
            return company
    for mention in clause.mentions:
        company = company_of(mention, page)
        if direction == "appointment" and not mention.known and _AT_HOME.match(text, mention.end):
            continue
        if company is None or _ELSEWHERE.search(text, clause.start, mention.start):
            continue
        return company
    if clause.is_foreign:
        return clause.topic
    if clause.named and clause.subject is not None:
        return clause.subject
    return clause.subject or clause.topic


def _claim(
    page: Page, clause: Clause, who: list[Person], direction: str, role: str | None, place: int, last: Last
) -> Iterator[Claim]:
    for person in who:
        name = page.original(clause.sentence, person.start, person.end)
        yield from _told(page, clause, name, direction, role, place, last)


def _told(
    page: Page, clause: Clause, name: str | None, direction: str, role: str | None, place: int, last: Last
) -> Iterator[Claim]:
    company = _company(page, clause, direction)
    if company is None:
        return
    role = _JUST_NAMED.sub("", role) if role else None
    last.person = name or last.person
    if direction == "departure":
        last.left = role
    fields: dict[str, FieldValue] = {"person": name, "role": role, "direction": direction}
    on = when(page, clause, place)
    yield tell(page, clause, "leadership_change", company, status=_status(clause, place), on=on, fields=fields)


def _status(clause: Clause, place: int) -> Status | None:
    """What is announced for a day to come is settled."""
    if clause.standing != "rumored":
        return clause.standing
    before = _CERTAIN.sub("", clause.sentence.text[clause.start : place + 4])
    return "rumored" if any_of("chinese_standing", "rumored", "before").search(before) else None
