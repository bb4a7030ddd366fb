"""Who is sued by whom, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, Status
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.parties import names_in, party_of
from pipeline.chinese.patterns import any_of
from pipeline.chinese.subjects import company_at
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import when
from pipeline.document import CompanyName

_HINT = re.compile(r"诉|告|公堂|仲裁|入禀")
_AGAINST = re.compile(r"(?:将|把|对|向)(?P<who>[^，。；]{1,60}?)(?:告上|提起|提告|诉至)")
_BY = re.compile(
    r"(?:被|遭到?|面临)(?P<who>[^，。；]{1,30}?)(?:在[^，。；]{2,16})?(?:联手|集体|共同|联合|以[^，。；]{2,16})?(?:起诉|告上|状告|控告|提告|提起|诉讼|的(?:集体|版权|侵权)?诉讼)"
)
_LISTED = re.compile(r"等[^，。；、]{0,4}(?:家|大|名|位|方)[^，。；、]{0,8}\Z")
_HIM = re.compile(r"该公司|公司|它|其(?!他|它)|这家公司|前者|后者")


def read(page: Page) -> Iterator[Claim]:
    """A suit per defendant, with its plaintiffs as the text names them."""
    last: CompanyName | None = None
    for sentence in page.sentences:
        if _HINT.search(sentence.text) is None:
            continue
        for clause in sentence.clauses:
            if any_of("chinese_events", "lawsuit", "not").search(clause.text) or sentence.is_question:
                continue
            defendants, plaintiffs, place = _suit(page, clause, last)
            for defendant in defendants:
                last = defendant
                fields = {"plaintiff": "; ".join(plaintiffs) or None}
                status = _status(clause, place)
                on = when(page, clause, place)
                yield tell(page, clause, "lawsuit", defendant, status=status, on=on, fields=fields)


def _status(clause: Clause, place: int) -> Status | None:
    """「将公司告上法庭」 is done: its 将 marks the object."""
    if clause.standing != "rumored":
        return clause.standing
    before = _AGAINST.sub("", clause.sentence.text[clause.start : clause.end])
    return "rumored" if any_of("chinese_standing", "rumored", "before").search(before) else None


def _suit(page: Page, clause: Clause, last: CompanyName | None) -> tuple[list[CompanyName], list[str], int]:
    text = clause.sentence.text
    sued = any_of("chinese_events", "lawsuit", "sued").search(text, clause.start, clause.end)
    if sued is not None:
        by = _BY.search(text, sued.start(), clause.end)
        defendant = company_at(clause, sued.start())
        names = names_in(page, clause, *by.span("who")) if by else []
        return ([defendant] if defendant else []), names, sued.start()
    sues = any_of("chinese_events", "lawsuit", "sues").search(text, clause.start, clause.end)
    if sues is None:
        return [], [], 0
    against = _AGAINST.search(text, clause.start, sues.end())
    begin = against.start() if against else sues.start()
    span = against.span("who") if against else (sues.end(), clause.end)
    defendants = _defendants(page, clause, span)
    plaintiffs = _plaintiffs(page, clause, begin)
    if not defendants and plaintiffs and against is None and not text[sues.end() : clause.end].strip("。 "):
        defendants = [last] if last is not None else []
    return [each for each in defendants if each.name not in plaintiffs], plaintiffs, sues.start()


def _defendants(page: Page, clause: Clause, span: tuple[int, int]) -> list[CompanyName]:
    found: dict[str, CompanyName] = {}
    for mention in clause.mentions:
        party = party_of(mention, page)
        if span[0] <= mention.start < span[1] and party is not None:
            if mention.kind == "product" and found:
                continue
            found[party.key] = party
    if (
        not found
        and _HIM.search(clause.sentence.text[span[0] : min(span[1], span[0] + 12)])
        and clause.topic is not None
    ):
        return [clause.topic]
    return list(found.values())


def _plaintiffs(page: Page, clause: Clause, begin: int) -> list[str]:
    """The names before the verb, without the court's place; those of the clause before where this one has none."""
    text = clause.sentence.text
    start = clause.head
    stop = begin
    place = re.search(r"(?:已|正式|近日|日前|于|共同|联手)*(?:在|向)[^，。；、]{1,18}\Z", text[start:begin])
    if place is not None:
        stop = start + place.start()
    dates = [each.start for each in clause.dates if start < each.start < stop]
    if dates:
        stop = dates[0]
    names = names_in(page, clause, start, stop) if stop > start else []
    listed = _LISTED.search(clause.previous.text) if clause.previous is not None and not names else None
    if clause.previous is None or listed is None:
        return names
    return names_in(page, clause.previous, clause.previous.head, clause.previous.start + listed.start())
