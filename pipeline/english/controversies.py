"""Allegations and scandals, told in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, Status
from pipeline.english.claim_builder import make
from pipeline.english.deeds import Deed, deeds
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import references, subject_company
from pipeline.english.patterns import any_of, gated
from pipeline.english.payees import party_at
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.names.company_name import CompanyName

_TABLE = "english_controversies"
_COURT = gated(_TABLE, "court")
_TELLS = gated(_TABLE, "tells")
_COMPLAINT = gated(_TABLE, "complaint")
_MADE_WITH = gated(_TABLE, "made_with")
_FAKED = any_of(_TABLE, "faked")
_BLAMES = any_of(_TABLE, "blames")
_ITS_HEADS = any_of(_TABLE, "its_heads")
_PREVENTS = any_of(_TABLE, "prevents")


_NEAR = 120
"""Letters behind the words of an allegation in which whom it is about is named."""
_REJECTS = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed|ing)?|refut(?:es|ed)|dismiss(?:es|ed)) (?:[\w-]+ ){0,3}?"
    r"(?:claims?|allegations?|accusations?|reports?) (?:that|of)\b"
)
_HEADS = frozenset(("founder", "founders", "executives", "management", "chief", "bosses", "leaders"))


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """An allegation against a named company; a suit is told as a suit."""
    match = _TELLS.search(sentence.text)
    if (_COURT.search(sentence.text) or _COMPLAINT.search(sentence.text)) and "No lawsuit" not in sentence.text:
        return
    for deed in deeds(sentence, "controversy"):
        company = _accused(sentence, document, deed)
        if company is not None:
            yield _claim(sentence, document, company, deed.start, deed.end)
            return
    acting = sentence.parsed.at(match.start()) if match is not None else None
    if match is not None and not (acting is not None and _PREVENTS.fullmatch(acting.verb.lemma)):
        company = _suffers(sentence, document, match.start())
        if company is not None:
            yield _claim(sentence, document, company, match.start(), match.end())
            return
    made = _MADE_WITH.search(sentence.text)
    if made is not None and _FAKED.search(sentence.text):
        near = [each for each in references(sentence, document) if made.start() <= each.start <= made.end()]
        if near:
            yield _claim(sentence, document, near[-1].company, made.start(), made.end())


def _accused(sentence: Sentence, document: Document, deed: Deed) -> CompanyName | None:
    statement = deed.statement
    if deed.kind == "misdeed":
        if statement.verb.passive or not re.search(
            r"\b(?:alleg\w+|accus\w+|claim|employee|illustrator|animator|actor|actress|author|photographer|customers|users|creators|artists|invoice|employees|investors"
            r"|Services|videos|content|copyright|films?|characters)\b",
            sentence.text,
        ):
            return None
        if statement.verb.lemma == "fake" and statement.verb.form == "base":
            return None  # "finds fake videos"
        subject = statement.subject
        company = subject_company(subject, sentence, document)
        heads = company is None and subject is not None and subject.head in _HEADS
        return sentence.topic if heads else company
    if statement.verb.passive:
        return subject_company(statement.subject, sentence, document)
    if _ITS_HEADS.match(sentence.text, deed.end):
        return sentence.topic
    for each in references(sentence, document):
        if deed.end <= each.start <= deed.end + 60 and not re.search(
            r"\b(?:for|of|with)\b", sentence.text[deed.end : each.start]
        ):
            return each.company if each.named else _sent_to(sentence, document, deed) or each.company
    return None


def _sent_to(sentence: Sentence, document: Document, deed: Deed) -> CompanyName | None:
    """Whom a letter goes to that "accuses it": "Disney sent Google a letter that accuses it of copying"."""
    for statement in sentence.parsed.statements:
        if statement.verb.lemma in ("send", "write", "issue") and statement.verb.end < deed.start:
            for each in references(sentence, document):
                if each.named and statement.verb.end <= each.start < deed.start:
                    return each.company
    return None


def _suffers(sentence: Sentence, document: Document, place: int) -> CompanyName | None:
    """The company a letter goes to or a complaint is about: the object of the verb, else who is talked about."""
    statement = sentence.parsed.at(place)
    acting = subject_company(statement.subject, sentence, document) if statement is not None else None
    if (
        statement is not None
        and acting is not None
        and statement.verb.lemma not in ("send", "write", "warn", "tell", "ask", "accuse")
        and not _BLAMES.search(sentence.text)
    ):
        return acting
    for each in references(sentence, document):
        if (
            statement is not None
            and statement.subject is not None
            and each.start > statement.subject.end
            and each.start <= place + _NEAR
        ):
            return each.company
    return party_at(sentence, place, document)


def _claim(sentence: Sentence, document: Document, company: CompanyName, start: int, end: int) -> Claim:
    status: Status | None = (
        "denied" if unrealised(sentence, start, end) == "denied" or _REJECTS.search(sentence.text) else None
    )
    on = date_of(document, sentence, start)
    return make(document, sentence, "controversy", company, (start, end), status=status, on=on)
