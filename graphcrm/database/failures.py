"""From the driver's exceptions to graphcrm's own: one sentence that a user understands, and the mend.

The driver's exception stays attached as the cause (``raise ... from error``). Its text is not repeated to users, for it
may hold values out of the graph; the texts about syntax are (they speak of our own statements only).
"""

from __future__ import annotations

from neo4j import exceptions as driver

from graphcrm.errors import (
    AuthenticationFailed,
    ConfigurationError,
    DatabaseTimeout,
    DatabaseUnavailable,
    GraphcrmError,
    NoSpace,
    OutcomeUnknown,
    QueryFailed,
    WriteConflict,
)

_START = "Start it (graphcrm db start), or correct NEO4J_URI if the address is wrong."
TOO_MANY_WRONG_PASSWORDS = "Neo.ClientError.Security.AuthenticationRateLimit"


def translated(error: Exception, *, address: str, database: str) -> GraphcrmError:
    """The error of ours that stands for the driver's ``error``.

    Args:
        error: what the driver raised.
        address: the database's address as the user wrote it, without a password.
        database: the name of the database asked.
    """
    if isinstance(error, driver.IncompleteCommit):
        return outcome_unknown()
    if isinstance(error, driver.Neo4jError):
        return _refused(error, address, database)
    if isinstance(error, driver.ConnectionAcquisitionTimeoutError):
        return DatabaseUnavailable(
            "Neo4j at {address} did not give a connection in time.",
            mend="Try again in a moment; if it goes on, look whether Neo4j is overloaded.",
            address=address,
        )
    if _speaks_otherwise(error):
        return DatabaseUnavailable(
            "What answers at {address} is not Neo4j's Bolt.",
            mend="Correct NEO4J_URI: Bolt is on port 7687 unless it was changed; bolt+s:// needs a server with TLS.",
            address=address,
        )
    if isinstance(error, driver.ConfigurationError | ValueError) and not isinstance(error, OSError):
        return unusable_address(address)
    return nobody_answers(address)


def nobody_answers(address: str) -> DatabaseUnavailable:
    """There is no Neo4j at the address, or it is silent."""
    return DatabaseUnavailable("Neo4j does not answer at {address}.", mend=_START, address=address)


def too_slow(seconds: float) -> DatabaseTimeout:
    """The time for one call is over; the database was told to stop, nothing was saved."""
    return DatabaseTimeout(
        "The database did not answer within {seconds} s; the request was ended and nothing was saved.",
        mend="Try again; if it goes on, ask for less or look at the connection to Neo4j.",
        seconds=f"{seconds:g}",
    )


def outcome_unknown() -> OutcomeUnknown:
    """The link was cut while a transaction was being committed."""
    return OutcomeUnknown(
        "The connection to Neo4j was cut while saving: the change may or may not be there.",
        mend="Look whether it is there before you save it again.",
    )


def unusable_address(address: str) -> ConfigurationError:
    """The address cannot be one of Neo4j's."""
    return ConfigurationError(
        "The database address {address} cannot be used.",
        mend="Write it as bolt://HOST:PORT, neo4j://HOST:PORT, or with +s for TLS, in NEO4J_URI.",
        address=address,
    )


def _speaks_otherwise(error: BaseException | None) -> bool:
    """True if the port is open but another protocol lives there (the driver says so only by its classes' names)."""
    while error is not None:
        if type(error).__name__ in {
            "BoltProtocolError",
            "BoltHandshakeError",
            "BoltSecurityError",
            "UnsupportedServerProduct",
        }:
            return True
        error = error.__cause__
    return False


def _refused(error: driver.Neo4jError, address: str, database: str) -> GraphcrmError:
    """Neo4j itself answered with an error."""
    code = error.code or "unknown"
    if ".Security." in code:
        return _not_let_in(code, address)
    if "TimedOut" in code or code.endswith(("LockAcquisitionTimeout", "Transaction.Terminated")):
        return DatabaseTimeout(
            "Neo4j ended the request because it took too long; nothing was saved.",
            mend="Ask for less, or try again when the database is less busy.",
        )
    if "OutOfMemory" in code:
        return QueryFailed(
            "The request needs more memory than Neo4j may use for one request ({code}).",
            mend="Ask for less at a time.",
            code=code,
        )
    # The second is how Neo4j 2026 tells that it could not append to its log, whatever the reason below it.
    if "No space left" in (error.message or "") or code.endswith("TransactionLogError"):
        return no_space()
    return _refused_by_code(error, code, address, database)


def _refused_by_code(error: driver.Neo4jError, code: str, address: str, database: str) -> GraphcrmError:
    if code.endswith("DatabaseNotFound"):
        return ConfigurationError(
            "Neo4j at {address} has no database called {database}.",
            mend="Correct NEO4J_DATABASE.",
            address=address,
            database=database,
        )
    if code.endswith("ConstraintValidationFailed"):
        return WriteConflict(
            "A record with the same key is already there; nothing was saved.",
            mend="Reload, and change the record that is there.",
            code=code,
        )
    return _by_class(code, error, address)


def no_space() -> NoSpace:
    """Neo4j could not write because its disk is full."""
    return NoSpace(
        "The disk that holds the database is full; the change was not saved.",
        mend="Free some space, then run graphcrm db stop and graphcrm db start. What was saved before is safe.",
    )


def _by_class(code: str, error: driver.Neo4jError, address: str) -> GraphcrmError:
    if code.endswith("DeadlockDetected"):
        return WriteConflict(
            "Somebody else was changing the same records at the same moment; nothing was saved.",
            mend="Try again.",
            code=code,
        )
    if isinstance(error, driver.TransientError):
        return DatabaseUnavailable(
            "Neo4j at {address} cannot take the request now ({code}); nothing was saved.",
            mend="Try again in a moment.",
            address=address,
            code=code,
        )
    if _speaks_of_the_statement(code, error.message or ""):
        return QueryFailed("Neo4j refused the statement: {reason}", code=code, reason=error.message or code)
    return QueryFailed("Neo4j could not carry out the request ({code}); nothing was saved.", code=code)


def _speaks_of_the_statement(code: str, message: str) -> bool:
    """True for what the planner says of a statement's text. What is said of values while it runs could hold a name."""
    if code.endswith(("ParameterMissing", "AccessMode")):
        return True
    return ".Statement." in code and "(line " in message and "(offset: " in message


def _not_let_in(code: str, address: str) -> GraphcrmError:
    if code == TOO_MANY_WRONG_PASSWORDS:
        return AuthenticationFailed(
            "Neo4j at {address} takes no logins for some seconds, after too many wrong passwords.",
            mend="Wait half a minute and try again.",
            address=address,
            code=code,
        )
    if code.endswith("CredentialsExpired"):
        return AuthenticationFailed(
            "The password for Neo4j at {address} has to be changed before it can be used.",
            mend="Change it with Neo4j's own tools, then set NEO4J_PASSWORD.",
            address=address,
            code=code,
        )
    if code.endswith("Forbidden"):
        return QueryFailed(
            "Neo4j does not allow this in a reading request, or not for this user ({code}).",
            mend="Use a user with the right to do it.",
            code=code,
        )
    return AuthenticationFailed(
        "Neo4j at {address} refused the user name or the password.",
        mend="Correct NEO4J_USERNAME and NEO4J_PASSWORD.",
        address=address,
        code=code,
    )
