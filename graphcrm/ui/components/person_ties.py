"""A person's place in the structure: unit, boss, reports, who covers them, and every tie in and out with its proof."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.queries.person import PersonCoverage, PersonStake, PersonTie
from graphcrm.services.person import PersonView
from graphcrm.ui.components.chips import chip, show_chips, value_chip
from graphcrm.ui.components.edit_boss import change_boss_button
from graphcrm.ui.components.formats import day, number, partial_day, safe, share
from graphcrm.ui.components.person_features import pairs
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.stance_line import render_stance_line
from graphcrm.vocabulary import VOCABULARY

SHOWN = 6
_KINDS = ("INFLUENCES", "CONFLICTS_WITH", "KNOWS", "MENTOR_OF", "SPOUSE_OF", "PARENT_OF", "SIBLING_OF", "GUARDIAN_OF")


def render_place(view: PersonView) -> None:
    """Unit, bosses, reports and coverage."""
    st.subheader(_("Place in the structure"), anchor=False)
    job = next((job for job in view.jobs if job.current), None)
    level = _("{level} (1 is the head)", level=job.level) if job and job.level else _("not known")
    units = ", ".join(unit.unit_name for unit in view.units) or _("not known")
    pairs([(_("Unit"), units), (_("Level"), level), (_("Since"), partial_day(job.since) if job else _("not known"))])
    heads = job is not None and job.level == 1
    none = _("Nobody: heads the organisation.") if heads else _("Not known.")
    home = job.organization_name if job else None
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(f'<p class="gc-question">{safe(_("Reports to"))}</p>', width="content")
        if job is not None:
            change_boss_button((view.id, view.name), job.organization_id, "change-boss")
    _people("", view.ties_of("REPORTS_TO", outgoing=True), none, home)
    reports = view.ties_of("REPORTS_TO", outgoing=False)
    _people(plural("{n} direct report", "{n} direct reports", len(reports)), reports, "", home)
    _covering(view)


def render_stakes(view: PersonView, as_of: date) -> None:
    """Roles and stance in each decision, with the words behind them and their proof."""
    if view.is_ours:
        return
    st.subheader(_("Roles and stance"), anchor=False)
    current = [stake for stake in view.stakes if stake.current]
    if not current:
        st.html(f'<p class="gc-missing">{safe(_("No role in a decision is known."))}</p>')
    for stake in current:
        _stake(stake)
    render_stance_line(view.stakes, as_of)
    past = [stake for stake in view.stakes if not stake.current]
    if past:
        with st.expander(plural("{n} earlier stance", "{n} earlier stances", len(past))):
            for stake in past:
                _stake(stake)


def render_ties(view: PersonView) -> None:
    """Influence, conflict, acquaintance and family, in both directions."""
    st.subheader(_("Ties"), anchor=False)
    drawn = False
    for kind in _KINDS:
        word = VOCABULARY.ties[kind]
        both = word.symmetric
        for outgoing in (True,) if both else (True, False):
            ties = view.ties_of(kind, outgoing=None if both else outgoing)
            if ties:
                forward = word.name_in(language())
                back = word.reverse_ru if language() == "ru" else word.reverse_en
                _people(_capital(forward if outgoing else back), ties, "")
                drawn = True
    if not drawn:
        st.html(f'<p class="gc-missing">{safe(_("No tie to other people is known, apart from the chart."))}</p>')


def proof(confidence: float | None, source: str | None, on: date | str | None, *, dated: bool = False) -> str:
    """Confidence, source and date in one line; what is missing is said.

    Args:
        on: when the tie was last verified, or, with ``dated``, the day of what it states; a text is a partial date.
    """
    sure = _("confidence {share}", share=share(confidence)) if confidence is not None else _("confidence not known")
    said = _("source: {source}", source=source) if source else _("source not known")
    if on is None:
        when = _("day not known") if dated else _("never verified")
    else:
        text = partial_day(on) if isinstance(on, str) else day(on)
        when = text if dated else _("verified {date}", date=text)
    return " · ".join((sure, said, when))


def stance_chip(support: str | None) -> str:
    """The chip of an attitude to us; where it is not known, it says of what."""
    if support in (None, "unknown"):
        return chip(_("attitude not known"))
    return value_chip("support", support)


def _people(title: str, ties: Sequence[PersonTie], none: str, home: str | None = None) -> None:
    """``home`` is the firm that need not be told again: the person's own. No ``title``: it stands above already."""
    if not ties and not none:
        return
    if title:
        st.html(f'<p class="gc-question">{safe(title)}</p>')
    if not ties:
        st.html(f'<p class="gc-missing">{safe(none)}</p>')
    for tie in ties[:SHOWN]:
        _tie(tie, home)
    if len(ties) > SHOWN:
        with st.expander(plural("{n} more", "{n} more", len(ties) - SHOWN)):
            for tie in ties[SHOWN:]:
                _tie(tie, home)


