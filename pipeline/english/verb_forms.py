"""The tables of English words: which forms a verb has, and which verbs a form may belong to."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon_files import lexicon

_VOWEL = re.compile("[aeiou]")


@cache
def words(kind: str) -> frozenset[str]:
    """One of the word lists of the table of English verbs."""
    return frozenset(lexicon("pipeline.lexicon", "english_verbs")[kind])


@cache
def lemmas_of_forms() -> dict[str, list[tuple[str, str]]]:
    """Every form of every lemma: form -> [(lemma, kind)]."""
    table = lexicon("pipeline.lexicon", "english_verbs")
    found: dict[str, list[tuple[str, str]]] = {}
    doubled = frozenset(table["doubled"])
    for lemma in dict.fromkeys(table["lemmas"]):
        if " " in lemma:
            continue
        for form, kind in _inflected(lemma, table["irregular"].get(lemma), lemma in doubled):
            entries = found.setdefault(form, [])
            if (lemma, kind) not in entries:
                entries.append((lemma, kind))
    return found


@cache
def is_participle(form: str, lemma: str) -> bool:
    """Whether a past form can also be a participle: "led" can, "came" cannot."""
    return (lemma, "participle") in lemmas_of_forms().get(form, ())


def forms_of(lemma: str) -> list[str]:
    """Every form of a verb of the table."""
    table = lexicon("pipeline.lexicon", "english_verbs")
    return [form for form, _ in _inflected(lemma, table["irregular"].get(lemma), lemma in table["doubled"])]


def _inflected(lemma: str, irregular: list[str] | None, doubles: bool) -> list[tuple[str, str]]:
    gerund = f"{lemma + lemma[-1] if doubles else lemma[:-1] if lemma.endswith('e') and lemma != 'be' else lemma}ing"
    if irregular is not None:
        kinds = [(lemma, "base"), (irregular[0], "s"), (irregular[1], "past"), (irregular[2], "participle")]
        rest = [(irregular[3], "ing") if len(irregular) > 3 else (gerund, "ing")]
        return kinds + rest + [(form, "s") for form in irregular[4:]]
    sibilant = lemma.endswith(("s", "x", "z", "ch", "sh"))
    consonant_y = lemma.endswith("y") and not _VOWEL.match(lemma[-2])
    present = lemma[:-1] + "ies" if consonant_y else lemma + ("es" if sibilant else "s")
    past = (
        lemma[:-1] + "ied"
        if consonant_y
        else lemma + "d"
        if lemma.endswith("e")
        else (lemma + lemma[-1] if doubles else lemma) + "ed"
    )
    return [(lemma, "base"), (present, "s"), (past, "past"), (past, "participle"), (gerund, "ing")]
