"""The file from which Streamlit takes what it needs for the sign-in; kept in the data folder, for its owner only.

Streamlit takes these from a file alone. The secret that signs the cookies of those who are signed in is made at random
once; with another one everybody signs in anew.
"""

from __future__ import annotations

import json
import os
import secrets
import tomllib
from contextlib import suppress
from pathlib import Path

from graphcrm.config import Settings
from graphcrm.errors import FolderNotWritable

NAME = "sign-in.toml"
SECRET_BYTES = 32
CALLBACK = "/oauth2callback"
"""Where Streamlit takes up the provider's answer: the address to enter at the provider ends so."""


def write_sign_in_file(settings: Settings) -> Path:
    """Write the settings of the sign-in, which are all there; the path of the file.

    Raises:
        FolderNotWritable: the data folder refuses.
    """
    path = settings.data / NAME
    assert settings.oidc_client_secret is not None
    values = {
        "redirect_uri": f"{settings.url}{CALLBACK}",
        "cookie_secret": _kept_secret(path) or secrets.token_hex(SECRET_BYTES),
        "client_id": settings.oidc_client_id,
        "client_secret": settings.oidc_client_secret.get_secret_value(),
        "server_metadata_url": settings.oidc_metadata_url,
    }
    # JSON's strings are TOML's, as long as nothing beyond the first plane of Unicode is written in two halves.
    text = "[auth]\n" + "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())
    new = path.with_name(f".{NAME}.{secrets.token_hex(4)}")
    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        new.replace(path)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        raise FolderNotWritable(
            "The folder {folder} cannot be written ({reason}).", mend="Set GRAPHCRM_DATA to a folder of yours.",
            folder=settings.data, reason=error.strerror or error,
        ) from error  # fmt: skip
    return path


def _kept_secret(path: Path) -> str | None:
    try:
        kept = tomllib.loads(path.read_text("utf-8"))["auth"]["cookie_secret"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return kept if isinstance(kept, str) and len(kept) == 2 * SECRET_BYTES else None
