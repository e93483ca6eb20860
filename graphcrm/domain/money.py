"""Amounts in a currency, and rates that somebody entered with their day. There is no silent 1:1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from graphcrm.errors import InvalidInput

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, exact to the digit, in a currency of ISO 4217."""

    amount: Decimal
    currency: str

    @classmethod
    def of(cls, value: float | int | Decimal | None, currency: str | None) -> Money | None:
        """A stored number with its currency; None where one of the two is missing."""
        return None if value is None or not currency else cls(Decimal(str(value)), currency)

    def __str__(self) -> str:
        amount = self.amount.quantize(CENT)
        return f"{amount.to_integral() if amount == amount.to_integral() else amount} {self.currency}"


class RateMissing(InvalidInput):
    """No rate between two currencies is known for a day. ``fields`` tell which to enter."""

    def __init__(self, base: str, into: str, on: date) -> None:
        super().__init__(
            "There is no exchange rate from {base} into {into} for {on}.",
            mend="Enter one: the file exchange_rates, with its day.",
            base=base,
            into=into,
            on=on.isoformat(),
        )


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of ``base`` was worth ``rate`` units of ``into`` on a day."""

    base: str
    into: str
    rate: Decimal
    on: date


class Rates:
    """The rates that have been entered.

    Args:
        entered: a rate of zero or less is left out: it says nothing.
        days: how long a rate holds.
    """

    def __init__(self, entered: Iterable[Rate] = (), *, days: int = 366) -> None:
        self._days = timedelta(days=days)
        self._known: dict[tuple[str, str], list[tuple[date, Decimal]]] = {}
        for one in entered:
            if one.rate > 0:
                self._known.setdefault((one.base, one.into), []).append((one.on, one.rate))
                self._known.setdefault((one.into, one.base), []).append((one.on, 1 / one.rate))
        for known in self._known.values():
            known.sort()

    def convert(self, money: Money, into: str, on: date) -> Money:
        """The same amount in another currency, by the newest rate of the day or before; directly or over one other.

        Raises:
            RateMissing: no rate leads there, or the newest is too old.
        """
        if money.currency == into:
            return money
        direct = self._on(money.currency, into, on)
        if direct is not None:
            return Money(money.amount * direct, into)
        for base, between in sorted(self._known):
            if base == money.currency:
                first, second = self._on(base, between, on), self._on(between, into, on)
                if first is not None and second is not None:
                    return Money(money.amount * first * second, into)
        raise RateMissing(money.currency, into, on)

    def _on(self, base: str, into: str, on: date) -> Decimal | None:
        known = [(day, rate) for day, rate in self._known.get((base, into), ()) if on - self._days <= day <= on]
        return known[-1][1] if known else None
