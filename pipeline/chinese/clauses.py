"""A Chinese article cut into sentences and clauses, each with the values that stand in it.

The comma-separated clause is what Chinese news states one thing in; who it is about, when and whether it happened are
settled in `pipeline.chinese.walk` before any reader looks at it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from db.model import Article, SaidBy, Status
from db.values import PartialDate
from pipeline.boilerplate import is_about_heading, is_notice
from pipeline.chinese.short_rounds import short_series
from pipeline.learned.chinese_marked_words import Word, words
from pipeline.matching.first_letters import quick
from pipeline.names.company_name import CompanyName
from pipeline.names.find_names import Names
from pipeline.sentences import LONGEST_SENTENCE, paragraphs, sentences
from pipeline.values.counts import find_counts
from pipeline.values.found import FoundCount, FoundDate, FoundMoney, FoundSeries, NameMention, moved
from pipeline.values.money import find_money
from pipeline.values.series import find_series

Found = NameMention | FoundDate | FoundMoney | FoundSeries | FoundCount
Placed = TypeVar("Placed", bound=Found)

_LONGEST_CLAUSE = 400
"""Characters: what goes on longer without a full stop, or without a comma, is no news."""
_BREAK = quick(r"(?P<open>[（(《])|(?P<close>[）)》])|[，,：:；;。！？!?]|——+")
_HEADING = re.compile(r"\s*【[^】]{5,40}】(?=\s?[^\s。])")
"""「【Moonvalley起诉同行】Moonvalley向…」: what an entry is called is a clause of its own."""
_NOTICE = re.compile(r"^[（(]?(?:责任编辑|编辑|作者|来源|文|编译|校对|媒体联系|联系方式|编者按)\s?[|｜丨:：/]")
_QUESTION = re.compile(r"[？?][”」]?$")


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence, folded; every span in it counts from its own start. `place` is where it starts in title or text."""

    text: str
    place: int
    where: Literal["title", "text"]
    paragraph: int
    is_lead: bool
    is_about: bool = False
    number: int = 0
    """Which sentence of its page it is."""
    clauses: list[Clause] = field(default_factory=list)
    dates: list[FoundDate] = field(default_factory=list)
    said_by: SaidBy = "none"
    origin: str | None = None
    is_question: bool = field(init=False)
    """Whether it asks; what a question supposes is nobody's statement."""
    told: list[Word] | None = None
    """Its words, once somebody has asked for them."""

    def __post_init__(self) -> None:
        self.is_question = _QUESTION.search(self.text) is not None

    @property
    def money(self) -> list[FoundMoney]:
        """All its sums."""
        return [each for clause in self.clauses for each in clause.money]

    @property
    def mentions(self) -> list[NameMention]:
        """All its names."""
        return [each for clause in self.clauses for each in clause.mentions]

    @property
    def words(self) -> list[Word]:
        """Its words with names and values as marks, cut when first asked for."""
        if self.told is None:
            self.told = words(
                self.text, mentions=self.mentions, money=self.money, dates=self.dates,
                series=[each for clause in self.clauses for each in clause.series],
                counts=[each for clause in self.clauses for each in clause.counts],
            )  # fmt: skip
        return self.told


@dataclass(slots=True, eq=False)
class Clause:
    """A clause of a sentence with what was found in it; spans count from the start of the sentence."""

    sentence: Sentence
    start: int
    end: int
    place: int
    """Which clause of its sentence it is."""
    text: str = field(init=False)
    """Its own words."""
    mentions: list[NameMention] = field(default_factory=list)
    dates: list[FoundDate] = field(default_factory=list)
    money: list[FoundMoney] = field(default_factory=list)
    series: list[FoundSeries] = field(default_factory=list)
    counts: list[FoundCount] = field(default_factory=list)
    head: int = 0
    """Where what is neither a date nor a connective begins."""
    subject: CompanyName | None = None
    named: bool = False
    """Whether the subject is named here, or a pronoun stands for it; else it is carried from before."""
    is_foreign: bool = False
    """Whether somebody we know nothing about is its subject."""
    topic: CompanyName | None = None
    """Who 公司 and 该公司 are here: the company talked about before this clause."""
    former: CompanyName | None = None
    latter: CompanyName | None = None
    date: PartialDate | None = None
    """The date carried into this clause from before, where it has none of its own."""
    date_from: Clause | None = None
    """The clause of the sentence it was carried from."""
    then: PartialDate | None = None
    """When "then" (当时, 同日) is: the date told last."""
    told: PartialDate | None = None
    """The last date told that has passed, however exact: when 当时 is."""
    standing: Status | None = None
    """"denied" or "rumored" where words around the clause say so; None: told as done."""
    denied_on: PartialDate | None = None
    denied_in: Sentence | None = None
    """A sentence behind that denies the plan this clause tells."""
    after_vague: bool = False
    """Whether a vague date (近日) stands before it in its sentence."""
    noted: dict[str, list[Any]] = field(default_factory=dict)
    """What a reader found once and others ask for again."""

    def __post_init__(self) -> None:
        self.text = self.sentence.text[self.start : self.end]

    @property
    def previous(self) -> Clause | None:
        """The clause before it in its sentence."""
        return self.sentence.clauses[self.place - 1] if self.place else None

    @property
    def following(self) -> Clause | None:
        """The clause behind it in its sentence."""
        behind = self.sentence.clauses[self.place + 1 : self.place + 2]
        return behind[0] if behind else None

    def companies(self) -> Iterator[tuple[NameMention, CompanyName]]:
        """The mentions that name a company."""
        for mention in self.mentions:
            if mention.kind == "company":
                yield mention, CompanyName(mention.key, mention.name, mention.known)


