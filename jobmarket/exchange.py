"""Exchanges two names on a disk in one step, so that no reader ever finds one of them missing."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

# Linux's RENAME_EXCHANGE and macOS's RENAME_SWAP.
_EXCHANGE = 2
# What a file system or system that cannot exchange names answers, and not one that is full or read-only.
_NOT_POSSIBLE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV}
# A path is not relative to an open folder (Linux).
_AT_FDCWD = -100


class CannotExchangeError(OSError):
    """The file system or the system can exchange no names."""


def require_exchange(folder: Path) -> None:
    """Exchange a link and a folder in a folder for a try, so that nothing is begun that cannot be finished.

    Raises:
        OSError: As :func:`exchange`, or if the folder cannot be written.
    """
    one, other = folder / ".tried-folder", folder / ".tried-link"
    _remove(one, other)  # of a process that was killed
    try:
        one.mkdir()
        other.symlink_to(one.name)
        exchange(one, other)
    finally:
        _remove(one, other)


def _remove(*paths: Path) -> None:
    for path in paths:
        if path.is_symlink():
            path.unlink()
        elif path.exists():
            path.rmdir()


def exchange(one: Path, other: Path) -> None:
    """Exchange two paths of a file system, of whatever kind. Python's ``rename`` cannot put a link in a folder's place.

    Raises:
        CannotExchangeError: If it is not possible there at all, for example on a network share.
        OSError: If it failed for another reason. In both cases nothing has changed.
    """
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(first, second, _EXCHANGE)
        else:
            failed = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _EXCHANGE)
    except AttributeError as error:  # an old C library
        raise CannotExchangeError(f"this system cannot exchange {one} and {other}") from error
    if failed:
        number = ctypes.get_errno()
        kind = CannotExchangeError if number in _NOT_POSSIBLE else OSError
        raise kind(number, os.strerror(number), str(one), None, str(other))
