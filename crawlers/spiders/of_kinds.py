"""The spider of sources as one spider for each family of kinds, by Scrapy's conventions: for work on one of them.

`scrapy crawl sitemap` asks every sitemap of the catalogue that is on, `-a source=KEY` one, and shows what they yield;
`scrapy check sitemap` holds one to its contract. The daily crawl runs `SourceSpider` itself over all kinds: one
process, one memory of which host was asked when.
"""

from __future__ import annotations

from crawlers.spiders.source import SourceSpider


class FeedSpider(SourceSpider):
    """RSS, Atom and JSON Feed."""

    name = "feed"
    kinds = frozenset({"rss", "atom", "json"})


class SitemapSpider(SourceSpider):
    """Sitemaps: of news, of pages, and indexes of either."""

    name = "sitemap"
    kinds = frozenset({"sitemap"})


class ListingSpider(SourceSpider):
    """Web pages that list articles, by selector or by the JSON in them."""

    name = "listing"
    kinds = frozenset({"listing", "embedded"})


class EdgarSpider(SourceSpider):
    """Form D filings at the SEC."""

    name = "edgar"
    kinds = frozenset({"form_d_list", "form_d_search"})


class CompaniesHouseSpider(SourceSpider):
    """The British register of companies."""

    name = "companies_house"
    kinds = frozenset({"companies_house"})


class GdeltSpider(SourceSpider):
    """GDELT DOC 2.0, for addresses of articles."""

    name = "gdelt"
    kinds = frozenset({"gdelt"})


class HackerNewsSpider(SourceSpider):
    """Hacker News by Algolia, for addresses of articles."""

    name = "hacker_news"
    kinds = frozenset({"hacker_news"})


class WikidataSpider(SourceSpider):
    """Wikidata: identifiers, founding, status."""

    name = "wikidata"
    kinds = frozenset({"wikidata"})
