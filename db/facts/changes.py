"""How the facts of a company differ from those it had: a pure comparison, entry by entry, each with its cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.facts.stale import WHOLE_COMPANY
from db.nouns.change import Cause, Change, ChangeKind
from db.values import PartialDate

MONEY_PARTS = {"amount": "amount", "amount_max": "amount_max", "currency": "currency", "amount_op": "operator"}
"""Fields that are one value: no amount is logged without its currency."""
_STRONGEST_FIRST: Sequence[Cause] = ("rules", "purge", "judgement", "revision", "news", "history")
"""Which of several causes is named: a change in which the rules have a part must never pass for news."""


@dataclass(frozen=True, slots=True)
class FactState:
    """As much of a fact as the log compares. `supporters`: per field the claims for and against its value."""

    id: str
    type: str
    company_key: str
    values: dict[str, Any]
    claim_keys: tuple[str, ...]
    supporters: Mapping[str, frozenset[str]]


def fact_state(
    id: str,
    type: str,
    company_key: str,
    status: str,
    fields: Mapping[str, Any],
    support: Iterable[tuple[str, str]],
    whole: str,
) -> FactState:
    """A state from a fact's columns, its field values and (field, claim key) of its support, in order."""
    values: dict[str, Any] = {"status": status, "company": company_key}
    money = {part: fields[name] for name, part in MONEY_PARTS.items() if fields.get(name) is not None}
    values |= {"money": money} if money else {}
    values |= {name: value for name, value in fields.items() if name not in MONEY_PARTS and value is not None}
    claim_keys: list[str] = []
    supporters: defaultdict[str, set[str]] = defaultdict(set)
    for name, key in support:
        if name == whole:
            claim_keys.append(key)
        else:
            supporters["money" if name in MONEY_PARTS else name].add(key)
    frozen = {name: frozenset(keys) for name, keys in supporters.items()}
    return FactState(id, type, company_key, values, tuple(claim_keys), frozen)


def compare_facts(before: Sequence[FactState], after: Sequence[FactState], causes: Mapping[str, Cause]) -> list[Change]:
    """What became of each fact of `before`, and what is new in `after`; `causes` by claim key, as `stale` keeps it.

    A fact's successor is the one that holds its first claim that is still held. Sorted by (type, fact id, field).
    """
    holder = {key: state for state in after for key in state.claim_keys}
    heirs: defaultdict[str, list[FactState]] = defaultdict(list)
    changes: list[Change] = []
    for old in before:
        heir = next((holder[key] for key in old.claim_keys if key in holder), None)
        if heir is None:
            changes.append(_whole(old, "withdrawn", old.values, None, causes))
        else:
            heirs[heir.id].append(old)
    former_holder = {key: state for state in before for key in state.claim_keys}
    for new in after:
        changes.extend(_fate(new, heirs[new.id], former_holder, causes))
    return sorted(changes, key=lambda change: (change.fact_type, change.fact_id, change.field, change.kind))


def _fate(
    new: FactState,
    forerunners: Sequence[FactState],
    former_holder: Mapping[str, FactState],
    causes: Mapping[str, Cause],
) -> Iterator[Change]:
    """How a fact came out of those whose successor it is."""
    if not forerunners:
        origin = next((former_holder[key].id for key in new.claim_keys if key in former_holder), None)
        yield _whole(new, "added" if origin is None else "split", origin, new.values, causes)
        return
    main = min(forerunners, key=lambda old: (old.id != new.id, old.claim_keys[0] not in new.claim_keys, old.id))
    for old in forerunners:
        if old.id != new.id:
            yield _leads_on(old, new, "renamed" if old is main else "merged", causes)
    for name in sorted(main.values.keys() | new.values.keys()):
        before, after = main.values.get(name), new.values.get(name)
        if before != after:
            told = main.supporters.get(name, frozenset()) | new.supporters.get(name, frozenset())
            cause, claim_key = _cause([told, _claims(main, new)], causes)
            kind = _kind(name, before, after)
            yield Change(new.company_key, new.id, new.type, kind, name, before, after, cause, claim_key)


def _whole(state: FactState, kind: ChangeKind, old: Any, new: Any, causes: Mapping[str, Cause]) -> Change:
    cause, claim_key = _cause([_claims(state)], causes)
    return Change(state.company_key, state.id, state.type, kind, "", old, new, cause, claim_key)


def _leads_on(old: FactState, new: FactState, kind: ChangeKind, causes: Mapping[str, Cause]) -> Change:
    cause, claim_key = _cause([_claims(old, new)], causes)
    return Change(new.company_key, old.id, old.type, kind, "id", old.id, new.id, cause, claim_key)


def _claims(*states: FactState) -> frozenset[str]:
    return frozenset(key for state in states for key in state.claim_keys)


def _kind(name: str, before: Any, after: Any) -> ChangeKind:
    if name == "status" and after in ("confirmed", "denied"):
        return "confirmed" if after == "confirmed" else "denied"
    return "completed" if _completes(name, before, after) else "corrected"


def _completes(name: str, before: Any, after: Any) -> bool:
    """Whether the new value only adds to the old one."""
    if before is None:
        return True
    if isinstance(before, list) and isinstance(after, list):
        return set(before) <= set(after)
    if name == "event_date" and after is not None:
        return PartialDate(before).contains(PartialDate(after))
    return False


def _cause(nearest_first: Sequence[frozenset[str]], causes: Mapping[str, Cause]) -> tuple[Cause, str | None]:
    """Why, and the claim that brought it: of the first of these groups of claims in which any changed.

    Where none did, another fact's claim moved this one; where no claim did at all, it was the rules.
    """
    if WHOLE_COMPANY in causes or not causes:
        return "rules", None
    for group in nearest_first:
        changed = sorted((_STRONGEST_FIRST.index(causes[key]), key) for key in group if key in causes)
        if changed:
            return causes[changed[0][1]], changed[0][1]
    return min(causes.values(), key=_STRONGEST_FIRST.index), None
