"""Small answers composed by us, each named after its source: the source's reader finds the articles in them.

Adding a source takes its YAML file and, where its shape is new, a sample here: tests/source_samples/KEY.SUFFIX.
"""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.asking import addresses
from crawlers.catalogue import SOURCES, as_crawled, read_source
from crawlers.readers.by_kind import READERS
from db.nouns.source import SourceFields

SAMPLES = Path(__file__).parent / "source_samples"
DOCUMENTATION = Path(__file__).parents[1] / "docs/sources.md"
NOW = datetime(2025, 4, 4, 6, tzinfo=UTC)
LONG_AFTER = datetime(2100, 1, 1, tzinfo=UTC)
_UNDATED = frozenset({"listing", "wikidata", "gdelt", "hacker_news"})
"""Kinds whose answers do not say when an article was published."""
_TYPES = {".xml": "application/xml", ".html": "text/html", ".json": "application/json"}
_AT = {
    "companies_house": "https://api.company-information.service.gov.uk/company/99999999/filing-history#STABILITY%20AI%20LTD"
}


def read_sample(source: SourceFields, sample: Path, now: datetime = NOW):
    """The reading of a sample as if it had come from the source."""
    crawled = as_crawled(source)
    url = _AT.get(source.kind) or addresses(crawled, NOW)[0]
    return READERS[source.kind](sample.read_bytes(), _TYPES[sample.suffix], crawled, url, now)


def newest_in(source: SourceFields, sample: Path) -> datetime:
    """When a sample's newest article was published, so that one may be composed on any day."""
    readings = read_sample(source, sample, LONG_AFTER).entries
    return max((entry.hints.published for entry in readings if entry.hints.published is not None), default=NOW)


@pytest.mark.parametrize("sample", sorted(SAMPLES.iterdir()), ids=lambda sample: sample.stem)
def test_the_sources_reader_finds_the_articles_of_its_sample(sample):
    source = read_source(SOURCES / f"{sample.stem}.yml")
    newest = newest_in(source, sample)
    reading = read_sample(source, sample, newest)

    assert reading.problems == [] or reading.problems == ()
    assert len(reading.entries) > 0
    for entry in reading.entries:
        assert entry.url.startswith("https://")
        assert entry.complete == (source.full_text and entry.hints.content_html is not None)
        assert (entry.hints.title is None) == (source.kind == "listing")
        assert (entry.hints.published is None) == (source.kind in _UNDATED)
        if entry.hints.published is not None:
            assert timedelta() <= newest - entry.hints.published < timedelta(days=14)


def test_every_kind_of_source_has_a_sample():
    kinds = {read_source(SOURCES / f"{sample.stem}.yml").kind for sample in SAMPLES.iterdir()}
    assert kinds == set(READERS) - {"json", "any"}  # no source of ours is a JSON Feed; "any" is whatever it is


def test_the_ten_lines_of_the_documentation_add_a_source(tmp_path):
    (block,) = re.findall(r"```\n(cat > crawlers/sources/.*?)```", DOCUMENTATION.read_text("utf-8"), re.DOTALL)
    lines = block.splitlines()
    written = block[: block.index("\n.\n") + 3]
    (tmp_path / "crawlers/sources").mkdir(parents=True)
    subprocess.run(["bash", "-c", written], cwd=tmp_path, check=True)
    (file,) = (tmp_path / "crawlers/sources").iterdir()
    source = read_source(file)
    sample = tmp_path / f"{source.key}.xml"
    sample.write_bytes((SAMPLES / "the-decoder.xml").read_bytes())

    assert len(lines) <= 10
    assert len(file.read_text("utf-8").splitlines()) <= 12
    assert f"tests/source_samples/{source.key}.xml" in block
    assert [entry.hints.title for entry in read_sample(source, sample).entries] == [
        "Sample: a video model learns sound"
    ]
