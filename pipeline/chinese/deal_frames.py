"""Purchases that Chinese tells by where the parties stand: 「甲归了乙」, 「把甲卖给了乙」, 「甲易主：买家是乙」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from db.nouns.identity import candidate_key
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.deals import COMPANY_NAME, acting_before
from pipeline.chinese.parties import LATIN_NAME, names_in, party_of
from pipeline.chinese.patterns import HAN
from pipeline.chinese.subject_places import adverbs, blanked
from pipeline.lexicon_files import lexicon, with_words
from pipeline.matching.gated_pattern import GatedPattern, GatedTable
from pipeline.names.company_name import CompanyName

Deal = tuple[CompanyName, CompanyName | None, int, int]
_LATIN = re.compile(rf"(?:\A|[^A-Za-z0-9.&'])(?P<name>{LATIN_NAME}(?: & {LATIN_NAME})?)[”」]?\Z")
_NAME = re.compile(rf"[{HAN}]{{2,10}}|[A-Z][A-Za-z0-9.&' -]{{1,30}}")
_NOBODY = re.compile(
    r"一[家名位个]|[某另]|[多数几两三]家|对方|双方|买家|投资[人方者]|股东|市场|外界|有人|公司$|[他她它其]|自己|消息|报道|员工|政府|法院|部门|事业部|小组|板块|业务"
)
_ONLY_KIND = re.compile(rf"[{HAN}A-Za-z ]{{0,10}}(?:公司|商|厂商|平台|团队|工作室|初创|新创|企业|机构)")
"""「④ Wonder Dynamics：特效软件商今年5月归入Autodesk」"""
_ANNOUNCES = re.compile(r"(?:今日|昨日|昨晚|日前|近日|发布)?(?:公告|宣布|披露)(?:称|显示)?\Z")
_MAY_YET = re.compile("可能|或许|随时|不排除|尚|仍有|如果|若|除非")
"""「但谈判可能破裂」"""
_REFUSED_BEHIND = 3
"""Clauses."""
_ITSELF = re.compile(r"(?:自己|自身|公司|整家公司|整个公司|它|其)\Z")
_PASSIVE = re.compile(r"被[^，。；]{1,20}\Z")
_LONGEST = 90
"""Characters of a clause."""


@cache
def _lines(kind: str) -> GatedTable[None]:
    table = lexicon("pipeline.lexicon", "chinese_deals")
    return GatedTable((GatedPattern(with_words(line, table["words"])), None) for line in table["lines"][kind])


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(lexicon("pipeline.lexicon", "chinese_deals")[name])


def framed(page: Page, clause: Clause) -> Iterator[Deal]:
    """(target, buyer, where it begins, where it ends) of a clause that tells a purchase, done or planned."""
    yield from _told(page, clause, ("taken_in", "takes", "owner_behind"))


def offered(page: Page, clause: Clause) -> tuple[Deal, Clause | None] | None:
    """An offer a clause tells, and the clause behind that says nothing came of it: 「为收购…开出30亿美元，…散了」."""
    deal = next(_told(page, clause, ("offers",)), None)
    if deal is None:
        return None
    return deal, refused_behind(clause)


def refused_behind(clause: Clause) -> Clause | None:
    """The clause right behind that says that nothing came of what this one tells: 「想买下…，没谈拢」."""
    behind = clause.sentence.clauses[clause.place + 1 : clause.place + 1 + _REFUSED_BEHIND]
    told = (each for each in behind if _word("refused").search(each.text))
    return next((each for each in told if _MAY_YET.search(each.text) is None), None)


_IS_PART = re.compile(r"办公室|素材|插件|功能|授权|老股|订阅|会员|课程|设备|机房|广告|门票|版权|所持|手中")
_HOUSE_BEHIND = re.compile(r"的(?!旗下|麾下|怀抱|名下|版图|全资|子公司|阵营|囊中|手)")


def is_part(clause: Clause, start: int) -> bool:
    """Whether only something of a company is told to be sold: 「把视频素材授权卖给了Canva」."""
    return _IS_PART.search(clause.sentence.text, clause.start, start) is not None


def names_more(clause: Clause, party: CompanyName) -> bool:
    """Whether the party's name only says whose thing something went into: 「并入了Canva的工作流」."""
    ends = [each.end for each in clause.mentions if each.key == party.key]
    return any(_HOUSE_BEHIND.match(clause.sentence.text, end) for end in ends[-1:])


