"""What the open dialog of a contact knows."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from graphcrm.services.interactions import LogChoices


@dataclass(slots=True)
class Log:
    """The dialog that is open. ``nonce`` tells its widgets and its command from all others."""

    choices: LogChoices
    client_id: str | None
    nonce: str = field(default_factory=lambda: secrets.token_hex(8))

    def key(self, name: str) -> str:
        """The key of one of its widgets."""
        return f"log-{self.nonce}-{name}"
