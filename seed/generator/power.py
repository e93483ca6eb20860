"""The power structure of a client (C1): roles and stances, who sways whom, who is at odds, with whom it all began."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from generator.account import Account, Figure, day_between
from generator.people import unit_group
from generator.source import TODAY, source

_SURE = {"head", "cfo", "cto", "supply", "procurement", "mechanic", "accountant", "heir"}
_QUIET = {"reliability", "foreman", "warehouse", "payables", "production", "buyer"}


def add_power(account: Account) -> None:
    """Stakes first, then the ties between people."""
    if not account.figures:
        return
    for figure in account.figures.values():
        if figure.presence != "vacant":
            _stake(account, figure)
    _influences(account)
    _conflicts(account)
    _acquaintances(account)
    _first_contact(account)


def roles_of(account: Account, seat: str) -> list[str]:
    """The roles of a seat at this client, the deciding ones first."""
    pattern = source("positions")["patterns"][account.firm["pattern"]]
    fixed = next(one["roles"] for one in source("positions")["seats"] if one["key"] == seat)
    return list(dict.fromkeys([*pattern.get(seat, []), *fixed]))


def _support(account: Account, seat: str, deciding: bool) -> str:
    health, rng = account.firm["health"], account.rng
    if health == 2 and seat not in _QUIET:
        return rng.choice(("neutral", "neutral", "non_supporter", "unknown"))
    if deciding and health == 3:
        return rng.choice(("supporter", "supporter", "mentor", "neutral"))
    return rng.choice(("supporter", "neutral", "neutral", "non_supporter", "unknown", "unknown", "enemy"))


def _stake(account: Account, figure: Figure) -> None:
    rng, seat, texts = account.rng, figure.seat, account.texts
    roles = roles_of(account, seat)
    if account.special in {"no_key_player", "one_person"}:
        roles = [role for role in roles if role == "user"] or (["user"] if seat == "mechanic" else [])
    elif seat not in _SURE and rng.random() < 0.3:
        roles = []
    deciding = bool({"decision_maker", "economic_buyer"} & set(roles))
    support = _support(account, seat, deciding) if figure.is_known else "unknown"
    if account.firm["health"] == 3 and "decision_maker" in roles:
        support = rng.choice(("supporter", "mentor"))
    if support in {"supporter", "mentor"} and seat in {"mechanic", "project", "reliability"} and rng.random() < 0.6:
        roles = [*roles, rng.choice(("champion", "coach"))]
    if support == "enemy" and seat in {"legal", "procurement", "coo", "cfo"}:
        roles = [*roles, "blocker"]
    group = unit_group(figure.unit)
    orientation = rng.choice(list(texts["criteria"]))
    cells: dict[str, Any] = {
        "person_id": figure.id,
        "subject_id": account.id,
        "roles": roles,
        "political_status": _politics(account, figure),
        "support": support,
        "interest": rng.randint(2, 9) if rng.random() < 0.5 else None,
        "agenda_business": rng.choice(texts["agenda_business"][group]) if rng.random() < 0.6 else None,
        "agenda_personal": rng.choice(texts["agenda_personal"]) if rng.random() < 0.25 else None,
        "decision_criteria": rng.choice(texts["criteria"][orientation]) if roles and rng.random() < 0.5 else None,
    }
    if rng.random() < 0.14 and support not in {"unknown", "enemy"}:
        _with_history(account, cells)
    else:
        account.tables.add("stakeholders", {**cells, **account.provenance()})


def _with_history(account: Account, cells: dict[str, Any]) -> None:
    """A stance that changed: the old edge is closed on the day on which the new one opens."""
    turn = day_between(account.rng, date(2025, 3, 1), TODAY - timedelta(days=60))
    before = {"mentor": "supporter", "supporter": "neutral", "neutral": "non_supporter", "non_supporter": "neutral"}
    old = {**cells, "support": before[cells["support"]], "valid_from": date(2024, 2, 1), "valid_to": turn}
    account.tables.add("stakeholders", {**old, **account.provenance(last_verified_at=turn)})
    account.tables.add("stakeholders", {**cells, "valid_from": turn, **account.provenance(last_verified_at=turn)})


def _politics(account: Account, figure: Figure) -> str:
    rng = account.rng
    if not figure.is_known or rng.random() < 0.3:
        return "unknown"
    if account.special == "no_key_player":
        return "outside"
    if figure.level == 1 or figure.seat == "heir":
        return "inner_circle"
    choices = (
        ("inner_circle", "political_structure", "political_structure")
        if figure.level == 2
        else ("outside", "outside", "political_structure")
    )
    return rng.choice(choices)


def _influences(account: Account) -> None:
    rng = account.rng
    for start, end, basis, low, high, english, russian in source("positions")["influences"]:
        one, other = account.figures.get(start), account.figures.get(end)
        if one is None or other is None or not one.is_known or rng.random() < 0.22:
            continue
        _influence(account, (one, other), basis, rng.randint(low, high), russian if account.is_russian else english)
    people = [figure for figure in account.known() if figure.level > 1]
    for _ in range(rng.randint(1, 3) if len(people) > 6 else 0):  # the informal ones, across the chart
        one, other = rng.sample(people, 2)
        basis = rng.choice(("friendship", "past_favour", "reputation", "coalition"))
        _influence(account, (one, other), basis, rng.randint(3, 8), None)


def _influence(account: Account, pair: tuple[Figure, Figure], basis: str, strength: int, topic: str | None) -> None:
    private = basis in {"friendship", "family"}
    account.tables.add(
        "influences",
        {
            "person_id": pair[0].id,
            "influenced_id": pair[1].id,
            "strength": None if account.rng.random() < 0.2 else strength,
            "basis": basis,
            "topic": topic,
            "sensitivity": "personal" if private else "business",
            "use": "context_only" if private else "open",
            **account.provenance(),
        },
    )


def _conflicts(account: Account) -> None:
    people = [figure for figure in account.known() if figure.level in {2, 3}]
    for _ in range(account.rng.choice((0, 1, 1, 2)) if len(people) > 5 else 0):
        one, other = account.rng.sample(people, 2)
        account.tables.add(
            "conflicts",
            {
                "person_id": one.id,
                "other_id": other.id,
                "about": account.rng.choice(account.texts["conflicts"]),
                "use": "context_only",
                **account.provenance(),
            },
        )


def _acquaintances(account: Account) -> None:
    known = [figure for figure in account.known() if figure.level > 1]
    if len(known) < 6:
        return
    one, other = account.rng.sample(known, 2)
    context = account.rng.choice(account.texts["knows"])
    account.tables.add(
        "knows",
        {
            "person_id": one.id,
            "other_id": other.id,
            "strength": account.rng.randint(3, 8),
            "context": context,
            **account.provenance(),
        },
    )
    elder, younger = account.figures.get("mechanic"), account.figures.get("reliability")
    if elder and younger and elder.born.year + 8 < younger.born.year:
        account.tables.add("mentors", {"person_id": elder.id, "protege_id": younger.id, **account.provenance()})


def _first_contact(account: Account) -> None:
    for seat in ("buyer", "mechanic", "procurement"):
        figure = account.figures.get(seat)
        if (figure and figure.is_known and account.rng.random() < 0.7) or (seat == "mechanic" and figure):
            year = account.rng.randint(max(figure.since, 2012), 2025)
            account.tables.add(
                "first_contacts",
                {
                    "client_id": account.id,
                    "person_id": figure.id,
                    "date": account.rng.choice((f"{year}", f"{year}-{account.rng.randint(1, 12):02d}", f"~{year}")),
                    "by": account.firm["kam"],
                    "circumstances": account.rng.choice(account.texts["first_contact"]),
                    **account.provenance(),
                },
            )
            return
