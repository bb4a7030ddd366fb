"""Who is sued by whom, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from db.model import Claim, Status
from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.chinese.entries import company_of
from pipeline.chinese.parties import names_in, party_of
from pipeline.chinese.patterns import any_of
from pipeline.chinese.subject_places import both_spoken_of, company_at
from pipeline.chinese.suits_named import counted, suit_named
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import when
from pipeline.fold import fold_text
from pipeline.names.company_name import CompanyName
from pipeline.values.found import NameMention

_HINT = re.compile(r"诉|告|公堂|仲裁|入禀|官司|另立|递状|禁制令|禁令|纠纷|索赔")
_AGAINST = re.compile(
    r"(?:将|把|对|向)(?P<who>[^，。；]{1,60}?)(?:告上|告到|告了|告进|提起|提出|提告|诉至|诉到|另立|发起|送上被告席|推上被告席|列为被告)"
)
_REGARDING = re.compile(
    r"(?:针对|对于|就|关于)(?P<who>[^，。；]{2,60}?)(?:提起|提出|发起)的[^，。；]{0,8}(?:诉讼|官司|指控)"
)
_BY = re.compile(
    r"(?:被|遭到?|面临)(?P<who>[^，。；]{1,30}?)(?:在[^，。；]{2,16})?(?:联手|集体|共同|联合|以[^，。；]{2,16})?(?:起诉|告上|告到|状告|控告|提告|提起|诉至|索赔|诉讼|的(?:集体|版权|侵权)?诉讼)"
    r"|(?:卷入|陷入|惹上|身陷)[^，。；与和]{0,4}[与和](?P<with>[^，。；]{2,24}?)的"
)
_NAMED_PLAINTIFF = re.compile(
    r"原告(?:方|席上坐的|席上的)?(?:分别)?(?:为|是|系|包括|有)?(?P<who>[^，。；：]{2,80}?)(?=[，。；]|$|提起|起诉|指|称|要求|于|在|认为)"
)
_FILED = re.compile(r"递交|提交|申请")
_FILED_ON = re.compile(r"(?:起诉|立案|提告|提起诉讼)(?:的)?(?:时间|日期)|(?:于|在)[^，。；]{3,14}(?:起诉|立案|提告)")
_LISTED = re.compile(r"等[^，。；、]{0,4}(?:家|大|名|位|方)[^，。；、]{0,8}\Z")
_ACCUSED = re.compile(r"(?:列出的|共同)?被告(?:方|人)?(?:分别)?(?:为|是|包括|有|系)")
"""「…提起集体诉讼，被告是HeyGen和ElevenLabs」"""
_PRONOUN = re.compile(r"(?:它|他|她)(?!们)|其(?!他|它|中|余)|前者|后者|对方")
_OF_CASES = re.compile(r"(?:官司|诉讼|被告席?)的")
"""「卷入官司的两家公司都不缺钱」 tells of no suit."""
_HIM = re.compile(r"该公司|公司|它|其(?!他|它)|这家[^，。；]{0,8}?公司|前者|后者|对方")
_ACCUSES = re.compile(r"\s*(?:并|且)?(?:指控|指责|指称|指|称|认为|控诉|控(?!制|股|告)|要求|主张)")
_NO_PLAINTIFF = re.compile(r"^(?:集体|版权|多起|一场|一桩|一起|新的|相关|大量)")
_ENDS = re.compile(r"[了。”」 ]*(?:[^，。；]{0,10}(?:法院|法庭))?[。”」 ]*\Z")
_IS_COURT = re.compile(r"(?:法院|法庭|仲裁院|委员会)(?:递交|提交|正式)?\Z")
_ABOUT_HIM = 14
_SOON = 2
"""Clauses behind a suit that may still say of whom: 「继甲提告之后，乙递状，控Midjourney…」."""
_SHORT_NAME = 2
"""So many characters of a plaintiff's name are enough to come back to it."""
_COURT = re.compile(
    r"(?:已|正式|近日|日前|于|共同|联手|一纸诉状|向法院|再度|再次|重新|转而)*(?:(?:在|向)[^，。；、]{1,18}|一纸诉状)\Z"
)
_FILES = re.compile(
    r"(?:(?:也|亦|随后|同样|还)*(?:加入|成为)了?[^，。；]{0,4}原告(?:行列|之列|一方|阵营)?"
    r"|以[^，。；]{2,40}为由|入禀[^，。；]{0,14}|向[^，。；]{2,20}(?:提交|递交)了?(?:诉状|起诉状))\Z"
)
"""「爱奇艺以侵权为由，将它诉至…」: the plaintiff stands in the clause before."""
_ACCUSER = re.compile(r"(?P<who>[^，。；的]{2,24}?)(?:指控|控告|指责|指称)(?=[A-Z\u4e00-\u9fff])")
"""「两名创作者指控Pika…，已在法院提起诉讼」: who accuses in the clause before sues."""
_OVER = re.compile(r"就(?=[^，。；]{1,10}\Z)|就(?:欠薪|侵权|版权|著作权|劳动|合同)")
_BECAUSE = re.compile(r"以[^，。；]{2,30}为由")


