"""Finds the verbs of an English sentence, with their auxiliaries, by a table of lemmas: no model, no tagger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from pipeline.english.verb_forms import lemmas_of_forms, words

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\w*|[^\W_](?:[\w&’'.+/-]*[^\W_])?|[^\s]")
_MARK = re.compile(r"(?:[-–—•*·▪►‣◦]|(?:#|No\. )?\d{1,2}(?:[.):]| ·)|\(\d{1,2}\)) ")
_SHORT = re.compile(
    r"(?P<word>(?i:it|we|they|i|you|he|she|that|there|who))(?P<aux>'(?:s|re|ve|ll|d|m))"
    r"|(?P<verb>(?i:is|are|was|were|has|have|had|do|does|did|would|could|should|wo|ca|must))(?P<no>n't)"
)
"""Two words written as one: "it's", "we've", "hasn't"; "Runway's" is another thing."""
_DATELINE = re.compile(
    r"(?:[A-Z][\w.’' -]{1,30}(?:, [A-Z][\w. ]{1,20}){0,3},? )(?:\(?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?\)?,? )?"
    r"(?:/[\w .-]{2,30}/ |\([A-Z][\w ]{2,24}\) )?(?:--|—|–) "
)
"""Where and by what wire a release was sent: "LOS ANGELES, March 10, 2026 /PRNewswire/ -- "."""
_OPENS_OBJECT = frozenset(
    (
        "over",
        "more",
        "nearly",
        "almost",
        "some",
        "around",
        "roughly",
        "the",
        "a",
        "an",
        "its",
        "their",
        "it",
        "$",
        "€",
        "£",
        "up",
        "down",
        "off",
        "out",
        "to",
    )
)
_LASTS = frozenset(
    ("for", "until", "till", "longer", "long", "a", "an", "about", "only", "at", "well", "it", "them", "us", ".", ",")
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|'s|'re|gets|got|get)\b")
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "am", "'re", "'s", "'m"))
_HAVE = frozenset(("has", "have", "had", "having", "'ve"))


class Token(NamedTuple):
    """A word or a sign with its place; `lower` is the word without a possessive ending."""

    start: int
    end: int
    text: str
    lower: str


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


def tokens_of(text: str) -> list[Token]:
    """The words and signs of a sentence; the marks of a list and of bold type are none."""
    mark = _MARK.match(text) or _DATELINE.match(text)
    matches = list(_TOKEN.finditer(text, mark.end() if mark else 0))
    written = [match[0] for match in matches]
    places = zip(
        map(re.Match.start, matches), map(re.Match.end, matches), written, map(str.lower, written), strict=True
    )
    tokens: Iterator[Token] = map(_TOKEN_OF, places)
    if "'" in text or "*" in text:
        return [part for token in tokens for part in _parts(token)]
    return list(tokens)


_TOKEN_OF = partial(tuple.__new__, Token)
"""A token of its values: of all that is read this is made the most often, so no Python stands in between."""


def _parts(token: Token) -> Iterator[Token]:
    """A token, the two of "it's", or none of the mark of bold type."""
    short = _SHORT.fullmatch(token.text)
    if short is not None:
        word, rest = short["word"] or short["verb"], short["aux"] or short["no"]
        middle = token.start + len(word)
        yield Token(token.start, middle, word, word.lower())
        yield Token(middle, token.end, rest, rest.lower())
    elif token.text != "*":
        yield token


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
        kind = _kind(tokens, place, auxiliaries, entries, covered, titled)
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
    opens = following.lower in _OPENS_OBJECT | words("determiners") or following.text[0].isupper()
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
    bare = [place for place, token in enumerate(tokens) if token.lower in _BE or token.lower in _HAVE]
    if not bare:
        return found
    used = {place for verb in found for place in range(verb.first, verb.last + 1)}
    alone = []
    for place in bare:
        token = tokens[place]
        if place in used or covered[place]:
            continue
        lemma = "be" if token.lower in _BE else "have"
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


def _kind(
    tokens: list[Token],
    place: int,
    auxiliaries: list[str],
    entries: list[tuple[str, str]],
    covered: list[bool],
    titled: bool,
) -> str | None:
    """Which form a word is here; None where it is no verb."""
    kinds = {kind for _, kind in entries}
    for word in reversed(auxiliaries):
        if word in words("auxiliaries") and word not in ("not", "never", "yet", "n't"):
            return _helped(word, kinds)
    before = tokens[place - 1].lower if place else ""
    if tokens[place].lower == "last" and place + 1 < len(tokens) and tokens[place + 1].lower not in _LASTS:
        return None  # "2,400 subscriptions last quarter"
    if tokens[place].lower == "worth" and before not in (",", ")", "now", "still", "once", ""):
        return None  # "a round worth $48 million": the round's sum, nobody's price
    counted = before[:1].isdigit() or before in ("thousand", "million", "billion")
    if counted and tokens[place].lower in words("counted_as"):
        return None  # "21 million registered users"
    skip = place - 1
    while skip > 0 and tokens[skip].lower in words("adverbs"):
        skip -= 1
    named = place > 0 and (covered[skip] or _ends_a_name(tokens, skip))
    if before.endswith(("'s", "’s", "s'", "s’")) and place and not named:
        return None
    if "ing" in kinds:
        return None if before in words("determiners") or tokens[place].lower == "existing" else "ing"
    determined = before in words("determiners") and before not in ("both", "all", "each", "that")
    if (determined and not ends_in_number(tokens, place - 1)) or (before in words("prepositions") and before != "that"):
        return "participle" if before == "as" and "participle" in kinds else None
    opens = (
        named
        or before in words("pronouns")
        or before in words("relatives")
        or before in (",", "and", "but", "or", ")", "—", "–", '"', "”", "")
    )
    if "past" in kinds:
        return None if tokens[place].lower == "left" and _is_remainder(tokens, place) else "past"
    if "participle" in kinds:
        following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
        return "participle" if "base" not in kinds or following in ("by", "in", "as", "at") else None
    if "s" in kinds:
        if tokens[place].lower not in words("nouns") or (opens and before not in (",", "and", "or", "")):
            return "s"
        following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
        behind = following in _OPENS_OBJECT or following in ("aside", "back", "away", "on")
        return "s" if behind and (opens or before.isalpha()) else None
    if tokens[place].lower + "s" in words("nouns") or tokens[place].lower + "es" in words("nouns"):
        following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
        plural = before.endswith("s") or before in ("people", "staff")
        objects = following in ("for", "at", "in", "with", "on", "from", "as") or (
            place + 1 < len(covered) and covered[place + 1]
        )
        if following not in _OPENS_OBJECT and not following[:1].isdigit() and not (plural and objects):
            return None
    plural = before in ("we", "they", "i", "you", "who", "which", "people", "staff") or (
        before.endswith("s") and len(before) > 3 and not named
    )
    if tokens[place].lower in ("be", "have", "do", "like", "near", "worth"):
        return None
    return "base" if plural or _two_names_before(tokens, place) else None


_NUMBERS = frozenset(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))


def ends_in_number(tokens: list[Token], place: int) -> bool:
    """Whether a name that ends with a number ends here: "Point Nine"."""
    return (
        place > 0
        and tokens[place].lower in _NUMBERS
        and tokens[place].text[0].isupper()
        and tokens[place - 1].text[0].isupper()
    )


def _two_names_before(tokens: list[Token], place: int) -> bool:
    """Whether "Disney and Universal" stands before a verb: two who do it."""
    first = place - 1
    while first > 0 and tokens[first].text[0].isupper() and place - first < 4:
        first -= 1
    return place - first > 1 and first > 0 and tokens[first].lower == "and" and tokens[first - 1].text[0].isupper()


def _ends_a_name(tokens: list[Token], place: int) -> bool:
    """Whether two capitalised words in a row end here: "Jane Doe"."""
    return place > 0 and _may_be_name(tokens[place]) and _may_be_name(tokens[place - 1])


def _may_be_name(token: Token) -> bool:
    return token.text[0].isupper() and (
        token.lower in _NUMBERS
        or (token.lower not in words("determiners") and token.lower not in words("prepositions"))
    )


def _is_remainder(tokens: list[Token], place: int) -> bool:
    """Whether "left" says what remains: "$4 million left in the bank"."""
    before = tokens[place - 1].lower if place else ""
    return before[-1:].isdigit() or before in ("million", "billion", "thousand", "cash", "money", "runway", "is", "was")


def _helped(helper: str, kinds: set[str]) -> str | None:
    if helper in _HAVE:
        return "participle" if "participle" in kinds else "past" if "past" in kinds else None
    if helper in _BE or helper in ("'s", "gets", "got", "get"):
        if "ing" in kinds:
            return "ing"
        return "participle" if "participle" in kinds else None
    if helper == "to" or helper in words("auxiliaries"):
        return "base" if "base" in kinds else None
    return None
