"""Who owns several clients, and the groups that shared partners and owners hold together (D2)."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graphcrm.domain.clientele_links import MOST_HELD, Cluster, Owner, Stake
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services.partner_groups import (
    Clusters,
    Looked,
    Named,
    Owners,
    chain_names,
    clusters,
    looked_words,
    owners,
    share_words,
    ties_of,
)
from graphcrm.ui import session
from graphcrm.ui.components.chips import chip
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.formats import number, plain, safe
from graphcrm.ui.components.person_link import client_link, person_link
from graphcrm.ui.components.reasons import tie_line
from graphcrm.ui.places import place

FIRST_SHOWN = 30
"""Owners, or groups, drawn; there may be hundreds, and the command line lists all."""
FIRST_CLIENTS = 12
FIRST_CHAINS = 4
FIRST_HOLDERS = 10


def owners_tab() -> None:
    """Who owns two or more clients, each with the chains."""
    st.caption(_("Who owns two or more clients, directly or over other firms: each chain, and the share it makes."))
    found = owners(session.current_app().database, session.current_viewer(), as_of=session.current_day())
    _looked_at(found.looked)
    if not found.owners:
        empty(
            _("Nobody is known to own two clients"),
            _("Import owns.csv, or open a client and add a tie “owns” by Ties: to the client, or to a firm above it."),
        )
    for owner in found.owners[:FIRST_SHOWN]:
        _owner(found, owner)
    _rest(len(found.owners), "graphcrm partners owners")
    formula = _(
        "The ties of ownership that hold on the day, from each client upwards over at most four ties, nobody twice. "
        "The share of a chain is the product of its shares; several chains to one client are added. Where one share is "
        "not known, the whole is not known."
    )
    how_computed(found.asked, formula, key="owners")


def _owner(found: Owners, owner: Owner) -> None:
    with st.container(border=True, gap="small", key=f"owner-{owner.owner_id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _link(found.names[owner.owner_id])
            n = len(owner.stakes)
            st.html(chip(plural("{n} client", "{n} clients", n)), width="content")
        for stake in owner.stakes[:FIRST_CLIENTS]:
            _stake(found, stake)
        _more([found.names[one.client_id].name for one in owner.stakes[FIRST_CLIENTS:]])
        _why(found, owner)


def _why(found: Owners, owner: Owner) -> None:
    """The ties of the chains that are drawn, each with who says so."""
    title = _("Why: the reasons and what they rest on")
    with st.expander(title, key=f"owner-why-{owner.owner_id}", on_change="rerun") as why:
        if why.open:
            chains = [chain for stake in owner.stakes[:FIRST_CLIENTS] for chain in stake.chains[:FIRST_CHAINS]]
            lines = "".join(tie_line(tie) for tie in ties_of(found, chains))
            st.html(f'<ul class="gc-proof">{lines}</ul>')


def _stake(found: Owners, stake: Stake) -> None:
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            client_link(found.names[stake.client_id].name, stake.client_id)
            st.html(chip(share_words(stake.share), None if stake.share is None else "#a0772d"), width="content")
        told = [" → ".join(chain_names(found, chain)) for chain in stake.chains[:FIRST_CHAINS]]
        left = len(stake.chains) - FIRST_CHAINS
        if left > 0:
            told.append(plural("and {n} more chain", "and {n} more chains", left))
        st.html("".join(f'<p class="gc-note">{safe(line)}</p>' for line in told))


def clusters_tab() -> None:
    """Groups of clients, each with who holds it together."""
    st.caption(_("Groups of clients that the same partners and owners hold together, and who holds them, most first."))
    found = clusters(session.current_app().database, session.current_viewer(), as_of=session.current_day())
    _looked_at(found.looked)
    if not found.clusters:
        empty(
            _("No two clients are known to share a partner or an owner"),
            _("Import partners.csv or owns.csv, or open a client and add a tie “partner of” by Ties."),
        )
    for turn, group in enumerate(found.clusters[:FIRST_SHOWN], 1):
        _group(found, group, turn)
    _rest(len(found.clusters), "graphcrm partners clusters")
    if found.too_wide:
        told = _("Not counted, as tied to more than {n} clients: {names}.", n=MOST_HELD,
                 names=", ".join(found.too_wide[:FIRST_HOLDERS]))  # fmt: skip
        st.caption(plain(told))
    formula = _(
        "Two clients are tied by as many firms and owners as they share: partners other than competitors, owners also "
        "over chains of ownership, firms they own; a tie between the two counts as one more. The Louvain method "
        "(Blondel and others, 2008; resolution 1, always the same seed) parts this network into groups with more ties "
        "within than chance would give. A client alone is no group. Who is tied to more than {n} clients is not "
        "counted: it tells no groups apart.",
        n=MOST_HELD,
    )
    how_computed(found.asked, formula, key="clusters")


def _group(found: Clusters, group: Cluster, turn: int) -> None:
    clients = [found.names[one] for one in group.clients]
    with st.container(border=True, gap="xsmall", key=f"cluster-{turn}"):
        told = plural("{n} client", "{n} clients", len(clients))
        st.markdown(f"**{plain(_('Group {n}', n=turn))}** · {plain(told)}")
        with st.container(horizontal=True, gap="small"):
            for client in clients[:FIRST_CLIENTS]:
                client_link(client.name, client.id)
        _more([client.name for client in clients[FIRST_CLIENTS:]])
        st.html(f'<p class="gc-note">{safe(_("Held together by, with how many of these clients:"))}</p>')
        holders = list(group.holders.items())
        _holders(found, holders[:FIRST_HOLDERS])
        if len(holders) > FIRST_HOLDERS:
            rest = holders[FIRST_HOLDERS:]
            with st.expander(plural("{n} more", "{n} more", len(rest))):
                _holders(found, rest)


def _holders(found: Clusters, holders: Sequence[tuple[str, Sequence[str]]]) -> None:
    with st.container(horizontal=True, gap="small"):
        for holder, some in holders:
            whose = ", ".join(found.names[one].name for one in some)
            _link(found.names[holder], f" · {number(len(some))}", whose)


def _link(who: Named, count: str = "", help_text: str = "") -> None:
    """To the person's page, or to what breaks without the firm."""
    if who.is_person:
        person_link(who.name + count, who.id, plain(help_text))
        return
    label, hint = plain(who.name + count), plain(help_text) or None
    st.page_link(place("partner_loss"), label=label, query_params={"partner": who.id}, help=hint)


def _more(names: Sequence[str]) -> None:
    if names:
        with st.expander(plural("{n} more client", "{n} more clients", len(names))):
            st.markdown(plain(", ".join(names)))


def _rest(total: int, command: str) -> None:
    if total > FIRST_SHOWN:
        shown = _("{shown} of {total} are shown; all of them:", shown=number(FIRST_SHOWN), total=number(total))
        st.caption(f"{plain(shown)} `{command}`")


def _looked_at(looked: Looked) -> None:
    for told in looked_words(looked):
        st.caption(plain(told))
