"""Writes ``.env`` for Airflow and the compose file, with secrets generated on this machine.

``python -m jobmarket.environment .env``. Variables that the file already sets are kept, because stored data was
encrypted with its secrets. Missing variables are added, whether the file is a copied ``.env.example`` or comes from an
earlier version.
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
    """Return each variable with its value. Every call generates new secrets."""
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
        # A build keeps every core busy, so a task that starts meanwhile may wait over five seconds for the API server.
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
        "AIRFLOW__CORE__FERNET_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "AIRFLOW__API__SECRET_KEY": secrets.token_urlsafe(32),
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_urlsafe(64),
        # `airflow standalone` keeps its metadata there; the compose file sets its own address.
        "AIRFLOW_CONN_AIRFLOW_METADATA": metadata_connection(f"sqlite:///{root / 'airflow_home' / 'airflow.db'}"),
        "POSTGRES_PASSWORD": secrets.token_urlsafe(24),
    }


def metadata_connection(address: str) -> str:
    """Return the Airflow connection through which the maintenance reaches Airflow's metadata database."""
    return json.dumps({"conn_type": "generic", "extra": {"sql_alchemy_conn": address}})


def write(path: Path, root: Path = ROOT) -> list[str]:
    """Write the file, or add the missing variables to an existing one. Only its owner may read it.

    Returns:
        The names of the variables that were written. Variables that the file already names, even without a value, are
        left alone.

    Raises:
        ValueError: If the checkout's path contains a single quote, which the shell and Compose escape differently.
    """
    if "'" in str(root):
        raise ValueError(
            f"{root} contains a single quote, which {path.name} cannot quote. Move the checkout elsewhere."
        )
    existing = path.read_text(encoding="utf-8") if path.exists() else ""
    named = set(re.findall(r"^\s*(?:export\s+)?(\w+)\s*=", existing, re.MULTILINE))
    missing = {name: value for name, value in environment(root).items() if name not in named}
    if missing:
        # Replaced in one step: a file that was half written would be kept for ever. Quoted: a path may contain spaces.
        unfinished = path.with_name(f"{path.name}.writing")
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        before = existing if not existing or existing.endswith("\n") else f"{existing}\n"
        lines = [f"{name}='{value}'\n" for name, value in missing.items()]
        unfinished.write_text(before + "".join(lines), encoding="utf-8")
        unfinished.replace(path)
    return list(missing)


def main() -> None:
    """Write the file named on the command line, and print what changed."""
    target = Path(sys.argv[1])
    existed = target.exists()
    try:
        written = write(target)
    except ValueError as error:
        sys.exit(str(error))
    if not existed:
        done = "written, with new secrets"
    else:
        done = f"added {', '.join(written)}" if written else "complete, left unchanged"
    sys.stdout.write(f"{target}: {done}\n")


if __name__ == "__main__":
    main()
