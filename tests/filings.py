"""Filings and answers of registers in their real shape, composed by us; record numbers begin with 999."""

from __future__ import annotations

import json

from tests.small_web import Answer


def form_d(
    name: str = "Runway AI, Inc.",
    cik: int = 9999001,
    *,
    form: str = "D",
    sold: str = "292000000",
    offered: str = "308000000",
    remaining: str = "16000000",
    first_sale: str = "2025-03-28",
    signed: str = "2025-04-11",
    industry: str = "Other Technology",
    securities: tuple[str, ...] = ("isEquityType",),
    amends: str = "",
    live: str = "LIVE",
    merger: str = "false",
) -> bytes:
    """A primary_doc.xml."""
    previous = f"<previousAccessionNumber>{amends}</previousAccessionNumber>" if amends else ""
    flags = "".join(f"<{flag}>true</{flag}>" for flag in securities)
    sale = f"<value>{first_sale}</value>" if first_sale else "<yetToOccur>true</yetToOccur>"
    return f"""<?xml version="1.0"?>
<edgarSubmission>
 <schemaVersion>X0708</schemaVersion><submissionType>{form}</submissionType><testOrLive>{live}</testOrLive>
 <primaryIssuer><cik>{cik:010}</cik><entityName>{name}</entityName>
  <issuerPreviousNameList><value>None</value></issuerPreviousNameList><entityType>Corporation</entityType>
 </primaryIssuer>
 <relatedPersonsList><relatedPersonInfo><relatedPersonName><firstName>Sample</firstName><lastName>Signer</lastName>
 </relatedPersonName></relatedPersonInfo></relatedPersonsList>
 <offeringData>
  <industryGroup><industryGroupType>{industry}</industryGroupType></industryGroup>
  <typeOfFiling><newOrAmendment><isAmendment>{str(bool(amends)).lower()}</isAmendment>{previous}</newOrAmendment>
   <dateOfFirstSale>{sale}</dateOfFirstSale></typeOfFiling>
  <typesOfSecuritiesOffered>{flags}</typesOfSecuritiesOffered>
  <businessCombinationTransaction><isBusinessCombinationTransaction>{merger}</isBusinessCombinationTransaction>
  </businessCombinationTransaction>
  <offeringSalesAmounts><totalOfferingAmount>{offered}</totalOfferingAmount>
   <totalAmountSold>{sold}</totalAmountSold><totalRemaining>{remaining}</totalRemaining></offeringSalesAmounts>
  <investors><totalNumberAlreadyInvested>21</totalNumberAlreadyInvested></investors>
  <signatureBlock><signature><signatureDate>{signed}</signatureDate></signature></signatureBlock>
 </offeringData>
</edgarSubmission>""".encode()


def amendment(**fields) -> bytes:
    """The same offering, sold out."""
    return form_d(
        **{
            "form": "D/A",
            "sold": "308000000",
            "remaining": "0",
            "signed": "2025-07-02",
            "amends": "0009999001-25-000001",
            **fields,
        }
    )


def listed(name: str, cik: int, accession: str, updated: str, form: str = "D") -> str:
    """An entry of the list of the latest filings."""
    folder = f"/Archives/edgar/data/{cik}/{accession.replace('-', '')}"
    return f"""<entry><title>{form} - {name} ({cik:010}) (Filer)</title>
<link rel="alternate" type="text/html" href="{folder}/{accession}-index.htm"/>
<summary type="html">&lt;b&gt;Filed:&lt;/b&gt; {updated[:10]} &lt;b&gt;AccNo:&lt;/b&gt; {accession}</summary>
<updated>{updated}</updated><category scheme="https://www.sec.gov/" label="form type" term="{form}"/>
<id>urn:tag:sec.gov,2008:accession-number={accession}</id></entry>"""


def latest_filings(*entries: str) -> Answer:
    """The list of the latest filings, in its own encoding."""
    text = '<?xml version="1.0" encoding="ISO-8859-1" ?><feed xmlns="http://www.w3.org/2005/Atom">'
    text += "<title>Latest Filings</title><updated>2025-04-11T17:06:00-04:00</updated>"
    return Answer(
        f"{text}{''.join(entries)}</feed>".encode("latin-1"), headers={"Content-Type": "application/atom+xml"}
    )


def as_json(value: object, **headers: str) -> Answer:
    """An answer in JSON."""
    return Answer(json.dumps(value).encode(), headers={"Content-Type": "application/json", **headers})


def filing(description: str, **fields) -> dict:
    """An item of a filing history of Companies House."""
    return {
        "category": "insolvency",
        "date": "2025-03-20",
        "description": description,
        "transaction_id": f"SAMPLE-{description[:12]}",
        "type": "SAMPLE",
        **fields,
    }


ALLOTMENT = filing(
    "capital-allotment-shares",
    type="SH01",
    action_date="2025-03-12",
    description_values={"capital": [{"currency": "GBP", "figure": "1,123.4567"}], "date": "2025-03-12"},
)


def kept(name: str, item: dict) -> bytes:
    """A filing as the crawl keeps it."""
    return json.dumps({"company_name": name, "company_number": "99999999", "filing": item}).encode()
