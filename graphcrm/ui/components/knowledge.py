"""Gaps (A5.1-A5.5): how complete and fresh our knowledge of a client is, what is missing, and who could find it out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.could_find_out import CouldFindOut
from graphcrm.domain.knowledge import AreaKnowledge, KnowledgeGap
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.knowledge import ClientGaps, client_gaps
from graphcrm.ui.components.chips import chip, show_chips
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.edit_dialogs import learn_button
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.errors import guarded
from graphcrm.ui.components.formats import day, number, plain, safe, share, share_or_not_known
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.stance import chosen_subject
from graphcrm.vocabulary.knowledge import knowledge_catalogue

SHOWN = 10
MOST_LISTED = 500
COMPLETE, FRESH = "#4f6bbd", "#2f8f83"


@st.fragment
@guarded
def render_knowledge(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    """Draw the five areas and the gaps."""
    result = client_gaps(app.database, viewer, chosen_subject(client_id), as_of=as_of)
    st.subheader(_("What we know, and what we do not"), anchor=False)
    known = result.knowledge
    st.caption(
        _(
            "{complete} of what there is to know is known; freshness {fresh}; as of {day}",
            complete=share_or_not_known(known.overall),
            fresh=share_or_not_known(known.freshness),
            day=day(as_of),
        )
    )
    _areas(result)
    st.subheader(_("Gaps, those worth most first"), anchor=False)
    if not known.gaps:
        empty(_("Nothing that graphcrm looks for is missing."), _("Every fact was verified lately, too."))
    for position, gap in enumerate(known.gaps[:SHOWN]):
        _gap(result, gap, position)
    if len(known.gaps) > SHOWN:
        rest = len(known.gaps) - SHOWN
        with st.expander(plural("{n} more gap", "{n} more gaps", rest), key="more-gaps", on_change="rerun") as more:
            if more.open:
                _table(result, known.gaps[SHOWN : SHOWN + MOST_LISTED])
    how_computed(
        result.asked,
        _(
            "Completeness of an area: the mean over the things to know, by their weights, of the share of people of "
            "whom it is known; key figures count three times. Freshness: 1 until a fact is as old as its kind may "
            "get, falling evenly to 0 at twice that age; facts of which nobody said when they were verified are left "
            "out of it. Worth: the points by which closing a gap would raise the whole; half of that for a fact that "
            "is there but stale. The catalogue of things to know is graphcrm/vocabulary/knowledge.yaml."
        ),
        key="gaps",
    )


def _areas(result: ClientGaps) -> None:
    words = knowledge_catalogue().areas
    for column, area in zip(st.columns(len(result.knowledge.areas)), result.knowledge.areas, strict=True):
        with column:
            name, row = words[area.area].name_in(language()), words[area.area].id
            head = f'<p class="gc-question gc-two-lines">{safe(name)} <span class="gc-id">{safe(row)}</span></p>'
            st.html(head + _bars(area))
            with st.popover(_("What is known"), type="tertiary"):
                _items(area)


def _bars(area: AreaKnowledge) -> str:
    complete = _bar(_("complete"), area.completeness.value, COMPLETE)
    fresh = _bar(_("fresh"), area.freshness, FRESH)
    undated = plural("{n} fact without a day of verification", "{n} facts without a day of verification", area.undated)
    return f'{complete}{fresh}<p class="gc-note">{safe(undated) if area.undated else "&nbsp;"}</p>'


def _bar(name: str, value: float | None, colour: str) -> str:
    text = f"{name}: {share_or_not_known(value)}"
    fill = "" if value is None else f'<i style="left:0;width:{value:.1%};background:{colour}"></i>'
    return f'<p class="gc-note">{safe(text)}</p><div class="gc-track" role="img" aria-label="{safe(text)}">{fill}</div>'


def _items(area: AreaKnowledge) -> None:
    items = knowledge_catalogue().items
    rows = "".join(
        f"<li>{safe(items[reason.code].name_in(language()))}: {safe(_count(reason.params))}"
        f"<small>{safe(_('weight {weight}', weight=share(reason.weight)))}</small></li>"
        for reason in area.completeness.reasons
    )
    st.html(f'<ul class="gc-proof">{rows}</ul>' if rows else f'<p class="gc-missing">{safe(_("not known"))}</p>')


def _count(params: object) -> str:
    return _("{count} of {total}", **params)  # type: ignore[arg-type]


def _gap(result: ClientGaps, gap: KnowledgeGap, position: int) -> None:
    item = knowledge_catalogue().items[gap.item]
    area = knowledge_catalogue().areas[gap.area].name_in(language())
    about_client = gap.subject_id == result.client_id
    with st.container(border=True, gap="xsmall"):
        what, who, act = st.columns([3.2, 4, 1.7], vertical_alignment="center")
        with what, st.container(gap="xxsmall"):
            st.html(f'<p class="gc-question">{safe(item.name_in(language()))}</p>')
            if not about_client:
                person_link(gap.subject_name, gap.subject_id)
            worth = _("worth {points} points", points=f"+{number(100 * gap.value, 1)}")
            show_chips([chip(area), chip(_state(gap), "#c06a1c" if gap.is_stale else "#b3322e"), chip(worth)])
        with who:
            render_helpers(result.could_find_out(gap))
        with act:
            label = _("Verify") if gap.is_stale else _("Enter")
            about = (gap.subject_id, gap.subject_name)
            learn_button(label, item.kind, about, result.client_id, f"learn-{position}", _tie(result, gap, item.kind))


def _state(gap: KnowledgeGap) -> str:
    if not gap.is_stale:
        return _("not known")
    return _("last verified {date}", date=day(gap.last_verified)) if gap.last_verified else _("never verified")


def _tie(result: ClientGaps, gap: KnowledgeGap, kind: str) -> str:
    """The tie in which the fact is entered: the stale one, or the person's own job or stake where there is one."""
    person = result.structure.by_id.get(gap.subject_id)
    own = {"WORKS_AT": person.works_at_id, "STAKEHOLDER_IN": person.stakeholder_id} if person else {}
    return gap.fact_id or own.get(kind) or ""


