"""The goodwill plan of a client for a quarter, its edits and saving, and what came after the last quarter (C3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.coverage import LEVELS, Pair
from graphcrm.domain.goodwill_outcome import After, Outcome, outcome
from graphcrm.domain.goodwill_plan import Gesture, Step, cost_of, day_reason, noted
from graphcrm.domain.money import Money
from graphcrm.domain.score import Reason
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import EditRefused, GiftRefused, GraphcrmError, InvalidInput, NotFound
from graphcrm.i18n import language
from graphcrm.queries import goodwill_plan as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._coverage import pairs_asked, read_pairs
from graphcrm.services._goodwill_quarter import QUARTER_DAYS, QuarterPlan, read_quarter
from graphcrm.services._rows import RowEdit, new_id, save_edits
from graphcrm.services._saving import require_writer
from graphcrm.services._structure import known_client, read_structure, structure_asked
from graphcrm.services._wording import sentence
from graphcrm.vocabulary.goodwill import goodwill_catalogue

__all__ = ["Doers", "PlanSaved", "QuarterPlan", "Revised", "StepEdit", "choices_of", "goodwill_outcome",
           "goodwill_plan", "method_name", "revise", "save_plan"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepEdit:
    """What a user has changed of a proposed step. None and "": as it was proposed."""

    dropped: bool = False
    on: date | None = None
    choice: str = ""
    owner_id: str | None = None


@dataclass(frozen=True)
class Revised:
    """The steps as the user wants them.

    Attributes:
        of: the plan that was proposed.
        problems: id of a step -> what stands against it; such a plan cannot be saved.
        cost, left: in the currency of the budget; None without one. ``left`` is below zero when it does not reach.
    """

    of: QuarterPlan
    steps: tuple[Step, ...]
    problems: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
    cost: Money | None = None
    left: Money | None = None

    @property
    def is_over(self) -> bool:
        """Whether the budget does not reach."""
        return self.left is not None and self.left.amount < 0


@dataclass(frozen=True, slots=True)
class Doers:
    """What writes gifts and invitations: they have services of their own, with register and list of guests."""

    plan_gift: Callable[..., Any]
    gift_plan: Callable[..., Any]
    invite: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class PlanSaved:
    """How many steps stand now, and those that were refused, each with why."""

    count: int
    refused: tuple[tuple[Step, GraphcrmError], ...] = ()


def goodwill_plan(db: Database, viewer: Viewer, client_id: str, *, budget: Money | None, as_of: date) -> QuarterPlan:
    """Plan the coming quarter for the key figures of a client.

    Raises:
        NotFound: there is no such client. InvalidInput: a budget below zero.
    """
    known_client(db, client_id)
    if budget is not None and budget.amount < 0:
        raise InvalidInput("The budget cannot be less than zero.", mend="Correct it.")
    return read_quarter(db, viewer, client_id, budget=budget, as_of=as_of)


def revise(found: QuarterPlan, edits: Mapping[str, StepEdit]) -> Revised:
    """The plan with the user's changes, each step judged anew on its new day."""
    steps, problems = [], {}
    for step in (*found.plan.steps, *_added(found, edits)):
        edit = edits.get(step.id, StepEdit())
        if edit.dropped:
            continue
        new = _edited(found, step, edit)
        against = tuple(_against(found, new, gone=bool(edit.choice) and new.gesture.choice != edit.choice))
        if against:
            problems[step.id] = against
        steps.append(new)
    taken = {one: figure.taken for one, figure in found.figures.items()}
    told = noted(steps, taken, found.busy)
    told = tuple(replace(one, notes=(*one.notes, "step_day_off")) if one.gesture.on in found.days_off else one
                 for one in told)  # fmt: skip
    if found.budget is None:
        return Revised(found, told, problems)
    cost = Money(cost_of(told), found.budget.currency)
    used = found.used.amount if found.used else Decimal(0)
    return Revised(found, told, problems, cost, Money(found.budget.amount - used - cost.amount, cost.currency))


