"""Names as people type them: one company, one value of a list, or an error that says what there is instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlmodel import Session

from dailies.failures import UsageError
from db.knowledge.companies import all_names, companies_named, load_companies, product_owners
from db.knowledge.name_key import name_key
from db.model import Company
from reports.escaping import terminal_text
from reports.wording.known_names import curated_investors, known_names

ID_REMEDY = "ids stand in timelines, briefs and `dailies claims`; check that --db is the database it came from"
_ID = re.compile(r"(?:[a-z]+-)?(c[0-9a-f]{16})")
"""A claim's key, or a fact's id, which ends in the key of the claim it was named after (db.nouns.identity)."""
_ARTICLE = re.compile(r"a[0-9a-f]{16}")
_ALIKE = 70.0
"""rapidfuzz's score from which a name is worth suggesting: below it, suggestions are noise."""
_NEARLY_PART = 90.0
"""rapidfuzz's score from which a name nearly stands in another."""
_FEW_CHARACTERS = 3
"""Of a Chinese name, of which one wrong character is half or a third: no score finds it."""
_SUGGESTED = 3
_SHORTEST_PART = 4
"""Letters from which a part of a name says something: "a" is in most names."""


def one_company(session: Session, name: str) -> Company:
    """The one company that goes by this name. Raises UsageError with suggestions where there is none or several."""
    keys = companies_named(session, name)
    if len(keys) > 1:
        named = ", ".join(f"{company.name} ({key})" for key, company in load_companies(session, keys).items())
        raise UsageError(
            f"{terminal_text(name)!r} is the name of {len(keys)} companies: {terminal_text(named)}; "
            "use what stands in brackets"
        )
    if not keys:
        raise UsageError(f"no company is called {terminal_text(name)!r}{_instead(session, name)}")
    return load_companies(session, keys)[keys[0]]


def _instead(session: Session, name: str) -> str:
    owners = load_companies(session, product_owners(session, name))
    if owners:
        return f"; it is a product of {', '.join(terminal_text(owner.name) for owner in owners.values())}"
    known = dict(all_names(session))
    keys = dict.fromkeys(known[each] for each in alike(name, known, partly=True))
    suggested = [company.name for company in load_companies(session, list(keys)).values()]
    return did_you_mean(suggested) or "; `dailies companies --all` lists those we know"


def known_value(what: str, value: str, known: Iterable[str]) -> str:
    """The value as the list spells it. Raises UsageError, naming the nearest or all, where it is not among them."""
    spelled = {name_key(each): each for each in known}
    found = spelled.get(name_key(value))
    if found is None:
        values = sorted(spelled.values())
        holding = [each for each in values if len(value) >= _SHORTEST_PART and name_key(value) in name_key(each)]
        near = alike(value, values) or holding[:_SUGGESTED]
        instead = did_you_mean(near) or f"; known: {', '.join(values) or 'none'}"
        raise UsageError(f"no such {what}: {terminal_text(value)!r}{instead}")
    return found


def known_investor(name: str, named: Iterable[str]) -> str:
    """The investor as we write it: one of `named`, or one we know. Raises UsageError with suggestions."""
    (english,) = known_names([name.strip()], "en")
    known = {name_key(each): each for each in (*curated_investors(), *named)}
    found = known.get(name_key(english))
    if found is None:
        suggested = alike(name, known.values(), partly=True)
        instead = did_you_mean(suggested) or "; `dailies investors` lists those we know"
        raise UsageError(f"no investor is called {terminal_text(name)!r}{instead}")
    return found


def looks_like_id(asked: str) -> bool:
    """Whether this is the id of a fact or a claim, or written like one."""
    return _ID.fullmatch(asked.strip().lower()) is not None


def article_key_of(asked: str) -> str | None:
    """The article's key this is, or None."""
    key = asked.strip().lower()
    return key if _ARTICLE.fullmatch(key) else None


def claim_key_of(asked: str) -> str:
    """The claim that an id names, a fact's or a claim's own. Raises UsageError for what is no id."""
    found = _ID.fullmatch(asked.strip().lower())
    if found is None:
        raise UsageError(f"not an id: {terminal_text(asked)!r}; one looks like round-c0123456789abcdef; {ID_REMEDY}")
    return found[1]


def did_you_mean(names: Sequence[str]) -> str:
    """The suggestion as it ends an error, or nothing."""
    return f"; did you mean {' or '.join(terminal_text(name) for name in names)}?" if names else ""


def alike(name: str, known: Iterable[str], *, partly: bool = False) -> list[str]:
    """The known names most like this one, best first. `partly`: a part of a name counts as well."""
    from rapidfuzz import fuzz, process

    among, asked = sorted(known), name_key(name)
    scorer = fuzz.WRatio if partly and len(asked) >= _SHORTEST_PART else fuzz.ratio
    found = process.extract(name, among, scorer=scorer, processor=name_key, limit=_SUGGESTED, score_cutoff=_ALIKE)
    near = [match for match, _, _ in found]
    if partly:  # its score is kind to a short name that shares letters with a longer one: Nope is not OpenAI
        near = [each for each in near if _is_nearly(asked, name_key(each))]
    return near or [each for each in among if _differs_by_one(asked, name_key(each))][:_SUGGESTED]


def _is_nearly(asked: str, known: str) -> bool:
    """Whether one name is nearly the other, or nearly stands in it."""
    from rapidfuzz import fuzz

    return fuzz.ratio(asked, known) >= _ALIKE or fuzz.partial_ratio(asked, known) >= _NEARLY_PART


def _differs_by_one(asked: str, known: str) -> bool:
    """Whether two short Chinese names are the same but for one character: 可零 and 可灵."""
    if asked.isascii() or len(asked) != len(known) or not 2 <= len(asked) <= _FEW_CHARACTERS:
        return False
    return sum(one != other for one, other in zip(asked, known, strict=True)) == 1
