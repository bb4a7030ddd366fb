"""Who leaves and who arrives, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from db.model import Claim, FieldValue, Status
from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.chinese.patterns import alternation, any_of
from pipeline.chinese.people import Person, people_in, role_pattern
from pipeline.chinese.posts import role_alone, role_behind, role_of_change, written
from pipeline.chinese.subject_places import company_at
from pipeline.chinese.subjects import company_of
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import standing_at, when
from pipeline.document import CompanyName
from pipeline.gated_pattern import GatedPattern

_ELSEWHERE = re.compile(
    r"(?:(?:前|原|曾在|曾任|来自|出自)|(?<![目此日之提以从近])[前原][^，。；、\d年月日的]{1,8}|(?:加入|加盟|转投|前往|跳槽到?|入职|投奔|去往|创办|创立)[^，。；]{0,6})\Z"
)
_ADVISES = re.compile(r"(?:财务|法律|独家|融资)顾问|承销|保荐")
_WANTED = re.compile(r"(?:要求|施压|呼吁|敦促|逼迫|威胁)[^，。；]{0,30}(?:辞职|下台|离职|卸任|离开)")
_AT_HOME = re.compile(r"(?:前|原)?(?:联合|共同)?(?:创始人|创办人|CEO|CTO|总裁|高管)")
"""Behind a company: whose founder somebody is who is appointed elsewhere."""
_WHO = re.compile(r"的(?:是|为)?|(?:者|人选?)(?:为|是|则?为)?")
_SUCCESSOR = re.compile(r"者|人选?(?:为|是)")
"""「接任者为周靖人」: who takes over stands behind."""
_TAKES_ALONG = re.compile(r"(?:带着|率领?|携|带领|连同|和|与)[^，。；]{0,3}\Z")
_ONCE = re.compile(r"曾(?:经)?(?:任|是|担任|供职)")
"""「曾任字节跳动负责人的王长虎离职创业」 tells of long ago."""
_EFFECT = re.compile(r"(?:到岗|到任|上任|生效|离任|履新|就任|起效|到职|入职|交接)")
_ONCE_THERE = re.compile(r"(?:的)?前(?!身|不久|述|后|期|线|端)")
"""Behind a company, before a role: 「Meta前总监X将出任公司首席运营官」."""
_FORMER = re.compile(r"(?:前|原)[^，。；]{0,18}\Z")
_JOINS = re.compile(r"(?:加入|加盟|入职|转投|跳槽[到至]?|就职于|前往)了?(?=[^，。；]{2})")
"""「9月加入B站担任技术负责人」: not with whom one talked about, unless the company is named."""
_FORMERLY = re.compile(r"(?:前|原|曾任|曾是)[^，。；]{0,24}\Z")
_NAMELESS = re.compile(r"了?[^，。；]{0,16}?(?:高管|高层|资深人士|老将)(?:出任|担任|为|任)")
"""「任命前亚马逊高管为首席营收官」"""
_GOES_OVER = frozenset({"加入", "加盟", "入职"})
_NEAR_VERB = 6
_CHANGES_POST = re.compile(r"转任|改任|调任|转岗任")
"""Who takes another post gives up the one he had: 「原CEO唐家渝转任董事长」."""
_REACH = 40
_SENTENCES_BEFORE = 12
_JUST_NAMED = re.compile("^(?:新任|现任)")
_CERTAIN = re.compile(r"将|宣布|即将")


@dataclass(slots=True)
class Last:
    """The person, the role and the company of the change told last."""

    person: str | None = None
    role: str | None = None
    left: str | None = None
    own: str | None = None
    """The role written before the person."""
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
    text = clause.sentence.text
    used: set[int] = set()
    for kind, direction in (("appoints", "appointment"), ("dismisses", "departure")):
        for match in any_of("chinese_events", "leadership", kind).finditer(text, clause.start, clause.end):
            person = next((each for each in people if 0 <= each.start - match.end() <= 14), None)
            nameless = _NAMELESS.match(text, match.end(), clause.end) if person is None else None
            post = role_behind(page, clause, nameless.end()) if nameless and direction == "appointment" else None
            if post is not None:
                yield from _told(page, clause, None, direction, post, match.start(), last)
            if person is None:
                continue
            named = _joined(clause, people, people.index(person))
            role = role_behind(page, clause, named[-1].end)
            if role is None and person.role is not None and not _was_elsewhere(clause, match.end(), person):
                role = written(page, clause, person.role)
            if role is not None or person.role is not None:
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
            before = clause.previous
            if before is not None and match.start() == clause.head and _goes_to_strangers(before, before.end):
                continue
            who = _who(clause, people, match.start(), match.end())
            if who and direction == "departure" and who[0].role and _ONCE.search(text, clause.start, who[0].role[0]):
                continue
            if direction == "appointment" and match[0] in _GOES_OVER:
                yield from _leaves_first(page, clause, who, match.start(), last)
            role = role_of_change(page, clause, who, match, direction, last.left) or (
                role_alone(clause, match.start()) if not who and direction == "departure" else None
            )
            if role is None and who and direction == "appointment" and _goes_to_named(page, clause, match):
                yield from _claim(page, clause, who, direction, None, match.start(), last)
                used.update(each.start for each in who)
                continue
            he = direction == "departure" and not people and last.sentence is clause.sentence and _is_he(clause)
            if role is None and not (he or (who and direction == "departure" and _known_role(page, clause, who[0]))):
                continue
            if who:
                left = written(page, clause, who[0].role) if _CHANGES_POST.match(match[0]) else None
                if left is not None and left.removeprefix("原") != role:
                    yield from _claim(page, clause, who, "departure", left.removeprefix("原"), match.start(), last)
                yield from _claim(page, clause, who, direction, role, match.start(), last)
                used.update(each.start for each in who)
            elif direction == "departure" and not people and role_alone(clause, match.start()):
                yield from _told(page, clause, None, direction, role, match.start(), last)
            elif direction == "departure" and last.sentence is clause.sentence and _is_he(clause):
                yield from _told(page, clause, last.person, direction, role or last.own, match.start(), last)
            elif (
                direction == "appointment" and last.sentence is clause.sentence and match.start() - clause.head <= 3
            ) or (last.person is not None and any_of("chinese_people", "he").match(text, clause.head)):
                if _CHANGES_POST.match(match[0]) and last.own is not None and last.left is None:
                    yield from _told(page, clause, last.person, "departure", last.own, match.start(), last)
                yield from _told(page, clause, last.person, direction, role, match.start(), last)


def _goes_to_named(page: Page, clause: Clause, match: re.Match[str]) -> bool:
    """Whether a company we know stands right behind 加入: who moves between two companies is told twice."""
    if match[0] not in _GOES_OVER:
        return False
    behind = next((each for each in clause.mentions if 0 <= each.start - match.end() <= 1), None)
    return behind is not None and behind.known and company_of(behind, page) is not None


def _is_he(clause: Clause) -> bool:
    return any_of("chinese_people", "he").match(clause.sentence.text, clause.head) is not None


def _was_elsewhere(clause: Clause, start: int, person: Person) -> bool:
    """Whether the role before a name is the one he had: 「聘请前Snap副总裁Lisa Wong」."""
    begin = person.role[0] if person.role else person.start
    named = any(start <= each.start < begin for each in clause.mentions)
    return named or _FORMER.search(clause.sentence.text, start, begin) is not None


def _takes_effect(clause: Clause) -> PartialDate | None:
    """The day a change takes effect, told behind it: 「…为首席产品官，11月3日到岗」."""
    behind = clause.following
    if behind is None or people_in(behind) or _EFFECT.search(behind.text) is None:
        return None
    own = [each.date for each in behind.dates if each.date is not None]
    return own[0] if len(own) == 1 else None


def _own_day(clause: Clause, place: int) -> PartialDate | None:
    """The date right before a verb, though 以来 behind makes it a beginning: 「自X 2024年6月出任CEO以来」."""
    return next((each.date for each in clause.dates if each.date is not None and 0 <= place - each.end <= 1), None)


def _leaves_first(page: Page, clause: Clause, who: list[Person], place: int, last: Last) -> Iterator[Claim]:
    """「快手副总裁张迪加入B站」: who joins another company leaves the post he had."""
    left = written(page, clause, who[0].role) if who else None
    joined = _joined_company(page, clause)
    home = _company(page, clause, "departure")
    if left is not None and joined is not None and home != joined and not left.startswith(("前", "原", "曾")):
        before = clause.sentence.text[clause.start : who[0].role[0] if who[0].role else place].rstrip()
        if _FORMERLY.search(before) is None:
            yield from _claim(page, clause, who, "departure", left, place, last)


def _goes_to_strangers(clause: Clause, place: int) -> bool:
    to = _JOINS.search(clause.sentence.text, clause.start, place)
    return to is not None and not any(to.start() < each.start < place for each in clause.mentions)


def _who(clause: Clause, people: list[Person], start: int, end: int) -> list[Person]:
    """Those before the verb, joined by 与 and 、; for 「3月辞职的创始人X」 the one behind it."""
    text = clause.sentence.text
    before = [each for each in people if each.end <= start and start - each.end <= _REACH]
    if before and not _SUCCESSOR.match(text, end):
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
    joined = _joined_company(page, clause) if direction == "appointment" else None
    if joined is not None:
        return joined
    for mention in clause.mentions:
        company = company_of(mention, page)
        if direction == "appointment" and not mention.known and _AT_HOME.match(text, mention.end):
            continue
        if company is None or _ELSEWHERE.search(text, clause.start, mention.start):
            continue
        if direction == "appointment" and clause.topic not in (None, company) and _ONCE_THERE.match(text, mention.end):
            continue
        return company
    if clause.is_foreign:
        return clause.topic
    if clause.named and clause.subject is not None and not _comes_from(page, clause, clause.subject):
        return clause.subject
    return clause.topic if clause.named else clause.subject or clause.topic


def _comes_from(page: Page, clause: Clause, company: CompanyName) -> bool:
    """Whether the subject is only where somebody was before: 「Meta前总监」."""
    return any(
        company_of(each, page) == company and _ONCE_THERE.match(clause.sentence.text, each.end)
        for each in clause.mentions
    )


def _joined_company(page: Page, clause: Clause) -> CompanyName | None:
    """Whom somebody joins in the clause, or in the one before: 「张迪已加入快手，担任副总裁」."""
    before = clause.previous
    for each in (clause, before if before is not None and not clause.mentions else None):
        joins = _JOINS.search(each.sentence.text, each.start, each.end) if each is not None else None
        if each is None or joins is None:
            continue
        for mention in each.mentions:
            if 0 <= mention.start - joins.end() <= _NEAR_VERB and (company := company_of(mention, page)) is not None:
                return company
    return None


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
    on = _takes_effect(clause) or _own_day(clause, place) or when(page, clause, place)
    yield tell(page, clause, "leadership_change", company, status=_status(clause, place), on=on, fields=fields)


def _status(clause: Clause, place: int) -> Status | None:
    """What is announced for a day to come is settled."""
    if clause.standing != "rumored":
        return clause.standing
    before = _CERTAIN.sub("", clause.sentence.text[clause.start : place + 4])
    return "rumored" if any_of("chinese_standing", "rumored", "before").search(before) else None
