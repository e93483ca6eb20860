"""Names of relatives in English and Russian (C2.3), from the chain of steps that leads to them.

Russian tells relations by marriage by whose relative it is (тёща, свекровь, шурин, деверь, золовка, свояк), English
does not. The rules are data, in ``kinship.yaml``. Cousins are counted as genealogists do: in English by degree and
removal ("first cousin once removed"), in Russian by generations (двоюродный, троюродный).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from graphcrm.vocabulary.reader import read_data

LANGUAGES = ("en", "ru")
_MALE, _FEMALE = frozenset("fsbhuv"), frozenset("mdzw")
_KINDS = {**dict.fromkeys("fmp", "U"), **dict.fromkeys("sdc", "D"), **dict.fromkeys("bzg", "G")}
_ENGLISH_DEGREES = ("", "first", "second", "third", "fourth", "fifth", "sixth")
_TIMES = {1: "once", 2: "twice", 3: "three times"}
_RUSSIAN_DEGREES = ("", "", "двоюродн", "троюродн", "четвероюродн", "пятиюродн", "шестиюродн", "семиюродн")


def kinship_name(path: str, language: str, *, half: str = "") -> str:
    """What the one at the end of a chain is to the one at its beginning.

    Args:
        path: a letter for each step, as ``kinship.yaml`` tells; capitals are marriages that have ended.
        language: "en" or "ru".
        half: for a brother or sister with one parent in common: "f", "m", or "?" when it is not known which.

    Raises:
        ValueError: an empty path, or a letter that means nothing.
    """
    if not path or set(path.lower()) - _data()["steps"].keys():
        raise ValueError(f"not a chain of kinship: {path!r}")
    if half and len(path) == 1:
        return _data()["half"].get(path + half, _data()["half"][path])[LANGUAGES.index(language)]
    ended = next((place for place, letter in enumerate(path) if letter.isupper()), None)
    if ended is None:
        return _named(path, language) or _composed(path, language)
    if ended:
        return _of(path[:ended], kinship_name(path[ended:], language), language)
    whole = path.lower()
    # Parents-in-law stay so; a child whom the former spouse has with somebody else was never a stepchild.
    if len(path) > 1 and (path[1] in "sdc" or not _ruled(whole, 0)):
        return _of_former(whole[0], kinship_name(path[1:], language), language)
    return _ended(kinship_name(whole, language), whole[-1], language)


def _of_former(letter: str, name: str, language: str) -> str:
    if language == "en":
        return f"former {_named(letter, language)}'s {name}"
    return f"{name} {'бывшей' if _gender(letter) == 1 else 'бывшего'} {_data()['steps'][letter]}"


@cache
def _data() -> dict[str, Any]:
    return read_data("kinship.yaml")


@cache
def _rules() -> tuple[tuple[re.Pattern[str], tuple[str, str]], ...]:
    return tuple((re.compile(pattern), (english, russian)) for pattern, english, russian in _data()["rules"])


def _ruled(path: str, at: int) -> str:
    return next((names[at] for pattern, names in _rules() if pattern.fullmatch(path)), "")


def _gender(letter: str) -> int:
    """0 male, 1 female, 2 not known: the place of a word in ``counted``."""
    return 0 if letter in _MALE else 1 if letter in _FEMALE else 2


def _counted(path: str, language: str) -> str:
    """Ancestors, descendants and collateral relatives of any depth; "" for a chain of another shape."""
    kinds = "".join(_KINDS.get(letter, "?") for letter in path)
    shape = re.fullmatch(r"(U*)(G?)(D*)", kinds)
    if shape is None or (not shape[2] and shape[1] and shape[3]):
        return ""
    up, down = len(shape[1]), len(shape[3])
    name = _english if language == "en" else _russian
    return name(up, down, bool(shape[2]), _gender(path[-1]))


def _english(up: int, down: int, collateral: bool, gender: int) -> str:
    words = _data()["counted"]["en"]
    if not collateral:
        return "great-" * (max(up, down) - 2) + words["up" if up else "down"][gender]
    if not up or not down:
        return "great-" * (max(up, down) - 1) + words["uncle" if up else "nephew"][gender]
    cousin = f"{_ENGLISH_DEGREES[min(up, down)]} cousin"
    removed = abs(up - down)
    return cousin if not removed else f"{cousin} {_TIMES.get(removed, f'{removed} times')} removed"


def _russian(up: int, down: int, collateral: bool, gender: int) -> str:
    words = _data()["counted"]["ru"]
    if not collateral:
        return _older(max(up, down), "up" if up else "down", gender)
    if up == down:
        return _degree(up + 1, words["sibling"][gender], gender)
    if up > down:  # of an older generation: a cousin of a parent, a brother of a grandparent
        if up - down == 1:
            return _degree(down + 1, words["uncle"][gender], gender)
        return _degree(down + 2, _older(up - down, "up", gender), gender)
    nephew = words["nephew"][gender]
    depth = down - up
    if depth > 1:
        nephew = "пра" * (depth - 2) + _agreeing("внучат", gender) + " " + nephew
    return _degree(up + 1, nephew, gender)


def _older(steps: int, direction: str, gender: int) -> str:
    """дед, прадед, прапрадед; внук, правнук: ``steps`` generations away."""
    prefix = "пра" * (steps - 2)
    return " или ".join(prefix + word for word in _data()["counted"]["ru"][direction][gender].split(" или "))


def _degree(degree: int, name: str, gender: int) -> str:
    stem = _RUSSIAN_DEGREES[degree] if degree < len(_RUSSIAN_DEGREES) else f"{degree}-юродн"
    return f"{_agreeing(stem, gender)} {name}" if stem else name


def _agreeing(stem: str, gender: int) -> str:
    return stem + ("ая" if gender == 1 else "ый")


def _named(path: str, language: str) -> str:
    return _ruled(path, LANGUAGES.index(language)) or _counted(path, language)


def _composed(path: str, language: str) -> str:
    """ "first cousin's wife", «жена двоюродного брата»: two named parts, the first as long as can be."""
    cuts = range(len(path) - 1, 0, -1)
    if path[0] in "hwe" and _named(path[1:], language):
        cuts = range(1, 2)  # a spouse's relative is named from the spouse: "wife's grandfather"
    cut = next(cut for cut in cuts if _named(path[:cut], language))
    return _of(path[:cut], kinship_name(path[cut:], language), language)


def _of(path: str, name: str, language: str) -> str:
    """``name`` as seen from the one at the end of ``path``."""
    whole = _named(path, language)
    if language == "en":
        return f"{whole or _composed(path, language)}'s {name}"
    genitive = _genitive(whole)
    if genitive:
        return f"{name} {genitive}"
    return " ".join([name, *(_data()["steps"][letter] for letter in reversed(path))])


def _genitive(name: str) -> str:
    """«двоюродного брата» of «двоюродный брат»; "" when a word of it is not in the table."""
    words = [_genitive_word(word) for word in name.split()]
    return " ".join(words) if all(words) else ""


def _genitive_word(word: str) -> str:
    stem = word.removeprefix("пра").removeprefix("пра")
    known = _data()["genitive"].get(stem)
    if known:
        return word[: len(word) - len(stem)] + known
    return word[:-2] + {"ый": "ого", "ая": "ой"}[word[-2:]] if word[-2:] in ("ый", "ая") else ""


def _ended(name: str, last: str, language: str) -> str:
    if language == "en":
        return f"former {name}"
    return ("бывшая " if _gender(last) == 1 else "бывший ") + name
