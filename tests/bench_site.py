"""A day's rebuild of the site at scale: what it costs and writes, which is to follow the day's news and not the total.

The site of a database is made once, without the pages of companies and facts, which take longest and are not measured.
Then a few days go by, each 40 articles about 20 companies of every size (the same sizes in every database), and the site
is made again after each, by a process that has done nothing else: the medians of a day, its largest memory, and how
many times those of the smallest database the largest's are.

    python -m tests.bench_site [--sizes 10000,100000,1000000] [--folder where databases stay, and are taken from]
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import make_url

from dailies.facts.forming import rules_digest
from dailies.site.publish import publish
from db.claims.readings import ReadArticle
from db.connection.engine import open_database, writing
from db.schema.tables import DatabaseMark
from tests.bench_facts import copied, live, load_where_empty
from tests.many_claims import CLAIMS_AN_ARTICLE, article_of, company_key, composed, sizes

ARTICLES, COMPANIES, DAYS = 40, 20, 5
TODAY = date(2026, 1, 3)
LIMITS = {"bytes_growth": 1.3, "cpu_growth": 1.3}


def first_build(url: str, claims: int, out: Path) -> dict[str, float]:
    """What the tables and shared pages of all there is cost: seconds, CPU seconds, and memory."""
    engine = open_database(url, "real")
    with writing(engine) as session:  # rules that changed since the database was loaded are not what is measured
        session.get_one(DatabaseMark, 1).rules_digest = rules_digest()
    live(engine, _news(claims, 0))
    began = time.perf_counter(), time.process_time()
    with patch("dailies.site.publish.own_pages", return_value=iter(())):
        publish(engine, out, TODAY)
    return {
        "first_seconds": time.perf_counter() - began[0],
        "first_cpu_seconds": time.process_time() - began[1],
        "first_peak_megabytes": _peak(),
    }


def days(url: str, claims: int, out: Path) -> dict[str, float]:
    """What a day costs; what it writes, in files of companies and investors and in shared ones."""
    engine, told = open_database(url, "real"), []
    for day in range(1, DAYS + 1):
        live(engine, _news(claims, day))
        began = time.perf_counter(), time.process_time()
        written = publish(engine, out, TODAY).written
        cost = time.perf_counter() - began[0], time.process_time() - began[1]
        told.append((*cost, *_megabytes(out / "site", written), len(written)))
    seconds, cpu, own, shared, files = (statistics.median(each) for each in zip(*told, strict=True))
    return {
        "seconds": seconds,
        "cpu_seconds": cpu,
        "own_megabytes": own,
        "shared_megabytes": shared,
        "megabytes": statistics.median(own + shared for *_, own, shared, _ in told),
        "files": files,
        "peak_megabytes": _peak(),
    }


PARTS = {"first": first_build, "days": days}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _news(claims: int, day: int) -> Iterator[ReadArticle]:
    """A day's articles: two about each of the companies in the news, which are as large in every database."""
    chance = random.Random(f"site {day}")
    each = sizes(claims)
    ranked = sorted(range(1, len(each)), key=lambda number: each[number])
    for place in range(COMPANIES):
        key = company_key(ranked[len(ranked) * (2 * place + 1) // (2 * COMPANIES)])
        for number in range(ARTICLES // COMPANIES):
            first = (day * COMPANIES + place) * ARTICLES + number * CLAIMS_AN_ARTICLE
            told = [composed(chance, key, first + ordinal, 10) for ordinal in range(CLAIMS_AN_ARTICLE)]
            yield article_of(told, f"site-{first}")


def _megabytes(site: Path, written: list[Path]) -> tuple[float, float]:
    own = shared = 0
    for path in written:
        folder = path.relative_to(site).parts[0]
        if folder in ("companies", "dates", "facts", "feeds", "investors", "rows"):
            own += path.stat().st_size
        else:
            shared += path.stat().st_size
    return own / 1e6, shared / 1e6


def _in_a_process(part: str, url: str, claims: int) -> dict[str, float]:
    out = Path(str(make_url(url).database)).with_name("out")
    options = ["--part", part, "--url", url, "--out", str(out), "--sizes", str(claims)]
    command = [sys.executable, "-m", "tests.bench_site", *options]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> int:
    """Measure every size; the exit code: 1 beyond a limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000", help="of the databases, in claims")
    parser.add_argument("--folder", type=Path, help="keep the databases here, and take those that are here")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    counts = [int(size) for size in asked.sizes.split(",")]
    if asked.part:
        print(json.dumps(PARTS[asked.part](asked.url, counts[0], asked.out)))
        return 0
    found: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as temporary:
        for count in counts:
            url = f"sqlite:///{asked.folder or temporary}/{count}.db"
            load_where_empty(open_database(url, "real"), count)
            figures: dict[str, float] = {}
            with copied(url) as copy:
                for part in PARTS:
                    figures |= _in_a_process(part, copy, count)
            found.append(figures)
            print(f"{count:>9,}:", *(f"{name}={value:.4g}" for name, value in figures.items()), flush=True)
    bytes_growth = found[-1]["megabytes"] / found[0]["megabytes"]
    cpu_growth = found[-1]["cpu_seconds"] / found[0]["cpu_seconds"]
    print(f"from {counts[0]:,} to {counts[-1]:,} claims a day's rebuild: {bytes_growth:.2f} times the bytes, ", end="")
    print(f"{cpu_growth:.2f} times the CPU")
    return 0 if bytes_growth <= LIMITS["bytes_growth"] and cpu_growth <= LIMITS["cpu_growth"] else 1


if __name__ == "__main__":
    sys.exit(main())
