"""My week (D1): what is due, who cools off, what to verify, what changed: for one of ours, or at all clients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.coverage import Pair
from graphcrm.domain.gaps import STALE_DAYS
from graphcrm.domain.partial_date import PartialDate
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import InvalidInput
from graphcrm.queries import week as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.coverage import clients_in_touch
from graphcrm.services._change_words import ChangeView, change_view
from graphcrm.services._clientele import Part, Shown, shown_clients
from graphcrm.services._colleagues import name_of_ours
from graphcrm.services._congratulations import CongratulationLine, Congratulations, read_congratulations
from graphcrm.services._coverage import pairs_asked, read_pairs
from graphcrm.services._dates import next_occurrence
from graphcrm.services._sensitivity import GIFTS_ARE, date_sensitivity
from graphcrm.vocabulary import VOCABULARY

OVERDUE_DAYS = 30
"""How far back a step that nobody has done is still listed."""
CHANGED_DAYS = 7
STANDING = frozenset({"goodwill_approval", "goodwill_missed"})
"""Kinds of lines that stand in a section of their own, not under what is due."""


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One line with its reason: a sentence (``code`` of :mod:`graphcrm.domain.messages`) and where to act on it.

    Attributes:
        kind: ``step``, ``plan_step``, ``deal``, ``plan``, ``occasion``, ``goodwill`` (also ``_approval``, ``_missed``),
            ``congratulation`` (also ``_missed``), ``cold``, ``cools``, ``stance``.
        on: the day it is due; None for what has no day.
        id: the record or tie it rests on.
    """

    kind: str
    id: str
    code: str
    client_id: str
    client_name: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)
    on: date | None = None
    person_id: str | None = None
    person_name: str | None = None


@dataclass(frozen=True, slots=True)
class WeekChanged:
    """A change at a client."""

    client_id: str
    client_name: str
    change: ChangeView


@dataclass(frozen=True, slots=True)
class Week:
    """The lines in the order in which to read them.

    Attributes:
        due: overdue steps first, then by day. cooling: cooled off, the weakest first; then who cools off soon.
        congratulate: occasions to congratulate on, sent or not; a day of several people at one client is one line.
        approve: goodwill actions that wait for approval. missed: congratulations and actions whose day is past.
        verify: role and attitude that nobody has verified for a year, the oldest first.
        clients: how many clients were looked at; ``shown``: which, where nobody of ours was chosen.
    """

    employee_name: str | None
    clients: int
    due: tuple[WeekLine, ...]
    congratulate: tuple[WeekLine, ...]
    approve: tuple[WeekLine, ...]
    missed: tuple[WeekLine, ...]
    cooling: tuple[WeekLine, ...]
    verify: tuple[WeekLine, ...]
    changed: tuple[WeekChanged, ...]
    asked: tuple[Asked, ...]
    shown: Shown | None = None


def week(
    db: Database, viewer: Viewer, *, as_of: date, employee_id: str | None = None, days: int = 7,
    part: Part | None = None,
) -> Week:  # fmt: skip
    """What the coming ``days`` bring for one of ours at the clients where they are in touch.

    With no ``employee_id`` at all clients, or at a ``part`` of them where they are too many.

    Raises:
        NotFound: nobody of ours has this id.
    """
    name = None if employee_id is None else name_of_ours(db, employee_id, as_of)
    shown = shown_clients(db, as_of, part) if employee_id is None else None
    ids = shown.ids if shown else clients_in_touch(db, employee_id=employee_id, as_of=as_of)
    pairs = [pair for pair in read_pairs(db, viewer, ids, as_of) if employee_id in (None, pair.employee_id)]
    span = {"client_ids": ids, "since": as_of - timedelta(days=OVERDUE_DAYS), "until": as_of + timedelta(days=days)}
    known = None if employee_id is None else {pair.person_id for pair in pairs if pair.in_touch or pair.contacts}
    at = part if shown else ids
    found = read_congratulations(db, viewer, as_of=as_of, days=days, employee_id=employee_id, clients=at)
    own = [line for line in _owned(_due(db, viewer, span, as_of), employee_id) if line.id not in found.action_ids]
    due = [line for line in own if line.kind not in STANDING]
    due += [line for line in _dates(db, viewer, span, as_of, known) if line.id not in found.date_ids]
    late = [line for line in own if line.kind == "goodwill_missed"]
    wishes = _by_day(_congratulate(found))
    return Week(
        employee_name=name,
        clients=len(ids),
        due=_by_day(due),
        congratulate=tuple(line for line in wishes if line.kind != "congratulation_missed"),
        approve=_by_day(line for line in own if line.kind == "goodwill_approval"),
        missed=_by_day([*(line for line in wishes if line.kind == "congratulation_missed"), *late]),
        cooling=tuple(_cooling(pairs, as_of, days)),
        verify=tuple(_verify(db, viewer, ids, pairs, as_of)),
        changed=tuple(_changed(db, viewer, ids, as_of)),
        asked=(*_asked(ids, span, as_of), *found.asked),
        shown=shown,
    )


