"""The brief of a client: base analysis, key figures with their reasons, and what is not known (C1, C2.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextvars import copy_context
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from graphcrm.database.connection import Database
from graphcrm.documents.model import Document, Line, Style, flat
from graphcrm.documents.plain_text import to_text
from graphcrm.domain.base_analysis import Answer, BaseAnalysis, NamedPerson, base_analysis, gaps
from graphcrm.domain.gaps import Gap
from graphcrm.domain.map_health import CoverageSummary, MapHealth, coverage_summary, map_health
from graphcrm.domain.messages import PARTS, QUESTIONS, STATUSES
from graphcrm.domain.power import KeyFigure, PowerWeights, rank_key_figures
from graphcrm.domain.power_map import PowerMap
from graphcrm.domain.score import Reason
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import language, use_language
from graphcrm.i18n import translate as _
from graphcrm.queries import client as client_queries
from graphcrm.queries._contact import ContactRow
from graphcrm.services._ahead import NextDate, contacts_seen, next_dates, next_words
from graphcrm.services._evidence import Evidence, evidence
from graphcrm.services._power_map_drawing import power_map_drawing
from graphcrm.services._stance import Subject, client_of, read_structure_of
from graphcrm.services._structure import known_client, read_first_contacts
from graphcrm.services._wording import day, number, percent, proof, sentence, value_name
from graphcrm.vocabulary import VOCABULARY

SHOWN_FIGURES, SHOWN_CONTACTS = 10, 5
AHEAD = timedelta(days=42)


@dataclass(frozen=True, slots=True)
class Brief:
    """What a manager reads before a visit.

    Attributes:
        figures: the key figures, the most powerful first.
        contacts: the last ones, newest first. ahead: what falls due in the next weeks, the nearest first.
    """

    facts: client_queries.ClientFacts
    map: PowerMap
    structure: PowerStructure
    analysis: BaseAnalysis
    figures: tuple[KeyFigure, ...]
    health: MapHealth
    coverage: CoverageSummary
    gaps: tuple[Gap, ...]
    evidence: Mapping[str, Evidence]
    contacts: tuple[ContactRow, ...] = ()
    ahead: tuple[NextDate, ...] = ()


def client_brief(
    db: Database, viewer: Viewer, subject: Subject, *, as_of: date, weights: PowerWeights | None = None
) -> Brief:
    """Everything that the brief says, of a client or of one of its deals.

    Raises:
        NotFound: there is no such client, or no such deal there.
    """
    client_id = client_of(subject)
    facts = known_client(db, client_id)
    structure = read_structure_of(db, viewer, subject, as_of)
    first = read_first_contacts(db, viewer, client_id)
    ranked = rank_key_figures(structure, weights)
    deals = client_queries.client_deals(db, client_id=client_id, as_of=as_of)
    return Brief(
        facts=facts,
        map=PowerMap.of(client_id, facts.name, structure, ranked),
        structure=structure,
        analysis=base_analysis(structure, first),
        figures=tuple(figure for figure in ranked if figure.is_key)[:SHOWN_FIGURES],
        health=map_health(structure, ranked),
        coverage=coverage_summary(structure, ranked),
        gaps=tuple(gaps(structure)),
        evidence=evidence(structure, facts.name),
        contacts=contacts_seen(db, viewer, client_id, as_of=as_of, most=SHOWN_CONTACTS),
        ahead=tuple(item for item in next_dates(db, viewer, client_id, as_of, deals) if item.on <= as_of + AHEAD),
    )


def brief_document(brief: Brief, spoken: str | None = None) -> Document:
    """What the brief says in the language ``spoken`` ("en", "ru"), or in the one in use."""

    def write() -> Document:
        if spoken:
            use_language(spoken)
        title = _("{client}: brief as of {day}", client=brief.facts.name, day=day(brief.structure.as_of))
        lines = [Line(style, flat(text)) for style, text in _lines(brief)]
        if brief.structure.people:
            at = next(place for place, line in enumerate(lines) if line.text == _("Key figures"))
            lines.insert(at, Line("picture", _("Power map"), power_map_drawing(brief.map)))
        return Document(flat(title), language(), brief.structure.as_of, tuple(lines))

    return copy_context().run(write)


def brief_text(brief: Brief, spoken: str | None = None) -> str:
    """The brief as plain text."""
    return to_text(brief_document(brief, spoken))


Told = tuple[Style, str]


def _lines(brief: Brief) -> Iterator[Told]:
    facts = brief.facts
    standing = (
        value_name("industry", facts.industry),
        facts.city,
        facts.region,
        value_name("client_stage", facts.stage),
    )
    yield "fact", " · ".join(part for part in standing if part)
    if brief.structure.deal is not None:
        yield "fact", _("As people stand in the deal: {deal}", deal=brief.structure.deal.name)
    yield "fact", _("Power map: {health}", health=value_name("map_health", str(brief.health.level)))
    for reason in (*brief.health.reasons, *brief.coverage.reasons):
        yield "fact", sentence(reason.code, reason.params)
    yield "section", _("Last contacts")
    if not brief.contacts:
        yield "note", _("No contact is recorded.")
    for contact in brief.contacts:
        yield from _contact(contact)
    if brief.ahead:
        yield "section", _("What is ahead")
    for item in brief.ahead:
        yield "item", f"{day(item.on)}: {next_words(item)}"
    yield "section", _("Base analysis")
    for answer in brief.analysis.answers:
        yield from _answer(answer)
    yield "section", _("Key figures")
    if not brief.figures:
        yield "note", _("No key figure is known.")
    for figure in brief.figures:
        yield from _figure(brief, figure)
    yield "section", _("What is not known")
    yield from _gaps(brief)


def _contact(contact: ContactRow) -> Iterator[Told]:
    """When, how, with whom, in which mood; what was said; what was agreed and whether it is done."""
    people = ", ".join(one["name"] for one in (*contact.participants, *contact.employees))
    head = (
        day(contact.date),
        value_name("interaction_kind", contact.kind),
        _("with {people}", people=people) if people else "",
        value_name("mood", contact.mood),
    )
    yield "item", " · ".join(part for part in head if part)
    yield "value", contact.summary or _("what was said is not recorded")
    if contact.next_step:
        due = _("by {date}", date=day(contact.next_step_due)) if contact.next_step_due else _("no date")
        if contact.next_step_done:
            due = _("done {date}", date=day(contact.next_step_done))
        due = ", ".join(part for part in (contact.next_step_owner, due) if part)
        yield "value", _("next: {step} ({due})", step=contact.next_step, due=due)


def _answer(answer: Answer) -> Iterator[Told]:
    yield "question", f"{answer.question_id}  {_(QUESTIONS[answer.question_id])}  [{_(STATUSES[answer.status])}]"
    if answer.score is not None and answer.score.value is not None:
        yield "value", percent(answer.score.value)
        for reason in answer.score.reasons:
            yield "item", sentence(reason.code, reason.params)
    for person in answer.people:
        yield "item", _named(person, answer.question_id)
    if answer.missing:
        yield "missing", sentence(answer.missing)
        for helper in answer.could_find_out:
            met = day(helper.last_contact) or _("not known")
            told = _(
                "Could find out: {employee}, in touch with {person} (last contact: {date})",
                employee=helper.employee_name,
                person=helper.person_name,
                date=met,
            )
            yield "helper", told


def _named(person: NamedPerson, question_id: str) -> str:
    parts = [", ".join(part for part in (person.name, person.title, person.organization) if part)]
    if person.roles:
        parts.append(", ".join(value_name("role", role) for role in person.roles))
    if person.sways:
        parts.append(
            _("sways {people}", people=", ".join(f"{name} {percent(chance)}" for name, chance in person.sways))
        )
    if person.through:
        parts.append(_("over {through}", through=" → ".join(name for name in person.through)))
    if person.employee:
        text = _("contact made by {employee}") if question_id == "C1.1" else _("contact kept by {employee}")
        parts.append(text.format(employee=person.employee))
    if question_id == "C1.2":
        parts.append(_("last contact {date}", date=day(person.on)) if person.on else _("last contact not known"))
    else:
        parts.append(proof(person.confidence, person.source, person.on))
    return "; ".join(parts)


def _figure(brief: Brief, figure: KeyFigure) -> Iterator[Told]:
    person, score = brief.structure.by_id[figure.person_id], figure.score
    who = ", ".join(part for part in (person.name, person.title) if part)
    chart = _("by the chart: {rank}", rank=figure.formal_rank) if figure.formal_rank else _("the chart does not tell")
    if score.value is None:
        yield "figure", f"{figure.rank}. {who}: {_('not known')}; {chart}"
        return
    value = _("{points} of 100", points=number(100 * score.value))
    if score.is_uncertain:
        value += " " + _("({low} to {high})", low=number(100 * score.low), high=number(100 * score.high))
    yield "figure", f"{figure.rank}. {who}: {value}; {chart}; {value_name('support', person.support)}"
    for reason in score.reasons:
        if reason.contribution > 0:
            yield from _reason(brief, reason)


def _reason(brief: Brief, reason: Reason) -> Iterator[Told]:
    part = next(fact.id.removeprefix("power.") for fact in reason.facts if fact.kind == "setting")
    counted = f"{percent(reason.value or 0.0)} × {percent(reason.weight)} = {number(100 * reason.contribution)}"
    yield "reason", f"{_(PARTS[part])}: {counted}. {sentence(reason.code, reason.params)}"
    for fact in reason.facts:
        tie = brief.evidence.get(fact.id) if fact.kind == "tie" else None
        if tie is not None:
            yield "proof", _tie(tie)


def _tie(tie: Evidence) -> str:
    verb = VOCABULARY.ties[tie.type].name_in(language())
    parts = [f"{tie.source_name} · {verb} · {tie.target_name}"]
    if tie.type == "INFLUENCES":
        known = tie.strength is not None
        parts.append(
            _("strength {strength} of 10", strength=number(tie.strength or 0)) if known else _("strength not known")
        )
    parts += [value_name("influence_basis", tie.basis)] if tie.basis else []
    return f"{'; '.join(parts)} ({proof(tie.confidence, tie.source, tie.verified)})"


def _gaps(brief: Brief) -> Iterator[Told]:
    if not brief.gaps:
        yield "note", _("Nothing that graphcrm looks for is missing.")
    names: Mapping[str, str] = brief.structure.names
    for person_id, group in groupby(brief.gaps, key=lambda gap: gap.person_id):
        told = " ".join(sentence(gap.code, gap.params) for gap in group)
        yield "gap", f"{names.get(person_id, person_id)}: {told}" if person_id else told
