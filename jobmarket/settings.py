"""The settings of an installation. No other module reads the environment."""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Collection
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv.parser import parse_stream
from pydantic import AfterValidator, Field, SecretStr, ValidationError, create_model, field_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, SettingsConfigDict

from jobmarket.did_you_mean import did_you_mean, nearest

# The boards' API keys. tests/conventions compares them with the spiders.
BOARD_KEYS = (
    "JOBMARKET_ADZUNA_APP_ID",
    "JOBMARKET_ADZUNA_APP_KEY",
    "JOBMARKET_FRANCETRAVAIL_CLIENT_ID",
    "JOBMARKET_FRANCETRAVAIL_CLIENT_SECRET",
    "JOBMARKET_JOOBLE_KEY",
    "JOBMARKET_REED_KEY",
    "JOBMARKET_USAJOBS_KEY",
    "JOBMARKET_USAJOBS_MAIL",
)
# The boards that are not a folder of recorded responses.
_BOARDS = ("sample", "live")
# Not settings, but read by dbt_project and by docker-compose.yml.
_READ_ELSEWHERE = (
    "JOBMARKET_AS_OF",
    "JOBMARKET_BUILD_IS_NOTED",
    "JOBMARKET_DATA",
)


def _in_full(path: Path) -> Path:
    """Replace ~ by the user's folder, as no shell does in ``.env`` or after ``--home=``."""
    with suppress(RuntimeError):  # no such user: a folder of that name, as in a shell
        return path.expanduser()
    return path


def require_usable(path: Path) -> Path:
    """Check that a folder can be the home, and return it, with ~ replaced.

    Raises:
        ValueError: If it cannot be a folder or anything above it is none, or its name is one that DuckDB cannot use.
        PermissionError: If this user may not look for it.
    """
    path = _in_full(path)
    for part in (path, *path.parents):
        if not _may_be_folder(part):
            raise ValueError(f"{part} is a file, and a folder is needed")
    # DuckDB matches files by *, ? and [, and cannot write below a folder with a question mark.
    if found := re.search(r"[*?[]", str(path.resolve())):
        raise ValueError(
            f"{path.resolve()} contains {found[0]!r}, and DuckDB would read or write other files than those in it"
        )
    try:
        str(path.resolve()).encode()
    except UnicodeEncodeError as error:
        raise ValueError("its full path is not UTF-8, which DuckDB requires. Choose another folder") from error
    return path


def _may_be_folder(path: Path) -> bool:
    """Return whether a path is a folder, or nothing yet."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except PermissionError:
        raise
    except OSError as error:  # a name that is too long, links that lead to each other
        raise ValueError(f"it cannot be a folder: {error.strerror}") from error


def _size(text: str) -> str:
    if not re.fullmatch(r"\d+(\.\d+)? ?[KMGT]i?B", text, re.IGNORECASE):
        raise ValueError("give a number with KB, MB, GB or TB, or with KiB, MiB, GiB or TiB, such as 8GiB")
    return text


def boards_named(text: str) -> str:
    """Return the name of the boards; a folder by its full path, because processes are started in other folders.

    Raises:
        ValueError: If it names none.
    """
    if text in _BOARDS:
        return text
    folder = Path(text).resolve()
    if not folder.is_dir():
        hint = did_you_mean(text, _BOARDS)
        raise ValueError(f"neither sample, nor live, nor a folder of recorded responses that exists.{hint}")
    return str(folder)


def _full_path(folder: Path | None) -> Path | None:
    # A relative one would be another folder for each folder that a command is started in.
    if folder is not None and not folder.is_absolute():
        raise ValueError(f"a relative path. Give the full one, such as {folder.expanduser().resolve()}")
    return folder


def _mail_address(text: str | None) -> str | None:
    """Check an address, perhaps with a name before it."""
    if text and not re.fullmatch(r"[^\s@]+@[^\s@]+", parseaddr(text)[1]):
        raise ValueError(f"'{text}' is not a mail address, such as you@example.org")
    return text


def _mail_addresses(text: str) -> str:
    for one in _listed(text):
        _mail_address(one)
    return text


def can_be_written_to(contact: str | None) -> bool:
    """Return whether a contact looks like a mail address or a URL."""
    return re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+|https?://\S+\.\S+", contact or "") is not None


def _contact(contact: str | None) -> str | None:
    if contact and not can_be_written_to(contact):
        raise ValueError("neither a mail address nor the URL of a page, such as https://example.org/crawler")
    return contact


class _FromEnvironment(BaseSettings):
    # Empty counts as not set: the compose file passes every variable, and most installations set few.
    model_config = SettingsConfigDict(
        env_prefix="JOBMARKET_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )


class ContactSettings(_FromEnvironment):
    """The setting that Scrapy's own commands need. It is separate so that they work when another is invalid."""

    contact: str | None = Field(
        None, description="Mail address or page for the user agent; live crawls refuse to start without it"
    )


class AlertSettings(_FromEnvironment):
    """The settings that alerts need. They are separate so that alerts work when another setting is invalid."""

    home: Path = Field(Path("data"), description="Folder for everything that this installation collects and publishes")
    alerts: str = Field(
        "",
        description="Airflow connections to notify of failures (smtp, slackwebhook or apprise), separated by commas",
    )
    runbook_url: str | None = Field(None, description="Web address of docs/runbook.md: alerts link to its sections")

    _home_in_full = field_validator("home")(_in_full)

    @property
    def alert_connections(self) -> list[str]:
        """The connections in ``alerts`` as a list."""
        return _listed(self.alerts)


