"""A client while it is being made, and the people in it: what the generator knows beyond what the files will say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from generator.naming import Namer
from generator.source import TODAY, texts
from generator.table import Tables

_SURE = {"register": 0.95, "site": 0.85, "talk": 0.75, "visit": 0.7, "partner": 0.5, "press": 0.55}
_TELLS = {
    "job": {"register", "site", "talk", "visit"},
    "insight": {"talk", "visit", "partner"},
    "links": {"register", "press", "talk"},
    "home": {"talk"},
}
"""Which kinds of source tell about what: nobody learns a stance from a register, or a wedding day from the press."""


@dataclass
class Figure:
    """A person made by the generator. ``born`` is always known here, seldom wholly in the file."""

    id: str
    name: str
    given: str
    family: str
    gender: str
    language: str
    born: date
    seat: str = ""
    unit: str = ""
    level: int = 0
    title: str = ""
    since: int = 0
    presence: str = "known"
    graduated: int = 0

    @property
    def is_known(self) -> bool:
        """Do we know the name?"""
        return self.presence == "known"


@dataclass
class Account:
    """A client under construction. ``rng`` is its own, so that a change here leaves the other clients as they are."""

    firm: dict[str, Any]
    tables: Tables
    namer: Namer
    figures: dict[str, Figure] = field(default_factory=dict)
    sources: list[tuple[str, str, date]] = field(default_factory=list)  # id, kind, date
    deals: list[tuple[str, str]] = field(default_factory=list)  # id, stage
    contacts: dict[tuple[str, str], list[date]] = field(default_factory=dict)  # (person, employee) -> days

    def __post_init__(self) -> None:
        self.rng = Random(f"kolovar/{self.id}")

    @property
    def id(self) -> str:
        """The id of the client."""
        return self.firm["id"]

    @property
    def stem(self) -> str:
        """The id without its prefix, for the ids of what belongs to the client."""
        return self.id.split("-", 1)[1]

    @property
    def language(self) -> str:
        """The language area, a key of names.yaml."""
        return self.firm["lang"]

    @property
    def is_russian(self) -> bool:
        """Are the texts about this client in Russian?"""
        return self.language in {"ru", "kz"}

    @property
    def special(self) -> str:
        """What is odd about our knowledge of this client; "" for an ordinary one."""
        return self.firm.get("special", "")

    @property
    def texts(self) -> dict[str, Any]:
        """The sentences in the client's language."""
        return texts(self.language)

    def word(self, entry: dict[str, Any]) -> str:
        """The name of a seat or unit in the client's language."""
        return entry["ru" if self.is_russian else "en"]

    def known(self) -> list[Figure]:
        """The people whose names we know."""
        return [figure for figure in self.figures.values() if figure.is_known]

    def chance(self, share: float) -> bool:
        """True in ``share`` of all cases."""
        return self.rng.random() < share

    def provenance(self, about: str = "insight", **more: Any) -> dict[str, Any]:
        """Who said it, how sure, when it was written down and last found true; some of it stale, some not known."""
        source, kind, day = self.rng.choice([one for one in self.sources if one[1] in _TELLS[about]])
        base = _SURE[kind]
        recorded = min(day + timedelta(days=self.rng.randint(0, 3)), TODAY - timedelta(days=1))
        checked = recorded + timedelta(days=int(self.rng.random() ** 0.6 * (TODAY - recorded).days))
        fresh = self.rng.random()
        return {
            "confidence": round(min(0.98, base + self.rng.uniform(-0.15, 0.15)), 2),
            "source": source,
            "recorded_by": self.firm["kam"],
            "recorded_at": f"{recorded.isoformat()}T{self.rng.randint(7, 16):02d}:{self.rng.choice((0, 30)):02d}:00Z",
            "last_verified_at": None if fresh < 0.12 else recorded if fresh < 0.3 else checked,
            **more,
        }


def day_between(rng: Random, first: date, last: date) -> date:
    """A weekday between two days, both included as far as weekends allow."""
    day = first + timedelta(days=rng.randint(0, max(0, (last - first).days)))
    while day.weekday() > 4 and day > first:
        day -= timedelta(days=1)
    return day
