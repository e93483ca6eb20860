"""Which decision is looked at: as a rule, or one deal; and what is otherwise in the deal (C1.3-C1.8, C2.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.stance import StanceDifference
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.client import ClientHead
from graphcrm.services.stance import is_deal_of, stance_in_deal
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.errors import boundary
from graphcrm.vocabulary import VOCABULARY

Subject = str | tuple[str, str]
AS_A_RULE = ""


def choose_decision(app: App, viewer: Viewer, head: ClientHead, as_of: date) -> None:
    """The switch between what holds as a rule and each open deal; below it, what the deal chosen states otherwise."""
    client_id, key = head.facts.id, _key(head.facts.id)
    names = {AS_A_RULE: _("As a rule"), **{deal.id: deal.name for deal in head.deals}}
    if len(names) == 1:
        st.session_state.pop(key, None)
        return
    if st.session_state.get(key) not in (None, *names):
        del st.session_state[key]
    st.segmented_control(
        _("Where people stand"),
        list(names),
        default=AS_A_RULE,
        format_func=lambda deal: names.get(deal, deal),
        key=key,
        required=True,
        help=_("Roles, attitude and political status can be others in a deal. All of the page follows."),
    )
    subject = chosen_subject(client_id)
    if isinstance(subject, tuple):
        with boundary():
            _differences(app, viewer, subject, as_of)


def known_decision(app: App, client_id: str) -> None:
    """Forget a deal that is no longer there: the head of the page is drawn before the switch can be."""
    deal = st.session_state.get(_key(client_id))
    if deal and not is_deal_of(app.database, client_id, deal):
        del st.session_state[_key(client_id)]


def chosen_subject(client_id: str) -> Subject:
    """What services are asked about: the client, or the client and the deal that is chosen."""
    deal = st.session_state.get(_key(client_id)) or AS_A_RULE
    return (client_id, deal) if deal else client_id


def _key(client_id: str) -> str:
    return f"decision-{client_id}"


def _differences(app: App, viewer: Viewer, subject: tuple[str, str], as_of: date) -> None:
    found = stance_in_deal(app.database, viewer, *subject, as_of=as_of)
    if not found.differences:
        st.caption(_("In this deal everybody stands where they stand as a rule, as far as is known."))
        return
    people = len({one.person_id for one in found.differences})
    title = "≠ " + plural("{n} person stands otherwise in this deal", "{n} people stand otherwise in this deal", people)
    with st.expander(title, expanded=False, key=f"differs-{subject[1]}"):
        _table(found.differences)
        how_computed(
            found.asked,
            _("What the deal states goes before what holds as a rule; what it does not state is taken from the rule."),
            key="stance-in-deal",
        )


def _table(differences: Sequence[StanceDifference]) -> None:
    words = VOCABULARY.ties["STAKEHOLDER_IN"].properties
    rows = [
        {
            _("Person"): one.person_name,
            _("What"): words[one.field].name_in(language()),
            _("As a rule"): _told(one.field, one.standing),
            _("In this deal"): _told(one.field, one.in_deal),
        }
        for one in differences
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("What is otherwise in this deal"))


def _told(field: str, values: tuple[str, ...]) -> str:
    enumeration = VOCABULARY.ties["STAKEHOLDER_IN"].properties[field].enum
    if not values:
        return _("not known") if enumeration else ""
    return ", ".join(VOCABULARY.value_name(enumeration, one, language()) if enumeration else one for one in values)
