"""The companies an English sentence names or refers to, those nobody has listed among them, by where they stand."""

from __future__ import annotations

import re
from functools import cache

from db.nouns.identity import candidate_key
from pipeline.english.document import Document, Sentence
from pipeline.english.name_lists import places
from pipeline.english.organisations import organisation_word
from pipeline.english.parties import references, subject_company
from pipeline.english.people import people_in
from pipeline.english.product_names import NO_NAME
from pipeline.english.verb_forms import lemmas_of_forms, words
from pipeline.matching.first_letters import quick
from pipeline.names.company_name import CompanyName

_NAME = quick(r"(?<![\w’'.$€£-])[A-Z][\w&.-]*\w(?: (?:& )?[A-Z\d][\w&-]*){0,3}")
_NO_COMPANY = re.compile(
    r"(?:Swiss|Dutch|Swedish|Spanish|Italian|Canadian|Australian|Norwegian|Danish|Finnish|Polish|Turkish|Brazilian"
    r"|Mexican"
    r"|Chinese|British|American|German|French|Israeli|Indian|European|Japanese|Korean|Hollywood|Silicon Valley"
    r"|Wall Street"
    r"|Shares|Investors|Users|Customers|Artists|Creators|Terms|Neither|Both|People|Big Tech|CEO|CFO|CTO|Series)\b"
)


def company_spans(sentence: Sentence, document: Document) -> dict[tuple[int, int], CompanyName]:
    """Every company by its span: named, meant by "it" or "the startup", investors, and capitalised strangers.

    Worked out once a sentence.
    """
    if "company_spans" not in sentence.noted:
        sentence.noted["company_spans"] = _find_spans(sentence, document)
    spans: dict[tuple[int, int], CompanyName] = sentence.noted["company_spans"]
    return spans


def _find_spans(sentence: Sentence, document: Document) -> dict[tuple[int, int], CompanyName]:
    found = {
        (each.start, each.end): each.company
        for each in references(sentence, document)
        if sentence.text[each.start : each.end] not in ("its", "our", "us", "them")
        and not sentence.text[: each.end].endswith("joint venture")
    }
    for statement, subject in sentence.parsed.by_pronoun:
        company = (
            subject_company(subject, sentence, document) if subject.start == 0 and not statement.relative else None
        )
        if company is not None and subject.refers in ("it", "they"):
            found[subject.start, subject.end] = company
    for mention in sentence.mentions:
        if mention.kind == "investor":
            found[mention.start, mention.end] = CompanyName(mention.key, mention.name, False)
    taken = [
        *found,
        *((each.start, each.end) for each in sentence.mentions),
        *((each.start, each.end) for each in sentence.dates),
        *((each.start, each.end) for each in sentence.money),
        *(
            (each.start, each.end)
            for each in people_in(sentence.text, 0, len(sentence.text), [])
            if not organisation_word().search(each.name)
        ),
    ]
    for match in _NAME.finditer(_without_dates(sentence)):
        name = _bare(match[0])
        start, end = match.end() - len(name), match.end()
        opener = start == 0 and " " not in name and _opens(name.lower())
        if opener or _is_plain(name) or any(one < end and start < two for one, two in taken):
            continue
        found[start, end] = CompanyName(candidate_key(name), name, False)
    return found


def _without_dates(sentence: Sentence) -> str:
    """A sentence with its dates blanked: "In January Nordfilm" is no name."""
    pieces, done = [], 0
    for each in sorted(sentence.dates):
        if each.start >= done:
            pieces += [sentence.text[done : each.start], " " * (each.end - each.start)]
            done = each.end
    return "".join([*pieces, sentence.text[done:]])


def _opens(word: str) -> bool:
    """Whether a word that begins a sentence is a verb or a plain noun: "Having", "Talks"."""
    return word in lemmas_of_forms() or any(word in words(kind) for kind in ("auxiliaries", "nouns", "told_nouns"))


def _bare(name: str) -> str:
    """A name without a capitalised word that only leads to it: "Following Nordfilm", "Riga-based Dubly"."""
    first, _, rest = name.partition(" ")
    leads = first.endswith("-based") or first.lower() in _plain_words()
    return rest if rest and rest[0].isupper() and leads else name


def _is_plain(name: str) -> bool:
    """Whether a capitalised word only opens a sentence, or names a people, a place or a time."""
    first = name.split()[0].lower()
    return (
        len(name) < 3
        or name.endswith("-based")
        or NO_NAME.match(name) is not None
        or _NO_COMPANY.match(name) is not None
        or name in places()
        or first in _plain_words()
    )


_PLAIN = ("prepositions", "determiners", "pronouns", "subordinators", "conjunctions", "adverbs")


@cache
def _plain_words() -> frozenset[str]:
    return frozenset[str]().union(*map(words, _PLAIN))
