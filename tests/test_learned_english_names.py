"""Companies of English texts that nothing introduces, by learned weights; and the texts that taught them."""

from __future__ import annotations

import json

import pytest

from pipeline.fold import fold_text
from pipeline.learned.english_candidates import candidates
from pipeline.learned.english_names import learned_names
from tests.learning import NAME_KINDS, named

TEXT = """Halbrook moves its actors indoors

Nobody at Halbrook had asked for a stage. Its founders, both animators, wanted a renderer; what they sell now are \
generated presenters, and Halbrook has hired forty people in Leeds to look after them. Customers include Netflix.

Marit Solheim, who runs the studio, says the video app Tindra will follow. Solheim would not say when. Last week \
Corner Street Films bought a stake; Corner Street Films, which has offices in Oslo, had worked with Halbrook before. \
Tindra has no price yet. The Oslo Screen Prize went to Solheim; the Oslo Screen Prize is given each May."""


def test_companies_are_found_by_all_that_is_told_of_them() -> None:
    """Not the person, the app, the prize, the place, nor whom the text names once."""
    assert learned_names(TEXT, [], set()) == {"Halbrook", "Corner Street Films"}


def test_nothing_that_begins_as_a_known_name_does_is_new() -> None:
    known = [(place, place + len("Corner")) for place in (TEXT.index("Corner"), TEXT.rindex("Corner"))]

    assert learned_names(TEXT, known, {"Halbrook"}) == set()


def test_a_capital_that_only_opens_a_sentence_makes_no_name() -> None:
    assert set(candidates("Money in\n\nSales rose. Vettona and Money Tree agreed. “Prices,” said the Paris firm.")) == {
        "Vettona", "Money Tree",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_labelled_name_stands_in_its_text_under_one_kind(language: str) -> None:
    rows = named(language)
    written = {row["id"]: fold_text(f"{row['title']}\n{row['text']}") for row in rows}
    names = [(row["id"], kind, name) for row in rows for kind in NAME_KINDS for name in row["names"][kind]]

    assert len(written) == len(rows)
    assert [each for each in names if fold_text(each[2]) not in written[each[0]]] == []
    assert len({(text, name) for text, _, name in names}) == len(names)


def test_a_row_of_labels_is_one_json_object_of_known_fields() -> None:
    fields = {tuple(sorted(row)) for row in named("en")} | {tuple(sorted(row)) for row in named("zh")}

    assert fields == {("id", "lang", "names", "published", "relevant", "text", "title")}, json.dumps(sorted(fields))
