"""Facts at scale: a day's 2,000 claims, one more claim, memory, the company table, reports, bulk writes, 10k to 1M claims.

A day is 400 articles of five claims about 200 companies drawn whatever their size, since the news does not grow with
what we know. Its time runs from the readings to the committed facts, warm, the median of five days. Every measurement
is a process of its own, so that loading a database leaves no trace in its memory; the databases are measured in turn,
three times, and the medians compared, so that a busy machine is busy for all of them. Fails beyond a limit.

    python -m tests.bench_facts [--sizes 10000,1000000] [--kinds sqlite,postgresql] [--folder where SQLite's files stay]
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine, make_url, text
from sqlmodel import Session, select

from dailies.facts.bundled import bring_up_to_date
from dailies.facts.forming import form_stale_facts, rules_digest
from db.claims.readings import ReadArticle, store_readings
from db.claims.rows import replace_claims
from db.connection.engine import open_database, writing
from db.schema.tables import ArticleRow, DatabaseMark
from tests.bench_reports import measure_reports
from tests.many_claims import (
    CLAIMS_A_COMPANY,
    LARGEST,
    NOW,
    article_of,
    claim_row,
    company_key,
    composed,
    days_articles,
    load,
    sizes,
)
from tests.postgresql import new_database, postgresql_server

DAY_ARTICLES, DAY_COMPANIES, DAYS = 400, 200, 5
ROUNDS = 3
BULK_ROWS = 20_000
LIMITS = {"day_growth": {"sqlite": 1.5, "postgresql": 2.0}, "memory_growth": 1.3, "one_more_seconds": 0.5}


def live(engine: Engine, articles: Iterable[ReadArticle]) -> float:
    """Seconds from readings to committed facts, a transaction an article and one a company, as the daily run does."""
    told = list(articles)
    began = time.perf_counter()
    for read in told:
        with writing(engine) as session:
            store_readings(session, [read], NOW)
    form_stale_facts(engine)
    return time.perf_counter() - began


def measure_day(engine: Engine, claims: int) -> dict[str, float]:
    """The daily step, its own CPU, and the memory of a process that does nothing else."""
    first = time.time_ns() // 1_000_000_000  # days that no earlier measurement has told of

    def day(number: int) -> tuple[float, float]:
        began = time.process_time()
        seconds = live(engine, days_articles(claims // CLAIMS_A_COMPANY, first + number, DAY_ARTICLES, DAY_COMPANIES))
        return seconds, time.process_time() - began

    day(0)
    seconds, cpu = zip(*(day(number) for number in range(1, DAYS + 1)), strict=True)
    return {
        "day_seconds": statistics.median(seconds),
        "day_cpu_seconds": statistics.median(cpu),
        "day_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }


def measure_one_more(engine: Engine, _claims: int) -> dict[str, float]:
    """One more claim about the company of which most is claimed, and the process's own CPU for it."""
    chance, first = random.Random(1), time.time_ns()

    def one(number: int) -> tuple[float, float]:
        told = composed(chance, company_key(0), first + number, LARGEST // 4)
        began = time.process_time()
        return live(engine, [article_of([told], f"one-{first + number}")]), time.process_time() - began

    one(0)
    seconds, cpu = zip(*(one(number) for number in range(1, 8)), strict=True)
    return {"one_more_seconds": statistics.median(seconds), "one_more_cpu_seconds": statistics.median(cpu)}


def measure_table(engine: Engine, _claims: int) -> dict[str, float]:
    """`dailies companies --country CN --segment avatar`, against SQL that finds what it shows."""
    from dailies.commands.companies import CompanyFilters, companies

    with writing(engine) as session:  # rules that changed since the database was loaded are not what is measured
        session.get_one(DatabaseMark, 1).rules_digest = rules_digest()
    bring_up_to_date(engine)
    url = engine.url.render_as_string(hide_password=False)
    with tempfile.TemporaryDirectory() as folder:
        filters = CompanyFilters(country="CN", segment="avatar")
        ours = _median(lambda: companies(url, "csv", Path(folder) / "table.csv", filters))
    with engine.connect() as connection:
        by_hand = _median(lambda: connection.execute(text(BY_HAND)).all())
    return {"table_seconds": ours, "table_of_sql": ours / by_hand}


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(4):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken[1:])


