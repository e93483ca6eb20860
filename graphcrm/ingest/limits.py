"""How much an import may hold. Refused before it is read, so that no file can exhaust the memory."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one import may hold.

    Attributes:
        file_bytes, total_bytes: of one file, of all files together.
        line_characters: of one line of a file; a longer one is skipped and reported.
        cell_characters: of one cell. Below the csv module's own limit (131,072), which is one per process.
        columns: of one file.
        text_characters, long_text_characters, id_characters: of a value that is stored.
        shown_problems: after so many problems of one file the rest is only counted.
        workbook_bytes, workbook_unpacked_bytes, workbook_parts: of one workbook as it lies there, of what is packed in
            it, and how many parts that may be. sheets: of one workbook.
        card_bytes, cards: of one file of address cards.
    """

    file_bytes: int = 256 * MEGABYTE
    total_bytes: int = 1024 * MEGABYTE
    line_characters: int = MEGABYTE
    cell_characters: int = 100_000
    columns: int = 400
    text_characters: int = 1_000
    long_text_characters: int = 50_000
    id_characters: int = 200
    shown_problems: int = 10_000
    workbook_bytes: int = 64 * MEGABYTE
    workbook_unpacked_bytes: int = 512 * MEGABYTE
    workbook_parts: int = 2_000
    sheets: int = 200
    card_bytes: int = 64 * MEGABYTE
    cards: int = 100_000


LIMITS = Limits()
