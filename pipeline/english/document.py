"""An article as the English readers see it: sentences with what was found in them, and who is being talked about.

It serves every language but Chinese, of which `pipeline/chinese/clauses.py` makes clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from db.model import Article, Language, SaidBy
from db.values import PartialDate
from pipeline.attribution import origin, said_by
from pipeline.boilerplate import is_about_heading, is_notice
from pipeline.english.clauses import parse
from pipeline.english.statements import Parsed
from pipeline.matching.first_letters import quick
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.names.company_name import CompanyName, owners_of
from pipeline.names.find_names import Names
from pipeline.sentences import paragraphs, sentences
from pipeline.values.counts import find_counts
from pipeline.values.dates import find_dates
from pipeline.values.found import FoundCount, FoundDate, FoundMoney, FoundSeries, NameMention, Person, moved
from pipeline.values.money import find_money, home_of_yen
from pipeline.values.series import find_series

LEAD_PARAGRAPHS = 2
_TODAY = GatedPattern(r"\b(?:current|latest|newest|most recent)\b")
"""What is told of today leans on no date told before."""
_FOUNDED = re.compile(r"(?:The (?:company|startup) was |It was )?(?:Founded|founded|Started|started|Set up|set up) ")
"""When a company began is no date for what is told next."""
_EARLIER = re.compile(r"\b(?:years?|months?) (?:before|earlier)\Z")
"""A time only compared with; what follows does not lean on it."""
_THAT_TIME = GatedPattern(
    r"\b(?:[Tt]hat|[Tt]he same|[Tt]he following) (?:year|month|(?:late |early )?(?:January|February|March|April|May"
    r"|June|July|August"
    r"|September|October|November|December|spring|summer|autumn|fall|winter))\b"
)
"""A time told by another one leans on it across paragraphs."""
_CLAUSE_END = quick(r"[,，;；:：]\s?|(?<=\w) (?:but|while|whereas|which) ")


@dataclass(frozen=True, slots=True)
class Homes:
    """The companies at home in each city, in order of mention, and the cities a text puts a company in, by its key."""

    companies: dict[str, list[CompanyName]]
    cities: dict[str, set[str]]


@dataclass(slots=True)
class Sentence:
    """One sentence, folded; all spans in it count from its own start. `place` is where it starts in title or text."""

    text: str
    place: int
    where: Literal["title", "text"]
    paragraph: int
    language: Language
    mentions: list[NameMention]
    is_background: bool = False
    topic: CompanyName | None = None
    anchor: PartialDate | None = None
    money: list[FoundMoney] = field(default_factory=list)
    dates: list[FoundDate] = field(default_factory=list)
    series: list[FoundSeries] = field(default_factory=list)
    counts: list[FoundCount] = field(default_factory=list)
    number: int = 0
    """Its place among the document's sentences."""
    opens_paragraph: bool = False
    is_item: bool = False
    """Whether it opens an item of a round-up: news of the day of somebody else."""
    statements: Parsed | None = None
    noted: dict[str, Any] = field(default_factory=dict)
    """What one reader found in it and others ask for again."""

    @property
    def parsed(self) -> Parsed:
        """The sentence cut into statements (English only), read when first asked for."""
        if self.statements is None:
            self.statements = parse(self.text, self.mentions, self.dates, titled=self.where == "title")
        return self.statements

    @property
    def said_by(self) -> SaidBy:
        """Whose word the sentence is."""
        if "said_by" not in self.noted:
            self.noted["said_by"] = said_by(self.text, self.language)
        who: SaidBy = self.noted["said_by"]
        return who

    @property
    def origin(self) -> str | None:
        """The outlet the sentence names as its source."""
        return origin(self.text, self.language)

    @property
    def is_lead(self) -> bool:
        """Whether this stands where the news of the day is told."""
        return self.where == "title" or (self.paragraph < LEAD_PARAGRAPHS and not self.is_background)

    def clause(self, position: int) -> tuple[int, int]:
        """The span between the commas around a position."""
        start, end = 0, len(self.text)
        for begin, stop in self._clause_ends():
            if stop <= position:
                start = stop
            elif begin >= position:
                end = begin
                break
        return start, end

    def _clause_ends(self) -> list[tuple[int, int]]:
        """The spans of the commas and conjunctions between its clauses, looked for once."""
        if "clause_ends" not in self.noted:
            self.noted["clause_ends"] = [
                match.span()
                for match in _CLAUSE_END.finditer(self.text)
                if not _inside_number(self.text, match.start())
            ]
        ends: list[tuple[int, int]] = self.noted["clause_ends"]
        return ends

    def companies(self) -> Iterator[tuple[NameMention, CompanyName]]:
        """The mentions that name a company, products by their owners."""
        for mention in self.mentions:
            if mention.kind == "company":
                yield mention, CompanyName(mention.key, mention.name, mention.known)


