"""The catalogue of what we want to know of a client (requirements A5.1-A5.5), read from ``knowledge.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from graphcrm.vocabulary.model import Vocabulary, Word
from graphcrm.vocabulary.reader import read_data


class Area(Word):
    """One of the five areas. ``id`` is the row of the requirements, ``weight`` how much it counts in the whole."""

    id: str
    weight: float


class Item(Word):
    """One thing to know. The fields are explained at the head of ``knowledge.yaml``."""

    area: str
    of: Literal["client", "people", "executives", "key_figures", "reports"]
    kind: str
    any: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    weight: float
    stale: int
    ask: tuple[str, ...]


class Catalogue(BaseModel):
    """Areas and items by code, in the order in which they are shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    areas: Mapping[str, Area]
    items: Mapping[str, Item]

    def faults(self, vocabulary: Vocabulary) -> list[str]:
        """What does not hold together, one sentence each. Empty for the shipped catalogue (a test says so)."""
        roles = vocabulary.enumerations["role"].values
        found = [f"{code}: area {item.area}" for code, item in self.items.items() if item.area not in self.areas]
        for code, item in self.items.items():
            kind = vocabulary.nodes.get(item.kind) or vocabulary.ties.get(item.kind)
            if kind is None:
                found.append(f"{code}: kind {item.kind}")
            elif set(item.any) - set(kind.properties):
                found.append(f"{code}: properties {item.any}")
            if set(item.ask) - set(roles) or item.weight <= 0 or item.stale <= 0:
                found.append(f"{code}: roles, weight or days")
        return found


@cache
def knowledge_catalogue() -> Catalogue:
    """The shipped catalogue.

    Raises:
        pydantic.ValidationError: the file is malformed (a bug of ours; a test loads it).
    """
    return Catalogue(**read_data("knowledge.yaml"))
