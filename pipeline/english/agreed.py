"""Which two agree on something by an English statement: "signed with", "would let Runway train on", "licenses"."""

from __future__ import annotations

import re

from pipeline.english.deeds import Deed
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import company_of, references, subject_company, weight
from pipeline.english.patterns import any_of
from pipeline.english.people import people_in
from pipeline.english.statements import Statement
from pipeline.names.company_name import CompanyName

_TABLE = "english_partnerships"
_NAME = any_of(_TABLE, "name")
_AGREEMENT = any_of(_TABLE, "agreement")
MONEY_DEAL = any_of(_TABLE, "money_deal")

_WITH = re.compile(r"\b(?:with|between|alongside) ")
_JOINT = frozenset(("build", "develop", "work", "agree", "integrate", "create"))
_GRANTS = frozenset(("let", "allow", "give"))
_PLACES = frozenset(
    [
        "Hollywood",
        "Chinese",
        "American",
        "European",
        "British",
        "Japanese",
        "Korean",
        "Indian",
        "French",
        "German",
        "Silicon",
        "Wall",
        "US",
        "UK",
        "Big",
    ]
)


def pair_of(sentence: Sentence, document: Document, deed: Deed) -> tuple[CompanyName, str, int] | None:
    """The two of a statement, the company the text is about first, and where what tells it ends."""
    statement, lemma = deed.statement, deed.statement.verb.lemma
    behind = sentence.text[statement.verb.end : statement.verb.end + 120]
    if MONEY_DEAL.search(behind):
        return None
    both = _both_subjects(sentence, document, statement)
    if statement.verb.bare and statement.verb.form == "ing":
        return None
    if lemma in _JOINT and both is not None:
        return (*both, min(len(sentence.text), statement.stop))
    if lemma in _GRANTS:
        return _granted(sentence, document, statement)
    if lemma == "pay":
        return _object_any(sentence, document, statement)
    if lemma == "license":
        return _licensed(sentence, document, statement)
    if lemma == "develop" and statement.verb.passive:
        return _developed(sentence, document, statement)
    if lemma in (
        "build",
        "develop",
        "supply",
        "distribute",
        "integrate",
        "embed",
        "bring",
        "agree",
        "give",
        "have",
        "provide",
    ) and not _AGREEMENT.search(sentence.text[statement.verb.start :]):
        return None
    if lemma in ("build", "develop", "integrate", "embed", "bring", "supply", "distribute", "agree", "provide"):
        return _object_named(sentence, document, statement)
    if both is not None:
        return (*both, deed.end)
    company = subject_company(statement.subject, sentence, document)
    match = _WITH.search(sentence.text, statement.verb.end, statement.verb.end + 90)
    if match is None:
        return None
    if company is None:
        return _stranger(sentence, document, statement, match.end())
    return pair_with(sentence, document, company, match.end())


def _stranger(
    sentence: Sentence, document: Document, statement: Statement, place: int
) -> tuple[CompanyName, str, int] | None:
    """Somebody we do not know who agrees with a company we do: "Warner Music signed an agreement with Suno"."""
    named = _named_at(sentence, document, place)
    subject = statement.subject
    match = _NAME.match(sentence.text, subject.start) if subject is not None and subject.refers is None else None
    if not any(each.named and place <= each.start <= place + 30 for each in references(sentence, document)):
        return None
    if named is None or match is None or match["name"] in _PLACES or match.start("name") != match.start():
        return None
    if people_in(sentence.text, match.start(), match.end(), []):
        return None  # "Jane Doe worked with Adobe"
    return named[0], match["name"].removesuffix("'s").removesuffix("’s"), named[1]


def pair_with(
    sentence: Sentence, document: Document, company: CompanyName | None, place: int
) -> tuple[CompanyName, str, int] | None:
    """The pair, from who acts and the name behind "with"; a company must be one of them."""
    named = _named_at(sentence, document, place)
    if named is not None and (company is None or named[0].key != company.key):
        if company is None:
            return None
        return company, named[0].name, named[1]
    match = _NAME.match(sentence.text, place)
    if company is None or match is None or named is not None or match["name"] in _PLACES:
        return None
    if any(each.start < match.end("name") and match.start("name") < each.end for each in sentence.dates):
        return None
    return company, match["name"].removesuffix("'s").removesuffix("’s"), match.end()


def _named_at(sentence: Sentence, document: Document, place: int) -> tuple[CompanyName, int] | None:
    for each in references(sentence, document):
        if place <= each.start <= place + 30 and not re.search(
            r"[,;]|\b(?:and|in|for|to|on)\b", sentence.text[place : each.start]
        ):
            return each.company, each.end
    return None


_DESCRIBES = re.compile(r"(?:The|An?|Its|Both|AI)\b")


