"""Measure each dbt model at a given size: `python -m benchmarks.models --built HOME --times 46 --home DIR`.

Copies every employer of a built home a number of times, with what was read and judged for it (landed contents,
sightings, crawls, facts, findings on pairs), and builds all models in processor seconds. Extraction has nothing left to
read, so sizes can be measured whose texts would take hours. A second build right after shows a day without news.

`--built` must have been built by the current code, or texts are read again and count in the figures. Set
`OPENBLAS_NUM_THREADS=1` to give matrix products one thread, as the build stage does. Writes a Markdown table of both
builds to standard output.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from pathlib import Path

import orjson

from benchmarks.memory import family
from jobmarket.settings import Home, Settings
from jobmarket.stages import as_of_text
from jobmarket.warehouse import connect, newest_crawl

_MULTIPLIED = (
    "raw.posting_versions", "raw.sightings", "raw.crawl_runs", "intermediate.int_posting_facts",
    "intermediate.int_pair_findings",
)  # fmt: skip
_COPIED = ("raw.exchange_rates", "raw.attributions")
# Identities and employer names, which differ in each copy.
_KEYS = ("posting_key", "content_hash", "first_content", "second_content")
_NAMES = {"company_slug": "-x", "company_name": " Q"}
_SHOWN = 30


def multiply(built: Home, home: Home, settings: Settings, times: int) -> None:
    """Make a warehouse with that many copies of another's employers."""
    with connect(home, settings) as warehouse:
        warehouse.execute(f"attach '{built.warehouse}' as built (read_only); create schema if not exists intermediate")
        for table in _MULTIPLIED:
            if table.startswith("intermediate."):
                warehouse.execute(f"create table {table} as from built.{table} limit 0")
            columns = [name for name, *_ in warehouse.execute(f"describe {table}").fetchall()]
            replacements = [
                f"case when copy = 0 then {name} else md5({name}::varchar || copy)::uuid end as {name}"
                for name in _KEYS
                if name in columns
            ]
            replacements += [
                f"case when copy = 0 then {name} else {name} || '{sign}' || copy end as {name}"
                for name, sign in _NAMES.items()
                if name in columns
            ]
            if "company_names" in columns:
                replacements.append(
                    "list_transform(company_names, lambda name: "
                    f"if(copy = 0, name, name || '{_NAMES['company_name']}' || copy)) as company_names"
                )
            for number in range(times):
                warehouse.execute(
                    f"insert into {table} select one.* replace ({', '.join(replacements)}) "  # noqa: S608  # only constants
                    f"from built.{table} as one cross join (select {number} as copy)"
                )
            sys.stderr.write(f"{table}: {times} copies\n")
        # of two postings first seen at once, the keys decide which is first, and the copies have other keys
        warehouse.execute("""
            insert into intermediate.int_pair_findings
            select findings.* replace (
                second_content as first_content, first_content as second_content,
                list_reverse(company_names) as company_names)
            from intermediate.int_pair_findings as findings
            where (second_content, first_content) not in (
                select (first_content, second_content) from intermediate.int_pair_findings)
        """)
        for table in _COPIED:
            warehouse.execute(f"insert into {table} from built.{table}")


def build(home: Home, settings: Settings, as_of: str) -> dict[str, float]:
    """Build all models; return node → processor seconds, including child processes."""
    # Not above: each worker process of a model imports this module, and importing dbt takes two seconds.
    from dbt.cli.main import dbtRunner

    seconds: dict[str, float] = {}
    begun = [0.0]

    def on_event(event: object) -> None:
        name = event.info.name  # type: ignore[attr-defined]  # dbt's events have no common type
        if name == "NodeStart":
            begun[0] = _processor_seconds()
        elif name == "NodeFinished":
            node = event.data.node_info.unique_id  # type: ignore[attr-defined]  # as above
            seconds[node] = _processor_seconds() - begun[0]
            sys.stderr.write(f"{seconds[node]:8.1f} s  {node}\n")

    os.environ |= {
        "JOBMARKET_HOME": str(home.root), "JOBMARKET_THREADS": str(settings.threads),
        "JOBMARKET_MEMORY_LIMIT": settings.memory_limit,
    }  # fmt: skip
    outcome = dbtRunner(callbacks=[on_event]).invoke([
        "--quiet", "--no-print", "--log-path", str(home.logs), "build", "--exclude-resource-type", "unit_test",
        "--project-dir", str(settings.dbt_project), "--profiles-dir", str(settings.dbt_project),
        "--target-path", str(home.dbt_target), "--vars", orjson.dumps({"as_of": as_of}).decode(),
    ])  # fmt: skip
    if not outcome.success:
        sys.exit(f"The build failed; see {home.logs / 'dbt.log'}.")
    return seconds


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used) + sum(map(_seconds_of, family(os.getpid())[1:]))


def _seconds_of(child: int) -> float:
    """Return what a child that still runs has used: the estimators keep theirs for the next model."""
    user, system = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def table(builds: list[dict[str, float]]) -> str:
    """Return a Markdown table of the most expensive nodes, all tests together, and the total."""
    rows = {name: [one.get(name, 0.0) for one in builds] for name in builds[0] if not name.startswith("test.")}
    rows["all tests"] = [sum(cost for name, cost in one.items() if name.startswith("test.")) for one in builds]
    dearest = sorted(rows.items(), key=lambda row: -row[1][0])[:_SHOWN]
    dearest.append(("all", [sum(one.values()) for one in builds]))
    lines = ["| node | s | built again s |", "|---|---|---|"]
    lines += [f"| {name.split('.')[-1]} | {' | '.join(f'{cost:,.1f}' for cost in costs)} |" for name, costs in dearest]
    return "\n".join(lines)


def main() -> None:
    """Multiply, build twice, and write the table to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--built", type=Path, required=True, help="home whose warehouse to multiply")
    parser.add_argument("--times", type=int, required=True, help="copies of every employer")
    parser.add_argument("--home", type=Path, help="new folder to work in (default: a temporary one)")
    options = parser.parse_args()
    settings = Settings(_env_file=None)
    with tempfile.TemporaryDirectory() as temporary:
        home, built = Home(options.home or Path(temporary)), Home(options.built)
        as_of = as_of_text(newest_crawl(built, settings))
        multiply(built, home, settings, options.times)
        builds = [build(home, settings, as_of) for _ in range(2)]
        size = home.warehouse.stat().st_size / 1e6
        sys.stdout.write(f"{options.times} copies, {size:,.0f} MB of warehouse\n\n{table(builds)}\n")


if __name__ == "__main__":
    main()