@dataclass(slots=True, eq=False)
class Page:
    """An article as the Chinese readers see it, title first."""

    article: Article
    sentences: Sequence[Sentence]
    owners: dict[str, CompanyName]
    """Companies by key, for products whose owner has to be named."""
    main: CompanyName | None = None
    """Whom the article is about, where it is plain."""
    named: dict[str, NameMention] = field(default_factory=dict)
    """The first mention of each company, by key."""
    products: dict[str, CompanyName] | None = None
    """The names of products the text itself introduces, and whose they are; None until somebody asks."""
    is_round_up: bool = False
    """Whether its paragraphs are entries, each about somebody else."""
    is_interview: bool = False
    """Whether its paragraphs are questions and answers: who answers speaks of the company the page is about."""
    is_counted: bool = False
    """Whether its title says so: its entries then need no marks."""

    def original(self, sentence: Sentence, start: int, end: int) -> str:
        """A span of a sentence as the stored text has it."""
        source = self.article.title if sentence.where == "title" else self.article.text
        return source[sentence.place + start : sentence.place + end]


def cut(article: Article, title: str, text: str, names: Names) -> list[Sentence]:
    """The sentences of a folded article with their clauses and values; notices and repetitions are left out."""
    found = []
    if title.strip() and len(title) <= LONGEST_SENTENCE:
        found.append(_sentence(title, 0, "title", 0, True, list(names.in_title)))
    mentions = iter(names.in_text)
    current = next(mentions, None)
    about, told = False, 0
    seen: set[str] = set()
    for number, (start, end) in enumerate(paragraphs(text)):
        paragraph = text[start:end]
        if is_about_heading(paragraph):
            about = True
            continue
        if is_notice(paragraph) or (len(paragraph) < 120 and _NOTICE.match(paragraph)):
            continue
        told += 1
        for begin, stop in sentences(text, start, end, "zh"):
            inside: list[NameMention] = []
            written = text[begin:stop]
            while current is not None and current.start < stop:
                if current.start >= begin and written not in seen:
                    inside.append(moved(current, -begin))
                current = next(mentions, None)
            if written in seen:
                continue
            seen.add(written)
            sentence = _sentence(written, begin, "text", number, told <= 2 and not about, inside)
            sentence.is_about = about
            found.append(sentence)
    for place, sentence in enumerate(found):
        sentence.number = place
    return found


def _sentence(
    text: str, place: int, where: Literal["title", "text"], paragraph: int, is_lead: bool, mentions: list[NameMention]
) -> Sentence:
    sentence = Sentence(text, place, where, paragraph, is_lead)
    money, series, counts = find_money(text, "zh"), find_series(text, "zh"), find_counts(text, "zh")
    for start, end in _clauses(text):
        if end - start > _LONGEST_CLAUSE:
            continue
        clause = Clause(sentence, start, end, len(sentence.clauses))
        clause.mentions, clause.money = within(mentions, start, end), within(money, start, end)
        clause.series = [
            each
            for each in within(series, start, end)
            if not text.startswith(("东", "权", "代理", "价", "人"), each.end)
        ] or [*short_series(text, start, end)]
        clause.series = [_extended(text, each) for each in clause.series]
        clause.counts = within(counts, start, end)
        sentence.clauses.append(clause)
    return sentence


def _extended(text: str, series: FoundSeries) -> FoundSeries:
    """「追加C轮融资」: more money for a round that was closed before."""
    extends = series.qualifier is None and re.search(r"追加(?:了|的)?\Z", text[: series.start]) is not None
    return (
        series._replace(qualifier="extension") if extends and series.investment_type.startswith("series_") else series
    )


def within(found: Sequence[Placed], start: int, end: int) -> list[Placed]:
    """What begins between two places, of things in the order of their places."""
    if not found:
        return []
    return list(found[bisect_left(found, start, key=_start) : bisect_left(found, end, key=_start)])


def _start(found: Found) -> int:
    return found.start


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """The spans between commas and colons, none of them inside a number, a bracket or a Latin list."""
    heading = _HEADING.match(text)
    start, depth = heading.end() if heading else 0, 0
    if heading is not None:
        yield heading.span()
    for match in _BREAK.finditer(text, start):
        if match["open"]:
            depth += 1
        elif match["close"]:
            depth = max(0, depth - 1)
        elif depth == 0 and not _inside_number(text, match.start()):
            if text[start : match.start()].strip():
                yield start, match.start()
            start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _inside_number(text: str, place: int) -> bool:
    return text[place] in ",:" and text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()
