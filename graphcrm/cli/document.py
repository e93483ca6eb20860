"""A document of the command line: its form and language, and where it goes."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from graphcrm.cli.options import speak
from graphcrm.documents import FORMS
from graphcrm.documents.model import Document
from graphcrm.errors import InvalidInput


class DocumentFormat(StrEnum):
    """The forms of a document."""

    text = "text"
    md = "md"
    docx = "docx"
    pdf = "pdf"
    json = "json"


DocumentForm = Annotated[
    DocumentFormat | None,
    typer.Option("--format", "-f", help="The form of the document; if not given, that of the file's ending, or text."),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="A file, in place of the screen.")]


def prepare_document(form: DocumentFormat | None, output: Path | None, language: str | None) -> DocumentFormat:
    """The form in which the document will be written. Takes the language for this command, before anything is asked.

    Raises:
        InvalidInput: a form that a terminal cannot show, or a language that graphcrm does not speak.
    """
    chosen = form or (_form_of(output) if output else None) or DocumentFormat.text
    if output is None and chosen in (DocumentFormat.docx, DocumentFormat.pdf) and sys.stdout.isatty():
        raise InvalidInput("This form cannot be shown on a screen.", mend="Name a file with --output.")
    speak(language)
    return chosen


def _form_of(file: Path) -> DocumentFormat | None:
    ending = file.suffix.lower().removeprefix(".")
    return next((one for one in DocumentFormat if FORMS[one.value].ending == ending), None)


def put_document(document: Document, form: DocumentFormat, output: Path | None) -> None:
    """Write a document into a file, or to standard output when none is named.

    Raises:
        InvalidInput: the file cannot be written.
    """
    content = FORMS[form.value].write(document)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        write_file(output, content)


def write_file(path: Path, content: bytes, *, new: bool = False) -> None:
    """Write a file; a ``new`` one only where there is none.

    Raises:
        InvalidInput: it cannot be written.
    """
    try:
        with path.open("xb" if new else "wb") as file:
            file.write(content)
    except OSError as error:
        raise InvalidInput("{file} cannot be written: {reason}.", file=path, reason=error.strerror) from error
