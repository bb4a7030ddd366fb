"""Which form of a verb a word of an English sentence is where it stands, or that it is none there."""

from __future__ import annotations

from collections.abc import Set

from pipeline.english.tokens import Token
from pipeline.english.verb_forms import words

BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "am", "'re", "'s", "'m"))
HAVE = frozenset(("has", "have", "had", "having", "'ve"))
_NUMBERS = frozenset(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))


def form_here(
    tokens: list[Token], place: int, auxiliaries: list[str], kinds: Set[str], covered: list[bool]
) -> str | None:
    """Which of the forms a word may have it has behind its auxiliaries; None where it is no verb.

    `covered` says which tokens belong to a name.
    """
    for word in reversed(auxiliaries):
        if word in words("auxiliaries") and word not in ("not", "never", "yet", "n't"):
            return _helped(word, kinds)
    before = tokens[place - 1].lower if place else ""
    if _is_no_verb(tokens, place, before):
        return None
    named = _stands_behind_name(tokens, place, covered)
    if before.endswith(("'s", "’s", "s'", "s’")) and place and not named:
        return None
    if "ing" in kinds:
        return None if before in words("determiners") or tokens[place].lower == "existing" else "ing"
    determined = before in words("determiners") and before not in ("both", "all", "each", "that")
    if (determined and not ends_in_number(tokens, place - 1)) or (before in words("prepositions") and before != "that"):
        return "participle" if before == "as" and "participle" in kinds else None
    if "past" in kinds:
        return None if tokens[place].lower == "left" and _is_remainder(before) else "past"
    if "participle" in kinds:
        done_by = _following(tokens, place) in ("by", "in", "as", "at")
        return "participle" if "base" not in kinds or done_by else None
    if "s" in kinds:
        return "s" if _is_third_person(tokens, place, before, named) else None
    return "base" if _is_plural(tokens, place, before, named, covered) else None


def _is_no_verb(tokens: list[Token], place: int, before: str) -> bool:
    """Whether a word is none of the forms it looks like."""
    word = tokens[place].lower
    if word == "last" and place + 1 < len(tokens) and tokens[place + 1].lower not in words("behind_lasts"):
        return True  # "2,400 subscriptions last quarter"
    if word == "worth" and before not in (",", ")", "now", "still", "once", ""):
        return True  # "a round worth $48 million": the round's sum, nobody's price
    counted = before[:1].isdigit() or before in ("thousand", "million", "billion")
    return counted and word in words("counted_as")  # "21 million registered users"


def _stands_behind_name(tokens: list[Token], place: int, covered: list[bool]) -> bool:
    """Whether a name ends before a word, adverbs left out."""
    skip = place - 1
    while skip > 0 and tokens[skip].lower in words("adverbs"):
        skip -= 1
    return place > 0 and (covered[skip] or _ends_a_name(tokens, skip))


def _is_third_person(tokens: list[Token], place: int, before: str, named: bool) -> bool:
    """Whether a word on "s" is a verb, where it may be a noun's plural, too."""
    opens = (
        named
        or before in words("pronouns")
        or before in words("relatives")
        or before in (",", "and", "but", "or", ")", "—", "–", '"', "”", "")
    )
    if tokens[place].lower not in words("nouns") or (opens and before not in (",", "and", "or", "")):
        return True
    following = _following(tokens, place)
    behind = following in words("opens_object") or following in ("aside", "back", "away", "on")
    return behind and (opens or before.isalpha())


def _is_plural(tokens: list[Token], place: int, before: str, named: bool, covered: list[bool]) -> bool:
    """Whether a word without ending is what several do."""
    word = tokens[place].lower
    if word + "s" in words("nouns") or word + "es" in words("nouns"):
        following = _following(tokens, place)
        many = before.endswith("s") or before in ("people", "staff")
        objects = following in ("for", "at", "in", "with", "on", "from", "as") or (
            place + 1 < len(covered) and covered[place + 1]
        )
        if following not in words("opens_object") and not following[:1].isdigit() and not (many and objects):
            return False
    if word in ("be", "have", "do", "like", "near", "worth"):
        return False
    plural = before in ("we", "they", "i", "you", "who", "which", "people", "staff") or (
        before.endswith("s") and len(before) > 3 and not named
    )
    return plural or _two_names_before(tokens, place)


def _following(tokens: list[Token], place: int) -> str:
    return tokens[place + 1].lower if place + 1 < len(tokens) else ""


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


def _is_remainder(before: str) -> bool:
    """Whether "left" says what remains: "$4 million left in the bank"."""
    return before[-1:].isdigit() or before in ("million", "billion", "thousand", "cash", "money", "runway", "is", "was")


def _helped(helper: str, kinds: Set[str]) -> str | None:
    if helper in HAVE:
        return "participle" if "participle" in kinds else "past" if "past" in kinds else None
    if helper in BE or helper in ("'s", "gets", "got", "get"):
        if "ing" in kinds:
            return "ing"
        return "participle" if "participle" in kinds else None
    if helper == "to" or helper in words("auxiliaries"):
        return "base" if "base" in kinds else None
    return None
