"""Part A's standing data of a client: requisites, units, sites, finances, plans, sources."""

from __future__ import annotations

from datetime import date, timedelta

from generator.account import Account, day_between
from generator.naming import slug
from generator.numbers import make_iban, make_inn, make_vat
from generator.source import TODAY, source
from generator.trade import region_zone

_STATE = {"public": "state_owned"}


def add_client(account: Account, number: int) -> None:
    """The client itself and everything about it that needs no person."""
    _organization(account, number)
    _sources(account)
    _sites(account)
    if account.special == "nobody":
        _financials(account, years=3)
        return
    _units(account)
    _financials(account, years=account.rng.randint(3, 5))
    _plans(account)


def _organization(account: Account, number: int) -> None:
    firm, poor = account.firm, account.special == "nobody"
    bank = _bank(account)
    row = {
        "id": firm["id"],
        "name": firm["name"],
        "legal_name": firm["legal_name"],
        "kinds": "client",
        "latitude": firm["lat"],
        "longitude": firm["lon"],
        "time_zone": region_zone(firm["region"]),
        "inn": make_inn(number * 11 + 3) if firm["country"] == "RU" else None,
        "vat": None if poor else make_vat(firm["country"], number),
        "registry_number": f"{number:02d}{firm['founded']}00{number:03d}",
        "website": f"https://{account.stem}.example",
        "market_share": None if poor else firm["share"],
        "industry_rank": firm["rank"],
        "official_status": _STATE.get(firm["style"], "private"),
        "region_id": firm["region"],
        **{key: firm[key] for key in ("stage", "industry", "country", "city", "address", "founded", "employees")},
    }
    if not poor:
        row |= {"bank_name": bank["name"], "bic": bank["bic"], "iban": make_iban(firm["country"], number)}
        row["org_system"] = account.texts["org_system"][firm["style"]]
    account.tables.add("organizations", row)


def _bank(account: Account) -> dict:
    banks = [one for one in source("partners")["partners"] if one["kind"] == "bank"]
    own = [one for one in banks if account.language in one["serves"]]
    return (own or banks)[0]


def _sources(account: Account) -> None:
    rng, words = account.rng, account.texts["sources"]
    kinds = {"register": ("register", 0.95), "site": ("web", 0.85), "talk": ("conversation", 0.8)}
    kinds |= {"visit": ("observation", 0.75), "partner": ("partner", 0.5), "press": ("press", 0.55)}
    for kind, (code, reliability) in kinds.items():
        for turn in range(2 if kind == "talk" else 1):
            first = TODAY - timedelta(days=640 if turn == 0 else 150)
            day = day_between(rng, first, TODAY - timedelta(days=20 if turn else 170))
            identity = f"source-{account.stem}-{kind}" + ("-2" if turn else "")
            name = words[kind].format(firm=account.firm["name"], name=account.firm["name"])
            account.tables.add(
                "sources",
                {
                    "id": identity,
                    "name": f"{name}, {day.isoformat()}",
                    "kind": code,
                    "date": day,
                    "reliability": reliability,
                    "url": f"https://{account.stem}.example/team" if kind == "site" else None,
                },
            )
            account.sources.append((identity, kind, day))


def _sites(account: Account) -> None:
    firm, rng, russian = account.firm, account.rng, account.is_russian
    names = {
        "head_office": ("Head office", "Головной офис"),
        "plant": ("Works", "Производственная площадка"),
        "warehouse": ("Spare parts store", "Склад запасных частей"),
    }
    needs = ("Lorry with tail lift, gate opens at 6", "Crane on site, 8 t", "No articulated lorries", None)
    needs_ru = ("Машина с гидробортом, ворота с 6 часов", "Есть кран 8 т", "Без полуприцепов", None)
    for kind, (english, russian_name) in names.items():
        if kind == "warehouse" and account.chance(0.3):
            continue
        offset = 0 if kind == "head_office" else 0.05
        account.tables.add(
            "sites",
            {
                "id": f"site-{account.stem}-{slug(kind)}",
                "name": f"{firm['name']}: {russian_name if russian else english}",
                "kind": kind,
                "country": firm["country"],
                "city": firm["city"],
                "address": firm["address"] if kind == "head_office" else None,
                "latitude": round(firm["lat"] + offset * rng.uniform(-1, 1), 4),
                "longitude": round(firm["lon"] + offset * rng.uniform(-1, 1), 4),
                "vehicle_needs": rng.choice(needs_ru if russian else needs) if kind != "head_office" else None,
                "organization_id": firm["id"],
                "region_id": firm["region"],
            },
        )


def _units(account: Account) -> None:
    for unit in source("positions")["units"]:
        parent = unit.get("part_of")
        account.tables.add(
            "units",
            {
                "id": f"unit-{account.stem}-{unit['key']}",
                "name": account.word(unit),
                "kind": unit["kind"],
                "part_of_id": f"unit-{account.stem}-{parent}" if parent else account.id,
            },
        )


def _financials(account: Account, years: int) -> None:
    firm, rng = account.firm, account.rng
    revenue, margin = firm["revenue"] * 0.8, rng.uniform(0.02, 0.09)
    for year in range(2026 - years, 2026):
        revenue *= rng.uniform(0.95, 1.14)
        margin = max(-0.03, margin + rng.uniform(-0.025, 0.02))
        account.tables.add(
            "financials",
            {
                "id": f"financials-{account.stem}-{year}",
                "year": year,
                "currency": firm["currency"],
                "revenue": round(revenue, -5),
                "profit": round(revenue * margin, -4),
                "rating": "A" if margin > 0.07 else "BBB" if margin > 0.035 else "BB" if margin > 0 else "B",
                "credit_limit": None if account.special == "nobody" else round(revenue * 0.002, -4),
                "organization_id": firm["id"],
            },
        )


def _plans(account: Account) -> None:
    rng, texts = account.rng, account.texts
    kinds = rng.sample(["growth", "reorganisation", "cost_cutting"], 1 + account.chance(0.6))
    for turn, kind in enumerate(["investment", *kinds, *(["exit"] if account.chance(0.15) else [])]):
        verified = day_between(rng, date(2025, 1, 10), TODAY - timedelta(days=8))
        account.tables.add(
            "plans",
            {
                "id": f"plan-{account.stem}-{turn + 1}",
                "name": rng.choice(texts["plans"][kind]).format(city=account.firm["city"]),
                "kind": kind,
                "horizon": rng.choice(("2027", "2027-06", "~2028", "2029", "2026-12")),
                "description": rng.choice(texts["plan_words"]),
                "confidence": rng.choice((0.4, 0.5, 0.6, 0.7, 0.8, 0.9)),
                "last_verified_at": verified if account.chance(0.85) else None,
                "client_id": account.id,
            },
        )
