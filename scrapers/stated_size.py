"""What a list says it has, held against what its pages show."""

from __future__ import annotations

from collections.abc import Iterator

# Lists count some postings that they do not show; one that shows less than this is cut short.
_SHOWN_AT_LEAST = 0.9


class StatedSize:
    """One list, page after page; each method tells what is wrong."""

    def __init__(self) -> None:
        self._stated: int | None = None
        self._shown = 0

    def begin(self) -> None:
        """Another list begins."""
        self._stated, self._shown = None, 0

    def page(self, stated: int | None, shown: int) -> Iterator[str]:
        """A page says how many the list has, and shows some.

        Where one is taken off before the page that is read, all behind it move up, and the first of the next page is
        passed over: nobody knows which.
        """
        self._shown += shown
        if stated is not None:
            if self._stated is not None and stated < self._stated:
                yield f"the list went from {self._stated:,} postings to {stated:,} while it was read"
            self._stated = stated

    def end(self) -> Iterator[str]:
        """The list is over."""
        if self._stated is not None and self._shown < _SHOWN_AT_LEAST * self._stated:
            yield f"the list shows {self._shown:,} of {self._stated:,} postings that it says it has"
