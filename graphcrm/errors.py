"""Every error graphcrm raises on purpose, in one tree.

    GraphcrmError                 a sentence a user can read, and the mend
    ├── ConfigurationError        a setting is missing or wrong
    ├── InvalidInput              what the caller passed cannot be used
    ├── NotFound                  no such thing, or the viewer may not know of it
    ├── Forbidden                 the viewer's role does not allow the action
    ├── NotSignedIn               nobody is signed in, or nobody who may (any longer)
    ├── ImportRefused             an import has problems; nothing was written
    ├── EditRefused               what was entered in a form has problems; nothing was written
    ├── EditConflict              somebody else changed the record since it was shown; nothing was written
    ├── GiftRefused               a step of a gift is not correct; the try is in the register
    ├── CypherRefused             the console does not run such a query; nothing was run
    ├── ConsoleClosed             the console is shut, because Neo4j would read files or addresses for it
    ├── QueryContractError        a .cypher file and its function disagree (a bug of ours)
    ├── MigrationError            the schema cannot be brought up to date
    └── DatabaseError             Neo4j said no, or said nothing
        ├── DatabaseUnavailable   no answer at the address
        ├── DatabaseTimeout       the answer took longer than allowed
        ├── AuthenticationFailed  wrong user name or password
        ├── WriteConflict         somebody else changed the record first
        ├── OutcomeUnknown        the link was cut at COMMIT: the write may or may not be there
        ├── QueryFailed           Neo4j refused a statement
        │   └── CypherWrong       a query of the console has a mistake; where, if Neo4j says so
        └── LocalServerError      the Neo4j that graphcrm runs itself
            ├── DownloadFailed    the jars could not be fetched
            ├── HashMismatch      a fetched jar is not the pinned one
            ├── NoSpace           the disk is full
            ├── FolderNotWritable the data or cache folder refuses us
            ├── PortInUse         somebody else listens there
            ├── AlreadyRunning    another process holds the same data
            ├── StoreTooNew       the data were written by a newer Neo4j
            ├── LoadFailed        the offline import gave up
            └── ServerCrashed     the server ended on its own

A message is a template with named fields, so that the app can translate it before it fills the fields in.
"""

from __future__ import annotations

from typing import Any


class GraphcrmError(Exception):
    """A failure with one clear sentence and, where there is one, the mend.

    Args:
        template: the sentence in English, with ``{fields}``. It is the key of the translation.
        mend: what the user can do about it, in English, with the same fields.
        fields: the values of the fields.
    """

    def __init__(self, template: str, *, mend: str = "", **fields: Any) -> None:
        self.template = template
        self.mend = mend
        self.fields = fields
        super().__init__(self.describe())

    def describe(self, translate: Any = str) -> str:
        """The sentence and the mend, through ``translate`` (a function from English text to text)."""
        parts = [translate(text).format(**self.fields) for text in (self.template, self.mend) if text]
        return " ".join(parts)


class ConfigurationError(GraphcrmError):
    """A setting is missing or wrong."""


class InvalidInput(GraphcrmError):
    """What the caller passed cannot be used."""


class NotFound(GraphcrmError):
    """There is no such thing, or the viewer may not know that there is."""


class Forbidden(GraphcrmError):
    """The viewer's role does not allow the action."""


class NotSignedIn(GraphcrmError):
    """Nobody is signed in, or nobody who may (any longer). ``by_nobody``: no sign-in was tried."""

    def __init__(self, template: str, *, by_nobody: bool = False, mend: str = "", **fields: Any) -> None:
        self.by_nobody = by_nobody
        super().__init__(template, mend=mend, **fields)


class ImportRefused(GraphcrmError):
    """An import has problems and nothing was written. ``problems`` lists them all."""

    def __init__(self, template: str, *, problems: tuple[Any, ...] = (), mend: str = "", **fields: Any) -> None:
        self.problems = problems
        super().__init__(template, mend=mend, **fields)


class EditRefused(GraphcrmError):
    """What was entered cannot be saved. ``problems`` lists all that is wrong, each with its column."""

    def __init__(self, template: str, *, problems: tuple[Any, ...] = (), mend: str = "", **fields: Any) -> None:
        self.problems = problems
        super().__init__(template, mend=mend, **fields)


class EditConflict(GraphcrmError):
    """Somebody else changed the record since it was shown. ``differences`` tells each value then and now."""

    def __init__(self, template: str, *, differences: tuple[Any, ...] = (), mend: str = "", **fields: Any) -> None:
        self.differences = differences
        super().__init__(template, mend=mend, **fields)


class GiftRefused(GraphcrmError):
    """A step of a gift is not correct. Only the try was recorded. ``reasons`` lists all that stands against it."""

    def __init__(self, template: str, *, reasons: tuple[Any, ...] = (), mend: str = "", **fields: Any) -> None:
        self.reasons = reasons
        super().__init__(template, mend=mend, **fields)


class CypherRefused(GraphcrmError):
    """The console does not run such a query. Nothing was run."""


class ConsoleClosed(GraphcrmError):
    """The console is shut: a query could read files of the server, or send the graph to an address."""


class QueryContractError(GraphcrmError):
    """A .cypher file and the function of its name disagree. Raised when the package is imported."""


class MigrationError(GraphcrmError):
    """The schema cannot be brought up to date."""


class DatabaseError(GraphcrmError):
    """Neo4j said no, or said nothing."""


class DatabaseUnavailable(DatabaseError):
    """Nobody answers at the database's address."""


class DatabaseTimeout(DatabaseError):
    """The database took longer than allowed."""


class AuthenticationFailed(DatabaseError):
    """The user name or the password is wrong."""


class WriteConflict(DatabaseError):
    """Somebody else changed the record since it was read."""


class OutcomeUnknown(DatabaseError):
    """The link was cut at COMMIT: the write may or may not have been saved."""


class QueryFailed(DatabaseError):
    """Neo4j refused a statement."""


class CypherWrong(QueryFailed):
    """A query of the console has a mistake. ``line`` and ``column`` count from 1; None where Neo4j does not say."""

    def __init__(
        self, template: str, *, line: int | None = None, column: int | None = None, mend: str = "", **fields: Any
    ) -> None:
        self.line = line
        self.column = column
        super().__init__(template, mend=mend, line=line, column=column, **fields)


class LocalServerError(DatabaseError):
    """The Neo4j that graphcrm runs itself cannot start, run or stop."""


class DownloadFailed(LocalServerError):
    """Neo4j's jars could not be fetched."""


class HashMismatch(LocalServerError):
    """A fetched jar is not the one that was pinned."""


class NoSpace(LocalServerError):
    """The disk is full."""


class FolderNotWritable(LocalServerError):
    """The data or cache folder cannot be written."""


class PortInUse(LocalServerError):
    """Another program listens on the port."""


class AlreadyRunning(LocalServerError):
    """Another process holds the same data folder."""


class StoreTooNew(LocalServerError):
    """The data were written by a newer Neo4j than this one."""


class LoadFailed(LocalServerError):
    """Neo4j's offline import gave up. The database is as it was."""


class ServerCrashed(LocalServerError):
    """The server ended on its own."""
