"""The register of gifts, for the auditor (C3.5): every step with who agreed, every try that was refused, and the seal.

It is only added to. Gifts that were brought in by a file stand in it without steps, and are told as such.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.gift_register import SEALED, broken
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import Forbidden
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.ingest.cells import csv_cell
from graphcrm.ingest.workbook_out import WorkbookWriter
from graphcrm.queries import gifts as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.gifts import GiftRow, HospitalityLine, RegisterRow
from graphcrm.services._gift_steps import approved_by_file, planned_here, unpacked
from graphcrm.services._goodwill import sees_gifts
from graphcrm.services._wording import sentence
from graphcrm.vocabulary import VOCABULARY

__all__ = ["GiftRegister", "RegisterLine", "gift_register", "register_csv", "register_workbook"]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """An entry with its reasons as sentences in the language in use, and who had agreed up to it."""

    row: RegisterRow
    why: str
    approvals: tuple[str, ...]


@dataclass(frozen=True)
class GiftRegister:
    """The whole register.

    Attributes:
        lines: the oldest first. brought_in: gifts that were not planned here, as the file said: in the state that they
            came in, whatever steps followed, with who agreed as the file says.
        hospitality: the invitations that are or were out, to celebrations and all else that costs, the latest first.
        unproved: ids of those of them that no step in the register stands for.
        broken: numbers of entries at which the chain of seals is broken; empty when nobody has tampered with it.
        seal: the newest; kept elsewhere it proves later that nothing before it was changed.
    """

    lines: tuple[RegisterLine, ...]
    brought_in: tuple[GiftRow, ...]
    hospitality: tuple[HospitalityLine, ...]
    unproved: frozenset[str]
    broken: tuple[int, ...]
    seal: str
    asked: tuple[Asked, ...]


def gift_register(db: Database, viewer: Viewer, *, today: date) -> GiftRegister:
    """Read the register. Only who sees families may: a part of it would pass for the whole.

    Raises:
        Forbidden: the viewer does not see all gifts.
    """
    if not sees_gifts(viewer, of_relative=True):
        raise Forbidden("Your role ({role}) may not see the register of gifts.",
                        mend="Ask the owner of the data.", role=viewer.role)  # fmt: skip
    rows = queries.gift_register(db)
    steps: dict[str | None, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        steps[row.action_id].append(row)
    gifts = [_as_the_file_said(row, steps[row.id]) for row in queries.all_gifts(db, as_of=today)
             if not planned_here(steps[row.id])]  # fmt: skip
    hospitality = queries.hospitality_list(db, as_of=today)
    proved = {(row.action_id, row.person_id) for row in rows if row.of_event and not row.refused}
    told = [{name: getattr(row, name) for name in (*SEALED, "seal")} for row in rows]
    return GiftRegister(
        lines=_lines(rows),
        brought_in=tuple(gifts),
        hospitality=tuple(hospitality),
        unproved=frozenset(one.tie_id for one in hospitality if (one.event_id, one.person_id) not in proved),
        broken=broken(told),
        seal=rows[-1].seal or "" if rows else "",
        asked=(
            asked(queries.gift_register),
            asked(queries.all_gifts, as_of=today),
            asked(queries.hospitality_list, as_of=today),
        ),
    )


def _as_the_file_said(gift: GiftRow, steps: Sequence[RegisterRow]) -> GiftRow:
    """A gift as it came: before the steps that were done here."""
    done = [one for one in steps if not one.refused]
    state = (done[0].before if done else None) or gift.status
    return replace(gift, status=state, approved_by=approved_by_file(gift, steps))


def _lines(rows: Sequence[RegisterRow]) -> tuple[RegisterLine, ...]:
    agreed: dict[tuple[str | None, str | None], list[str]] = {}
    lines = []
    for row in rows:
        names = agreed.setdefault((row.action_id, row.person_id if row.of_event else None), [])
        if row.step == "send" and not row.refused:
            names.clear()
        if row.step == "approve" and not row.refused:
            names.append(row.by or "")
        why = " ".join(sentence(one.code, one.params) for one in unpacked(row.why))
        lines.append(RegisterLine(row, why, tuple(names)))
    return tuple(lines)


def register_csv(register: GiftRegister) -> bytes:
    """As CSV that no spreadsheet runs as formulas, with the mark that tells spreadsheets that it is UTF-8."""
    header, rows = _table(register)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([csv_cell("" if value is None else str(value)) for value in row])
    return text.getvalue().encode("utf-8-sig")


def register_workbook(register: GiftRegister) -> bytes:
    """As a workbook of one sheet; texts stand as texts."""
    header, rows = _table(register)
    title = _("Register of gifts")
    writer = WorkbookWriter()
    writer.begin(title, header, wide=(_("Reasons"), _("Note")))
    for row in rows:
        writer.add(title, row)
    return writer.content()


def _table(register: GiftRegister) -> tuple[list[str], list[list[Any]]]:
    header = [
        _("Number"), _("Day"), _("Step"), _("Outcome"), _("State before"), _("State after"), _("By whom of ours"),
        _("Account"), _("For whom"), _("Kind"), _("Gift"), _("Value"), _("Currency"), _("Occasion"),
        _("Day of the gift"), _("Approvals needed"), _("Approved by"), _("Reasons"), _("Note"), _("Gift id"), _("Seal"),
    ]  # fmt: skip
    rows = [_entry(line) for line in register.lines]
    rows += [_brought_in(gift) for gift in register.brought_in]
    rows += [_hosted(one, one.tie_id in register.unproved) for one in register.hospitality]
    return header, rows


def _name(enumeration: str, code: str | None) -> str | None:
    return VOCABULARY.value_name(enumeration, code, language()) if code else None


def _entry(line: RegisterLine) -> list[Any]:
    row = line.row
    kind = _name("action_kind", "invitation" if row.of_event else "gift")
    return [
        row.number, row.done_on or row.at.date(), _name("gift_step", row.step),
        _("refused") if row.refused else _("done"), _name("action_status", row.before),
        _name("action_status", row.after), row.by, row.account, row.person, kind, row.gift,
        row.value, row.currency, row.occasion, row.day, row.approvals_due, ", ".join(line.approvals), line.why,
        row.note, row.action_id, row.seal,
    ]  # fmt: skip


def _brought_in(gift: GiftRow) -> list[Any]:
    """A gift without a step: what a file said of it, and that it is no more than that."""
    by, approved = (", ".join(one["name"] for one in people) for people in (gift.by, gift.approved_by))
    told = _("Brought in by a file in this state; who agreed is what the file says, and no approval is proved here.")
    if approved and {one["id"] for one in gift.by} & {one["id"] for one in gift.approved_by}:
        told += " " + _("It names the same person as giver and as approver.")
    cost = _("not known") if gift.cost is None else f"{gift.cost:g}"
    return [
        None, gift.day, _("brought in"), None, None, _name("action_status", gift.status), by, None, gift.person_name,
        _name("action_kind", "gift"), gift.offering_name or gift.description, cost, gift.currency,
        gift.occasion_name, gift.day, None, approved, told, None, gift.id, None,
    ]  # fmt: skip


def answer_of(one: HospitalityLine) -> str:
    """What became of an invitation: the answer, and whether they came."""
    came = {True: _("came"), False: _("did not come")}.get(one.attended)  # type: ignore[arg-type]
    answer = _name("rsvp", one.rsvp) or ""
    return f"{answer}, {came}" if came else answer


def _hosted(one: HospitalityLine, unproved: bool) -> list[Any]:
    """An invitation as it stands: its steps, where there are any, are entries of their own."""
    told = _("No step of it is in this register: a file brought it in, or it went out while it was of no value.")
    cost = _("not known") if one.cost is None else f"{one.cost:g}"
    return [
        None, one.invited_on, _("invitation"), answer_of(one), None, None, None, None, one.person_name,
        _name("action_kind", "invitation"), one.event_name,
        cost, one.currency, None, one.day, None, None, told if unproved else None, None, one.event_id, None,
    ]  # fmt: skip
