"""The sentence under a number: who says it, where, when, and how sure; and which value lost against which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from db.model import CLAIM_FIELDS, EvidenceClass, FieldValue, SaidBy, Status, StoredClaim
from db.nouns.facts import Fact
from db.nouns.identity import fold
from db.values import Money, PartialDate
from reports.escaping import markdown_link, markdown_text, safe_url
from reports.wording.facts import PARTIES, metric_text, role_text
from reports.wording.known_names import known_names
from reports.wording.labels import label
from reports.wording.row_notes import foreign, note_in
from reports.wording.values import ReportLanguage, date_text, listed, money_text, series_text, word, word_or_text

JUDGED = "judged"
"""The rule of a field whose value a person chose."""
OWN_CORRECTION = "own correction"
"""The rule of a field whose other values their own outlets took back."""
LONGEST_QUOTE = 300
"""Characters of a sentence that may leave the machine, always beside its link (DESIGN, The house)."""
NEVER = date.min
_WORDED = {
    "valuation_kind": "valuation_kind",
    "stage": "stage",
    "direction": "direction",
    "metric": "metric",
    "series_qualifier": "series_qualifier",
}
"""Fields whose values are words of a group of `values.yml`."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence of one article. `url` is http(s) or None; `outlet` falls back to the host, then to None.

    `reprint_of` is the outlet whose article this one repeats, by its own word.
    """

    claim_key: str
    sentence: str
    status: Status
    said_by: SaidBy
    origin: str | None
    outlet: str | None
    title: str
    url: str | None
    published: date | None
    evidence_class: EvidenceClass
    reprint_of: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that lost: in which field, against what, who says it, and why it lost (the rule's words)."""

    field: str
    chosen: str
    losing: str
    outlets: tuple[str, ...]
    rule: str
    name: str = ""
    """The field as facts and `dailies judge prefer` call it."""
    claim_keys: tuple[str, ...] = ()
    """The claims that say the losing value."""
    taken_back: bool = False
    """Its own outlet corrected it: shown, and nothing to decide."""


def quote_of(stored: StoredClaim, language: ReportLanguage) -> Quote:
    """A claim as something to be shown; our note of a page in this language, if it has been put into it."""
    claim, url = stored.claim, safe_url(stored.article_url)
    reprinted = stored.original_publisher
    return Quote(
        claim_key=stored.key,
        sentence=excerpt(note_in(stored, language), claim.evidence),
        status=claim.status,
        said_by=claim.said_by,
        origin=claim.origin,
        outlet=stored.publisher or (urlsplit(url).hostname if url else None),
        title=stored.article_title,
        url=url,
        published=stored.published,
        evidence_class=stored.evidence_class,
        reprint_of=reprinted if reprinted and fold(reprinted) != fold(stored.publisher or "") else None,
    )


def quotes(claims: Iterable[StoredClaim], language: ReportLanguage) -> tuple[Quote, ...]:
    """The sentences of these claims, each sentence of an article once, in the order given."""
    found: dict[tuple[str, str], Quote] = {}
    for stored in claims:
        found.setdefault((stored.article_key, fold(stored.claim.sentence)), quote_of(stored, language))
    return tuple(found.values())


