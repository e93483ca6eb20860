"""Names of people taken apart and compared: scripts, initials, patronymics, order, short names, typing errors.

A word is compared by its *key* (:func:`key`): rough Latin letters without marks, in which all usual romanisations of
one Cyrillic name meet. Two keys are *alike* when one typing error (Damerau, restricted) parts them; pairs of alike
words always share one of :func:`near_keys`, which is what blocking rests on (deletion neighbourhoods: Mor and
Fraenkel 1982; Bocek, Hunt and Stiller 2007).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

from rapidfuzz.distance import OSA

from graphcrm.domain import duplicates_words as words
from graphcrm.domain.name_search import folded

AGREES_FROM = 0.4
"""Least strength of names that agree: a surname with one initial, a typing error allowed."""
Part = Literal["same", "short", "alike", "initial", "differs", "unknown"]
SHORTEST_ALIKE = 5
"""Keys shorter than this must be equal: in a short word one letter makes another name."""
_SPELLINGS = (("shh", "s"), ("tch", "c"), ("chr", "kr"), ("ch", "c"), ("ck", "k"), ("ou", "u"), ("th", "t"),
              ("cz", "c"), ("sz", "s"), ("ae", "a"), ("oe", "o"), ("ue", "u"))  # fmt: skip
_WORDS = re.compile(r"[^\W\d_]+(?:['’ʼ`-][^\W\d_]+)*\.?")


def plain(text: str) -> str:
    """NFKC, without marks of direction and other invisible characters, in lower case."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join(char for char in composed if unicodedata.category(char) not in ("Cf", "Cc")).casefold()


@lru_cache(maxsize=200_000)
def key(word: str) -> str:
    """The key of one word; "" when nothing of it is left."""
    text = folded(word).replace(" ", "")
    for spelling, one in _SPELLINGS:
        text = text.replace(spelling, one)
    text = re.sub(r"f+$", "v", text)  # Smirnoff
    return re.sub(r"(.)\1+", r"\1", text)


def alike(one: str, other: str) -> bool:
    """Whether two keys are equal or one typing error apart."""
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST_ALIKE:
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def near_keys(word_key: str) -> frozenset[str]:
    """The key and what is left when any one letter is dropped: alike keys share at least one of these."""
    if len(word_key) < SHORTEST_ALIKE:
        return frozenset({word_key})
    return frozenset({word_key} | {word_key[:at] + word_key[at + 1 :] for at in range(len(word_key))})


def _groups(lines: Iterable[str], sex: str) -> Iterable[tuple[str, str]]:
    for line in lines:
        names = line.split()
        for name in names:
            yield key(name), f"{sex}:{names[0]}"


def _known_names() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, group in (*_groups(words.MALE_NAMES, "male"), *_groups(words.FEMALE_NAMES, "female")):
        found.setdefault(name, set()).add(group)
    return {name: frozenset(groups) for name, groups in found.items()}


KNOWN = _known_names()
"""Key of a given name -> the names it may stand for, each with its sex (``male:Александр``)."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart, by keys. A part of one letter is an initial; "" is not known.

    Attributes:
        generation: "younger", "elder" or "".
    """

    family: str = ""
    given: str = ""
    second: str = ""
    generation: str = ""

    @property
    def sex(self) -> str | None:
        """What the given name, or else the patronymic, tells: "male", "female", or None."""
        sexes = {group.split(":")[0] for group in KNOWN.get(self.given, ())}
        if len(sexes) == 1:
            return next(iter(sexes))
        if len(self.second) > SHORTEST_ALIKE and self.second.endswith(("ovna", "evna", "icna")):
            return "female"
        return "male" if len(self.second) > SHORTEST_ALIKE and self.second.endswith(("ovic", "evic")) else None

    @property
    def letters(self) -> frozenset[str]:
        """First letters of the given name and of every name that it may stand for."""
        full = {key(group.split(":")[1])[:1] for group in KNOWN.get(self.given, ())}
        return frozenset(full | {self.given[:1]}) - {""}


def parse_name(text: str, *, limit: int = 4) -> tuple[Name, ...]:
    """The ways to read a name, the likeliest first; empty when there is no word in it."""
    before, comma, after = plain(text).partition(",")
    if comma and _tokens(after)[0]:
        family, _ignored = _tokens(before)
        rest, generation = _tokens(after)
        return tuple(_named("".join(family), rest, generation))[:limit] if family else ()
    tokens, generation = _tokens(before)
    return tuple(dict.fromkeys(_readings(tokens, generation)))[:limit]


def parse_parts(family: str, given: str, second: str) -> tuple[Name, ...]:
    """The name of which the parts are stored apart; both halves of a double surname are read too."""
    own = Name(key(plain(family)), key(plain(given)), key(plain(second)))
    halves = [half for half in re.split(r"[-\s]+", plain(family)) if len(half) > 2]
    others = [Name(key(half), own.given, own.second) for half in halves] if len(halves) == 2 else []
    return tuple(dict.fromkeys((own, *others))) if own.family or own.given else ()


def _tokens(text: str) -> tuple[list[str], str]:
    generation, kept = "", []
    for word in _WORDS.findall(text):
        bare = word.rstrip(".").replace("-", "")
        if bare in words.YOUNGER or bare in words.ELDER:
            generation = "younger" if bare in words.YOUNGER else "elder"
        elif bare not in words.TITLES | words.PARTICLES | words.KIN_SUFFIXES:
            kept.append(word.rstrip("."))
    return kept, generation


