"""Places that two people share, as reasons that they may know each other. Shared; not a service itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphcrm.domain.reasoned_ties import Shared, Stay
from graphcrm.domain.viewer import Viewer
from graphcrm.queries._shared_place import SharedPlace
from graphcrm.services._sensitivity import tie_visible


def both_visible(viewer: Viewer, row: SharedPlace) -> bool:
    """Whether the viewer may see both ties to the place."""
    return all(tie_visible(viewer, row.kind, tie.get("sensitivity")) for tie in (row.own, row.theirs))


def shared(row: SharedPlace) -> Shared:
    """The row as the domain reads it."""
    return Shared(
        row.other_id, row.other_name, row.place_id, row.place_name, _stay(row.kind, row.own),
        _stay(row.kind, row.theirs), row.size,
    )  # fmt: skip


def _stay(kind: str, tie: Mapping[str, Any]) -> Stay:
    given = {name: tie.get(name) for name in ("since", "until", "valid_from", "valid_to", "level", "body")}
    return Stay(tie["id"], kind, **given)
