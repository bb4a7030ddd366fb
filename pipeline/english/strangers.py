"""Strangers in an English text: whether a paragraph begins with a name we cannot place, a company's or nobody's."""

from __future__ import annotations

import re
from functools import cache

from pipeline.english.document import Document, Sentence
from pipeline.english.insiders import is_insider
from pipeline.english.organisations import organisation_word
from pipeline.english.payees import MONEY_GIVERS
from pipeline.english.statements import Statement
from pipeline.english.verb_forms import words
from pipeline.lexicon_files import lexicon
from pipeline.matching.occurrences import places_of


def begins_with_stranger(sentence: Sentence, document: Document) -> bool:
    """Whether a paragraph begins with a name we cannot place: better no company than the one told before."""
    statement = next((each for each in sentence.parsed.statements if not each.reduced), None)
    subject = statement.subject if statement is not None else None
    if statement is None or subject is None or subject.names or subject.owners or subject.refers or sentence.mentions:
        return False
    written = _OPENS_MORE.split(sentence.text[subject.start : subject.end].lstrip("*"))[0]
    name = _PROPER.search(written)
    if (
        name is None
        or statement.verb.lemma in MONEY_GIVERS
        or _OF_MONEY.search(name[0])
        or is_insider(subject, sentence, document)
    ):
        return False
    whole = f"{document.title}\n{document.text}"
    if any(_BROUGHT_OUT.search(whole, max(0, place - 40), place) for place in places_of(whole, f" {name[0]}")):
        return False  # what the company makes
    if " " in name[0]:
        return not name[0].startswith("Series ") and not _is_person(name[0], sentence, statement, whole)
    if re.search(rf"[A-Z][\w’'-]+ {re.escape(name[0])}\b", whole):
        return False  # the last name of somebody named in full elsewhere
    if _DESCRIBED.match(sentence.text, subject.start + name.end()) and name[0] not in _openers():
        return True
    return bool(re.search(rf"[a-z,] {re.escape(name[0])}\b", whole))  # no mere first word of a sentence


_OF_MONEY = re.compile(r" (?:Ventures?|Capital|Partners|Equity|VC|Angels|Investments?|Holdings|Bank)\Z")
"""Who invests is nobody the text goes on about."""
_BROUGHT_OUT = re.compile(
    r"\b(?:[Ll]aunch(?:es|ed|ing)?|unveil(?:s|ed|ing)?|introduc(?:es|ed|ing)|releas(?:es|ed|ing)|debut(?:s|ed|ing)?"
    r"|(?:availability|launch|release|version) of|rolled out|models?|app|tool|product|service|generator),?(?:"
    r" called)?\Z"
)
_DESCRIBED = re.compile(
    r", (?:with (?:roots|offices|headquarters|a |its )|which |whose |based |founded |started |home |an? |the"
    r" |of |from )"
    r"[^.;]{3,80}?, (?:is|was|has|had|will|makes?|made|sells?|sold|runs?|ran|took|got|raised|says?|said)\b"
)
"""As in "Runware, with roots in Bucharest and London, is": a name somebody has to be told more of."""


@cache
def _openers() -> frozenset[str]:
    table = lexicon("pipeline.lexicon", "english_unknown_names")
    return frozenset([*table["stop"], *table["crowds"], *table["labels"], *table["cities"], *table["lands"]])


_OPENS_MORE = re.compile(r",|\*\*| \(")
_FULL_NAME = r"[A-Z][\w’'-]+ [A-Z][\w’'-]+"
_LISTED_PEOPLE = re.compile(rf"(?:In \d{{4}} )?(?:{_FULL_NAME}, )*{_FULL_NAME} and {_FULL_NAME}")


def _is_person(name: str, sentence: Sentence, statement: Statement, whole: str) -> bool:
    """Whether a name of two words or three is a person's: one of several such, told again by the last, or thinking."""
    if organisation_word().search(name) or len(name.split()) > 3 or re.search(r"\d", name):
        return False
    last = name.split()[-1]
    again = re.search(rf"(?<!{re.escape(name.split()[-2])} )\b{re.escape(last)}\b(?! [A-Z])", whole)
    listed = _LISTED_PEOPLE.match(sentence.text)
    return bool(again or listed) or statement.verb.lemma in words("done_by_people")


_PROPER = re.compile(r"(?<![\w&.-])[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*\Z")
