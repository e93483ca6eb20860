"""A message for the user's own mail program: a link (RFC 6068) or a file that opens as a draft (.eml, RFC 5322)."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

LONGEST_LINK = 1_900
"""Mail programs and systems cut addresses that are longer than some 2,000 characters."""


def mailto(address: str | None, subject: str, body: str) -> str | None:
    """The link; without an address the program asks for one. None when the text is too long for a link."""
    to = quote(one_line(address or ""), safe="@.+-_")
    text = quote(body.replace("\r\n", "\n").replace("\n", "\r\n"), safe="")
    link = f"mailto:{to}?subject={quote(one_line(subject), safe='')}&body={text}"
    return link if len(link) <= LONGEST_LINK else None


def message_file(address: str | None, name: str, subject: str, body: str) -> bytes:
    """The message as a file. ``X-Unsent`` lets mail programs open it as a draft.

    Nothing that a user wrote can add a header or a recipient: line ends in them become spaces, and an address that is
    none is left out.
    """
    message = EmailMessage(policy=SMTP)
    recipient = _recipient(address, name)
    if recipient is not None:
        message["To"] = recipient
    message["Subject"] = one_line(subject)
    message["X-Unsent"] = "1"
    message.set_content(body)
    return message.as_bytes()


def _recipient(address: str | None, name: str) -> Address | None:
    user, _at, host = one_line(address or "").rpartition("@")
    if not user or not host:
        return None
    try:
        return Address(one_line(name), user, host)
    except (ValueError, IndexError):  # what the library says of an address that is none
        return None


def one_line(text: str) -> str:
    """The text without line ends and other signs that do not print, as a header needs it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
