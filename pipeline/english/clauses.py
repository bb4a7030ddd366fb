"""Cuts an English sentence into statements: each verb with its subject, so that a reader knows who did what.

A shallow reading: names, pronouns and descriptions ("the Shanghai company") are the only things looked for, and between
them verbs, prepositions and commas. Where the subject is nobody we can name, it says so rather than guess.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.english.marked_words import Words, covering, dated_tokens
from pipeline.english.phrases import SEPARATORS
from pipeline.english.statements import Parsed, Statement
from pipeline.english.subject_meant import Subject
from pipeline.english.subjects import SAYING, subject_of
from pipeline.english.tokens import Token, tokens_of
from pipeline.english.verb_forms import is_participle, words
from pipeline.english.verbs import Verb, find_verbs
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.values.found import FoundDate, NameMention


def parse(text: str, mentions: Sequence[NameMention], dates: Sequence[FoundDate], *, titled: bool = False) -> Parsed:
    """The statements of a folded sentence, in order."""
    tokens = _without_asides(text, tokens_of(text))
    sentence = Words(tokens, covering(tokens, mentions), dated_tokens(tokens, dates))
    taken = [mention is not None or dated for mention, dated in zip(sentence.mention_of, sentence.dated, strict=True)]
    if "officer" in text.lower():
        taken = [each or _in_title(tokens, place) for place, each in enumerate(taken)]
    if " won" in text:
        taken = [each or _is_currency(tokens, place) for place, each in enumerate(taken)]
    verbs = find_verbs(tokens, taken, titled)
    statements: list[Statement] = []
    for number, verb in enumerate(verbs):
        subject, parent, relative = subject_of(sentence, verb, verbs[:number], statements)
        reduced = not relative and _is_reduced(sentence, verb, verbs, number, subject)
        if (
            reduced
            and statements
            and statements[-1].verb.lemma in ("be", "become", "remain")
            and not (subject and subject.names)
        ):
            subject = statements[-1].subject
        statements.append(Statement(verb, subject, parent, relative, len(text), reduced))
    return Parsed(tokens, _stopped(statements))


def _is_currency(tokens: Sequence[Token], place: int) -> bool:
    """Whether "won" is Korea's money: "8 billion won"."""
    before = tokens[place - 1].lower if place else ""
    return tokens[place].lower == "won" and (before in ("million", "billion", "trillion") or before[:1].isdigit())


_BRACKETED = GatedPattern(r"(?<=\w) \([^()$€£%]{1,90}\)(?=[ ,.;])")
_SUFFIXED = GatedPattern(r"(?<=\w),? (?:Inc|Corp|Ltd|LLC|PLC|GmbH)\b\.?(?=[ ,.;])")
_NO_LONGER = GatedPattern(r"(?<=will |ould )no longer(?= be)")


def _in_title(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word is part of a role: "chief operating officer"."""
    return tokens[place].lower.endswith("ing") and [t.lower for t in tokens[place + 1 : place + 2]] == ["officer"]


def _without_asides(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens but those in brackets behind a name, and its suffix: "Auralis, Inc. (Austin, TX), which makes ..."."""
    spans = [
        match.span() for match in (*_BRACKETED.finditer(text), *_SUFFIXED.finditer(text), *_NO_LONGER.finditer(text))
    ]
    if not spans:
        return tokens
    return [token for token in tokens if not any(start <= token.start < end for start, end in spans)]


def _stopped(statements: list[Statement]) -> list[Statement]:
    """Each statement up to the next one that says something of its own."""
    found: list[Statement] = []
    stop = None
    for statement in reversed(statements):
        found.append(statement if stop is None else statement._replace(stop=stop))
        if not statement.reduced and statement.parent is None:
            stop = statement.verb.start
    return found[::-1]


def _is_reduced(sentence: Words, verb: Verb, verbs: Sequence[Verb], number: int, subject: Subject | None) -> bool:
    """Whether a participle without auxiliary says more of the noun it follows, rather than what somebody did."""
    if not verb.bare or verb.form not in ("past", "participle"):
        return False
    if verb.lemma in SAYING and verb.last + 1 < len(sentence.tokens) and sentence.tokens[verb.last + 1].lower != "by":
        return False
    before = verbs[:number]
    if not is_participle(sentence.tokens[verb.last].lower, verb.lemma):
        return False
    following = sentence.tokens[verb.last + 1].lower if verb.last + 1 < len(sentence.tokens) else ""
    if (
        following not in words("prepositions")
        and following not in SEPARATORS
        and following not in ("only", "entirely", "last", "this", "earlier", "late", ".")
        and not (verb.lemma in _CALLING and following in words("posts"))
    ):
        return False
    if verb.first == 0 or subject is None or subject.start > verb.start or _runs_on(sentence, verb, verbs, number):
        return True
    previous = sentence.tokens[verb.first - 1]
    if previous.text == ",":
        between = [token.text for token in sentence.tokens if subject.start <= token.start < previous.start]
        closes = subject.end >= previous.start and "," in between  # it ends an insertion: the verb is the name's own
        return not closes or following == "by" or _predicate_follows(sentence, verbs[number + 1 :])
    if following == "by" or _opens_apposition(sentence, subject):
        return True
    return (
        bool(before)
        and subject.start > before[-1].end
        and not subject.names
        and subject.refers in (None, "its", "their", "our")
        and before[-1].lemma not in SAYING
        and _object_of(sentence, before[-1], subject)
    )


_CALLING = frozenset(("name", "appoint", "elect", "make", "crown"))
"""Verbs behind which a post stands as it is: ", named chief executive in May,"."""


def _opens_apposition(sentence: Words, subject: Subject) -> bool:
    """Whether a phrase is ", an AI video startup", which says more of the name before it."""
    for place, token in enumerate(sentence.tokens):
        if token.start == subject.start:
            return place > 1 and token.lower in ("a", "an", "the", "one") and sentence.tokens[place - 1].text == ","
    return False


def _runs_on(sentence: Words, verb: Verb, verbs: Sequence[Verb], number: int) -> bool:
    """Whether the subject's own verb follows with nothing between: "The 30 people laid off in January received"."""
    following = verbs[number + 1] if number + 1 < len(verbs) else None
    if following is None or following.infinitive or (following.bare and following.form not in ("past", "s")):
        return False
    between = sentence.tokens[verb.last + 1 : following.first]
    breaks = words("conjunctions") | words("subordinators") | words("relatives") | words("pronouns")
    return not any(token.text in SEPARATORS or token.lower in breaks for token in between) and (
        sentence.dated[following.first - 1]
        or (sentence.tokens[verb.last + 1].lower == "by" and sentence.tokens[following.first - 1].text[0].isupper())
    )


def _predicate_follows(sentence: Words, later: Sequence[Verb]) -> bool:
    """Whether another verb right behind a comma is what the subject did."""
    return any(verb.first > 0 and sentence.tokens[verb.first - 1].text == "," and verb.form != "ing" for verb in later)


def _object_of(sentence: Words, before: Verb, subject: Subject) -> bool:
    """Whether a phrase follows a verb directly, with no comma or "and" to open a new clause."""
    between = [token for token in sentence.tokens[before.last + 1 :] if token.start < subject.start]
    return not any(
        token.text in SEPARATORS or token.lower in words("conjunctions") or token.lower in words("subordinators")
        for token in between
    )
