"""What breaks without one partner, client by client: the ways over it, the reach, the key figures (D2)."""

from __future__ import annotations

import streamlit as st

from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services.partner_loss import Bridge, ClientLoss, PartnerLoss
from graphcrm.ui.components.chips import chip, show_chips
from graphcrm.ui.components.client_header import facts_grid
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.formats import day, number, plain, safe, share
from graphcrm.ui.components.partner_loss_list import link_name
from graphcrm.ui.components.person_link import client_link, person_link
from graphcrm.ui.components.reasons import sentence, tie_line

FIRST_WAYS = 5
"""Ways shown at once; the rest of a client's is a click away."""


def render_partner_loss(found: PartnerLoss) -> None:
    """Draw the comparison: the sums, then each client, those that lose most first."""
    st.title(plain(_("Without {partner}", partner=found.partner_name)), anchor=False)
    st.caption(
        plain(_("As of {day}: what would break at which client if it went. Nothing is written.", day=day(found.as_of)))
    )
    if not found.clients:
        empty(
            _("No client is tied to this firm, and nobody there is known to know anybody at a client."),
            _("Add its people, and whom they know at a client, to see the ways that lead over it."),
        )
    else:
        _sums(found)
        for loss in found.clients:
            _client(loss)
        _rest(found)
    formula = _(
        "The partner is taken away with its people, in a copy of each client's power structure. A way leads from ours "
        "over somebody at the partner to somebody at a client. A key figure is lost when a way over the partner is the "
        "only one. The share of the decision is reckoned as in What if."
    )
    how_computed(found.asked, formula, key="partner-loss")


def _sums(found: PartnerLoss) -> None:
    lost = sum(len(one.key_lost) for one in found.clients)
    ways = [way for one in found.clients for way in one.bridges]
    open_ways = sum(bool(way.ours) for way in ways)
    hit = sum(bool(one.key_lost or one.result.lost) for one in found.clients)
    tied = sum(bool(one.links) for one in found.clients)
    facts_grid(
        [
            (_("Clients tied to it"), number(tied), ""),
            (_("Clients at which we lose somebody"), number(hit), ""),
            (_("Key figures lost"), number(lost), _("a way only over this firm")),
            (_("Ways over its people"), number(len(ways)), plural("{n} begins with ours", "{n} begin with ours",
                                                                  open_ways)),
        ]
    )  # fmt: skip


def _client(loss: ClientLoss) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            client_link(loss.client_name, loss.client_id)
            show_chips([chip(link_name(code)) for code in loss.links] or [chip(_("no partner of the client"))])
        before, after = (side.reach.value for side in (loss.result.before, loss.result.after))
        told = _("It is not known who decides, so the share of the decision is not known.")
        if before is not None or after is not None:
            told = _("Share of the decision that we reach: {before}, then {after}.", before=_share(before),
                     after=_share(after))  # fmt: skip
        st.html(f'<p class="gc-note">{safe(told)}</p>')
        if loss.key_lost:
            people = ", ".join(loss.key_lost)
            told = _("Key figures to whom we have a way only over this firm: {people}.", people=people)
            st.warning(plain(told), icon=":material/link_off:")
        _others_lost(loss)
        _ways(loss)
        _why(loss)


def _share(value: float | None) -> str:
    return _("not known") if value is None else share(value)


def _others_lost(loss: ClientLoss) -> None:
    names = loss.result.before.structure.names
    others = [one for one in loss.result.lost if names.get(one, one) not in loss.key_lost]
    if not others:
        return
    st.markdown(f"**{plain(_('Whom we would no longer reach'))}**")
    with st.container(horizontal=True, gap="small"):
        for person in others:
            person_link(names.get(person, person), person)


def _ways(loss: ClientLoss) -> None:
    if not loss.bridges:
        if not loss.result.lost:
            st.html(f'<p class="gc-missing">{safe(_("No way of ours leads over it."))}</p>')
        return
    # What is lost first; then what begins with ours.
    ways = sorted(loss.bridges, key=lambda way: (way.person not in loss.key_lost, not way.ours, not way.is_key))
    for way in ways[:FIRST_WAYS]:
        _way(way)
    if len(ways) > FIRST_WAYS:
        rest = ways[FIRST_WAYS:]
        with st.expander(plural("{n} more way", "{n} more ways", len(rest))):
            for way in rest:
                _way(way)


def _way(way: Bridge) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        ours = ", ".join(way.ours) or _("nobody of ours yet")
        st.html(f'<p class="gc-note">{safe(ours)} →</p>', width="content")
        person_link(way.via, way.via_id)
        st.html('<p class="gc-note">→</p>', width="content")
        person_link(way.person, way.person_id)
        notes = [chip(_("key figure"))] if way.is_key else []
        notes += [chip(_("in contact with us directly, too"))] if way.otherwise else []
        show_chips(notes)


def _why(loss: ClientLoss) -> None:
    key = f"partner-why-{loss.client_id}"
    with st.expander(_("Why: the reasons and what they rest on"), key=key, on_change="rerun") as why:
        if not why.open:
            return
        ties = dict.fromkeys(tie for way in loss.bridges for tie in way.ties)
        if ties:
            st.markdown(f"**{plain(_('The ways over the partner'))}**")
            st.html(f'<ul class="gc-proof">{"".join(tie_line(loss.evidence[tie]) for tie in ties)}</ul>')
        for title, side in ((_("Reach today"), loss.result.before), (_("Reach then"), loss.result.after)):
            st.markdown(f"**{plain(title)}: {plain(_share(side.reach.value))}**")
            for reason in side.reach.reasons:
                counted = f"<strong>+{safe(share(reason.contribution))}</strong> " if reason.weight else ""
                shown = [tie_line(loss.evidence[one.id]) for one in reason.facts if one.id in loss.evidence]
                proof = f'<ul class="gc-proof">{"".join(dict.fromkeys(shown))}</ul>' if shown else ""
                st.html(f"<p>{counted}{safe(sentence(reason.code, reason.params))}</p>{proof}")
        how_computed(loss.asked, key=f"partner-{loss.client_id}")


def _rest(found: PartnerLoss) -> None:
    if not found.rest:
        return
    n = len(found.rest)
    told = plural("{n} more client is tied to it; fewer ways lead there.",
                  "{n} more clients are tied to it; fewer ways lead there.", n)  # fmt: skip
    with st.expander(told):
        for client, name in found.rest.items():
            client_link(name, client)
