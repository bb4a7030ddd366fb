"""The databases we measure on are the ones we promise figures for."""

from __future__ import annotations

from statistics import median

import pytest

from tests.many_claims import sizes


@pytest.mark.parametrize(("claims", "companies"), [(10_000, 200), (100_000, 2_000), (1_000_000, 20_000)])
def test_companies_grow_with_claims_and_the_median_company_does_not(claims: int, companies: int) -> None:
    each = sizes(claims)

    assert (len(each), sum(each), median(each), max(each)) == (companies, claims, 20, 2_000)
