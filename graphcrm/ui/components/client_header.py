"""The head of a client's page: name, state and the facts that matter before a visit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import streamlit as st

from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.client import ClientHead, RevenueShare, next_words
from graphcrm.ui.components.chips import REPORT_CSS, chip, show_chips, value_chip
from graphcrm.ui.components.client_actions import client_actions
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.formats import (
    DASH,
    country_name,
    day,
    days_from,
    money,
    number,
    partial_day,
    plain,
    safe,
    share,
)
from graphcrm.ui.components.person_link import person_link, way_back
from graphcrm.vocabulary import VOCABULARY

SHOWN_STAFF = 6


def render_client_header(head: ClientHead, as_of: date) -> None:
    """Draw the head: what can be done, title, chips, warning, facts, and the way to each number.

    It is kept low: what one came for, the tabs, stands below it.
    """
    st.html(REPORT_CSS)
    way_back()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(plain(head.facts.name), anchor=False, width="content")
        client_actions(head.facts.id, head.facts.name)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(plain(_place(head)), width="content")
        chips = [value_chip("client_stage", head.facts.stage), value_chip("map_health", str(head.health.level))]
        show_chips([*chips, *([chip(_("in the deal: {deal}", deal=head.deal))] if head.deal else [])])
    _warn(head)
    facts_grid(_facts(head, as_of))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        _ours(head)
        _computed(head)


def _computed(head: ClientHead) -> None:
    how_computed(
        head.asked,
        _(
            "Share of our sales: quantity times unit price of the last 365 days, of all clients who bought in the"
            " same currency. Coverage: key figures whom somebody of ours is in touch with, of all key figures. "
            "The lead is who of ours is in touch with most people there. The last contact is the latest recorded "
            "interaction or last contact of a coverage tie."
        ),
        key="client-head",
    )


def _ours(head: ClientHead) -> None:
    """Ways to our own people who are in touch with the client, those with most contacts first."""
    if not head.team:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.caption(_("In touch:"), width="content")
        for one in head.team[:SHOWN_STAFF]:
            person_link(one.name, one.employee_id)


def facts_grid(facts: Iterable[tuple[str, str, str]]) -> None:
    """Facts in a grid that wraps: (name, value, small print) each, as plain text."""
    cells = "".join(
        f"<div><dt>{safe(name)}</dt><dd>{safe(value)}{f'<small>{safe(small)}</small>' if small else ''}</dd></div>"
        for name, value, small in facts
    )
    st.html(f'<dl class="gc-facts">{cells}</dl>')


def _place(head: ClientHead) -> str:
    facts = head.facts
    industry = VOCABULARY.value_name("industry", facts.industry, language())
    place = dict.fromkeys(part for part in (facts.city, facts.region, country_name(facts.country)) if part)
    return " · ".join(part for part in (industry, ", ".join(place)) if part)


def _warn(head: ClientHead) -> None:
    coverage = head.coverage
    if not coverage.single_threaded:
        return
    people = " – ".join(head.names.get(one, one) for one in coverage.hangs_on)
    text = _("All our contact hangs on one thread: {people}.", people=people)
    for one in coverage.at_risk:
        last = head.leaving.get(one)
        when = partial_day(last) if isinstance(last, str) else day(last)
        text += " " + _(
            "It is about to break: the last day of {name} is {day}.", name=head.names.get(one, one), day=when
        )
    st.warning(plain(text), icon=":material/link_off:")


def _facts(head: ClientHead, as_of: date) -> list[tuple[str, str, str]]:
    coverage = head.coverage
    covered = _("{covered} of {total}", covered=coverage.covered, total=coverage.key_figures)
    known = plural("{n} person known", "{n} people known", head.people)
    facts = [
        (_("Key figures covered"), covered if coverage.key_figures else _("not known"), known),
        (_("Our lead"), *_lead(head)),
        (_("Last contact"), *_when(head.last_contact, as_of)),
        (_("Next date"), *_next(head, as_of)),
        (_("Open deals"), *_deals(head)),
        (_("Share of our sales"), *_revenue(head.revenue)),
    ]
    if head.facts.market_share is not None or head.facts.industry_rank is not None:
        facts.append((_("Its own market"), *_market(head)))
    return facts


def _lead(head: ClientHead) -> tuple[str, str]:
    if not head.team:
        return _("nobody yet"), _("Nobody of ours is in touch with anybody there.")
    first, *others = head.team
    small = plural("in touch with {n} person", "in touch with {n} people", first.people)
    return first.name, small + (
        plural(", and {n} more of ours", ", and {n} more of ours", len(others)) if others else ""
    )


def _when(value: date | None, as_of: date) -> tuple[str, str]:
    return (days_from(value, as_of), day(value)) if value else (_("not known"), "")


def _next(head: ClientHead, as_of: date) -> tuple[str, str]:
    if not head.next_dates:
        return _("none known"), ""
    first = head.next_dates[0]
    return days_from(first.on, as_of), f"{day(first.on)} · {next_words(first)}"


def _deals(head: ClientHead) -> tuple[str, str]:
    if not head.deals:
        return _("none"), ""
    amounts: dict[str, float] = {}
    for deal in head.deals:
        if deal.value is not None and deal.currency:
            amounts[deal.currency] = amounts.get(deal.currency, 0.0) + deal.value
    worth = " + ".join(money(value, currency) for currency, value in amounts.items())
    return number(len(head.deals)), worth or _("value not known")


def _revenue(shares: tuple[RevenueShare, ...]) -> tuple[str, str]:
    if not shares:
        return _("no purchases"), _("in the last 12 months")
    first = shares[0]
    rank = _("rank {rank} of {clients}", rank=first.rank, clients=first.clients)
    return share(first.share), f"{money(first.amount, first.currency)} · {rank}"


def _market(head: ClientHead) -> tuple[str, str]:
    facts = head.facts
    held = share(facts.market_share / 100) if facts.market_share is not None else DASH
    return held, _("rank {rank} in its industry", rank=facts.industry_rank) if facts.industry_rank else ""
