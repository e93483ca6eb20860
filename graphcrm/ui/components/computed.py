"""How was this computed?: the formula and the Cypher behind a number or a table, ready to copy."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import streamlit as st

from graphcrm.domain.viewer import OWNER
from graphcrm.i18n import translate as _
from graphcrm.queries.binder import Asked
from graphcrm.ui import session
from graphcrm.ui.components.console_link import console_way
from graphcrm.ui.components.errors import guarded
from graphcrm.ui.components.formats import plain


@st.fragment
@guarded
def how_computed(asked: Sequence[Asked], formula: str = "", key: str = "") -> None:
    """A quiet button that opens the way to a number.

    Args:
        asked: the queries with their parameters, in the order in which they were asked.
        formula: a sentence (already in the session's language) that tells what was made of the rows.
        key: unique on the page.
    """
    popover = st.popover(
        _("How was this computed?"),
        type="tertiary",
        icon=":material/function:",
        key=f"computed-{key}",
        on_change="rerun",
    )
    if not popover.open:
        return
    with popover:
        if formula:
            st.markdown(plain(formula))
        may_ask = session.current_viewer().may_see >= OWNER.may_see
        for number, one in enumerate(asked):
            st.markdown(f"**`{one.query.name}`**  \n{plain(_(one.query.documentation))}")
            st.code(copyable(one), language="cypher", wrap_lines=True)
            if may_ask:
                console_way(one, f"computed-{key}-console-{number}")
        if asked:
            st.caption(_("The block can be pasted into Neo4j Browser or cypher-shell as it is."))


def copyable(asked: Asked) -> str:
    """The query with its parameters as ``:param`` lines, as Neo4j Browser and cypher-shell read them."""
    lines = parameter_lines(asked.parameters)
    return "\n".join([*lines, "", f"{asked.query.text.strip().rstrip(';')};"] if lines else [asked.query.text.strip()])


def parameter_lines(parameters: Mapping[str, Any]) -> list[str]:
    """``:param name => value;`` for each parameter."""
    return [f":param {name} => {literal(value)};" for name, value in parameters.items()]


def literal(value: Any) -> str:
    """A Python value as a Cypher literal. Strings cannot break out of their quotes."""
    # JSON's null, true, false, numbers and strings are Cypher's too: same words, same quotes, same escapes.
    if isinstance(value, datetime):
        return f'datetime("{value.isoformat()}")'
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"`{str(name).replace('`', '``')}`: {literal(item)}" for name, item in value.items()) + "}"
        )
    if isinstance(value, list | tuple | set | frozenset):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False, default=str)
