"""Whom a Chinese article is mainly about, and where in its clauses the words begin that say so."""

from __future__ import annotations

import re

from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import ENTRY, company_of
from pipeline.chinese.named_beside import spoken_of
from pipeline.chinese.patterns import any_of, gated
from pipeline.chinese.subject_places import blanked, can_be_subject, is_anothers, is_former_home, is_once_of
from pipeline.names.company_name import CompanyName

_SPACE = re.compile(
    r"[（(][^）)]{0,10}[讯訊電电]\s?[^）)]{0,8}[）)]|【[^】]{1,12}】|[\s“”「」『』【】\"'*·•●▪■◆\-—–、]+|(?<![\d.])\d{1,2}[.、．)）]\s?(?!\d)|[（(]\d{1,2}[）)]"
)


_TALKED_WITH = re.compile(r"(?:[^，。；]{0,6}[｜|]\s?)?(?:对话|对谈|专访|访谈|采访|访)[^，。；：、]{0,14}\Z")
"""「对话烛光映画江海潮」"""


def main_of(page: Page) -> CompanyName | None:
    """The first company of the title that is no object there, else the first of the text."""
    for sentence in page.sentences[:2]:
        for mention in sentence.mentions[:1]:
            if mention.kind == "company" and _TALKED_WITH.match(sentence.text, 0, mention.start):
                return company_of(mention, page)
    for sentence in page.sentences[:6]:
        if sentence.number == 1 and (acted_on := _only_one_in_title(page)) is not None:
            return acted_on
        for clause in sentence.clauses:
            clause.head = head_of(clause)
            for place, mention in enumerate(clause.mentions):
                company = company_of(mention, page)
                if company is not None and can_be_subject(clause, mention) and not is_outsider(clause):
                    return spoken_of(clause, page, place) or company
    for sentence in page.sentences[:8]:
        for clause in sentence.clauses:
            for mention in clause.mentions:
                company = company_of(mention, page)
                if company is None or is_former_home(clause, mention):
                    continue
                if not any_of("chinese_rounds", "invests").search(clause.text):
                    return company
    return None


def _only_one_in_title(page: Page) -> CompanyName | None:
    """The one company a title names, though as the object of somebody else's deed: 「又一家片厂起诉Midjourney」."""
    title = page.sentences[0]
    if title.where != "title":
        return None
    named = {
        company
        for clause in title.clauses
        for mention in clause.mentions
        if (company := company_of(mention, page)) is not None
        and not (is_former_home(clause, mention) or is_anothers(clause, mention) or is_once_of(clause, mention))
    }
    return named.pop() if len(named) == 1 else None


_SPOKEN = re.compile(r"[*\s“]*(?:[问答QA]\d{0,2}|[\u4e00-\u9fff·]{2,8}|[A-Z][A-Za-z ]{1,20})\s?[*]*[：:]")
_ENOUGH_SPOKEN = 4
"""Paragraphs."""


def is_interview(page: Page) -> bool:
    """Whether several paragraphs begin with who speaks, the same ones again."""
    spoken: dict[str, int] = {}
    told = set()
    for sentence in page.sentences:
        match = _SPOKEN.match(sentence.text) if sentence.where == "text" else None
        if match is not None and sentence.paragraph not in told:
            told.add(sentence.paragraph)
            spoken[match[0]] = spoken.get(match[0], 0) + 1
    return len(told) >= _ENOUGH_SPOKEN and max(spoken.values(), default=0) > 1


def is_outsider(clause: Clause) -> bool:
    """Whether the clause's subject acts upon the company the article is about (invests, sues, reports)."""
    match = gated("chinese_clauses", "outsider").search(clause.sentence.text, clause.head, clause.end)
    if match is None:
        return False
    return not any_of("chinese_clauses", "suffers").search(blanked(clause, clause.head, match.start()))


def head_of(clause: Clause) -> int:
    """The place behind numbering, dates and connectives."""
    text, place = clause.sentence.text, clause.start
    entry = ENTRY.match(text, place, clause.end) if clause.place == 0 else None
    if entry is not None and not any(each.start < entry.end() for each in clause.mentions):
        place = entry.end()
    dates = {each.start: each.end for each in clause.dates}
    openers = any_of("chinese_clauses", "openers")
    while place < clause.end:
        if place in dates:
            place = dates[place]
            continue
        match = _SPACE.match(text, place, clause.end) or openers.match(text, place, clause.end)
        if match is None or any(each.start < match.end() and place < each.end for each in clause.mentions):
            break
        place = match.end()
    return min(place, clause.end)