def _both_subjects(sentence: Sentence, document: Document, statement: Statement) -> tuple[CompanyName, str] | None:
    """As in "Lionsgate and Runway will work together"."""
    subject = statement.subject
    if subject is None or " and " not in sentence.text[subject.start : subject.end]:
        return None
    if re.match(r"[Tt]hey\b", sentence.text[subject.start :]):
        return None
    written = re.split(r", ", sentence.text[subject.start : subject.end])[0]
    names = [match["name"] for match in _NAME.finditer(written) if not _DESCRIBES.match(match["name"])]
    companies = [company for mention in subject.names if (company := company_of(mention, document)) is not None]
    if not companies or (len(names) < 2 and len(companies) < 2):
        return None
    company = companies[0]
    if len(companies) > 1:
        first, second = sorted(companies[:2], key=weight, reverse=True)
        return first, second.name
    other = next(
        (name for name in names if name not in sentence.text[subject.names[0].start : subject.names[0].end]), None
    )
    return (company, other) if other else None


_OFFER = re.compile(r" (?:an?|the|its) (?:[\w$€£.-]+ ){0,4}?(?:offer|bid|approach|option|proposal|deadline)\b")


def _granted(sentence: Sentence, document: Document, statement: Statement) -> tuple[CompanyName, str, int] | None:
    """As in "Lionsgate would let Runway train a model on its library"."""
    if not re.search(
        r"\b(?:train|use|license|distribute|sell|build|offer|access|embed|integrate|generate|animate|adapt|produce"
        r"|create"
        r"|film|clone|recreate|remake|dub|translate|turn)\b",
        sentence.text[statement.verb.end : statement.verb.end + 80],
    ):
        return None
    if re.match(
        r" (?:users|people|customers|it|them|anyone|subscribers|creators)\b", sentence.text[statement.verb.end :]
    ):
        return None
    if _OFFER.match(sentence.text, statement.verb.end):
        return None  # "let an offer of $3 billion from Adobe lapse"
    named = _named_at(sentence, document, statement.verb.end)
    subject = statement.subject
    if re.match(r" (?:the public|it|them|anyone)\b", sentence.text[statement.verb.end :]):
        return None
    if named is None or subject is None:
        return None
    acting = subject_company(subject, sentence, document)
    if acting is not None and acting.key == named[0].key:
        return None
    grantor = acting.name if acting is not None else None
    match = _NAME.match(sentence.text, subject.start)
    name = grantor or (match["name"] if match else None)
    if name in ("A", "An", "The", "That", "This", "It"):
        return None
    return (named[0], name, named[1]) if name and name != named[0].name else None


def _licensed(sentence: Sentence, document: Document, statement: Statement) -> tuple[CompanyName, str, int] | None:
    """As in "Meta licenses Midjourney's models": the owner of what is licensed, and who takes it."""
    company = subject_company(statement.subject, sentence, document)
    for each in references(sentence, document):
        if statement.verb.end <= each.start <= statement.verb.end + 70 and (
            company is None or each.company.key != company.key
        ):
            subject = statement.subject
            match = _NAME.match(sentence.text, subject.start) if subject else None
            other = company.name if company else (match["name"] if match else None)
            return (each.company, other, each.end) if other else None
    match = re.search(r"\b(?:to|from) ", sentence.text[statement.verb.end : statement.verb.end + 70])
    return pair_with(sentence, document, company, statement.verb.end + match.end()) if match else None


def _developed(sentence: Sentence, document: Document, statement: Statement) -> tuple[CompanyName, str, int] | None:
    """As in "It was developed with the studio Asteria"."""
    match = re.match(
        r" (?:together |jointly |in partnership |in collaboration )?with ", sentence.text[statement.verb.end :]
    )
    company = subject_company(statement.subject, sentence, document)
    return pair_with(sentence, document, company, statement.verb.end + match.end()) if match else None


def _object_any(sentence: Sentence, document: Document, statement: Statement) -> tuple[CompanyName, str, int] | None:
    """As in "Meta agreed to pay it $140 million for the use of its models"."""
    acting = subject_company(statement.subject, sentence, document)
    for each in references(sentence, document):
        if (
            statement.verb.end <= each.start <= statement.verb.end + 60
            and acting is not None
            and each.company.key != acting.key
        ):
            return each.company, acting.name, each.end
    return None


def _object_named(sentence: Sentence, document: Document, statement: Statement) -> tuple[CompanyName, str, int] | None:
    """As in "Meta will build Midjourney's technology into its products under a licensing deal"."""
    company = subject_company(statement.subject, sentence, document)
    for each in references(sentence, document):
        if (
            statement.verb.end <= each.start <= statement.verb.end + 70
            and each.named
            and (company is None or each.company.key != company.key)
        ) and company is not None:
            return each.company, company.name, each.end
    return None