def _added(found: QuarterPlan, edits: Mapping[str, StepEdit]) -> Iterator[Step]:
    """What the user has put in place of gifts."""
    for left in found.plan.left:
        edit = edits.get(left.step_id)
        if edit is not None and left.instead:
            chosen = next((one for one in left.instead if one.choice == edit.choice), left.instead[0])
            owner = found.figures[left.person_id].owner_id
            yield Step(chosen, owner, "more", (Reason.told("step_chosen"), day_reason(chosen)))


def _edited(found: QuarterPlan, step: Step, edit: StepEdit) -> Step:
    owner = step.owner_id if edit.owner_id is None else edit.owner_id
    on, choice = edit.on or step.gesture.on, edit.choice or step.gesture.choice
    if (on, choice) == (step.gesture.on, step.gesture.choice):
        return replace(step, owner_id=owner)
    maker, entry = found.makers[step.gesture.person_id], found.occasion_of(step)
    gesture = maker.chosen(choice, on, entry) or replace(step.gesture, on=on)
    reasons = [Reason.told("step_chosen")]
    if gesture.fits:
        reasons.append(Reason.told("step_fits", fits=gesture.fits))
    if gesture.on == step.gesture.on or not gesture.occasion_key:
        reasons.append(day_reason(gesture))
    return Step(gesture, owner, step.part, tuple(reasons))


def _against(found: QuarterPlan, step: Step, *, gone: bool) -> Iterator[Reason]:
    """What stands against a step, by the rules and by its day."""
    one, maker = step.gesture, found.makers[step.gesture.person_id]
    if gone:
        yield Reason.told("step_gone")
    if one.on < found.begin:
        yield Reason.told("step_day_past", date=one.on)
    if one.on > maker.until:
        yield Reason.told("step_after_last_day", date=maker.until)
    if one.event_on is not None and one.on >= one.event_on:
        yield Reason.told("step_after_event", date=one.event_on)
    if one.kind == "gift" and not step.owner_id:
        yield Reason.told("step_no_owner")
    if one.mark == "not_correct" and one.verdict is not None:
        yield from one.verdict.of("never") or (Reason.told("step_not_correct"),)


def method_name(one: Gesture) -> str:
    """What a gesture is, in the language in use."""
    method = goodwill_catalogue().methods[one.method]
    name = method.ru if language() == "ru" else method.en
    return f"{name}: {one.item}" if one.kind == "invitation" else one.item or name


def save_plan(db: Database, viewer: Viewer, revised: Revised, doers: Doers, *, key: str, today: date) -> PlanSaved:
    """Write the steps down: words and invitations as actions with owner and day, gifts by their own register.

    The same key again saves nothing twice. A gift, or a list of guests, that refuses leaves the other steps saved.

    Raises:
        InvalidInput: there is nothing to save, a step is not correct, or the budget does not reach.
        Forbidden, EditRefused, DatabaseError: as every save.
    """
    require_writer(viewer)
    _require_sound(revised)
    save = _Save(db, viewer, doers, key, today)
    refused = [*save.invite(revised.steps)]
    kept = [one for one in revised.steps if one not in [step for step, _error in refused]]
    rows = [RowEdit("GoodwillAction", new_id("GoodwillAction", f"{key}/{one.id}"), _cells(one))
            for one in kept if one.gesture.kind != "gift"]  # fmt: skip
    if rows:
        save_edits(db, viewer, rows, key=key, today=today)
    refused += save.plan_gifts(kept)
    return PlanSaved(len(revised.steps) - len(refused), tuple(refused))


Refused = tuple[Step, GraphcrmError]


