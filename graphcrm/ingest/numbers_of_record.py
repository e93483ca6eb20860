"""The numbers that registers give out, checked for form by python-stdnum: IBAN, BIC, INN, VAT numbers.

Whether a number belongs to the firm is not checked: that would take a call to the register.
"""

from __future__ import annotations

import re
from types import ModuleType

from stdnum import bic, get_cc_module, iban
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.ru import inn

_RUSSIAN_BIK = re.compile(r"0[0-9]{8}")
_PLAIN_VAT = re.compile(r"[A-Z]{2}[0-9A-Z]{5,14}")


def check_number(kind: str, text: str) -> tuple[str, str | None, str]:
    """(the number in compact form, code of the message or None when it is good, name of the standard).

    Args:
        kind: ``iban``, ``bic`` (or a Russian BIK of nine digits), ``inn`` or ``vat`` (with the country's letters).
        text: as it stands in the cell.
    """
    if kind == "vat":
        return _check_vat(text)
    if kind == "bic" and _RUSSIAN_BIK.fullmatch(text):
        return text, None, "BIK"
    module, name = {"iban": (iban, "IBAN"), "bic": (bic, "BIC"), "inn": (inn, "INN")}[kind]
    return _checked(module, text, name)


def _checked(module: ModuleType, text: str, name: str) -> tuple[str, str | None, str]:
    try:
        return module.validate(text), None, name
    except InvalidChecksum:
        return text, "bad_checksum", name
    except (ValidationError, ValueError):
        return text, "bad_form", name


def _check_vat(text: str) -> tuple[str, str | None, str]:
    bare = re.sub(r"[\s.\-]", "", text).upper()
    if not _PLAIN_VAT.fullmatch(bare):
        return text, "bad_form", "VAT"
    letters = bare[:2]
    module = get_cc_module("gr" if letters == "EL" else letters.lower(), "vat")
    if module is None:
        return bare, None, "VAT"
    name = f"VAT ({letters})"
    _, fault, _ = _checked(module, bare, name)
    if fault:  # some modules want the number without the letters of its country
        _, fault_without, _ = _checked(module, bare[2:], name)
        fault = fault_without and (fault if fault == "bad_checksum" else fault_without)
    return (bare, None, name) if fault is None else (text, fault, name)
