"""The power score and the key figures of a client (requirement C2.1).

The score of a person is the weighted mean of six parts, each 0-1: influence reach on those who decide, right to decide
the purchase, right to decide the payment, formal authority, brokerage, veto. A seventh, freedom to broker (1 less
Burt's constraint), is computed and shown but weighs nothing until the user says so: a tie onto a decider can close a
triangle and so raise the constraint, and a new influence must never lower the one who gained it.

The weights are a judgement, argued for in docs/explanation/power-score.md, and the user's to change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from graphcrm.domain import measures
from graphcrm.domain.power_parts import DECIDING_ROLES, Part, analyse, parts_of
from graphcrm.domain.score import TOLERANCE, Fact, Reason, Score
from graphcrm.domain.structure import UNKNOWN, PowerStructure, Stakeholder
from graphcrm.errors import InvalidInput

KEY_SHARE = 0.5
"""A person with influence or a veto is a key figure from this share of the greatest power at the client."""
INTEREST_LINE = 0.5
"""Interest from which a person counts as interested."""
STANCE_INTEREST: Mapping[str, float] = {
    "mentor": 1.0,
    "enemy": 1.0,
    "supporter": 0.7,
    "non_supporter": 0.7,
    "neutral": 0.3,
}
"""Interest that a stance shows: who fights for us or against us cares; who is neutral cares less."""
DEAL_INTEREST = 0.8
"""Interest that a stake in a deal under way shows."""


@dataclass(frozen=True, slots=True)
class PowerWeights:
    """How much each part of power counts. Only the proportions matter; a part with weight 0 is shown, not counted.

    Attributes:
        horizon: longest chain of influence that counts, in ties (1-4).
        passing_on: chance that a go-between passes a matter on, 0-1.

    Raises:
        InvalidInput: a negative weight, all weights zero, or a setting out of range.
    """

    reach: float = 0.38
    purchase: float = 0.285
    payment: float = 0.095
    formal: float = 0.08
    brokerage: float = 0.08
    veto: float = 0.08
    structural_holes: float = 0.0
    horizon: int = 3
    passing_on: float = 0.5

    def __post_init__(self) -> None:
        weights = self._raw()
        if not all(0 <= weight < float("inf") for weight in weights.values()) or sum(weights.values()) <= 0:
            raise InvalidInput(
                "The weights of the power score cannot be used.",
                mend="Give each part a weight of zero or more, and at least one part more than zero.",
            )
        if not (1 <= self.horizon <= 4 and 0 <= self.passing_on <= 1):
            raise InvalidInput(
                "The reach of influence cannot be computed with these settings.",
                mend="Choose chains of 1 to 4 ties and a chance of passing on between 0 and 1.",
            )

    def _raw(self) -> dict[str, float]:
        return {
            item.name: getattr(self, item.name) for item in fields(self) if item.name not in ("horizon", "passing_on")
        }

    def shares(self) -> dict[str, float]:
        """The weight of each part by name, as a share of all: they sum up to 1."""
        weights = self._raw()
        total = sum(weights.values())
        return {name: weight / total for name, weight in weights.items()}

    @property
    def payment_share(self) -> float:
        """The payment's share in the rights to decide, 0-1; a quarter when neither right is weighed."""
        both = self.purchase + self.payment
        return self.payment / both if both > 0 else 0.25


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A person with their power.

    Attributes:
        rank: 1 is the most powerful; equals share a rank (1, 2, 2, 4).
        score: the power score; its value is None for a person of whom nothing is known that bears on power.
        formal_rank: the rank that the organisation chart alone would give; None when it does not tell.
        is_key: True for a key figure; see :func:`rank_key_figures`.
        components: the value of each part by name; None where it could not be computed.
        interest: how much our matter concerns them; its value is None when nothing shows it.
        quadrant: code of the enumeration ``quadrant``; None when power or interest is not known.
    """

    person_id: str
    name: str
    rank: int
    score: Score
    formal_rank: int | None
    is_key: bool
    components: Mapping[str, float | None] = field(hash=False)
    interest: Score
    quadrant: str | None


def rank_key_figures(structure: PowerStructure, weights: PowerWeights | None = None) -> list[KeyFigure]:
    """All people of a client by power, the most powerful first; vacant seats are left out.

    A key figure is who decides purchase or payment, who belongs to the inner circle, or who sways a decider or can stop
    a purchase and has at least half of the greatest power at the client.

    Equal scores share a rank; within it the order is by formal rank, then by id, so that it is the same every time.
    """
    weights = weights or PowerWeights()
    analysis = analyse(
        structure, payment_share=weights.payment_share, horizon=weights.horizon, passing_on=weights.passing_on
    )
    formal_ranks = measures.formal_ranks(structure)
    people = [person for person in structure.people if not person.is_vacant]
    parts = {person.id: parts_of(person, analysis) for person in people}
    scores = {
        person.id: _score(parts[person.id], weights, known=_is_known(person, analysis.levels, analysis.graph))
        for person in people
    }
    greatest = max((score.value for score in scores.values() if score.value is not None), default=0.0)
    ranks = measures.competition_ranks({person: _order(score) for person, score in scores.items()})
    figures = []
    for person in people:
        score, concern = scores[person.id], interest(person)
        figures.append(
            KeyFigure(
                person_id=person.id,
                name=person.name,
                rank=ranks[person.id],
                score=score,
                formal_rank=formal_ranks.get(person.id),
                is_key=_is_key(person, parts[person.id], score, greatest),
                components={part.name: part.value for part in parts[person.id]},
                interest=concern,
                quadrant=quadrant(score.value, concern.value, power_line=KEY_SHARE * greatest),
            )
        )
    return sorted(figures, key=lambda figure: (figure.rank, figure.formal_rank or len(people) + 1, figure.person_id))


def _order(score: Score) -> tuple[bool, float]:
    return score.value is None, -round(score.value or 0.0, 9)


def _is_known(person: Stakeholder, levels: Mapping[str, int], graph: object) -> bool:
    """True when anything is known that bears on the person's power: a level, a role or an influence."""
    return person.id in levels or bool(person.roles) or graph.degree(person.id) > 0  # type: ignore[attr-defined]


