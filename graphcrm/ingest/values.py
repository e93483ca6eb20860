"""From the text of a cell to the value that is stored, one function per type of the vocabulary.

Each takes the text (never empty, trimmed) and the property, and returns a Python value that Neo4j stores as it is; it
raises :class:`BadValue` with the code of a message when the text cannot be that.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from graphcrm.domain.partial_date import PartialDate
from graphcrm.errors import InvalidInput
from graphcrm.ingest.codes import countries_by_name, folded, known_codes, nearest
from graphcrm.ingest.dates import iso_date
from graphcrm.ingest.limits import LIMITS
from graphcrm.ingest.numbers_of_record import check_number
from graphcrm.vocabulary import VOCABULARY, Property

_MAX_INTEGER = 2**63 - 1
_SPACES = re.compile("[ \u00a0\u202f\u2009](?=[0-9]{3}(?![0-9]))")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_ID = re.compile(r"[^\s|\x00-\x1f\x7f]+")
_EMAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[^@\s.,;<>()\"]{2,}")
_PHONE = re.compile(r"\+?\(?[0-9][0-9 ().\-/\u00a0]{3,30}([ ,;]*(ext\.?|x|доб\.?|вн\.?)\s*[0-9]{1,6})?", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_BARE_URL = re.compile(r"([\w-]+\.)+[^\W\d_]{2,}([/?#][^\s<>\"']*)?")
_TRUE = frozenset({"true", "yes", "1", "да", "истина"})
_FALSE = frozenset({"false", "no", "0", "нет", "ложь"})
_RANGES: Mapping[str, tuple[float, float]] = {"percent": (0, 100), "share": (0, 1), "score": (0, 10)}


@dataclass(frozen=True, slots=True)
class Reading:
    """How the numbers of a file are written. ``decimal_comma``: where the comma does not separate cells."""

    decimal_comma: bool = False


class BadValue(ValueError):
    """The text is no value of its type. ``code`` is a key of ``MESSAGES``, ``fields`` fill the sentence."""

    def __init__(self, code: str, **fields: Any) -> None:
        self.code = code
        self.fields = fields
        super().__init__(code)


def parse_value(text: str, prop: Property, reading: Reading) -> Any:
    """The value of one (part of a) cell.

    Raises:
        BadValue: it is not of the property's type.
    """
    return _PARSERS[prop.type](text, prop, reading)


def _text(text: str, prop: Property, _reading: Reading) -> str:
    limit = LIMITS.long_text_characters if prop.type == "longtext" else LIMITS.text_characters
    if len(text) > limit:
        raise BadValue("too_long", count=len(text), limit=limit)
    return text


def _decimal(text: str, reading: Reading) -> str:
    """The number with a point for decimals and nothing for thousands."""
    bare = _SPACES.sub("", text).replace("\u2212", "-")
    if bare.count(",") == 1 and "." not in bare:
        if not reading.decimal_comma and re.search(r",[0-9]{3}$", bare):
            raise BadValue("ambiguous_number")
        return bare.replace(",", ".")
    return bare


def _integer(text: str, prop: Property, reading: Reading) -> int:
    bare = _decimal(text, reading)
    if not re.fullmatch(r"[+-]?[0-9]{1,20}(\.0+)?", bare):
        raise BadValue("not_integer")
    number = int(bare.split(".")[0])
    if abs(number) > _MAX_INTEGER:
        raise BadValue("not_integer")
    return int(_in_range(number, prop))


def _number(text: str, prop: Property, reading: Reading) -> float:
    is_percent = prop.type in ("percent", "share") and text.endswith("%")
    bare = _decimal(text.removesuffix("%").rstrip() if is_percent else text, reading)
    if not _NUMBER.fullmatch(bare):
        raise BadValue("not_number")
    number = float(bare)
    if is_percent and prop.type == "share":
        number = round(number / 100, 12)
    if not math.isfinite(number):
        raise BadValue("not_number")
    return _in_range(number, prop)


def _in_range(number: float, prop: Property) -> float:
    least, most = range_of(prop)
    if not least <= number <= most:
        raise BadValue("out_of_range", range=_range_text(least, most))
    return number


def range_of(prop: Property) -> tuple[float, float]:
    """The least and the most that a number may be."""
    least, most = _RANGES.get(prop.type, (-math.inf, math.inf))
    return least if prop.minimum is None else prop.minimum, most if prop.maximum is None else prop.maximum


def _range_text(least: float, most: float) -> str:
    if math.isinf(most):
        return f"≥ {least:g}"
    return f"≤ {most:g}" if math.isinf(least) else f"{least:g}–{most:g}"


def _boolean(text: str, _prop: Property, _reading: Reading) -> bool:
    word = text.lower()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise BadValue("not_boolean")


def _date(text: str, _prop: Property, _reading: Reading) -> date:
    try:
        found = PartialDate.parse(iso_date(text))
        if found.is_complete and not found.about:
            return date.fromisoformat(str(found))
    except (ValueError, InvalidInput):
        raise BadValue("bad_date") from None
    raise BadValue("incomplete_date")


def _partial_date(text: str, _prop: Property, _reading: Reading) -> str:
    try:
        return str(PartialDate.parse(iso_date(text)))
    except InvalidInput:
        raise BadValue("bad_partial_date") from None


def _datetime(text: str, _prop: Property, _reading: Reading) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadValue("bad_datetime") from None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        raise BadValue("bad_datetime") from None


def _enum(text: str, prop: Property, _reading: Reading) -> str:
    enumeration = VOCABULARY.enumerations[prop.enum or ""]
    if text in enumeration.values:
        return text
    if text.lower() in enumeration.values:
        return text.lower()
    if named := _codes_by_name(enumeration.name).get(folded(text)):
        return named
    names = {name: v.code for v in enumeration.values.values() for name in (v.code, v.en, v.ru)}
    best = names[nearest(text, names) or next(iter(names))]
    known = ", ".join(enumeration.values)
    raise BadValue("unknown_value", enumeration=enumeration.name, nearest=best, known=known)


@cache
def _codes_by_name(enumeration: str) -> Mapping[str, str]:
    """Name in either language, folded -> code; names that two values share are left out."""
    values = VOCABULARY.enumerations[enumeration].values.values()
    pairs = {(folded(name), value.code) for value in values for name in (value.en, value.ru)}
    counts = Counter(name for name, _ in pairs)
    return {name: code for name, code in pairs if counts[name] == 1}


def _id(text: str, _prop: Property, _reading: Reading) -> str:
    return parse_id(text)


def parse_id(text: str) -> str:
    """An id: any letters, no space, no ``|`` (it separates ids in one cell), at most 200 characters.

    Raises:
        BadValue: it is not.
    """
    if len(text) > LIMITS.id_characters or not _ID.fullmatch(text):
        raise BadValue("bad_id", limit=LIMITS.id_characters)
    return text


_STANDARDS = {"country": "ISO 3166-1", "currency": "ISO 4217", "language": "ISO 639-1", "time_zone": "IANA time zones"}


def _code(text: str, prop: Property, _reading: Reading) -> str:
    codes = known_codes(prop.type)
    wanted = {"country": text.upper(), "currency": text.upper(), "language": text.lower()}.get(prop.type, text)
    if wanted in codes:
        return wanted
    if prop.type == "country" and (named := countries_by_name().get(folded(text))):
        return named
    best = nearest(wanted, codes) or next(iter(codes))
    raise BadValue("unknown_code", standard=_STANDARDS[prop.type], nearest=best)


def _by_pattern(pattern: re.Pattern[str], standard: str) -> Callable[[str, Property, Reading], str]:
    def parse(text: str, _prop: Property, _reading: Reading) -> str:
        if len(text) > LIMITS.text_characters or not pattern.fullmatch(text):
            raise BadValue("bad_form", standard=standard)
        return text

    return parse


def _url(text: str, prop: Property, reading: Reading) -> str:
    """An address of the web. People's own lists leave ``https://`` out; a browser would put it before, so do we."""
    whole = f"https://{text}" if _BARE_URL.fullmatch(text) else text
    return _by_pattern(_URL, "http(s)://")(whole, prop, reading)


def _number_of_record(text: str, prop: Property, _reading: Reading) -> str:
    number, fault, standard = check_number(prop.type, text)
    if fault:
        raise BadValue(fault, standard=standard)
    return number


_PARSERS: Mapping[str, Callable[[str, Property, Reading], Any]] = {
    "text": _text,
    "longtext": _text,
    "integer": _integer,
    "number": _number,
    "percent": _number,
    "share": _number,
    "score": _number,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "partial_date": _partial_date,
    "enum": _enum,
    "ref": _id,
    "country": _code,
    "currency": _code,
    "language": _code,
    "time_zone": _code,
    "email": _by_pattern(_EMAIL, "e-mail"),
    "phone": _by_pattern(_PHONE, "phone"),
    "url": _url,
    "iban": _number_of_record,
    "bic": _number_of_record,
    "inn": _number_of_record,
    "vat": _number_of_record,
}
