"""What changed at a client between two days, in plain words, ready for a mail (C1.2-C1.8, A5.2, D1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextvars import copy_context
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby

from graphcrm.database.connection import Database
from graphcrm.documents.model import Document, Line, Style, flat
from graphcrm.domain.structure_changes import KINDS, Stance, StructureChange, structure_changes, turns
from graphcrm.domain.structure_changes_words import CHANGE_KINDS
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import InvalidInput
from graphcrm.i18n import language, use_language
from graphcrm.i18n import translate as _
from graphcrm.queries import structure_changes as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._evidence import Evidence, evidence
from graphcrm.services._sensitivity import mask_basis, tie_visible
from graphcrm.services._structure import known_client, read_structure, structure_asked
from graphcrm.services._wording import day, percent, sentence, value_name
from graphcrm.vocabulary import VOCABULARY

__all__ = [
    "CHANGE_KINDS",
    "KINDS",
    "Changed",
    "Moment",
    "TieLearnt",
    "Timeline",
    "changed",
    "changed_document",
    "learnt_groups",
    "learnt_line",
    "timeline",
    "turns_line",
]

TieLearnt = queries.TieLearnt


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed from ``since`` to ``until``.

    Attributes:
        changes: of the client itself: people, stance, lines, contacts.
        turns: how the attitude went, by the id of each person who turned.
        learnt: the lines of which we learnt meanwhile, though they may have been there before.
        evidence: the ties of both days, by id. names: of all people, by id.
    """

    client_id: str
    client_name: str
    since: date
    until: date
    changes: tuple[StructureChange, ...]
    turns: Mapping[str, tuple[Stance, ...]]
    learnt: tuple[TieLearnt, ...]
    evidence: Mapping[str, Evidence]
    names: Mapping[str, str]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day on which the power structure changes, and how many ties begin or end then."""

    day: date
    ties: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days on which a client's power structure changes, from the first to the last; those ahead too."""

    moments: tuple[Moment, ...]
    asked: tuple[Asked, ...]

    def before(self, day: date) -> date | None:
        """The last change before a day."""
        return max((one.day for one in self.moments if one.day < day), default=None)

    def after(self, day: date) -> date | None:
        """The next change after a day."""
        return min((one.day for one in self.moments if one.day > day), default=None)


def timeline(db: Database, viewer: Viewer, client_id: str) -> Timeline:
    """When the power structure changes, as far as the viewer may see it. Empty for an unknown client."""
    counted: Counter[date] = Counter()
    for row in queries.structure_moments(db, client_id=client_id):
        if tie_visible(viewer, row.kind, row.sensitivity) and (viewer.sees("family") or not row.is_family):
            counted[row.day] += row.ties
    moments = tuple(Moment(day, ties) for day, ties in sorted(counted.items()))
    return Timeline(moments, (asked(queries.structure_moments, client_id=client_id),))


def changed(db: Database, viewer: Viewer, client_id: str, *, since: date, until: date) -> Changed:
    """Compare a client's power structure on two days.

    Raises:
        NotFound: there is no such client. InvalidInput: the first day is not before the second.
    """
    if since >= until:
        raise InvalidInput(
            "{since} is not before {until}: nothing can have changed.", mend="Choose an earlier day.",
            since=since.isoformat(), until=until.isoformat(),
        )  # fmt: skip
    facts = known_client(db, client_id)
    old, new = (read_structure(db, viewer, client_id, one) for one in (since, until))
    stances = [
        Stance(**{name: value for name, value in asdict(row).items() if name != "sensitivity"})
        for row in viewer.filter(queries.stance_history(db, client_id=client_id))
    ]
    found = structure_changes(old, new, stances)
    turned = {one.person_ids[0] for one in found if one.kind == "stance"}
    between = {"client_id": client_id, "since": since, "until": until}
    return Changed(
        client_id=client_id,
        client_name=facts.name,
        since=since,
        until=until,
        changes=tuple(found),
        turns={one: tuple(turns(one, stances, since, until)) for one in turned},
        learnt=tuple(_learnt(viewer, queries.ties_learnt(db, **between))),
        evidence={**evidence(old, facts.name), **evidence(new, facts.name)},
        names={**old.names, **new.names},
        asked=(
            *structure_asked(client_id, since),
            *structure_asked(client_id, until),
            asked(queries.stance_history, client_id=client_id),
            asked(queries.ties_learnt, **between),
        ),
    )


def _learnt(viewer: Viewer, rows: list[TieLearnt]) -> Iterator[TieLearnt]:
    for row in rows:
        if tie_visible(viewer, row.kind, row.sensitivity) and (viewer.sees("family") or not row.is_family):
            yield mask_basis(viewer, row)


def learnt_line(tie: TieLearnt) -> str:
    """What was learnt of one tie, and how sure it is."""
    stated = [f"{tie.source_name} · {VOCABULARY.ties[tie.kind].name_in(language())} · {tie.target_name}"]
    stated += [value_name("role", role) for role in tie.roles]
    stated += [value_name("influence_basis", tie.basis)] if tie.basis else []
    stated += [tie.about] if tie.about else []
    stated += [_("confidence {share}", share=percent(tie.confidence))] if tie.confidence is not None else []
    return " · ".join(stated)


def learnt_groups(found: Changed) -> list[tuple[str, list[TieLearnt]]]:
    """What was learnt, the newest first, by day, source and who of ours heard it: the heading and the ties."""
    grouped = groupby(found.learnt, key=lambda tie: (tie.learnt, tie.source or "", tie.recorder or ""))
    return [(_heard(*key), list(ties)) for key, ties in grouped]


def _heard(learnt: date, source: str, recorder: str) -> str:
    said = _("source: {source}", source=source) if source else _("source not known")
    return " · ".join(part for part in (_("learnt {date}", date=day(learnt)), said, recorder) if part)


def turns_line(stances: tuple[Stance, ...]) -> str:
    """How the attitude went, from the oldest; "" where it was one all the time."""
    if len({one.support for one in stances}) < 2:
        return ""
    steps = []
    for one in stances:
        name = value_name("support", one.support)
        steps.append(f"{name} ({_('since {date}', date=day(one.valid_from))})" if one.valid_from else name)
    return _("How it went: {steps}", steps=" → ".join(steps))


def changed_document(found: Changed, spoken: str | None = None) -> Document:
    """What changed, in the language ``spoken`` ("en", "ru") or in the one in use. As plain text it can be mailed."""

    def write() -> Document:
        if spoken:
            use_language(spoken)
        title = _(
            "{client}: what changed from {since} to {until}",
            client=found.client_name, since=day(found.since), until=day(found.until),
        )  # fmt: skip
        lines = tuple(Line(style, flat(text)) for style, text in _lines(found))
        return Document(flat(title), language(), found.until, lines)

    return copy_context().run(write)


def _lines(found: Changed) -> Iterator[tuple[Style, str]]:
    if not found.changes and not found.learnt:
        yield "note", _("Nothing is recorded that changed in this time.")
    for kind in KINDS:
        own = [one for one in found.changes if one.kind == kind]
        if own:
            yield "section", _(CHANGE_KINDS[kind])
        for one in own:
            yield "gap", sentence(one.code, one.params)
            how = turns_line(found.turns.get(one.person_ids[0], ())) if "turned" in one.code else ""
            if how:
                yield "proof", how
    if found.learnt:
        yield "section", _("What we learnt")
    for heading, ties in learnt_groups(found):
        yield "question", heading
        yield from (("gap", learnt_line(tie)) for tie in ties)
