"""One firm twice: names without their legal forms, registration numbers, web sites, places.

Joined as for people (:mod:`graphcrm.domain.duplicates`). Forms of ownership, quotes and script do not count; digits do:
works number 5 is not works number 7.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, product
from typing import Literal
from urllib.parse import urlsplit

from graphcrm.domain import duplicates_firm_words as words
from graphcrm.domain.duplicates import SHOWN_FROM, Evidence, Pair, blocked, shown
from graphcrm.domain.duplicates_names import alike, key, near_keys, plain
from graphcrm.domain.score import Score

NUMBER, SITE, SAME_CITY = 0.95, 0.7, 0.2
NAME: Mapping[str, float] = {"same": 0.75, "alike": 0.65, "within": 0.4}
OTHER_NUMBER, OTHER_NAME, OTHER_COUNTRY, OTHER_CITY, OTHER_FORM, TIED = 0.9, 0.6, 0.5, 0.35, 0.3, 0.6
OTHER_CITY_IN_ANOTHER_SCRIPT = 0.15
"""Most likely one city's names in two languages: Москва, Moscow."""

FORM_OF: Mapping[str, str] = {form: line.split()[0] for line in words.FORM_GROUPS for form in line.split()}
_WORDS = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}(?=\W|$)")
Likeness = Literal["same", "alike", "within", "differs"]


@dataclass(frozen=True, slots=True)
class FirmRecord:
    """What of a firm is compared.

    Attributes:
        names: every name under which it is recorded, as written.
        numbers: kind of number -> number (``inn``, ``vat``, ``registry_number``). country: ISO code.
        tied, not_same: as of a person.
    """

    id: str
    names: tuple[str, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    website: str | None = None
    country: str | None = None
    city: str | None = None
    tied: frozenset[str] = frozenset()
    not_same: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FirmName:
    """A name without its legal form: the keys of its words in order, and the form ("" for none)."""

    words: tuple[str, ...]
    form: str

    @property
    def joined(self) -> str:
        """All of it as one word."""
        return "".join(self.words)

    @property
    def sorted(self) -> str:
        """As one word whatever their order."""
        return "".join(sorted(self.words))


@dataclass(frozen=True, slots=True)
class _Firm:
    record: FirmRecord
    names: tuple[FirmName, ...]
    numbers: Mapping[str, str]
    host: str
    city: str


@lru_cache(maxsize=50_000)
def parse_firm(text: str) -> FirmName:
    """The name of a firm taken apart. A name that is nothing but a legal form is kept as it is."""
    lowered = f" {plain(text).replace('-', ' ')} "
    for phrase, form in words.PHRASES:
        lowered = lowered.replace(phrase, f" {form} ")
    lowered = _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found.group()) + " ", lowered)
    tokens = _WORDS.findall(lowered)
    forms = [token for place, token in enumerate(tokens) if token in FORM_OF and place in (0, len(tokens) - 1)]
    inner = [token for token in tokens if token in FORM_OF and len(token) > 2 and token not in forms]
    kept = [token for token in tokens if token not in forms and token not in inner and token not in words.EMPTY]
    keys = tuple(one for token in kept or tokens if (one := token if token.isdecimal() else key(token)))
    found = forms + inner if kept else []
    return FirmName(keys, FORM_OF[found[0]] if found else "")


def compare_firms(one: FirmName, other: FirmName) -> Likeness:
    """How two names of firms compare."""
    if not one.words or not other.words:
        return "differs"
    if one.sorted == other.sorted or one.joined == other.joined:
        return "same"
    if _digits(one) == _digits(other) and (alike(one.joined, other.joined) or alike(one.sorted, other.sorted)):
        return "alike"
    shared = {*one.words} & {*other.words}
    smaller = min({*one.words}, {*other.words}, key=len)
    return "within" if shared == smaller and any(len(word) > 3 for word in shared) else "differs"


def _digits(name: FirmName) -> str:
    return "".join(sign for sign in name.joined if sign.isdecimal())


def likely_firms(records: Iterable[FirmRecord], *, shown_from: float = SHOWN_FROM) -> list[Pair]:
    """The pairs that are likely one firm, the likeliest first."""
    firms = [_prepared(record) for record in records]
    return shown(firms, blocked(firms, firm_keys), score_of_firms, shown_from)