def _score(parts: Sequence[Part], weights: PowerWeights, *, known: bool) -> Score:
    shares = weights.shares()
    reasons = tuple(_reason(part, shares[part.name]) for part in parts)
    reasons = tuple(sorted(reasons, key=lambda reason: (-reason.contribution, -reason.weight)))
    if not known:
        return Score(None, reasons)
    value = sum(reason.contribution for reason in reasons)
    low = sum(part.low * shares[part.name] for part in parts)
    high = sum(part.high * shares[part.name] for part in parts)
    return Score(min(value, 1.0), reasons, low=min(low, value), high=min(max(high, value), 1.0))


def _reason(part: Part, share: float) -> Reason:
    return Reason(
        code=part.code,
        value=part.value,
        weight=share,
        contribution=(part.value or 0.0) * share,
        facts=(*part.facts, Fact("setting", f"power.{part.name}", "weight", {"share": share})),
        params=part.params,
        low=part.low,
        high=part.high,
    )


def _is_key(person: Stakeholder, parts: Sequence[Part], score: Score, greatest: float) -> bool:
    if person.roles & DECIDING_ROLES or person.political_status == "inner_circle":
        return True
    sways = any(part.name in ("reach", "veto") and (part.value or 0.0) > TOLERANCE for part in parts)
    return sways and score.value is not None and score.value >= KEY_SHARE * greatest - TOLERANCE


def interest(person: Stakeholder) -> Score:
    """How much our matter concerns the person, 0-1 (the second axis of Mendelow 1991).

    The user's own estimate where there is one. Otherwise the strongest sign: the stance towards us, a stake in a deal
    under way, contacts in the last twelve months (1: a third, 2: a half, 4: two thirds). A missing sign is no sign of a
    lack of interest, so none at all means not known.
    """
    stake = (Fact("tie", person.stakeholder_id),) if person.stakeholder_id else ()
    if person.interest is not None:
        stated = min(max(person.interest / 10, 0.0), 1.0)
        return Score(stated, (Reason("interest_stated", stated, 1.0, stated, stake, {"interest": person.interest}),))
    signs: list[Reason] = []
    if person.support != UNKNOWN and person.support in STANCE_INTEREST:
        shown = STANCE_INTEREST[person.support]
        signs.append(Reason("interest_stance", shown, 0.0, 0.0, stake, {"support": person.support}))
    if person.open_deal_ids:
        deals = tuple(Fact("node", deal) for deal in person.open_deal_ids)
        signs.append(Reason("interest_deal", DEAL_INTEREST, 0.0, 0.0, deals, {"count": len(deals)}))
    if person.interactions_last_year:
        count = person.interactions_last_year
        signs.append(Reason("interest_contacts", count / (count + 2), 0.0, 0.0, (), {"count": count}))
    if not signs:
        return Score(None, (Reason("interest_unknown", None, 1.0, 0.0),))
    signs.sort(key=lambda sign: -(sign.value or 0.0))
    strongest = signs[0]
    value = strongest.value or 0.0
    counted = Reason(strongest.code, value, 1.0, value, strongest.facts, strongest.params)
    return Score(value, (counted, *signs[1:]))


def quadrant(
    power: float | None, concern: float | None, *, power_line: float, interest_line: float = INTEREST_LINE
) -> str | None:
    """The quadrant of power and interest (Mendelow 1991), or None when either is not known.

    Args:
        power, concern: 0-1.
        power_line: power from which a person counts as powerful; for a client, half of the greatest power there.
        interest_line: interest from which a person counts as interested.
    """
    if power is None or concern is None:
        return None
    if power >= power_line - TOLERANCE:
        return "key_player" if concern >= interest_line else "keep_satisfied"
    return "keep_informed" if concern >= interest_line else "monitor"