@dataclass(frozen=True, slots=True)
class _Save:
    db: Database
    viewer: Viewer
    doers: Doers
    key: str
    today: date

    def invite(self, steps: Sequence[Step]) -> Iterator[Refused]:
        """Put the guests on the lists of the events; those of a list that refuses come back."""
        invited = [one for one in steps if one.gesture.kind == "invitation"]
        for event_id in sorted({one.gesture.item_id for one in invited}):
            own = [one for one in invited if one.gesture.item_id == event_id]
            guests = [one.gesture.person_id for one in own]
            try:
                self.doers.invite(
                    self.db, self.viewer, event_id, guests, key=f"{self.key}-{event_id}", today=self.today
                )
            except (InvalidInput, NotFound) as error:
                yield from ((one, error) for one in own)

    def plan_gifts(self, steps: Sequence[Step]) -> Iterator[Refused]:
        """Plan the gifts, each judged and registered; those that are refused come back."""
        for step in steps:
            one = step.gesture
            if one.kind != "gift":
                continue
            wanted = self.doers.gift_plan(
                one.person_id, one.item_id, one.on, one.occasion_id or None, one.occasion or None
            )
            try:
                self.doers.plan_gift(
                    self.db, self.viewer, wanted, step.owner_id, key=f"{self.key}-{step.id}", today=self.today
                )
            except (GiftRefused, InvalidInput, NotFound, EditRefused) as error:
                yield step, error


def _require_sound(revised: Revised) -> None:
    if not revised.steps:
        raise InvalidInput("There is nothing to plan.", mend="Look at who is left out, and why.")
    for step in revised.steps:
        for reason in revised.problems.get(step.id, ()):
            raise InvalidInput(
                "{name}: {why}", mend="Move the step, take another gesture, or drop it.",
                name=revised.of.names[step.gesture.person_id], why=sentence(reason.code, reason.params),
            )  # fmt: skip
    if revised.is_over:
        raise InvalidInput("The gifts cost more than is left of the budget.", mend="Drop one, or raise the budget.")


def _cells(step: Step) -> dict[str, Any]:
    one = step.gesture
    cells = {
        "kind": one.kind,
        "status": "planned",
        "date": one.on,
        "description": f"{method_name(one)} ({one.occasion})" if one.occasion else method_name(one),
        "person_id": one.person_id,
        "occasion_id": one.occasion_id,
        "occasion_key": one.occasion_key,
        "employee_id": step.owner_id,
    }
    return {name: value for name, value in cells.items() if value}


def goodwill_outcome(db: Database, viewer: Viewer, client_id: str, *, as_of: date) -> tuple[Outcome, tuple[Asked, ...]]:
    """Attitude and strongest relation of everybody at a client a quarter ago and now, beside the gestures between.

    Raises:
        NotFound: there is no such client.
    """
    known_client(db, client_id)
    since = as_of - timedelta(days=QUARTER_DAYS)
    before, now = (read_structure(db, viewer, client_id, day).by_id for day in (since, as_of))
    pairs = [read_pairs(db, viewer, [client_id], day) for day in (since, as_of)]
    strong, close = [_strength(one) for one in pairs], [_levels(one) for one in pairs]
    given = {"client_id": client_id, "since": since, "until": as_of}
    count = Counter(row.person_id for row in queries.goodwill_done(db, **given) if row.done)
    people = [
        After(one, person.name, count[one], before[one].support if one in before else "unknown", person.support,
              strong[0].get(one), strong[1].get(one), close[0].get(one), close[1].get(one))
        for one, person in now.items()
        if not person.is_vacant
    ]  # fmt: skip
    return outcome(people), (
        *structure_asked(client_id, since),
        asked(queries.goodwill_done, **given),
        *pairs_asked([client_id], as_of),
    )


def _strength(pairs: Iterable[Pair]) -> dict[str, float]:
    best: dict[str, float] = {}
    for pair in pairs:
        if pair.points is not None:
            best[pair.person_id] = max(best.get(pair.person_id, 0.0), pair.points)
    return best


def _levels(pairs: Iterable[Pair]) -> dict[str, str]:
    """Person -> the closest relation that one of ours has to them."""
    best: dict[str, str] = {}
    for pair in pairs:
        if pair.level_now in LEVELS:
            best[pair.person_id] = max(best.get(pair.person_id, LEVELS[0]), pair.level_now, key=LEVELS.index)
    return best


def choices_of(found: QuarterPlan, step: Step, on: date) -> Sequence[Gesture]:
    """What else there is for a step, on a day: correct or not, with the verdict."""
    return found.makers[step.gesture.person_id].choices(on, found.occasion_of(step))
