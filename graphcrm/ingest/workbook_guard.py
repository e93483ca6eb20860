"""What is refused of a workbook before anything in it is read: it is a zip archive, and it may be a trap."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import BinaryIO

from graphcrm.ingest.limits import MEGABYTE, Limits
from graphcrm.ingest.problems import Problem

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
_PROLOGUE = 4096


def workbook_fault(name: str, stream: BinaryIO, limits: Limits) -> Problem | None:
    """Why a workbook is not read: another type, an old one, password, macros, or more packed in it than is read.

    The sizes are those that the archive declares of itself: no more than that is ever unpacked.
    """
    stream.seek(0)
    head = stream.read(8)
    if head == _OLE:
        stream.seek(0)
        is_locked = _ENCRYPTED_PACKAGE in stream.read(MEGABYTE)
        return Problem("workbook_locked" if is_locked else "workbook_old", name)
    if not head.startswith(b"PK"):
        return Problem("not_workbook", name)
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            return _fault_of_archive(name, archive, limits)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, zlib.error):
        return Problem("not_workbook", name)


def _fault_of_archive(name: str, archive: zipfile.ZipFile, limits: Limits) -> Problem | None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    size = sum(part.file_size for part in parts)
    if len(parts) > limits.workbook_parts or size > limits.workbook_unpacked_bytes:
        fields = {"megabytes": size // MEGABYTE, "limit": limits.workbook_unpacked_bytes // MEGABYTE}
        return Problem("workbook_too_large", name, fields=fields)
    if any(part.flag_bits & 1 for part in parts):
        return Problem("workbook_locked", name)
    if not names >= _NEEDED:
        return Problem("not_workbook", name)
    with archive.open("[Content_Types].xml") as stream:
        types = stream.read(MEGABYTE)
    if _MACROS.search(types) or any("vbaproject" in part.lower() for part in names):
        return Problem("workbook_macros", name)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(_PROLOGUE).replace(b"\0", b""):
                    return Problem("not_workbook", name)
    return None
