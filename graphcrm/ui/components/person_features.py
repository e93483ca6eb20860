"""Features of a person (C2.2), what they care for and their useful dates (C2.4), where they studied and sit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import streamlit as st
from babel import Locale

from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.queries.person import PersonAffiliation
from graphcrm.services.person import Feature, PersonView
from graphcrm.ui.components.formats import days_from, number, partial_day, percent, safe
from graphcrm.vocabulary import VOCABULARY


def render_features(view: PersonView) -> None:
    """Each group of the vocabulary with its properties; what is not known is said, not hidden."""
    titles = {
        "": _("Who and how to reach"),
        "professional": _("Professional features"),
        "personal": _("Personal features"),
    }
    order = ("professional", "personal", "")
    for group in (name for name in order if name in view.features):
        features = view.features[group]
        known = [feature for feature in features if feature.value not in (None, "", [])]
        st.subheader(titles[group], anchor=False)
        st.caption(_("{known} of {all} known", known=len(known), all=len(features)))
        pairs([(_name(feature), _shown(feature)) for feature in known])
        unknown = [_name(feature) for feature in features if feature not in known]
        if unknown:
            words = safe(", ".join(name[:1].lower() + name[1:] if not name.isupper() else name for name in unknown))
            st.html(f'<p class="gc-missing"><strong>{safe(_("Not known"))}:</strong> {words}</p>')


def render_private(view: PersonView, as_of: date) -> None:
    """Interests and useful dates, as far as the viewer may see them."""
    if view.sees_personal:
        st.subheader(_("Interests"), anchor=False)
        pairs([(_interest(row), _how_much(row.strength)) for row in view.interests])
        _or_unknown(view.interests)
    st.subheader(_("Useful dates"), anchor=False)
    kinds = VOCABULARY.value_name
    rows = []
    for item in view.occasions:
        ahead = days_from(item.next_on, as_of) if item.next_on else _("does not come again, or the day is not known")
        rows.append((item.name or kinds("date_kind", item.kind, language()), f"{partial_day(item.on)} · {ahead}"))
    pairs(rows)
    _or_unknown(view.occasions)


def render_affiliations(view: PersonView) -> None:
    """Past jobs, seats, shares, schools and memberships."""
    st.subheader(_("Organisations and schools"), anchor=False)
    past = [
        (" · ".join(part for part in (job.title, job.organization_name) if part), _span(job.since, job.until))
        for job in view.jobs
        if not job.current
    ]
    pairs([(_place(row), _detail(row)) for row in view.affiliations] + past)
    _or_unknown([*view.affiliations, *past])


def pairs(rows: Iterable[tuple[str, str]]) -> None:
    """Names and values side by side, as plain text."""
    cells = "".join(f"<dt>{safe(name)}</dt><dd>{safe(value)}</dd>" for name, value in rows)
    if cells:
        st.html(f'<dl class="gc-pairs">{cells}</dl>')


def _or_unknown(rows: Sequence[Any]) -> None:
    if not rows:
        st.html(f'<p class="gc-missing">{safe(_("Nothing is known yet."))}</p>')


def _name(feature: Feature) -> str:
    return feature.property.name_in(language())


def _shown(feature: Feature) -> str:
    prop = feature.property
    values = feature.value if isinstance(feature.value, list | tuple) else [feature.value]
    if prop.type == "enum":
        values = [VOCABULARY.value_name(prop.enum or "", value, language()) for value in values]
    elif prop.type == "partial_date":
        values = [partial_day(value) for value in values]
    elif prop.type == "language":
        names = Locale.parse(language()).languages
        values = [names.get(value, value) for value in values]
    return ", ".join(str(value) for value in values)


def _interest(row: Any) -> str:
    return (row.name_ru if language() == "ru" else None) or row.name


def _how_much(strength: float | None) -> str:
    return _("how much is not known") if strength is None else _("{strength} of 10", strength=number(strength))


def _place(row: PersonAffiliation) -> str:
    verb = VOCABULARY.ties[row.type].name_in(language())
    return f"{verb} {row.place_name}"


def _detail(row: PersonAffiliation) -> str:
    body = VOCABULARY.value_name("body", row.body, language())
    held = percent(row.percent) if row.percent is not None else ""
    parts = [part for part in (body, row.detail, held, _span(row.since, row.until)) if part]
    return " · ".join(parts) or _("no details known")


def _span(since: str | None, until: str | None) -> str:
    if since and until:
        return _("{since} to {until}", since=partial_day(since), until=partial_day(until))
    if since:
        return _("since {since}", since=partial_day(since))
    return _("until {until}", until=partial_day(until)) if until else ""