def _inside_number(text: str, place: int) -> bool:
    return text[place] in ",，:" and text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()


@dataclass(slots=True)
class Document:
    """An article's sentences in order, title first, with its names."""

    article: Article
    title: str
    text: str
    names: Names
    sentences: Sequence[Sentence]
    owners: dict[str, CompanyName]
    """Companies by key, for products whose owner has to be named."""
    insiders: frozenset[str] | None = None
    """Last names of the people the text gives a role, folded; None: not looked for yet."""
    people: list[Person] | None = None
    """Everybody the text names in full; None: not looked for yet."""
    homes: Homes | None = None
    """Where its companies are at home, as English text tells it; None: not looked for yet."""


def read_document(article: Article, names: Names, title: str, text: str) -> Document:
    """Cut a folded article into sentences and find what stands in each; notices of the site are left out."""
    owners = owners_of(names)
    found = [*_title(article, title, names), *_body(article, text, names)]
    for number, sentence in enumerate(found):
        sentence.number = number
    _find_values(article, found)
    return Document(article, title, text, names, found, owners)


def _title(article: Article, title: str, names: Names) -> Iterator[Sentence]:
    if title.strip():
        yield Sentence(title, 0, "title", 0, article.language, list(names.in_title))


def _body(article: Article, text: str, names: Names) -> Iterator[Sentence]:
    """The sentences of the text; one told again, as a caption or a pulled quote, tells nothing new."""
    told: set[str] = set()
    mentions = iter(names.in_text)
    current = next(mentions, None)
    about = False
    for number, (start, end) in enumerate(paragraphs(text)):
        paragraph = text[start:end]
        if is_about_heading(paragraph):
            about = True
            continue
        if is_notice(paragraph):
            continue
        opens = True
        for begin, stop in sentences(text, start, end, article.language):
            sentence = text[begin:stop]
            inside: list[NameMention] = []
            while current is not None and current.start < stop:
                if current.start >= begin and sentence not in told:
                    inside.append(moved(current, -begin))
                current = next(mentions, None)
            if sentence not in told:
                told.add(sentence)
                yield Sentence(sentence, begin, "text", number, article.language, inside, about, opens_paragraph=opens)
            opens = False


def _find_values(article: Article, found: Sequence[Sentence]) -> None:
    """Values of every sentence; dates lean on those told before in the same paragraph."""
    anchor: PartialDate | None = None
    last: PartialDate | None = None
    paragraph = -1
    home = home_of_yen(f"{article.title}\n{article.text}") if article.language == "en" else None
    for sentence in found:
        if sentence.paragraph != paragraph or sentence.where == "title":
            anchor, paragraph = None, sentence.paragraph
        if anchor is None and article.language == "en" and _THAT_TIME.search(sentence.text):
            anchor = last
        sentence.anchor = anchor
        sentence.money = find_money(sentence.text, article.language, home)
        leans_on = None if _TODAY.search(sentence.text) else anchor
        sentence.dates = find_dates(sentence.text, article.published, article.language, leans_on)
        sentence.series = find_series(sentence.text, article.language)
        sentence.counts = find_counts(sentence.text, article.language)
        told = [
            each.date
            for each in sentence.dates
            if each.date is not None and not _EARLIER.search(sentence.text[each.start : each.end])
        ]
        if told and not (article.language == "en" and _FOUNDED.match(sentence.text)):
            anchor = last = told[-1]
