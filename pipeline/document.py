"""An article as the readers of claims see it: sentences with what was found in them, and who is being talked about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from db.model import Article, Language, SaidBy
from db.values import PartialDate
from pipeline.attribution import origin, said_by
from pipeline.boilerplate import is_about_heading, is_notice
from pipeline.counts import find_counts
from pipeline.dates import find_dates
from pipeline.english.clauses import Parsed, parse
from pipeline.fold import fold_text
from pipeline.lexicon_files import lexicon
from pipeline.found import FoundCount, FoundDate, FoundMoney, FoundSeries, NameMention
from pipeline.investors import find_investors
from pipeline.money import find_money
from pipeline.names import Names, find_names
from pipeline.sentences import paragraphs, sentences
from pipeline.series import find_series

LEAD_PARAGRAPHS = 2
_CLAUSE_END = re.compile(r"[,，;；:：]\s?|(?<=\w) (?:but|while|whereas|which) ")
_BETWEEN_CLAUSES = re.compile(r"[,，;；:：]")


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A company as a claim names it."""

    key: str
    name: str
    known: bool


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
    said_by: SaidBy = "none"
    origin: str | None = None
    investors: tuple[list[tuple[int, int]], list[tuple[int, int]]] = field(default_factory=lambda: ([], []))
    """The spans of those who put money in, and of those among them who led."""
    opens_paragraph: bool = False
    statements: Parsed | None = None

    @property
    def parsed(self) -> Parsed:
        """The sentence cut into statements (English only), read when first asked for."""
        if self.statements is None:
            self.statements = parse(self.text, self.mentions, self.dates, titled=self.where == "title")
        return self.statements

    @property
    def is_lead(self) -> bool:
        """Whether this stands where the news of the day is told."""
        return self.where == "title" or (self.paragraph < LEAD_PARAGRAPHS and not self.is_background)

    def clause(self, position: int) -> tuple[int, int]:
        """The span between the commas around a position."""
        start = end = None
        for match in _CLAUSE_END.finditer(self.text):
            if _inside_number(self.text, match.start()):
                continue
            if match.end() <= position:
                start = match.end()
            elif match.start() >= position:
                end = match.start()
                break
        return start or 0, end if end is not None else len(self.text)

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


def read_document(article: Article, names: Names, title: str, text: str) -> Document:
    """Cut a folded article into sentences and find what stands in each; notices of the site are left out."""
    owners = owners_of(names)
    found = [*_title(article, title, names), *_body(article, text, names)]
    _find_values(article, found)
    _follow_topic(found, owners)
    return Document(article, title, text, names, found, owners)


_INVESTMENT = re.compile(r"\b(?:led|invest\w*|join\w*|participat\w*|back\w*|took part)\b|领投|跟投|参投|投资|注资|入股|加注|参与")
_OTHER_TITLE = re.compile(r"《[^《》\n]{9,80}》")


def fold_article(article: Article) -> tuple[str, str]:
    """The folded title and text; what stands in the title of another text (《...》) is not told here and blotted out."""
    text = fold_text(article.text)
    return fold_text(article.title), _OTHER_TITLE.sub(lambda match: "《" + " " * (len(match[0]) - 2) + "》", text)


def names_of(article: Article, title: str, text: str) -> Names:
    """The names in a folded article."""
    return find_names(title, text, article.language)


def owners_of(names: Names) -> dict[str, CompanyName]:
    """The owners of the products a text names, by key."""
    from db.knowledge import load_knowledge

    keys = {mention.owner_key for mention in (*names.in_title, *names.in_text) if mention.owner_key}
    return {
        company.key: CompanyName(company.key, company.name, True)
        for company in load_knowledge().companies
        if company.key in keys
    }


def _title(article: Article, title: str, names: Names) -> Iterator[Sentence]:
    if title.strip():
        yield Sentence(title, 0, "title", 0, article.language, list(names.in_title))


def _body(article: Article, text: str, names: Names) -> Iterator[Sentence]:
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
            inside: list[NameMention] = []
            while current is not None and current.start < stop:
                if current.start >= begin:
                    inside.append(current._replace(start=current.start - begin, end=current.end - begin))
                current = next(mentions, None)
            yield Sentence(text[begin:stop], begin, "text", number, article.language, inside, about, opens_paragraph=opens)
            opens = False


def _find_values(article: Article, found: Sequence[Sentence]) -> None:
    """Values of every sentence; dates lean on those told before in the same paragraph."""
    anchor: PartialDate | None = None
    paragraph = -1
    home = None
    for sentence in found:
        if sentence.paragraph != paragraph or sentence.where == "title":
            anchor, paragraph = None, sentence.paragraph
        sentence.anchor = anchor
        sentence.money = find_money(sentence.text, article.language, home)
        sentence.dates = find_dates(sentence.text, article.published, article.language, anchor)
        sentence.series = find_series(sentence.text, article.language)
        sentence.counts = find_counts(sentence.text, article.language)
        sentence.said_by = said_by(sentence.text, article.language)
        sentence.origin = origin(sentence.text, article.language)
        if sentence.money or sentence.series or _INVESTMENT.search(sentence.text):
            sentence.investors = find_investors(sentence.text, article.language)
        told = [each.date for each in sentence.dates if each.date is not None]
        if told:
            anchor = told[-1]


def _follow_topic(found: Sequence[Sentence], owners: dict[str, CompanyName]) -> None:
    """Who "it" and 该公司 are in each sentence: the company talked about last, the title's first of all."""
    topic: CompanyName | None = None
    for sentence in found:
        sentence.topic = topic
        named = next((company for mention, company in sentence.companies() if not is_object(sentence, mention)), None)
        if named is None:
            named = next(
                (
                    owners[mention.owner_key]
                    for mention in sentence.mentions
                    if mention.owner_key in owners and topic is None
                ),
                None,
            )
        topic = named or topic
    if found and found[0].where == "title" and found[0].topic is None:
        first = next((company for sentence in found for _, company in sentence.companies()), None)
        found[0].topic = first