def _by_day(lines: Iterable[WeekLine]) -> tuple[WeekLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.on or date.max, line.client_name, line.id)))


def _congratulate(found: Congratulations) -> Iterator[WeekLine]:
    """A line for each person's own occasion, and one for each day of a firm, a trade or a country at a client."""
    groups: dict[tuple[str, str, str], list[CongratulationLine]] = defaultdict(list)
    for line in found.lines:
        if line.state != "refused" or line.is_open:
            groups[line.entry.id, line.client_id, line.person.id if line.entry.person_id else ""].append(line)
    for group in groups.values():
        first = group[0]
        kind = "congratulation_missed" if all(line.state == "missed" for line in group) else "congratulation"
        person = first.person if first.entry.person_id else None
        code, params = _wish(first) if person else _wishes(group)
        yield WeekLine(
            kind, first.id, code, first.client_id, first.client_name, params, on=first.entry.when.act_on,
            person_id=person.id if person else None, person_name=person.name if person else None,
        )  # fmt: skip


def _wish(line: CongratulationLine) -> tuple[str, dict[str, Any]]:
    params: dict[str, Any] = {"occasion": line.occasion}
    if line.state == "sent" and line.sent is not None:
        return "week_congratulated", {**params, "date": line.sent.on}
    if line.greeting == "condolence":
        return "week_condolence", {}
    if line.employee_name is None:
        return "week_congratulate_nobody", params
    return "week_congratulate", {**params, "employee": line.employee_name, "channel": line.channel}


def _wishes(group: Sequence[CongratulationLine]) -> tuple[str, dict[str, Any]]:
    sent = sum(line.state == "sent" for line in group)
    return "week_congratulate_many", {"occasion": group[0].occasion, "sent": sent, "count": len(group)}


Owned = tuple[WeekLine, Sequence[str]]
"""A line and who of ours it falls to; nobody: all who are in touch with the client."""


def _owned(lines: Iterable[Owned], employee_id: str | None) -> list[WeekLine]:
    return [line for line, owners in lines if employee_id is None or not owners or employee_id in owners]


def _due(db: Database, viewer: Viewer, span: Mapping[str, Any], as_of: date) -> Iterator[Owned]:
    for step in queries.week_steps(db, **span, as_of=as_of):
        code = "week_step" if step.name else "week_step_open"
        params = {"step": step.name, "date": step.agreed} if step.name else {"date": step.agreed}
        person = step.person or {}
        where = (step.client_id, step.client_name, params, step.due, person.get("id"), person.get("name"))
        yield WeekLine("step", step.id, code, *where), step.owner_ids
    yield from _plan_steps(db, span, as_of)
    ahead = {**span, "since": as_of}
    for deal in queries.week_deals(db, **ahead):
        params = {"name": deal.name}
        yield WeekLine("deal", deal.id, "week_deal", deal.client_id, deal.client_name, params, deal.due), ()
    for plan in queries.week_plans(db, client_ids=span["client_ids"]):
        on = _last_day(plan.horizon)
        if on is not None and as_of <= on < span["until"]:
            params = {"name": plan.name, "partial_date": plan.horizon}
            yield WeekLine("plan", plan.id, "week_plan", plan.client_id, plan.client_name, params, on), ()
    for action in queries.week_goodwill(db, **span, as_of=as_of) if viewer.sees(GIFTS_ARE) else ():
        params = {"action_kind": action.kind, "action_status": action.status, "name": action.what or ""}
        code = "week_goodwill_what" if action.what else "week_goodwill"
        where = (action.client_id, action.client_name, params, action.due, action.person_id, action.person_name)
        waits = action.status == "needs_approval"
        kind = "goodwill_approval" if waits else "goodwill_missed" if action.due < as_of else "goodwill"
        yield WeekLine(kind, action.id, code, *where), () if waits else action.owner_ids
    rows = queries.week_invitations(db, client_ids=span["client_ids"], as_of=as_of)
    for row in viewer.filter(rows) if viewer.sees(GIFTS_ARE) else ():
        params = {"action_status": "needs_approval", "event": row.event_name}
        told = (row.client_id, row.client_name, params, row.due, row.person_id, row.person_name)
        yield WeekLine("goodwill_approval", row.id, "week_invitation", *told), ()


