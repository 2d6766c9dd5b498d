"""A real scheduler drives the whole chain through Assets, with the very commands of docker-compose.yml.

The metadata database is Postgres, as in the compose file, where Debian's package is installed; else SQLite, and a
warning says so.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlalchemy
import yaml

from jobmarket.environment import environment, metadata_connection
from jobmarket.pipeline import MAINTENANCE
from jobmarket.settings import Home
from tests.dbt_project.dbt_runs import parsed_for_builds
from tests.schedule.conftest import reports

SERVICES = ("api-server", "scheduler", "dag-processor")
CHAIN = ("collect_postings", "load_postings", "build_marts", "publish_market", "weekly_report")
SCHEDULED = (*CHAIN, "maintenance")  # each of these has its last interval made up for when the scheduler starts
PATIENCE_SECONDS = 900


@dataclass(frozen=True)
class Installation:
    """An Airflow of its own: its folder, its environment, the compose file's services."""

    folder: Path
    variables: dict[str, str]
    services: dict[str, Any]

    def start(self, service: str) -> subprocess.Popen[bytes]:
        """Start a service by its command in the compose file; its output goes to a log of its own."""
        with (self.folder / f"{service}.log").open("wb") as log:
            return subprocess.Popen(
                ["bash", "-c", command_of(self.services[service])],
                env=self.variables, stdout=log, stderr=subprocess.STDOUT, start_new_session=True, cwd=self.folder,
            )  # fmt: skip

    def runs(self) -> dict[str, set[str]]:
        """DAG → states of its runs."""
        found: dict[str, set[str]] = {}
        for dag, state in self.query("select dag_id, state from dag_run"):
            found.setdefault(dag, set()).add(state)
        return found

    def ends(self, dags: Sequence[str]) -> dict[str, datetime]:
        """DAG → when the last of its runs ended, as far as none is running."""
        found: dict[str, datetime] = dict.fromkeys(dags, datetime.min.replace(tzinfo=UTC))
        for dag, end, running in self.query(
            "select dag_id, max(end_date), sum(case when end_date is null then 1 else 0 end) "
            "from dag_run group by dag_id"
        ):
            if dag in found and end is not None and not running:
                ended = datetime.fromisoformat(end) if isinstance(end, str) else end  # SQLite knows no times
                found[dag] = ended if ended.tzinfo else ended.replace(tzinfo=UTC)
        return found

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Rows of the metadata database."""
        return query(self.variables["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"], statement)

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Ask the API server, as the user interface does."""
        passwords = json.loads((self.folder / "simple_auth_manager_passwords.json.generated").read_text("utf-8"))
        login = self._post("/auth/token", {"username": "admin", "password": passwords["admin"]})
        return self._post(path, body, Authorization=f"Bearer {login['access_token']}")

    def _post(self, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"http://127.0.0.1:{self.variables['AIRFLOW__API__PORT']}{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **headers},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - loopback
            answered: dict[str, Any] = json.load(answer)
        return answered

    def failures(self) -> str:
        """What the services and the failed tasks said last."""
        logs = [*self.folder.glob("*.log"), *self.folder.glob("logs/dag_id=*/**/*.log")]
        return "\n".join(f"--- {path.name}\n{path.read_text(errors='replace')[-2500:]}" for path in logs)


def query(address: str, statement: str) -> list[tuple[Any, ...]]:
    """Rows of a database."""
    engine = sqlalchemy.create_engine(address)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(sqlalchemy.text(statement))]
    engine.dispose()
    return rows


def postgres_programs() -> Path | None:
    """The folder of Debian's newest Postgres."""
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def command_of(service: dict[str, Any]) -> str:
    """A service's command as a shell reads it: compose writes `$$` for `$`."""
    command: str = service["command"]
    return command.replace("$$", "$")


def free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def metadata_database(folder: Path) -> Iterator[str]:
    """SQLAlchemy's address of an empty database: Postgres on loopback, or SQLite where there is no Postgres."""
    programs = postgres_programs()
    if programs is None or os.geteuid() != 0:
        warnings.warn(
            "NOT TESTED with Postgres: Debian's postgresql is not installed, or we are not root", stacklevel=2
        )
        yield f"sqlite:///{folder / 'airflow.db'}"
        return
    cluster = Path(tempfile.mkdtemp(prefix="postgres-"))  # not below pytest's folder, which is closed to others
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