def all_firms(records: Iterable[FirmRecord], *, shown_from: float = SHOWN_FROM) -> list[Pair]:
    """As :func:`likely_firms`, but by comparing each with each."""
    firms = [_prepared(record) for record in records]
    return shown(firms, combinations(range(len(firms)), 2), score_of_firms, shown_from)


def score_firms(one: FirmRecord, other: FirmRecord) -> Score:
    """How likely two records are one firm's, whatever their keys."""
    return score_of_firms(_prepared(one), _prepared(other))


def _prepared(record: FirmRecord) -> _Firm:
    numbers = {kind: re.sub(r"\W", "", number).casefold() for kind, number in record.numbers.items() if number}
    host = _host(record.website)
    return _Firm(
        record,
        tuple(dict.fromkeys(parse_firm(name) for name in record.names)),
        {kind: number for kind, number in numbers.items() if number},
        "" if host in words.SHARED_SITES else host,
        key(plain(record.city)) if record.city else "",
    )


def _host(website: str | None) -> str:
    if not website:
        return ""
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    except ValueError:  # no address at all
        return ""
    return host.removeprefix("www.")


def firm_keys(firm: _Firm) -> Iterator[str]:
    """The keys by which a firm meets others. Names of which one lies within the other need a site or a number, too."""
    for name in firm.names:
        yield from (f"j {near}" for near in near_keys(name.joined))
        yield from (f"w {near}" for near in near_keys(name.sorted))
    yield from (f"{kind} {number}" for kind, number in firm.numbers.items())
    if firm.host:
        yield f"h {firm.host}"


def score_of_firms(one: _Firm, other: _Firm) -> Score:
    """The evidence of one pair."""
    evidence = Evidence()
    likeness, mine, theirs = _best(one, other)
    for kind, number in one.numbers.items():
        if other.numbers.get(kind) == number:
            evidence.speaks_for(NUMBER, f"same_{kind}", number=one.record.numbers[kind])
    if likeness in NAME:
        evidence.speaks_for(NAME[likeness], f"same_firm_name_{likeness}")
    if one.host and one.host == other.host:
        evidence.speaks_for(SITE, "same_site", site=one.host)
    if one.city and one.city == other.city:
        evidence.speaks_for(SAME_CITY, "same_city", city=one.record.city)
    _signs_against(evidence, one, other, likeness)
    if mine and theirs and mine.form and theirs.form and mine.form != theirs.form:
        evidence.speaks_against(OTHER_FORM, "same_other_form")
    return evidence.score()


def _signs_against(evidence: Evidence, one: _Firm, other: _Firm, likeness: Likeness) -> None:
    differing = [kind for kind, number in one.numbers.items() if other.numbers.get(kind, number) != number]
    if differing:
        evidence.speaks_against(OTHER_NUMBER, "same_other_number")
    shares_number = any(other.numbers.get(kind) == number for kind, number in one.numbers.items())
    if likeness == "differs" and not shares_number:  # firms are renamed; their numbers stay
        evidence.speaks_against(OTHER_NAME, "same_other_firm_name")
    mine, theirs = one.record, other.record
    if mine.country and theirs.country and mine.country != theirs.country:
        evidence.speaks_against(OTHER_COUNTRY, "same_other_country")
    elif one.city and other.city and not alike(one.city, other.city):
        weight = (
            OTHER_CITY if _is_latin(one.record.city) == _is_latin(other.record.city) else OTHER_CITY_IN_ANOTHER_SCRIPT
        )
        evidence.speaks_against(weight, "same_other_city", one=mine.city, other=theirs.city)
    if theirs.id in mine.tied or mine.id in theirs.tied:
        evidence.speaks_against(TIED, "same_tied")


def _is_latin(text: str | None) -> bool:
    return all(unicodedata.name(sign, "").startswith("LATIN") for sign in text or "" if sign.isalpha())


def _best(one: _Firm, other: _Firm) -> tuple[Likeness, FirmName | None, FirmName | None]:
    order: tuple[Likeness, ...] = ("same", "alike", "within", "differs")
    found = [(compare_firms(mine, theirs), mine, theirs) for mine, theirs in product(one.names, other.names)]
    return min(found, key=lambda pair: order.index(pair[0]), default=("differs", None, None))
