"""The settings, and the only place that reads the environment.

Every setting has a default with which ``graphcrm demo`` works on a laptop. Neo4j's usual names (``NEO4J_URI`` and so
on) are read without a prefix, so that one environment serves graphcrm and Neo4j's own tools.
"""

from __future__ import annotations

import os
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import AliasChoices, BeforeValidator, Field, IPvAnyAddress, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graphcrm.errors import ConfigurationError

Folder = Annotated[Path, BeforeValidator(lambda value: Path(value).expanduser().resolve())]


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

    @property
    def is_local(self) -> bool:
        """True when graphcrm runs the database itself."""
        return self.neo4j_uri is None

    @property
    def further_names(self) -> tuple[str, ...]:
        """The names of ``ui_names``, one by one: a proxy in front of the app hands on the name that it is called by."""
        return tuple(name.strip() for name in self.ui_names.split(",") if name.strip())

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
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigurationError(
            "The setting {name} cannot be used: {problem}.",
            mend="Correct it in the environment or on the command line.",
            name=".".join(str(part) for part in first["loc"]),
            problem=first["msg"],
        ) from error


def child_environment(settings: Settings) -> dict[str, str]:
    """The environment for a child process that must see the same settings, those from the command line included."""
    given = settings.model_dump(include=settings.model_fields_set, exclude_none=True)
    own = {name if name.startswith("neo4j_") else f"graphcrm_{name}": value for name, value in given.items()}
    secrets = {name: value.get_secret_value() if isinstance(value, SecretStr) else value for name, value in own.items()}
    return {**os.environ, **{name.upper(): str(value) for name, value in secrets.items()}}
