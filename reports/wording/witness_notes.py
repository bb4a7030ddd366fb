"""Why several articles are one witness, in words: they print one text, lean on one outlet, or lean on each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from db.model import StoredClaim
from db.nouns.facts import Fact
from db.nouns.witnesses import Witness, outlet_of, witnesses
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, listed


def witness_notes(fact: Fact, language: ReportLanguage, *, leaning: bool = True) -> tuple[str, ...]:
    """Notes on each origin that several outlets share. `leaning`: also on those that only name their source."""
    return tuple(note for each in witnesses(fact.claims) for note in _notes(each, language, leaning=leaning))


def _notes(witness: Witness, language: ReportLanguage, *, leaning: bool) -> Iterator[str]:
    in_ring = [stored for stored in witness.claims if outlet_of(stored) in witness.ring]
    if in_ring:
        yield label(language, "witness", "ring").format(listed(language, _outlets(in_ring)))
    copied = [stored for stored in witness.claims if stored.story is not None] if witness.copies else []
    if copied:
        yield label(language, "witness", "copies").format(listed(language, _outlets(copied)))
    said = {outlet_of(stored) for stored in (*in_ring, *copied)} | {witness.name}
    lean = [stored for stored in witness.claims if outlet_of(stored) not in said]
    if leaning and lean and not in_ring:
        yield label(language, "witness", "leaning").format(listed(language, _outlets(lean)), _origin(lean))


def _origin(claims: Sequence[StoredClaim]) -> str:
    """How those who lean on an origin write its name."""
    return next((stored.claim.origin for stored in claims if stored.claim.origin), claims[0].witness)


def _outlets(claims: Iterable[StoredClaim]) -> list[str]:
    """The outlets of these claims as they are written, each once."""
    return list({outlet_of(stored): stored.publisher or stored.article_key for stored in claims}.values())
