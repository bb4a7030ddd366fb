"""Who buys whom by an English statement: "agreed to acquire", "was sold to", "sells itself to"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.english.acquisition_phrases import RIVAL_OF
from pipeline.english.deeds import Deed
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import Reference, company_of, is_company_itself, references, subject_company
from pipeline.english.patterns import any_of
from pipeline.english.statements import Statement
from pipeline.english.telling import chain
from pipeline.names.company_name import CompanyName

_TABLE = "english_acquisitions"
_PART = any_of(_TABLE, "part")
_NOT_WHOLE = any_of(_TABLE, "not_whole")
_CONTROL = any_of(_TABLE, "control")
_PRICE = any_of(_TABLE, "price")
_BY = any_of(_TABLE, "by")
_TO = any_of(_TABLE, "to")
_THINGS = any_of(_TABLE, "things")
_FAILING = any_of(_TABLE, "failing")

_PERSON_BOUGHT_FOR = re.compile(r" (?:us|me|you|him|her|everyone|everybody|each other)\b")
_REACH = 90
_ASSET = r"(?:technology|assets|brand|patents|team|code|intellectual property|name|business|domain|customer list|staff)"
_ASSETS = re.compile(
    rf"^ (?:all (?:of )?)?(?:the |most of the )?{_ASSET}(?:,? (?:the )?{_ASSET}){{0,2}}(?: and (?:the )?{_ASSET})? of\b"
)
"""What of a company is bought: "the technology and the brand of Haiper"."""
_WHICH = re.compile(r", (?:an?|the) [^;.]{2,90}, which \Z")
_THEN = re.compile(r"[.,;]| (?:in|last|for|two|a|this|back)\b|$")
_WHOM = re.compile(r", (?:(?:an?|the) [^,;.]{2,90} (?:that|which)|(?:(?:an?|the) [^;.]{2,90}, )?which) \Z")
"""Between a company and its buyer: "Pika, which Adobe bought", "Pika, the video startup that Adobe bought"."""
_LAST_NAME = re.compile(r"(?<![\w&.-])[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*\Z")


def deals_of(sentence: Sentence, document: Document, deed: Deed) -> Iterator[tuple[CompanyName, str | None, int]]:
    """The deals of a statement: who is bought, by whom where it says so, and where what tells it ends."""
    statement = deed.statement
    if deed.kind == "buys" and not statement.verb.passive:
        yield from _bought(sentence, document, deed)
    elif deed.kind == "sells" and not statement.verb.passive and sentence.text[statement.verb.end : deed.end] == " ":
        return  # "sells to studios": its trade
    elif deed.kind == "buys" or (deed.kind == "sells" and statement.verb.passive):
        yield from _passive(sentence, document, deed)
    elif deed.kind == "offered":
        target = subject_company(statement.subject, sentence, document)
        if (
            target is not None
            and _about_whole(sentence, statement)
            and not _FAILING.search(sentence.text[: deed.start])
        ):
            yield target, None, deed.end
    elif deed.kind == "sells":
        yield from _sold(sentence, document, deed)


def _bought(sentence: Sentence, document: Document, deed: Deed) -> Iterator[tuple[CompanyName, str | None, int]]:
    statement = deed.statement
    told = sentence.text[statement.verb.end : deed.end]
    if _PERSON_BOUGHT_FOR.match(sentence.text, statement.verb.end):
        return  # "Readers who bought us a drink"
    if told.strip() == "for" and not _PRICE.search(sentence.text[: statement.verb.start]):
        return  # what is paid for is no company, unless its price is told
    buyer = _buyer(sentence, document, statement)
    before = _bought_before(sentence, document, statement)
    if before is not None and buyer != before.company.name:
        yield before.company, buyer, deed.end
        return
    for each in references(sentence, document):
        if not deed.end <= each.start <= deed.end + _REACH or (
            each.start >= statement.stop and not _reduced(sentence, deed.end, each.start)
        ):
            continue
        gap = _ASSETS.sub("", _CONTROL.sub("", sentence.text[deed.end : each.start]))
        if (
            gap.endswith(" in ")
            or _NOT_WHOLE.search(gap)
            or (
                re.search(r"[;:]|\b(?:from|for|with|by|to|after|as|and)\b", gap)
                and not re.search(r"\b(?:built|made|developed) by\b", gap)
            )
        ):
            return
        if "," in gap and not each.named:
            return
        if each.named and RIVAL_OF.match(sentence.text, each.end):
            continue
        if buyer != each.company.name and is_whole(sentence, document, each):
            yield each.company, buyer, each.end
        return


def _bought_before(sentence: Sentence, document: Document, statement: Statement) -> Reference | None:
    """What "the specialist it bought in February" speaks of: the words right before "it"; or before "which Adobe"."""
    subject = statement.subject
    if subject is None or not re.match(
        r"[.,;]| (?:in|last|for|two|a|this|back)\b|$", sentence.text[statement.verb.end :]
    ):
        return None
    named = references(sentence, document)
    if subject.refers is None:
        found = [each for each in named if each.named and _WHOM.fullmatch(sentence.text, each.end, subject.start)]
        return found[-1] if found else None
    found = [each for each in named if 0 <= subject.start - each.end <= 2]
    found = found or [each for each in named if each.named and _WHICH.fullmatch(sentence.text, each.end, subject.start)]
    return found[-1] if found else None


def _reduced(sentence: Sentence, start: int, end: int) -> bool:
    """Whether only "built by" stands between: a participle that belongs to the thing bought."""
    return bool(re.search(r"\b(?:built|made|developed|run|owned|left|is left)\b", sentence.text[start:end]))


def is_whole(sentence: Sentence, document: Document, each: Reference) -> bool:
    """Whether the company, or its product or technology, is bought: not "Runway's chips supplier"."""
    owned = sentence.text[each.start : each.end] in ("its", "their", "our")
    behind = re.match(r"['’]s(?: [\w-]+){1,4}", ("'s" if owned else "") + sentence.text[each.end :])
    if behind is None:
        return _THINGS.match(sentence.text, each.end) is None
    return bool(_PART.search(behind[0]))


def _buyer(sentence: Sentence, document: Document, statement: Statement) -> str | None:
    subject = statement.subject
    if subject is None:
        return None
    if subject.refers is not None:
        said = _who_says(sentence, statement)
        if said is not None:
            return said
        company = subject_company(subject, sentence, document)
        return company.name if company else None
    for mention in subject.names:
        if mention.kind == "investor":
            return mention.name
        company = company_of(mention, document)
        if company is not None:
            return company.name
    written = sentence.text[subject.start : subject.end].split(",")[0]
    last = _LAST_NAME.search(written)
    if last is not None and subject.refers is None:
        return last[0]
    company = subject_company(subject, sentence, document) if is_company_itself(subject) else None
    return company.name if company else None


def _who_says(sentence: Sentence, statement: Statement) -> str | None:
    """Whom "it" means in "Figma said it had agreed to acquire", where we know no Figma."""
    for link in chain(sentence, statement)[1:]:
        subject = link.subject
        if subject is not None and subject.refers is None and not subject.names and not subject.owners:
            name = _LAST_NAME.search(sentence.text[subject.start : subject.end].split(",")[0])
            return name[0] if name is not None and name.start() == 0 else None
    return None


def _passive(sentence: Sentence, document: Document, deed: Deed) -> Iterator[tuple[CompanyName, str | None, int]]:
    statement = deed.statement
    target = subject_company(statement.subject, sentence, document)
    if target is None or statement.subject is None:
        return
    if not is_company_itself(statement.subject) and not _PART.search(
        sentence.text[statement.subject.start : statement.subject.end]
    ):
        return
    by = (_TO if deed.kind == "sells" else _BY).match(sentence.text, statement.verb.end)
    if by is None and deed.kind == "sells" and not is_company_itself(statement.subject):
        return
    if by is None and sentence.text[statement.verb.end : deed.end] == " ":
        return  # "is sold to brands"
    named = named_at(sentence, document, by.start("name")) if by else None
    yield target, named or (by["name"] if by else None), by.end() if by else statement.verb.end


def named_at(sentence: Sentence, document: Document, place: int) -> str | None:
    """The name of the company that stands at a place."""
    return next((each.company.name for each in references(sentence, document) if each.start <= place < each.end), None)


def _sold(sentence: Sentence, document: Document, deed: Deed) -> Iterator[tuple[CompanyName, str | None, int]]:
    """It sells itself or its model; its technology goes to somebody."""
    statement = deed.statement
    sold = _object_sold(sentence, document, deed)
    if sold is not None:
        yield sold
        return
    target = subject_company(statement.subject, sentence, document)
    if target is None or statement.subject is None:
        return
    if statement.verb.lemma == "find" and re.search(r"\bnot\b|n't", statement.verb.group):
        return  # "could not find a buyer": nobody turned it down
    whole = is_company_itself(statement.subject)
    if statement.verb.lemma == "go" and (
        not re.search(r" for [$€£]", sentence.text[deed.end :]) if whole else not _PART.search(statement.subject.head)
    ):
        return
    to = _TO.match(sentence.text, statement.verb.end)
    if statement.verb.lemma in ("go", "belong") and (to is None or _THINGS.match(sentence.text, to.end())):
        return
    named = named_at(sentence, document, to.start("name")) if to else None
    yield target, named or (to["name"] if to else None), to.end() if to else deed.end


def _object_sold(sentence: Sentence, document: Document, deed: Deed) -> tuple[CompanyName, str | None, int] | None:
    """As in "The founders have sold the company to Wix", "sold an earlier startup, AI Factory, to Snap"."""
    statement = deed.statement
    if statement.verb.lemma != "sell":
        return None
    to = _TO.match(sentence.text, statement.verb.end)
    for each in references(sentence, document):
        if to is None or not statement.verb.end <= each.start < to.start("name"):
            continue
        if is_company_itself(statement.subject) and statement.subject is not None and not each.named:
            continue
        if re.search(
            r"\b(?:stake|shares|users|customers|rights|tickets|ads)\b", sentence.text[statement.verb.end : each.start]
        ):
            return None
        named = named_at(sentence, document, to.start("name"))
        return each.company, named or to["name"], to.end()
    return None


def _about_whole(sentence: Sentence, statement: Statement) -> bool:
    """Whether the company is for sale, not its shares or software."""
    return is_company_itself(statement.subject) and not re.search(
        r"\b(?:secondary|shares|stake|employee)\b", sentence.text[statement.verb.end : statement.verb.end + 60]
    )
