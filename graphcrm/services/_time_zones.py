"""The time zone of a place that has none recorded: by its city, else by its country. Shared; not a service itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import get_global

MAIN_ZONES: Mapping[str, str] = {"DE": "Europe/Berlin", "ES": "Europe/Madrid", "PT": "Europe/Lisbon"}
"""Where a second zone is an exclave or islands, the mainland's is taken."""


def zone_of(recorded: str | None, city: str | None, country: str | None) -> str | None:
    """The IANA name: as recorded, else that named after the city, else the country's if it has just one.

    None where a country has several zones and the city does not tell.
    """
    if recorded or not country:
        return recorded
    zones = _zones().get(country, {})
    named = zones.get((city or "").casefold())
    return named or MAIN_ZONES.get(country) or (next(iter(zones.values())) if len(set(zones.values())) == 1 else None)


@cache
def _zones() -> Mapping[str, Mapping[str, str]]:
    """Country -> city in small letters, in English and Russian -> zone; by the Unicode tables."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for zone, country in get_global("zone_territories").items():
        if "/" not in zone:
            continue
        for code in ("en", "ru"):
            named = Locale(code).time_zones.get(zone, {}).get("city")
            found[country][(named or zone.rpartition("/")[2].replace("_", " ")).casefold()] = zone
    return found