def _told(page: Page, clause: Clause, kinds: Sequence[str]) -> Iterator[Deal]:
    if clause.end - clause.start > _LONGEST:
        return
    for kind in kinds:
        for pattern, _ in _lines(kind).possible(clause.text):
            match = pattern.search(clause.sentence.text, clause.start, clause.end)
            deal = _deal(page, clause, match) if match is not None else None
            if deal is not None:
                yield deal
                return


def _deal(page: Page, clause: Clause, match: re.Match[str]) -> Deal | None:
    if "target" in match.re.groupindex:
        if _word("parts").search(match["target"]) or _PASSIVE.search(match["buyer"]):
            return None
        target = _party(page, clause, *match.span("target"))
        if target is None and _ITSELF.search(match["target"]):
            spoken = (clause.topic, clause.latter, clause.former)
            acting = None if clause.named else clause.subject
            target = next((each for each in spoken if each not in (None, acting)), None)
        if target is None and not clause.is_foreign and _is_empty(clause, *match.span("target")):
            target = clause.subject
        if target is None and _ONLY_KIND.fullmatch(blanked(clause, *match.span("target")).strip()):
            target = clause.topic
    else:
        before = clause.previous
        if before is None or before.series or _word("sold").search(before.text) is None:
            return None
        target = before.subject if before.named else None
    if target is None:
        return None
    start, end = match.span("buyer")
    buyer = _party(page, clause, start, end) or _plain_name(page, clause, start, end)
    if buyer is None and _is_empty(clause, start, end):
        before = clause.previous
        acting = before.subject if before is not None and before.named and not before.is_foreign else None
        buyer = acting_before(page, clause, target) or announcer(page, clause) or acting
    if buyer is None or target.key == buyer.key or names_more(clause, buyer):
        return None
    return target, buyer, match.start(), match.end()


def announcer(page: Page, clause: Clause) -> CompanyName | None:
    """Who announces in the clause before, by a name nobody has listed: 「佳澜传媒公告，以现金4.35亿元受让…」."""
    before = clause.previous
    said = _ANNOUNCES.search(before.text) if before is not None else None
    if before is None or said is None or before.mentions:
        return None
    return _plain_name(page, before, before.head, before.start + said.start())


def _is_empty(clause: Clause, start: int, end: int) -> bool:
    """Whether nothing but dates and adverbs stands between two places."""
    return len(adverbs().sub("", blanked(clause, start, end)).strip(" “”，的")) <= 1


def _plain_name(page: Page, clause: Clause, start: int, end: int) -> CompanyName | None:
    """The one name between two places where a frame says that a buyer stands there."""
    names = names_in(page, clause, start, end)
    if len(names) != 1 or not _NAME.fullmatch(names[0]) or _NOBODY.search(names[0]):
        return None
    return CompanyName(candidate_key(names[0]), names[0], False)


def _party(page: Page, clause: Clause, start: int, end: int) -> CompanyName | None:
    """The last one named between two places: a company we know, or a name that is plainly a company's."""
    text = clause.sentence.text[start:end]
    inside = [each for each in clause.mentions if start <= each.start < end]
    for mention in reversed(inside):
        party = party_of(mention, page)
        if party is not None:
            return party
    if text.endswith(("后者", "前者")):
        return clause.latter if text.endswith("后者") else clause.former
    latin = _LATIN.search(text)
    if latin is not None:
        span = start + latin.start("name"), start + latin.end("name")
        name = page.original(clause.sentence, *span)
        return CompanyName(candidate_key(name), name, False)
    names = names_in(page, clause, start, end)
    if len(names) == 1 and COMPANY_NAME.fullmatch(names[0]):
        return CompanyName(candidate_key(names[0]), names[0], False)
    return None
