"""Who may use graphcrm on a team's server, and who stands before it now (docs/how-to/sign-in.md).

Accounts are managed by an owner only; the command line of the server's operator is one. Each change is recorded, is
shown to owners, and is not taken back by undo.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.sign_in import Account, SignIn, is_email, refusal, small
from graphcrm.domain.viewer import SENSITIVITIES_OF_ROLE, Viewer
from graphcrm.errors import Forbidden, InvalidInput, NotFound, NotSignedIn
from graphcrm.queries import accounts as queries
from graphcrm.services._colleagues import name_of_ours
from graphcrm.services._saving import Saved, save_apart

LONGEST_NAME = 200
Words = tuple[str, str, str]
"""What was changed, and the value before and after, in English as in every recorded change."""


def viewer_of(db: Database, sign_in: SignIn, *, now: datetime, hours: float) -> Viewer:
    """Who this sign-in is. One read by an index.

    Raises:
        NotSignedIn: it opens nothing, or nothing any longer; an unknown account and a disabled one read the same.
    """
    found = _account(db, sign_in.email)
    why = refusal(sign_in, found, now=now, longest=timedelta(hours=hours))
    if why == "unverified":
        raise NotSignedIn(
            "Your identity provider has not verified the e-mail {email}.", mend="Verify it there.", email=sign_in.email
        )
    if why == "ended":
        raise NotSignedIn("You are signed out.", mend="Sign in again.")
    if why is not None or found is None:
        raise NotSignedIn("{email} may not use graphcrm.", mend="Ask the owner of the data.", email=sign_in.email)
    return found.viewer


def sign_out(db: Database, sign_in: SignIn) -> None:
    """End this one sign-in, in every tab: nobody can use its cookie again."""
    queries.end_sign_in(db, account_id=sign_in.email, sign_in=sign_in.key)


def accounts(db: Database, viewer: Viewer) -> list[Account]:
    """All accounts, by e-mail.

    Raises:
        Forbidden: the viewer is no owner.
    """
    require_owner(viewer)
    return [_of(row) for row in queries.accounts(db)]


def add(
    db: Database, viewer: Viewer, account: tuple[str, str, str], *, key: str, today: date, person_id: str | None = None
) -> Saved:
    """Make an account.

    Args:
        account: (e-mail, name as shown, role).
        key: names the user's action, as everywhere.
        person_id: who of ours it is.

    Raises:
        Forbidden: the viewer is no owner. NotFound: nobody of ours has this id.
        InvalidInput: no e-mail, no name, no such role, or there is such an account.
    """
    require_owner(viewer)
    email, name, role = small(account[0]), account[1].strip(), _role(account[2])
    if not is_email(email):
        raise InvalidInput("{text} is no e-mail.", mend="For example anna@example.org.", text=repr(account[0]))
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidInput("A name of 1 to {most} signs is wanted.", most=LONGEST_NAME)
    if person_id is not None:
        name_of_ours(db, person_id, today)

    def write(tx: Transaction) -> Words:
        if _account(tx, email) is not None:
            raise InvalidInput("There is an account {email}.", mend="Change its role instead.", email=email)
        kept = {"name": name, "role": role, "person_id": person_id, "disabled": False, "created_at": datetime.now(UTC)}
        queries.keep_account(tx, account_id=email, properties=kept)  # type: ignore[arg-type]
        return f"+ Account {email}", "", role

    return save_apart(db, viewer, key, write)


def set_role(db: Database, viewer: Viewer, email: str, role: str, *, key: str) -> Saved:
    """Give an account another role.

    Raises:
        Forbidden: the viewer is no owner. NotFound: no such account. InvalidInput: no such role, or the last owner.
    """
    return _change(db, viewer, email, {"role": _role(role)}, key, lambda one: ("role", one.role, role))


def set_person(db: Database, viewer: Viewer, email: str, person_id: str, *, key: str, today: date) -> Saved:
    """Say who of ours an account is: as them it acts in the registers.

    Raises as :func:`set_role`, and NotFound where nobody of ours has this id.
    """
    require_owner(viewer)
    name_of_ours(db, person_id, today)
    given = {"person_id": person_id}
    return _change(db, viewer, email, given, key, lambda one: ("person", one.person_id or "", person_id))


def disable(db: Database, viewer: Viewer, email: str, *, key: str) -> Saved:
    """Shut an account out, from its next run on. Raises as :func:`set_role`."""
    return _change(db, viewer, email, {"disabled": True}, key, lambda one: ("disabled", _yes(one.disabled), _yes(True)))


def enable(db: Database, viewer: Viewer, email: str, *, key: str) -> Saved:
    """Let a disabled account in again. Raises as :func:`set_role`."""
    return _change(
        db, viewer, email, {"disabled": False}, key, lambda one: ("disabled", _yes(one.disabled), _yes(False))
    )


def sign_out_everywhere(db: Database, viewer: Viewer, email: str, *, key: str) -> Saved:
    """End every sign-in of an account so far. Raises as :func:`set_role`."""
    now = datetime.now(UTC)
    return _change(db, viewer, email, {"signed_out_at": now}, key, lambda _: ("signed out everywhere", "", str(now)))


def require_owner(viewer: Viewer) -> None:
    """Raises Forbidden when the viewer may not manage accounts."""
    if viewer.role != "owner":
        raise Forbidden("Your role ({role}) may not manage accounts.", mend="Ask an owner.", role=viewer.role)


def _change(
    db: Database, viewer: Viewer, email: str, given: dict[str, Any], key: str, words: Callable[[Account], Words]
) -> Saved:
    require_owner(viewer)
    account_id = small(email)

    def write(tx: Transaction) -> Words | None:
        # The gate is held: nobody else changes an account between this reading and the writing.
        found = _account(tx, account_id)
        if found is None:
            raise NotFound("There is no account {email}.", mend="graphcrm accounts list shows all.", email=account_id)
        if all(getattr(found, name) == value for name, value in given.items()):
            return None
        _require_an_owner_left(tx, found, given)
        queries.keep_account(tx, account_id=account_id, properties=given)  # type: ignore[arg-type]
        what, before, after = words(found)
        return f"Account {account_id} ({what})", before, after

    return save_apart(db, viewer, key, write)


def _require_an_owner_left(tx: Transaction, account: Account, given: dict[str, Any]) -> None:
    was = account.role == "owner" and not account.disabled
    stays = given.get("role", account.role) == "owner" and not given.get("disabled", account.disabled)
    rows = queries.accounts(tx)  # type: ignore[arg-type]
    if was and not stays and not any(r.role == "owner" and not r.disabled and r.id != account.id for r in rows):
        raise InvalidInput("{email} is the last owner.", mend="Make somebody else an owner first.", email=account.id)


def _account(db: Database | Transaction, email: str) -> Account | None:
    row = queries.account(db, account_id=email)  # type: ignore[arg-type]
    return _of(row) if row else None


def _of(row: queries.AccountRow) -> Account:
    # A role that this version does not know sees and writes as little as there is.
    role = row.role if row.role in SENSITIVITIES_OF_ROLE else "reader"
    return Account(row.id, row.name, role, row.person_id, row.disabled, row.signed_out_at, tuple(row.ended))  # type: ignore[arg-type]


def _role(text: str) -> str:
    if text not in SENSITIVITIES_OF_ROLE:
        roles = ", ".join(SENSITIVITIES_OF_ROLE)
        raise InvalidInput("There is no role {role}.", mend="Choose one of: {roles}.", role=repr(text), roles=roles)
    return text


def _yes(value: bool) -> str:
    return "yes" if value else "no"
