"""Companies that close and products that end, told in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, FieldValue
from db.values import PartialDate
from pipeline.attribution import is_denied
from pipeline.claim_builder import make
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.dated_statements import dated
from pipeline.english.deeds import Deed, deeds
from pipeline.english.insiders import acts_for_company
from pipeline.english.parties import company_of, is_company_itself, subject_company
from pipeline.english.patterns import any_of
from pipeline.english.payees import party_at
from pipeline.english.product_names import Product, products_in, with_thing
from pipeline.english.shutdown_phrases import End, ends_in
from pipeline.english.subject_meant import Subject
from pipeline.english.telling import is_decided, unrealised
from pipeline.english.told_dates import date_of

_TABLE = "english_shutdowns"
_OBJECT = any_of(_TABLE, "object")
_ELSEWHERE = any_of(_TABLE, "elsewhere")
_BRANCH = any_of(_TABLE, "branch")
_APPOSED_THING = any_of(_TABLE, "apposed_thing")
_THE_APP = any_of(_TABLE, "the_app")
_WHOLE = any_of(_TABLE, "whole")
_NAMED_BEHIND = any_of(_TABLE, "named_behind")

_PRODUCT_NOUN = re.compile(r"\b(?:app|service|site|website|platform|product|tool|API|editor|marketplace|model)\b", re.I)
_IT = re.compile(r"\b(?:it|that|this|them)\b")
_PART = re.compile(r"(?:apps?|api)\Z")


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A shutdown; with a product as what is closed it is the product's, else the company's."""
    told: set[tuple[str, str | None]] = set()
    for ended in ends_in(sentence, document):
        told.add((ended.company.key, ended.product))
        yield _ended(sentence, document, ended)
    if told:
        return
    for deed in deeds(sentence, "shutdown"):
        if _still_there(sentence, deed):
            continue
        for company, product, end in _closed(sentence, document, deed):
            if (company.key, product) not in told:
                told.add((company.key, product))
                yield _claim(sentence, document, company, product, deed, end)


def _ended(sentence: Sentence, document: Document, end: End) -> Claim:
    """The claim of an end told around a name: what will be, is decided."""
    status = unrealised(sentence, end.start, end.end)
    words = sentence.text[end.start : end.end]
    if status == "denied" and is_denied(words, "en") and not is_denied(sentence.text[: end.start], "en"):
        status = "rumored" if re.search(r"\bwill\b", words) else None  # "will be scrapped": no denial
    if status == "rumored" and re.search(r"\bwill\b|\bis to\b", sentence.text[max(0, end.start - 30) : end.end]):
        status = None
    statement = sentence.parsed.at(end.start)
    if status == "rumored" and statement is not None and is_decided(sentence, statement.verb):
        status = None
    on = date_of(document, sentence, end.end - 1)
    fields: dict[str, FieldValue] = {"product": end.product}
    span = (end.start, end.end)
    return make(document, sentence, "shutdown", end.company, span, status=status, on=on, fields=fields)


def _closed(sentence: Sentence, document: Document, deed: Deed) -> Iterator[tuple[CompanyName, str | None, int]]:
    statement, text = deed.statement, sentence.text
    verb = statement.verb
    behind = text[verb.end : min(len(text), verb.end + 60)]
    subject_words = text[statement.subject.start : statement.subject.end] if statement.subject else ""
    if (
        _BRANCH.search(behind)
        or _ELSEWHERE.search(re.split(r"[.;,]", behind)[0])
        or _ELSEWHERE.search(subject_words.split(",")[0])
    ):
        return
    if text[: deed.end].endswith("offering") and not re.match(r"[.,;]|$", text[deed.end :]):
        return  # "will stop offering refunds"
    if _IT.search(text, verb.end, deed.end) and is_company_itself(statement.subject):
        found = _thing_told(sentence, document, deed, subject_company(statement.subject, sentence, document))
        if found is not None:
            yield found
        return  # "said that it would turn it off": not itself
    intransitive = verb.passive or _stands_alone(text, deed)
    if not intransitive:
        found = _object(sentence, document, deed)
        if found is not None:
            yield found
            return
    subject = statement.subject
    if subject is not None:
        product = next((each for each in subject.names if each.kind == "product"), None)
        owner = company_of(product, document) if product is not None else None
        if product is not None and owner is not None and intransitive:
            yield owner, with_thing(text, product.start, product.end), deed.end
            return
        part = next((each for each in subject.owners if each.kind == "product"), None)
        owner = company_of(part, document) if part is not None else None
        if part is not None and owner is not None and intransitive and _PART.match(subject.head):
            thing = "API" if subject.head == "api" else "app"
            yield owner, f"{text[part.start : part.end]} {thing}", deed.end
            return
    company = subject_company(subject, sentence, document)
    if subject is not None and intransitive and _THE_APP.fullmatch(subject_words):
        told = _product_before(sentence, document)
        if told is not None:
            yield told.owner, told.name, deed.end
            return
    ends_it = company is None and acts_for_company(subject, sentence, document)
    company = sentence.topic if ends_it else company
    if company is None or subject is None:
        return
    if (is_company_itself(subject) or ends_it) and _WHOLE.match(verb.lemma):
        yield company, None, deed.end
    elif intransitive and (apposed := _APPOSED_THING.match(subject_words)) is not None:
        yield company, apposed["name"], deed.end
    elif intransitive and (noun := _PRODUCT_NOUN.search(subject_words if subject.head == "version" else subject.head)):
        yield (
            company,
            noun[0].upper() if noun[0].lower() == "api" else noun[0] if subject.head == "version" else subject.head,
            deed.end,
        )


