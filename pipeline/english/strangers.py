"""Strangers in an English text: whether a paragraph begins with a name we cannot place, a company's or nobody's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.english.document import Document, Sentence
from pipeline.english.insiders import is_insider
from pipeline.english.organisations import organisation_word
from pipeline.english.payees import MONEY_GIVERS
from pipeline.english.recurring_names import capitalised
from pipeline.english.statements import Statement
from pipeline.english.unknown_names import people_among
from pipeline.english.verb_forms import words as verbs
from pipeline.lexicon_files import lexicon
from pipeline.matching.occurrences import places_of
from pipeline.values.found import NameMention


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
    if _is_made(name[0], whole):
        return False
    if " " in name[0]:
        return not name[0].startswith("Series ") and not _is_person(name[0], sentence, statement, whole)
    if re.search(rf"[A-Z][\w’'-]+ {re.escape(name[0])}\b", whole):
        return False  # the last name of somebody named in full elsewhere
    return bool(re.search(rf"[a-z,] {re.escape(name[0])}\b", whole))  # no mere first word of a sentence


def titles_stranger(title: str, text: str, mentions: Sequence[NameMention]) -> bool:
    """Whether a folded title has a name that is none of these mentions, no place's and no person's."""
    runs = [match for match in capitalised().finditer(title) if not any(_meet(match, each) for each in mentions)]
    if not runs:
        return False
    whole = f"{title}\n\n{text[:_READ]}"
    people = people_among(whole, {match[0].rpartition(" ")[2] for match in runs})
    last = {name.rpartition(" ")[2] for name in people}
    for match in runs:
        name = _without_common_words(match[0])
        if not name or name.rpartition(" ")[2] in last or _OF_PLACE.search(title, 0, match.start()):
            continue
        opens = title.startswith(name) and " " not in name  # it may have its capital from that alone
        if not _is_made(name, whole) and (not opens or re.search(rf"[a-z,] {re.escape(name)}\b", whole)):
            return True
    return False


def _without_common_words(run: str) -> str:
    """What is left of a run of capitals without the words of everybody at its ends; "" where it is no name's length."""
    words = run.split()
    while words and words[0] in _no_names():
        words = words[1:]
    while words and words[-1] in _no_names():
        words = words[:-1]
    return " ".join(words) if len(words) <= _MOST_WORDS else ""


_READ = 30_000
"""Characters of a text in which is looked what a titled name is, so that the cost stays bounded."""
_MOST_WORDS = 4
_OF_PLACE = re.compile(r"\b(?:in|from|an?) \Z")
"""Before a name: it is most often a place's, "in Bergen", "a Bergen startup"."""


def _is_made(name: str, whole: str) -> bool:
    """Whether a text tells of a name as of what a company makes."""
    return any(_BROUGHT_OUT.search(whole, max(0, place - 40), place) for place in places_of(whole, f" {name}"))


def _meet(match: re.Match[str], mention: NameMention) -> bool:
    return mention.start < match.end() and match.start() < mention.end


@cache
def _no_names() -> frozenset[str]:
    """Words in capitals that are nobody's name by themselves: places, days, posts, what opens a sentence."""
    table = lexicon("pipeline.lexicon", "english_unknown_names")
    return frozenset([*table["lands"], *table["cities"], *table["stop"], *table["before_ai"]])


_OF_MONEY = re.compile(r" (?:Ventures?|Capital|Partners|Equity|VC|Angels|Investments?|Holdings|Bank)\Z")
"""Who invests is nobody the text goes on about."""
_BROUGHT_OUT = re.compile(
    r"\b(?:[Ll]aunch(?:es|ed|ing)?|unveil(?:s|ed|ing)?|introduc(?:es|ed|ing)|releas(?:es|ed|ing)|debut(?:s|ed|ing)?"
    r"|(?:availability|launch|release|version) of|rolled out|models?|app|tool|product|service|generator),?(?:"
    r" called)?\Z"
)
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
    return bool(again or listed) or statement.verb.lemma in verbs("done_by_people")


_PROPER = re.compile(r"(?<![\w&.-])[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*\Z")
