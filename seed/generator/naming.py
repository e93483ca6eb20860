"""Names that fit the country: feminine surnames, patronymics, Latin letters, ids."""

from __future__ import annotations

import re
import unicodedata
from random import Random

from generator.source import source

_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".replace("_", "").split(" "),
        strict=True,
    )
)
_PLAIN = str.maketrans({"ł": "l", "ı": "i", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "Ł": "L", "Đ": "D"})


def latin(text: str) -> str:
    """Cyrillic in Latin letters; other text as it is."""
    letters = []
    for letter in text:
        plain = _LATIN.get(letter.lower())
        letters.append(letter if plain is None else plain.capitalize() if letter.isupper() else plain)
    return "".join(letters)


def slug(text: str) -> str:
    """Lower-case ASCII for ids and addresses."""
    plain = unicodedata.normalize("NFKD", latin(text).translate(_PLAIN)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def feminine(surname: str, language: str) -> str:
    """The surname of a woman of that family.

    >>> [feminine(*case) for case in (("Звягин", "ru"), ("Bielawski", "pl"), ("Čermák", "cs"), ("Fiala", "cs"))]
    ['Звягина', 'Bielawska', 'Čermáková', 'Fialová']
    """
    if language in {"ru", "kz"}:
        return surname + "а" if surname.endswith(("ов", "ев", "ёв", "ин", "ын")) else surname
    if language == "pl":
        return surname[:-1] + "a" if surname.endswith(("ski", "cki", "dzki")) else surname
    if language == "cs":
        return _czech_feminine(surname)
    return surname


def _czech_feminine(surname: str) -> str:
    if surname.endswith("ý"):
        return surname[:-1] + "á"
    if surname.endswith("ek"):
        return surname[:-2] + "ková"
    if surname.endswith("něk"):
        return surname[:-2] + "ková"
    return (surname[:-1] if surname.endswith("a") else surname) + "ová" if not surname.endswith("Říha") else "Říhová"


def patronymic(father: str, gender: str, language: str) -> str | None:
    """The patronymic after the father's given name, where the language has one."""
    if language not in {"ru", "kz"}:
        return None
    known = source("names")["patronymics"].get(father)
    if known:
        return known[0 if gender == "male" else 1]
    stem, ends = (father[:-1], ("евич", "евна")) if father.endswith("й") else (father, ("ович", "овна"))
    return stem + ends[0 if gender == "male" else 1]


class Namer:
    """Gives names: no two people share a whole name, no two colleagues a surname unless they are related."""

    def __init__(self) -> None:
        self._full: set[tuple[str, str]] = set()

    def given(self, language: str, gender: str, rng: Random) -> str:
        """A given name."""
        return rng.choice(source("names")[language][gender].split())

    def surnames(self, language: str, rng: Random) -> list[str]:
        """The surnames of a language, shuffled, masculine."""
        names = source("names")[language]["surnames"].split()
        rng.shuffle(names)
        return names

    def fresh_given(self, language: str, gender: str, family: str, rng: Random) -> str:
        """A given name that nobody of this surname has yet."""
        for _ in range(200):
            given = self.given(language, gender, rng)
            if (given, family) not in self._full:
                self._full.add((given, family))
                return given
        raise ValueError(f"no given name left for {family}")
