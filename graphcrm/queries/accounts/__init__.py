"""Who may use graphcrm. Accounts are no facts of the clientele: no entities, in no index of names, in no export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graphcrm.database.connection import Database, Written
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account. ``id``: the e-mail in small letters. ``ended``: keys of sign-ins that were signed out."""

    id: str
    name: str
    role: str
    person_id: str | None
    disabled: bool
    signed_out_at: datetime | None
    ended: list[str]


@cypher
def account(db: Database, *, account_id: str) -> AccountRow | None: ...


@cypher
def accounts(db: Database) -> list[AccountRow]: ...


@cypher(write=True)
def keep_account(db: Database, *, account_id: str, properties: dict[str, Any]) -> Written: ...


@cypher(write=True)
def end_sign_in(db: Database, *, account_id: str, sign_in: str, most: int = 50) -> Written: ...
