"""Whom to congratulate and how (C3.1-C3.4): who must not be, in which tone, by which channel, in which words.

Nothing here knows a language: texts come as data, with named fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from string import Formatter
from typing import Literal

from graphcrm.domain.occasions import fits_profession

Tone = Literal["formal", "friendly", "cordial"]
TONES: Mapping[str, Tone] = {"credible_source": "friendly", "problem_solver": "friendly", "trusted_advisor": "cordial"}
"""Relationship level -> tone; a vendor, and a level that is not known, ask for the formal one."""
SENT_BEFORE_DAYS = 14
SENT_AFTER_DAYS = 30
"""A congratulation recorded without the key of its occasion counts for a date that lies so near."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who may be congratulated.

    Attributes:
        gender: "male", "female", or None where it is not known.
        status: code of ``person_status``. unwanted: asked not to be congratulated. mourning_until: its last day.
        address: e-mail. channel: the preferred one, a code of ``channel``.
    """

    id: str
    name: str
    given_name: str | None = None
    patronymic: str | None = None
    family_name: str | None = None
    gender: str | None = None
    language: str | None = None
    status: str | None = None
    unwanted: bool = False
    mourning_until: date | None = None
    address: str | None = None
    phone: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """Whom a day is for.

    Attributes:
        greeting: key of the texts; None: nobody is congratulated on it.
        person_id: whose own day it is; None for a day of a firm, a trade or a country.
        gender: of those whom it is for; None: of all. professions: beginnings of words in their job titles.
    """

    greeting: str | None
    person_id: str | None = None
    gender: str | None = None
    professions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What decides which days are somebody's. ``gender``: None where it is not known; ``titles``: of their jobs.

    Faith is not among it, on purpose: it is neither asked nor guessed.
    """

    id: str
    gender: str | None = None
    titles: tuple[str, ...] = ()


def is_for(day: Observed, person: Known) -> bool:
    """Whether somebody is congratulated on a day: the rule for congratulations, gifts, plans and events alike.

    A day of their own is theirs. A day for men, for women or for a profession is nobody's of whom that is not known.
    """
    if day.person_id is not None:
        return day.person_id == person.id
    fits = not day.professions or fits_profession(day.professions, person.titles)
    return day.greeting is not None and fits and day.gender in (None, person.gender)


@dataclass(frozen=True, slots=True)
class Sent:
    """A congratulation that was recorded.

    Attributes:
        occasion: key of the occasion (``CalendarEntry.id``) or None. date_ids: useful dates that it is tied to.
        status: code of ``action_status``. text_key: see :attr:`Draft.key`.
    """

    id: str
    person_id: str
    kind: str
    status: str
    on: date | None
    occasion: str | None = None
    date_ids: tuple[str, ...] = ()
    text_key: str | None = None
    text: str | None = None
    by: str | None = None

    @property
    def done(self) -> bool:
        """Whether it has been sent."""
        return self.status == "done"


@dataclass(frozen=True, slots=True)
class Draft:
    """One text. ``key``: greeting, opening and wish, such as ``birthday.0.2``."""

    key: str
    subject: str
    body: str


def refusal(person: Recipient, on: date) -> str | None:
    """Why this person must not be congratulated on a day: the code of a sentence; None when nothing speaks against it.

    Somebody who died is never congratulated, nor is who has left, asked not to be, or mourns.
    """
    if person.status in ("deceased", "left", "retired"):
        return f"congratulate_{person.status}"
    if person.unwanted:
        return "congratulate_unwanted"
    if person.mourning_until is not None and on <= person.mourning_until:
        return "congratulate_mourning"
    return None


def tone_of(level: str | None) -> Tone:
    """The tone for a level of relation."""
    return TONES.get(level or "", "formal")


def channel_of(person: Recipient, tone: Tone) -> tuple[str, str]:
    """(code of ``channel``, code of the sentence that says why): the preferred one, else what the tone asks for."""
    if person.channel:
        return person.channel, "channel_preferred"
    if tone == "cordial" and person.phone:
        return "phone", "channel_close"
    if person.address:
        return "email", "channel_address_known"
    if person.phone:
        return "phone", "channel_only_phone"
    return "letter", "channel_nothing_known"


def counts_as_sent(sent: Sent, occasion: str, date_id: str | None, on: date) -> bool:
    """Whether a recorded congratulation is the one for an occasion that falls on a day."""
    if sent.occasion:
        return sent.occasion == occasion
    if date_id is None or date_id not in sent.date_ids or sent.on is None:
        return False
    return on - timedelta(days=SENT_BEFORE_DAYS) <= sent.on <= on + timedelta(days=SENT_AFTER_DAYS)


def order_of_texts(
    greeting: str, openings: int, wishes: int, history: Sequence[Sent], turn: int = 0
) -> list[tuple[int, int]]:
    """Pairs of an opening and a wish, the freshest first.

    Pairs that were never used come first, and among equals those whose opening and wish were used longest ago; so no
    pair comes twice in a row.

    Args:
        history: what was sent to the person, the oldest first.
        turn: where to begin among pairs that are equally fresh, so that colleagues do not all get the same.
    """
    keys = [sent.text_key for sent in history if sent.text_key]
    used = {(name, int(one), int(two)): place for place, (name, one, two) in enumerate(_parts(keys))}
    openings_at = {one: place for (name, one, _two), place in used.items() if name == greeting}
    wishes_at = {two: place for (_name, _one, two), place in used.items()}
    pairs = [(one, (one + step) % wishes) for step in range(wishes) for one in range(openings)]
    start = turn % len(pairs) if pairs else 0
    pairs = list(dict.fromkeys(pairs[start:] + pairs[:start]))

    def staleness(pair: tuple[int, int]) -> tuple[int, int, int, int]:
        opening, wish = openings_at.get(pair[0], -1), wishes_at.get(pair[1], -1)
        return used.get((greeting, *pair), -1), opening, wish, pairs.index(pair)

    return sorted(pairs, key=staleness)


def _parts(keys: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    for key in keys:
        parts = key.split(".")
        if len(parts) == 3 and parts[1].isdigit() and parts[2].isdigit():
            yield parts[0], parts[1], parts[2]


def fill(text: str, fields: Mapping[str, str | None]) -> str | None:
    """The text with its fields; None when one of them is not known. Values are put in as they are, never read again."""
    parts = []
    for literal, name, _form, _conversion in Formatter().parse(text):
        parts.append(literal)
        if name is not None:
            value = fields.get(name)
            if not value:
                return None
            parts.append(value)
    return "".join(parts)


def drafts(
    greeting: str,
    texts: tuple[Sequence[str], Sequence[str]],
    frame: tuple[str, str, str],
    fields: Mapping[str, str | None],
    *,
    history: Sequence[Sent] = (),
    turn: int = 0,
) -> list[Draft]:
    """Every text that can be written with what is known, the freshest first; none that was sent to them before.

    Args:
        texts: openings and wishes. frame: subject, salutation and what stands below.
        fields: see ``congratulations.yaml``. turn: as of :func:`order_of_texts`.
    """
    before = {sent.text.strip() for sent in history if sent.text}
    subject, salutation, ending = frame
    found = []
    for opening, wish in order_of_texts(greeting, len(texts[0]), len(texts[1]), history, turn):
        words = [fill(texts[0][opening], fields), fill(texts[1][wish], fields)]
        if None in words:
            continue
        middle = " ".join(word for word in words if word)
        body = "\n\n".join(part for part in (salutation, middle, ending) if part)
        if body.strip() not in before:
            found.append(Draft(f"{greeting}.{opening}.{wish}", subject, body))
    return found
