"""Banks, insurers, carriers, advisers, owners, competitors; whom we know there; who works with whom."""

from __future__ import annotations

from random import Random
from typing import Any

from generator.account import Account, Figure, day_between
from generator.naming import Namer, patronymic, slug
from generator.numbers import check_bic, make_iban, make_inn, make_vat
from generator.people import written_name
from generator.source import TODAY, source
from generator.table import Tables

_INDUSTRY = {
    "bank": "K",
    "insurer": "K",
    "carrier": "H",
    "adviser": "M",
    "distributor": "G",
    "owner": "K",
    "supplier": "C24",
    "buyer": "G",
}


def add_partners(tables: Tables, namer: Namer) -> list[Figure]:
    """All partner organisations and competitors, with their people; returns the people."""
    people: list[Figure] = []
    for number, partner in enumerate(source("partners")["partners"], 40):
        rng = Random(f"kolovar/{partner['id']}")
        tables.add("organizations", _organization(partner, number, "partner", _INDUSTRY[partner["kind"]]))
        surnames = namer.surnames(partner["lang"], rng)
        theirs = [_contact(tables, namer, partner, (rng, surnames.pop(), turn)) for turn in range(partner["people"])]
        people += theirs
        if "held_by_first" in partner:
            _holder(tables, theirs[0], partner)
    for number, rival in enumerate(source("partners")["competitors"], 90):
        tables.add("organizations", _organization(rival, number, "competitor", "C28"))
    return people


def _organization(partner: dict[str, Any], number: int, kind: str, industry: str) -> dict[str, Any]:
    stem = partner["id"].split("-", 1)[1]
    return {
        "id": partner["id"],
        "name": partner["name"],
        "kinds": kind,
        "industry": industry,
        "country": partner["country"],
        "city": partner["city"],
        "inn": make_inn(number * 11 + 3) if partner["country"] == "RU" else None,
        "vat": make_vat(partner["country"], number),
        "bic": check_bic(partner["bic"]) if "bic" in partner else None,
        "iban": make_iban(partner["country"], number) if partner.get("kind") == "carrier" else None,
        "website": f"https://{stem}.example",
        "official_status": "private",
    }


def _contact(tables: Tables, namer: Namer, partner: dict[str, Any], draw: tuple[Random, str, int]) -> Figure:
    rng, family, turn = draw
    language, stem = partner["lang"], partner["id"].split("-", 1)[1]
    gender = rng.choice(("female", "male"))
    given = namer.fresh_given(language, gender, family, rng)
    figure = Figure(
        id=f"person-{stem}-{slug(family)}",
        name="",
        given=given,
        family=family,
        gender=gender,
        language=language,
        born=day_between(rng, TODAY.replace(year=1966), TODAY.replace(year=1990)),
        level=2 + turn,
        seat=partner["id"],
        since=rng.randint(2014, 2023),
    )
    cells = written_name(figure, patronymic(namer.given(language, "male", rng), gender, language))
    figure.name = cells["name"] or ""
    titles = source("catalogue")["partner_seats"][partner["kind"]]
    spoken = {"kz": "ru"}.get(language, language)
    tables.add(
        "people",
        {
            "id": figure.id,
            **cells,
            "gender": gender,
            "language": spoken,
            "presence": "known",
            "status": "active",
            "official_status": "private",
            "email": f"{slug(given)[0]}.{slug(cells['family_name'] or '')}@{stem}.example",
            "birth_date": str(figure.born.year) if rng.random() < 0.4 else None,
        },
    )
    job = {"person_id": figure.id, "organization_id": partner["id"], "title": titles[language in {"ru", "kz"}]}
    known = {"since": str(figure.since), "level": figure.level, "confidence": 0.8, "last_verified_at": "2026-03-02"}
    tables.add("works_at", {**job, **known})
    return figure


def _holder(tables: Tables, person: Figure, partner: dict[str, Any]) -> None:
    """Who owns a holding, and over it several clients; the share may be unknown."""
    row = {"owner_id": person.id, "organization_id": partner["id"], "percent": partner["held_by_first"]}
    tables.add("owns", {**row, "confidence": 0.6, "last_verified_at": "2026-03-02"})


def add_partner_links(account: Account, people: list[Figure]) -> None:
    """Which partners the client works with, who owns it, who of them sits on its board, and who knows whom."""
    rng, language = Random(f"kolovar/partners/{account.id}"), account.language
    if account.special == "nobody":
        return
    chosen = [one for one in source("partners")["partners"] if language in one["serves"] and one["kind"] != "owner"]
    chosen = [one for one in chosen if rng.random() < 0.8 or one["kind"] == "bank"]
    rivals = [one for one in source("partners")["competitors"] if language in one["serves"]]
    for partner in chosen:
        share = rng.choice((10, 15, 20, 30, 45, 60)) if rng.random() < 0.5 else None
        _link(account, partner["id"], partner["kind"], share, rng)
    for rival in rng.sample(rivals, min(len(rivals), 1 + (rng.random() < 0.4))):
        _link(account, rival["id"], "supplier", rng.choice((10, 20, 25, 35, 40)), rng)
    _owners(account, rng)
    _bridges(account, [one for one in people if one.seat in {partner["id"] for partner in chosen}], rng)


def _link(account: Account, partner_id: str, kind: str, share: int | None, rng: Random) -> None:
    row = {"organization_id": account.id, "partner_id": partner_id, "kind": kind, "share": share}
    account.tables.add("partners", {**row, "since": str(rng.randint(2006, 2025)), **account.provenance("links")})


def _owners(account: Account, rng: Random) -> None:
    head = account.figures.get("head")
    if account.firm["style"] == "family" and head:
        percent = rng.choice((51, 67, 75, 100))
        account.tables.add(
            "owns",
            {"owner_id": head.id, "organization_id": account.id, "percent": percent, **account.provenance("links")},
        )
        heir = account.figures.get("heir")
        if heir and percent < 100:
            account.tables.add(
                "owns",
                {"owner_id": heir.id, "organization_id": account.id, "percent": 10, **account.provenance("links")},
            )
        return
    owners = [
        one for one in source("partners")["partners"] if one["kind"] == "owner" and account.language in one["serves"]
    ]
    if owners and account.firm["style"] == "plant":
        row = {"owner_id": owners[0]["id"], "organization_id": account.id, "percent": rng.choice((26, 40, 51, 74))}
        account.tables.add("owns", {**row, **account.provenance("links")})


def _bridges(account: Account, people: list[Figure], rng: Random) -> None:
    """Partners' people who know somebody at the client; one of them may sit on its board, one may sway its head."""
    targets = [figure for figure in account.known() if figure.level <= 3]
    if not targets or not people:
        return
    for person in rng.sample(people, min(len(people), 3)):
        known = rng.choice(targets)
        row = {"person_id": person.id, "other_id": known.id, "strength": rng.randint(2, 8)}
        context = rng.choice(account.texts["knows"])
        account.tables.add("knows", {**row, "context": context, **account.provenance()})
    seated = people[0]
    if rng.random() < 0.5:
        row = {
            "person_id": seated.id,
            "organization_id": account.id,
            "body": "supervisory_board",
            "since": str(rng.randint(2017, 2024)),
        }
        account.tables.add("sits_on", {**row, **account.provenance()})
    head = account.figures.get("head")
    if head and rng.random() < 0.5:
        row = {"person_id": seated.id, "influenced_id": head.id, "strength": rng.randint(3, 6), "basis": "reputation"}
        account.tables.add("influences", {**row, **account.provenance()})
