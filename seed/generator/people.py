"""The people of a client: who sits on which seat, since when, and their professional and personal features (C2.2)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from generator.account import Account, Figure
from generator.naming import feminine, latin, patronymic, slug
from generator.source import TODAY, source

_WOMEN = {"assistant": 0.7, "accountant": 0.75, "payables": 0.75}
_STUDY = {"procurement": "supply", "maintenance": "technical", "accounting": "finance"}


def add_people(account: Account) -> None:
    """Fill the seats, boss before report, and write person, job, unit and line."""
    seats = _chosen_seats(account)
    surnames = account.namer.surnames(account.language, account.rng)
    for seat in seats:
        heir_of = account.figures.get("head") if seat["key"] == "heir" else None
        figure = _figure(account, seat, heir_of.family if heir_of else surnames.pop(), heir_of)
        account.figures[seat["key"]] = figure
        _person(account, figure, heir_of.given if heir_of else None)
        _job(account, figure)
    for seat in seats:
        _line(account, seat)


def unit_group(unit: str) -> str:
    """The group of texts for a unit: technical, finance, supply, production or management."""
    return _STUDY.get(unit, unit)


def _chosen_seats(account: Account) -> list[dict[str, Any]]:
    firm, seats = account.firm, source("positions")["seats"]
    if account.special == "nobody":
        return []
    if account.special == "one_person":
        return [seat for seat in seats if seat["key"] == "mechanic"]
    if account.special == "no_key_player":
        below = {"mechanic", "reliability", "production", "buyer", "payables", "foreman", "warehouse", "quality"}
        return [seat for seat in seats if seat["key"] in below]
    own = [seat for seat in seats if seat.get("only", firm["style"]) == firm["style"]]
    extra = [seat["key"] for seat in own if not seat["core"] and seat["key"] != "heir"]
    wanted = firm["size"] - sum(seat["core"] for seat in own) - (firm["style"] == "family")
    chosen = set(account.rng.sample(extra, max(0, min(wanted, len(extra)))))
    return [seat for seat in own if seat["core"] or seat["key"] in chosen or seat["key"] == "heir"]


def _figure(account: Account, seat: dict[str, Any], family: str, parent: Figure | None) -> Figure:
    rng, key = account.rng, seat["key"]
    gender = "female" if rng.random() < _WOMEN.get(key, 0.36) else "male"
    given = account.namer.fresh_given(account.language, gender, family, rng)
    low, high = seat["age"]
    age = rng.randint(low, high)
    if parent:
        age = min(age, _age(parent.born) - 25)
    born = date(TODAY.year - age, 1, 1) + timedelta(days=rng.randint(0, 326))
    surname = feminine(family, account.language) if gender == "female" else family
    presence = "known"
    if key in {"legal", "warehouse", "quality"} and rng.random() < 0.35:
        presence = rng.choice(("function_only", "function_only", "vacant"))
    identity = f"person-{account.stem}-{slug(surname)}"
    identity = f"{identity}-{slug(given)}" if account.tables.has(identity) else identity
    title = source("positions")["titles"].get(account.firm["style"], {}).get(key, (seat["en"], seat["ru"]))
    return Figure(
        id=identity if presence == "known" else f"person-{account.stem}-seat-{key}",
        name=given,
        given=given,
        family=family,
        gender=gender,
        language=account.language,
        born=born,
        seat=key,
        unit=seat["unit"],
        level=seat["level"],
        title=title[1 if account.is_russian else 0],
        since=rng.randint(min(2025, max(born.year + 23, account.firm["founded"] + 1, 2002)), 2025),
        presence=presence,
        graduated=born.year + rng.choice((22, 23, 23, 24)),
    )


def _age(born: date) -> int:
    return TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))


def written_name(figure: Figure, middle: str | None) -> dict[str, str | None]:
    """The columns of the name: family name first where that is the custom."""
    surname = feminine(figure.family, figure.language) if figure.gender == "female" else figure.family
    cyrillic = figure.language in {"ru", "kz"}
    full = " ".join(part for part in ((surname, figure.given, middle) if cyrillic else (figure.given, surname)) if part)
    return {
        "name": full,
        "given_name": figure.given,
        "patronymic": middle,
        "family_name": surname,
        "latin_name": f"{latin(figure.given)} {latin(surname)}" if cyrillic else None,
    }


def known_birth(account: Account, born: date) -> str | None:
    """The birth date as far as a team would know it: whole, the year, day and month, about, or not at all."""
    luck = account.rng.random()
    if luck < 0.5:
        return born.isoformat()
    if luck < 0.65:
        return born.isoformat()[4:].replace("-", "--", 1)
    return f"{born.year}" if luck < 0.78 else f"~{born.year}" if luck < 0.86 else None


def _person(account: Account, figure: Figure, father: str | None) -> None:
    rng = account.rng
    status = "state_owned" if account.firm["style"] == "public" else "private" if rng.random() < 0.8 else "unknown"
    if not figure.is_known:
        figure.name = account.texts[figure.presence].format(title=figure.title)
        account.tables.add(
            "people",
            {
                "id": figure.id,
                "name": figure.name,
                "gender": "unknown",
                "presence": figure.presence,
                "status": "active",
            },
        )
        return
    father = father or account.namer.given(account.language, "male", rng)
    cells = written_name(figure, patronymic(father, figure.gender, account.language))
    figure.name = cells["name"] or ""
    language = {"kz": "ru"}.get(account.language, account.language)
    account.tables.add(
        "people",
        {
            "id": figure.id,
            **cells,
            "gender": figure.gender,
            "language": language,
            "presence": "known",
            "status": "active",
            "official_status": status,
            "email": f"{slug(figure.given)[0]}.{slug(cells['family_name'] or '')}@{account.stem}.example",
            "phone": f"+000 {rng.randint(100, 999)} 00 {rng.randint(10, 99)}" if rng.random() < 0.6 else None,
            "preferred_channel": rng.choice(("phone", "email", "email", "messenger", "in_person", None)),
            "birth_date": known_birth(account, figure.born),
            "home_city": account.firm["city"] if rng.random() < 0.4 else None,
            **_features(account, figure),
        },
    )


def _features(account: Account, figure: Figure) -> dict[str, Any]:
    """Features of C2.2; fewer of them the lower the seat, as a real team would know."""
    rng, texts, group = account.rng, account.texts, unit_group(figure.unit)
    depth = {1: 0.85, 2: 0.75, 3: 0.55, 4: 0.4}[figure.level]
    orientation = rng.choice(
        {"technical": ("technical", "technical", "business"), "finance": ("financial", "financial", "business")}.get(
            group, ("business", "relationship", "financial", "technical")
        )
    )
    told = {
        "career": rng.choice(texts["career"]).format(
            since=figure.since, years=max(1, min(20, figure.since - figure.graduated)), city=account.firm["city"]
        ),
        "expertise": rng.sample(texts["expertise"][group], rng.randint(1, 2)),
        "achievements": rng.choice(texts["achievements"]),
        "work_style": rng.choice(texts["work_style"][orientation]),
        "decision_orientation": orientation,
        "adaptability": rng.choice(("innovator", "visionary", "pragmatist", "pragmatist", "conservative", "laggard")),
        **{
            key: rng.choice(texts[key]) for key in ("temperament", "values", "communication_style", "likes", "dislikes")
        },
    }
    return {key: value for key, value in told.items() if rng.random() < depth}


def _job(account: Account, figure: Figure) -> None:
    rng = account.rng
    since = str(figure.since) if rng.random() < 0.6 else f"{figure.since}-{rng.randint(1, 12):02d}"
    account.tables.add(
        "works_at",
        {
            "person_id": figure.id,
            "organization_id": account.id,
            "title": figure.title,
            "level": figure.level if rng.random() < 0.96 or figure.level < 3 else None,
            "since": (since if rng.random() < 0.85 else f"~{figure.since}") if figure.is_known else None,
            **account.provenance("job"),
        },
    )
    account.tables.add(
        "belongs_to",
        {"person_id": figure.id, "unit_id": f"unit-{account.stem}-{figure.unit}", **account.provenance("job")},
    )


def _line(account: Account, seat: dict[str, Any]) -> None:
    figure, boss = account.figures[seat["key"]], account.figures.get(seat.get("boss", ""))
    if boss:
        account.tables.add(
            "reports_to", {"person_id": figure.id, "boss_id": boss.id, "line": "solid", **account.provenance("job")}
        )
    second = account.figures.get({"quality": "cto", "project": "head"}.get(seat["key"], ""))
    if second:
        account.tables.add(
            "reports_to", {"person_id": figure.id, "boss_id": second.id, "line": "dotted", **account.provenance("job")}
        )