def excerpt(sentence: str, evidence: str) -> str:
    """At most `LONGEST_QUOTE` characters of a sentence, with the evidence in them where it is no longer itself."""
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    at = max(sentence.find(evidence), 0)
    room = LONGEST_QUOTE - 2
    begin = max(0, min(at - (room - min(len(evidence), room)) // 2, len(sentence) - room))
    end = min(begin + room, len(sentence))
    return f"{'…' if begin else ''}{sentence[begin:end].strip()}{'…' if end < len(sentence) else ''}"


def conflict_count(fact: Fact) -> int:
    """In how many fields of the fact another value lost, as every page counts them."""
    disputed = any(field.losing for field in fact.fields.values())
    return len({each.name for each in open_conflicts(fact, "en")}) if disputed else 0


def open_conflicts(fact: Fact, language: ReportLanguage) -> tuple[Conflict, ...]:
    """Those that somebody still stands behind."""
    return tuple(each for each in conflicts(fact, language) if not each.taken_back)


def conflicts(fact: Fact, language: ReportLanguage) -> tuple[Conflict, ...]:
    """Every value of the fact that lost, field by field; what a person decided is no conflict any more."""
    claims = {stored.key: stored for stored in fact.claims}
    return tuple(
        Conflict(
            field=word_or_text(language, "fields", name),
            chosen=chosen_text(fact, name, language),
            losing=value_text(fact, name, losing.value, losing.claim_keys, claims, language),
            outlets=_outlets_against(fact, name, losing.claim_keys, claims, language),
            rule=word_or_text(language, "rule", fact.fields[name].rule),
            name=name,
            claim_keys=losing.claim_keys,
            taken_back=fact.fields[name].rule == OWN_CORRECTION,
        )
        for name in shown_fields(fact)
        for losing in fact.fields[name].losing
        if fact.fields[name].rule != JUDGED
        and not _same_names(fact.value(name), losing.value)
        and not (name == "event_date" and _only_talk(fact, [claims[key] for key in losing.claim_keys if key in claims]))
    )


def _same_names(chosen: FieldValue, losing: FieldValue) -> bool:
    """Whether two lists name the same, under other names or in short: Alibaba and 阿里巴巴, Spark and Spark Capital."""
    if not isinstance(chosen, list) or not isinstance(losing, list):
        return False
    one, other = ([fold(name) for name in known_names(names, "en")] for names in (chosen, losing))
    return len(one) == len(other) and all(
        any(f"{name} ".startswith(f"{each} ") or f"{each} ".startswith(f"{name} ") for each in one) for name in other
    )


def outlets_of(claims: Iterable[StoredClaim], language: ReportLanguage) -> tuple[str, ...]:
    """Who says so, each outlet once and in order; of a reprint also whom it repeats."""
    return tuple(dict.fromkeys(outlet_text(quote_of(stored, language), language) for stored in claims))


def _outlets_against(
    fact: Fact, name: str, losing: Iterable[str], claims: Mapping[str, StoredClaim], language: ReportLanguage
) -> tuple[str, ...]:
    """Who says a losing value; of one that says the chosen value later, that it corrected itself."""
    against = [claims[key] for key in losing if key in claims]
    publishers = {stored.publisher for stored in against}
    behind = [claims[key] for key in fact.fields[name].claim_keys if key in claims]
    said = last_said(against, language)
    right = last_said([stored for stored in behind if stored.publisher in publishers], language)
    form = label(language, "round", "corrected")
    return tuple(form.format(each) if NEVER < day < right.get(each, NEVER) else each for each, day in said.items())


def last_said(claims: Iterable[StoredClaim], language: ReportLanguage) -> dict[str, date]:
    """Who says so, each outlet once and in order, and on which day last; the undated never."""
    said: dict[str, date] = {}
    for stored in claims:
        outlet = outlet_text(quote_of(stored, language), language)
        said[outlet] = max(said.get(outlet, NEVER), stored.published or NEVER)
    return said


def _only_talk(fact: Fact, claims: Sequence[StoredClaim]) -> bool:
    """Whether these only say when a deal was talked of that was done or denied later: a step, not another date."""
    talk = ("rumored",) if fact.status == "denied" else ("rumored", "denied")
    return fact.status != "rumored" and all(stored.claim.status in talk for stored in claims)


def chosen_text(fact: Fact, name: str, language: ReportLanguage) -> str:
    """A field's chosen value as people write it; an amount with its currency and operator."""
    if name == "amount":
        return _sum_text(fact, fact.money, language)
    return _plain_text(name, fact.value(name), fact.value("series_qualifier"), language)


def _sum_text(fact: Fact, money: Money | None, language: ReportLanguage) -> str:
    """Money, or of a metric that counts things a number of them, of which no currency is missing."""
    if fact.type == "metric":
        return metric_text(str(fact.value("metric") or "other"), money, language)
    return money_text(money, language)


def value_text(
    fact: Fact,
    name: str,
    value: FieldValue,
    claim_keys: Iterable[str],
    claims: Mapping[str, StoredClaim],
    language: ReportLanguage,
) -> str:
    """A losing value as people write it, read from the claims that say it: they know more than the field holds."""
    told = next((claims[key].claim for key in claim_keys if key in claims), None)
    if name == "amount" and told is not None and told.money is not None:
        return _sum_text(fact, told.money, language)
    return _plain_text(name, value, told.fields.get("series_qualifier") if told else None, language)


def _plain_text(name: str, value: FieldValue, qualifier: FieldValue, language: ReportLanguage) -> str:
    if name == "event_date" and isinstance(value, str):
        return date_text(PartialDate(value), language)
    if name == "investment_type":
        return series_text(value, qualifier, language)
    if name == "role" and isinstance(value, str):
        return role_text(value, language)
    if name in _WORDED:
        return word_or_text(language, _WORDED[name], value)
    if isinstance(value, list):
        return listed(language, known_names(value, language))
    if name == "plaintiff" and isinstance(value, str):
        return listed(language, value.split(PARTIES))
    return word_or_text(language, "unknown", None) if value is None else str(value)


def shown_fields(fact: Fact) -> list[str]:
    """The fields of a fact a person is shown, in their order: a sum's parts go with the sum."""
    return [name for name in ("amount", "event_date", *CLAIM_FIELDS[fact.type]) if name in fact.fields]


def quoted_text(quote: Quote, language: ReportLanguage) -> str:
    """The sentence in quotation marks; what stands for a page that nobody quotes is said to be our note of it."""
    if quote.evidence_class == "sentence":
        return f"“{quote.sentence}”"
    form = "note_of_page_english" if foreign(quote.sentence, language) == "en" else "note_of_page"
    return label(language, "timeline", form).format(quote.sentence)


def cited_text(quote: Quote, language: ReportLanguage) -> str:
    """Where a sentence stands: "The Wire, 3 Jun 2024 (unnamed people)"."""
    parts = (outlet_text(quote, language), published_text(quote, language), said_by_text(quote, language))
    return label(language, "timeline", "cited").format(*parts)


def dated_text(quote: Quote, language: ReportLanguage) -> str:
    """The same without who says it, where there is little room."""
    return label(language, "timeline", "dated").format(outlet_text(quote, language), published_text(quote, language))


def source_link(quote: Quote, language: ReportLanguage) -> str:
    """Where a sentence stands, in Markdown, its outlet a link."""
    outlet = markdown_link(outlet_text(quote, language), quote.url)
    parts = (published_text(quote, language), said_by_text(quote, language))
    return label(language, "timeline", "cited").format(outlet, *map(markdown_text, parts))


def outlet_text(quote: Quote, language: ReportLanguage) -> str:
    """Who published it: "Daily Reel", "Portal (reprinting Daily Reel)"."""
    outlet = quote.outlet or label(language, "timeline", "no_outlet")
    return label(language, "timeline", "reprint").format(outlet, quote.reprint_of) if quote.reprint_of else outlet


def published_text(quote: Quote, language: ReportLanguage) -> str:
    """When its article was published, as far as we know."""
    if quote.published is None:
        return label(language, "timeline", "no_date")
    return date_text(PartialDate(quote.published.isoformat()), language)


def conflict_text(conflict: Conflict, language: ReportLanguage) -> str:
    """A losing value with who says it: "date: 5 Jun 2024, says The Wire"; of one that was taken back, that it was."""
    said = listed(language, conflict.outlets)
    text = label(language, "timeline", "conflict").format(conflict.field, said, conflict.losing)
    return label(language, "round", "corrected").format(text) if conflict.taken_back else text


def conflicts_text(conflicts: Sequence[Conflict], language: ReportLanguage) -> str:
    """The losing values of one field, each with who says it: "date: May 2023, says The Wire; 5 Jun 2023, says Reel"."""
    first, *others = conflicts
    form = label(language, "timeline", "conflict_again")
    return conflict_text(first, language) + "".join(
        form.format(listed(language, each.outlets), each.losing) for each in others
    )


def said_by_text(quote: Quote, language: ReportLanguage) -> str:
    """Who says it, as the text attributes it: "unnamed people via The Wire"."""
    speaker = word(language, "said_by", quote.said_by)
    return label(language, "timeline", "via").format(speaker, quote.origin) if quote.origin else speaker
