"""Goodwill actions of the past year and a few ahead (C3), and who is invited to what."""

from __future__ import annotations

from datetime import date, timedelta

from generator.account import Account, Figure
from generator.contacts import team
from generator.source import TODAY

_GIFTS = (
    "almanac",
    "bridges-book",
    "honey",
    "quince",
    "tea",
    "gear-clock",
    "calendar",
    "bouquet",
    "photo-line",
    "seeds",
)
_PRICES = {
    "almanac": 24,
    "bridges-book": 32,
    "honey": 14,
    "quince": 18,
    "tea": 12,
    "gear-clock": 38,
    "calendar": 8,
    "bouquet": 35,
    "photo-line": 34,
    "seeds": 9,
}
_REACTIONS = ("pleased", "delighted", "indifferent", "pleased", None)
"""What each of the outcomes told in the texts comes to."""
_EVENTS = (
    ("works-day-2025", date(2025, 6, 14)),
    ("fair-2026", date(2026, 4, 21)),
    ("works-day-2026", date(2026, 6, 13)),
    ("new-year-2027", date(2026, 12, 17)),
)

_FREE = {"fair-2026"}
"""Of no value to guests: people of a public body are not invited to anything else."""


def add_goodwill(account: Account) -> None:
    """Congratulations on known dates, small gifts where the policy allows them, invitations."""
    reached = {person for person, _ in account.contacts}
    people = [figure for figure in account.known() if figure.id in reached]
    if not people or account.special == "one_person":
        return
    for turn, figure in enumerate(account.rng.sample(people, min(len(people), 5)), 1):
        _action(account, turn, figure)
    _invitations(account, people)


def _action(account: Account, turn: int, figure: Figure) -> None:
    rng, texts = account.rng, account.texts
    public = account.firm["style"] == "public"
    tender = any(stage == "tender" for _, stage in account.deals)
    kind = rng.choice(("congratulation", "congratulation", "gift", "invitation"))
    kind = "congratulation" if public or account.special == "no_key_player" else kind
    ahead = rng.random() < 0.25
    day = TODAY + timedelta(days=rng.randint(5, 45)) if ahead else TODAY - timedelta(days=rng.randint(15, 360))
    status = rng.choice(("idea", "planned", "approved")) if ahead else "done"
    if kind == "gift" and tender and ahead:
        status = "refused"
    gift = rng.choice(_GIFTS)
    outcome = rng.choice(texts["outcomes"]) if status == "done" else None
    occasions = [row["id"] for row in account.tables.rows("useful_dates") if row["subject_id"] == figure.id]
    occasion = rng.choice(occasions) if occasions and rng.random() < 0.7 else None
    by = team(account, figure)
    approver = "person-kolovar-terzin" if by == "person-kolovar-halas" else "person-kolovar-halas"
    account.tables.add(
        "goodwill_actions",
        {
            "id": f"goodwill-{account.stem}-{turn}",
            "kind": kind,
            "status": status,
            "date": day,
            "cost": _PRICES[gift] if kind == "gift" else 2 if kind == "congratulation" else None,
            "currency": "EUR",
            "description": texts["actions"][kind],
            "outcome": outcome,
            "reaction": _REACTIONS[texts["outcomes"].index(outcome)] if outcome and kind == "gift" else None,
            "person_id": figure.id,
            "occasion_id": occasion,
            "offering_id": f"offering-{gift}"
            if kind == "gift"
            else "offering-card"
            if kind == "congratulation"
            else None,
            "employee_id": by,
            "approver_id": approver if kind == "gift" and status in {"done", "approved", "refused"} else None,
        },
    )


def _invitations(account: Account, people: list[Figure]) -> None:
    rng = account.rng
    events = [*_EVENTS, *([("new-line-lipovec", date(2026, 5, 28))] if account.stem == "lipovec" else [])]
    for stem, day in events:
        for figure in rng.sample(people, min(len(people), rng.randint(0, 3))):
            if figure.since >= day.year:
                continue
            answer = (
                rng.choice(("accepted", "accepted", "declined", "no_answer"))
                if day < TODAY
                else rng.choice(("invited", "accepted", "no_answer"))
            )
            row = {"person_id": figure.id, "event_id": f"event-{stem}", "rsvp": answer}
            came = answer == "accepted" and rng.random() < 0.85 if day < TODAY else None
            if account.firm["style"] == "public" and stem not in _FREE:
                continue
            account.tables.add("invited_to", {**row, "attended": came, **account.provenance()})
