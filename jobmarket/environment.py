"""Write ``.env``: what Airflow and the compose file need, with secrets made on this machine.

``python -m jobmarket.environment .env``. What a file says that exists is kept, for its secrets protect data that was
written with them; the variables that it lacks are added, those of a copied ``.env.example`` as well as those that came
with a later version.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def environment(root: Path) -> dict[str, str]:
    """Variable → value, fresh secrets each time it is called."""
    return {
        "JOBMARKET_HOME": str(root / "data"),
        "JOBMARKET_BOARDS": "sample",
        "JOBMARKET_CONTACT": "",
        "JOBMARKET_ALERTS": "",
        "AIRFLOW_HOME": str(root / "airflow_home"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(root / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin",
        "AIRFLOW__API__HOST": "127.0.0.1",
        # A build keeps every core busy: a task that starts meanwhile waits for the API server longer than five seconds.
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
        "AIRFLOW__CORE__FERNET_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "AIRFLOW__API__SECRET_KEY": secrets.token_urlsafe(32),
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_urlsafe(64),
        # `airflow standalone` keeps its metadata there; the compose file hands on an address of its own.
        "AIRFLOW_CONN_AIRFLOW_METADATA": metadata_connection(f"sqlite:///{root / 'airflow_home' / 'airflow.db'}"),
        "POSTGRES_PASSWORD": secrets.token_urlsafe(24),
    }


def metadata_connection(address: str) -> str:
    """The Airflow connection that tells the maintenance where Airflow's own database is."""
    return json.dumps({"conn_type": "generic", "extra": {"sql_alchemy_conn": address}})


def write(path: Path, root: Path = ROOT) -> list[str]:
    """Write the file, or add to the one that is there what it lacks; readable by its owner alone.

    Returns:
        The names of the variables that were written; those that the file names already, with a value or without, are
        left as they are.
    """
    there = path.read_text(encoding="utf-8") if path.exists() else ""
    named = set(re.findall(r"^\s*(?:export\s+)?(\w+)\s*=", there, re.MULTILINE))
    lacking = {name: value for name, value in environment(root).items() if name not in named}
    if lacking:
        # Whole or not at all: half a file would be kept for ever. Quoted: a folder's name may hold spaces.
        unfinished = path.with_name(f"{path.name}.writing")
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        before = there if not there or there.endswith("\n") else f"{there}\n"
        lines = [f"{name}='{value}'\n" for name, value in lacking.items()]
        unfinished.write_text(before + "".join(lines), encoding="utf-8")
        unfinished.replace(path)
    return list(lacking)


def main() -> None:
    """Write the file that is named, and say what was done."""
    target = Path(sys.argv[1])
    was_there = target.exists()
    written = write(target)
    if not was_there:
        done = "written, with new secrets"
    else:
        done = f"added {', '.join(written)}" if written else "kept as it is, it lacks nothing"
    sys.stdout.write(f"{target}: {done}\n")


if __name__ == "__main__":
    main()
