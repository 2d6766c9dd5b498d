"""Processes a file of JSON Lines into another. Bad lines are reported, and the rest is processed."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import orjson

from jobmarket.stages import PermanentError, WrongUsageError, require_folder

Record = dict[str, Any]

# Records processed together: a few megabytes, however long the file is.
_AT_ONCE = 200
# The largest posting known has 5 MB. A file that is not JSON Lines may be one line of any length.
_LONGEST_LINE = 32 * 1024 * 1024


_GZIP = b"\x1f\x8b"
# What JSON's values are called in a message; orjson returns them as these types.
_KINDS = {type(None): "null", bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list"}


class LongLineError(PermanentError):
    """A line that is too long to be read into memory."""


def bounded_lines(readline: Callable[[int], bytes], name: str = "") -> Iterator[bytes]:
    """Yield the lines of a file.

    Args:
        readline: The file's method.
        name: The file's name, for the error message.

    Raises:
        LongLineError: If a line is longer than any object. No more than that is read of it.
    """
    for number in count(1):
        line = readline(_LONGEST_LINE + 1)
        if len(line) > _LONGEST_LINE:
            where = f"{name}, line {number:,}" if name else f"line {number:,}"
            raise LongLineError(
                f"{where} is longer than {_LONGEST_LINE >> 20} MiB. Each line must be one JSON object; `jq -c '.[]'` "
                "converts an array."
            )
        if not line:
            return
        yield line


@dataclass(frozen=True, slots=True)
class LineError:
    """A line that could not be read: its number, counted from 1, and what is wrong with it."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class FileResult:
    """The outcome for a file: the number of lines written, and the lines that could not be read."""

    written: int
    errors: tuple[LineError, ...]


def answer_lines(
    source: Path,
    target: Path,
    check: Callable[[Record], None],
    answers: Callable[[list[Record]], Iterable[Record]],
) -> FileResult:
    """Read the objects of ``source`` and write an answer to each into ``target``, in the same order.

    Args:
        source: One JSON object per line. Blank lines are skipped.
        target: The file to write. It appears once it is complete; its folder must exist. If it is a link, the file that
            it leads to is written.
        check: Raises ValueError, with a reason that a person can act on, for an object that cannot be processed.
        answers: Returns the answers to up to 200 objects, in their order.

    Raises:
        StageError: If the target's folder does not exist, the target is no file (a device, a pipe), it or its
            unfinished file is the source, the source cannot be read or is compressed, or a line of it is longer than
            any object.
        OSError: If the target cannot be written.
    """
    errors: list[LineError] = []
    written = 0
    waiting: list[Record] = []
    require_folder(target)
    if target.exists() and not target.is_file():
        # Whoever may write to /dev would replace the machine's device with a file.
        raise WrongUsageError(f"{target} is not a file, and the output would take its place: name a file")
    target = target.resolve()
    unfinished = target.with_name(target.name + ".part")
    for written_to in (target, unfinished):
        if written_to.exists() and written_to.samefile(source):
            raise WrongUsageError(f"{written_to} is the input: name another file for the output")
    with ExitStack() as cleanup, source.open("rb") as lines, unfinished.open("wb") as output:
        cleanup.callback(unfinished.unlink, missing_ok=True)  # after an error or an interrupt

        def readline(limit: int) -> bytes:
            try:
                return lines.readline(limit)
            except OSError as error:
                raise PermanentError(f"{source} cannot be read: {error.strerror}") from error

        def answer() -> None:
            output.writelines(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in answers(waiting))
            waiting.clear()

        for number, line in enumerate(bounded_lines(readline, source.name), start=1):
            if number == 1:
                if line.startswith(_GZIP):
                    raise WrongUsageError(f"{source} is compressed with gzip: unpack it, for example with `gunzip -k`")
                line = line.removeprefix(codecs.BOM_UTF8)  # written by some editors, not content
            if not line.strip():
                continue
            try:
                record = _object(line)
                check(record)
            except ValueError as error:
                errors.append(LineError(number, str(error)))
                continue
            waiting.append(record)
            written += 1
            if len(waiting) == _AT_ONCE:
                answer()
        answer()
        output.flush()
        unfinished.replace(target)
    return FileResult(written, tuple(errors))


def require_id(record: Record, key: str) -> None:
    """Raise ValueError unless ``key`` is a text or a whole number: the answer is identified by it."""
    value = record.get(key)
    if value is None:
        raise ValueError(f"the object has no {key}")
    if value == "":
        raise ValueError(f"{key} is empty: the answer would belong to no object")
    if isinstance(value, bool) or not isinstance(value, str | int):
        # JSON numbers beyond 64 bits arrive as floats.
        raise ValueError(f"{key} must be a text or a whole number of up to 19 digits, not {value!r:.60}")


def require_texts(record: Record, keys: Collection[str], prefix: str = "") -> None:
    """Raise ValueError if the object has none of ``keys``, or if one is neither a text nor null."""
    if not any(key in record for key in keys):
        # Answered, it would be an empty posting: the mark of a file whose keys have other names.
        names = ", ".join(f"{prefix}{key}" for key in keys)
        raise ValueError(f"the object has none of the keys that are read: rename its keys to {names}")
    for key in keys:
        if not isinstance(record.get(key), str | None):
            raise ValueError(f"{prefix}{key} must be a text or null, not {_kind(record[key])}")


def _object(line: bytes) -> Record:
    """Parse one line into an object. Raises ValueError, of which orjson's error is a subclass."""
    try:
        record = orjson.loads(line.strip())
    except orjson.JSONDecodeError as error:
        if not _is_utf8(line):
            raise ValueError("not UTF-8: convert the file, for example with `iconv -t UTF-8`") from error
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise ValueError(f"expected a JSON object, not {_kind(record)}")
    return record


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "an object")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
