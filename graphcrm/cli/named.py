"""People and clients on the command line: by id, or by a name that finds one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from graphcrm.bootstrap import App
from graphcrm.errors import EditRefused, InvalidInput, NotFound
from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.vocabulary import VOCABULARY

SHOWN = 10


def named(opened: App, text: str, label: str = "Person") -> str:
    """The id of who is meant: a person, or with another label an employee or a client.

    Raises:
        NotFound: nobody. InvalidInput: several; they are named.
    """
    if label in editing.labels_of(opened.database, text):
        return text
    found = editing.find(opened.database, text, [label])
    if not found:
        raise NotFound("Nobody is found by {text}.", mend="Give the id, or another name.", text=text)
    if len(found) > 1:
        people = ", ".join(f"{one.name} ({one.id})" for one in found[:SHOWN])
        raise InvalidInput("{text} finds several people.", mend="Give one id: {people}.", text=text, people=people)
    return found[0].id


def code_of(enumeration: str, text: str | None) -> str | None:
    """A code of an enumeration, given as the code or as its name in either language.

    Raises:
        InvalidInput: it is none; the codes are named.
    """
    if text is None:
        return None
    values = VOCABULARY.enumerations[enumeration].values
    for code, value in values.items():
        if text.casefold() in (code, value.en.casefold(), value.ru.casefold()):
            return code
    raise InvalidInput("{text} is not in the list.", mend="Choose one of: {codes}.", text=text, codes=", ".join(values))


@contextmanager
def refusals_told() -> Iterator[None]:
    """What is to mend, line by line, before the error itself."""
    try:
        yield
    except EditRefused as refusal:
        for problem in refusal.problems:
            print(problem.describe(_), file=sys.stderr)
        raise