def wait_for(address: str) -> None:
    """Return once an address answers."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10):  # noqa: S310 - loopback
                return
        except OSError:
            assert time.monotonic() < deadline, f"{address} does not answer"
            time.sleep(1)


@pytest.fixture(scope="module")
def installation(
    root: Path, few_boards: Path, database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Installation, Path]]:
    folder = tmp_path_factory.mktemp("airflow")
    home, port = folder / "home", free_port()
    variables = {
        **os.environ, **environment(root), **parsed_for_builds(),
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
        # the DAGs are parsed at the start, and do not change
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
    made = Installation(folder, variables, services)
    init = subprocess.run(
        ["bash", "-c", command_of(services["init"])],
        env=variables,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert init.returncode == 0, init.stdout[-3000:] + init.stderr[-3000:]
    processes = [made.start(service) for service in SERVICES if service != "scheduler"]
    try:
        # As the compose file has it: the scheduler starts once the API server answers.
        assert "api-server" in services["scheduler"]["depends_on"]
        wait_for(f"http://127.0.0.1:{port}/api/v2/monitor/health")
        processes.append(made.start("scheduler"))
        yield made, home
    finally:
        for process in processes:
            os.killpg(process.pid, signal.SIGTERM)
        for process in processes:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def worker_killed(airflow: Installation) -> bool:
    """Kill the worker of the build task once it is at work; true when it was done."""
    found = airflow.query("select pid from task_instance where dag_id = 'build_marts' and task_id = 'build' "
                          "and state = 'running' and pid is not null")  # fmt: skip
    if not found or not (airflow.folder / "home" / "logs" / "dbt-console.log").exists():
        return False
    os.kill(found[0][0], signal.SIGKILL)
    return True


def cleared(airflow: Installation) -> bool:
    """Clear the build task once Airflow knows that its worker died, for its retry is minutes away; true when done."""
    found = airflow.query("select run_id, state from task_instance where dag_id = 'build_marts' and task_id = 'build'")
    if [state for _, state in found] != ["up_for_retry"]:
        return False
    wanted = {"dry_run": False, "dag_run_id": found[0][0], "task_ids": ["build"], "only_failed": False}
    airflow.post("/api/v2/dags/build_marts/clearTaskInstances", wanted)
    return True


@pytest.mark.timeout(PATIENCE_SECONDS + 300)
def test_assets_drive_the_chain_from_collect_to_report(installation: tuple[Installation, Path]) -> None:
    airflow, home = installation
    deadline = time.monotonic() + PATIENCE_SECONDS
    steps = [worker_killed, cleared]  # in the middle of the chain, and the chain goes on
    while time.monotonic() < deadline:
        if steps and steps[0](airflow):
            steps.pop(0)
        states = airflow.runs()
        if "failed" in set().union(*states.values()) or all(states.get(dag) == {"success"} for dag in SCHEDULED):
            break
        time.sleep(1)
    # As it was seen last: the publication has the report looked at once more, at any time.
    assert states == {dag: {"success"} for dag in SCHEDULED}, airflow.failures()
    assert steps == [], "the worker was killed, and its task cleared"
    assert (home / "reports" / "latest.html").is_file()
    with duckdb.connect(str(home / "published" / "jobmarket.duckdb"), read_only=True) as published:
        assert published.execute("select count(*) > 5 from fct_postings").fetchone() == (True,)
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as warehouse:
        noted = warehouse.execute("select stage from ops.stage_runs order by started_at").fetchall()
        models = warehouse.execute("select count(distinct node), count(distinct started_at) from ops.model_runs")
        n_models, n_builds = models.fetchone() or (0, 0)
    chain = [stage for (stage,) in noted if stage not in MAINTENANCE]
    assert chain == ["load", "gate-raw", "build", "gate-marts", "publish"]
    assert (n_models > 40, n_builds) == (True, 1)
    logs = [
        path.read_text(encoding="utf-8") for path in airflow.folder.glob("logs/dag_id=build_marts/*/task_id=build/*")
    ]
    assert any("model fct_postings: success" in log for log in logs), "each model stands in the task's log"


@pytest.mark.thorough
@pytest.mark.timeout(PATIENCE_SECONDS + 60)
def test_a_run_that_is_cleared_goes_through_the_chain_again_and_changes_nothing(
    installation: tuple[Installation, Path],
) -> None:
    airflow, home = installation
    cleared_runs = CHAIN[1:]
    before = airflow.ends(cleared_runs)
    vintages, issues = sorted(path.name for path in (home / "published" / "vintages").iterdir()), reports(Home(home))
    ((run_id,),) = airflow.query("select run_id from dag_run where dag_id = 'load_postings'")
    airflow.post(
        "/api/v2/dags/load_postings/clearTaskInstances", {"dry_run": False, "dag_run_id": run_id, "only_failed": False}
    )
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        now = airflow.ends(cleared_runs)
        is_through = now["load_postings"] > before["load_postings"] and list(now.values()) == sorted(now.values())
        if is_through or "failed" in set().union(*airflow.runs().values()):
            break
        time.sleep(1)
    assert {state for dag in cleared_runs for state in airflow.runs()[dag]} == {"success"}, airflow.failures()
    assert all(airflow.ends(cleared_runs)[dag] > before[dag] for dag in cleared_runs), "each ran once more"
    assert sorted(path.name for path in (home / "published" / "vintages").iterdir()) == vintages
    assert reports(Home(home)) == issues


def test_the_metadata_can_be_dumped_and_put_back(installation: tuple[Installation, Path], database: str) -> None:
    """As the runbook says, with the same programs that the compose file's container has."""
    airflow, _ = installation
    if not database.startswith("postgresql"):
        pytest.skip("NOT TESTED with Postgres: Debian's postgresql is not installed, or we are not root")
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
    # the scheduler lives meanwhile, and may begin a run of its own
    for table, first, found, last in zip(tables, before, counts(restored), counts(database), strict=True):
        assert 0 < first <= found <= last, table


def test_no_import_errors_and_the_assets_that_the_dags_wait_for(installation: tuple[Installation, Path]) -> None:
    airflow, _ = installation
    assert airflow.query("select filename, stacktrace from import_error") == []
    assets = {name for (name,) in airflow.query("select distinct name from asset")}
    assert assets == {"jobmarket_landed", "jobmarket_loaded", "jobmarket_built", "jobmarket_published"}


def test_lineage_goes_where_it_is_set_to_go(installation: tuple[Installation, Path]) -> None:
    airflow, _ = installation
    lines = (airflow.folder / "lineage.json").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    complete = {event["job"]["name"] for event in events if event["eventType"] == "COMPLETE"}
    assert {"load_postings.load", "build_marts.build", "publish_market.publish", "weekly_report.report"} <= complete
    assert {event["job"]["namespace"] for event in events} == {"jobmarket"}
