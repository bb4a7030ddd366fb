"""Names and roles of people in English text."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from pipeline.english.document import Document, Sentence
from pipeline.english.patterns import any_of, gated
from pipeline.values.found import Person

_TABLE = "english_leadership"
_NOT_PEOPLE = any_of(_TABLE, "not_people")
_TRAILING = any_of(_TABLE, "trailing")
_LEADING = any_of(_TABLE, "leading")
_TITLED = gated(_TABLE, "titled")
_INSIDE = any_of(_TABLE, "inside")

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁŃŅŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽȘȚ]"
_WORD = rf"{_CAPITAL}[\w’'-]*[\w]|{_CAPITAL}\."
PERSON = re.compile(
    rf"(?={_CAPITAL})(?<![\w.])(?:{_WORD})(?: (?:{_WORD}|de|van|von|bin|al|der|den|la|ten)){{1,3}}(?![\w])"
)
_FIELD = (
    r"(?:executive|technology|technical|financial|finance|operating|operations|product|scientific|science"
    r"|research|revenue|marketing|commercial|business|people|legal|"
    r"creative|content|AI|strategy|growth|security|communications|design|engineering|information|data"
    r"|administrative|policy|partnerships|medical|compliance|brand|customer|sales|investment)"
)
_UP_TO = (
    r"(?=[,.;]|$| (?:and|at|for|in|since|after|to|from|on|this|last|was|is|has|had|will|would|who|until|while|when|as"
    r"|with|by|before|during|early|late|earlier|left|resigned|quit|joined)\b)"
)
"""Where a post's name ends."""
_OF = rf"(?:[\w&-]+(?: (?!(?:and|at|for|in|since|after|to|from|on)\b)[\w&-]+){{0,3}}?){_UP_TO}"
ROLE = re.compile(
    rf"\b(?:(?:interim|acting|founding|outgoing|former|new|global|deputy|joint|executive|non-executive"
    rf"|senior|vice|co)[ -])*"
    rf"(?:co-?chief {_FIELD}s?(?: officer)?|chief {_FIELD}(?: officer)?s?|chief scientist|chief of staff"
    rf"|chief executives|chief architect|chief technologist|chief engineer"
    rf"|chief economist|{_FIELD} chief|co-CEOs?|CEO|CTO|CFO|COO|CPO|CMO|CRO"
    rf"|CIO|CSO|CLO|CHRO|"
    rf"(?:chairman|chairwoman|chairperson|chair(?! of the)|president)(?: of {_OF})?"
    rf"|(?:vice president|VP)(?: of {_OF})?|"
    rf"(?:global )?head of {_OF}|(?:{_FIELD} )?director of {_OF}"
    rf"|{_FIELD} (?:head|lead|director)|general counsel|"
    rf"[Cc]o-?founders?|[Ff]ounders?|managing director|general manager|board (?:member|director|observer)"
    rf"|team lead|lead (?:researcher|scientist|engineer)"
    rf"|(?:staff|principal|senior|research|distinguished)(?: research| software)? (?:scientist|engineer|researcher)"
    rf"|(?:[A-Z][\w.-]+ )?co-leads?(?! by)|(?:technical"
    rf"|product|research|team) leader|(?:{_FIELD} )?boss|editor-in-chief|treasurer|country manager"
    rf"|(?:senior |executive )?vice[- ]chair(?:man|woman)?|SVP|EVP)\b"
)
ONLY_FOUNDER = re.compile(r"[Cc]o-?founders?\Z|[Ff]ounders?\Z")


_OWNER = re.compile(r"(?:[\w’-]+ )*[\w-]+['’]s ")


@lru_cache(maxsize=256)
def plain_roles(text: str) -> str:
    """A text with its posts in small letters, as roles are written here: "Chief Revenue Officer Jane Doe"."""
    return text if _TITLED.search(text) is None else _TITLED.sub(lambda match: match[0].lower(), text)


def people_in(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> list[Person]:
    """The people named between two places, outside the spans of companies and products."""
    return [
        person
        for person in _named_in(text, start, end)
        if not any(one < person.end and person.start < two for one, two in taken)
    ]


@lru_cache(maxsize=256)  # a sentence of which several readers ask
def _named_in(text: str, start: int, end: int) -> tuple[Person, ...]:
    """Everybody named between two places."""
    found = []
    text = plain_roles(text)
    for match in PERSON.finditer(text, start, end):
        begin, name = match.start(), match[0].removesuffix("'s").removesuffix("’s")
        owner = _OWNER.match(name)
        if owner is not None:  # "Northzone's Jane Doe"
            begin, name = begin + owner.end(), name[owner.end() :]
        name = _TRAILING.sub("", name)
        inside = _INSIDE.match(name)
        if inside is not None:  # "Prompter CEO Jane Doe"
            begin, name = begin + inside.end(), name[inside.end() :]
        lead = _LEADING.match(name)
        if lead:
            begin, name = begin + lead.end(), name[lead.end() :]
        stop = begin + len(name)
        if " " in name and not _NOT_PEOPLE.search(name):
            found.append(Person(begin, stop, name))
    return tuple(found)


def names_taken(sentence: Sentence) -> list[tuple[int, int]]:
    """The spans no person's name can be in: known companies and products (a person who invests is a person)."""
    return [(each.start, each.end) for each in sentence.mentions if each.known and each.kind != "investor"]


def people_of(document: Document) -> list[Person]:
    """Every person the text names in full, in order of place, the title's first at negative places."""
    if document.people is None:
        document.people = _find_people(document)
    return document.people


def _find_people(document: Document) -> list[Person]:
    shift = len(document.title) + 1
    offsets = {id(each): each.place - (0 if each.where == "text" else shift) for each in document.sentences}
    taken = sorted(
        (each.start + offsets[id(sentence)], each.end + offsets[id(sentence)])
        for sentence in document.sentences
        for each in sentence.mentions
        if each.known and each.kind != "investor"
    )
    starts = [start for start, _ in taken]
    whole = [
        *(
            person._replace(start=person.start - shift, end=person.end - shift)
            for person in people_in(document.title, 0, len(document.title), [])
        ),
        *people_in(document.text, 0, len(document.text), []),
    ]

    def is_taken(person: Person) -> bool:
        place = bisect_left(starts, person.end) - 1
        return place >= 0 and taken[place][1] > person.start

    return [person for person in whole if not is_taken(person)]


def role_in(text: str) -> str | None:
    """The first role in a piece of text that is more than "founder", else that.

    "Co-founder and chief executive" is chief executive.
    """
    plain = plain_roles(text)
    roles = [_as_written(text, plain, match).strip() for match in ROLE.finditer(plain)]
    better = [role for role in roles if not ONLY_FOUNDER.search(role)]
    return next(iter(better or roles), None)


def _as_written(text: str, plain: str, match: re.Match[str]) -> str:
    """A post as the text writes it, without the capital a sentence begins with."""
    start, end = match.span()
    return plain[start:end] if text[start + 1 : end] == plain[start + 1 : end] else text[start:end]
