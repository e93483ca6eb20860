"""A progress bar with rate and time left, for work that reports as it goes."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from types import TracebackType

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.ui.components.formats import number

STEP_SECONDS = 0.2
"""The bar is not redrawn more often: each step is a message to the browser."""


class ProgressBar:
    """Called with (done, total, phase); total 0 means that it is not known. Goes away at the end of its block."""

    def __init__(self, title: str, cancel: Callable[[], None] | None = None) -> None:
        """``cancel`` is the callback of a button beside the bar; a click ends the run at the next step it reports."""
        self._title = title
        self._cancel = cancel
        self._started = self._drawn = 0.0
        self._phase = ""

    def __enter__(self) -> ProgressBar:
        self._place = st.empty()
        with self._place.container():
            self._bar = st.progress(0.0, text=self._title)
            if self._cancel:
                st.button(_("Cancel"), icon=":material/close:", key="cancel_work", on_click=self._cancel)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._place.empty()

    def __call__(self, done: int, total: int, phase: str = "") -> None:
        now = monotonic()
        if phase != self._phase:
            self._phase, self._started, self._drawn = phase, now, 0.0
        if now - self._drawn < STEP_SECONDS and done < total:
            return
        self._drawn = now
        self._bar.progress(min(done / total, 1.0) if total else 0.0, text=self._text(done, total, now - self._started))

    def _text(self, done: int, total: int, seconds: float) -> str:
        parts = [self._title, _phase_name(self._phase), _("{done} of {total}", done=number(done), total=number(total))]
        if seconds >= 1 and done:
            rate = done / seconds
            parts.append(_("{rate} per second", rate=number(rate)))
            parts.append(_("{seconds} s left", seconds=number(max(total - done, 0) / rate)))
        return " · ".join(part for part in parts if part)


def _phase_name(phase: str) -> str:
    """The name of a step of the import; one that has none is shown as the service calls it."""
    names = {
        "read": _("Reading"),
        "check": _("Checking"),
        "plan": _("Comparing with the graph"),
        "nodes": _("Saving people, organisations and facts"),
        "ties": _("Saving ties"),
        "labels": _("Bringing the labels in step"),
    }
    return names.get(phase, phase)
