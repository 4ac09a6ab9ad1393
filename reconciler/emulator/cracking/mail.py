"""Text and metadata of an e-mail (EML)."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any

from reconciler.emulator.cracking import html
from reconciler.emulator.cracking.extracted import Extracted

Body = dict[str, Any]

HEADERS = {
    "From": "metadata_message_from",
    "To": "metadata_message_to",
    "Cc": "metadata_message_cc",
    "Subject": "metadata_subject",
    "Date": "metadata_creation_date",
}


def extract(data: bytes) -> Extracted:
    """The body; attachments are left out."""
    message = message_from_bytes(data, policy=policy.default)
    metadata: Body = {name: str(message[key]) for key, name in HEADERS.items() if message[key]}
    part = message.get_body(("plain", "html"))
    if part is None:
        return Extracted("", metadata)
    text = str(part.get_content())
    if part.get_content_subtype() == "html":
        text = html.extract(text.encode()).content
    return Extracted(text.strip(), metadata)
