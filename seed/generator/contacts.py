"""Deals, two years of interactions, who of ours covers whom, and what the client's people think of us (A4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from generator.account import Account, Figure, day_between
from generator.people import unit_group
from generator.power import roles_of
from generator.source import TODAY
from generator.trade import products_for

_ENGINEERS = {"ru": "dolgikh", "kz": "dolgikh", "fi": "orsoly", "sv": "orsoly", "nl": "orsoly", "de": "orsoly"}
_FIRST = TODAY - timedelta(days=728)
_STAGES = ("lead", "qualified", "proposal", "tender", "negotiation")


def add_contacts(account: Account) -> None:
    """Deals, then talks, then coverage: the last contact is the day of the last talk."""
    if not account.figures:
        return
    if account.special != "one_person":
        _deals(account)
    _interactions(account)
    _coverage(account)
    _opinions(account)


def _deals(account: Account) -> None:
    rng, texts = account.rng, account.texts
    for turn in range(1 if account.special == "no_key_player" else rng.randint(2, 4)):
        closed = turn > 0 and rng.random() < 0.55
        stage = rng.choice(("won", "won", "lost")) if closed else rng.choice(_STAGES)
        opened = day_between(
            rng, _FIRST if closed else TODAY - timedelta(days=240), TODAY - timedelta(days=130 if closed else 25)
        )
        product = rng.choice(products_for(account.firm["industry"])[:16])
        identity = f"deal-{account.stem}-{turn + 1}"
        account.tables.add(
            "deals",
            {
                "id": identity,
                "name": rng.choice(texts["deals"]).format(n=rng.choice((4, 6, 8, 12, 18)), product=product[1]),
                "stage": stage,
                "value": round(product[4] * rng.randint(8, 60), -2),
                "currency": "EUR",
                "opened": opened,
                "due": opened + timedelta(days=rng.randint(90, 120))
                if closed
                else TODAY + timedelta(days=rng.randint(12, 160)),
                "closed": opened + timedelta(days=rng.randint(60, 120)) if closed else None,
                "tender_open": stage == "tender",
                "description": rng.choice(texts["deal_words"]),
                "client_id": account.id,
            },
        )
        account.deals.append((identity, stage))
        if not closed:
            _deal_stakes(account, identity)


def _deal_stakes(account: Account, deal_id: str) -> None:
    rng = account.rng
    for seat in ("cto", "supply", "procurement", "project", "cfo"):
        figure = account.figures.get(seat)
        if figure and figure.is_known and rng.random() < 0.5:
            roles = roles_of(account, seat)[:2]
            row = {
                "person_id": figure.id,
                "subject_id": deal_id,
                "roles": roles,
                "support": rng.choice(("supporter", "neutral", "unknown")),
            }
            if account.firm["health"] == 2:
                row["support"] = rng.choice(("neutral", "unknown"))
            account.tables.add("stakeholders", {**row, **account.provenance()})


def team(account: Account, figure: Figure) -> str:
    """Which of our people talks with this person."""
    kam, group = account.firm["kam"], unit_group(figure.unit)
    if account.special == "single_thread":
        return kam
    if figure.level == 1:
        return account.rng.choice((kam, kam, "person-kolovar-halas", "person-kolovar-terzin"))
    if group == "technical" and figure.level > 2:
        return f"person-kolovar-{_ENGINEERS.get(account.language, 'sremac')}"
    if group == "finance" and figure.level > 2:
        return "person-kolovar-varnai"
    if figure.seat == "warehouse":
        return "person-kolovar-jurisin"
    return kam


def _talkers(account: Account) -> list[Figure]:
    known = account.known()
    if account.special == "single_thread":
        return [account.figures["procurement"]]
    if account.special in {"no_key_player", "one_person"}:
        return known[:5]
    reached = [figure for figure in known if account.rng.random() < {1: 0.6, 2: 0.75, 3: 0.75, 4: 0.5}[figure.level]]
    return reached or known[:3]


def _interactions(account: Account) -> None:
    rng, people = account.rng, _talkers(account)
    count = {"one_person": 3, "no_key_player": 12}.get(account.special, 26 + account.firm["rate"] // 6)
    weights = [3 if figure.level in {2, 3} else 2 for figure in people]
    days = sorted(
        day_between(rng, max(_FIRST, TODAY - timedelta(days=700)), TODAY - timedelta(days=3)) for _ in range(count)
    )
    if account.firm["stage"] == "active":
        days[-1] = day_between(rng, TODAY - timedelta(days=11), TODAY - timedelta(days=3))
    for number, day in enumerate(sorted(days), 1):
        figure = rng.choices(people, weights)[0]
        if int(figure.since) >= day.year:
            continue
        _interaction(account, number, day, figure)


def _interaction(account: Account, number: int, day: date, figure: Figure) -> None:
    rng, texts, firm = account.rng, account.texts, account.firm
    group = unit_group(figure.unit)
    summary, step = rng.choice(texts["interactions"][group])
    product = rng.choice(products_for(firm["industry"])[:18])[1]
    month = texts["next_month"][(day.month + rng.randint(0, 3)) % 12]
    ours = [team(account, figure)]
    theirs = [figure]
    others = [one for one in account.known() if one.unit == figure.unit and one is not figure]
    if others and rng.random() < 0.18 and account.special != "single_thread":
        theirs.append(rng.choice(others))
    if rng.random() < 0.1 and ours[0] != firm["kam"]:
        ours.append(firm["kam"])
    tone = firm["mood"] + rng.uniform(-2.5, 2.5)
    mood = (
        "warm" if tone > 8.6 else "good" if tone > 6.6 else "neutral" if tone > 5 else "cool" if tone > 3.6 else "tense"
    )
    deals = [identity for identity, stage in account.deals if stage in _STAGES]
    recent = (TODAY - day).days < 20
    account.tables.add(
        "interactions",
        {
            "id": f"interaction-{account.stem}-{number:03d}",
            "kind": rng.choice(("meeting", "meeting", "call", "call", "call", "email", "email", "letter", "event")),
            "date": day,
            "summary": summary.format(product=product, month=month),
            "mood": mood if rng.random() < 0.9 else None,
            "next_step": step if recent or rng.random() < 0.5 else None,
            "next_step_due": TODAY + timedelta(days=rng.randint(2, 30)) if recent else None,
            "participant_ids": [one.id for one in theirs],
            "employee_ids": ours,
            "client_id": account.id,
            "deal_id": rng.choice(deals) if deals and (TODAY - day).days < 120 and rng.random() < 0.5 else None,
        },
    )
    for one in theirs:
        for employee in ours:
            account.contacts.setdefault((one.id, employee), []).append(day)


def _coverage(account: Account) -> None:
    rng = account.rng
    ladder = ("vendor", "credible_source", "problem_solver", "trusted_advisor")
    for (person, employee), days in account.contacts.items():
        count = len([day for day in days if (TODAY - day).days < 500])
        depth = "in_depth" if count > 5 else "multiple" if count > 1 else "brief"
        step = min(3, max(0, count // 2 + rng.choice((-1, 0, 0, 1))))
        row: dict[str, Any] = {
            "person_id": person,
            "employee_id": employee,
            "coverage": depth,
            "level_now": ladder[min(step, 2 if depth != "in_depth" else 3)],
            "level_wanted": ladder[min(3, step + 1)],
            "strength": min(9, 2 + count // 2 + rng.randint(0, 2)) if rng.random() < 0.85 else None,
            "last_contact": max(days),
        }
        account.tables.add("covered_by", {**row, **account.provenance()})
    _uncovered(account)


def _uncovered(account: Account) -> None:
    """That nobody covers a person, or that we do not know, is a fact worth writing down for some."""
    covered = {person for person, _ in account.contacts}
    for figure in account.known():
        if figure.id not in covered and figure.level <= 3 and account.rng.random() < 0.35:
            row = {
                "person_id": figure.id,
                "employee_id": account.firm["kam"],
                "coverage": account.rng.choice(("none", "unknown")),
            }
            account.tables.add("covered_by", {**row, "level_wanted": "credible_source", **account.provenance()})


def _opinions(account: Account) -> None:
    """Scores by topic, respondent and day, with a drift over time."""
    rng, mood = account.rng, account.firm["mood"]
    if account.special in {"one_person", "no_key_player"}:
        return
    tilt = {topic: rng.uniform(-1.6, 1.4) for topic in ("goods", "staff", "prices", "logistics", "service", "firm")}
    tilt["prices"] -= 0.8
    drift = -1.2 if account.firm["stage"] == "at_risk" else rng.uniform(-0.4, 0.6)
    respondents = [one for one in account.known() if any(person == one.id for person, _ in account.contacts)]
    rounds = (date(2025, 2, 18), date(2025, 10, 14), date(2026, 5, 19), date(2026, 11, 10))
    number = 0
    for turn, start in enumerate(rounds):
        for figure in rng.sample(respondents, min(len(respondents), rng.randint(1, 3))):
            if figure.since >= start.year:
                continue
            for topic in rng.sample(list(tilt), rng.randint(2, 4)):
                number += 1
                score = round(min(10, max(1, mood + tilt[topic] + drift * turn + rng.uniform(-1.2, 1.2))))
                band = "low" if score <= 5 else "mid" if score <= 7 else "high"
                account.tables.add(
                    "satisfaction_scores",
                    {
                        "id": f"opinion-{account.stem}-{number:03d}",
                        "topic": topic,
                        "score": score,
                        "words": rng.choice(account.texts["words"][topic][band]) if rng.random() < 0.75 else None,
                        "date": min(start + timedelta(days=rng.randint(0, 9)), TODAY - timedelta(days=4)),
                        "client_id": account.id,
                        "respondent_id": figure.id,
                    },
                )
