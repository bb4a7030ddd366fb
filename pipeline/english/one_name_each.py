"""One name for each product of a text: "Dub 2" in its title is the "Tidelight Dub 2" of its lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.model import Claim
from db.values import PartialDate

_WITH_PRODUCTS = ("product_launch", "shutdown")


def one_name_each(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, a product's short name replaced by the one that names its company too.

    Of a launch that the headline and the text tell, the text's claim is kept: it says whether all may use what comes.
    """
    named = {
        (claim.company_key, str(claim.fields["product"])) for claim in claims if claim.fields.get("product") is not None
    }
    full: dict[tuple[str, str], str] = {}
    for claim in claims:
        if claim.fields.get("product") is None:
            continue
        short = str(claim.fields["product"])
        first = claim.company.split()[0]
        if (claim.company_key, f"{first} {short}") in named:
            full[claim.company_key, short] = f"{first} {short}"
    renamed = [_renamed(claim, full) if full and claim.type in _WITH_PRODUCTS else claim for claim in claims]
    in_text = {_launch(claim) for claim in renamed if claim.type == "product_launch" and claim.where == "text"}
    return [
        claim
        for claim in renamed
        if claim.type != "product_launch" or claim.where == "text" or _launch(claim) not in in_text
    ]


def _launch(claim: Claim) -> tuple[str, str, PartialDate | None]:
    """What comes out, and when: a headline says it short, at which stage the text tells."""
    return claim.company_key, str(claim.fields.get("product")), claim.event_date


def _renamed(claim: Claim, full: dict[tuple[str, str], str]) -> Claim:
    name = full.get((claim.company_key, str(claim.fields.get("product"))))
    return claim if name is None else replace(claim, fields={**claim.fields, "product": name})