def _product_before(sentence: Sentence, document: Document) -> Product | None:
    """What "the service" is: the product of the text's company named last before, in the paragraph or the title."""
    topic = sentence.topic
    for earlier in reversed([each for each in document.sentences if each.place < sentence.place or not each.place]):
        if earlier.where == sentence.where and earlier.paragraph < sentence.paragraph - 1:
            continue
        named = [each for each in products_in(earlier, document) if topic is not None and each.owner.key == topic.key]
        if named and earlier is not sentence:
            return named[-1]
    return None


def _still_there(sentence: Sentence, deed: Deed) -> bool:
    """Whether it will be available: only what no longer will be ends."""
    verb = deed.statement.verb
    available = verb.lemma == "be" and sentence.text[verb.end : deed.end].endswith("available")
    return available and not re.search(r"\b(?:no longer|not)\b", sentence.text[verb.start - 1 : verb.end + 12])


def _stands_alone(text: str, deed: Deed) -> bool:
    """Whether nothing follows that could be closed: "is shutting down.", "went out of business in May"."""
    if re.search(r" (?:that|it|this)\Z", text[: deed.end]) or _OBJECT.match(text, deed.statement.verb.end):
        return False
    if text[: deed.end].endswith("plug") and re.match(r" on [A-Z]", text[deed.end :]):
        return False
    return bool(
        re.match(
            r"(?:[.,;)]|$| (?:in|on|at|after|before|by|for|this|last|next|because|as|when|within|from|with"
            r"|amid|and|but|following|despite|less|only|just|today|yesterday|earlier|later"
            r"|[A-Z][a-z]+day)\b)",
            text[deed.end :],
        )
    )


def _object(sentence: Sentence, document: Document, deed: Deed) -> tuple[CompanyName, str | None, int] | None:
    """What is closed: a product we know or the text names, or "its consumer app"."""
    text, verb = sentence.text, deed.statement.verb
    company = subject_company(deed.statement.subject, sentence, document) or party_at(sentence, verb.end, document)
    for mention in sentence.mentions:
        gap = text[verb.end : mention.start]
        if verb.end <= mention.start <= verb.end + 50 and not re.search(r"[,;]|\b(?:and|for|after|with|by|to)\b", gap):
            owner = company_of(mention, document)
            if mention.kind == "product" and owner is not None:
                return owner, with_thing(text, mention.start, mention.end), mention.end
            if mention.kind == "company" and owner is not None:
                if company is not None and owner.key == company.key:
                    return None
                return owner, None, mention.end
    match = _OBJECT.match(text, verb.end)
    if match is not None and company is not None:
        named = _NAMED_BEHIND.match(text, match.end())
        return company, named["name"] if named is not None else match["what"], match.end()
    return _thing_told(sentence, document, deed, company)


def _thing_told(
    sentence: Sentence, document: Document, deed: Deed, company: CompanyName | None
) -> tuple[CompanyName, str | None, int] | None:
    """As in "We closed that in June": the product told last in the paragraph, "Reelwright Live"."""
    match = re.match(
        r" (?:down )?(?:that|it|this)(?: one)?\b(?! [a-z]*(?:app|tool))", sentence.text[deed.statement.verb.end :]
    )
    if match is None or company is None or sentence.where == "title":
        return None
    before = [
        each
        for each in products_in(sentence, document)
        if each.end <= deed.statement.verb.start and each.owner.key == company.key
    ]
    if before:
        return company, before[-1].name, deed.statement.verb.end + match.end()
    earlier = document.text[max(0, sentence.place - 240) : sentence.place]
    paragraph = earlier[earlier.rfind("\n") + 1 :]
    named = re.findall(rf"\b{re.escape(company.name.split()[0])} (?:[A-Z]\w+)(?: [A-Z\d][\w.]*)?", paragraph)
    return (company, named[-1], deed.statement.verb.end + match.end()) if named else None


def _claim(
    sentence: Sentence, document: Document, company: CompanyName, product: str | None, deed: Deed, end: int
) -> Claim:
    verb = deed.statement.verb
    status = unrealised(sentence, verb.start, verb.end)
    if status == "rumored" and _decided(sentence, deed):
        status = None
    on = date_of(document, sentence, verb.main)
    if product is None and dated(sentence, verb.main) is None:
        on = _day_told_later(sentence, document) or on
    fields: dict[str, FieldValue] = {"product": product}
    return make(
        document,
        sentence,
        "shutdown",
        company,
        (_start(deed.statement.subject, verb.start), end),
        status=status,
        on=on,
        fields=fields,
    )


def _day_told_later(sentence: Sentence, document: Document) -> PartialDate | None:
    """The day of the end, where a sentence soon behind gives one: "the service will go dark on September 30"."""
    place = sentence.number
    for later in document.sentences[place + 1 : place + 6]:
        for deed in deeds(later, "shutdown") if later.dates and later.topic == sentence.topic else ():
            found = dated(later, deed.start)
            if (
                found is not None
                and found.date is not None
                and re.search(r"\b(?:will|would)\b", deed.statement.verb.group)
                and not _OBJECT.match(later.text, deed.statement.verb.end)  # "and switch off its app on August 29"
            ):
                return found.date
    return None


def _start(subject: Subject | None, start: int) -> int:
    return min(start, subject.start) if subject is not None else start


def _decided(sentence: Sentence, deed: Deed) -> bool:
    """Whether "will shut down" is a decision told, not a guess."""
    verb = deed.statement.verb
    return (
        (is_decided(sentence, verb) or verb.infinitive)
        and sentence.said_by in ("company", "none")
        and not re.search(r"\b(?:may|might|could|considering|weighing|threat\w+|risk)\b", sentence.text[: deed.end])
        and ("would" not in sentence.text[: deed.end] or "would" in verb.group)
    )
