"""One relation opened: level, strength with its reasons, the tie and the contacts it rests on, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from graphcrm.domain.coverage import Pair
from graphcrm.domain.score import Reason
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.ui.components.chips import chip, show_chips, value_chip
from graphcrm.ui.components.edit_dialogs import add_tie_button, edit_tie_button
from graphcrm.ui.components.formats import day, days_from, number, safe
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.person_ties import proof
from graphcrm.ui.components.reasons import sentence
from graphcrm.vocabulary import VOCABULARY


def choose_pair(pairs: Sequence[Pair], key: str) -> Pair | None:
    """A choice among relations; the first one is chosen."""
    shown = {f"{pair.client_id}\n{pair.person_id}\n{pair.employee_id}": pair for pair in pairs}
    chosen = st.selectbox(
        _("Open a relation"),
        list(shown),
        format_func=lambda one: f"{shown[one].person_name} – {shown[one].employee_name}",
        key=key,
    )
    return shown.get(chosen or "")


def render_pair(pair: Pair, as_of: date, key: str) -> None:
    """Draw one relation."""
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            person_link(pair.person_name, pair.person_id)
            st.html("<span>↔</span>", width="content")
            person_link(pair.employee_name, pair.employee_id)
            show_chips(_chips(pair))
            if pair.tie_id:
                edit_tie_button(pair.person_id, pair.person_name, pair.tie_id, f"{key}-edit")
        st.html(strength_html(pair, as_of))
        st.html(f'<ul class="gc-proof">{"".join(_reason(reason) for reason in pair.strength.reasons)}</ul>')
        if pair.tie_id:
            said = _("The tie: {proof}", proof=proof(pair.confidence, pair.source, pair.verified))
            st.html(f'<p class="gc-note">{safe(said)}</p>')
        else:
            st.html(f'<p class="gc-missing">{safe(_("Only contacts are recorded, no coverage."))}</p>')
            add_tie_button(_("Record the coverage"), "COVERED_BY", pair.person_id, pair.person_name, f"{key}-add")


def strength_html(pair: Pair, as_of: date) -> str:
    """Strength as words and a bar of ten with a mark at what the level asks for; last contact beside it."""
    track = '<div class="gc-track" role="img" aria-label="{label}">{pieces}</div>'
    words = _strength_words(pair, as_of)
    pieces = ""
    if pair.strength.value is not None:
        low, high = pair.strength.low or 0.0, pair.strength.high or 0.0
        pieces = f'<i style="left:0;width:{pair.strength.value:.1%};background:{strength_colour(pair)}"></i>'
        if high - low > 0.005:
            pieces += f'<i class="gc-band" style="left:{low:.1%};width:{high - low:.1%}"></i>'
    if pair.floor is not None:
        pieces += f'<i style="left:{pair.floor / 10:.1%};width:2px;background:currentColor"></i>'
    touched = (
        _("last contact {date}", date=day(pair.last_contact)) if pair.last_contact else _("last contact not known")
    )
    if pair.last_contact:
        touched += f" ({days_from(pair.last_contact, as_of)})"
    counted = plural("{n} contact recorded in three years", "{n} contacts recorded in three years", pair.contacts)
    notes = [words, touched, counted]
    return (
        f'<div class="gc-power">{safe(strength_text(pair))}</div>'
        + track.format(label=safe(strength_text(pair)), pieces=pieces)
        + f'<p class="gc-note">{safe(" · ".join(note for note in notes if note))}</p>'
    )


def strength_text(pair: Pair) -> str:
    """ "5.8 of 10", or that it is not known."""
    if pair.points is None:
        return _("strength not known")
    return _("{points} of 10", points=number(pair.points, 1))


def strength_colour(pair: Pair) -> str:
    """Red below what the level asks for, green above, blue where no level is known."""
    if pair.floor is None:
        return "#2f7fb8"
    return "#b3322e" if pair.is_cold else "#1b7f4d"


def _strength_words(pair: Pair, as_of: date) -> str:
    if pair.floor is None:
        return _("no level is recorded")
    kept = VOCABULARY.value_name("relationship_level", pair.kept_level, language())
    least = _("{level} asks for {points}", level=kept, points=number(pair.floor, 1))
    if pair.is_cold:
        return least + ": " + _("cooled off")
    until = pair.cools_on(as_of)
    return least + (": " + _("kept until {date} without a contact", date=day(until)) if until else "")


def _chips(pair: Pair) -> list[str]:
    chips = [value_chip("coverage", pair.coverage)] if pair.tie_id else [chip(_("coverage not recorded"))]
    now = VOCABULARY.value_name("relationship_level", pair.level_now, language()) or _("level not known")
    wanted = VOCABULARY.value_name("relationship_level", pair.level_wanted, language())
    if wanted and wanted != now:
        chips.append(
            chip(_("{now}, wanted: {wanted}", now=now, wanted=wanted), "#a85a14" if pair.below_wanted else None)
        )
    else:
        chips.append(chip(now))
    if pair.employee_leaves_on:
        chips.append(chip(_("leaves us {date}", date=day(pair.employee_leaves_on)), "#b3322e"))
    return chips


def _reason(reason: Reason) -> str:
    points = _("{points} of 10", points=number(10 * reason.contribution, 1)) if reason.contribution else ""
    small = f"<small>{safe(points)}</small>" if points else ""
    return f"<li>{safe(sentence(reason.code, reason.params))}{small}</li>"