def _plan_steps(db: Database, span: Mapping[str, Any], as_of: date) -> Iterator[Owned]:
    for step in queries.week_plan_steps(db, **span, as_of=as_of):
        person, params = step.person or {}, {"step": step.name, "goal": step.goal}
        where = (step.client_id, step.client_name, params, step.due, person.get("id"), person.get("name"))
        yield WeekLine("plan_step", step.id, "week_plan_step", *where), step.owner_ids


def _last_day(horizon: str) -> date | None:
    try:
        return PartialDate.parse(horizon).latest()
    except InvalidInput:
        return None


def _dates(
    db: Database, viewer: Viewer, span: Mapping[str, Any], as_of: date, known: set[str] | None
) -> Iterator[WeekLine]:
    """Useful dates of the clients and of the people there; of ``known`` people alone, if given."""
    for row in queries.week_dates(db, client_ids=span["client_ids"], as_of=as_of):
        if known is not None and row.person_id is not None and row.person_id not in known:
            continue
        if not viewer.sees(date_sensitivity(row.kind, of_person=row.person_id is not None)):
            continue
        on = next_occurrence(row.on, as_of, recurs=row.recurs)
        if on is None or on >= max(span["until"], as_of + timedelta(days=row.lead_days)):
            continue
        named_by_kind = row.name == VOCABULARY.value_name("date_kind", row.kind, "en")
        code = "week_occasion_only" if named_by_kind else "week_occasion"
        params = {"date_kind": row.kind, "name": row.name}
        where = (row.client_id, row.client_name, params, on, row.person_id, row.person_name)
        yield WeekLine("occasion", row.id, code, *where)


def _cooling(pairs: Sequence[Pair], as_of: date, days: int) -> Iterator[WeekLine]:
    """Cooled off: the weakest against what its level asks for first. Then those that will in these days."""
    cold = sorted((pair for pair in pairs if pair.is_cold), key=lambda one: (one.points or 0.0) - (one.floor or 0.0))
    for pair in cold:
        yield _cold_line(pair, "cold", "cover_cold", strength=round(pair.points or 0.0, 1), kept_level=pair.kept_level)
    for pair in pairs:
        on = None if pair.is_cold else pair.cools_on(as_of)
        if on is not None and (on - as_of).days < days:
            yield _cold_line(pair, "cools", "week_cools", on=on, date=on)


def _cold_line(pair: Pair, kind: str, code: str, *, on: date | None = None, **params: Any) -> WeekLine:
    told = {"employee": pair.employee_name, "floor": pair.floor, **params}
    tie_id = pair.tie_id or f"{pair.person_id}:{pair.employee_id}"
    return WeekLine(kind, tie_id, code, pair.client_id, pair.client_name, told, on, pair.person_id, pair.person_name)


def _verify(db: Database, viewer: Viewer, ids: list[str], pairs: Sequence[Pair], as_of: date) -> Iterator[WeekLine]:
    """Of the people whom we are in touch with; the oldest first, those never verified after them."""
    known = {(pair.client_id, pair.person_id) for pair in pairs if pair.in_touch or pair.contacts}
    since = as_of - timedelta(days=STALE_DAYS)
    for row in viewer.filter(queries.week_stances(db, client_ids=ids, since=since, as_of=as_of)):
        if (row.client_id, row.person_id) in known:
            code = "not_verified_for_long" if row.verified else "never_verified"
            params = {"date": row.verified} if row.verified else {}
            where = (row.client_id, row.client_name, params, None, row.person_id, row.person_name)
            yield WeekLine("stance", row.tie_id, code, *where)


def _changed(db: Database, viewer: Viewer, ids: list[str], as_of: date) -> Iterator[WeekChanged]:
    since = as_of - timedelta(days=CHANGED_DAYS)
    for row in queries.week_changes(db, client_ids=ids, since=since):
        if viewer.sees(row.sensitivity or "family"):
            yield WeekChanged(row.client_id, row.client_name, change_view(db, viewer, row))


def _asked(ids: list[str], span: Mapping[str, Any], as_of: date) -> tuple[Asked, ...]:
    ahead = {**span, "since": as_of}
    return (
        asked(queries.week_steps, **span, as_of=as_of),
        asked(queries.week_plan_steps, **span, as_of=as_of),
        asked(queries.week_deals, **ahead),
        asked(queries.week_plans, client_ids=ids),
        asked(queries.week_dates, client_ids=ids, as_of=as_of),
        asked(queries.week_goodwill, **span, as_of=as_of),
        asked(queries.week_invitations, client_ids=ids, as_of=as_of),
        *pairs_asked(ids, as_of),
        asked(queries.week_stances, client_ids=ids, since=as_of - timedelta(days=STALE_DAYS), as_of=as_of),
        asked(queries.week_changes, client_ids=ids, since=as_of - timedelta(days=CHANGED_DAYS)),
    )
