"""What somebody else changed while a form was open, and who it was, where the record of changes tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphcrm import formats
from graphcrm.database.connection import Transaction
from graphcrm.domain.changes import ChangeSet, Difference, unlike
from graphcrm.errors import EditConflict
from graphcrm.queries import changes as queries
from graphcrm.queries._change_record import ChangeRecord

LOOKED_THROUGH = 20
"""Newest changes of a record: what was changed while a form was open is among them."""


def changed_meanwhile(tx: Transaction, differences: Sequence[Difference], *, starts: Mapping[str, str]) -> EditConflict:
    """The error to raise. ``starts``: id of a tie -> id of the node where it begins."""
    given = {
        "mend": "Look at what changed, then save again to put yours in its place.",
        "differences": tuple(differences),
    }
    made = next((one for difference in differences if (one := _change_of(tx, difference, starts))), None)
    if made is None or not made.by:
        return EditConflict(
            "Somebody else changed this since you opened it. Nothing was saved; what you entered is still here.",
            **given,
        )
    return EditConflict(
        "{who} changed this since you opened it ({when}). Nothing was saved; what you entered is still here.",
        who=made.by, when=formats.moment(made.at), **given,
    )  # fmt: skip


def _change_of(tx: Transaction, difference: Difference, starts: Mapping[str, str]) -> ChangeRecord | None:
    """The newest recorded change of the value; None where it came with a file or another program."""
    entity_id = starts.get(difference.entity_id, difference.entity_id)
    records = queries.changes_of_entity(tx, entity_id=entity_id, most=LOOKED_THROUGH)  # type: ignore[arg-type]
    return next((one for one in records if _is_of(one, difference)), None)


def _is_of(record: ChangeRecord, difference: Difference) -> bool:
    """Whether it made the value, or what a reference names, what it is now."""
    if record.operations is None:
        return False
    changes, name, found = ChangeSet.from_json(record.operations), difference.column, difference.found
    return any(
        one.id == difference.entity_id and name in one.after and not unlike({name: found}, one.after)
        for one in (*changes.nodes, *changes.ties)
    ) or any(
        tie.action == "create" and tie.start == difference.entity_id and isinstance(found, list) and tie.end in found
        for tie in changes.ties
    )
