"""Whom a Chinese clause is about: its named subject, the one a pronoun stands for, or the one carried on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.chinese.entries import ENTRY, company_of, is_round_up, listed_name
from pipeline.chinese.main_company import head_of, is_interview, is_outsider, main_of
from pipeline.chinese.named_beside import (
    acted_upon,
    bought_in,
    for_whom,
    in_focus,
    leads_to_anothers,
    named_last,
    presented_in,
    speaks_of_his,
    spoken_of,
)
from pipeline.chinese.patterns import any_of
from pipeline.chinese.strangers import Place, founded_by, stranger_in
from pipeline.chinese.subject_places import blanked, can_be_subject, is_anothers
from pipeline.names.company_name import CompanyName

_WHAT_IT_IS = re.compile(
    r"\s*(?:是|作为)?(?:一|这)[家个款间][^，。；]{2,40}(?:公司|企业|初创|新创|创企|团队|平台|工作室|厂商|独角兽|工具|应用|产品)"
)
_ACTS_ON_HIM = re.compile(
    r"(?:[把将对向]|收购了?|买下了?|起诉了?|投资了?|入股了?)(?:它(?!们)|其(?!他|它|中|余|实)|该公司|这家公司)"
)
"""「Adobe把它连人带技术一起收走」: 它 stays the one talked about."""
_GOES_ON = re.compile(r"(?:后者|前者|该公司|这家|这笔|这一?轮|它(?!们)|其(?!他|它|中|余|实|次)|交易|双方)")
"""A paragraph that begins so goes on with the entry before it."""
_OF_ROUND = re.compile(r"\s*(?:最新|投前|投后|对应|本轮|该轮|公司)*(?:估值|金额|融资额|身价)")
_AS_TOLD = re.compile(
    r"\s*(?:据(?!点)|按照?|依照?|根据|援引)[^，。；]{1,24}(?:报道|消息|说法|披露|称|透露|估计|估算|数据|显示|了解|介绍|统计|人士|分析|测算|口径|话说)?\s*|\s*据(?:悉|了解|称|报道|说|介绍|传)\s*"
)
_UNKNOWN_ACTOR = re.compile(
    r"[“「]?(?!(?:AI|IPO|CEO|CFO|CTO|COO|ARR|API|MRR|PPT|App|APP|Pro|Max|Plus|Ultra|Series|Pre|[A-Z]{1,3})(?![a-z]))[A-Z][a-z][A-Za-z0-9.]{1,18}[”」]?\s?(?:已|正(?!式)|拟|获|完成|宣布|将)"
)
"""A Latin name nobody has listed, before what a company does: what follows is not about whom one talked of."""
_THIS_PART = re.compile(r"(?:这项|该项?|这一|这块|这个)[^，。；的]{0,10}?(?:业务|板块|产品线|部门|事业部)(?!方|员)")
_BESIDE = re.compile(r"(?:与|和|同|跟|对|向|把|将|被|由|给)(?:它(?!们)|该公司|这家公司)")


@dataclass(slots=True)
class Memory:
    """What the clauses before say about whom one talks."""

    topic: CompanyName | None = None
    opened: CompanyName | None = None
    """The first subject of the paragraph before: whom 公司 means at the beginning of the next."""
    spoken: list[tuple[str, CompanyName]] = field(default_factory=list)
    """The last entities named, by key: the products' owners stand for them."""
    stranger: Place = "none"
    """How the last stranger was spoken of, while nobody we know was since."""
    bought: CompanyName | None = None
    """Whom the sentence before told to be bought: 「该公司成立于…」 behind it is about that company."""
    sentence: Sentence | None = None
    met_main: bool = False
    """Whether the paragraph before names the company the article is mainly about."""

    def speak(self, key: str, company: CompanyName) -> None:
        """Note that an entity was named."""
        self.spoken = [*[pair for pair in self.spoken if pair[0] != key][-3:], (key, company)]


