"""A real scheduler runs the complete chain through Assets, with the commands of docker-compose.yml.

The metadata database is Postgres, as in the compose file, if Debian's package is installed. Otherwise it is SQLite, and
a warning reports it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlalchemy
import yaml

from jobmarket.environment import environment, metadata_connection
from jobmarket.pipeline import MAINTENANCE
from tests.dbt_project.dbt_runs import WITHOUT_DATA_TESTS, parsed_for_builds
from tests.loopback import free_port, wait_for

SERVICES = ("api-server", "scheduler", "dag-processor")
# When the scheduler starts, it runs the last interval of each of these.
SCHEDULED = ("collect_postings", "load_postings", "build_marts", "publish_market", "weekly_report", "maintenance")
PATIENCE_SECONDS = 900


@dataclass(frozen=True)
class Installation:
    """A separate Airflow: its folder, its environment variables and the compose file's services."""

    folder: Path
    variables: dict[str, str]
    services: dict[str, Any]

    def start(self, service: str) -> subprocess.Popen[bytes]:
        """Start a service with its command from the compose file. Its output goes to a separate log."""
        with (self.folder / f"{service}.log").open("wb") as log:
            return subprocess.Popen(
                ["bash", "-c", command_of(self.services[service])],
                env=self.variables, stdout=log, stderr=subprocess.STDOUT, start_new_session=True, cwd=self.folder,
            )  # fmt: skip

    def runs(self) -> dict[str, set[str]]:
        """Return the states of the runs of each DAG."""
        states: dict[str, set[str]] = {}
        for dag, state in self.query("select dag_id, state from dag_run"):
            states.setdefault(dag, set()).add(state)
        return states

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Query the metadata database."""
        return query(self.variables["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"], statement)

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send a request to the API server, as the user interface does."""
        passwords = json.loads((self.folder / "simple_auth_manager_passwords.json.generated").read_text("utf-8"))
        login = self._post("/auth/token", {"username": "admin", "password": passwords["admin"]})
        return self._post(path, body, Authorization=f"Bearer {login['access_token']}")

    def _post(self, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.variables['AIRFLOW__API__PORT']}{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **headers},
        )
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 - loopback
            content: dict[str, Any] = json.load(response)
        return content

    def failures(self) -> str:
        """Return the end of every log of the services and tasks."""
        logs = [*self.folder.glob("*.log"), *self.folder.glob("logs/dag_id=*/**/*.log")]
        return "\n".join(f"--- {path.name}\n{path.read_text(errors='replace')[-2500:]}" for path in logs)


def query(address: str, statement: str) -> list[tuple[Any, ...]]:
    """Query a database."""
    engine = sqlalchemy.create_engine(address)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(sqlalchemy.text(statement))]
    engine.dispose()
    return rows


def postgres_programs() -> Path | None:
    """Return the folder of Debian's newest Postgres, or None."""
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def command_of(service: dict[str, Any]) -> str:
    """Return a service's command for a shell. Compose writes `$$` for `$`."""
    command: str = service["command"]
    return command.replace("$$", "$")


@contextmanager
def metadata_database(folder: Path) -> Iterator[str]:
    """Provide an empty database and yield its SQLAlchemy address: Postgres on loopback, or SQLite without Postgres."""
    programs = postgres_programs()
    if programs is None or os.geteuid() != 0:
        warnings.warn(
            "NOT TESTED with Postgres: Debian's postgresql is not installed, or the user is not root", stacklevel=2
        )
        yield f"sqlite:///{folder / 'airflow.db'}"
        return
    cluster = Path(tempfile.mkdtemp(prefix="postgres-"))  # not below pytest's folder, which other users cannot read
    shutil.chown(cluster, "postgres")
    port = free_port()
    as_postgres = ["runuser", "-u", "postgres", "--"]
    subprocess.run([*as_postgres, programs / "initdb", "-A", "trust", "-D", cluster], check=True, capture_output=True)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={cluster}"
    control = [*as_postgres, programs / "pg_ctl", "-D", cluster, "-w"]
    subprocess.run([*control, "-o", options, "-l", cluster / "log", "start"], check=True, capture_output=True)
    try:
        yield f"postgresql+psycopg2://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True)
        shutil.rmtree(cluster)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with metadata_database(tmp_path_factory.mktemp("metadata")) as address:
        yield address


