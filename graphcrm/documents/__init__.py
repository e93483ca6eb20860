"""Documents that people take away: one content, several forms. Pure: a :class:`Document` in, text or bytes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from graphcrm.documents.model import Document


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a document: the ending of its file, its media type, and who writes it."""

    ending: str
    media_type: str
    writer: str

    def write(self, document: Document) -> bytes:
        """The document's file; text is UTF-8. The library is loaded at the first use only: Typst and DOCX are large."""
        module, function = self.writer.split(".")
        made: Callable[[Document], str | bytes] = getattr(import_module(f"graphcrm.documents.{module}"), function)
        content = made(document)
        return content.encode() if isinstance(content, str) else content


FORMS: Mapping[str, Form] = {
    "text": Form("txt", "text/plain", "plain_text.to_text"),
    "md": Form("md", "text/markdown", "markdown.to_markdown"),
    "docx": Form("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx.to_docx"),
    "pdf": Form("pdf", "application/pdf", "pdf.to_pdf"),
    "json": Form("json", "application/json", "as_json.to_json"),
}
