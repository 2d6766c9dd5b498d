"""Makes an expectation's configuration once where Great Expectations reads its arguments.

``Expectation.configuration`` is made of the expectation's fields at each access, and Great Expectations accesses it for
each argument: 80 times for a check, which was a quarter of a gate's time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration


@cache
def configure_once() -> None:
    """Change Great Expectations, for as long as the process lives. A second call changes nothing."""
    made: Callable[[Expectation], ExpectationConfiguration] = vars(Expectation)["configuration"].fget
    in_use: dict[int, ExpectationConfiguration] = {}

    def configuration(self: Expectation) -> ExpectationConfiguration:
        kept = in_use.get(id(self))
        return made(self) if kept is None else kept

    def reading_once(read: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        """Keep the configuration while this method reads it; no method that it calls changes it."""

        @wraps(read)
        def reading(self: Expectation, *arguments: Any, **named: Any) -> dict[str, Any]:
            if id(self) in in_use:
                return read(self, *arguments, **named)
            in_use[id(self)] = made(self)
            try:
                return read(self, *arguments, **named)
            finally:
                del in_use[id(self)]

        return reading

    for name in ("_get_domain_kwargs", "_get_success_kwargs", "_get_runtime_kwargs"):
        setattr(Expectation, name, reading_once(getattr(Expectation, name)))
    Expectation.configuration = property(configuration)  # type: ignore[assignment, method-assign]