BY_HAND = """
WITH asked AS (SELECT key FROM company WHERE country = 'CN' AND segment = 'avatar'),
known AS (SELECT fact.* FROM asked CROSS JOIN fact WHERE fact.company_key = asked.key),
resting AS (
    SELECT known.id, known.company_key, known.status AS fact_status, claim.key, claim.status, claim.article_key,
        claim.origin, article.publisher, article.url, article.published
    FROM known CROSS JOIN fact_support CROSS JOIN claim CROSS JOIN article
    WHERE fact_support.fact_id = known.id AND fact_support.field = '' AND claim.key = fact_support.claim_key
        AND claim.superseded_at IS NULL AND article.key = claim.article_key
),
told AS (
    SELECT company_key, COUNT(DISTINCT COALESCE(origin, publisher)) AS witnesses,
        COUNT(DISTINCT article_key) AS articles
    FROM resting GROUP BY company_key
),
lost AS (
    SELECT known.company_key, COUNT(DISTINCT fact_support.fact_id || fact_support.field) AS conflicts
    FROM known CROSS JOIN fact_support
    WHERE fact_support.fact_id = known.id AND fact_support.side = 'against'
    GROUP BY known.company_key
),
ranked AS (
    SELECT known.*, ROW_NUMBER() OVER (PARTITION BY company_key, type ORDER BY event_first_day DESC, id) AS place
    FROM known WHERE status IN ('confirmed', 'reported')
),
shown AS (SELECT ranked.* FROM ranked WHERE place = 1),
sourced AS (
    SELECT id, url, ROW_NUMBER() OVER (
        PARTITION BY id ORDER BY CASE WHEN status = fact_status THEN 0 ELSE 1 END, published, key
    ) AS place
    FROM resting
),
said AS (
    SELECT shown.id, fact_field.name, fact_field.value
    FROM shown CROSS JOIN fact_field WHERE fact_field.fact_id = shown.id
),
prices AS (
    SELECT company_key, id, event_date, amount, currency
    FROM known WHERE type = 'valuation' AND status IN ('confirmed', 'reported')
)
SELECT organizations.*, shown.*, sourced.url, said.name, said.value, prices.*, told.*, lost.conflicts
FROM asked JOIN organizations ON organizations.uuid = asked.key JOIN told ON told.company_key = asked.key
LEFT JOIN lost ON lost.company_key = asked.key LEFT JOIN shown ON shown.company_key = asked.key
LEFT JOIN sourced ON sourced.id = shown.id AND sourced.place = 1 LEFT JOIN said ON said.id = shown.id
LEFT JOIN prices ON prices.company_key = asked.key AND shown.type = 'valuation'
"""
"""What an analyst would write who wants the company table's columns, sources and prices from the tables themselves.

CROSS JOIN: from few companies to what is theirs. Left to itself, SQLite reads all claims there are (minutes at 1M).
"""


def measure_bulk(engine: Engine, _claims: int) -> dict[str, float]:
    """Claims a second written in one transaction; on SQLite, against bare sqlite3 with the same rows and indexes."""
    chance = random.Random(2)
    with Session(engine) as session:
        article = session.exec(select(ArticleRow.key).limit(1)).one()
    rows, first = {}, time.time_ns()
    for number in range(BULK_ROWS):
        told, key = composed(chance, company_key(number % 100), first + number, 10), f"c-bulk-{first + number}"
        rows[key] = claim_row(told, key, article)
    began = time.perf_counter()
    with writing(engine) as session:
        replace_claims(session, {}, rows, NOW, "news")
    seconds = time.perf_counter() - began
    found = {"bulk_rows_a_second": len(rows) / seconds}
    if engine.dialect.name == "sqlite":
        found["bulk_of_sqlite3"] = _bare_sqlite_seconds(engine, [*rows.values()]) / seconds
    return found


def _bare_sqlite_seconds(engine: Engine, rows: list[dict[str, object]]) -> float:
    """The same columns into the same two tables, by nothing but the standard library."""
    names = ", ".join(f'"{name}"' for name in rows[0])
    connection = sqlite3.connect(str(engine.url.database))
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    began = time.perf_counter()
    values = [[_bare({**row, "key": f"bare-{row['key']}"}[name]) for name in row] for row in rows]
    stale = [(row["company_key"], f"bare-{row['key']}") for row in rows]
    with connection:
        connection.executemany(f"INSERT INTO claim ({names}) VALUES ({', '.join('?' * len(rows[0]))})", values)
        connection.executemany("INSERT INTO stale_company VALUES (?, ?, 'news')", stale)
    return time.perf_counter() - began


