"""Who has signed in, by the claims of an identity provider (OpenID Connect Core 1.0), and whether it still holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from graphcrm.domain.viewer import Role, Viewer

Refusal = Literal["unverified", "unknown", "ended"]
LONGEST_EMAIL = 254
"""RFC 5321, 4.5.3.1.3, without the brackets."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in. ``at``: when the token was issued. ``key`` tells it from every other, also of the same person."""

    email: str
    verified: bool
    at: datetime
    key: str


@dataclass(frozen=True, slots=True)
class Account:
    """Who may use graphcrm.

    Attributes:
        id: the e-mail in small letters.
        person_id: who of ours they are; None where that is not known.
        signed_out_at: sign-ins before this moment have ended, wherever they were made.
        ended: keys of single sign-ins that were ended by signing out.
    """

    id: str
    name: str
    role: Role
    person_id: str | None
    disabled: bool
    signed_out_at: datetime | None
    ended: tuple[str, ...]

    @property
    def viewer(self) -> Viewer:
        """Who this account is for every service."""
        return Viewer(self.id, self.name, self.role, self.person_id, acts_freely=False)


def small(email: str) -> str:
    """An e-mail as an account's id. Of letters beyond A to Z none is made small: the Kelvin sign would become a "k"."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in email.strip())


def is_email(text: str) -> bool:
    """Whether it looks like one: something on both sides of one "@", no white space, not too long."""
    local, _, domain = text.partition("@")
    fits = local and domain and "@" not in domain and len(text) <= LONGEST_EMAIL
    return bool(fits) and text.isprintable() and not any(sign.isspace() for sign in text)


def sign_in_of(claims: Mapping[str, Any], client_id: str) -> SignIn | None:
    """The sign-in that these claims tell of; None if they tell of none, or were made for another application.

    ``aud`` has to hold the client's id (OpenID Connect Core 1.0, 3.1.3.7, 3). Authlib passes a token for others whose
    ``azp`` is ours. A provider that says nothing of ``email_verified`` is believed (docs/how-to/sign-in.md).
    """
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    email, issued = claims.get("email"), claims.get("iat")
    if client_id not in audiences or not isinstance(email, str) or not is_email(small(email)):
        return None
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return None
    verified = claims.get("email_verified", True)
    parts = [str(claims.get(name, "")) for name in ("iss", "sub", "iat", "nonce")]
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    return SignIn(small(email), verified in (True, "true"), datetime.fromtimestamp(issued, UTC), key)


def refusal(sign_in: SignIn, account: Account | None, *, now: datetime, longest: timedelta) -> Refusal | None:
    """Why this sign-in opens nothing now; None if it does.

    Args:
        account: the one of the sign-in's e-mail, if there is one.
        longest: how long a sign-in holds.
    """
    if not sign_in.verified:
        return "unverified"
    if account is None or account.disabled:
        return "unknown"
    if now - sign_in.at > longest or sign_in.key in account.ended:
        return "ended"
    if account.signed_out_at is not None and sign_in.at < account.signed_out_at:
        return "ended"
    return None
