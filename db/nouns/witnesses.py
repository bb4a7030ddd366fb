"""Who of those that tell of a thing knows it for himself: copies, and outlets leaning on one another, are one witness.

An outlet that names another as its source, or reprints it, is followed to whoever speaks in the end. Near-copies of one
text (`article.story_key`) are one witness whoever printed them. Outlets that lean on each other in a ring, with no word
of their own in it, are one witness too: circular reporting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from db.model import StoredClaim
from db.nouns.identity import fold

Cited = Mapping[str, Set[str]]
_COPIES = "copies of "
_fold = lru_cache(maxsize=20_000)(fold)


@dataclass(frozen=True, slots=True)
class Witness:
    """One independent origin: the claims that rest on it, in their order.

    `copies` says that several articles of it are one text; `ring` names the outlets that only lean on each other.
    """

    name: str
    claims: tuple[StoredClaim, ...]
    copies: bool
    ring: tuple[str, ...]


def witnesses(claims: Sequence[StoredClaim]) -> list[Witness]:
    """The independent origins of these claims, sorted by name; a claim that leans on two stands under both."""
    told = _Telling(claims)
    resting: defaultdict[str, list[StoredClaim]] = defaultdict(list)
    for stored in claims:
        for name in told.origins(stored):
            resting[name].append(stored)
    return [Witness(name, tuple(of), _are_copies(of), told.ring(name)) for name, of in sorted(resting.items())]


def independent(claims: Sequence[StoredClaim]) -> frozenset[str]:
    """The names of the independent origins of these claims."""
    if all(stored.story is None and stored.witness == outlet_of(stored) for stored in claims):
        return frozenset(stored.witness for stored in claims)  # nearly always: nobody leans on anybody
    told = _Telling(claims)
    return frozenset(name for stored in claims for name in told.origins(stored))


def outlet_of(stored: StoredClaim) -> str:
    """Who printed a claim, as outlets are compared."""
    return _fold(stored.publisher or stored.article_key)


def _are_copies(claims: Iterable[StoredClaim]) -> bool:
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for stored in claims:
        if stored.story is not None:
            articles[stored.story].add(stored.article_key)
    return any(len(keys) > 1 for keys in articles.values())


class _Telling:
    """Who leans on whom in these claims."""

    def __init__(self, claims: Sequence[StoredClaim]) -> None:
        self._same = _Same()
        self._own: defaultdict[str, set[str]] = defaultdict(set)
        self._named: dict[str, frozenset[str]] = {}
        cited: defaultdict[str, set[str]] = defaultdict(set)
        credited: set[str] = set()
        shared, sources = _shared_stories(claims), _sources(claims)
        for stored in claims:
            outlet, source = outlet_of(stored), sources.get(_text_of(stored), frozenset())
            if stored.claim.origin is None and stored.claim.said_by == "none" and source - {outlet}:
                names = source - {outlet}  # a headline names no source, and a copy may have cut it out
            elif stored.claim.origin is None and stored.story in shared:
                text = f"{_COPIES}{stored.story}"
                self._own[outlet].add(text)
                if stored.witness != outlet:
                    self._same.join(text, stored.witness)  # one of the copies says whose text it is
                    credited.add(stored.witness)
                self._named[stored.key] = frozenset({text})
                continue
            else:
                names = frozenset({stored.witness})
            self._named[stored.key] = names
            (self._own if names == {outlet} else cited)[outlet].update(names)
        for outlet, texts in self._own.items():
            if outlet in texts or outlet in credited:  # nobody is a second witness beside the copies of his own text
                for text in texts:
                    self._same.join(outlet, text)
        self._reach = _reach({outlet: names for outlet, names in cited.items() if outlet not in self._own})
        self._rings = _rings(cited)

    def origins(self, stored: StoredClaim) -> frozenset[str]:
        """Whom one comes to in the end: those who lean on nobody, and of a ring its first name."""
        named = self._named[stored.key]
        reached = named.union(*(self._reach.get(each, frozenset()) for each in named))
        ahead = {each: self._reach.get(each, frozenset[str]()) for each in reached}
        ends = {min(ahead[each] | {each}) for each in reached if all(each in ahead[other] for other in ahead[each])}
        return frozenset(self._same.name(text) for end in ends for text in self._own.get(end, {end}))

    def ring(self, name: str) -> tuple[str, ...]:
        """The outlets that lean on each other, one of which this origin is."""
        return next((ring for ring in self._rings if any(self._same.name(each) == name for each in ring)), ())


def _text_of(stored: StoredClaim) -> str:
    """The article, or the text of which it is a copy."""
    return stored.story or stored.article_key


def _sources(claims: Iterable[StoredClaim]) -> dict[str, frozenset[str]]:
    """The outlets that a text names as its sources of what these claims say."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for stored in claims:
        if stored.claim.origin is not None:
            found[_text_of(stored)].add(stored.witness)
    return {text: frozenset(names) for text, names in found.items()}


def _shared_stories(claims: Iterable[StoredClaim]) -> frozenset[str]:
    """The stories of which several outlets printed what they give as their own word."""
    outlets: defaultdict[str, set[str]] = defaultdict(set)
    for stored in claims:
        if stored.story is not None and stored.claim.origin is None:
            outlets[stored.story].add(outlet_of(stored))
    return frozenset(story for story, names in outlets.items() if len(names) > 1)


def _reach(cited: Cited) -> Mapping[str, frozenset[str]]:
    """Everybody one comes to from each outlet."""
    found: dict[str, frozenset[str]] = {}
    for start in cited:
        seen: set[str] = set()
        ahead = list(cited[start])
        while ahead:
            name = ahead.pop()
            if name not in seen:
                seen.add(name)
                ahead.extend(cited.get(name, ()))
        found[start] = frozenset(seen)
    return found


def _rings(cited: Cited) -> list[tuple[str, ...]]:
    reach = _reach(cited)
    rings = {tuple(sorted(each for each in reach[start] if start in reach.get(each, ()))) for start in reach}
    return sorted(ring for ring in rings if len(ring) > 1)


class _Same:
    """Names that stand for one origin."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def name(self, each: str) -> str:
        while each in self._parent:
            each = self._parent[each]
        return each

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.name(one), self.name(other)), key=lambda each: (each.startswith(_COPIES), each))
        if low != high:
            self._parent[high] = low
