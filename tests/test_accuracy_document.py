"""docs/accuracy.md has the shape that `make accuracy` gives it: every section, table and row."""

from __future__ import annotations

import pytest

from tests import accuracy


@pytest.mark.check
def test_the_document_is_of_the_shape_its_program_writes(shared):
    assert shape(accuracy.DOCUMENT.read_text(encoding="utf-8")) == shape(accuracy.write(shared))


def shape(document):
    """Headings, prose and the first cell of each row; figures and errors change with the reader."""
    before, rest = document.split("## Fatal errors")
    weaknesses = rest[rest.index("## Known weaknesses") :]
    return [line.split(" | ")[0] for line in (before + weaknesses).splitlines()]
