"""Finds the verbs of an English sentence, with their auxiliaries, by a table of lemmas: no model, no tagger."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.english.form_in_sentence import BE, HAVE, form_here
from pipeline.english.tokens import Token
from pipeline.english.verb_forms import lemmas_of_forms, words

_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|'s|'re|gets|got|get)\b")


class Verb(NamedTuple):
    """A verb with its auxiliaries. `bare` participles have none; `infinitive` and `gerund` lean on another verb."""

    first: int
    """The number of the first token of the group."""
    last: int
    start: int
    """Where the group starts in the text; `main` and `end` are the verb's own place."""
    main: int
    end: int
    lemma: str
    form: str
    """base, s, past, participle or ing."""
    passive: bool
    group: str
    """Its auxiliaries, a space behind each."""
    infinitive: bool
    """Whether it follows "to"."""
    bare: bool
    """Whether it stands without auxiliary."""


def find_verbs(tokens: list[Token], covered: list[bool], titled: bool) -> list[Verb]:
    """The verbs of a sentence in order.

    `covered` says which tokens belong to a name and are none; `titled`: a headline, where verbs may be capitalised.
    """
    found: list[Verb] = []
    forms = lemmas_of_forms()
    for place, token in enumerate(tokens):
        if token.lower not in forms or covered[place] or (token.text[0].isupper() and not titled and place > 0):
            continue
        entries = forms[token.lower]
        first = _group_start(tokens, place, covered)
        auxiliaries = [each.lower for each in tokens[first:place]] if first < place else []
        kind = form_here(tokens, place, auxiliaries, {form for _, form in entries}, covered)
        leaned = _leans_on(tokens, place, entries, found) if kind is None and first == place else None
        if leaned is not None:
            lemma = next(name for name, form in entries if form == "base")
            found.append(_verb(tokens, place, place, lemma, "base", leaned))
        elif kind is not None:
            lemma = next((name for name, form in entries if form == kind), entries[0][0])
            verb = _verb(tokens, first, place, lemma, kind, _group(tokens, first, place))
            if titled and kind == "past" and verb.bare and _is_suffered(tokens, place, lemma):
                verb = verb._replace(form="participle", passive=True, bare=False)
            found.append(verb)
    found = _with_bare_auxiliaries(found, tokens, covered)
    return [
        verb
        for number, verb in enumerate(found)
        if not any(verb.last < later.last and later.first <= verb.last for later in found[number + 1 : number + 5])
    ]


def _is_suffered(tokens: list[Token], place: int, lemma: str) -> bool:
    """Whether a bare past form of a headline has no object: "Pika sued by Disney", "Pika fined over deepfakes"."""
    if lemma not in words("done_to") or place == 0 or tokens[place - 1].text == ",":
        return False
    following = tokens[place + 1].lower if place + 1 < len(tokens) else "."
    if following == "off" or (following in _PARTICLES and place + 2 < len(tokens)):
        place += 1
        following = tokens[place + 1].lower if place + 1 < len(tokens) else "."
    return following in words("prepositions") or not following[0].isalnum() or following in _UNOBJECTED


_PARTICLES = frozenset(("out", "off", "down", "in", "go"))
_UNOBJECTED = frozenset(("go", "as", "today"))
_MODAL = re.compile(r"(?:\b(?:will|would|can|could|may|might|should|must|shall|to|'ll) )(?:\w+ly )?\Z")


def _leans_on(tokens: list[Token], place: int, entries: list[tuple[str, str]], found: list[Verb]) -> str | None:
    """The auxiliaries a second verb shares with the first: "will close its office and switch off the app"."""
    if not found or place + 1 >= len(tokens) or tokens[place - 1].lower not in ("and", "or", "then"):
        return None
    earlier = next((verb for verb in reversed(found) if not (verb.form == "ing" and verb.bare)), found[-1])
    if all(form != "base" for _, form in entries) or earlier.form != "base" or not _MODAL.search(earlier.group):
        return None
    following = tokens[place + 1]
    opens = following.lower in words("opens_object") | words("determiners") or following.text[0].isupper()
    return earlier.group if opens or following.text[0].isdigit() else None


def _group(tokens: list[Token], first: int, last: int) -> str:
    """The auxiliaries between two tokens as a verb's group holds them."""
    return "".join([f"{token.lower} " for token in tokens[first:last]])


def _verb(tokens: list[Token], first: int, last: int, lemma: str, form: str, group: str) -> Verb:
    """The verb whose auxiliaries begin with one token and that ends with another."""
    passive = form == "participle" and _PASSIVE.search(group) is not None
    main = tokens[last]
    infinitive = group.startswith(("to ", "not to "))
    return Verb(
        first, last, tokens[first].start, main.start, main.end, lemma, form, passive, group, infinitive, not group
    )


def _with_bare_auxiliaries(found: list[Verb], tokens: list[Token], covered: list[bool]) -> list[Verb]:
    """Also "is" and "has" where they are the verb: "is worth $1.5 billion", "had $4 million left"."""
    bare = [place for place, token in enumerate(tokens) if token.lower in BE or token.lower in HAVE]
    if not bare:
        return found
    used = {place for verb in found for place in range(verb.first, verb.last + 1)}
    alone = []
    for place in bare:
        token = tokens[place]
        if place in used or covered[place]:
            continue
        lemma = "be" if token.lower in BE else "have"
        first = _group_start(tokens, place, covered)
        alone.append(_verb(tokens, first, place, lemma, "s", _group(tokens, first, place)))
    return sorted([*found, *alone], key=lambda verb: verb.last)


def _group_start(tokens: list[Token], place: int, covered: list[bool]) -> int:
    auxiliaries, adverbs = words("auxiliaries"), words("adverbs")
    first = place
    for before in range(place - 1, max(-1, place - 7), -1):
        word = tokens[before].lower
        if covered[before] or not (word in auxiliaries or word in adverbs or word.endswith("ly")):
            break
        if word in auxiliaries:
            first = before
    return first
