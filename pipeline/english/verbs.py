"""Finds the verbs of an English sentence, with their auxiliaries, by a table of lemmas: no model, no tagger."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.english.verb_forms import lemmas_of_forms, words

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\w*|[^\W_](?:[\w&’'.+/-]*[^\W_])?|[^\s]")
_MARK = re.compile(r"(?:[-–—•*·▪►‣◦]|(?:#|No\. )?\d{1,2}(?:[.):]| ·)|\(\d{1,2}\)) ")
_SHORT = re.compile(r"(?P<word>(?i:it|we|they|i|you|he|she|that|there|who))(?P<aux>'(?:s|re|ve|ll|d|m))")
"""Two words written as one: "it's", "we've"; "Runway's" is another thing."""
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

    @property
    def infinitive(self) -> bool:
        """Whether it follows "to"."""
        return self.group.startswith(("to ", "not to "))

    @property
    def bare(self) -> bool:
        """Whether it stands without auxiliary."""
        return not self.group.strip()


def tokens_of(text: str) -> list[Token]:
    """The words and signs of a sentence; the marks of a list and of bold type are none."""
    mark = _MARK.match(text) or _DATELINE.match(text)
    start = mark.end() if mark else 0
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start):
        short = _SHORT.fullmatch(match[0]) if "'" in match[0] else None
        if short is not None:
            middle = match.start() + len(short["word"])
            found.append(Token(match.start(), middle, short["word"], short["word"].lower()))
            found.append(Token(middle, match.end(), short["aux"], short["aux"].lower()))
        elif match[0] != "*":
            found.append(Token(match.start(), match.end(), match[0], match[0].lower()))
    return found


def find_verbs(tokens: list[Token], covered: list[bool], titled: bool) -> list[Verb]:
    """The verbs of a sentence in order.

    `covered` says which tokens belong to a name and are none; `titled`: a headline, where verbs may be capitalised.
    """
    found: list[Verb] = []
    forms = lemmas_of_forms()
    for place, token in enumerate(tokens):
        entries = forms.get(token.lower)
        if entries is None or covered[place] or (token.text[0].isupper() and not titled and place > 0):
            continue
        first = _group_start(tokens, place, covered)
        auxiliaries = [tokens[each].lower for each in range(first, place)]
        kind = _kind(tokens, place, auxiliaries, entries, covered, titled)
        leaned = _leans_on(tokens, place, entries, found) if kind is None and first == place else None
        if leaned is not None:
            lemma = next(name for name, form in entries if form == "base")
            found.append(Verb(place, place, token.start, token.start, token.end, lemma, "base", False, leaned))
            continue
        if kind is None:
            continue
        lemma = next((name for name, form in entries if form == kind), entries[0][0])
        group = "".join(f"{word} " for word in auxiliaries)
        passive = kind == "participle" and _PASSIVE.search(group) is not None
        found.append(Verb(first, place, tokens[first].start, token.start, token.end, lemma, kind, passive, group))
    found = _with_bare_auxiliaries(found, tokens, covered)
    return [
        verb
        for number, verb in enumerate(found)
        if not any(verb.last < later.last and later.first <= verb.last for later in found[number + 1 : number + 5])
    ]


_MODAL = re.compile(r"(?:\b(?:will|would|can|could|may|might|should|must|shall|to|'ll) )(?:\w+ly )?\Z")


def _leans_on(tokens: list[Token], place: int, entries: list[tuple[str, str]], found: list[Verb]) -> str | None:
    """The auxiliaries a second verb shares with the first: "will close its office and switch off the app"."""
    if not found or place + 1 >= len(tokens) or not any(form == "base" for _, form in entries):
        return None
    earlier = next((verb for verb in reversed(found) if not (verb.form == "ing" and verb.bare)), found[-1])
    before = tokens[place - 1].lower
    if before not in ("and", "or", "then") or earlier.form != "base" or not _MODAL.search(earlier.group):
        return None
    following = tokens[place + 1]
    opens = following.lower in _OPENS_OBJECT | words("determiners") or following.text[0].isupper()
    return earlier.group if opens or following.text[0].isdigit() else None


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
        first = _group_start(tokens, place, covered)
        lemma = "be" if token.lower in _BE else "have"
        group = "".join(f"{tokens[each].lower} " for each in range(first, place))
        alone.append(Verb(first, place, tokens[first].start, token.start, token.end, lemma, "s", False, group))
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
    helpers = [
        word for word in auxiliaries if word in words("auxiliaries") and word not in ("not", "never", "yet", "n't")
    ]
    if helpers:
        return _helped(helpers[-1], kinds)
    before = tokens[place - 1].lower if place else ""
    if tokens[place].lower == "last" and place + 1 < len(tokens) and tokens[place + 1].lower not in _LASTS:
        return None  # "2,400 subscriptions last quarter"
    if tokens[place].lower == "worth" and before not in (",", ")", "now", "still", "once", ""):
        return None  # "a round worth $48 million": the round's sum, nobody's price
    skip = place - 1
    while skip > 0 and tokens[skip].lower in words("adverbs"):
        skip -= 1
    named = place > 0 and (covered[skip] or (not titled and _ends_a_name(tokens, skip)))
    if before.endswith(("'s", "’s", "s'", "s’")) and place and not named:
        return None
    if "ing" in kinds:
        return None if before in words("determiners") else "ing"
    if (before in words("determiners") and before not in ("both", "all", "each", "that")) or before in words(
        "prepositions"
    ) - {"that"}:
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
        return "s" if following in _OPENS_OBJECT and (opens or before.isalpha()) else None
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


def _two_names_before(tokens: list[Token], place: int) -> bool:
    """Whether "Disney and Universal" stands before a verb: two who do it."""
    first = place - 1
    while first > 0 and tokens[first].text[0].isupper() and place - first < 4:
        first -= 1
    return place - first > 1 and first > 0 and tokens[first].lower == "and" and tokens[first - 1].text[0].isupper()


def _ends_a_name(tokens: list[Token], place: int) -> bool:
    """Whether two capitalised words in a row end here: "Jane Doe"."""
    return place > 0 and all(
        tokens[each].text[0].isupper() and tokens[each].lower not in words("determiners") | words("prepositions")
        for each in (place - 1, place)
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
