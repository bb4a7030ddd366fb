"""The command line of the reader without a database: claims of a file, and how good they are."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class GoldPart(StrEnum):
    """Which part of a labelled file is scored."""

    developed = "developed"
    held_back = "held-back"
    all = "all"


Model = Annotated[
    bool, typer.Option("--model", help="Ask the language model of DAILIES_MODEL as well (docs/model.md).")
]


def extract(
    file: Annotated[
        Path, typer.Argument(help="Articles, one JSON object per line: id, title, text, published, lang, url.")
    ],
    model: Model = False,
) -> None:
    """Claims of articles without a database: one JSON object per line, in the evaluation's vocabulary."""
    from dailies.commands import extraction

    raise typer.Exit(extraction.extract(file, sys.stdout, model))


def eval_(
    gold: Annotated[Path, typer.Argument(help="Labelled articles, one JSON object per line.")],
    errors: Annotated[int, typer.Option(help="How many wrong or missing facts to show.")] = 20,
    part: Annotated[
        GoldPart, typer.Option(help="A part of the fixed split: a third, chosen by id, is held back.")
    ] = GoldPart.all,
    model: Model = False,
) -> None:
    """Precision, recall, F1 and fatal errors of the reader on a labelled file."""
    from dailies.commands import evaluation

    raise typer.Exit(evaluation.evaluate(gold, errors, part.value, sys.stdout, model))


COMMANDS = (extract, eval_)
"""In the order in which help lists them."""
