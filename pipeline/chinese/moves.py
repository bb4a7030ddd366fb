"""Who leaves or joins at a verb of a Chinese clause, named before it, in the clauses before, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from db.model import Claim, FieldValue
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.movers import has_known_role, is_he, was_elsewhere, who_moves
from pipeline.chinese.people import Person
from pipeline.chinese.post_changes import Last, change_of, changes_of, status_at
from pipeline.chinese.posts import is_post, role_alone, role_behind, role_of_change, written
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import when
from pipeline.chinese.whose_post import (
    GOES_OVER,
    company_of_post,
    goes_to_named,
    goes_to_strangers,
    gone_to,
    joined_company,
    leaves_named,
)
from pipeline.names.company_name import CompanyName

_WAS = re.compile(
    r"(?:此前|之前|原|曾|离职前|离开前)[他她]?(?:一直|曾)?(?:担任|任(?=[临代联首执总副董CV视产技])|是|出任)(?:公司|该公司|其)?的?"
)
_ONCE = re.compile(r"曾(?:经)?(?:任|是|担任|供职)")
"""「曾任字节跳动负责人的王长虎离职创业」 tells of long ago."""
_FORMERLY = re.compile(r"(?:前|原|曾任|曾是)[^，。；]{0,24}\Z")
_JOINS_US = re.compile(r"(?:加入|加盟|入职|到任)了?(?:公司|团队|我们|该公司)?[。”」]*\Z")
"""「7月，首席财务官丹尼尔·金加入」: his role is the one he joins in."""
_CHANGES_POST = re.compile(r"转任|改任|调任|转岗任")
"""Who takes another post gives up the one he had: 「原CEO唐家渝转任董事长」."""
_TO_BE = re.compile("由|宣布|任命|聘|推选|选举|重新|再度|再次|重任|回来|回归")
_FOLLOWS = frozenset({"接棒", "接任", "继任", "上任", "走马上任", "履新"})
"""Of these 的是 names who comes; 「接替的是…」 names who went."""
_RIGHT_AWAY = 3
_ON_THE_WAY = re.compile(
    r"离开[^，。；]{2,12}(?:之?后|时|，|创业|创办|创立)[^，。；]{0,30}(?:办|创|成立|注册|做|拉|搞|组建|起家|创业)"
)
"""「王长虎离开字节跳动后创办了它」: where a founder came from."""
_LEAVES_STRANGER = re.compile(r"离开(?=[A-Z])")


class Move(NamedTuple):
    """A verb of leaving or joining, with the people of its clause."""

    page: Page
    clause: Clause
    people: list[Person]
    match: re.Match[str]
    direction: str

    @property
    def leaves(self) -> bool:
        """Whether somebody goes."""
        return self.direction == "departure"


def moves_on(move: Move, used: set[int], last: Last) -> Iterator[Claim]:
    """The claims of a move; `used` learns where the names begin of whom it moves."""
    page, clause, people, match, direction = move
    text, place, leaves = clause.sentence.text, match.start(), move.leaves
    if _is_told_of_others(move):
        return
    who = who_moves(clause, people, place, match.end())
    if who and leaves and who[0].role and _ONCE.search(text, clause.start, who[0].role[0]):
        return
    if not leaves and match[0] in GOES_OVER:
        yield from _leaves_first(page, clause, who, place, last)
    if leaves and _ON_THE_WAY.search(text, place, clause.end) and not any(each.role for each in who):
        return
    alone = role_alone(clause, place) if leaves else None
    role = role_of_change(page, clause, who, match, direction, last.left) or (alone if not who else None)
    if role is None and who and _names_company(move):
        role = _role_he_had(page, clause) if leaves else None
        yield from changes_of(page, clause, who, direction, role, place, last)
        used.update(each.start for each in who)
        return
    if role is None and not leaves and who:
        role = _role_he_joins_in(move, who[0])
    he = leaves and not people and last.sentence is clause.sentence and is_he(clause)
    if role is None and not (he or (who and leaves and has_known_role(page, clause, who[0]))):
        return
    if who and match[0] in ("任", "担任") and _is_what_he_is(clause, who[0]):
        return
    if who and leaves and (over := gone_to(page, clause, place)) is not None:
        yield from _arrives(move, who, *over)
    if who:
        yield from _named(move, who, role, last)
        used.update(each.start for each in who)
    else:
        yield from _unnamed(move, role, bool(alone), last)


def _arrives(move: Move, who: list[Person], company: CompanyName, place: int) -> Iterator[Claim]:
    """The other half of 「跳槽到Runway，任研究副总裁」: whom somebody goes over to gains him."""
    page, clause = move.page, move.clause
    behind = clause.following
    role = role_behind(page, clause, place)
    if role is None and behind is not None and _TAKES.match(behind.text.strip()):
        role = role_behind(page, behind, behind.start)
    on, status = when(page, clause, move.match.start()), status_at(clause, move.match.start())
    for person in who:
        name = page.original(clause.sentence, person.start, person.end)
        fields: dict[str, FieldValue] = {"person": name, "role": role, "direction": "appointment"}
        yield tell(page, clause, "leadership_change", company, status=status, on=on, fields=fields)


_TAKES = re.compile(r"(?:出|担|就|将|改|转)?任|做|当|头衔|职务|负责|掌管")


def _is_told_of_others(move: Move) -> bool:
    """Whether it is somewhere we know nothing of that somebody goes."""
    _, clause, _, match, _ = move
    left = _LEAVES_STRANGER.search(clause.sentence.text, clause.start, clause.end) if move.leaves else None
    if left is not None and not any(each.start == left.end() for each in clause.mentions):
        return True
    is_of = clause.sentence.text.startswith("的是", match.end()) and match[0] not in _FOLLOWS
    if not move.leaves and (is_of or goes_to_strangers(clause, match.start())):
        return True
    before = clause.previous
    return before is not None and match.start() == clause.head and goes_to_strangers(before, before.end)


def _names_company(move: Move) -> bool:
    """Whether the company left or joined is named right behind the verb: then no role need be told."""
    named = leaves_named if move.leaves else goes_to_named
    return bool(named(move.page, move.clause, move.match))


def _role_he_joins_in(move: Move, person: Person) -> str | None:
    """「7月，首席财务官丹尼尔·金加入」"""
    page, clause, _, match, _ = move
    if _JOINS_US.match(clause.sentence.text, match.start(), clause.end) is None:
        return None
    own = written(page, clause, person.role) if not was_elsewhere(clause, clause.head, person) else None
    return own if own is not None and not own.startswith(("前", "原", "曾")) else None


def _named(move: Move, who: list[Person], role: str | None, last: Last) -> Iterator[Claim]:
    page, clause, _, match, direction = move
    left = written(page, clause, who[0].role) if _CHANGES_POST.match(match[0]) else None
    if left is not None and left.endswith(("创始人", "创办人")):
        left = None  # founders stay founders
    if left is not None and left.removeprefix("原") != role:
        yield from changes_of(page, clause, who, "departure", left.removeprefix("原"), match.start(), last)
    if move.leaves or is_post(clause, match.end()):
        yield from changes_of(page, clause, who, direction, role, match.start(), last)


def _unnamed(move: Move, role: str | None, alone: bool, last: Last) -> Iterator[Claim]:
    """Of nobody the clause names: of a post alone, or of whom the sentence spoke before."""
    page, clause, people, match, direction = move
    place, goes_on = match.start(), last.sentence is clause.sentence
    if move.leaves and not people and alone:
        yield from change_of(page, clause, None, direction, role, place, last)
    elif move.leaves and goes_on and is_he(clause):
        yield from change_of(page, clause, last.person, direction, role or last.own, place, last)
    elif (not move.leaves and goes_on and place - clause.head <= _RIGHT_AWAY) or (
        last.person is not None and is_he(clause)
    ):
        if _CHANGES_POST.match(match[0]) and last.own is not None and last.left is None:
            yield from change_of(page, clause, last.person, "departure", last.own, place, last)
        yield from change_of(page, clause, last.person, direction, role, place, last)


def _is_what_he_is(clause: Clause, person: Person) -> bool:
    """「创始人贺立群任董事长」: what a founder is, where no day says that it changes."""
    role = clause.sentence.text[person.role[0] : person.role[1]] if person.role else ""
    text = clause.sentence.text
    before = text[clause.start : person.start] + text[person.end : person.end + 6]
    return "创始人" in role and not clause.dates and clause.date is None and _TO_BE.search(before) is None


def _role_he_had(page: Page, clause: Clause) -> str | None:
    """What the clause behind says somebody was: 「…已离开爱诗科技，此前他担任研究负责人」."""
    behind = clause.following
    was = _WAS.match(behind.text.strip()) if behind is not None else None
    return role_behind(page, behind, behind.start + was.end()) if behind is not None and was is not None else None


def _leaves_first(page: Page, clause: Clause, who: list[Person], place: int, last: Last) -> Iterator[Claim]:
    """「快手副总裁张迪加入B站」: who joins another company leaves the post he had."""
    left = written(page, clause, who[0].role) if who else None
    joined = joined_company(page, clause)
    home = company_of_post(page, clause, "departure")
    if left is not None and joined is not None and home != joined and not left.startswith(("前", "原", "曾")):
        before = clause.sentence.text[clause.start : who[0].role[0] if who[0].role else place].rstrip()
        if _FORMERLY.search(before) is None:
            yield from changes_of(page, clause, who, "departure", left, place, last)