@dataclass(slots=True)
class Memory:
    """The suits told so far, and the parties of the last one."""

    defendant: CompanyName | None = None
    plaintiffs: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Suit:
    """A suit as a clause tells it; `place` is where its verb begins."""

    defendants: list[CompanyName]
    plaintiffs: list[str]
    place: int
    on: PartialDate | None = None
    is_pending: bool = False
    """Whether it is named as a case that goes on: what will come of it is still to come, the suit is not."""


def read(page: Page) -> Iterator[Claim]:
    """A suit per defendant, with its plaintiffs as the text names them."""
    memory = Memory()
    named: list[tuple[Clause, Suit]] = []
    for sentence in page.sentences:
        if _HINT.search(sentence.text) is None:
            continue
        for clause in sentence.clauses:
            if any_of("chinese_events", "lawsuit", "not").search(clause.text) or sentence.is_question:
                continue
            suit = _regarded(page, clause) or _sued(page, clause, memory) or _sues(page, clause, memory)
            if suit is None:
                nominal = _with_both_sides(page, clause)
                named += [(clause, nominal)] if nominal is not None else []
                continue
            yield from _claims(page, clause, suit, memory)
    for clause, suit in named:
        if not any(each.key in memory.told for each in suit.defendants):
            yield from _claims(page, clause, suit, memory)


def _claims(page: Page, clause: Clause, suit: Suit, memory: Memory) -> Iterator[Claim]:
    for defendant in suit.defendants:
        memory.defendant, memory.plaintiffs = defendant, suit.plaintiffs
        memory.told.add(defendant.key)
        fields = {"plaintiff": "; ".join(suit.plaintiffs) or None}
        on = suit.on or when(page, clause, suit.place)
        status = None if suit.is_pending else _status(clause)
        yield tell(page, clause, "lawsuit", defendant, status=status, on=on, fields=fields)


def _status(clause: Clause) -> Status | None:
    """「将公司告上法庭」 is done: its 将 marks the object."""
    if clause.standing != "rumored":
        return clause.standing
    before = _FILED.sub("", _AGAINST.sub("", clause.sentence.text[clause.start : clause.end]))
    return "rumored" if any_of("chinese_standing", "rumored", "before").search(before) else None


def _regarded(page: Page, clause: Clause) -> Suit | None:
    """「针对迪士尼去年9月提起的诉讼，公司已…」: who stands before its date sues, and whoever answers is sued."""
    match = _REGARDING.match(clause.sentence.text, clause.head, clause.end)
    behind = clause.following
    if match is None or behind is None or not behind.named or behind.subject is None or behind.is_foreign:
        return None
    begun = next((each for each in clause.dates if match.start("who") < each.start < match.end("who")), None)
    plaintiffs = names_in(page, clause, match.start("who"), begun.start) if begun is not None else []
    if begun is None or not plaintiffs or behind.subject.name in plaintiffs:
        return None
    return Suit([behind.subject], plaintiffs, match.start(), begun.date)


