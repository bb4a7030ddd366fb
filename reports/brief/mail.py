"""The brief as an e-mail of two parts, plain text and HTML, the same bytes each time it is made."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from db.nouns.identity import digest
from reports.brief.weekly import Brief
from reports.escaping import terminal_text
from reports.rendering import write_report
from reports.wording.labels import label

_PLAIN_WIDTH = 78


def mail(brief: Brief, sender: str = "dailies@localhost", recipient: str | None = None) -> bytes:
    """The message ready to be sent. Raises ValueError where an address is none.

    It carries no day of sending and its boundary is derived from the brief, so that one brief is one sequence of bytes;
    whoever sends it adds the day.
    """
    message = EmailMessage(policy=SMTP)
    year, week = brief.week.split("-W")
    title = label(brief.language, "brief", "title").format(year=year, week=int(week))
    message["Subject"] = terminal_text(title)
    message["From"] = Address("Dailies", addr_spec=sender)
    if recipient:
        message["To"] = Address(addr_spec=recipient)
    key = digest(brief.week, brief.language, brief.headline)
    message["Message-ID"] = f"<{brief.week}.{brief.language}.{key}@dailies.invalid>"
    message["Content-Language"] = "zh-Hans" if brief.language == "zh" else "en"
    message.set_content(write_report("brief", brief, "table", width=_PLAIN_WIDTH))
    message.add_alternative(write_report("brief", brief, "html"), subtype="html")
    message.set_boundary(f"=_{key}")
    return message.as_bytes()
