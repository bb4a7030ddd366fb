"""Who leaves and who arrives, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from db.model import Claim, FieldValue, Status
from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.chinese.entries import company_of
from pipeline.chinese.introduced_people import head_in, successor_in
from pipeline.chinese.movers import has_known_role, is_he, joined_with, was_elsewhere, who_moves
from pipeline.chinese.patterns import alternation, any_of
from pipeline.chinese.people import Person, people_in
from pipeline.chinese.posts import is_post, role_alone, role_behind, role_of_change, written
from pipeline.chinese.subject_places import company_at
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import standing_at, when
from pipeline.chinese.whose_post import (
    GOES_OVER,
    company_of_post,
    goes_to_named,
    goes_to_strangers,
    joined_company,
    leaves_named,
)
from pipeline.gated_pattern import GatedPattern

_ADVISES = re.compile(r"(?:财务|法律|独家|融资)顾问|承销|保荐")
_WANTED = re.compile(r"(?:要求|施压|呼吁|敦促|逼迫|威胁)[^，。；]{0,30}(?:辞职|下台|离职|卸任|离开)")
_TAKES_ALONG = re.compile(r"(?:带着|率领?|携|带领|连同|和|与)[^，。；]{0,3}\Z")
_WAS = re.compile(
    r"(?:此前|之前|原|曾|离职前|离开前)[他她]?(?:一直|曾)?(?:担任|任(?=[临代联首执总副董CV视产技])|是|出任)(?:公司|该公司|其)?的?"
)
_ONCE = re.compile(r"曾(?:经)?(?:任|是|担任|供职)")
"""「曾任字节跳动负责人的王长虎离职创业」 tells of long ago."""
_LURES = re.compile("挖[来走到]")
_TITLE = re.compile(r"(?:头衔|职务|职位|职衔)(?:是|为)")
_EFFECT = re.compile(r"(?:到岗|到任|上任|生效|离任|履新|就任|起效|到职|入职|交接)")
_FORMERLY = re.compile(r"(?:前|原|曾任|曾是)[^，。；]{0,24}\Z")
_JOINS_US = re.compile(r"(?:加入|加盟|入职|到任)了?(?:公司|团队|我们|该公司)?[。”」]*\Z")
"""「7月，首席财务官丹尼尔·金加入」: his role is the one he joins in."""
_NAMELESS = re.compile(r"了?[^，。；]{0,16}?(?:高管|高层|资深人士|老将)(?:出任|担任|为|任)")
"""「任命前亚马逊高管为首席营收官」"""
_CHANGES_POST = re.compile(r"转任|改任|调任|转岗任")
"""Who takes another post gives up the one he had: 「原CEO唐家渝转任董事长」."""
_SENTENCES_BEFORE = 12
_BEHIND_VERB = 14
_TO_BE = re.compile("由|宣布|任命|聘|推选|选举")
_FOLLOWS = frozenset({"接棒", "接任", "继任", "上任", "走马上任", "履新"})
"""Of these 的是 names who comes; 「接替的是…」 names who went."""
_RIGHT_AWAY = 3
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
    used: set[int] = set()
    successor = successor_in(clause)
    if successor is not None:
        name = written(page, clause, successor.span("name"))
        yield from _told(page, clause, name, "appointment", last.left, successor.start(), last)
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
    yield from _done_to(page, clause, people, used, last)
    for kind, direction in (("leaves", "departure"), ("joins", "appointment")):
        for match in any_of("chinese_events", "leadership", kind).finditer(
            clause.sentence.text, clause.start, clause.end
        ):
            if any(each.start in used for each in people if each.end <= match.start()):
                continue
            yield from _moves_on(page, clause, people, match, direction, used, last)


def _done_to(page: Page, clause: Clause, people: list[Person], used: set[int], last: Last) -> Iterator[Claim]:
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
                    yield from _told(page, clause, None, direction, post, match.start(), last)
                continue
            named = joined_with(clause, people, people.index(person))
            if direction == "appointment" and person.role is not None:
                yield from _taken_from(page, clause, person, match)
            role = role_behind(page, clause, named[-1].end) or _title_behind(page, clause)
            if role is None and person.role is not None and not was_elsewhere(clause, match.end(), person):
                role = written(page, clause, person.role)
            if role is not None or person.role is not None:
                used.update(each.start for each in named)
                yield from _claim(page, clause, named, direction, role, match.start(), last)


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
    on = _takes_effect(clause) or when(page, clause, match.start())
    yield tell(page, clause, "leadership_change", company, status=_status(clause, match.start()), on=on, fields=fields)


def _moves_on(
    page: Page,
    clause: Clause,
    people: list[Person],
    match: re.Match[str],
    direction: str,
    used: set[int],
    last: Last,
) -> Iterator[Claim]:
    """Who leaves or joins at a verb, named before it, in the clauses before, or not at all."""
    text, place, leaves = clause.sentence.text, match.start(), direction == "departure"
    is_of = text.startswith("的是", match.end()) and match[0] not in _FOLLOWS
    if not leaves and (is_of or goes_to_strangers(clause, place)):
        return
    before = clause.previous
    if before is not None and place == clause.head and goes_to_strangers(before, before.end):
        return
    who = who_moves(clause, people, place, match.end())
    if who and leaves and who[0].role and _ONCE.search(text, clause.start, who[0].role[0]):
        return
    if not leaves and match[0] in GOES_OVER:
        yield from _leaves_first(page, clause, who, place, last)
    alone = role_alone(clause, place) if leaves else None
    role = role_of_change(page, clause, who, match, direction, last.left) or (alone if not who else None)
    if role is None and who and leaves and leaves_named(page, clause, match):
        role = _role_he_had(page, clause)
        yield from _claim(page, clause, who, direction, role, place, last)
        used.update(each.start for each in who)
        return
    if role is None and who and not leaves and goes_to_named(page, clause, match):
        yield from _claim(page, clause, who, direction, None, place, last)
        used.update(each.start for each in who)
        return
    if role is None and not leaves and who and _JOINS_US.match(text, match.start(), clause.end):
        own = written(page, clause, who[0].role) if not was_elsewhere(clause, clause.head, who[0]) else None
        role = own if own is not None and not own.startswith(("前", "原", "曾")) else None
    goes_on = last.sentence is clause.sentence
    he = leaves and not people and goes_on and is_he(clause)
    if role is None and not (he or (who and leaves and has_known_role(page, clause, who[0]))):
        return
    if who and match[0] in ("任", "担任") and _is_what_he_is(clause, who[0]):
        return
    changes_post = _CHANGES_POST.match(match[0]) is not None
    if who:
        left = written(page, clause, who[0].role) if changes_post else None
        if left is not None and left.removeprefix("原") != role:
            yield from _claim(page, clause, who, "departure", left.removeprefix("原"), place, last)
        if leaves or is_post(clause, match.end()):
            yield from _claim(page, clause, who, direction, role, place, last)
        used.update(each.start for each in who)
    elif leaves and not people and alone:
        yield from _told(page, clause, None, direction, role, place, last)
    elif leaves and goes_on and is_he(clause):
        yield from _told(page, clause, last.person, direction, role or last.own, place, last)
    elif (not leaves and goes_on and place - clause.head <= _RIGHT_AWAY) or (last.person is not None and is_he(clause)):
        if changes_post and last.own is not None and last.left is None:
            yield from _told(page, clause, last.person, "departure", last.own, place, last)
        yield from _told(page, clause, last.person, direction, role, place, last)


def _title_behind(page: Page, clause: Clause) -> str | None:
    """「…请来了Priscilla Okafor，头衔是仿真业务总经理」"""
    behind = clause.following
    title = _TITLE.match(behind.text.strip()) if behind is not None else None
    return role_behind(page, behind, behind.start + title.end()) if behind is not None and title is not None else None


def _is_what_he_is(clause: Clause, person: Person) -> bool:
    """「创始人贺立群任董事长」: what a founder is, where no day says that it changes."""
    role = clause.sentence.text[person.role[0] : person.role[1]] if person.role else ""
    before = clause.sentence.text[clause.start : person.start]
    return "创始人" in role and not clause.dates and clause.date is None and _TO_BE.search(before) is None


def _role_he_had(page: Page, clause: Clause) -> str | None:
    """What the clause behind says somebody was: 「…已离开爱诗科技，此前他担任研究负责人」."""
    behind = clause.following
    was = _WAS.match(behind.text.strip()) if behind is not None else None
    return role_behind(page, behind, behind.start + was.end()) if behind is not None and was is not None else None


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
    joined = joined_company(page, clause)
    home = company_of_post(page, clause, "departure")
    if left is not None and joined is not None and home != joined and not left.startswith(("前", "原", "曾")):
        before = clause.sentence.text[clause.start : who[0].role[0] if who[0].role else place].rstrip()
        if _FORMERLY.search(before) is None:
            yield from _claim(page, clause, who, "departure", left, place, last)


def _claim(
    page: Page, clause: Clause, who: list[Person], direction: str, role: str | None, place: int, last: Last
) -> Iterator[Claim]:
    for person in who:
        name = page.original(clause.sentence, person.start, person.end)
        yield from _told(page, clause, name, direction, role, place, last)


def _told(
    page: Page, clause: Clause, name: str | None, direction: str, role: str | None, place: int, last: Last
) -> Iterator[Claim]:
    company = company_of_post(page, clause, direction)
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
