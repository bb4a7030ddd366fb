"""Claims from text: articles per second, cost as a text grows, and CPU against trafilatura on two sets of pages.

R is the CPU time of `trafilatura.extract(html, include_comments=False)` on the same pages in the same run; rounds of
the two alternate, and the medians are compared. What is measured is everything after main text: folding, names,
relevance, sentences, claims. Fails above 0.30 R on either set, or where a kilobyte costs more than three times as much
in a long text as in a short one.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from dailies.sample_web.catalogue import all_posts, load_articles
from dailies.sample_web.documents import article_page
from db.model import Article, Capture, PageText
from pipeline.pages.read_page import read_page
from pipeline.read_claims import read_claims
from tests.bench_text import SHARED, load_pages

MOST_COST = 0.30
STRETCH_COST = 0.15
MOST_GROWTH = 3.0
ROUNDS = 5
SIZES = (1_000, 10_000, 100_000, 1_000_000)
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def demo_pages() -> dict[str, Capture]:
    """The article pages of the sample web, by their path."""
    documents = {post.path: article_page(post) for post in all_posts()}
    return {
        path: Capture(f"https://sample.example{path}", document.body, document.content_type, NOW)
        for path, document in documents.items()
    }


def article_from(key: str, page: PageText) -> Article:
    """A page as the reader of claims gets it."""
    return Article(key, page.title, page.text, page.language, page.published.date() if page.published else None)


def cpu_seconds(work: Callable[[Any], object], items: Sequence[object]) -> float:
    """CPU time of one pass over all items."""
    start = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - start


def cost_against_trafilatura(captures: Mapping[str, Capture]) -> tuple[float, float, float]:
    """Milliseconds of CPU a page of reading claims and of trafilatura, and their ratio."""
    import trafilatura

    articles = [article_from(key, read_page(capture)) for key, capture in captures.items()]
    pages = [capture.body.decode("utf-8", "replace") for capture in captures.values()]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(cpu_seconds(lambda page: trafilatura.extract(page, include_comments=False), pages))
        ours.append(cpu_seconds(read_claims, articles))
    milliseconds = [1000 * statistics.median(times) / len(captures) for times in (ours, theirs)]
    return milliseconds[0], milliseconds[1], milliseconds[0] / milliseconds[1]


def articles_per_second(articles: Sequence[Article]) -> float:
    """How many a core reads, by the median of several passes."""
    return len(articles) / statistics.median(cpu_seconds(read_claims, articles) for _ in range(ROUNDS))


def cost_by_size(articles: Sequence[Article]) -> dict[int, float]:
    """Milliseconds of CPU a kilobyte (of characters), by the length of a text made of these articles."""
    whole = "\n\n".join(article.text for article in articles)
    first = articles[0]
    costs = {}
    for size in SIZES:
        text = (whole * (size // len(whole) + 1))[:size]
        article = Article("grown", first.title, text, first.language, first.published)
        passes = max(1, 100_000 // size)
        costs[size] = 1000 * cpu_seconds(read_claims, [article] * passes) / passes / (size / 1000)
    return costs


def main() -> int:
    """Measure, print, and say by the exit code whether the bounds hold."""
    bundled = [
        Article(each.id, each.title, each.text, "zh" if each.language == "zh" else "en", each.published)
        for each in load_articles()
    ]
    held = True
    for language in ("en", "zh"):
        articles = [article for article in bundled if article.language == language]
        for article in articles:
            read_claims(article)
        print(f"{language}: {articles_per_second(articles):.0f} articles a second and core")
        costs = cost_by_size(articles)
        print("  ms per kB: " + ", ".join(f"{size // 1000} kB {cost:.2f}" for size, cost in costs.items()))
        held &= max(costs.values()) <= MOST_GROWTH * costs[SIZES[0]]
    page_sets = {"demo": demo_pages()}
    if SHARED.is_dir():
        page_sets["corpus"] = load_pages(SHARED)[1]
    else:
        print("../shared is missing: place the evaluation folder beside the checkout", file=sys.stderr)
        held = False
    for name, captures in page_sets.items():
        ours, theirs, cost = cost_against_trafilatura(captures)
        print(f"{name}, {len(captures)} pages: {ours:.2f} ms CPU a page, trafilatura {theirs:.2f} ms: {cost:.2f} R")
        held &= cost <= MOST_COST
    print(f"bounds: cost <= {MOST_COST} R (stretch {STRETCH_COST} R), growth <= {MOST_GROWTH}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
