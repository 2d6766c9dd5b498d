"""The commands that process a file of postings, without a home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from jobmarket.cli.interrupts import orderly_end
from jobmarket.cli.options import OutputPath
from jobmarket.cli.running import INCOMPLETE, exit_code, leave
from jobmarket.counted import counted
from jobmarket.json_lines import FileResult
from jobmarket.settings import Settings
from jobmarket.stages import StageError

# A file of another kind has as many errors as lines.
_ERRORS_SHOWN = 20


@click.command()
@click.option("--input", "source", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True)
@click.option("--output", "target", type=OutputPath(dir_okay=False), required=True)
def extract(source: Path, target: Path) -> None:
    """Extract facts from a file of postings.

    Input and output are JSON Lines. An input line has id, title, location, company_name, and description_html or
    description_text (one with tags is read as HTML). All but id are optional, and other keys are ignored. Each line is
    answered on its own, also one whose id stands twice.

    An output line has the id and what the posting states: role_family, specialisations, seniority, experience_band,
    workplace, remote_scope, employment_type, is_for_client, locations, salaries, years_min, years_max, degree_min,
    certifications, languages_asked, visa_sponsorship, sector, company_size, company_employees, language (of the text),
    and skills with their surface (the words used), category and level. What is not stated is unspecified, null or
    empty.
    """
    from jobmarket.extract.jsonl import extract_file
    from jobmarket.extract.taxonomy import Taxonomy

    with _reported(target):
        result = extract_file(source, target, Taxonomy.from_seeds(_checked_seeds()))
    _end(result, source, f"{counted(result.written, 'posting')} written to {target}")


@click.command()
@click.option("--input", "source", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True)
@click.option("--output", "target", type=OutputPath(dir_okay=False), required=True)
def pairs(source: Path, target: Path) -> None:
    """Judge whether pairs of postings are the same job.

    Input and output are JSON Lines. An input line has pair_id, and a and b, each with board, company, native_id, title,
    location, description_html or description_text, posted_at and seen_at. All but pair_id and native_id are optional,
    and other keys are ignored.

    An output line has pair_id, relation, class and score. The relation is same_job, repost (the same job, published
    again), twin_opening (the same advert for a job elsewhere) or different. The class says for one job how the texts
    relate: full (the same text), partial (one is a part of the other), semantic (reworded) or temporal (reworded, and
    not listed at the same time); else it is null. The score, 0 to 1, is the shared part of the wording, halved for each
    of employer, role and place that disagrees.
    """
    from jobmarket.duplicates.jsonl import employer_boards, judge_file

    with _reported(target):
        result = judge_file(source, target, employer_boards(_checked_seeds()))
    _end(result, source, f"{counted(result.written, 'pair')} judged, written to {target}")


def _checked_seeds() -> Path:
    """Return the folder of the seeds, after the checks that a build starts with."""
    from jobmarket.seeds import require_seeds

    project = Settings().dbt_project
    require_seeds(project)
    return project / "seeds"


@contextmanager
def _reported(target: Path) -> Iterator[None]:
    """Report an error or an interrupt in one line, and exit with the matching code."""
    with orderly_end() as interrupts:
        try:
            yield
        except StageError as error:
            leave(str(error), exit_code(error))
        except OSError as error:
            raise click.ClickException(f"{target} cannot be written: {error}") from error
        except KeyboardInterrupt:
            leave(f"Interrupted. {target} was not written.", interrupts.exit_code)


def _end(result: FileResult, source: Path, done: str) -> None:
    """Print the first lines that could not be read and the summary; leave with INCOMPLETE if there are such lines."""
    for problem in result.errors[:_ERRORS_SHOWN]:
        click.echo(str(problem), err=True)
    if hidden := len(result.errors[_ERRORS_SHOWN:]):
        click.echo(f"… and {counted(hidden, 'more line')}", err=True)
    click.echo(done)
    if result.errors:
        leave(f"{counted(len(result.errors), 'line')} of {source} could not be read", INCOMPLETE)