def settle_subjects(page: Page) -> None:
    """Give every clause of a page its head, subject and topic, and the page whom it is mainly about."""
    page.owners = {**page.owners}
    for sentence in page.sentences:
        for mention in sentence.mentions:
            if mention.kind == "company":
                page.named.setdefault(mention.key, mention)
                page.owners.setdefault(mention.key, CompanyName(mention.key, mention.name, mention.known))
    page.is_round_up = is_round_up(page)
    page.main = main_of(page)
    page.is_interview = is_interview(page)
    memory = Memory(page.main)
    paragraph, first = -1, True
    for sentence in page.sentences:
        if sentence.where == "text" and sentence.paragraph != paragraph:
            paragraph, first = sentence.paragraph, True
            _turn_paragraph(page, sentence, memory)
            memory.met_main = False
        waits = memory.topic is None
        for clause in sentence.clauses:
            _settle(clause, page, memory)
            memory.met_main |= any(company_of(each, page) == page.main for each in clause.mentions)
            if first and clause.named and clause.subject is not None and not is_outsider(clause):
                memory.opened, first = clause.subject, False
        if waits:
            _look_ahead(sentence)


def _look_ahead(sentence: Sentence) -> None:
    """「天使轮800万元来自…，A轮2000万元由…领投：小鹿片场两个月里连融两轮」: whom a colon names at last."""
    named = next((each for each in sentence.clauses if each.named and each.subject is not None), None)
    if named is None or sentence.text[named.start - 1 : named.start] not in ("：", ":"):
        return
    for clause in sentence.clauses[: named.place]:
        if clause.subject is None and not clause.is_foreign:
            clause.subject = clause.topic = named.subject


def _turn_paragraph(page: Page, sentence: Sentence, memory: Memory) -> None:
    """A list item is about whom its heading names; other paragraphs begin with whom the last one began with."""
    heading = listed_name(sentence, page)
    if heading is not None:
        memory.topic = heading
        return
    memory.stranger = "none"
    if page.is_counted and _GOES_ON.match(sentence.text):
        return
    if page.is_counted or (page.is_round_up and ENTRY.match(sentence.text)):
        memory.topic = memory.opened = None
        return
    memory.topic = page.main if memory.met_main or page.is_interview else memory.opened or memory.topic or page.main


def _settle(clause: Clause, page: Page, memory: Memory) -> None:
    clause.head = head_of(clause)
    clause.topic = memory.topic
    if len(memory.spoken) > 1:
        clause.former, clause.latter = memory.spoken[-2][1], memory.spoken[-1][1]
    if memory.sentence is not clause.sentence:
        memory.bought = bought_in(memory.sentence, page)
        memory.sentence = clause.sentence
    clause.subject, clause.named, clause.is_foreign = _subject(clause, page, memory)
    _meet_stranger(clause, memory)
    for mention in clause.mentions:
        company = company_of(mention, page)
        if company is not None:
            memory.speak(mention.key, company)
    his = speaks_of_his(clause, page)
    if his is not None:
        memory.topic = clause.subject = his
        return
    if memory.topic is not None and _BESIDE.search(clause.text):
        memory.speak(memory.topic.key, memory.topic)
    focus = in_focus(clause, page) or for_whom(clause, page)
    if focus is not None:
        memory.topic = focus
        return
    if clause.named and clause.subject is not None:
        if any_of("chinese_clauses", "self").match(clause.sentence.text, clause.head):
            memory.speak(clause.subject.key, clause.subject)
        outside = is_outsider(clause) or _ACTS_ON_HIM.search(clause.text) is not None
        if not outside or memory.topic is None or clause.subject == page.main:
            memory.topic = clause.subject


def _explains(clause: Clause) -> bool:
    """Whether a clause says no more than what the name right before it is: 「十七帧，一家做AI视频的公司，」."""
    before = clause.previous
    if before is None or not before.named or not before.mentions or clause.mentions:
        return False
    alone = not blanked(before, before.head, before.end).strip(" “”「」")
    return alone and _WHAT_IT_IS.fullmatch(clause.text) is not None


