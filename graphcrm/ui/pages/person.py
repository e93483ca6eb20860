"""One person (``?person=ID``): features, place in the structure, ties, power with its reasons, contacts and changes."""

from __future__ import annotations

import streamlit as st

from graphcrm.errors import NotFound
from graphcrm.i18n import translate as _
from graphcrm.services.person import PersonView, person
from graphcrm.ui import session
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.errors import boundary, show
from graphcrm.ui.components.family import render_family
from graphcrm.ui.components.goodwill import render_goodwill
from graphcrm.ui.components.introductions import render_reach
from graphcrm.ui.components.person_contacts import render_changes, render_contacts
from graphcrm.ui.components.person_features import render_affiliations, render_features, render_private
from graphcrm.ui.components.person_head import render_person_head
from graphcrm.ui.components.person_link import way_back
from graphcrm.ui.components.person_power import render_power
from graphcrm.ui.components.person_ties import render_place, render_stakes, render_ties
from graphcrm.ui.components.power_weights import chosen_weights
from graphcrm.ui.components.stance_rating import render_ratings


def page() -> None:
    """Draw the page."""
    person_id = session.query_parameter("person")
    if person_id is None:
        st.info(_("No person is chosen. Open a client and choose one there."), icon=":material/person:")
        way_back()
        return
    app, viewer, as_of = session.current_app(), session.current_viewer(), session.current_day()
    try:
        view = person(app.database, viewer, person_id, as_of=as_of, weights=chosen_weights())
    except NotFound as error:
        show(error)
        way_back()
        return
    render_person_head(view, as_of)
    wide, narrow = st.columns([1.7, 1], gap="large")
    with wide:
        render_stakes(view, as_of)
        render_ratings(view)
        render_reach(person_id, as_of)
        render_power(view, as_of)
        render_features(view)
        render_contacts(view)
        with boundary():
            render_goodwill(app, viewer, person_id, is_ours=view.is_ours)
        with boundary():
            render_family(app, viewer, person_id)
    with narrow:
        render_place(view)
        render_ties(view)
        render_private(view, as_of)
        render_affiliations(view)
        render_changes(view)
    _computed(view)


def _computed(view: PersonView) -> None:
    how_computed(
        view.asked, _("Each part of this page is one question; nothing is added to the answers."), key="person"
    )