def _sued(page: Page, clause: Clause, memory: Memory) -> Suit | None:
    """Whoever is the subject of 被起诉, 遭诉讼, 被追加为被告."""
    text = clause.sentence.text
    sued = any_of("chinese_events", "lawsuit", "sued").search(text, clause.start, clause.end)
    if sued is None:
        return None
    by = _BY.search(text, sued.start(), clause.end)
    if _OF_CASES.match(text, sued.end() - 2, clause.end):
        return None
    defendants = both_spoken_of(clause) or [each for each in [company_at(clause, sued.start())] if each is not None]
    whom = ("who" if by["who"] else "with") if by else None
    names = names_in(page, clause, *by.span(whom)) if by and whom and not _NO_PLAINTIFF.match(by[whom]) else []
    if not names and by and whom == "who":
        names = counted(page, clause, *by.span("who"))
    elsewhere = _named_plaintiffs(page, clause.sentence)
    if elsewhere and not (names and any(mention for mention in clause.mentions if mention.start > sued.start())):
        names = elsewhere
    if not names and "追加" in sued[0]:
        names = memory.plaintiffs
    return Suit(defendants, names, sued.start(), _filed_on(clause))


def _named_plaintiffs(page: Page, sentence: Sentence) -> list[str]:
    """The plaintiffs whom a sentence names as such, itself or the next one: 「原告为Shutterstock」."""
    following = page.sentences[sentence.number + 1 : sentence.number + 2]
    for each in (sentence, *(near for near in following if near.paragraph == sentence.paragraph)):
        for clause in each.clauses:
            match = _NAMED_PLAINTIFF.search(each.text, clause.start, clause.end)
            if match is not None and (names := names_in(page, clause, *match.span("who"))):
                return names
    return []


def _filed_on(clause: Clause) -> PartialDate | None:
    """The date of 「起诉时间是今年2月」, told behind in the same sentence."""
    for each in clause.sentence.clauses[clause.place + 1 :]:
        own = [date.date for date in each.dates if date.date is not None]
        if own and _FILED_ON.search(each.text):
            return own[0]
    return None


def _sues(page: Page, clause: Clause, memory: Memory) -> Suit | None:
    text = clause.sentence.text
    sues = any_of("chinese_events", "lawsuit", "sues").search(text, clause.start, clause.end)
    if sues is None:
        return None
    against = _AGAINST.search(text, clause.start, sues.end())
    if against is not None and _IS_COURT.search(against["who"]):
        against = None
    begin = against.start() if against else sues.start()
    span = against.span("who") if against else (sues.end(), clause.end)
    plaintiffs = _plaintiffs(page, clause, begin)
    again = [] if plaintiffs else _suing_again(page, clause, memory)
    defendants = [
        each
        for each in _defendants(page, clause, span, None if plaintiffs else clause.subject)
        if each.name not in plaintiffs
    ]
    if not defendants and not again:
        defendants = _accused_by_name(page, clause)
    if again:
        plaintiffs = again
        defendants = defendants or [each for each in [memory.defendant] if each is not None]
    if not defendants and against is None and _ENDS.match(text, sues.end(), clause.end):
        behind = _accused_behind(page, clause, memory, plaintiffs)
        defendants = [behind] if behind is not None else []
    if not plaintiffs and memory.defendant in defendants:
        plaintiffs = memory.plaintiffs
    return Suit(defendants, plaintiffs, sues.start()) if defendants else None


def _suing_again(page: Page, clause: Clause, memory: Memory) -> list[str]:
    """The one plaintiff of the last suit where a pronoun stands for him: 「这不是青岫第一次打官司。它在杭州起诉…」."""
    if len(memory.plaintiffs) != 1 or _PRONOUN.match(clause.sentence.text, clause.head) is None:
        return []
    near = page.sentences[max(0, clause.sentence.number - 1) : clause.sentence.number]
    told = "".join(each.text for each in near) + clause.sentence.text[: clause.start]
    return memory.plaintiffs if fold_text(memory.plaintiffs[0])[:_SHORT_NAME] in told else []


