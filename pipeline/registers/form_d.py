"""Reads Form D, the notice of an exempt offering that a US issuer files with the SEC after its first sale.

It proves that an issuer has sold so many dollars of securities since a date; it names no series, investor or valuation.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from db.knowledge.curated import KnownCompany, load_knowledge
from db.model import FieldValue
from db.values import Money, PartialDate
from pipeline.registers.record import NoRecord, Record, Statement

REGISTER = "SEC EDGAR"
_POOLED = "Pooled Investment Fund"
"""The industry group of funds and special-purpose vehicles: their sales are nobody's round."""
_SECURITIES = {
    "isEquityType": "equity",
    "isDebtType": "debt",
    "isOptionToAcquireType": "options or warrants",
    "isSecurityToBeAcquiredType": "securities to be acquired on exercise",
    "isPooledInvestmentFundType": "interests in a pooled investment fund",
    "isTenantInCommonType": "tenancies in common",
    "isMineralPropertyType": "mineral property securities",
    "isOtherType": "other",
}
_NO_ROUND = frozenset({"options or warrants", "securities to be acquired on exercise", "tenancies in common"})
_WHOLE_DOLLARS = re.compile(r"\d{1,15}")
_LONGEST = 300
_LARGEST = 2_000_000


def read_form_d(body: bytes) -> Record:
    """The filing of a primary_doc.xml. Raises NoRecord for any other document, and for a test filing."""
    filing = _parsed(body)
    issuer = _text(filing, "primaryIssuer/entityName") or ""
    cik = _text(filing, "primaryIssuer/cik") or ""
    if not issuer:
        raise NoRecord("a Form D that names no issuer")
    if _text(filing, "testOrLive") == "TEST":
        raise NoRecord("a test filing, which the SEC publishes nothing by")
    form = _text(filing, "submissionType") or "D"
    amends = _text(filing, "offeringData/typeOfFiling/newOrAmendment/previousAccessionNumber")
    first_sale = _day(_text(filing, "offeringData/typeOfFiling/dateOfFirstSale/value"))
    industry = _text(filing, "offeringData/industryGroup/industryGroupType") or "not stated"
    securities = [word for flag, word in _SECURITIES.items() if _flag(filing, flag)]
    offered, sold, remaining = (_amount(filing, name) for name in ("OfferingAmount", "AmountSold", "Remaining"))
    signed = _text(filing, "offeringData/signatureBlock/signature/signatureDate")
    investors = _text(filing, "offeringData/investors/totalNumberAlreadyInvested")
    sold_line = f"Total amount sold: {_dollars(sold)}"
    paragraphs = [
        [
            f"Issuer: {issuer} (CIK {cik})",
            f"Form {form}, notice of an exempt offering of securities" + (f"; amends {amends}" if amends else ""),
            f"Industry group: {industry}",
            f"Securities offered: {', '.join(securities) or 'not stated'}",
        ],
        [
            f"Date of first sale: {first_sale.iso if first_sale else 'yet to occur'}",
            f"Total offering amount: {_dollars(offered)}",
            sold_line,
            f"Total remaining to be sold: {_dollars(remaining)}",
            f"Investors so far: {investors or 'not stated'}",
        ],
        [f"Signed on {signed}"] if signed else [],
    ]
    why_none = _why_no_round(filing, industry, securities, sold)
    money = _money_sold(offered, sold, remaining)
    statement = Statement(
        sold_line, "funding_round", "confirmed", "filing", event_date=first_sale, money=money, fields=_kind(securities)
    )
    return Record(
        title=f"Form {form}: {issuer}",
        paragraphs=[lines for lines in paragraphs if lines],
        register=REGISTER,
        published=_published(signed),
        company=issuer_of(issuer),
        statements=[statement] if why_none is None and money is not None else (),
        reasons=(why_none,) if why_none else (),
    )


def issuer_of(name: str) -> KnownCompany | None:
    """The company whose legal name this is; a fund or vehicle that only carries its name is none."""
    return load_knowledge().company_of_legal_name(name)


def _why_no_round(filing: Element, industry: str, securities: list[str], sold: Decimal | None) -> str | None:
    """Why a filing tells of no round of its issuer's."""
    if industry == _POOLED or "interests in a pooled investment fund" in securities:
        return "a pooled vehicle's own sales, which are no company's round"
    if _text(filing, "offeringData/businessCombinationTransaction/isBusinessCombinationTransaction") == "true":
        return "securities issued for a merger, not sold for money"
    if securities and set(securities) <= _NO_ROUND:
        return "options or other rights only"
    if not sold:
        return "nothing was sold yet"
    return None


def _money_sold(offered: Decimal | None, sold: Decimal | None, remaining: Decimal | None) -> Money | None:
    """What was sold: the whole sum where the offering is through, else a floor below what is offered.

    An amendment repeats the offering with larger totals, so that its sum agrees with the floor and says more.
    """
    if not sold:
        return None
    if sold == offered or remaining == 0:
        return Money(sold, "USD")
    return Money(sold, "USD", ">=", offered if offered is not None and offered > sold else None)


def _kind(securities: list[str]) -> dict[str, FieldValue]:
    """The kind of investment, where the securities decide it: equity says nothing of the series."""
    offered = set(securities)
    if "debt" in offered and offered & _NO_ROUND and "equity" not in offered:
        return {"investment_type": "convertible_note"}
    return {"investment_type": "debt_financing"} if offered == {"debt"} else {}


def _parsed(body: bytes) -> Element:
    if len(body) > _LARGEST:
        raise NoRecord("larger than any Form D")
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NoRecord(f"no XML of a filing: {error}") from error
    if root.tag != "edgarSubmission":
        raise NoRecord(f"an XML document <{root.tag[:40]}>, no filing")
    return root


def _text(filing: Element, path: str) -> str | None:
    """A field on one line; "None" is how the form writes that there is nothing."""
    words = " ".join((filing.findtext(path) or "").replace("\0", "").split())[:_LONGEST]
    return None if words.lower() in ("", "none") else words


def _flag(filing: Element, name: str) -> bool:
    return _text(filing, f"offeringData/typesOfSecuritiesOffered/{name}") == "true"


def _amount(filing: Element, name: str) -> Decimal | None:
    """Whole dollars; None for "Indefinite" and whatever else is no number."""
    written = _text(filing, f"offeringData/offeringSalesAmounts/total{name}") or ""
    return Decimal(written) if _WHOLE_DOLLARS.fullmatch(written) else None


def _dollars(amount: Decimal | None) -> str:
    return "indefinite" if amount is None else f"${amount:,}"


def _day(written: str | None) -> PartialDate | None:
    try:
        return PartialDate(written[:10]) if written else None
    except ValueError:
        return None


def _published(signed: str | None) -> date | None:
    day = _day(signed)
    return day.first_day() if day else None
