"""What an English statement of ending ends: a company, or a product of it, named or only "its consumer app"."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.english.deeds import Deed
from pipeline.english.document import Document, Sentence
from pipeline.english.insiders import acts_for_company
from pipeline.english.parties import company_of, is_company_itself, subject_company
from pipeline.english.patterns import any_of
from pipeline.english.payees import party_at
from pipeline.english.product_names import Product, products_in, with_thing
from pipeline.english.subject_meant import Subject
from pipeline.names.company_name import CompanyName

_TABLE = "english_shutdowns"
OBJECT = any_of(_TABLE, "object")
_ELSEWHERE = any_of(_TABLE, "elsewhere")
_BRANCH = any_of(_TABLE, "branch")
_APPOSED_THING = any_of(_TABLE, "apposed_thing")
_THE_APP = any_of(_TABLE, "the_app")
_WHOLE = any_of(_TABLE, "whole")
_NAMED_BEHIND = any_of(_TABLE, "named_behind")
_FOR_A_WHILE = any_of(_TABLE, "for_a_while")
_PRODUCT_NOUN = re.compile(
    r"\b(?:app|service|site|website|platform|product|tool|API|editor|marketplace|model|bot|chatbot|assistant|plan|tier"
    r"|plug-in|extension|generator|feature|channel|player|store)\b",
    re.I,
)
_SOME_THING = re.compile(r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ur) (?:[\w-]+ ){0,3}?(?P<thing>[\w-]+)\b")
_OF_WHOM = re.compile(r"(?: (?:for|of|in|on) [a-z]+(?: [a-z]+)?)?(?: (?:that|which|with which) [^,.;]{2,60})?\Z")
_ALL_OF_IT = re.compile(r"[Tt]he (?:service|platform|site|website)")
_ROUND_BEFORE = re.compile(r"\b(?:round|Series [A-K]|seed|deal|financing|funding),? (?:(?:that|which) )?[\w ]{0,30}\Z")
"""As in "the Series A that Higgsfield thought it had closed"."""
_IT = re.compile(r"\b(?:it|that|this|them)\b")
_PART = re.compile(r"(?:apps?|api)\Z")


class Closed(NamedTuple):
    """A company that ends, or that ends a product, and where the words that tell it end."""

    company: CompanyName
    product: str | None
    end: int


def closed_by(sentence: Sentence, document: Document, deed: Deed) -> Closed | None:
    """What ends by a statement; None where it is another thing: an office, a round, a gap."""
    statement, text = deed.statement, sentence.text
    if _is_another_thing(sentence, deed) or _FOR_A_WHILE.match(text, deed.end):
        return None
    if _IT.search(text, statement.verb.end, deed.end) and is_company_itself(statement.subject):
        company = subject_company(statement.subject, sentence, document)
        return _thing_told(sentence, document, deed, company)  # "said that it would turn it off": not itself
    if not (statement.verb.passive or _stands_alone(text, deed)):
        return _object(sentence, document, deed) or _whole(sentence, document, deed)
    return _product_that_ends(sentence, document, deed) or (
        _whole(sentence, document, deed) or _thing_that_ends(sentence, document, deed)
    )


def _subject_words(sentence: Sentence, deed: Deed) -> str:
    subject = deed.statement.subject
    return sentence.text[subject.start : subject.end] if subject else ""


def _is_another_thing(sentence: Sentence, deed: Deed) -> bool:
    text, end = sentence.text, deed.statement.verb.end
    behind = text[end : end + 60]
    subject = deed.statement.subject
    if deed.statement.verb.lemma == "close" and subject is not None and _ROUND_BEFORE.search(text[: subject.start]):
        return True
    if (
        _BRANCH.search(behind)
        or _ELSEWHERE.search(re.split(r"[.;,]", behind)[0])
        or _ELSEWHERE.search(_subject_words(sentence, deed).split(",")[0])
    ):
        return True
    offers = text[: deed.end].endswith("offering")
    return (
        offers and not re.match(r"[.,;]|$", text[deed.end :]) and not OBJECT.match(text, end)
    )  # "will stop offering refunds"


def _product_that_ends(sentence: Sentence, document: Document, deed: Deed) -> Closed | None:
    """The product that is the subject, a part of it, or "the app" told before."""
    subject, text = deed.statement.subject, sentence.text
    if subject is None:
        return None
    product = next((each for each in subject.names if each.kind == "product"), None)
    owner = company_of(product, document) if product is not None else None
    if product is not None and owner is not None:
        return Closed(owner, with_thing(text, product.start, product.end), deed.end)
    part = next((each for each in subject.owners if each.kind == "product"), None)
    owner = company_of(part, document) if part is not None else None
    if part is not None and owner is not None and _PART.match(subject.head):
        return Closed(owner, f"{text[part.start : part.end]} {'API' if subject.head == 'api' else 'app'}", deed.end)
    told = _product_before(sentence, document) if _THE_APP.fullmatch(_subject_words(sentence, deed)) else None
    return Closed(told.owner, told.name, deed.end) if told is not None else None


def _company_that_ends(
    sentence: Sentence, document: Document, subject: Subject | None
) -> tuple[CompanyName | None, bool]:
    """Whose end it is by its subject, and whether that is the company itself, or who acts for it."""
    company = subject_company(subject, sentence, document)
    if company is None and acts_for_company(subject, sentence, document):
        return sentence.topic, True
    return company, is_company_itself(subject)


def _whole(sentence: Sentence, document: Document, deed: Deed) -> Closed | None:
    """The company itself."""
    company, itself = _company_that_ends(sentence, document, deed.statement.subject)
    if company is None or deed.statement.subject is None or not itself:
        return None
    return Closed(company, None, deed.end) if _WHOLE.match(deed.statement.verb.lemma) else None


def _thing_that_ends(sentence: Sentence, document: Document, deed: Deed) -> Closed | None:
    """The thing that is the subject: "Its app, Castlight,", "the service"."""
    subject, words = deed.statement.subject, _subject_words(sentence, deed)
    company, _ = _company_that_ends(sentence, document, subject)
    company = company or _whose_thing(sentence, document, deed)
    if company is None or subject is None:
        return None
    apposed = _APPOSED_THING.match(words)
    if apposed is not None:
        return Closed(company, apposed["name"], deed.end)
    noun = _PRODUCT_NOUN.search(words if subject.head == "version" else subject.head)
    if noun is None:
        return None
    thing = noun[0] if subject.head == "version" else subject.head
    if _ALL_OF_IT.fullmatch(words):
        return Closed(company, None, deed.end)  # all it has: "It will shut down. The service goes dark in May"
    return Closed(company, "API" if noun[0].lower() == "api" else thing, deed.end)


def _whose_thing(sentence: Sentence, document: Document, deed: Deed) -> CompanyName | None:
    """Whose "the Discord bot" is: of the company the subject names, else of the one talked about."""
    subject, words = deed.statement.subject, _subject_words(sentence, deed)
    match = _SOME_THING.match(words)
    if subject is None or match is None or not _PRODUCT_NOUN.fullmatch(match["thing"]):
        return None
    if not _OF_WHOM.fullmatch(words, match.end("thing")):
        return None
    named = [company_of(each, document) for each in sentence.mentions if subject.start <= each.start < subject.end]
    return next((each for each in named if each is not None), sentence.topic)


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


def _stands_alone(text: str, deed: Deed) -> bool:
    """Whether nothing follows that could be closed: "is shutting down.", "went out of business in May"."""
    if re.search(r" (?:that|it|this)\Z", text[: deed.end]) or OBJECT.match(text, deed.statement.verb.end):
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


def _object(sentence: Sentence, document: Document, deed: Deed) -> Closed | None:
    """What is closed: a product we know or the text names, or "its consumer app"."""
    text, verb = sentence.text, deed.statement.verb
    company = subject_company(deed.statement.subject, sentence, document) or party_at(sentence, verb.end, document)
    for mention in sentence.mentions:
        gap = text[verb.end : mention.start]
        if verb.end <= mention.start <= verb.end + 50 and not re.search(r"[,;]|\b(?:and|for|after|with|by|to)\b", gap):
            owner = company_of(mention, document)
            if mention.kind == "product" and owner is not None:
                return Closed(owner, with_thing(text, mention.start, mention.end), mention.end)
            if mention.kind == "company" and owner is not None:
                if company is not None and owner.key == company.key:
                    return None
                return Closed(owner, None, mention.end)
    match = OBJECT.match(text, verb.end)
    if match is not None and company is not None:
        named = _NAMED_BEHIND.match(text, match.end())
        return Closed(company, named["name"] if named is not None else match["what"], match.end())
    return _thing_told(sentence, document, deed, company)


def _thing_told(sentence: Sentence, document: Document, deed: Deed, company: CompanyName | None) -> Closed | None:
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
        return Closed(company, before[-1].name, deed.statement.verb.end + match.end())
    earlier = document.text[max(0, sentence.place - 240) : sentence.place]
    paragraph = earlier[earlier.rfind("\n") + 1 :]
    named = re.findall(rf"\b{re.escape(company.name.split()[0])} (?:[A-Z]\w+)(?: [A-Z\d][\w.]*)?", paragraph)
    return Closed(company, named[-1], deed.statement.verb.end + match.end()) if named else None
