"""Russian names in their cases, for letters: «Вашу супругу, Ольгу Игоревну» (C3.3).

The rules are those of petrovich, by the library ``pytrovich``; docs/decisions/russian-names.md tells why this one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

Part = Literal["given_name", "patronymic", "family_name"]
CaseName = Literal["genitive", "dative", "accusative", "instrumental"]

_PARTS = {"given_name": NamePart.FIRSTNAME, "patronymic": NamePart.MIDDLENAME, "family_name": NamePart.LASTNAME}
_GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE}
_RUSSIAN = re.compile(r"[А-Яа-яЁё-]+")
_HEADS = {"день": "днём", "праздник": "праздником"}
_ENDINGS = (("ый", "ым"), ("ий", "им"), ("ой", "ым"))


def gender_of(gender: str | None, patronymic: str | None) -> str | None:
    """ "male" or "female": as recorded, else as the patronymic shows; None when neither tells."""
    if gender in _GENDERS:
        return gender
    ending = (patronymic or "").lower()
    if ending.endswith(("ович", "евич", "ич", "оглы", "улы")):
        return "male"
    return "female" if ending.endswith(("вна", "чна", "кызы")) else None


def in_case(parts: dict[Part, str | None], gender: str | None, case: CaseName) -> str:
    """A name in a case: given name, patronymic, family name, those that are known, in this order.

    A name in other letters, or of somebody whose gender is not known, stays as it is.
    """
    known = _GENDERS.get(gender_of(gender, parts.get("patronymic")) or "")
    words = []
    for name in ("given_name", "patronymic", "family_name"):
        word = parts.get(name)  # type: ignore[call-overload]
        if word:
            declined = known is not None and _RUSSIAN.fullmatch(word)
            words.append(_maker().make(_PARTS[name], known, Case[case.upper()], word) if declined else word)
    return " ".join(words)


def with_day(name: str) -> str | None:
    """«День химика» -> «с Днём химика», «Всемирный день книги» -> «со Всемирным…»; None for names of other forms."""
    words = name.split()
    found = []
    for place, word in enumerate(words):
        if word.lower() in _HEADS:
            head = _HEADS[word.lower()]
            found.append(head.capitalize() if word[0].isupper() else head)
            rest = " ".join([*found, *words[place + 1 :]])
            return f"со {rest}" if rest.lower().startswith(("всемир", "всерос")) else f"с {rest}"
        ending = next(((old, new) for old, new in _ENDINGS if word.endswith(old)), None)
        if ending is None:
            return None
        found.append(word.removesuffix(ending[0]) + ending[1])
    return None


@cache
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()
