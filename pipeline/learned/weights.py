"""Tables of learned weights: which signs speak for which answer, and how much."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: for each answer a bias, and what a feature adds to some of the answers (by their number)."""

    answers: tuple[str, ...]
    biases: tuple[float, ...]
    table: Mapping[str, tuple[tuple[int, float], ...]]

    def likeliest(self, features: Mapping[str, float]) -> tuple[str, float]:
        """The answer most spoken for, and how likely it is (0 to 1)."""
        scores = list(self.biases)
        for feature in filter(self.table.__contains__, features):
            value = features[feature]
            for answer, weight in self.table[feature]:
                scores[answer] += value * weight
        highest = max(scores)
        return self.answers[scores.index(highest)], 1 / sum(math.exp(score - highest) for score in scores)


@cache
def weights(name: str) -> Weights:
    """The table `name`.tsv beside this file, as `make weights` writes it.

    A line of answers, one of biases, then on each line a feature and its weights, "number of the answer:weight".
    Raises ValueError, naming file and line, for anything else.
    """
    lines = files("pipeline.learned").joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return parsed(lines, f"{name}.tsv")


def parsed(lines: list[str], file: str) -> Weights:
    """The table in the lines of a file. Raises ValueError, naming file and line, for what is no line of a table."""
    answers = tuple(lines[0].split("\t")) if lines else ()
    try:
        biases = tuple(float(each) for each in lines[1].split("\t"))
    except (IndexError, ValueError) as error:
        raise _broken(file, 2) from error
    table: dict[str, tuple[tuple[int, float], ...]] = {}
    for number, line in enumerate(lines[2:], 3):
        feature, *told = line.split("\t")
        try:
            table[feature] = tuple(_weight(each, len(answers)) for each in told)
        except ValueError as error:
            raise _broken(file, number) from error
    if len(answers) != len(biases):
        raise _broken(file, 2)
    return Weights(answers, biases, table)


def _weight(told: str, answers: int) -> tuple[int, float]:
    answer, _, weight = told.partition(":")
    if not 0 <= int(answer) < answers:
        raise ValueError(told)
    return int(answer), float(weight)


def _broken(file: str, line: int) -> ValueError:
    return ValueError(f"{file}, line {line}: no line of a table of weights; write the file anew: make weights")
