"""Fixtures shared by the tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def missing(component: str, remedy: str) -> None:
    """Skip a test for want of a component; under CI=true its absence is a failure instead."""
    message = f"{component} is missing: {remedy}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the evaluation sets and the research, beside the checkout."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        missing("../shared", "place the evaluation folder beside the checkout")
    return folder
