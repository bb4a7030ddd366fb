"""What reading must never fall below, on the labelled sets beside the checkout: precision, F1, and no fatal error."""

from __future__ import annotations

from pathlib import Path

import pytest

from dailies.commands.evaluation import labelled_lines, score_lines
from dailies.intake.article_lines import ArticleLine

PROMISED = {"seed": (1.0, 0.93), "dev_en": (0.96, 0.93), "dev_zh": (0.96, 0.93)}
"""Least precision and least F1, over all types."""


@pytest.mark.parametrize("name", PROMISED)
def test_reading_keeps_its_promise(shared: Path, name: str):
    lines = [line for line in labelled_lines(shared / "eval" / f"{name}.jsonl") if isinstance(line, ArticleLine)]

    score = score_lines(lines)

    least_precision, least_f1 = PROMISED[name]
    assert score.total.precision >= least_precision
    assert score.total.f1 >= least_f1
    assert list(score.fatal) == []
