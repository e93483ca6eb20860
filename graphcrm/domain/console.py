"""The gate of the analysts' console (D3): what a query in free Cypher may do is decided before it is run.

Neo4j's access mode READ keeps a query from writing and from nothing else: it may load files and addresses, look at the
settings, end the work of others. So the gate works by lists of what is allowed (``console_names.py``) and refuses what
it does not know. It looks twice:

* at the text, before Neo4j sees it: a plan shows an expression as text only, be it a function that is called or a whole
  query in ``COLLECT { ... }``, with ``LOAD CSV`` or ``SHOW SETTINGS`` in it and no operator for them;
* at the plan that ``EXPLAIN`` gives: its operators, the procedures that it calls, the database that it runs on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphcrm.domain.console_names import (
    FIRST_WORDS,
    FUNCTIONS,
    MANAGERS,
    ON_THEIR_OWN,
    OPERATORS,
    PROCEDURES,
    WORDS,
    WRITERS,
    WRITING_WORDS,
)
from graphcrm.errors import CypherRefused, InvalidInput

LONGEST, MOST_CLAUSES = 50_000, 200
"""Signs and clauses in a query: enough for any that somebody writes. Neo4j plans without a limit of time or memory."""
DEEPEST, DEEPEST_BRACES = 60, 10
"""Brackets within brackets, and ``{`` within ``{``: each query within a query doubles the time that Neo4j reads it."""

_PARTS = re.compile(
    r"""(?P<comment>//[^\n\r]*|/\*.*?(?:\*/|\Z))
    | (?P<string>'(?:\\.|[^'\\])*(?:'|\Z) | "(?:\\.|[^"\\])*(?:"|\Z))
    | (?P<quoted>`(?:``|[^`])*(?:`|\Z))""",
    re.VERBOSE | re.DOTALL,
)
_NAME = r"(?:[^\W\d][\w$]*+|`(?:``|[^`])*+`)"
# Without ways back, and a bracket or none: else a long chain of names would be read once from each of them.
_CHAIN = re.compile(rf"((?:{_NAME}\s*\.\s*)*+{_NAME})(\s*\()?")
# A hint names a label, and its properties in brackets.
_HINT = re.compile(
    rf"\bUSING\s+(?:(?:RANGE|TEXT|POINT)\s+)?INDEX\s+(?:SEEK\s+)?{_NAME}\s*:\s*{_NAME}(?!\s*\.)", re.IGNORECASE
)
_QUOTED = re.compile(r"`(?:``|[^`])*+`")
# A word that is spelled like a clause is a name after one of these ...
_NAME_ENDS = re.compile(r"(?:[.:$|&!]|\bAS)\s*\Z", re.IGNORECASE)
# ... and before all that is no word, no quoted name and no value, or is a word of an expression.
_NAME_GOES_ON = re.compile(
    r"\s*(?:\Z|[^\s\w`'\"$]|(?:AS|ASC|DESC|IS|IN|AND|OR|XOR|STARTS|ENDS|CONTAINS|THEN|ELSE|END|ORDER|LIMIT)\b)",
    re.IGNORECASE,
)
# To Neo4j control characters are letters of a name, and what follows a backslash may be any sign.
_STRANGE = re.compile(r"[^\w\s!-~]|\\|[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ESCAPED_ASCII = re.compile(r"\\u+00[0-7][0-9a-fA-F]")
_CLAUSE = re.compile(
    r"(?P<apart>\}\s*IN\s+TRANSACTIONS?\b|\bCONCURRENT\s+TRANSACTIONS?\b)"
    r"|\b(?P<loads>LOAD\s+CSV)\b|\b(?P<manages>SHOW|TERMINATE|USE)\b",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"\b(?:MATCH|UNWIND|WITH|CALL|RETURN|UNION|LET|FILTER|NEXT)\b", re.IGNORECASE)
_FIRST = re.compile(r"\s*(\w*)")
_VERSION = re.compile(r"\s*CYPHER\s+(5|25)(?=\s)(?!\s+\w+\s*=)", re.IGNORECASE)
_OPERATOR = re.compile(r"(\w+)(\([^@]*\))?(?:@(.+))?", re.DOTALL)
_POSITION = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: (\d+)\)\).*", re.DOTALL)
_MISSING = re.compile(r"\$`((?:``|[^`])+)`")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What Neo4j says of a query that it does not understand, and where (from 1; None when it does not say)."""

    words: str
    line: int | None
    column: int | None


def check_text(cypher: str) -> None:
    """Refuse what need not be sent to Neo4j at all.

    Raises:
        InvalidInput: there is no query, or it is too long.
        CypherRefused: a function that is not in the list, or a text that hides what it calls.
    """
    bare = _bare(cypher)
    if not bare.strip(" \t\r\n;"):
        raise InvalidInput("There is no query.", mend="Write one, or take one of the examples.")
    if len(cypher) > LONGEST:
        raise InvalidInput("The query is longer than {most} signs.", mend="Ask in several queries.", most=LONGEST)
    _check_size(bare)
    _check_signs(cypher, bare)
    _check_beginning(bare)
    _check_clauses(bare)
    for name in called(cypher):
        if name.lower() not in FUNCTIONS | WORDS | WRITING_WORDS and name not in PROCEDURES:
            raise CypherRefused(
                "The console does not call {name}.",
                mend="It calls Cypher's own functions on values, and these procedures: {names}.",
                name=name,
                names=", ".join(sorted(PROCEDURES)),
            )


def check_values(values: Mapping[str, Any]) -> None:
    """Refuse what Neo4j has no way to hold.

    Raises:
        InvalidInput: a whole number over 64 bits, or a text with a sign that is none.
    """
    for name, given in values.items():
        open_values = [given]
        while open_values:
            one = open_values.pop()
            if isinstance(one, Mapping):
                open_values += [*one, *one.values()]
            elif isinstance(one, list | tuple):
                open_values += one
            elif (isinstance(one, int) and not -(2**63) <= one < 2**63) or (isinstance(one, str) and not _sound(one)):
                raise InvalidInput(
                    "Neo4j cannot hold the value of {name}.", mend="Give a shorter number, or plain text.", name=name
                )


def pointed(cypher: str, line: int, column: int) -> str:
    """The line of a query with a mistake, and a sign below the place."""
    lines = re.split(r"\r\n|[\n\r]", cypher)
    text = lines[line - 1] if line <= len(lines) else ""
    return f"{text}\n{' ' * (column - 1)}^"


def called(cypher: str) -> tuple[str, ...]:
    """The names before an opening bracket, keywords among them, as ``coll.max``, in order.

    A name that is quoted in part or in whole is given without its back-ticks.
    """
    text = _HINT.sub(" ", _bare(cypher))
    return tuple(_unquoted(match.group(1)) for match in _CHAIN.finditer(text) if match.group(2))


def check_plan(plan: Mapping[str, Any], query_type: str) -> None:
    """Refuse a query for what ``EXPLAIN`` says that it would do.

    Args:
        plan: the tree of operators, with ``operatorType``, ``args`` and ``children``.
        query_type: ``r`` for one that only reads.

    Raises:
        CypherRefused: an operator or a procedure that is not in the lists, or another database.
    """
    operators = list(_operators(plan))
    # Not compared with the name that we ask for: that may be an alias, or in other letters.
    places = {place for _name, _kind, place, _details in operators if place}
    for name, kind, place, details in operators:
        _check_operator(name, kind, details, elsewhere=len(places) > 1 or place == "system")
    if query_type != "r" or not operators:
        raise _would_change(query_type or "?")


def mistake(message: str, before: int = 0) -> Mistake:
    """The words and the place in one of Neo4j's messages.

    Args:
        message: as ``Invalid input ... (line 1, column 18 (offset: 17))`` with the query's line below it.
        before: signs that were put before the query, on its first line.
    """
    found = _POSITION.search(message)
    if not found:
        return Mistake(message.strip(), None, None)
    line, column = int(found.group(1)), int(found.group(2))
    words = message[: found.start()].strip()
    if not line:
        return Mistake(words, None, None)
    return Mistake(words, line, max(1, column - before) if line == 1 else column)


def missing_values(remark: str) -> tuple[str, ...]:
    """The names of the parameters that, by a remark of the planner, have no value."""
    return tuple(name.replace("``", "`") for name in _MISSING.findall(remark))


def _check_size(bare: str) -> None:
    depth = braces = 0
    for sign in re.findall(r"[(\[{}\])]", _QUOTED.sub("``", bare)):
        depth += 1 if sign in "([{" else -1
        braces += (sign == "{") - (sign == "}")
        if depth > DEEPEST or braces > DEEPEST_BRACES:
            raise InvalidInput("The query is nested too deeply.", mend="Ask in several queries.")
    if len(_CLAUSES.findall(bare)) > MOST_CLAUSES:
        raise InvalidInput("The query has more than {most} clauses.", mend="Ask in several queries.", most=MOST_CLAUSES)


def _check_signs(cypher: str, bare: str) -> None:
    if not _sound(cypher):
        raise CypherRefused("The query holds a sign that is none.", mend="Write it again.")
    # Neo4j turns them into letters before or after it reads the query, by its version: they only serve to hide.
    if escape := _ESCAPED_ASCII.search(cypher):
        raise CypherRefused(
            "The query hides a letter as {escape}.", mend="Write the letter itself.", escape=escape.group()
        )
    # A space or a letter to Neo4j and not to us would show another name than the one that is called.
    if strange := _STRANGE.search(bare):
        raise CypherRefused(
            "The sign {sign} stands outside of texts and quoted names.",
            mend="Take it out; a name with such a sign is written in back-ticks.",
            sign=f"U+{ord(strange.group()):04X}",
        )


def _sound(text: str) -> bool:
    """False if the text holds half a pair of surrogates, which no file and no network can carry."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _check_beginning(bare: str) -> None:
    version = _VERSION.match(bare)
    rest = bare[version.end() :] if version else bare
    first = _FIRST.match(rest)
    word = first.group(1) if first else ""
    if word.lower() == "cypher":
        raise CypherRefused(
            "The console takes no settings after CYPHER.", mend="CYPHER 5 or CYPHER 25 alone names the language."
        )
    if word.lower() in FIRST_WORDS:
        raise CypherRefused("A query of the console does not begin with {word}.", mend="Leave it out.", word=word)


def _check_clauses(bare: str) -> None:
    """Raises CypherRefused for a clause that may be nowhere; within an expression the plan would not show it."""
    text = _QUOTED.sub("``", bare)
    for found in _CLAUSE.finditer(text):
        if found["loads"]:
            raise _would_load()
        if found["apart"]:
            raise _would_run_apart()
        if not (
            _NAME_ENDS.search(text, max(0, found.start() - 80), found.start()) or _NAME_GOES_ON.match(text, found.end())
        ):
            raise CypherRefused(
                "The console asks about the graph, not about the server and who uses it ({name}).",
                mend="If it is a name of yours, write it in back-ticks: `{name}`.",
                name=found.group(),
            )


def _would_load() -> CypherRefused:
    return CypherRefused(
        "The console reads the graph only: LOAD CSV would read a file or an address.",
        mend="To bring data in, import them.",
    )


def _would_run_apart() -> CypherRefused:
    return CypherRefused(
        "The console runs each query in one transaction, without IN TRANSACTIONS.", mend="Leave it out."
    )


def _check_operator(name: str, kind: str, details: str, *, elsewhere: bool) -> None:
    """Raises CypherRefused; ``kind`` is what stood in brackets, ``elsewhere`` that it runs on another database."""
    if name in WRITERS or "locking" in kind.lower():
        raise _would_change(name)
    if name == "LoadCSV":
        raise _would_load()
    if name in ON_THEIR_OWN:
        raise _would_run_apart()
    if name.startswith(MANAGERS) or elsewhere:
        raise CypherRefused(
            "The console asks about the graph, not about the server and who uses it ({name}).",
            mend="Use Neo4j's own tools; graphcrm db shell-info says how they connect.",
            name=name,
        )
    if name.removeprefix("Partitioned") not in OPERATORS:
        raise CypherRefused(
            "The console does not know what {name} does in Neo4j's plan, so it does not run the query.",
            mend="Ask in another way, or use Neo4j's own tools.",
            name=name,
        )
    if name == "ProcedureCall":
        _check_procedure(details)


def _check_procedure(details: str) -> None:
    found = _CHAIN.match(details)
    name = _unquoted(found.group(1)) if found and found.group(2) else "?"
    if name not in PROCEDURES:
        raise CypherRefused(
            "The console does not call the procedure {name}.",
            mend="It calls these: {names}.",
            name=name,
            names=", ".join(sorted(PROCEDURES)),
        )


def _would_change(operator: str) -> CypherRefused:
    return CypherRefused(
        "The console only reads; this query would change the graph or the server ({operator}).",
        mend="Leave out what changes it; facts are changed in the app, or by an import.",
        operator=operator,
    )


def _operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """(name, what stands in brackets, database, details) of each operator. Not by recursion: plans are deep."""
    open_plans = [plan] if plan else []
    while open_plans:
        one = open_plans.pop()
        found = _OPERATOR.fullmatch(str(one.get("operatorType", "")))
        name, kind, place = found.groups() if found else (str(one.get("operatorType", "?")), "", "")
        yield name, kind or "", place or "", str(one.get("args", {}).get("Details", ""))
        open_plans += reversed(one.get("children", ()))


def _bare(cypher: str) -> str:
    """The text with comments as spaces and strings as nothing; quoted names stay, but for brackets in them."""

    def replaced(match: re.Match[str]) -> str:
        if match.lastgroup == "quoted":
            return re.sub(r"[^\w`.]", "_", match.group())
        return " " if match.lastgroup == "comment" else "''"

    return _PARTS.sub(replaced, cypher)


def _unquoted(name: str) -> str:
    return re.sub(r"\s", "", name).replace("`", "")
