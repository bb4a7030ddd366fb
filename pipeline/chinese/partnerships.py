"""Agreements between two named parties, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.chinese.clauses import Clause, Page, within
from pipeline.chinese.parties import names_in
from pipeline.chinese.patterns import any_of, gated
from pipeline.chinese.subject_places import company_at
from pipeline.chinese.subjects import company_of
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import standing_at, when
from pipeline.document import CompanyName

_WITH = re.compile(r"(?:与|和|同(?!时|样|日|月|期|步|意)|跟|及|携手|联手|牵手)")
_AGREED = re.compile(
    r"达成|续签|续约|签署|签订|签下|签了|签约|建立|展开|开展|宣布|扩大|深化|敲定|缔结|启动|结成|合作|合建|共建|联合|将|共同|就|结盟|推出|发布|[（(]"
)
_BECOMES = re.compile(r"成为(?P<who>[^，。；]{2,20}?)的")
_BOTH = re.compile(r"双方")


def read(page: Page) -> Iterator[Claim]:
    """An agreement and the partner's name."""
    for sentence in page.sentences:
        if sentence.is_question or gated("chinese_events", "partnership", "agrees").search(sentence.text) is None:
            continue
        for place, clause in enumerate(sentence.clauses):
            match = gated("chinese_events", "partnership", "agrees").search(sentence.text, clause.start, clause.end)
            if match is None or any_of("chinese_events", "partnership", "not").search(clause.text):
                continue
            before = sentence.clauses[place - 1] if place else None
            found = _parties(page, clause, match.start(), match.end(), before)
            if found is None or found[1] == found[0].name:
                continue
            company, partner = found
            status = standing_at(clause, match.start(), match.end())
            if status == "rumored" and "将" in clause.text and sentence.said_by in ("company", "none"):
                status = None
            on = when(page, clause, match.start())
            yield tell(page, clause, "partnership", company, status=status, on=on, fields={"partner": partner})
            break


def _parties(page: Page, clause: Clause, start: int, end: int, before: Clause | None) -> tuple[CompanyName, str] | None:
    text = clause.sentence.text
    if _BOTH.match(text, clause.head) and before is not None and before.mentions:
        other = next((company for each in reversed(before.mentions) if (company := company_of(each, page))), None)
        company = before.subject if before.subject != other else before.topic
        return (company, other.name) if company is not None and other is not None and company != other else None
    becomes = _BECOMES.match(text, start, clause.end)
    if becomes is not None:
        company, names = _subject(page, clause, start), names_in(page, clause, *becomes.span("who"))
        return (company, names[0]) if company is not None and names else None
    join = None
    for match in _WITH.finditer(text, clause.start, max(end, start)):
        if any(each.start < match.end() and match.start() < each.end for each in clause.mentions):
            continue
        join = match
        break
    if join is None:
        return None
    company = _subject(page, clause, join.start())
    agreed = _AGREED.search(text, join.end(), clause.end)
    stops = [each.start for each in clause.dates if each.start >= join.end()]
    stop = min([*stops, agreed.start() if agreed else clause.end])
    names = names_in(page, clause, join.end(), stop)
    ours = next((each for each in within(clause.mentions, join.end(), stop) if each.kind == "company"), None)
    if company is None and ours is not None:
        first = names_in(page, clause, clause.head, join.start())
        other = company_of(ours, page)
        return (other, first[0]) if first and other is not None else None
    if company is None or not names:
        return None
    own = [each for each in within(clause.mentions, join.end(), stop) if company_of(each, page) == company]
    others = names_in(page, clause, clause.head, join.start()) if own else names
    return (company, others[0]) if others else None


def _subject(page: Page, clause: Clause, place: int) -> CompanyName | None:
    for mention in clause.mentions:
        if mention.end <= place and (company := company_of(mention, page)) is not None:
            return company
    return company_at(clause, place)
