"""What can be wrong with a file, in words a user can act on.

Each problem names file, row, column and value, says what is wrong and how to mend it. The sentences are templates with
named fields, so that the app can translate them before it fills the fields in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SHOWN_CHARACTERS = 80
MOST_LISTED = 10


def N_(text: str) -> str:
    """Marks a text for the catalogue of translations; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """The sentence and the mend of one kind of problem."""

    template: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        code: the kind of problem, a key of ``MESSAGES``.
        file: the name of the file.
        row: the line in the file, counted from 1 (the header); 0 when the whole file is meant.
        column: the name of the column, or "".
        value: the cell as it was read, cut to 80 characters.
        fields: what the sentence is filled with.
    """

    code: str
    file: str
    row: int = 0
    column: str = ""
    value: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def template(self) -> str:
        """The sentence in English, with ``{fields}``."""
        return MESSAGES[self.code].template

    @property
    def mend(self) -> str:
        """What the user can do, in English, with the same fields; "" when the sentence says it."""
        return MESSAGES[self.code].mend

    def describe(self, translate: Callable[[str], str] = str) -> str:
        """The sentence and the mend, through ``translate``."""
        known = {"value": self.value, "column": self.column, "file": self.file, "row": self.row, **self.fields}
        return " ".join(translate(text).format(**known) for text in (self.template, self.mend) if text)

    def suggestion(self, translate: Callable[[str], str] = str) -> str:
        """The mend by itself, filled in."""
        known = {"value": self.value, "column": self.column, "file": self.file, "row": self.row, **self.fields}
        return translate(self.mend).format(**known) if self.mend else ""

    @property
    def place(self) -> str:
        """``people.csv:12:birth_date``: where to look."""
        return ":".join(str(part) for part in (self.file, self.row or "", self.column) if part != "")


def shown(value: object) -> str:
    """``value`` as it may be put into a sentence: one line, no control characters, at most 80 characters."""
    text = "".join(character if character.isprintable() else " " for character in str(value)).strip()
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def listed(names: Sequence[str]) -> str:
    """The first of ``names`` with commas between; a sign tells that there are more."""
    return ", ".join(names[:MOST_LISTED]) + (" …" if len(names) > MOST_LISTED else "")


MESSAGES: Mapping[str, Message] = {
    # Whole files
    "unknown_file": Message(
        N_("Nothing is imported from a file of this name."),
        N_("Name it like one of the documented files; the nearest is {nearest}."),
    ),
    "unknown_sheet": Message(
        N_("Nothing is imported from a sheet called {name}."),
        N_("Say what it holds, leave it out, or name it like one of the documented files; the nearest is {nearest}."),
    ),
    "not_csv": Message(
        N_("This is neither a CSV file nor a workbook nor a file of address cards."),
        N_("Save it as CSV (UTF-8) or as .xlsx and import it again."),
    ),
    "not_workbook": Message(
        N_("This is not a workbook that can be read."), N_("Save it as .xlsx and import it again.")
    ),
    "workbook_old": Message(
        N_("This is a workbook of the old kind (.xls)."), N_("Save it as .xlsx and import it again.")
    ),
    "workbook_locked": Message(N_("The workbook is locked with a password."), N_("Save it without one.")),
    "workbook_macros": Message(
        N_("The workbook holds macros; it is not opened."), N_("Save it as .xlsx, without macros.")
    ),
    "workbook_too_large": Message(
        N_("The workbook unpacks to {megabytes} MB; at most {limit} MB are read."),
        N_("Split it, or save its sheets as CSV."),
    ),
    "too_large": Message(N_("The file has {megabytes} MB; at most {limit} MB are read."), N_("Split it.")),
    "total_too_large": Message(
        N_("All files together have {megabytes} MB; at most {limit} MB are read."),
        N_("Import them in several goes."),
    ),
    "unreadable": Message(
        N_("The file cannot be read: {reason}."),
        N_("Check its permissions and that it is a plain file."),
    ),
    "empty_file": Message(
        N_("The file is empty."),
        N_("Put the names of the columns into its first line, or remove it."),
    ),
    "two_files": Message(N_("Two files hold the same kind: {other} as well."), N_("Join them into one.")),
    "no_files": Message(
        N_("There is no CSV file, workbook or file of address cards here."),
        N_("Choose the folder that holds people.csv and the like."),
    ),
    "gift_by_register": Message(
        N_("A gift is moved step by step, so that the register of gifts holds each step; it cannot be changed here."),
        N_("Leave this cell as it is, and do the step on the page of gifts."),
    ),
    "gift_by_hand": Message(
        N_("A gift is planned where it is judged and goes into the register, not here."),
        N_("Choose it on the person's page, under goodwill."),
    ),
    "invitation_by_register": Message(
        N_("An invitation to what is of value is sent, and taken back, step by step, so that the register holds it."),
        N_("Leave this cell as it is, and do it on the page of the event."),
    ),
    "invitation_by_hand": Message(
        N_("An invitation to what is of value is judged before it is sent, and goes into the register, not here."),
        N_("Put the person on the list of the event as to be invited, and send it there."),
    ),
    "gift_by_cost": Message(
        N_("A congratulation of this cost is a gift."), N_("Plan it as a gift on the person's page, under goodwill.")
    ),
    # Headers
    "too_many_columns": Message(
        N_("The file has {count} columns; at most {limit} are read."),
        N_("Check the separator and the line ends."),
    ),
    "unknown_column": Message(N_("There is no column {column} in this file."), N_("Did you mean {nearest}?")),
    "internal_column": Message(
        N_("The column {column} is kept by graphcrm itself and cannot be imported."),
        N_("Remove it."),
    ),
    "double_column": Message(N_("The column {column} is there twice."), N_("Remove one of the two.")),
    "missing_column": Message(
        N_("The column {column} is missing."),
        N_("Add it to the first line; it must be filled in every row."),
    ),
    # Rows
    "line_too_long": Message(
        N_("The line has more than {limit} characters."),
        N_("Check the line ends and quotation marks."),
    ),
    "broken_row": Message(
        N_("The row cannot be read: a cell is too large, or a quotation mark is not closed."),
        N_("Check the quotation marks."),
    ),
    "wrong_cell_count": Message(
        N_("The row has {count} cells, the first line {expected}."),
        N_("Check the separators; put text that holds one into quotation marks."),
    ),
    "control_character": Message(N_("The row holds a NUL or another control character."), N_("Remove it.")),
    "bad_encoding": Message(N_("The row holds bytes that are not text in {encoding}."), N_("Save the file as UTF-8.")),
    "cell_error": Message(
        N_("The cell holds the error {value} of a formula."), N_("Correct the formula, or write the value.")
    ),
    "formula_not_saved": Message(
        N_("The cell holds a formula whose value was not saved with the file."),
        N_("Open the workbook in a spreadsheet program and save it there, or write the value."),
    ),
    "unknown_organization": Message(
        N_("No organisation is called {value}, neither in the files nor in the graph."),
        N_("Did you mean {nearest}? Add it, or correct the name."),
    ),
    "unknown_organization_far": Message(
        N_("No organisation is called {value}, neither in the files nor in the graph."),
        N_("Add it, or correct the name."),
    ),
    "two_organizations": Message(
        N_("Several organisations are called {value}: {ids}."), N_("Write the whole name of the right one, or its id.")
    ),
    "card_broken": Message(N_("The card cannot be read: {reason}."), N_("Export it once more, or correct it by hand.")),
    "card_without_name": Message(N_("The card names no person."), N_("Give it a name (FN or N), or remove it.")),
    "too_many_cards": Message(N_("The file has more than {limit} cards."), N_("Split it.")),
    "no_cards": Message(N_("There is no address card in this file."), N_("Export the contacts as vCard (.vcf).")),
    # Values
    "required": Message(N_("{column} must be filled."), N_("Fill it in.")),
    "too_long": Message(N_("The text has {count} characters; at most {limit} are kept."), N_("Shorten it.")),
    "bad_id": Message(
        N_("{value} cannot be an id."),
        N_("An id has no spaces and no |, and at most {limit} characters."),
    ),
    "not_integer": Message(N_("{value} is not a whole number."), N_("Write digits only, for example 12.")),
    "not_number": Message(N_("{value} is not a number."), N_("Write it like 1234.5.")),
    "ambiguous_number": Message(
        N_("{value} could be two numbers: is the comma for decimals or for thousands?"),
        N_("Write it with a point for decimals and nothing for thousands."),
    ),
    "out_of_range": Message(N_("{value} is out of range: it must be {range}."), N_("Correct it.")),
    "not_boolean": Message(N_("{value} is neither yes nor no."), N_("Write true or false.")),
    "bad_date": Message(N_("{value} is not a date that exists."), N_("Write it like 2026-05-09.")),
    "incomplete_date": Message(
        N_("{value} is not a whole date."),
        N_("This column needs year, month and day, like 2026-05-09."),
    ),
    "bad_partial_date": Message(
        N_("{value} is not a date that exists."),
        N_("Write 1968, 1968-05, 1968-05-09, --05-09 or --05; put ~ before it for about."),
    ),
    "bad_datetime": Message(N_("{value} is not a time that exists."), N_("Write it like 2026-05-09T14:30:00Z.")),
    "unknown_value": Message(
        N_("{value} is not one of the values of {enumeration}."),
        N_("The nearest is {nearest}. Known are: {known}."),
    ),
    "unknown_code": Message(N_("{value} is not a code of {standard}."), N_("The nearest is {nearest}.")),
    "bad_form": Message(
        N_("{value} does not have the form of {standard}."),
        N_("Check it against the document it was taken from."),
    ),
    "bad_checksum": Message(
        N_("{value} has the form of {standard}, but its check digits are wrong."),
        N_("Check it against the document it was taken from."),
    ),
    "double_value": Message(N_("{value} is named twice in one cell."), N_("Remove one of the two.")),
    # What the rows say together
    "unknown_id": Message(
        N_("There is nothing with the id {value}, neither in the files nor in the graph."),
        N_("Did you mean {nearest}?"),
    ),
    "unknown_id_far": Message(
        N_("There is nothing with the id {value}, neither in the files nor in the graph."),
        N_("Add it to its file, or correct the id."),
    ),
    "bad_target": Message(
        N_("{value} is refused itself ({place}), so this row cannot refer to it."),
        N_("Mend that row first."),
    ),
    "wrong_kind": Message(
        N_("{value} is of the kind {found}; this column takes {wanted}."),
        N_("Name another, or correct its kind."),
    ),
    "id_of_another_kind": Message(
        N_("The id {value} belongs to another kind already: {found}."),
        N_("Choose an id that nothing else has."),
    ),
    "id_used_twice": Message(
        N_("The id {value} is used for something else in {place}."),
        N_("Choose an id that nothing else has."),
    ),
    "rows_disagree": Message(
        N_("The id {value} is there twice, and the two rows disagree on {columns} (see row {other})."),
        N_("Keep the right row."),
    ),
    "same_name_twice": Message(
        N_("{value} is there twice, and the two rows disagree on {columns} (see row {other})."),
        N_("Keep the right row; if they are two of one name, give each an id in a column id."),
    ),
    "same_tie_twice": Message(
        N_("This tie is there twice, and the two rows disagree on {columns} (see row {other})."),
        N_("Keep the right row, or give each an id of its own."),
    ),
    "tie_exists": Message(
        N_("There is such a tie already."),
        N_("Correct that one, or end it first."),
    ),
    "child_excess": Message(
        N_("This is a child: of children only the given name and the year of birth are kept, not {value} ({column})."),
        N_("Write the given name alone and the year alone, and leave the rest empty."),
    ),
    "self_tie": Message(N_("{value} cannot be tied to itself."), N_("Correct one of the two ids.")),
    "cycle": Message(N_("These ties make a circle: {cycle}."), N_("Take out the one that is wrong.")),
    "ends_before_start": Message(
        N_("{column} ({value}) lies before {start} ({begin})."),
        N_("Correct one of the two."),
    ),
    # What should be known and need not be mended
    "mapping_kept": Message(N_("Columns were read as the mapping kept for such a header says: {columns}.")),
    "mapping_given": Message(N_("Columns were read as {origin} says: {columns}.")),
    "columns_left_out": Message(N_("Left out: {columns}.")),
    "kept_left_out": Message(N_("Left out whole, as the mapping kept for such a header says.")),
    "given_left_out": Message(N_("Left out whole, as {origin} says.")),
    "cards_left_out": Message(N_("Not taken over from the cards: {columns}.")),
    "no_organization": Message(N_("Title and note not taken over, for no organisation is named: {names} ({count}).")),
    "no_boss": Message(
        N_("Bosses not taken over, for nobody in the list, or more than one, is called so: {names} ({count}).")
    ),
    "ids_made": Message(N_("There is no column id: ids are made of the names, so the same rows are found again.")),
    "sheet_hidden": Message(N_("The sheet is hidden, so nothing of it was read. Unhide it to import it.")),
    "rows_above_header": Message(N_("The header stands in row {row}; what is above it was passed over.")),
    "cells_beyond": Message(
        N_("To the right of the last named column something stands (rows: {count}); it was not taken over.")
    ),
}
