"""What is known of a person that a gift can fit: interests and the occasion, as words of the catalogue. Shared."""

from __future__ import annotations

from collections.abc import Iterable

from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import language
from graphcrm.queries.gifts import GiftOccasion
from graphcrm.queries.goodwill_plan import GoodwillWishes
from graphcrm.services._calendar import CalendarEntry
from graphcrm.services._sensitivity import tie_visible
from graphcrm.vocabulary.goodwill import goodwill_catalogue


def known_words(
    interests: Iterable[tuple[str, str | None]], occasion: GiftOccasion | None
) -> dict[str, tuple[str, ...]]:
    """Name as it is told -> the words by which the catalogue may know it."""
    found = {(ru if language() == "ru" and ru else en): tuple(one for one in (en, ru) if one) for en, ru in interests}
    if occasion is not None:
        names = goodwill_catalogue().occasions
        told = occasion.name.casefold()
        words = set(names.get(occasion.kind, ()))
        words.update(word for synonyms in names.values() for word in synonyms if any(one in told for one in synonyms))
        found[occasion.name] = tuple(sorted({occasion.name, *words}))
    return found


def open_interests(viewer: Viewer, row: GoodwillWishes) -> tuple[tuple[str, str | None], ...]:
    """(English, Russian) names of the interests that the viewer may know of and that may be used."""
    return tuple(
        (one["name"], one["name_ru"]) for one in row.interests
        if (one["use"] or "open") == "open" and tie_visible(viewer, "INTERESTED_IN", one["sensitivity"])
    )  # fmt: skip


def gift_occasion(entry: CalendarEntry) -> GiftOccasion:
    """An occasion of the calendar as rules and ranking see it; one that is not stored has the calendar's id."""
    day, own = entry.when.on.isoformat(), entry.person_id is not None
    return GiftOccasion(entry.date_id or entry.id, entry.occasion, entry.kind, day, True, own)
