"""Whatever JSON a search or a register answers: entries with addresses of the web, or a named refusal; never a crash."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.asking import addresses
from crawlers.catalogue import SOURCES as CATALOGUE
from crawlers.catalogue import as_crawled, read_source
from crawlers.ports import CrawlSource
from crawlers.readers.by_kind import READERS
from crawlers.readers.reading import NotAFeed
from pipeline.registers.read_register import read_register
from pipeline.registers.record import NoRecord
from tests.test_source_samples import SAMPLES

NOW = datetime(2025, 4, 4, 6, tzinfo=UTC)
SOURCES = [
    CrawlSource("api", "embedded", "https://a.example/", "en", items="items.data", page="{url}", dated="date"),
    CrawlSource("efts", "form_d_search", "https://efts.sec.gov/LATEST/search-index", "en"),
    CrawlSource("ch", "companies_house", "https://api.company-information.service.gov.uk", "en"),
    CrawlSource("wd", "wikidata", "https://query.wikidata.org/sparql", "en"),
    CrawlSource("gdelt", "gdelt", "https://api.gdeltproject.org/api/v2/doc/doc", "en", terms="a"),
    CrawlSource("hn", "hacker_news", "https://hn.algolia.com/api/v1/search_by_date", "en", terms="a"),
]
_NAMES = st.sampled_from(
    [
        "adsh",
        "alias",
        "articles",
        "bindings",
        "capital",
        "company_name",
        "company_number",
        "created_at",
        "currency",
        "data",
        "date",
        "description",
        "description_values",
        "display_names",
        "figure",
        "filing",
        "file_date",
        "form",
        "hits",
        "inception",
        "inceptionPrecision",
        "item",
        "itemLabel",
        "items",
        "language",
        "objectID",
        "results",
        "rows",
        "seendate",
        "_source",
        "title",
        "transaction_id",
        "type",
        "url",
        "value",
        "website",
    ]
)
_VALUES = st.sampled_from(
    (
        *("", "a", "D", "English", "2025-04-03", "0009999001-25-000001", "9", "GBP", "1.5", "\x00\ud800"),
        *("Runway AI, Inc.  (CIK 0009999001)", "https://a.example/x", "http://www.wikidata.org/entity/Q1"),
        *("capital-allotment-shares", "javascript:1"),
    )
)
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=6),
    max_leaves=25,
)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.kind)
@given(answer=st.dictionaries(_NAMES, _ANY, max_size=5))
def test_any_answer_is_entries_or_a_named_refusal(source, answer):
    for url in (addresses(source, NOW)[0], "https://api.company-information.service.gov.uk/company/1/filing-history"):
        try:
            reading = READERS[source.kind](json.dumps(answer).encode(), "application/json", source, url, NOW)
        except NotAFeed:
            continue
        assert all(entry.url.startswith(("https://", "http://")) for entry in reading.entries)
        for entry in reading.entries:
            json.dumps(entry.hints.content_html).encode()


def mutations(value, at=()):
    """Every place in a JSON value, each replaced by values of other types."""
    for other in (None, 5, 1.5, True, "x", [], {}, [[]], {"a": 1}, 10**30):
        yield at, other
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from mutations(inner, (*at, key))


def replaced(value, at, other):
    """The value with what lies at a place replaced."""
    if not at:
        return other
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[at[0]] = replaced(value[at[0]], at[1:], other)
    return copy


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.json")), ids=lambda sample: sample.stem)
def test_a_sample_with_anything_in_any_place_is_entries_or_a_named_refusal(sample):
    source = as_crawled(read_source(CATALOGUE / f"{sample.stem}.yml"))
    url = addresses(source, NOW)[0]
    if source.kind == "companies_house":
        url = f"{source.url}/company/1/filing-history#STABILITY%20AI%20LTD"
    value = json.loads(sample.read_text("utf-8"))
    for at, other in mutations(value):
        body = json.dumps(replaced(value, at, other)).encode()
        try:
            reading = READERS[source.kind](body, "application/json", source, url, NOW)
        except NotAFeed:
            continue
        for entry in reading.entries:
            assert entry.url.startswith(("https://", "http://"))
            if source.kind in ("companies_house", "wikidata"):
                with suppress(NoRecord):
                    read_register(source.kind, entry.url, (entry.hints.content_html or "").encode()).reading()


@pytest.mark.parametrize("kind", ["companies_house", "wikidata"])
@given(record=st.dictionaries(_NAMES, _ANY, max_size=6))
def test_any_record_is_claims_in_its_own_text_or_a_named_refusal(kind, record):
    try:
        found = read_register(kind, None, json.dumps(record).encode())
    except NoRecord:
        return
    for claim in found.reading().claims:
        assert found.text[claim.start : claim.end] == claim.evidence
