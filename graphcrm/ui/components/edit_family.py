"""The whole family in one form (C2.3): a row for each relative, saved in one step."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.services.editing import RowEdit
from graphcrm.ui import session
from graphcrm.ui.components.dialog import open_dialog
from graphcrm.ui.components.edit_fields import chosen_record
from graphcrm.ui.components.edit_form import Form, send
from graphcrm.ui.components.formats import plain
from graphcrm.vocabulary import VOCABULARY
from graphcrm.vocabulary.kinship import kinship_name

EMPTY_ROWS = 4
# Letter of the relation, as kinship_name reads it -> type of the tie, whether the person is its start, gender of the
# relative, whether the marriage is over.
KINDS: dict[str, tuple[str, bool, str | None, bool]] = {
    "w": ("SPOUSE_OF", True, "female", False),
    "h": ("SPOUSE_OF", True, "male", False),
    "W": ("SPOUSE_OF", True, "female", True),
    "H": ("SPOUSE_OF", True, "male", True),
    "f": ("PARENT_OF", False, "male", False),
    "m": ("PARENT_OF", False, "female", False),
    "s": ("PARENT_OF", True, "male", False),
    "d": ("PARENT_OF", True, "female", False),
    "b": ("SIBLING_OF", True, "male", False),
    "z": ("SIBLING_OF", True, "female", False),
    "u": ("GUARDIAN_OF", False, None, False),
    "v": ("GUARDIAN_OF", True, None, False),
}


def edit_family_button(person_id: str, name: str) -> None:
    """A button that opens the form; nothing for who may not write."""
    if not session.current_viewer().may_write:
        return
    if st.button(_("Enter the family"), icon=":material/family_restroom:", key="family-edit"):
        title = _("Family of {name}", name=plain(name))
        open_dialog(title, _form, person_id, secrets.token_hex(8))


def _form(person_id: str, key: str) -> None:
    st.caption(
        _(
            "One row for each relative. Of a child enter the given name and the year of birth at most. Children of "
            "both parents are entered once: a spouse in the same form becomes their other parent if you say so below."
        )
    )
    codes = {kinship_name(letter, language()): letter for letter in KINDS}
    column = st.column_config
    rows = st.data_editor(
        pd.DataFrame({"who": [None] * EMPTY_ROWS, "name": [""] * EMPTY_ROWS, "born": [""] * EMPTY_ROWS}),
        num_rows="dynamic",
        hide_index=True,
        key=f"family-{key}",
        column_config={
            "who": column.SelectboxColumn(_("Who"), options=list(codes)),
            "name": column.TextColumn(_("Name")),
            "born": column.TextColumn(_("Born (1968, 1968-05-09, --05-09)")),
        },
    )
    both = st.checkbox(_("The spouse is the other parent of the children"), value=True, key=f"both-{key}")
    sources = editing.choices(session.current_app().database, ["Source"])
    source = chosen_record(_("Who said it"), None, f"source-{key}", sources)
    why, when = st.columns(2)
    kept_for = why.text_input(_("Why we keep it"), key=f"kept-{key}", placeholder=_("not said")).strip() or None
    review_on = when.date_input(_("Review on"), value=None, key=f"review-{key}")
    if st.button(_("Save"), type="primary", icon=":material/check:", key=f"save-{key}"):
        given = [row for row in rows.to_dict("records") if row["who"] in codes and str(row["name"] or "").strip()]
        if not given:
            st.warning(_("Enter a relation and a name in at least one row."), icon=":material/warning:")
            return
        facts = {"source": source, "kept_for": kept_for, "review_on": review_on}
        members = [{**row, "kind": codes[row["who"]]} for row in given]
        send(Form("Person", nonce=key), family_edits(person_id, key, members, facts, both_parents=both,
                                                     today=session.current_app().today()))  # fmt: skip


def family_edits(
    person_id: str, key: str, members: Iterable[Mapping[str, Any]], facts: Mapping[str, Any], *,
    both_parents: bool, today: date,
) -> list[RowEdit]:  # fmt: skip
    """The people and ties that the rows of the form stand for.

    Args:
        members: ``kind`` (a key of :data:`KINDS`), ``name`` and ``born`` of each.
        facts: columns that every tie of them gets.
    """
    people: list[RowEdit] = []
    ties: list[RowEdit] = []
    spouse, children = None, []
    for place, member in enumerate(members):
        tie, forth, gender, over = KINDS[member["kind"]]
        relative = editing.new_id("Person", key, place)
        born = str(member.get("born") or "").strip() or None
        name = str(member["name"]).strip()
        people.append(RowEdit("Person", relative, {"name": name, "birth_date": born, "gender": gender}))
        ends = (person_id, relative) if forth else (relative, person_id)
        ties.append(_tie(tie, ends, {**facts, **({"valid_to": today} if over else {})}))
        if tie == "SPOUSE_OF" and not over:
            spouse = relative
        if tie == "PARENT_OF" and forth:
            children.append(relative)
    if both_parents and spouse:
        ties += [_tie("PARENT_OF", (spouse, child), facts) for child in children]
    return people + ties


def _tie(tie_type: str, ends: tuple[str, str], facts: Mapping[str, Any]) -> RowEdit:
    kind = VOCABULARY.ties[tie_type]
    assert kind.start is not None
    assert kind.end is not None
    given = {name: value for name, value in facts.items() if value is not None}
    return RowEdit(tie_type, "", {kind.start.column: ends[0], kind.end.column: ends[1], **given})
