"""A score opened down to its sources: each reason with its share in the score, and the ties and people it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from graphcrm.domain.messages import PARTS
from graphcrm.domain.score import Fact, Reason, Score
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services._evidence import Evidence
from graphcrm.services._wording import sentence
from graphcrm.ui.components.formats import number, safe, share
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.person_ties import proof
from graphcrm.vocabulary import VOCABULARY

__all__ = ["bar_legend", "how_sure", "part_of", "points", "render_reasons", "score_bar", "sentence", "tie_line"]

COLOURS: Mapping[str, str] = {
    "reach": "#4f6bbd",
    "purchase": "#2f8f83",
    "payment": "#7fa650",
    "formal": "#8b95a1",
    "brokerage": "#c08a2e",
    "veto": "#b5566b",
    "structural_holes": "#8163a8",
}
"""One colour for each part of power; beside each its name stands in words."""


def points(value: float | None) -> str:
    """A share 0-1 as points of 100; a dash for None."""
    return number(None if value is None else 100 * value)


def how_sure(score: Score) -> str:
    """What the score could be, given what is not known."""
    if score.value is None:
        return _("nothing is known that bears on power")
    if not score.is_uncertain:
        return _("all that counts is known")
    return _("could be {low} to {high}: some facts are not known", low=points(score.low), high=points(score.high))


def part_of(reason: Reason) -> str:
    """The part of power that a reason states, or "" for a reason of another score."""
    settings = (fact.id for fact in reason.facts if fact.kind == "setting")
    return next((name.removeprefix("power.") for name in settings if name.startswith("power.")), "")


def score_bar(score: Score) -> str:
    """The score as a bar out of 100, as HTML: a coloured piece for each part, hatched as far as it could reach."""
    if score.value is None:
        return f'<div class="gc-track" role="img" aria-label="{safe(_("not known"))}"></div>'
    pieces, start = [], 0.0
    for reason in score.reasons:
        if reason.contribution > 0:
            colour = COLOURS.get(part_of(reason), "#8b95a1")
            pieces.append(f'<i style="left:{start:.2%};width:{reason.contribution:.2%};background:{colour}"></i>')
            start += reason.contribution
    high = score.high or 0.0
    if high > start:
        pieces.append(f'<i class="gc-band" style="left:{start:.2%};width:{high - start:.2%}"></i>')
    told = _(
        "{points} of 100, between {low} and {high}",
        points=points(score.value),
        low=points(score.low),
        high=points(high),
    )
    return f'<div class="gc-track" role="img" aria-label="{safe(told)}" title="{safe(told)}">{"".join(pieces)}</div>'


def bar_legend() -> None:
    """What the colours of the bars mean, once for all bars of a page."""
    items = "".join(
        f'<span><b style="background:{COLOURS[name]}"></b>{safe(_(text))}</span>' for name, text in PARTS.items()
    )
    hatched = f'<span><b class="gc-hatch"></b>{safe(_("hatched: could be, not known"))}</span>'
    st.html(f'<div class="gc-legend">{items}{hatched}</div>')


def render_reasons(score: Score, evidence: Mapping[str, Evidence], names: Mapping[str, str], own_id: str = "") -> None:
    """Every reason: part, contribution, sentence, and under it its ties with their proof and the people to open."""
    greatest = max((reason.weight for reason in score.reasons), default=0.0) or 1.0
    adding = [reason for reason in score.reasons if reason.contribution > 0]
    for reason in adding:
        with st.container(gap="xsmall"):
            st.html(_reason(reason, greatest, evidence))
            people = _people(reason.facts, evidence, names, own_id)
            if people:
                with st.container(horizontal=True, gap="small"):
                    for person_id, name in people.items():
                        person_link(name, person_id)
    rest = [reason for reason in score.reasons if reason.contribution <= 0]
    if rest:
        rows = "".join(_silent(reason) for reason in rest)
        st.html(
            f'<p class="gc-question">{safe(_("Adds nothing as far as is known"))}</p><ul class="gc-proof">{rows}</ul>'
        )


def tie_line(tie: Evidence) -> str:
    """One tie as HTML: its ends, what it states, and its proof."""
    verb = VOCABULARY.ties[tie.type].name_in(language())
    stated = [f"{tie.source_name} · {verb} · {tie.target_name}"]
    known = tie.strength is not None
    if tie.type == "INFLUENCES" or (known and tie.type in ("KNOWS", "MENTOR_OF")):
        stated.append(
            _("strength {strength} of 10", strength=number(tie.strength)) if known else _("strength not known")
        )
    if tie.basis:
        stated.append(VOCABULARY.value_name("influence_basis", tie.basis, language()))
    stated += [VOCABULARY.value_name("role", role, language()) for role in tie.roles]
    if tie.about:
        stated.append(tie.about)
    shown = safe(" · ".join(stated))
    return f"<li>{shown}<small>{safe(proof(tie.confidence, tie.source, tie.verified))}</small></li>"


def _reason(reason: Reason, greatest: float, evidence: Mapping[str, Evidence]) -> str:
    part = part_of(reason)
    name = _(PARTS[part]) if part else ""
    colour = COLOURS.get(part, "#8b95a1")
    width = min(reason.contribution / greatest, 1.0)
    bar = f'<div class="gc-track"><i style="left:0;width:{width:.1%};background:{colour}"></i></div>'
    facts = "".join(_fact(fact, evidence) for fact in reason.facts if fact.kind != "setting")
    said = safe(sentence(reason.code, reason.params))
    proof_list = f'<ul class="gc-proof gc-said">{facts}</ul>' if facts else ""
    return (
        f'<div class="gc-reason"><strong>{safe(name)}</strong>{bar}<span class="gc-number">{safe(_sum(reason))}</span>'
        f'<p class="gc-note gc-said">{said}</p>{proof_list}</div>'
    )


def _silent(reason: Reason) -> str:
    """A reason that adds nothing: its sentence, and what it could add if more were known."""
    part = part_of(reason)
    name = f"{_(PARTS[part])}: " if part else ""
    return f"<li>{safe(name + sentence(reason.code, reason.params))}<small>{safe(_sum(reason))}</small></li>"


def _sum(reason: Reason) -> str:
    """How the contribution comes about: value times weight, and what the value could be."""
    value = share(reason.value) if reason.value is not None else _("not known")
    text = _(
        "{value} × weight {weight} = {points}",
        value=value,
        weight=share(reason.weight),
        points=points(reason.contribution),
    )
    if reason.low is not None and reason.high is not None and reason.high - reason.low > 0.005:
        text += " " + _("({low} to {high})", low=share(reason.low), high=share(reason.high))
    return text


def _fact(fact: Fact, evidence: Mapping[str, Evidence]) -> str:
    if fact.kind == "tie" and fact.id in evidence:
        return tie_line(evidence[fact.id])
    return f"<li>{safe(sentence(fact.code, fact.params))}</li>" if fact.code else ""


def _people(
    facts: Iterable[Fact], evidence: Mapping[str, Evidence], names: Mapping[str, str], own_id: str
) -> dict[str, str]:
    """The people whom the facts concern, apart from the one whose score it is."""
    found: dict[str, str] = {}
    for fact in facts:
        if fact.kind == "node" and fact.id in names:
            found[fact.id] = names[fact.id]
        elif fact.kind == "tie" and fact.id in evidence:
            tie = evidence[fact.id]
            ends = {tie.source_id: tie.source_name, tie.target_id: tie.target_name}
            found |= {end: name for end, name in ends.items() if end in names}
    found.pop(own_id, None)
    return found
