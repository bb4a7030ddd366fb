"""Who is an independent witness: origins count, not copies, and not outlets that lean on each other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.nouns.witnesses import independent, witnesses
from pipeline.facts.forming import form_facts
from tests.claims import claim, stored


def told(outlet, *, origin=None, story=None, reprint=None, ordinal=0, amount=141_000_000, article=None, said_by="none"):
    sentence = f"It raised ${amount}{f', says {origin}' if origin else ''}, {said_by}."
    witness = (origin or reprint or outlet).lower()
    said = claim(amount=amount, on="2023-06", origin=origin, sentence=sentence, said_by=said_by)
    return stored(
        said, outlet, witness=witness, story=story, article=article or f"a-{outlet}-{story}-{reprint}-{ordinal}"
    )


@pytest.mark.parametrize(
    ("claims", "names"),
    [
        ([told("Reel"), told("Lens")], {"reel", "lens"}),
        ([told("Reel"), told("Lens", origin="Reel"), told("Wire", origin="Reel")], {"reel"}),
        # The origin itself was not seen: it is one witness all the same.
        ([told("Lens", origin="Reel"), told("Wire", origin="Reel")], {"reel"}),
        # A leans on B who leans on C.
        ([told("Lens", origin="Reel"), told("Reel", origin="Wire")], {"wire"}),
        # Circular reporting, with and without an outlet's own word in it.
        ([told("Lens", origin="Reel"), told("Reel", origin="Lens")], {"lens"}),
        ([told("Lens", origin="Reel"), told("Reel", origin="Wire"), told("Wire", origin="Lens")], {"lens"}),
        ([told("Lens", origin="Reel"), told("Reel", origin="Lens"), told("Reel", ordinal=1)], {"reel"}),
        # Uncredited copies of one text; one more outlet's own.
        ([told("Reel", story="s"), told("Lens", story="s"), told("Wire")], {"copies of s", "wire"}),
        # One of the copies credits its original, whose own text is there as well.
        ([told("Reel"), told("Lens", story="s", reprint="Reel"), told("Wire", story="s")], {"reel"}),
        # A portal copies two outlets: they stay two.
        (
            [
                told("Reel", story="s"), told("Portal", story="s"),
                told("Lens", story="t", ordinal=1), told("Portal", story="t", ordinal=1),
            ],
            {"copies of s", "copies of t"},
        ),
        # An outlet that was copied and writes of it again is one.
        ([told("Reel", story="s"), told("Lens", story="s"), told("Reel", ordinal=1)], {"reel"}),
        # A story of which only one article tells of this is no copy here.
        ([told("Reel", story="s"), told("Lens")], {"reel", "lens"}),
        # A headline names no source: it leans on that of its article, and a copy on the one it cut out.
        ([told("Lens", origin="Reel", article="a"), told("Lens", article="a", amount=9)], {"reel"}),
        (
            [
                told("Lens", origin="Reel", article="a"), told("Lens", article="a", amount=9),
                told("Reel", origin="Lens", article="b"), told("Reel", article="b", amount=9),
            ],
            {"lens"},
        ),
        ([told("Lens", origin="Reel", story="s"), told("Portal", story="s")], {"reel"}),
        # What the company tells the outlet is no echo, though the article names a source as well.
        ([told("Lens", origin="Reel", article="a"), told("Lens", article="a", said_by="company")], {"reel", "lens"}),
        # A copy that names its source in the sentence keeps it.
        ([told("Reel", story="s", origin="Wire"), told("Lens", story="s", origin="Wire")], {"wire"}),
    ],
)  # fmt: skip
def test_origins_count(claims, names):
    assert independent(claims) == names
    assert {witness.name for witness in witnesses(claims)} == names


def test_a_witness_says_that_it_is_copies_or_a_ring():
    ring, copies = (
        [told("Lens", origin="Reel"), told("Reel", origin="Lens")],
        [told("Daily", story="s"), told("Wire", story="s")],
    )
    assert [(each.name, len(each.claims), each.copies, each.ring) for each in witnesses([*ring, *copies])] == [
        ("copies of s", 2, True, ()),
        ("lens", 2, False, ("lens", "reel")),
    ]


def test_more_witnesses_are_no_copies():
    """Three copies of a wrong sum do not beat two outlets that found out for themselves."""
    copied = [told(outlet, story="s", amount=100_000_000) for outlet in ("Daily", "Portal", "Wire")]
    (fact,) = form_facts([*copied, told("Lens", amount=110_000_000), told("Reel", amount=110_000_000)])
    assert (fact.value("amount"), fact.fields["amount"].rule, fact.witnesses, fact.outlets) == (
        "110000000",
        "more witnesses",
        3,
        5,
    )


OUTLETS = ["Reel", "Lens", "Wire", "Daily"]
CLAIMS = st.lists(
    st.builds(
        lambda outlet, origin, story, reprint, ordinal: told(
            outlet, origin=origin, story=story, reprint=reprint, ordinal=ordinal
        ),
        st.sampled_from(OUTLETS),
        st.sampled_from([None, None, *OUTLETS]),
        st.sampled_from([None, "s", "t"]),
        st.sampled_from([None, None, *OUTLETS]),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda each: each.key,
)


@settings(max_examples=300, deadline=None)
@given(CLAIMS, st.randoms(use_true_random=False))
def test_every_claim_rests_on_somebody_whatever_the_order(claims, random):
    shuffled = list(claims)
    random.shuffle(shuffled)
    found = witnesses(claims)
    assert independent(shuffled) == {each.name for each in found}
    assert {stored.key for each in found for stored in each.claims} == {stored.key for stored in claims}
    assert 1 <= len(found) <= len(claims)
