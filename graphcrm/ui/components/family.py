"""The family of a person (C2.3): the tree, the same as a table with chains, conflicts of interest, what is stored."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.viewer import Viewer
from graphcrm.drawing.palette import DARK, LIGHT
from graphcrm.drawing.svg import map_svg
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.family import (
    FamilyFact,
    FamilyProfile,
    chain_words,
    family_profile,
    relation_name,
    work_words,
)
from graphcrm.ui import session
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.edit_family import edit_family_button
from graphcrm.ui.components.family_tree import family_tree
from graphcrm.ui.components.formats import day, partial_day, plain, safe
from graphcrm.ui.components.person_ties import proof
from graphcrm.vocabulary import VOCABULARY


def render_family(app: App, viewer: Viewer, person_id: str) -> None:
    """Draw the section; nothing for who may not know of families."""
    family = family_profile(app.database, viewer, person_id, as_of=session.current_day())
    if family is None:
        return
    st.subheader(_("Family"), anchor=False)
    edit_family_button(person_id, family.names[person_id])
    if not family.members:
        st.html(f'<p class="gc-missing">{safe(_("No relative is known."))}</p>')
        return
    _warnings(family)
    _tree(family)
    _table(family)
    _facts(family)
    how_computed(
        family.asked,
        _(
            "Parents, spouses, siblings and guardians are stored; every other kinship is derived from them along the "
            "shortest chain and never stored. The first query is asked again for everybody it finds."
        ),
        key="family",
    )


def _tree(family: FamilyProfile) -> None:
    data = family_tree(family)
    palette = DARK if st.context.theme.type == "dark" else LIGHT
    title = _("Family of {name}", name=family.names[family.person_id])
    st.image(map_svg(data, title, palette), width="content", alt=title)
    if data.note:
        st.caption(data.note)


def _warnings(family: FamilyProfile) -> None:
    for member in family.conflicts:
        told = "; ".join(work_words(tie) for tie in member.conflicts)
        line = f"**{plain(member.person.name)}** ({plain(relation_name(member))}): {plain(told)}"
        st.warning(_("Conflict of interest: {who}", who=line), icon=":material/balance:")
    excess = [member for member in family.members if member.excess]
    if excess:
        names = ", ".join(plain(member.person.name) for member in excess)
        told = _("More than a child's given name and year is kept of {names}. Take the rest away.", names=names)
        st.warning(told, icon=":material/child_care:")


def _table(family: FamilyProfile) -> None:
    rows = [
        {
            _("Name"): member.person.name,
            _("Relation"): relation_name(member),
            _("Over whom"): chain_words(family, member),
            _("Born"): partial_day(member.person.birth_date) if member.person.birth_date else _("not known"),
        }
        for member in family.members
    ]
    title = plural("{n} relative", "{n} relatives", len(family.members))
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="family-table", alt=title, placeholder="")
    if family.cut:
        st.caption(_("More relatives are stored than are shown here."))


def _facts(family: FamilyProfile) -> None:
    due = sum(fact.due for fact in family.facts)
    title = plural("{n} stored fact", "{n} stored facts", len(family.facts))
    if due:
        title += " · " + plural("{n} to review", "{n} to review", due)
    with st.expander(title, icon=":material/policy:"):
        for fact in family.facts:
            _fact(family, fact)


def _fact(family: FamilyProfile, fact: FamilyFact) -> None:
    tie, names = fact.tie, family.names
    verb = VOCABULARY.ties[tie.type].name_in(language())
    if tie.type == "SPOUSE_OF" and fact.ended:
        verb = _("was married to")
    line = f"<b>{safe(names.get(tie.start_id, ''))}</b> {safe(verb)} <b>{safe(names.get(tie.end_id, ''))}</b>"
    kept = _("kept for: {why}", why=tie.kept_for) if tie.kept_for else _("why it is kept is not said")
    if fact.due:
        review = _("review is due")
    else:
        review = _("review on {date}", date=day(tie.review_on)) if tie.review_on else _("review a year after its date")
    notes = " · ".join((proof(tie.confidence, tie.source, tie.last_verified), kept, review))
    st.html(f'<div>{line}</div><p class="gc-note">{safe(notes)}</p>')
