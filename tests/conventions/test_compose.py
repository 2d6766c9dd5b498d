"""Rules for docker-compose.yml, checked without a Docker engine."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from jinja2 import Environment

from jobmarket.environment import environment, write
from jobmarket.settings import BOARD_KEYS, Settings
from scrapers.systems import spiders_by_name

SERVICES = {"postgres", "init", "api-server", "scheduler", "dag-processor"}
# Settings that are neither passed to the containers nor in .env.example, with the reason.
NOT_SET_BY_OPERATORS = {
    "JOBMARKET_HOME": "`make env` writes the machine's; in the containers it is the volume",
    "JOBMARKET_DBT_PROJECT": "part of the code and of the image",
    "JOBMARKET_GIT_SHA": "a build argument of the image",
}


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "docker-compose.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def services(text: str) -> dict[str, dict[str, Any]]:
    defined: dict[str, dict[str, Any]] = yaml.safe_load(text)["services"]
    assert set(defined) == SERVICES
    return defined


def test_images_are_pinned_and_memory_is_limited(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert re.search(r":\d+\.\d+", service["image"]), name
        assert service["mem_limit"], name


def test_ports_are_published_on_loopback_only(services: dict[str, dict[str, Any]]) -> None:
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_every_service_but_init_has_a_health_check(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        check = service["healthcheck"]
        assert check == {"disable": True} if name == "init" else check["test"], name


def test_services_have_no_privileges_and_write_only_where_they_must(
    services: dict[str, dict[str, Any]], root: Path
) -> None:
    for name, service in services.items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["read_only"] is True, name
        assert service["pids_limit"] <= 1000, name
        assert service["logging"]["options"].keys() == {"max-size", "max-file"}, name
    assert services["postgres"]["user"] == "postgres"
    dockerfile = (root / "Dockerfile").read_text(encoding="utf-8")
    (uid,) = re.findall(r"useradd --uid (\d+)", dockerfile)
    assert dockerfile.rstrip().splitlines()[-2] == "USER jobmarket"
    # Our services write only to their volumes and to memory that belongs to their user.
    assert {name: service["tmpfs"] for name, service in services.items() if name != "postgres"} == dict.fromkeys(
        SERVICES - {"postgres"}, ["/tmp", f"/opt/airflow:uid={uid},mode=0700", f"/home/jobmarket:uid={uid},mode=0700"]  # noqa: S108 - in the container
    )  # fmt: skip


def test_services_start_in_order(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        waits = service.get("depends_on", {})
        assert set(waits) <= SERVICES, name
        assert bool(waits) == (name != "postgres"), name


def test_no_secret_has_a_default(text: str, root: Path) -> None:
    generated = environment(root)
    used = dict(re.findall(r"\$\{(\w+)(:[?-][^}]*)\}", text))
    assert used.pop("GIT_SHA") == ":-", "an optional build argument of the image"
    required = {name for name, otherwise in used.items() if otherwise.startswith(":?")}
    assert required <= set(generated), "`make env` must write every required variable"
    assert len(required) >= 4
    secrets = {name for name in used if re.search("KEY|SECRET|PASSWORD", name)} - required
    assert {name: used[name] for name in secrets if used[name] != ":-"} == {}


def test_only_the_service_that_needs_a_password_has_it(services: dict[str, dict[str, Any]], root: Path) -> None:
    given = {name: service["environment"] for name, service in services.items()}
    assert [name for name, values in given.items() if "AIRFLOW_CONN_AIRFLOW_METADATA" in values] == ["scheduler"]
    folder = "/opt/airflow/passwords"
    (file,) = {values.get("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE") for values in given.values()} - {None}
    assert Path(file).parent == Path(folder)
    mounted = {name: service["volumes"] for name, service in services.items() if name != "postgres"}
    assert [name for name, volumes in mounted.items() if f"passwords:{folder}" in volumes] == ["api-server"]
    assert {*mounted["api-server"]} - {*mounted["scheduler"]} == {f"passwords:{folder}"}
    # the folder must be in the image, so that a new volume belongs to the services' user
    assert folder in (root / "Dockerfile").read_text(encoding="utf-8")
    assert file in (root / "docs" / "runbook.md").read_text(encoding="utf-8")


def test_settings_of_operators_reach_the_containers_and_are_in_the_example(
    services: dict[str, dict[str, Any]], root: Path
) -> None:
    fields = {f"JOBMARKET_{name.upper()}" for name in Settings.model_fields} - set(NOT_SET_BY_OPERATORS)
    credentials = {name for spider in spiders_by_name().values() for name in spider.credentials}
    assert len(credentials) >= 8
    assert sorted(credentials) == list(BOARD_KEYS), "the command line warns of other names"
    example = (root / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^(JOBMARKET_\w+)=$", example, re.MULTILINE)) == fields | credentials
    for name in ("scheduler", "dag-processor"):
        given = services[name]["environment"]
        handed_on = {key for key, value in given.items() if str(value).startswith(f"${{{key}:-")}
        assert (fields | credentials) - handed_on == set(), name


@pytest.mark.parametrize(
    ("given", "source", "target"), [("/srv/old", "/srv/old", "/srv/old"), ("", "archive", "/archive")]
)
def test_the_landings_archive_is_where_the_containers_look_for_it(
    text: str, given: str, source: str, target: str
) -> None:
    filled = re.sub(r"\$\{JOBMARKET_LANDING_ARCHIVE:-([^}]*)\}", lambda match: given or match[1], text)
    compose = yaml.safe_load(filled)
    scheduler = compose["services"]["scheduler"]
    assert (scheduler["environment"]["JOBMARKET_LANDING_ARCHIVE"] or "") == given
    assert f"{source}:{target}" in scheduler["volumes"]
    named = {volume.split(":")[0] for volume in scheduler["volumes"] if re.match(r"\w", volume)}
    assert named <= set(compose["volumes"])


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBMARKET_HOME", "/data")
    for name in Settings.model_fields:
        if name != "home":
            monkeypatch.setenv(f"JOBMARKET_{name.upper()}", "")
    untouched = {name: field.default for name, field in Settings.model_fields.items()} | {"home": Path("/data")}
    assert Settings(_env_file=None).model_dump() == untouched  # type: ignore[call-arg]


@pytest.mark.parametrize(("given", "threads"), [("", (1, 2)), ("3", (3, 3))])
def test_an_empty_variable_counts_as_unset_for_dbt_by_hand(root: Path, given: str, threads: tuple[int, int]) -> None:
    names = ("JOBMARKET_THREADS", "JOBMARKET_DBT_THREADS")
    variables = {"JOBMARKET_HOME": "/data", "JOBMARKET_MEMORY_LIMIT": "", **dict.fromkeys(names, given)}
    dbt = Environment(autoescape=True)
    dbt.filters["as_number"] = int
    profiles = (root / "dbt_project" / "profiles.yml").read_text(encoding="utf-8")
    rendered = yaml.safe_load(dbt.from_string(profiles).render(env_var=variables.get))
    output = rendered["jobmarket"]["outputs"]["warehouse"]
    assert (int(output["threads"]), int(output["config_options"]["threads"])) == threads
    assert output["config_options"]["memory_limit"] == Settings.model_fields["memory_limit"].default


def test_services_run_existing_airflow_commands(services: dict[str, dict[str, Any]]) -> None:
    from airflow.cli.cli_parser import get_parser

    known = get_parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    commands = [m for s in services.values() for m in re.findall(r"airflow ([a-z-]+)", str(s.get("command")))]
    assert len(commands) >= 5
    assert set(commands) <= set(known)  # type: ignore[arg-type]


def test_an_operators_airflow_settings_reach_the_containers(services: dict[str, dict[str, Any]], root: Path) -> None:
    runbook = (root / "docs" / "runbook.md").read_text(encoding="utf-8")
    (of_airflow,) = set(re.findall(r"`(\.env\.\w+)`", runbook))
    for name in SERVICES - {"postgres"}:
        assert services[name]["env_file"] == [{"path": of_airflow, "required": False}], name
    for ignored in (".gitignore", ".dockerignore"):
        lines = (root / ignored).read_text(encoding="utf-8").splitlines()
        assert {".env.*", ".env*"} & set(lines), f"{ignored} must ignore {of_airflow}, which contains passwords"


def test_make_env_adds_the_variables_that_an_existing_file_lacks(tmp_path: Path, root: Path) -> None:
    target = tmp_path / ".env"
    example = (root / ".env.example").read_text(encoding="utf-8")
    target.write_text(f"{example}JOBMARKET_ALERTS=desk\nPOSTGRES_PASSWORD = 'kept'", encoding="utf-8")
    written = write(target)
    text = target.read_text(encoding="utf-8")
    assert text.startswith(f"{example}JOBMARKET_ALERTS=desk\nPOSTGRES_PASSWORD = 'kept'\n")
    assert target.stat().st_mode & 0o077 == 0
    named = re.findall(r"^(\w+) ?=", text, re.MULTILINE)
    assert set(written) == set(environment(root)) - set(re.findall(r"^(\w+)=", example, re.MULTILINE)) - {
        "POSTGRES_PASSWORD"
    }
    assert "AIRFLOW__CORE__FERNET_KEY" in written
    assert set(environment(root)) <= set(named)
    assert write(target) == []
    assert target.read_text(encoding="utf-8") == text


def test_the_environment_file_is_private_and_its_secrets_are_kept(tmp_path: Path) -> None:
    target = tmp_path / ".env"
    assert write(target)
    first = target.read_text(encoding="utf-8")
    assert target.stat().st_mode & 0o077 == 0
    assert not write(target), "a second call must keep the secrets"
    assert target.read_text(encoding="utf-8") == first
    assert environment(tmp_path)["POSTGRES_PASSWORD"] != environment(tmp_path)["POSTGRES_PASSWORD"]


def test_a_path_that_cannot_be_quoted_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="o'brien contains a single quote, which .env cannot quote"):
        write(tmp_path / ".env", tmp_path / "o'brien")
    assert not (tmp_path / ".env").exists()


def test_dags_are_not_paused(services: dict[str, dict[str, Any]], root: Path) -> None:
    for variables in (services["scheduler"]["environment"], environment(root)):
        assert variables["AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION"] == "False"


def test_pools_are_those_that_the_tasks_use(root: Path, dag_module: Callable[[str], ModuleType]) -> None:
    pools = json.loads((root / "dags" / "pools.json").read_text(encoding="utf-8"))
    assert {value for name, value in vars(dag_module("wiring")).items() if name.endswith("_POOL")} == set(pools)
    assert pools["warehouse_writer"]["slots"] == 1


def test_files_named_in_the_makefile_exist(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w./-])(?:dags|tests|dbt_project|benchmarks)(?:/[\w.]+)+", makefile))
    assert named
    generated = {"dbt_project/target", "dbt_project/logs"}
    assert [name for name in named - generated if not (root / name).exists()] == []


def test_docker_compose_accepts_the_file(root: Path, tmp_path: Path) -> None:
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("NOT TESTED: no `docker compose` on this machine to read docker-compose.yml")
    write(tmp_path / ".env")
    done = subprocess.run(
        [docker, "compose", "--env-file", str(tmp_path / ".env"), "config", "--quiet"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
