"""Progress bars of the command line, fed by the callbacks of the local server and of the importer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.filesize import decimal
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from graphcrm.i18n import N_, translate

_beside = Console(stderr=True, highlight=False)
"""Bars never stand among what a command answers."""
SERVER_PHASES = {"check": N_("Checking Neo4j"), "download": N_("Fetching Neo4j"), "start": N_("Starting Neo4j")}
IMPORT_PHASES = {
    "read": N_("Reading files"),
    "check": N_("Checking rows"),
    "plan": N_("Comparing with the graph"),
    "nodes": N_("Writing nodes"),
    "ties": N_("Writing ties"),
    "labels": N_("Setting labels"),
    "export": N_("Exporting"),
    "files": N_("Writing files"),
    "download": N_("Fetching Neo4j"),
    "load": N_("Loading"),
    "start": N_("Starting Neo4j"),
    "indexes": N_("Making indexes"),
}


class RateColumn(ProgressColumn):
    """How many things a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="progress.data.speed")


@contextmanager
def server_progress() -> Iterator[Callable[[str, int, int], None]]:
    """The callback for the local server: phase, bytes done, bytes in all."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[amount]}"))
    with Progress(*columns, TimeRemainingColumn(), console=_beside, transient=True) as bar:
        yield _shower(bar, SERVER_PHASES, amount=lambda phase, done: decimal(done) if phase == "download" else "")


@contextmanager
def import_progress() -> Iterator[Callable[[int, int, str], None]]:
    """The callback for the importer: things done, things in all, phase. Shows rate and time left."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), RateColumn())
    with Progress(*columns, TimeRemainingColumn(), console=_beside) as bar:
        show = _shower(bar, IMPORT_PHASES)
        yield lambda done, total, phase: show(phase, done, total)


def _shower(
    bar: Progress, names: dict[str, str], amount: Callable[[str, int], str] = lambda _phase, _done: ""
) -> Callable[[str, int, int], None]:
    tasks: dict[str, TaskID] = {}

    def show(phase: str, done: int, total: int) -> None:
        if phase not in tasks:
            tasks[phase] = bar.add_task(translate(names.get(phase, phase)), total=total, amount="")
        bar.update(tasks[phase], completed=done, total=total, amount=amount(phase, done))

    return show