def _meet_stranger(clause: Clause, memory: Memory) -> None:
    """Note whether somebody without a name we know is spoken of; whoever we know and acts ends that."""
    if clause.named and clause.subject is not None and clause.mentions:
        memory.stranger = "none"
    place = stranger_in(clause) if not _explains(clause) else "none"
    if founded_by(clause) and clause.is_foreign:
        place = "subject"
    if place == "subject" and not is_outsider(clause):
        clause.subject, clause.named, clause.is_foreign = None, False, True
        memory.stranger = place
    elif place == "object" and memory.stranger == "none":
        memory.stranger = place


def _subject(clause: Clause, page: Page, memory: Memory) -> tuple[CompanyName | None, bool, bool]:
    """(subject, whether it is named here, whether it is somebody we know nothing about)."""
    text = clause.sentence.text
    if clause.latter is not None and any_of("chinese_clauses", "latter").match(text, clause.head):
        return clause.latter, True, False
    if clause.former is not None and any_of("chinese_clauses", "former").match(text, clause.head):
        return clause.former, True, False
    if _explains(clause):
        return clause.previous.subject if clause.previous is not None else None, False, False
    stranger = any_of("chinese_clauses", "strangers").match(text, clause.head, clause.end)
    if stranger and not any(clause.head <= each.start <= stranger.end() + 8 for each in clause.mentions):
        return None, False, True
    pronoun = any_of("chinese_clauses", "self").match(text, clause.head, clause.end)
    sure = any_of("chinese_clauses", "sure_self").match(text, clause.head, clause.end) is not None
    for place, mention in enumerate(clause.mentions):
        if (sure and pronoun is not None) or not can_be_subject(clause, mention):
            continue
        company = company_of(mention, page)
        if company is not None and not leads_to_anothers(clause, place):
            return spoken_of(clause, page, place) or company, True, False
        if mention.kind == "investor":
            return None, True, True
    if _THIS_PART.match(text, clause.head, clause.end) and (part := named_last(clause, page)) is not None:
        return part, True, False
    if text.startswith("自己", clause.head) and memory.spoken:
        return memory.spoken[-1][1], True, False
    if not (sure and pronoun) and any(is_anothers(clause, mention) for mention in clause.mentions[:1]):
        return None, False, True
    if pronoun is not None and (whose := _of_stranger(clause, memory)) is not None:
        return whose
    if pronoun is not None and page.is_interview and text.startswith(("我们", "我司", "你们"), pronoun.start()):
        return page.main, True, False
    if pronoun is not None:
        return memory.topic, True, False
    unknown = _UNKNOWN_ACTOR.match(text, clause.head, clause.end)
    if unknown is not None and not any(clause.head <= each.start < unknown.end() for each in clause.mentions):
        return None, False, True
    before = _told_before(clause)
    presented = presented_in(before, page) if before is not None else None
    if presented is not None:
        return presented, False, False
    if before is not None and before.is_foreign and not (before.named and is_outsider(before)):
        return None, False, True
    if before is not None and not is_outsider(before):
        return before.subject, False, False
    if before is not None and _OF_ROUND.match(clause.text) and (whom := acted_upon(before, page)) is not None:
        return whom, False, False
    if before is None and memory.stranger == "subject":
        return None, False, True
    return memory.topic, False, False


def _of_stranger(clause: Clause, memory: Memory) -> tuple[CompanyName | None, bool, bool] | None:
    """Whom a pronoun stands for where it does not stand for the company talked about; (None, False, True): nobody."""
    text = clause.sentence.text
    points = any_of("chinese_clauses", "points_back").match(text, clause.head, clause.end)
    if points is not None and memory.bought is not None:
        if any_of("chinese_clauses", "describes").search(text, clause.head, clause.end):
            return memory.bought, True, False
        return None
    if memory.stranger == "subject" and not any_of("chinese_clauses", "ourselves").match(text, clause.head):
        return None, False, True
    if memory.stranger == "object" and points is not None:
        return None, False, True
    return None


def _told_before(clause: Clause) -> Clause | None:
    """The clause before, of those that do not only say who says so: 「…，据The Information报道，估值…」."""
    before = clause.previous
    while before is not None and before.previous is not None and _AS_TOLD.fullmatch(before.text):
        before = before.previous
    return before
