"""Great Expectations derives each expectation's configuration once in a validation, and anew after it."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.validation import configurations_kept


def test_a_configuration_is_derived_once_in_a_validation_and_anew_after_it() -> None:
    first, second = (gxe.ExpectTableRowCountToBeBetween(min_value=number) for number in (1, 2))
    with configurations_kept():
        kept = first.configuration
        assert first.configuration is kept
        assert second.configuration.kwargs["min_value"] == 2
        first.min_value = 3
        assert first.configuration.kwargs["min_value"] == 1
    assert first.configuration.kwargs["min_value"] == 3
