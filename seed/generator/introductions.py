"""The ledger of introductions: who at a client was asked to introduce us to whom, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from generator.account import Account, day_between
from generator.source import TODAY

_STATUSES = ("made", "made", "made", "agreed", "asked", "refused", "came_to_nothing")
_OPEN = {"agreed", "asked"}


def add_introductions(account: Account) -> None:
    """One or two at clients where ours talk with several people. A random source of its own moves nothing else."""
    rng = Random(f"introductions/{account.stem}")
    spoken: dict[str, list[str]] = {}
    for person, employee in account.contacts:
        spoken.setdefault(employee, []).append(person)
    for number, employee in enumerate(sorted(one for one, people in spoken.items() if len(people) > 1)[:2], 1):
        introducer, introduced = rng.sample(spoken[employee], 2)
        status = rng.choice(_STATUSES)
        first = TODAY - timedelta(days=40 if status in _OPEN else 400)
        asked = day_between(rng, first, TODAY - timedelta(days=5 if status in _OPEN else 60))
        account.tables.add(
            "introductions",
            {
                "id": f"introduction-{account.stem}-{number}",
                "status": status,
                "asked_on": asked,
                "made_on": asked + timedelta(days=rng.randint(3, 40)) if status == "made" else None,
                "outcome": rng.choice(account.texts["introductions"][status]),
                "introducer_id": introducer,
                "person_id": introduced,
                "employee_id": employee,
            },
        )