@pytest.fixture(scope="module")
def installation(
    root: Path, few_boards: Path, database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Installation, Path]]:
    folder = tmp_path_factory.mktemp("airflow")
    home, port = folder / "home", free_port()
    variables = {
        # the data tests run on the marts of more boards in end_to_end
        **os.environ, **environment(root), **parsed_for_builds(), **WITHOUT_DATA_TESTS,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
        "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "False",
        # the DAGs do not change, so one parse at the start is sufficient
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "3600",
        "AIRFLOW_CONN_AIRFLOW_METADATA": metadata_connection(database),
        "AIRFLOW__OPENLINEAGE__TRANSPORT": json.dumps(
            {"type": "file", "log_file_path": str(folder / "lineage.json"), "append": True}
        ),
        "AIRFLOW__OPENLINEAGE__NAMESPACE": "jobmarket",
        "JOBMARKET_HOME": str(home),
        "JOBMARKET_BOARDS": str(few_boards),
    }  # fmt: skip
    services = yaml.safe_load((root / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    airflow = Installation(folder, variables, services)
    init = subprocess.run(
        ["bash", "-c", command_of(services["init"])],
        env=variables,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert init.returncode == 0, init.stdout[-3000:] + init.stderr[-3000:]
    processes = [airflow.start(service) for service in SERVICES if service != "scheduler"]
    try:
        # As in the compose file, the scheduler starts once the API server answers.
        assert "api-server" in services["scheduler"]["depends_on"]
        wait_for(f"http://127.0.0.1:{port}/api/v2/monitor/health", PATIENCE_SECONDS)
        processes.append(airflow.start("scheduler"))
        yield airflow, home
    finally:
        for process in processes:
            os.killpg(process.pid, signal.SIGTERM)
        for process in processes:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def worker_killed(airflow: Installation) -> bool:
    """Kill the worker of the build task if it is running. Return whether it was killed."""
    workers = airflow.query("select pid from task_instance where dag_id = 'build_marts' and task_id = 'build' "
                            "and state = 'running' and pid is not null")  # fmt: skip
    if not workers or not (airflow.folder / "home" / "logs" / "dbt-console.log").exists():
        return False
    os.kill(workers[0][0], signal.SIGKILL)
    return True


def cleared(airflow: Installation) -> bool:
    """Clear the build task if Airflow has noticed that its worker died. Return whether it was cleared.

    Without it, the retry would start only after some minutes.
    """
    tasks = airflow.query("select run_id, state from task_instance where dag_id = 'build_marts' and task_id = 'build'")
    if [state for _, state in tasks] != ["up_for_retry"]:
        return False
    order = {"dry_run": False, "dag_run_id": tasks[0][0], "task_ids": ["build"], "only_failed": False}
    airflow.post("/api/v2/dags/build_marts/clearTaskInstances", order)
    return True


@pytest.mark.timeout(PATIENCE_SECONDS + 300)
def test_assets_run_the_chain_from_collection_to_report_even_if_a_worker_is_killed(
    installation: tuple[Installation, Path],
) -> None:
    airflow, home = installation
    deadline = time.monotonic() + PATIENCE_SECONDS
    steps = [worker_killed, cleared]  # in the middle of the chain, which must continue
    while time.monotonic() < deadline:
        if steps and steps[0](airflow):
            steps.pop(0)
        states = airflow.runs()
        if "failed" in set().union(*states.values()) or all(states.get(dag) == {"success"} for dag in SCHEDULED):
            break
        time.sleep(1)
    # The states of the last iteration: a publication triggers the report again, which may be running by now.
    assert states == {dag: {"success"} for dag in SCHEDULED}, airflow.failures()
    assert steps == [], "the worker was not killed, or its task not cleared"
    assert (home / "reports" / "latest.html").is_file()
    with duckdb.connect(str(home / "published" / "jobmarket.duckdb"), read_only=True) as published:
        assert published.execute("select count(*) > 5 from fct_postings").fetchone() == (True,)
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as warehouse:
        stages = warehouse.execute("select stage from ops.stage_runs order by started_at").fetchall()
        models = warehouse.execute("select count(distinct node), count(distinct started_at) from ops.model_runs")
        n_models, n_builds = models.fetchone() or (0, 0)
    chain = [stage for (stage,) in stages if stage not in MAINTENANCE]
    assert chain == ["load", "gate-raw", "build", "gate-marts", "publish"]
    assert (n_models > 40, n_builds) == (True, 1)
    logs = [
        path.read_text(encoding="utf-8") for path in airflow.folder.glob("logs/dag_id=build_marts/*/task_id=build/*")
    ]
    assert any("model fct_postings: success" in log for log in logs), "the task's log must list each model"


def test_the_metadata_can_be_dumped_and_restored(installation: tuple[Installation, Path], database: str) -> None:
    """The steps are those of the runbook, with the programs that the compose file's container has."""
    airflow, _ = installation
    if not database.startswith("postgresql"):
        pytest.skip("NOT TESTED with Postgres: Debian's postgresql is not installed, or the user is not root")
    programs = postgres_programs()
    assert programs is not None
    server = ["-h", "127.0.0.1", "-p", database.rpartition(":")[2].split("/")[0], "-U", "postgres"]
    tables = ("alembic_version", "dag_run", "task_instance", "asset", "asset_event", "slot_pool")

    def counts(address: str) -> list[int]:
        return [int(query(address, f"select count(*) from {table}")[0][0]) for table in tables]

    before = counts(database)
    dump = subprocess.run([programs / "pg_dump", *server, "postgres"], check=True, capture_output=True).stdout
    subprocess.run([programs / "createdb", *server, "restored"], check=True, capture_output=True)
    subprocess.run(
        [programs / "psql", *server, "--quiet", "--set", "ON_ERROR_STOP=1", "restored"],
        input=dump, check=True, capture_output=True,
    )  # fmt: skip
    restored = database.rpartition("/")[0] + "/restored"
    # the scheduler is still running and may start another run
    for table, first, copied, last in zip(tables, before, counts(restored), counts(database), strict=True):
        assert 0 < first <= copied <= last, table


def test_the_dags_have_no_import_errors_and_declare_the_expected_assets(
    installation: tuple[Installation, Path],
) -> None:
    airflow, _ = installation
    assert airflow.query("select filename, stacktrace from import_error") == []
    assets = {name for (name,) in airflow.query("select distinct name from asset")}
    assert assets == {"jobmarket_landed", "jobmarket_loaded", "jobmarket_built", "jobmarket_published"}


def test_lineage_is_written_to_the_configured_transport(installation: tuple[Installation, Path]) -> None:
    airflow, _ = installation
    lines = (airflow.folder / "lineage.json").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    complete = {event["job"]["name"] for event in events if event["eventType"] == "COMPLETE"}
    assert {"load_postings.load", "build_marts.build", "publish_market.publish", "weekly_report.report"} <= complete
    assert {event["job"]["namespace"] for event in events} == {"jobmarket"}
