"""The analysts' console (D3): a query in free Cypher, which can only read. For those who see everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from graphcrm.database import console
from graphcrm.database.canary import why_closed
from graphcrm.database.connection import Database, Explanation
from graphcrm.database.console import Cut, Limits, Misunderstood
from graphcrm.database.found import Node, Path, Tie
from graphcrm.domain.console import check_plan, check_text, check_values, missing_values, mistake, pointed
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import CypherWrong, Forbidden, GraphcrmError, InvalidInput
from graphcrm.i18n import translate as _
from graphcrm.services._console_values import as_csv, plain, shown

__all__ = [
    "ConsoleAnswer",
    "Cut",
    "Limits",
    "Node",
    "Path",
    "Tie",
    "as_csv",
    "ask_cypher",
    "console_closed",
    "cut_told",
    "cypher_parameters",
    "plain",
    "pointed",
    "shown",
]

_NO_VALUE = "01N60"
"""The code of the planner's remark that parameters have no value."""


@dataclass(frozen=True, slots=True)
class ConsoleAnswer:
    """What Neo4j answered.

    Attributes:
        columns: the names, as Neo4j gives them.
        rows: one value a column: plain ones (texts, numbers, dates, lists, maps), :class:`Node`, :class:`Tie`,
            :class:`Path`.
        cut: the caps at which something was left out: rows, bytes of the whole, signs of a cell.
        hints: what the planner says of the query, in its own words: a label that nothing has, a product of two sets.
        cypher, values, limits: as asked.
        seconds: that it took, the gate included.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: tuple[Cut, ...]
    hints: tuple[str, ...]
    cypher: str
    values: Mapping[str, Any]
    limits: Limits
    seconds: float


def ask_cypher(
    db: Database, viewer: Viewer, cypher: str, values: Mapping[str, Any] | None = None, *, limits: Limits | None = None
) -> ConsoleAnswer:
    """Ask in Cypher. Only what reads the graph is run, once; nothing of the query or the answer is written down.

    Raises:
        Forbidden: some facts are hidden from the viewer.
        ConsoleClosed: Neo4j would read files or addresses for a query that got past the gate.
        InvalidInput: there is no query, or a parameter has no value.
        CypherRefused: it would do more than read the graph, or something that is not known.
        CypherWrong: a mistake in it, in Neo4j's words.
        DatabaseError: no answer in time, too much memory.
    """
    begun = monotonic()
    values, limits = values or {}, limits or Limits()
    explained = _explained(db, viewer, cypher, values, limits.seconds)
    missing = _missing(explained)
    if missing:
        raise InvalidInput("The query needs a value for {names}.", mend="Give one for each.", names=", ".join(missing))
    try:
        left = max(1.0, round(limits.seconds - (monotonic() - begun), 1))
        taken = console.stream(db, cypher, values, replace(limits, seconds=left))
    except Misunderstood as error:
        raise _wrong(error, 0) from error
    hints = tuple(one.description.partition(": ")[2] or one.description for one in explained.notifications)
    return ConsoleAnswer(
        columns=taken.columns,
        rows=tuple(taken.rows),
        cut=taken.cut,
        hints=hints,
        cypher=cypher,
        values=dict(values),
        limits=limits,
        seconds=monotonic() - begun,
    )


def cypher_parameters(db: Database, viewer: Viewer, cypher: str) -> tuple[str, ...]:
    """The names of the ``$parameters`` of a query, as Neo4j finds them. Raises as :func:`ask_cypher`."""
    return _missing(_explained(db, viewer, cypher, {}, Limits().seconds))


def cut_told(answer: ConsoleAnswer) -> tuple[str, ...]:
    """What was left out of an answer, in sentences in the language in use."""
    told = {
        "rows": _("There are more rows; the first {shown} are here.", shown=len(answer.rows)),
        "bytes": _(
            "The answer is larger than {most} MB; the first {shown} rows are here. Return fewer columns, or single "
            "properties.",
            most=f"{answer.limits.bytes / 1e6:g}",
            shown=len(answer.rows),
        ),
        "cell": _("Values longer than {most} signs are cut short.", most=answer.limits.cell),
    }
    return tuple(told[one] for one in answer.cut)


def console_closed(db: Database) -> GraphcrmError | None:
    """Why the console is shut; None when it is open.

    Raises:
        DatabaseError: Neo4j does not answer.
    """
    return why_closed(db)


def _explained(db: Database, viewer: Viewer, cypher: str, values: Mapping[str, Any], seconds: float) -> Explanation:
    """What Neo4j would do, found fit to be run."""
    if not viewer.sees_everything:
        raise Forbidden("The console shows everything in the graph, and your role does not see everything.")
    check_text(cypher)
    check_values(values)
    if closed := why_closed(db):
        raise closed
    try:
        explained = console.explain(db, cypher, values, seconds)
    except Misunderstood as error:
        raise _wrong(error, console.BEFORE) from error
    check_plan(explained.plan, explained.query_type)
    return explained


def _missing(explained: Explanation) -> tuple[str, ...]:
    return tuple(
        name for one in explained.notifications if one.code == _NO_VALUE for name in missing_values(one.description)
    )


def _wrong(error: Misunderstood, before: int) -> CypherWrong:
    found = mistake(error.words, before)
    if found.line is None:
        return CypherWrong("Neo4j says: {words}", words=found.words)
    return CypherWrong(
        "Line {line}, column {column}: {words}",
        line=found.line,
        column=found.column,
        words=found.words,
    )
