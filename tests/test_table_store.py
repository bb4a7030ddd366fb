"""The rows of the site's tables: whatever is replaced, what is kept is what rows entered at once would give."""

from __future__ import annotations

import json
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dailies.site import table_store
from dailies.site.table_store import FIRST_SECTION, TABLES, StoredRow, TableStore, section_begun_by

ROUNDS = ("rounds", "en")


@pytest.fixture(scope="module", autouse=True)
def short_sections():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table_store, "_ROWS_A_SECTION", 3)
        yield


def row(number, owner="a", rank=0, country="US", told="told"):
    entry = json.dumps([f"rows/companies/{owner}", f"r{number}", told, [country, ""], []])
    return StoredRow(
        *ROUNDS, f"r{number}", owner, rank, "x", number, "", f"<tr>{told}", entry, section_begun_by(f"r{number}")
    )


def kept(store):
    sections = {name: store.entries(ROUNDS, name) for name in store.sections(ROUNDS)}
    return sections, store.row_count(ROUNDS), store.facets(ROUNDS, 0), store.first_rows(ROUNDS, 5)


def opened(rows):
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    store = TableStore(connection)
    store.fill(rows)
    return store


rows_by_number = st.dictionaries(
    st.integers(0, 40), st.tuples(st.sampled_from("abc"), st.integers(0, 9), st.sampled_from(["US", "CN", ""]))
)


@given(rows_by_number, rows_by_number, st.sets(st.sampled_from("abc")))
def test_rows_replaced_by_owner_are_kept_as_if_entered_at_once(first, second, owners):
    before = {number: row(number, *about) for number, about in first.items()}
    fresh = [row(number, *about) for number, about in second.items() if about[0] in owners]
    ids = {each.id for each in fresh}
    after = [each for each in before.values() if each.owner not in owners and each.id not in ids] + fresh
    store = opened(before.values())
    sections, *_ = kept(store)

    touched = store.replace(owners, fresh)

    assert kept(store) == kept(opened(after))
    changed = {name for name, entries in kept(store)[0].items() if sections.get(name) != entries}
    assert changed | (sections.keys() - kept(store)[0].keys()) <= {name for _, name in touched}


def test_a_row_told_otherwise_touches_its_section_alone():
    store = opened([row(number) for number in range(40)])
    place = next(name for name in store.sections(ROUNDS)[1:] if name != FIRST_SECTION)
    entries = store.entries(ROUNDS, place)
    number = int(json.loads(entries[0])[1][1:])

    assert store.replace(["b"], [row(number, told="otherwise", owner="b")]) == {(ROUNDS, place)}
    assert store.replace(["b"], [row(number, told="otherwise", owner="b")]) == set()
