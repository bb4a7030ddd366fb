"""Pages that a person asks for by their address: queued under their site, and fetched as politely as any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from sqlalchemy import Engine

from dailies.failures import UsageError
from db.connection.engine import writing
from db.crawl.crawl_memory import enter_sources
from db.crawl.crawl_queue import want_page
from db.nouns.identity import article_key
from db.nouns.source import SourceFields
from db.schema.crawl_tables import SourceRow
from pipeline.pages.canonical_url import canonical_url


def want_pages(engine: Engine, addresses: Sequence[str]) -> list[SourceFields]:
    """Queue these addresses, all or none; one source for each of their sites.

    Raises UsageError where an address names no host.
    """
    sites = {address: _site(address) for address in addresses}
    sources = {site.key: site for site in sites.values()}
    with writing(engine) as session:
        enter_sources(session, [SourceRow(**source.model_dump()) for source in sources.values()])
        session.flush()
        for address, site in sites.items():
            key = article_key(canonical_url(address), None, "", None)
            want_page(session, site.key, key, address, datetime.now(UTC))
    return list(sources.values())


def _site(address: str) -> SourceFields:
    """A site as a source. Its language is unknown before a page is read: any will do to ask for one."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    if not host:
        raise UsageError(f"{address}: no address of a page; write https://host/path")
    return SourceFields(
        key=f"by-hand-{host}", title=f"{host}, by hand", kind="page", url=address, language="en", tier="aggregator"
    )
