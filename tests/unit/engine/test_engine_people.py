"""Keyed hashes: they never change, since the ledger holds them for years, and tell nothing without the secret."""

from __future__ import annotations

import pytest

from connector.engine.match import Identity
from connector.engine.people import hashes_of, keyed_hash

SECRET = b"an invented secret"
NUMBER, EMAIL = "+447700900123", "jane@example.com"
OF_NUMBER = "16f663e195e81e33dfb037ed7897a050d6fc789e"
OF_EMAIL = "31434817011e87695d43286d8222cc436d67ab48"


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        pytest.param(Identity(), [], id="nobody"),
        pytest.param(Identity(number=NUMBER), [OF_NUMBER], id="a number"),
        pytest.param(Identity(email=EMAIL), [OF_EMAIL], id="an address"),
        pytest.param(Identity(number=NUMBER, email=EMAIL), [OF_NUMBER, OF_EMAIL], id="both"),
    ],
)
def test_the_hashes_of_a_caller(identity: Identity, expected: list[str]) -> None:
    assert hashes_of(SECRET, identity) == expected


def test_another_secret_gives_another_hash() -> None:
    assert keyed_hash(b"another secret", "tel", NUMBER) != OF_NUMBER


def test_of_a_long_secret_as_much_counts_as_the_hash_can_take() -> None:
    assert keyed_hash(b"s" * 100, "tel", NUMBER) == keyed_hash(b"s" * 64, "tel", NUMBER)
    assert keyed_hash(b"s" * 100, "tel", NUMBER) != keyed_hash(b"s" * 63, "tel", NUMBER)
