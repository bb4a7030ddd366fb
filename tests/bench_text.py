"""Main text and metadata against trafilatura on ../shared/corpus/pages: F1 by ../shared/eval/score_text.py, and CPU.

R is the CPU time of `trafilatura.extract(html, include_comments=False)` on the same pages in the same run; rounds of
the two alternate, and the medians are compared. Fails where F1 is below 0.955 or the cost above 0.8 R.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from db.model import Capture
from pipeline.pages.read_page import read_page

SHARED = Path(__file__).parents[2] / "shared"
LEAST_F1 = 0.955
MOST_COST = 0.8
STRETCH_COST = 0.4
ROUNDS = 3
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def load_pages(shared: Path) -> tuple[dict[str, str], dict[str, Capture]]:
    """The true text and the archived page of each key of the corpus."""
    truth = json.loads((shared / "corpus/pages/ground-truth.json").read_text(encoding="utf-8"))
    captures = {
        key: Capture(
            page["url"], gzip.decompress((shared / f"corpus/pages/html/{key}.html.gz").read_bytes()), None, NOW
        )
        for key, page in truth.items()
    }
    return {key: page["articleBody"] for key, page in truth.items()}, captures


def load_scorer(shared: Path) -> ModuleType:
    """The evaluation's own scorer."""
    spec = importlib.util.spec_from_file_location("score_text", shared / "eval/score_text.py")
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def cpu_seconds(work: Callable[[Capture], object], captures: dict[str, Capture]) -> float:
    """CPU time of one pass over all pages."""
    start = time.process_time()
    for capture in captures.values():
        work(capture)
    return time.process_time() - start


def main() -> int:
    """Measure, print, and say by the exit code whether the bounds hold."""
    if not SHARED.is_dir():
        print("../shared is missing: place the evaluation folder beside the checkout", file=sys.stderr)
        return 1
    import trafilatura

    truth, captures = load_pages(SHARED)
    predicted = {key: read_page(capture).text for key, capture in captures.items()}
    summary, _ = load_scorer(SHARED).evaluate(truth, predicted)
    decoded = {key: capture.body.decode("utf-8", "replace") for key, capture in captures.items()}
    by_capture = {id(capture): decoded[key] for key, capture in captures.items()}

    def reference(capture: Capture) -> object:
        return trafilatura.extract(by_capture[id(capture)], include_comments=False)

    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(cpu_seconds(reference, captures))
        ours.append(cpu_seconds(read_page, captures))
    cost = statistics.median(ours) / statistics.median(theirs)
    milliseconds = [1000 * statistics.median(times) / len(captures) for times in (ours, theirs)]
    print("{pages} pages, {empty} without text: P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}".format(**summary))
    print(f"text and metadata {milliseconds[0]:.2f} ms CPU a page, trafilatura {milliseconds[1]:.2f} ms: {cost:.2f} R")
    print(f"bounds: F1 >= {LEAST_F1}, cost <= {MOST_COST} R (stretch {STRETCH_COST} R)")
    return 0 if summary["f1"] >= LEAST_F1 and cost <= MOST_COST else 1


if __name__ == "__main__":
    sys.exit(main())
