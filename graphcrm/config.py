"""The settings, and the only place that reads the environment.

Every setting has a default with which ``graphcrm demo`` works on a laptop. Neo4j's usual names (``NEO4J_URI`` and so
on) are read without a prefix, so that one environment serves graphcrm and Neo4j's own tools.
"""

from __future__ import annotations

import os
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_data_path
from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, IPvAnyAddress, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graphcrm.errors import ConfigurationError

SIGN_IN = ("url", "oidc_metadata_url", "oidc_client_id", "oidc_client_secret")
"""The settings of the sign-in: all of them, or none."""

Folder = Annotated[Path, BeforeValidator(lambda value: Path(value).expanduser().resolve())]


_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def _address(text: str) -> str:
    """An address whose traffic nobody on the way can read: https, or http on this computer. Without "/" at its end."""
    parts = urlsplit(text.strip())
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ValueError("an address that begins with https:// is wanted (http:// on this computer only)")
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("an address like https://crm.example.org is wanted")
    usual = f":{443 if parts.scheme == 'https' else 80}"
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(usual)}{parts.path.rstrip('/')}"


def _origin(text: str) -> str:
    """An address of a whole server, as browsers write the origin of a page."""
    found = _address(text)
    if urlsplit(found).path:
        raise ValueError("the address ends after the name and the port: graphcrm lives below no path")
    return found


def _or_none(value: Any) -> Any:
    """Nothing where nothing is written: Compose hands on a variable that is not set as an empty one."""
    return value or None


_NAME = r" *(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)* *"


class Settings(BaseSettings):
    """What a user may set, by environment variable (``GRAPHCRM_...`` or Neo4j's own names) or by option."""

    model_config = SettingsConfigDict(env_prefix="GRAPHCRM_", populate_by_name=True, frozen=True, extra="ignore")

    # The database. Without an address graphcrm runs a Neo4j of its own.
    neo4j_uri: str | None = Field(None, validation_alias=AliasChoices("neo4j_uri", "NEO4J_URI"))
    neo4j_username: str = Field("neo4j", validation_alias=AliasChoices("neo4j_username", "NEO4J_USERNAME"))
    neo4j_password: SecretStr | None = Field(None, validation_alias=AliasChoices("neo4j_password", "NEO4J_PASSWORD"))
    neo4j_database: str = Field("neo4j", validation_alias=AliasChoices("neo4j_database", "NEO4J_DATABASE"))

    # The local server.
    data: Folder = Field(default_factory=lambda: user_data_path("graphcrm"), validate_default=True)
    cache: Folder = Field(default_factory=lambda: user_cache_path("graphcrm"), validate_default=True)
    bolt_port: int = Field(0, ge=0, le=65535, description="0 chooses a free port")
    heap: str = Field("768m", pattern=r"^\d+[kmg]$")
    page_cache: str = Field("128m", pattern=r"^\d+[kmg]$")
    disk_spare: str = Field("512m", pattern=r"^\d+[kmg]$", description="room kept free on the data folder's disk")
    maven_mirror: str | None = Field(None, description="another base address for Neo4j's jars")

    # The app.
    ui_port: int = Field(8501, ge=0, le=65535)
    ui_host: IPvAnyAddress = Field(IPv4Address("127.0.0.1"), description="the address the app listens on")
    ui_names: str = Field(
        "", pattern=rf"^(|{_NAME}(,{_NAME})*)$", description="names beside localhost under which browsers reach the app"
    )
    language: Literal["en", "ru"] | None = Field(None, description="None follows the browser")

    # Who may open it. Without these: whoever reaches the app is its owner.
    url: Annotated[str | None, AfterValidator(lambda text: text and _origin(text)), BeforeValidator(_or_none)] = Field(
        None, description="where browsers reach the app"
    )
    oidc_metadata_url: Annotated[
        str | None, AfterValidator(lambda text: text and _address(text)), BeforeValidator(_or_none)
    ] = None
    oidc_client_id: Annotated[str | None, BeforeValidator(_or_none)] = None
    oidc_client_secret: Annotated[SecretStr | None, BeforeValidator(_or_none)] = None
    session_hours: float = Field(12, gt=0, le=720, description="after so many hours one signs in again")

    @property
    def signs_in(self) -> bool:
        """True when everybody has to sign in before a page is drawn."""
        return all(getattr(self, name) for name in SIGN_IN)

    @property
    def is_local(self) -> bool:
        """True when graphcrm runs the database itself."""
        return self.neo4j_uri is None

    @property
    def further_names(self) -> tuple[str, ...]:
        """The names of ``ui_names`` and ``url``, one by one: a proxy in front hands on the name it is called by."""
        own = [urlsplit(self.url).hostname or ""] if self.url else []
        return tuple(dict.fromkeys(name.strip() for name in [*self.ui_names.split(","), *own] if name.strip()))

    @property
    def disk_spare_bytes(self) -> int:
        """The room that is kept free, in bytes."""
        return int(self.disk_spare[:-1]) * 1024 ** ("kmg".index(self.disk_spare[-1]) + 1)


def load_settings(**overrides: object) -> Settings:
    """The settings of this process: options given on the command line win over the environment.

    Raises:
        ConfigurationError: a value is not acceptable; the message names the setting.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return _whole(Settings(**given))  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigurationError(
            "The setting {name} cannot be used: {problem}.",
            mend="Correct it in the environment or on the command line.",
            name=".".join(str(part) for part in first["loc"]),
            problem=first["msg"],
        ) from error


def _whole(settings: Settings) -> Settings:
    """The settings, if all or none of those of the sign-in are there: half of them must not leave the door open."""
    missing = [f"GRAPHCRM_{name.upper()}" for name in SIGN_IN if not getattr(settings, name)]
    if missing and len(missing) < len(SIGN_IN):
        raise ConfigurationError(
            "The sign-in is set by half: {names} not set.",
            mend="Set all of {all}, or none of them.",
            names=", ".join(missing),
            all=", ".join(f"GRAPHCRM_{name.upper()}" for name in SIGN_IN),
        )
    return settings


def child_environment(settings: Settings) -> dict[str, str]:
    """The environment for a child process that must see the same settings, those from the command line included."""
    given = settings.model_dump(include=settings.model_fields_set, exclude_none=True)
    own = {name if name.startswith("neo4j_") else f"graphcrm_{name}": value for name, value in given.items()}
    secrets = {name: value.get_secret_value() if isinstance(value, SecretStr) else value for name, value in own.items()}
    return {**os.environ, **{name.upper(): str(value) for name, value in secrets.items()}}
