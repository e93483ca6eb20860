"""Numbers that are right in form and plainly invented: codes of zeros or nines, check digits computed."""

from __future__ import annotations

from itertools import count

from stdnum import bic, iban
from stdnum.eu import vat
from stdnum.ru import inn

_BBAN = {  # an invented bank, then room for the account; 0 stands for a digit of the account
    "DE": "99999999{:010d}",
    "PL": "99999999{:016d}",
    "IT": "X9999999999{:012d}",
    "CZ": "9999{:016d}",
    "FI": "999999{:08d}",
    "NL": "XXXX{:010d}",
    "RO": "XXXX{:016d}",
    "SE": "999{:017d}",
    "AT": "99999{:011d}",
    "KZ": "999{:013d}",
    "TR": "999990{:016d}",
    "RS": "999{:015d}",
}
_VAT = {
    "DE": "9990{:05d}",
    "PL": "99900{:05d}",
    "IT": "0000{:03d}0{:03d}",
    "CZ": "0999{:04d}",
    "FI": "9900{:04d}",
    "NL": "9990{:05d}B01",
    "RO": "99000{:03d}",
    "SE": "5599{:06d}01",
    "AT": "U9900{:04d}",
    "ES": "B9990{:04d}",
}


def make_inn(number: int) -> str:
    """A ten-digit INN of the tax office 0000, which does not exist."""
    body = f"0000{number:05d}"
    return next(text for digit in range(10) if inn.is_valid(text := f"{body}{digit}"))


def make_iban(country: str, number: int) -> str | None:
    """An IBAN of an invented bank, or None where the country has none (Spain: not made here)."""
    if country not in _BBAN:
        return None
    for account in count(number * 1000):
        bban = _BBAN[country].format(account)
        text = country + iban.calc_check_digits(f"{country}00{bban}") + bban
        if iban.is_valid(text):
            return text
    raise AssertionError("unreachable")


def make_vat(country: str, number: int) -> str | None:
    """A VAT number of the European Union, or None outside it. The first good one from an invented range."""
    if country not in _VAT:
        return None
    form = _VAT[country]
    tries = (
        form.format(*divmod(one, 1000)) if form.count("{") == 2 else form.format(one) for one in count(number * 37)
    )
    return next(text for body in tries if vat.is_valid(text := country + body))


def check_bic(text: str) -> str:
    """The BIC, checked for form.

    Raises:
        stdnum.exceptions.ValidationError: it is not of the form.
    """
    return bic.validate(text)