def _named(family: str, rest: list[str], generation: str) -> Iterable[Name]:
    given = key(rest[0]) if rest else ""
    second = key(rest[1]) if len(rest) > 1 else ""
    yield Name(key(family), given, second, generation)
    if "-" in family:
        yield from (Name(key(half), given, second, generation) for half in family.split("-") if len(half) > 2)


def _readings(tokens: list[str], generation: str) -> Iterable[Name]:
    longs = [token for token in tokens if len(token) > 1]
    initials = [token for token in tokens if len(token) == 1]
    if not longs:
        return
    if len(longs) == 1:
        yield from _named(longs[0], initials, generation)
    elif len(longs) == 2:
        first_is_given, last_is_given = (key(token) in KNOWN for token in longs)
        if first_is_given or not last_is_given:
            yield from _named(longs[1], [longs[0], *initials], generation)
        if last_is_given or not first_is_given:
            yield from _named(longs[0], [longs[1], *initials], generation)
        if _is_patronymic(longs[1]) and not initials:
            yield Name("", key(longs[0]), key(longs[1]), generation)
    elif _is_patronymic(longs[-1]) and not _is_patronymic(longs[1]):
        yield from _named(longs[0], longs[1:3], generation)
        yield from _named(longs[-1], longs[:-1], generation)
    else:
        yield from _named(longs[-1], longs[:-1], generation)
        if key(longs[1]) in KNOWN and key(longs[0]) not in KNOWN:
            yield from _named(longs[0], longs[1:], generation)


def _is_patronymic(word: str) -> bool:
    return len(word) > 4 and folded(word).endswith(words.PATRONYMIC_ENDINGS)


@dataclass(frozen=True, slots=True)
class NameLikeness:
    """How the parts of two names compare. ``strength`` 0-1: how much the agreeing parts speak for one person."""

    family: Part
    given: Part
    second: Part
    generations_differ: bool
    sexes_differ: bool
    strength: float

    @property
    def agrees(self) -> bool:
        """Whether the names can be one person's and say more than a surname: no part contradicts."""
        parts = (self.family, self.given, self.second)
        contradicted = "differs" in parts or self.generations_differ or self.sexes_differ
        return not contradicted and self.strength >= AGREES_FROM


_OF_GIVEN: Mapping[Part, float] = {
    "same": 0.62, "short": 0.58, "alike": 0.55, "initial": 0.45, "unknown": 0.2, "differs": 0.2,
}  # fmt: skip
_OF_SECOND: Mapping[Part, float] = {"same": 0.4, "short": 0.4, "alike": 0.35, "initial": 0.3}
_ALIKE_FAMILY = 0.92
"""How much less a surname with a typing error speaks."""


def compare(one: Name, other: Name) -> NameLikeness:
    """How two readings of names compare."""
    family, given = _family(one.family, other.family), _given(one, other)
    second = _second(one.second, other.second)
    sexes_differ = bool(one.sex and other.sex and one.sex != other.sex)
    if family == "alike" and given in ("initial", "unknown") and _differ_by_ending(one.family, other.family):
        sexes_differ = True
    generations_differ = {one.generation, other.generation} == {"younger", "elder"}
    strength = _strength(family, given, second)
    return NameLikeness(family, given, second, generations_differ, sexes_differ, strength)


def best(ones: Iterable[Name], others: Iterable[Name]) -> NameLikeness | None:
    """The likeness of the two readings that agree best, or None where one has no name."""
    found = [compare(one, other) for one, other in product(ones, others)]
    return max(found, key=_rank, default=None)


def _rank(likeness: NameLikeness) -> tuple[float, float]:
    conflicts = [likeness.family, likeness.given, likeness.second].count("differs")
    return likeness.strength - 0.3 * conflicts - 0.3 * likeness.sexes_differ, likeness.strength


def _strength(family: Part, given: Part, second: Part) -> float:
    if family in ("same", "alike"):
        strength = _OF_GIVEN[given] * (_ALIKE_FAMILY if family == "alike" else 1.0)
    elif given in ("same", "short"):
        strength = 0.15
    else:
        return 0.0
    return 1 - (1 - strength) * (1 - _OF_SECOND.get(second, 0.0))


def _family(one: str, other: str) -> Part:
    if not one or not other:
        return "unknown"
    if one == other:
        return "same"
    return "alike" if alike(one, other) else "differs"


def _given(one: Name, other: Name) -> Part:
    if not one.given or not other.given:
        return "unknown"
    if one.given == other.given:
        return "initial" if len(one.given) == 1 else "same"
    if 1 in (len(one.given), len(other.given)):
        return "initial" if one.letters & other.letters else "differs"
    known, theirs = KNOWN.get(one.given), KNOWN.get(other.given)
    if known and theirs:
        return "short" if known & theirs else "differs"
    return "alike" if one.given[0] == other.given[0] and alike(one.given, other.given) else "differs"


def _second(one: str, other: str) -> Part:
    if not one or not other:
        return "unknown"
    if one == other:
        return "initial" if len(one) == 1 else "same"
    if 1 in (len(one), len(other)):
        return "initial" if one[0] == other[0] else "differs"
    return "alike" if one[0] == other[0] and alike(one, other) else "differs"


def _differ_by_ending(one: str, other: str) -> bool:
    """Sidorov and Sidorova: a man's and a woman's form of one surname."""
    short, long = sorted((one, other), key=len)
    return long == short + "a" and short.endswith(("v", "n"))
