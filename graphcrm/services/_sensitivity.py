"""How delicate a fact is when the fact itself does not say. Shared by the services; not a service itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from graphcrm.domain.viewer import Viewer
from graphcrm.vocabulary import VOCABULARY

T = TypeVar("T")

_DATE_KINDS = {
    "birthday": "personal",
    "name_day": "personal",
    "hobby": "personal",
    "wedding": "family",
    "family": "family",
    "school": "family",
}
GIFTS_ARE = "personal"
"""The sensitivity of what we do for whom; of a gift to a relative it is ``family``."""
_BASES = {"family": "family", "friendship": "personal"}


def date_sensitivity(kind: str, *, of_person: bool = True) -> str:
    """The sensitivity of a useful date of this kind (C2.4): a firm's dates, and dates of work, are business."""
    return _DATE_KINDS.get(kind, "business") if of_person else "business"


def tie_visible(viewer: Viewer, tie_type: str, sensitivity: str | None) -> bool:
    """Whether a tie may be shown: both its own sensitivity and that of its kind must be seen."""
    return viewer.sees(sensitivity) and viewer.sees(VOCABULARY.ties[tie_type].sensitivity)


def visible_ties(viewer: Viewer, ties: Iterable[T]) -> list[T]:
    """Those of ``ties`` (with ``type`` and ``sensitivity``) that may be shown; a basis that is not seen is left out."""
    return [mask_basis(viewer, tie) for tie in ties if tie_visible(viewer, tie.type, tie.sensitivity)]  # type: ignore[attr-defined]


def mask_basis(viewer: Viewer, tie: Any) -> Any:
    """``tie`` without its basis of influence where the basis tells of kinship or friendship the viewer may not know."""
    basis = getattr(tie, "basis", None)
    return tie if basis is None or viewer.sees(_BASES.get(basis)) else replace(tie, basis=None)
