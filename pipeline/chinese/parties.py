"""Names of organisations and people in the places where Chinese sentences put them, known or not."""

from __future__ import annotations

import re
from functools import cache

from db.nouns.identity import candidate_key
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.patterns import HAN, alternation, any_of
from pipeline.names.company_name import CompanyName
from pipeline.values.found import NameMention

LATIN_NAME = r"[A-Z][A-Za-z0-9.&'-]*(?: (?:[A-Z][A-Za-z0-9.&'-]*|of|and))*"
_EDGES = ' “”「」『』"（(）)·、，'
_COUNTED = re.compile(r"又?[一二两三四五六七八九十多数几\d]+[位名家间个]")
_SPLIT = re.compile(r"、|以及|及|和|与|同(?![行事学伴业名])|跟|将?(?:联合|联手)(?!国|早报|创始|利华)")


def party_of(mention: NameMention, page: Page) -> CompanyName | None:
    """Who a mention stands for where it acts: a company, a product's owner, an investor."""
    if mention.kind == "investor":
        return CompanyName(mention.key, mention.name, mention.known)
    return company_of(mention, page)


def points_back(text: str) -> bool:
    """Whether a sentence has a word for a company told before: 该公司, 其, 团队."""
    return any_of("chinese_clauses", "self").search(text) is not None


_NAME = rf"(?![的之全多控签于在后前已并以进])[{HAN}]{{2,6}}"


@cache
def _object() -> re.Pattern[str]:
    """What a verb acts upon: a Latin name with its apposition, or a Chinese one behind what it is."""
    kind = alternation("chinese_parties", "what_it_is")
    latin = rf"(?:AI(?=[{HAN}])|[^，。；A-Z]){{0,24}}?(?:{kind}|的)?[“「]?(?P<latin>(?!AI[{HAN}]){LATIN_NAME})"
    han = rf"[^，。；]{{0,16}}?{kind}+[“「]?(?P<han>{_NAME})[”」]?(?=[，。；（(]|的|$)"
    return re.compile(rf"了?(?:{latin}|{han})")


def object_behind(page: Page, clause: Clause, place: int) -> CompanyName | None:
    """The company that a verb ending at a place acts upon: the first one named behind it."""
    for mention in clause.mentions:
        if mention.start >= place:
            found = party_of(mention, page)
            if found is not None:
                return found
    match = _object().match(clause.sentence.text, place, clause.end)
    if match is None or re.match(r"AI\b|AI[\u4e00-\u9fff]", match["latin"] or ""):
        return None
    group = "latin" if match["latin"] else "han"
    name = page.original(clause.sentence, *match.span(group)).strip(_EDGES)
    return CompanyName(candidate_key(name), name, False) if len(candidate_key(name)) >= 3 or len(name) >= 2 else None


@cache
def _off() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation('chinese_parties', 'before')})+")


@cache
def _kind() -> re.Pattern[str]:
    kinds = alternation("chinese_parties", "kinds")
    return re.compile(rf"[{HAN}\w]{{0,14}}?{kinds}(?!的|协会|公会|工会|联盟|集团|公司)(?=[A-Z]|[{HAN}·]{{2,14}}\Z)")


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation('chinese_parties', 'behind')})+\Z")


def names_in(page: Page, clause: Clause, start: int, end: int) -> list[str]:
    """The names of a list of parties between two places, as the text writes them: plaintiffs, partners."""
    text = clause.sentence.text
    found = []
    begin = start
    known = [(each.start, each.end) for each in clause.mentions]
    cuts = [
        match.span()
        for match in _SPLIT.finditer(text, start, end)
        if not any(one < match.end() and match.start() < other for one, other in known)
    ]
    for stop, following in [*cuts, (end, end)]:
        span = _trimmed(text, begin, stop)
        if span is not None:
            found.append(page.original(clause.sentence, *span))
        begin = following
    return found


def is_nameless(name: str) -> bool:
    """Whether a party is only counted, or called by what it is: 「三位导演起诉Runway」, 「配音演员起诉…」."""
    return _COUNTED.match(name) is not None or _only_kind().fullmatch(name) is not None


@cache
def _only_kind() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation('chinese_parties', 'kinds')}|用户|版权方|片方)(?:们|群体|集体|方)?")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    for _ in range(3):
        while start < end and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        quote = text.rfind("“", start, end)
        if quote >= 0 and "”" not in text[quote:end] and end - quote > 2:
            start = quote + 1
        off = _off().match(text, start, end)
        if off is not None and end - off.end() >= 2:
            start = off.end()
        behind = _behind().search(text, start, end)
        if behind is not None and behind.start() - start >= 2:
            end = behind.start()
        kind = _kind().match(text[start:end])
        if kind is not None:
            start += kind.end()
    name = text[start:end]
    if not 2 <= len(name) <= 24 or _no_name().search(name):
        return None
    return start, end


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile(alternation("chinese_parties", "no_names"))
