"""Finds names whatever the script and spelling: "Severnaya verf", "severnaja" and "Северная верфь" are one.

A text is folded to a rough Latin key: Cyrillic by the BGN/PCGN table (the usual one for Russian names in English text),
marks off, and the letters that transliterations disagree on made one. The key is for comparison only and never shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўқңғүұөһ",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "-",
            "y",
            "-",
            "e",
            "yu",
            "ya",
            "i",
            "yi",
            "ye",
            "g",
            "u",
            "k",
            "n",
            "g",
            "u",
            "u",
            "o",
            "h",
        ],
        strict=True,
    )
)
_CYRILLIC_TABLE = str.maketrans({letter: latin.replace("-", "") for letter, latin in _CYRILLIC.items()})
_LATIN_TABLE = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th"}
)
# Where transliterations of one letter differ, all are led to one spelling. Longer groups come first.
_CONSONANTS = (
    ("shch", "s"), ("tsch", "ch"), ("sch", "s"), ("sh", "s"), ("kh", "h"), ("zh", "z"), ("ts", "c"), ("tz", "c"),
    ("ph", "f"), ("x", "ks"), ("w", "v"), ("q", "k"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_VOWELS = (("ia", "a"), ("iu", "u"), ("ie", "e"), ("io", "o"))
_DOUBLE = re.compile(r"(.)\1+")
_WORDS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """The key of a text: its words, folded, with single spaces."""
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_CYRILLIC_TABLE).translate(_LATIN_TABLE)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(letter))
    bare = bare.replace("'", "").replace("’", "")
    for spelling, one in _CONSONANTS:
        bare = bare.replace(spelling, one)
    bare = _DOUBLE.sub(r"\1", bare)
    for spelling, one in _VOWELS:
        bare = bare.replace(spelling, one)
    return _DOUBLE.sub(r"\1", " ".join(_WORDS.findall(bare)))


def matches(search: str, texts: Iterable[str | None]) -> bool:
    """Whether every word of ``search`` begins some word of ``texts``. An empty search matches everything."""
    wanted = folded(search).split()
    if not wanted:
        return True
    words = {word for text in texts if text for word in folded(text).split()}
    return all(any(word.startswith(start) for word in words) for start in wanted)


_SOUNDS = str.maketrans(dict(zip("bpvfdtgkqhszcmnlr", "ppffttkkkksssmnlr", strict=True)) | dict.fromkeys("aeiouyj", ""))
"""Consonants in classes that are heard alike, after Soundex (Russell 1918); vowels are left out."""
SHORTEST_SOUND = 3


def likeness(search: str, texts: Iterable[str | None]) -> float:
    """How much ``texts`` sound like ``search``, 0-1, for names that are spelled otherwise: "зиглиц" and "Sieglitz".

    0 unless the consonants of every word of ``search`` begin those of some word of ``texts``; then the likeness of the
    letters. Words of fewer than three consonants are too short to be told apart.
    """
    wanted = folded(search).split()
    words = {word for text in texts if text for word in folded(text).split()}
    found = []
    for start in wanted:
        sound = _sound(start)
        alike = [word for word in words if len(sound) >= SHORTEST_SOUND and _sound(word).startswith(sound)]
        if not alike:
            return 0.0
        found.append(max(fuzz.ratio(start, word[: len(start) + 2]) for word in alike) / 100)
    return sum(found) / len(found) if found else 0.0


@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    """The consonants of a folded word in classes, each run of one as one; an h within it is not heard."""
    heard = word.replace("ch", "h")
    return _DOUBLE.sub(r"\1", (heard[:1] + heard[1:].replace("h", "")).translate(_SOUNDS))


def closeness(search: str, names: Iterable[str | None]) -> int:
    """How near the nearest of ``names`` comes to ``search``; less is nearer.

    0: the same; 1: begins with it; 2: has all of its words; 3: has words that begin so; 4: fits by none of its names.
    """
    wanted = folded(search)
    return min((_closeness(wanted, folded(name)) for name in names if name), default=4)


def _closeness(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    words = name.split()
    if set(wanted.split()) <= set(words):
        return 2
    return 3 if all(any(word.startswith(start) for word in words) for start in wanted.split()) else 4
