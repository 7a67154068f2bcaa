from __future__ import annotations

import pytest

from connector.hubspot.ladder import Step, bounded_words


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step.PLAIN, "the key of calls is kept without HubSpot refusing a second one (step “plain”)"),
        (
            Step.EXTERNAL,
            "the key of calls is kept in hs_call_external_id, without HubSpot refusing a second one (step “external”)",
        ),
    ],
)
def test_what_a_person_is_told_below_the_first_step(step: Step, expected: str):
    assert bounded_words("calls", step) == expected
