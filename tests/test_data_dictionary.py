"""docs/data-dictionary.md says what every column means, and is what `make docs` writes today."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from db.schema import data_dictionary
from db.schema.data_dictionary import markdown
from db.schema.meanings import MissingMeaning

ROOT = Path(__file__).parents[1]


def test_the_dictionary_is_current():
    assert (ROOT / "docs/data-dictionary.md").read_text("utf-8") == markdown(), "run `make docs`"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda meanings: meanings["tables"]["fact"].pop("digest"), r"fact\.digest has no meaning"),
        (lambda meanings: meanings["tables"]["fact"].update(colour="Blue."), r"no column for fact\.colour"),
        (lambda meanings: meanings["views"].pop("rumors"), r"don't both know rumors"),
        (lambda meanings: meanings["kinds"]["day"].append("colour"), r"no column for kinds\.colour"),
        (lambda meanings: meanings["kinds"].update(colour=[]), r"kinds that nobody reads: colour"),
    ],
)
def test_a_column_without_meaning_and_a_meaning_without_column_are_named(change, message, tmp_path, monkeypatch):
    file = tmp_path / "data_dictionary.yml"
    meanings = yaml.safe_load((ROOT / "db/schema/data_dictionary.yml").read_text("utf-8"))
    change(meanings)
    file.write_text(yaml.safe_dump(meanings, sort_keys=False, allow_unicode=True), "utf-8")
    monkeypatch.setattr(data_dictionary, "__file__", str(tmp_path / "data_dictionary.py"))

    with pytest.raises(MissingMeaning, match=message):
        markdown()
