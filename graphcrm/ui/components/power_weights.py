"""The weights of the power score as the user has set them: sliders, their effect at once, and the way back."""

from __future__ import annotations

from dataclasses import fields

import streamlit as st

from graphcrm.domain.messages import PARTS
from graphcrm.domain.power import PowerWeights
from graphcrm.i18n import translate as _
from graphcrm.ui.components.formats import share
from graphcrm.ui.state import ui_state

SHIPPED = PowerWeights()


def chosen_weights() -> PowerWeights:
    """The weights of this session. All at zero cannot be used: then the shipped ones hold."""
    chosen = {
        item.name: ui_state().weights.get(item.name, getattr(SHIPPED, item.name)) for item in fields(PowerWeights)
    }
    chosen["horizon"] = int(chosen["horizon"])
    if not any(chosen[name] > 0 for name in PARTS):
        return SHIPPED
    return PowerWeights(**chosen)  # type: ignore[arg-type]


def render_weights() -> PowerWeights:
    """Draw the sliders, folded, and return what they say."""
    weights = chosen_weights()
    changed = weights != SHIPPED
    title = _("Weights of the score (changed)") if changed else _("Weights of the score")
    with st.expander(title, icon=":material/tune:", key="power-weights"):
        st.caption(
            _(
                "How much each part counts. Only the proportions matter; a part at 0 is shown, not counted. The "
                "ranks below follow at once."
            )
        )
        shares = weights.shares()
        for row in (tuple(PARTS)[:4], tuple(PARTS)[4:]):
            for column, name in zip(st.columns(4), row, strict=False):
                with column:
                    _slider(name, _(PARTS[name]), 100)
                    st.caption(_("counts {share}", share=share(shares[name])))
        one, other, *_rest = st.columns(3)
        with one:
            _slider("horizon", _("Longest chain of influence (ties)"), 1, low=1, high=4)
        with other:
            _slider("passing_on", _("Chance that a go-between passes it on (%)"), 100)
        if not any(ui_state().weights.get(name, getattr(SHIPPED, name)) > 0 for name in PARTS):
            st.warning(_("With every part at 0 nothing is counted: the shipped weights are used."))
        st.button(_("Back to the shipped weights"), icon=":material/undo:", disabled=not changed, on_click=_reset)
    return weights


def _slider(name: str, label: str, scale: int, *, low: int = 0, high: int = 100) -> None:
    """A slider in whole steps; the weight is what it shows divided by ``scale``."""
    key = f"weight-{name}"
    stored = ui_state().weights.get(name, getattr(SHIPPED, name))
    st.session_state.setdefault(key, round(stored * scale))
    st.slider(label, low, high, key=key, on_change=_take, args=(name, scale))


def _take(name: str, scale: int) -> None:
    ui_state().weights[name] = st.session_state[f"weight-{name}"] / scale


def _reset() -> None:
    ui_state().weights.clear()
    for item in fields(PowerWeights):
        st.session_state.pop(f"weight-{item.name}", None)