def _accused_by_name(page: Page, clause: Clause) -> list[CompanyName]:
    """Those whom the clause behind names as the accused: 「…提起集体诉讼，被告是HeyGen和ElevenLabs」."""
    behind = clause.following
    match = _ACCUSED.match(behind.text.strip()) if behind is not None else None
    if behind is None or match is None:
        return []
    named = [company for each in behind.mentions if (company := company_of(each, page)) is not None]
    return list(dict.fromkeys(named))


def _accused_behind(page: Page, clause: Clause, memory: Memory, plaintiffs: list[str]) -> CompanyName | None:
    """Whom the clause behind accuses, else the one sued before or talked about: 「盖蒂在伦敦起诉，指控对方…」."""
    later = clause.sentence.clauses[clause.place + 1 : clause.place + 1 + _SOON]
    following = next((each for each in later if _ACCUSES.match(each.text)), None)
    if following is not None:
        named = [company for each in following.mentions if (company := company_of(each, page)) is not None]
        if named and following.mentions[0].start - following.start <= _ABOUT_HIM:
            return named[0]
    own = {each.key for each in clause.mentions} | {clause.subject.key if clause.named and clause.subject else ""}
    before = clause.sentence.clauses[: clause.place]
    spoken = (memory.defendant, clause.topic, clause.latter, clause.former, page.main)
    if not plaintiffs and not before:
        return None
    return next((each for each in spoken if each is not None and each.key not in own), None)


def _defendants(page: Page, clause: Clause, span: tuple[int, int], acting: CompanyName | None) -> list[CompanyName]:
    found: dict[str, CompanyName] = {}
    products: dict[str, CompanyName] = {}
    for mention in clause.mentions:
        party = party_of(mention, page)
        if span[0] <= mention.start < span[1] and party is not None:
            (products if _is_product(mention) else found)[party.key] = party
    if found or products:
        return list((found or products).values())
    him = _HIM.search(clause.sentence.text[span[0] : min(span[1], span[0] + 12)])
    if not him:
        return []
    spoken = (clause.topic, clause.former, page.main)
    return [each for each in spoken if each is not None and each != acting][:1]


def _is_product(mention: NameMention) -> bool:
    return mention.kind == "product"


def _plaintiffs(page: Page, clause: Clause, begin: int) -> list[str]:
    """The names before the verb, without the court's place; those of the clause before where this one has none."""
    text = clause.sentence.text
    start = clause.head
    stop = begin
    place = _COURT.search(text[start:begin])
    if place is not None:
        stop = start + place.start()
    dates = [each.start for each in clause.dates if start < each.start < stop]
    behind = [each.end for each in clause.dates if any(0 <= one.start - each.end <= 1 for one in clause.mentions)]
    if behind and start < behind[-1] < stop and "的" in text[start : behind[-1]]:
        start = behind[-1]  # 分析员的问题集中在去年9月|迪士尼起诉MiniMax一案
    elif dates:
        stop = dates[0]
    said = _NAMED_PLAINTIFF.search(text, start, stop)
    over = _OVER.search(text, start, stop) or _BECAUSE.search(text, start, stop)
    stop = over.start() if over is not None else stop
    names = names_in(page, clause, said.start("who") if said else start, stop) if stop > start else []
    if _IS_COURT.search(text, start, stop):
        names = []
    before = clause.previous
    accuser = _ACCUSER.match(before.text.strip()) if before is not None and not names else None
    if before is not None and accuser is not None:
        begins = before.start + len(before.text) - len(before.text.lstrip())
        return names_in(page, before, begins, begins + accuser.end("who"))
    filed = _FILES.search(before.text) if before is not None and not names else None
    if before is not None and filed is not None:
        return _plaintiffs(page, before, before.start + filed.start())
    listed = _LISTED.search(clause.previous.text) if clause.previous is not None and not names else None
    if clause.previous is None or listed is None:
        return names
    return names_in(page, clause.previous, clause.previous.head, clause.previous.start + listed.start())


def _with_both_sides(page: Page, clause: Clause) -> Suit | None:
    """A suit named with both sides; it is one that goes on."""
    named = suit_named(page, clause)
    return Suit([named.defendant], named.plaintiffs, named.place, is_pending=True) if named is not None else None