_OBJECT_EN = re.compile(
    r"(?:\b(?:led by|by|from|including|included|includes?|with|alongside|joined by|joins|like|unlike|against|rivals?|than|as|via|through|backers?|"
    r"such as|beat|of|to|in|at|for|on|former|ex-|owner|parent|behind|between|among|over|under|into|after|before|outside)(?: the| its| former| fellow)?) \Z",
    re.IGNORECASE,
)
_OBJECT_ZH = re.compile(
    r"(?:由|被|包括|与|和|像|如|据|向|对|对手|来自|跟|及|联合|以及|比|获得?|从|把|将|老东家|加入|离开|曾在|为|在|前|给|同)\Z"
)
_INVESTS = re.compile(
    r",? (?:(?:has|had|also|then|jointly|co-)[ -]?)*(?:led|leads|invested|invests|participated|backed|joined|took part|co-led|put|promised|contributed)\b"
    r"|(?:等)?(?:领投|跟投|参投|联合领投|独家投资|旗下|注资|前(?:高管|员工|副总裁|研究员))"
)
_LIST = re.compile(r"(?:, (?:and )?| and |、|和|及|以及)\Z")
_CLAUSE_START = re.compile(r"(?:\A|[,;:—–(\"“]|\b(?:and|but|while|when|that|since|because|though|although|as|whereas|where|which|if|said|says))\s*\Z")
_CLAUSE_START_ZH = re.compile(r"(?:\A|[，；：、（“\s]|公司|企业|平台|厂商|的是|而|但|其中|由于|显示|称|表示|当时|目前)\Z")
_FOREIGN_SUBJECT = re.compile(
    r"(?:[A-Z][\w-]+(?: (?:[A-Z][\w-]+)){0,2}|[\u4e00-\u9fff]{2,8}(?:科技|智能|影业|传媒|网络|信息|公司))(?:, [^,]{3,60},)? ?"
    r"(?:has|had|is|was|will|raised|raises|announced|secured|closed|launched|won|borrowed|landed|took|received|完成|获得|宣布|获)\b"
)


_SEVERAL_COMPANIES = re.compile(r"等?[\d二两三四五六七八九十多几]+家[^，。；]{0,8}(?:公司|企业|机构)|这些(?:公司|企业)|它们|\b(?:they|the (?:two|three|four) companies)\b")


def is_object(sentence: Sentence, mention: NameMention) -> bool:
    """Whether a name stands where no subject stands: behind a preposition, in a list of such, before "led" and 领投."""
    text = sentence.text
    if any(start < mention.end and mention.start < end for start, end in sentence.investors[0]):
        return True
    before = text[max(0, mention.start - 24) : mention.start]
    if _INVESTS.match(text, mention.end):
        return True
    pattern = _OBJECT_ZH if sentence.language == "zh" else _OBJECT_EN
    if pattern.search(before.rstrip() if sentence.language == "zh" else before):
        return True
    if _LIST.search(before):
        previous = next((each for each in reversed(sentence.mentions) if each.end <= mention.start), None)
        if previous is not None and mention.start - previous.end <= 6:
            return is_object(sentence, previous)
    return False


def company_at(sentence: Sentence, position: int, document: Document) -> CompanyName | None:
    """The company a statement at a position is about.

    The nearest name before it that opens a clause, else the first that is no object; without any, who is talked about.
    None where the sentence has a subject of its own that we do not know: better no company than a wrong one.
    """
    named = [
        (mention, company)
        for mention, company in sentence.companies()
        if mention.end <= position and not is_object(sentence, mention)
    ]
    opening = [company for mention, company in named if _opens_clause(sentence, mention)]
    if opening:
        return opening[-1]
    if named:
        return named[0][1]
    if _has_foreign_subject(sentence) or _SEVERAL_COMPANIES.search(sentence.text[:position]):
        return None
    if sentence.topic is not None:
        return sentence.topic
    later = next((company for mention, company in sentence.companies() if not is_object(sentence, mention)), None)
    if later is not None:
        return later
    return next((document.owners[each.owner_key] for each in sentence.mentions if each.owner_key in document.owners), None)


def _opens_clause(sentence: Sentence, mention: NameMention) -> bool:
    pattern = _CLAUSE_START_ZH if sentence.language == "zh" else _CLAUSE_START
    return bool(pattern.search(sentence.text[max(0, mention.start - 12) : mention.start]))


def _has_foreign_subject(sentence: Sentence) -> bool:
    match = _FOREIGN_SUBJECT.match(sentence.text)
    if match is None or any(mention.start < match.end() for mention in sentence.mentions if mention.kind == "company"):
        return False
    first = match[0].split()[0].rstrip(",")
    return first not in _common_openers()


@cache
def _common_openers() -> frozenset[str]:
    return frozenset(lexicon("pipeline.lexicon", "unknown_names")["stop_en"])


def date_at(sentence: Sentence, position: int) -> FoundDate | None:
    """The date a statement at a position carries: the nearest in its clause, else the nearest before, else the only one."""
    start, end = sentence.clause(position)
    inside = [each for each in sentence.dates if start <= each.start < end]
    if inside:
        return min(inside, key=lambda each: _gap(each, position))
    before = [each for each in sentence.dates if each.end <= start]
    if before:
        return before[-1]
    return sentence.dates[0] if len(sentence.dates) == 1 else None


def _gap(date: FoundDate, position: int) -> int:
    return min(abs(date.start - position), abs(date.end - position))
