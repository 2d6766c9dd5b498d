"""The only place that reads the environment."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError, create_model, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def _folder(path: Path) -> Path:
    if path.is_file():
        raise ValueError("it is a file, and everything collected and published needs a folder")
    return path


def _size(text: str) -> str:
    if not re.fullmatch(r"\d+(\.\d+)? ?[KMGT]i?B", text, re.IGNORECASE):
        raise ValueError("it takes a number with KB, MB, GB or TB, or KiB, MiB, GiB or TiB, such as 8GiB")
    return text


class AlertSettings(BaseSettings):
    """What an alert needs, by itself: another setting that is wrong fails every stage, and that is to be told."""

    # Empty is not set: the compose file hands on every variable, and most installations set few.
    model_config = SettingsConfigDict(
        env_prefix="JOBMARKET_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    home: Path = Field(Path("data"), description="Folder of everything this installation collects and publishes")
    alerts: str = Field(
        "",
        description="Airflow connections that are told of failures, with commas between: smtp, slackwebhook, apprise",
    )
    runbook_url: str | None = Field(
        None, description="Where docs/runbook.md can be read with a browser: alerts link to its sections"
    )

    @property
    def alert_connections(self) -> list[str]:
        """The connections of ``alerts``, one by one."""
        return _listed(self.alerts)


class Settings(AlertSettings):
    """What an installation may set, each as ``JOBMARKET_<NAME>`` or in ``.env``; command-line options win."""

    boards: str = Field("sample", description="`sample`, `live`, or a folder of recorded responses")
    contact: str | None = Field(
        None, description="Mail address or page that the user agent names; live crawls refuse to start without it"
    )
    dbt_project: Path = Field(
        Path(__file__).resolve().parents[1] / "dbt_project", description="The dbt project and its seeds (taxonomies)"
    )
    memory_limit: Annotated[str, AfterValidator(_size)] = Field("8GiB", description="DuckDB's memory limit")
    threads: int = Field(2, ge=1, description="DuckDB's threads and the extractor's processes")
    git_sha: str | None = Field(None, description="Commit of this build, where there is no checkout to ask (images)")
    mail_to: str = Field("", description="Who gets the weekly report by mail: addresses with commas between")
    mail_from: str | None = Field(None, description="Sender of the report, for example `Market <market@example.org>`")
    smtp_host: str | None = Field(None, description="Mail server that takes the report")
    smtp_port: int = Field(587, description="Its port: 587 for starttls, 465 for tls")
    smtp_security: Literal["starttls", "tls", "none"] = Field("starttls", description="How the connection is secured")
    smtp_user: str | None = Field(None, description="Name to log in with, if the server asks for one")
    smtp_password: SecretStr | None = Field(None, description="Its password")
    landing_archive: Path | None = Field(
        None,
        description="Folder that old runs of the landing move to; a link stays. Without it all stay where they are",
    )
    landing_kept_days: int = Field(400, ge=30, description="Days that a run stays in the landing itself")
    vintages_kept: int = Field(
        10, ge=8, description="How many published vintages stay on disk: two months of weekly comparisons at least"
    )

    _home_is_a_folder = field_validator("home")(_folder)

    @property
    def mail_recipients(self) -> list[str]:
        """The addresses of ``mail_to``, one by one."""
        return _listed(self.mail_to)


def wrong_settings(error: ValidationError) -> str:
    """What is wrong with the settings: each by its name, with its value and what is allowed."""
    prefix = str(Settings.model_config["env_prefix"])
    return "; ".join(
        f"{prefix}{str(one['loc'][0]).upper()} is '{one['input']}': {one['msg'].removeprefix('Value error, ')}"
        for one in error.errors(include_url=False)
    )


def _listed(text: str) -> list[str]:
    return [name for part in text.split(",") if (name := part.strip())]


class _BoardKeys(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore")


def board_keys(names: Collection[str]) -> dict[str, str]:
    """Keys of boards that ask for one, by their names in the environment or in ``.env``; those not set are absent."""
    fields: dict[str, Any] = dict.fromkeys(names, (str | None, None))
    keys = create_model("BoardKeys", __base__=_BoardKeys, **fields)()
    return {name: value for name, value in keys.model_dump().items() if value}


class Home:
    """Where things are below a home folder."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.landing = self.root / "landing"
        self.warehouse = self.root / "warehouse.duckdb"
        self.published = self.root / "published"
        self.database = self.published / "jobmarket.duckdb"
        self.reports = self.root / "reports"
        self.data_docs = self.root / "data_docs"
        self.crawl_state = self.root / "crawl_state"
        self.dbt_target = self.root / "dbt_target"
        self.logs = self.root / "logs"
        self.exchange_rates = self.root / "exchange_rates" / "eurofxref-hist.zip"