def render_helpers(helpers: Sequence[CouldFindOut]) -> None:
    """Who of ours could find something out, and over whom; the best first."""
    if not helpers:
        st.html(f'<p class="gc-note">{safe(_("Nobody of ours has a contact there who could be asked."))}</p>')
        return
    first = helpers[0]
    with st.container(gap="xxsmall"), st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(f'<span class="gc-note">{safe(_("Could find out:"))}</span>', width="content")
        person_link(first.employee_name, first.employee_id, ", ".join(plain(one.employee_name) for one in helpers[1:]))
        st.html(f'<span class="gc-note">{safe(_way(first))}</span>', width="content")


def _way(helper: CouldFindOut) -> str:
    when = (
        _("last contact {date}", date=day(helper.last_contact)) if helper.last_contact else _("last contact not known")
    )
    if helper.guide:
        return _("asks {person}, who is on our side; {when}", person=helper.person_name, when=when)
    return _("asks {person}; {when}", person=helper.person_name, when=when)


def _table(result: ClientGaps, gaps: Sequence[KnowledgeGap]) -> None:
    catalogue = knowledge_catalogue()
    rows = [
        {
            _("What"): catalogue.items[gap.item].name_in(language()),
            _("About"): gap.subject_name,
            _("Area"): catalogue.areas[gap.area].name_in(language()),
            _("State"): _state(gap),
            _("Worth"): 100 * gap.value,
            _("Could find out"): ", ".join(helper.employee_name for helper in result.could_find_out(gap)),
        }
        for gap in gaps
    ]
    worth = st.column_config.NumberColumn(help=_("Points of completeness that an answer would add."), format="+%.1f")
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, alt=_("Gaps, those worth most first"), column_config={_("Worth"): worth}
    )