def _bare(value: object) -> object:
    if isinstance(value, dict):
        return json.dumps(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return int(value) if isinstance(value, Decimal) else value


MEASURES: Mapping[str, Callable[[Engine, int], dict[str, float]]] = {
    "day": measure_day,
    "one": measure_one_more,
    "table": measure_table,
    "bulk": measure_bulk,
    "reports": measure_reports,
}


def bench(urls: Mapping[int, str]) -> dict[int, dict[str, float]]:
    """All figures of the databases of these sizes; those that are empty are loaded first."""
    for claims, url in urls.items():
        _in_a_process("load", url, claims)
    found: dict[int, defaultdict[str, list[float]]] = {claims: defaultdict(list) for claims in urls}
    for part in [part for part in MEASURES for _ in range(ROUNDS)]:
        for claims, url in urls.items():
            with copied(url) as copy:
                for name, value in _in_a_process(part, copy, claims).items():
                    found[claims][name].append(value)
    return {claims: {name: statistics.median(each) for name, each in of.items()} for claims, of in found.items()}


@contextmanager
def copied(url: str) -> Iterator[str]:
    """A copy of a database: what one measurement writes must not be what the next one finds."""
    location = make_url(url)
    if location.get_backend_name() == "postgresql":
        with new_database(url, template=location.database) as copy:
            yield copy
        return
    original = Path(str(location.database))
    with tempfile.TemporaryDirectory(dir=original.parent) as folder:
        for file in original.parent.glob(f"{original.name}*"):  # what is not in the file yet is in its -wal
            shutil.copy(file, folder)
        yield f"sqlite:///{folder}/{original.name}"


def load_where_empty(engine: Engine, claims: int) -> dict[str, float]:
    """Load a database, unless an earlier run kept it."""
    with Session(engine) as session:
        loaded = session.exec(select(ArticleRow.key).limit(1)).first() is not None
    if not loaded:
        load(engine, claims)
    return {}


def _in_a_process(part: str, url: str, claims: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench_facts", "--part", part, "--url", url, "--sizes", str(claims)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def compare(kind: str, small: Mapping[str, float], large: Mapping[str, float]) -> bool:
    """Print what grew from the smallest to the largest database; whether all of it is within its limit."""
    growth = large["day_seconds"] / small["day_seconds"]
    cpu = large["day_cpu_seconds"] / small["day_cpu_seconds"]
    memory = large["day_megabytes"] / small["day_megabytes"]
    print(f"{kind:>10}: a day {growth:.2f} times as long, {cpu:.2f} times the CPU, {memory:.2f} times the memory")
    within = growth <= LIMITS["day_growth"][kind] and memory <= LIMITS["memory_growth"]  # type: ignore[index, operator]
    return within and large["one_more_seconds"] <= LIMITS["one_more_seconds"]  # type: ignore[operator]


def main() -> int:
    """Measure every size on both databases; the exit code: 1 beyond a limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000", help="of the databases, in claims")
    parser.add_argument("--kinds", default="sqlite,postgresql")
    parser.add_argument("--folder", type=Path, help="keep SQLite's files here, and take those that are here")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    counts = [int(size) for size in asked.sizes.split(",")]
    if asked.part:
        engine = open_database(asked.url, "real")
        print(json.dumps(MEASURES.get(asked.part, load_where_empty)(engine, counts[0])))
        return 0
    for count in counts:
        each = sorted(sizes(count))
        print(f"{count:>10,} claims: {len(each):,} companies, median {each[len(each) // 2]}, largest {each[-1]:,}")
    good = True
    with ExitStack() as stack:
        folder = asked.folder or stack.enter_context(tempfile.TemporaryDirectory())
        for kind in asked.kinds.split(","):
            if kind == "sqlite":
                urls = {count: f"sqlite:///{folder}/{count}.db" for count in counts}
            else:
                server = stack.enter_context(postgresql_server())
                urls = {count: stack.enter_context(new_database(server)) for count in counts}
            found = bench(urls)
            for count, figures in found.items():
                print(
                    f"{kind:>10} {count:>9,}:", *(f"{name}={value:.3g}" for name, value in figures.items()), flush=True
                )
            good = compare(kind, found[counts[0]], found[counts[-1]]) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
