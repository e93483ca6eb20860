"""Paired runs: every contender in turn, several times over, so that what else the machine does hits all of them alike.

Two clocks: the one on the wall, which decides, and the processor's, which counts this process and all its children
(Neo4j, tools). On a machine with other work to do only the second can be read.
"""

from __future__ import annotations

import gc
import json
import math
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

Say = Callable[[str], None]
TICK = 0.01
"""Seconds: the clock of the processor knows no less."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to do the work. ``prepare`` is not timed; its result is given to ``run``, which is.

    ``answer`` (not timed, after the first run) gives what is compared with the others' answers.
    """

    name: str
    run: Callable[[Any], Any]
    prepare: Callable[[], Any] = lambda: None
    answer: Callable[[Any], Any] = lambda result: result


@dataclass(frozen=True, slots=True)
class Timed:
    """What came out of one contender: seconds of each run by both clocks, and the answer of the first."""

    name: str
    seconds: tuple[float, ...]
    worked: tuple[float, ...]
    answer: Any

    @property
    def median(self) -> float:
        """Seconds on the wall."""
        return statistics.median(self.seconds)

    @property
    def work(self) -> float:
        """Seconds of the processor, client and server together."""
        return statistics.median(self.worked)

    def both(self) -> str:
        """``2.10 s (3.40 s of work)``."""
        return f"{seconds(self.median)} ({seconds(self.work)} of work)"


def processor_seconds() -> float:
    """Processor time so far of this process and of all its children, those that have ended included."""
    own = sum(os.times()[:4])
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            times = child.cpu_times()
            own += times.user + times.system
    return own


def timed(work: Callable[[], Any]) -> tuple[Any, tuple[float, float]]:
    """What it gives, and the seconds that it took by both clocks."""
    before, began = processor_seconds(), time.perf_counter()
    given = work()
    return given, (time.perf_counter() - began, processor_seconds() - before)


def interleave(contenders: Sequence[Contender], repeats: int, *, turn_round: bool = True) -> dict[str, Timed]:
    """Every contender in turn, ``repeats`` times over, in an order that turns round each time if it may."""
    taken: dict[str, list[float]] = {one.name: [] for one in contenders}
    worked: dict[str, list[float]] = {one.name: [] for one in contenders}
    answers: dict[str, Any] = {}
    for repeat in range(repeats):
        for one in contenders if repeat % 2 == 0 or not turn_round else reversed(contenders):
            given = one.prepare()
            gc.collect()
            result, (wall, work) = timed(lambda one=one, given=given: one.run(given))
            taken[one.name].append(wall)
            worked[one.name].append(work)
            if repeat == 0:
                answers[one.name] = one.answer(result)
    return {name: Timed(name, tuple(taken[name]), tuple(worked[name]), answers[name]) for name in taken}


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which ``share`` (0-1) of the values lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what was done, at which size, beside whom, and whether the aim was reached.

    ``ratio`` is the figure that the aim speaks of; ``met`` is None where there is no aim.
    """

    size: str
    beside: str
    ours: str
    theirs: str
    ratio: str
    aim: str = ""
    met: bool | None = None


@dataclass(slots=True)
class Report:
    """The outcome of one benchmark: a table, and sentences that belong to it."""

    name: str
    title: str
    lines: list[Line] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def markdown(self) -> str:
        """As it stands in docs/benchmarks.md."""
        rows = ["| size | beside it | graphcrm | beside | ratio | aim | reached |", "|---|---|---|---|---|---|---|"]
        for one in self.lines:
            met = "" if one.met is None else "yes" if one.met else "**no**"
            cells = (one.size, one.beside, one.ours, one.theirs, one.ratio, one.aim, met)
            rows.append("| " + " | ".join(cells) + " |")
        return "\n".join([*rows, "", *(f"- {remark}" for remark in self.remarks)]).rstrip()


def seconds(value: float) -> str:
    """``1.23 s`` or ``4.5 ms``."""
    return f"{value:,.2f} s" if value >= 1 else f"{value * 1000:,.1f} ms"


def ratio(one: Timed, other: Timed, times: float = 1) -> float:
    """How many times as long ``other``, done ``times`` times, took as ``one``, on the wall."""
    return times * other.median / one.median


def faster(ours: Timed, theirs: Timed, times: float = 1) -> str:
    """:func:`ratio` in words, by both clocks."""
    work = times * theirs.work / max(ours.work, TICK)
    return f"{ratio(ours, theirs, times):.3g} x as fast ({work:.3g} x by work)"


def share(ours: Timed, theirs: Timed) -> str:
    """The part of the other's time that ours takes, by both clocks."""
    work = ours.work / max(theirs.work, TICK)
    return f"{ours.median / theirs.median:.2f} of its time ({work:.2f} of its work)"


def machine(neo4j: str, load: float) -> str:
    """What was measured on: cores, memory, versions, and how many others wanted its cores. No name, no path."""
    memory = psutil.virtual_memory().total / 2**30
    names = ("neo4j", "neo4j-rust-ext", "neomodel", "networkx", "igraph", "streamlit", "pyvis", "streamlit-agraph")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()}), {memory:.0f} GB of memory, "
        f"Python {platform.python_version()}, Neo4j Community {neo4j}; {versions}. "
        f"Load before the first benchmark of the last run: {load:.1f}. Read the ratios, not the times."
    )


def write_into(page: Path, parts: Mapping[str, str]) -> None:
    """Replace what stands between ``<!-- name -->`` and ``<!-- /name -->`` in a page.

    Raises:
        ValueError: the page has no such place.
    """
    text = page.read_text("utf-8")
    for name, content in parts.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        if begin not in text or end not in text:
            raise ValueError(f"{page.name} has no place for {name}")
        before, rest = text.split(begin, 1)
        text = f"{before}{begin}\n{content}\n{end}{rest.split(end, 1)[1]}"
    page.write_text(text, "utf-8")


def agree(answers: Mapping[str, Any]) -> None:
    """Raises AssertionError when the contenders did not give one and the same answer."""
    texts = {name: json.dumps(answer, default=str, sort_keys=True) for name, answer in answers.items()}
    first = next(iter(texts))
    for name, text in texts.items():
        assert text == texts[first], f"{first} and {name} disagree: {texts[first][:300]} / {text[:300]}"
