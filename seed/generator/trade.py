"""Products, two years of purchases with deliveries and invoices (A2, A3), and places on the map."""

from __future__ import annotations

from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from random import Random
from typing import Any

from generator.account import Account
from generator.source import TODAY, source

_HOME = (45.28, 19.79)
_EU = {"DE", "PL", "IT", "CZ", "FI", "NL", "RO", "SE", "AT", "ES"}
_EAEU = {"RU", "KZ"}
_PACKAGING = {"Electronics": "Shock indicator, antistatic bags", "Bearings": "Oiled paper, dry box"}


def region_zone(region_id: str) -> str:
    """The time zone of a region."""
    return next(one["time_zone"] for one in source("firms")["regions"] if one["id"] == region_id)


def road_km(lat: float, lon: float) -> int:
    """About the way by road from our works in km: the great circle and a quarter more."""
    lat1, lon1, lat2, lon2 = map(radians, (*_HOME, lat, lon))
    arc = 2 * asin(sqrt(sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2))
    return round(6371 * arc * 1.25)


def products_for(industry: str) -> list[list[Any]]:
    """The rows of the catalogue that an industry buys."""
    rows = source("catalogue")["products"]
    return [row for row in rows if row[5] == "*" or industry in row[5].split()]


def add_products(tables: Any) -> None:
    """The catalogue."""
    for stem, name, group, unit, price, _ in source("catalogue")["products"]:
        row = {"id": f"product-{stem}", "name": name, "group": group, "unit": unit}
        tables.add("products", {**row, "list_price": float(price), "currency": "EUR"})


def add_trade(account: Account) -> None:
    """Two years of purchases, each with its delivery (none for services) and its invoice."""
    rng = Random(f"kolovar/trade/{account.id}")
    count = account.firm["rate"]
    if not count:
        return
    favourites = rng.sample(products_for(account.firm["industry"]), min(14, 8 + count // 25))
    terms = rng.choice((14, 30, 30, 45, 60))
    habits = {"discount": rng.choice((3, 5, 8, 10, 12)), "terms": terms, "late": (9 - account.firm["mood"]) * 4}
    days = sorted(_days(account.firm, rng, count))
    for number, day in enumerate(days, 1):
        product = favourites[min(int(rng.random() ** 1.7 * len(favourites)), len(favourites) - 1)]
        _purchase(account, rng, (number, day, product), habits)


def _days(firm: dict[str, Any], rng: Random, count: int) -> list[date]:
    """Purchase days. A client at risk buys less and less."""
    span, bend = 728, 1.35 if firm["stage"] == "at_risk" else 0.95
    last = TODAY - timedelta(days=70 if firm["stage"] == "at_risk" else 4)
    days = []
    for _ in range(count):
        day = last - timedelta(days=int(span * (1 - rng.random() ** bend)))
        days.append(day - timedelta(days=max(0, day.weekday() - 4)))
    return days


def _purchase(account: Account, rng: Random, what: tuple[int, date, list[Any]], habits: dict[str, Any]) -> None:
    number, day, (stem, _name, group, _unit, price, _industries) = what
    quantity = max(1, round(rng.choice((1, 1, 2, 3, 4, 6)) * (1 if price > 2000 else 4 if price > 200 else 15)))
    if group == "Services":
        quantity = rng.randint(1, 4)
    discount = max(0, habits["discount"] + rng.choice((-2, 0, 0, 0, 2)))
    listed = price * (0.96 if day.year == 2024 else 0.98 if day.year == 2025 else 1)
    unit_price = round(listed * (1 - discount / 100), 2)
    purchase = f"purchase-{account.stem}-{number:03d}"
    account.tables.add(
        "purchases",
        {
            "id": purchase,
            "date": day,
            "quantity": quantity,
            "unit_price": unit_price,
            "currency": "EUR",
            "discount": discount,
            "payment_terms_days": habits["terms"],
            "client_id": account.id,
            "product_id": f"product-{stem}",
        },
    )
    shipped = min(day + timedelta(days=rng.randint(3, 32)), TODAY + timedelta(days=20))
    if group != "Services":
        _delivery(account, rng, (number, shipped, quantity * unit_price), group)
    if shipped <= TODAY:
        _invoice(account, rng, (number, shipped, round(quantity * unit_price, 2)), habits)


def _delivery(account: Account, rng: Random, what: tuple[int, date, float], group: str) -> None:
    firm, (number, day, worth) = account.firm, what
    distance = road_km(firm["lat"], firm["lon"])
    pickup = distance < 250 and rng.random() < 0.4
    mode = "road" if distance < 2600 else rng.choice(("road", "rail", "multimodal"))
    if firm["country"] in {"TR", "FI", "SE"}:
        mode = rng.choice(("road", "multimodal", "sea"))
    if worth < 800 and distance > 900 and rng.random() < 0.2:
        mode = "air"
    carriers = [one for one in source("partners")["partners"] if one.get("carrier") and firm["lang"] in one["serves"]]
    cost = 40 + distance * rng.uniform(0.12, 0.3) + worth * rng.uniform(0.005, 0.02)
    heavy = group in {"Gear units", "Pumps"} and worth > 6000
    account.tables.add(
        "deliveries",
        {
            "id": f"delivery-{account.stem}-{number:03d}",
            "date": day,
            "mode": "pickup" if pickup else "delivery",
            "transport": mode,
            "distance_km": distance,
            "cost": 0 if pickup else round(cost * (2.2 if mode == "air" else 1), 2),
            "currency": "EUR",
            "customs": _customs(firm["country"]),
            "packaging": "Wooden case, vapour barrier film" if heavy else _PACKAGING.get(group),
            "purchase_id": f"purchase-{account.stem}-{number:03d}",
            "site_id": f"site-{account.stem}-{_site(account, rng)}",
            "carrier_id": None if pickup or not carriers else rng.choice(carriers)["id"],
        },
    )


def _site(account: Account, rng: Random) -> str:
    store = account.tables.has(f"site-{account.stem}-warehouse")
    return "warehouse" if store and rng.random() < 0.6 else "plant"


def _customs(country: str) -> str | None:
    if country in _EU:
        return "Export declaration, transit T1, proof of origin EUR.1"
    if country in _EAEU:
        return "Export declaration, certificate of origin for the free trade agreement"
    return "Export declaration, proof of origin" if country == "TR" else None


def _invoice(account: Account, rng: Random, what: tuple[int, date, float], habits: dict[str, Any]) -> None:
    number, issued, amount = what
    due = issued + timedelta(days=habits["terms"])
    delay = int(rng.triangular(-6, habits["late"] * 2 + 6, habits["late"] / 3))
    paid = due + timedelta(days=delay)
    account.tables.add(
        "invoices",
        {
            "id": f"invoice-{account.stem}-{number:03d}",
            "amount": amount,
            "currency": "EUR",
            "issued": issued,
            "due": due,
            "paid": max(paid, issued) if paid < TODAY else None,
            "purchase_id": f"purchase-{account.stem}-{number:03d}",
        },
    )