def _tie(tie: PersonTie, home: str | None = None) -> None:
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            person_link(tie.other_name, tie.other_id)
            show_chips(_tie_chips(tie))
        job = tie.other_job or {}
        where = ", ".join(part for part in (job.get("title"), job.get("organization_name")) if part and part != home)
        about = [part for part in (where, tie.about) if part]
        lines = [" · ".join(about)] if about else []
        lines.append(proof(tie.confidence, tie.source, tie.last_verified))
        st.html("".join(f'<p class="gc-note">{safe(line)}</p>' for line in lines))


def _tie_chips(tie: PersonTie) -> list[str]:
    chips = []
    if tie.type in ("INFLUENCES", "KNOWS"):
        known = tie.strength is not None
        text = _("strength {strength} of 10", strength=number(tie.strength)) if known else _("strength not known")
        chips.append(chip(text, VOCABULARY.ties[tie.type].color if known else None))
    if tie.basis:
        chips.append(value_chip("influence_basis", tie.basis))
    if tie.line == "dotted":
        chips.append(value_chip("line", tie.line))
    if tie.use and tie.use != "open":
        chips.append(value_chip("use", tie.use))
    return chips


def _covering(view: PersonView) -> None:
    ties = [tie for tie in view.coverage if tie.outgoing or view.is_ours]
    title = _("Covers") if view.is_ours else _("Covered by")
    st.html(f'<p class="gc-question">{safe(title)}</p>')
    if not ties:
        st.html(f'<p class="gc-missing">{safe(_("Nobody."))}</p>')
    for tie in ties:
        with st.container(gap=None):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                person_link(tie.other_name, tie.other_id)
                show_chips([value_chip("coverage", tie.coverage)])
            st.html(f'<p class="gc-note">{safe(_coverage_line(tie))}</p>')


def _coverage_line(tie: PersonCoverage) -> str:
    strength = _("strength {strength} of 10", strength=number(tie.strength)) if tie.strength is not None else ""
    now = VOCABULARY.value_name("relationship_level", tie.level_now, language())
    wanted = VOCABULARY.value_name("relationship_level", tie.level_wanted, language())
    level = _("{now}, wanted: {wanted}", now=now, wanted=wanted) if now and wanted and now != wanted else now
    touched = _("last contact {date}", date=day(tie.last_contact)) if tie.last_contact else _("last contact not known")
    return " · ".join(part for part in (level, strength, touched) if part)


def _stake(stake: PersonStake) -> None:
    with st.container(gap=None):
        show_chips(
            [
                chip(stake.subject_name, VOCABULARY.nodes["Deal"].color if stake.subject_kind == "deal" else None),
                *(value_chip("role", role) for role in stake.roles),
                stance_chip(stake.support),
            ]
        )
        words = {
            _("Business agenda"): stake.agenda_business,
            _("Personal agenda"): stake.agenda_personal,
            _("Decision criteria"): stake.decision_criteria,
            _("Interest"): _("{strength} of 10", strength=number(stake.interest))
            if stake.interest is not None
            else None,
            _("Held"): _held(stake) if not stake.current else None,
        }
        pairs([(name, text) for name, text in words.items() if text])
        st.html(f'<p class="gc-note">{safe(proof(stake.confidence, stake.source, stake.last_verified))}</p>')


def _held(stake: PersonStake) -> str:
    return _("{since} to {until}", since=day(stake.valid_from), until=day(stake.valid_to))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