class Settings(AlertSettings, ContactSettings):
    """All settings. Each is read from ``JOBMARKET_<NAME>`` in the environment or in ``.env``; options override them."""

    boards: str = Field("sample", description="`sample`, `live`, or a folder of recorded responses")
    dbt_project: Path = Field(
        Path(__file__).resolve().parents[1] / "dbt_project", description="The dbt project with its seeds (taxonomies)"
    )
    memory_limit: Annotated[str, AfterValidator(_size)] = Field("8GiB", description="DuckDB's memory limit")
    # DuckDB starts as many threads as it is told, and ends the process when memory for them is short.
    threads: int = Field(2, ge=1, le=1024, description="Number of DuckDB threads and of extractor processes")
    dbt_threads: int = Field(1, ge=1, le=1024, description="Number of models that dbt builds at once")
    git_sha: str | None = Field(None, description="Commit of this build, for images, which have no checkout")
    mail_to: str = Field("", description="Recipients of the weekly report: mail addresses, separated by commas")
    mail_from: str | None = Field(None, description="Sender of the report, for example `Market <market@example.org>`")
    smtp_host: str | None = Field(None, description="Mail server that sends the report")
    smtp_port: int = Field(587, ge=1, le=65535, description="Port of the mail server: 587 for starttls, 465 for tls")
    smtp_security: Literal["starttls", "tls", "none"] = Field("starttls", description="How the connection is secured")
    smtp_user: str | None = Field(None, description="User name, if the mail server requires a login")
    smtp_password: SecretStr | None = Field(None, description="Password of that user")
    landing_archive: Path | None = Field(
        None,
        description="Folder that old runs of the landing move to, by its full path. Each run leaves a link; without "
        "this folder, none moves",
    )
    landing_kept_days: int = Field(400, ge=30, description="Days that a run stays in the landing before it moves")
    vintages_kept: int = Field(
        10, ge=8, description="Number of published vintages to keep: enough for two months of weekly comparisons"
    )

    _home_is_a_folder = field_validator("home")(require_usable)
    _boards_exist = field_validator("boards")(boards_named)
    _archive_is_one_folder = field_validator("landing_archive")(_full_path)
    _sender_is_an_address = field_validator("mail_from")(_mail_address)
    _recipients_are_addresses = field_validator("mail_to")(_mail_addresses)
    _contact_can_be_written_to = field_validator("contact")(_contact)

    @property
    def mail_recipients(self) -> list[str]:
        """The addresses in ``mail_to`` as a list."""
        return _listed(self.mail_to)


def wrong_settings(error: ValidationError) -> str:
    """Describe invalid settings: the name of each, its value and what is allowed."""
    prefix = str(Settings.model_config["env_prefix"])
    return "; ".join(
        f"{prefix}{str(one['loc'][0]).upper()} is '{one['input']}': {_allowed(one['type'], one['msg'])}"
        for one in error.errors(include_url=False)
    )


def _allowed(kind: str, message: str) -> str:
    """Say what a setting must be, in fewer words than pydantic."""
    if kind.startswith("int_"):
        return "it must be a whole number"
    return message.removeprefix("Value error, ").replace("Input should be", "it must be")


def require_readable() -> None:
    """Check that the ``.env`` in this folder, if there is one, can be read: a wrong line would be ignored.

    Raises:
        ValueError: If it cannot be opened, is not UTF-8, or has a line that sets nothing.
    """
    file = Path(".env")
    try:
        if not file.is_file():
            return
        text = file.read_bytes().decode()
    except OSError as error:
        raise ValueError(
            f"{Path.cwd() / file} cannot be read: {error.strerror}. Let this user read it, or start in another folder"
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ValueError(
            f"{file.resolve()}, line {line}, is not UTF-8: save the file as UTF-8, in an editor or with "
            "`iconv -t UTF-8`"
        ) from error
    for part in parse_stream(io.StringIO(text)):
        if part.error or (part.key is not None and part.value is None):
            wrong = part.original.string
            line = part.original.line + wrong[: len(wrong) - len(wrong.lstrip())].count("\n")
            raise ValueError(
                f"{file.resolve()}, line {line}, sets nothing: write NAME=value, close each quote, and begin a comment "
                "with #"
            )


def unknown_settings() -> dict[str, str | None]:
    """Return the variables in the environment and in ``.env`` that look like settings but are not.

    Returns:
        The name of each variable that is not empty, with the nearest valid name, or None if no name is similar.
    """
    prefix = str(Settings.model_config["env_prefix"])
    valid = {*(f"{prefix}{name.upper()}" for name in Settings.model_fields), *BOARD_KEYS}
    given = {
        name.upper()
        for source in (EnvSettingsSource(Settings), DotEnvSettingsSource(Settings))
        for name, value in source.env_vars.items()
        if value and name.upper().startswith(prefix)
    }
    # Compared without the prefix, which alone makes any two names similar.
    ends = {name.removeprefix(prefix): name for name in sorted(valid)}
    return {
        name: ends.get(nearest(name.removeprefix(prefix), ends) or "")
        for name in sorted(given - valid - {*_READ_ELSEWHERE})
    }


def _listed(text: str) -> list[str]:
    return [name for part in text.split(",") if (name := part.strip())]


class _BoardKeys(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore")


def board_keys(names: Collection[str]) -> dict[str, str]:
    """Return the boards' API keys by their names in the environment or in ``.env``, without those that are not set."""
    fields: dict[str, Any] = dict.fromkeys(names, (str | None, None))
    keys = create_model("BoardKeys", __base__=_BoardKeys, **fields)()
    return {name: value for name, value in keys.model_dump().items() if value}


class Home:
    """The paths below a home folder."""

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
