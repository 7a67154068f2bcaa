from __future__ import annotations

import pytest

from connector.mapping.policy import POLICIES, Choice, Wish, choose, is_placeholder, value_hash

STAGES = ("subscriber", "lead", "opportunity", "customer")


def wish(name: str, value: str, write: str) -> Wish:
    return Wish(property=name, value=value, write=write, origin="test")


def chosen(*wishes: Wish, current, written=None, is_newest=True, options=STAGES) -> Choice:
    return choose(wishes, current=current, written=written, is_newest=is_newest, order=lambda _: options)


@pytest.mark.parametrize("write", POLICIES)
def test_all_but_never_is_written_when_the_record_is_created(write):
    expected = {} if write == "never" else {"p": "new"}
    assert chosen(wish("p", "new", write), current=None, is_newest=False).changes == expected


@pytest.mark.parametrize(
    ("write", "now", "is_newest", "expected"),
    [
        ("if_empty", None, True, True),
        ("if_empty", "", True, True),
        ("if_empty", "  ", True, True),
        ("if_empty", "Aircall new contact", True, True),
        ("if_empty", "Caller +447700900123", True, True),
        ("if_empty", "old", True, False),
        ("on_create", None, True, False),
        ("on_create", "old", True, False),
        ("always", None, True, True),
        ("always", "old", False, True),
        ("newest", "old", True, True),
        ("newest", "old", False, False),
        ("newest", None, True, True),
        ("newest", None, False, False),
        ("never", None, True, False),
        ("never", "old", True, False),
    ],
)
def test_policies_on_a_record_that_exists(write, now, is_newest, expected):
    choice = chosen(wish("p", "new", write), current={"p": now}, is_newest=is_newest)
    assert choice.changes == ({"p": "new"} if expected else {})


@pytest.mark.parametrize(
    ("now", "target", "expected", "note"),
    [
        (None, "lead", True, None),
        ("", "lead", True, None),
        ("subscriber", "lead", True, None),
        ("lead", "lead", False, None),
        ("customer", "lead", False, None),
        ("evangelist", "lead", False, "lifecyclestage: kept, its value is not among the portal's options"),
        ("subscriber", "prospect", False, "lifecyclestage: not written, the portal has no such option"),
        (None, "prospect", False, "lifecyclestage: not written, the portal has no such option"),
    ],
)
def test_forward_goes_by_the_order_of_the_portals_options(now, target, expected, note):
    choice = chosen(wish("lifecyclestage", target, "forward"), current={"lifecyclestage": now})
    assert choice.changes == ({"lifecyclestage": target} if expected else {})
    assert choice.notes == ((note,) if note else ())


def test_the_first_wish_for_a_property_wins():
    choice = chosen(wish("p", "one", "always"), wish("p", "two", "always"), wish("q", "three", "always"), current=None)
    assert choice.changes == {"p": "one", "q": "three"}


def test_a_blank_wish_is_none_and_leaves_the_next_one_its_turn():
    assert chosen(wish("p", " ", "always"), wish("p", "two", "always"), current={"p": "old"}).changes == {"p": "two"}


@pytest.mark.parametrize(
    ("now", "value"),
    [
        ("Jane", "Jane"),
        ("Jane ", "Jane"),
        ("12000", "12000.0"),
        ("12000.00", "12000"),
        ("-0.50", "-0.5"),
        ("0", "-0.0"),
        ("true", "True"),
        ("FALSE", "false"),
        ("2026-04-22T10:14:07Z", "2026-04-22T10:14:07.000Z"),
        ("2026-04-22T10:14:07.120Z", "2026-04-22T12:14:07.12+02:00"),
        ("2026-04-22T10:14:07.000Z", "1776852847000"),
        ("1776852847000", "2026-04-22T10:14:07.000Z"),
        ("2026-04-22", "1776816000000"),
        ("<p>a\r\nb</p>", "<p>a\nb</p>"),
    ],
)
@pytest.mark.parametrize("write", ["always", "newest"])
def test_a_value_that_differs_only_in_writing_is_no_change(now, value, write):
    assert chosen(wish("p", value, write), current={"p": now}) == Choice(changes={})
    assert value_hash(now) == value_hash(value)


@pytest.mark.parametrize(
    ("now", "value"),
    [
        ("0123", "123"),
        ("+447700900123", "447700900123"),
        ("Jane", "jane"),
        ("12000", "12001"),
        ("1e5", "100000"),
        ("2026-04-22T10:14:07Z", "2026-04-22T10:14:08Z"),
        ("2026-13-45", "2026-13-46"),
        ("9999-12-31T23:59:59-14:00", "9999-12-31T23:59:58-14:00"),
    ],
)
def test_values_that_differ(now, value):
    assert chosen(wish("p", value, "always"), current={"p": now}).changes == {"p": value}
    assert value_hash(now) != value_hash(value)


KEPT = ("p: kept, a person changed it since it was last written",)


@pytest.mark.parametrize("write", ["always", "newest", "if_empty"])
@pytest.mark.parametrize("now", ["a person's", "", None])
def test_what_a_person_changed_since_our_last_write_is_kept(write, now):
    choice = chosen(wish("p", "new", write), current={"p": now}, written={"p": value_hash("ours")})
    assert choice == Choice(changes={}, notes=KEPT)


def test_what_nobody_changed_since_our_last_write_is_ours_to_change():
    choice = chosen(wish("p", "13000", "always"), current={"p": "12000"}, written={"p": value_hash("12000.0")})
    assert choice.changes == {"p": "13000"}


def test_a_person_who_wrote_what_we_want_to_write_is_no_news():
    assert chosen(wish("p", "new", "always"), current={"p": "new"}, written={"p": value_hash("ours")}) == Choice(
        changes={}
    )


def test_half_a_character_has_a_hash_too():
    assert value_hash("half \ud83d") == value_hash("half ?")


def test_without_a_hash_the_policy_alone_decides():
    assert chosen(wish("p", "new", "always"), current={"p": "old"}, written={"q": "x"}).changes == {"p": "new"}


def test_creation_is_no_matter_of_hashes():
    assert chosen(wish("p", "new", "always"), current=None, written={"p": value_hash("ours")}).changes == {"p": "new"}


@pytest.mark.parametrize(
    ("write", "is_newest", "written", "expected"),
    [
        ("if_empty", True, None, False),
        ("forward", True, None, False),
        ("always", True, None, True),
        ("always", True, {"p": "hash"}, False),
        ("newest", True, None, True),
        ("newest", False, None, False),
    ],
)
def test_a_property_that_was_not_read_is_not_taken_for_empty(write, is_newest, written, expected):
    choice = chosen(wish("p", "lead", write), current={"q": "x"}, written=written, is_newest=is_newest)
    assert choice.changes == ({"p": "lead"} if expected else {})
    assert choice.notes == (() if expected else ("p: left alone, its value was not read",))


def test_notes_carry_no_values():
    choice = chosen(
        wish("a", "+447700900123", "always"),
        wish("b", "jane@example.com", "newest"),
        wish("c", "Jane", "forward"),
        current={"a": "07700 900124", "b": "joe@example.com", "c": "Joe"},
        written={"a": value_hash("x")},
        is_newest=False,
    )
    assert choice == Choice(
        changes={},
        notes=(
            "a: kept, a person changed it since it was last written",
            "b: kept, a newer call wrote it",
            "c: not written, the portal has no such option",
        ),
    )


def test_an_unknown_policy_is_a_fault_of_ours():
    with pytest.raises(ValueError, match="sometimes"):
        chosen(wish("p", "new", "sometimes"), current={"p": "old"})


@pytest.mark.parametrize(
    "value",
    [
        "Aircall new contact",
        "AIRCALL NEW CONTACT",
        "Caller +15550100123",
        "Caller +1…",
        "caller: 07700 900123",
        "New contact",
        "New caller +44 7700 900123",
        "Unknown caller",
        "  Unknown   contact ",
        "Anonymous caller",
        "Wireless Caller",
        "Caller " + "1" * 53,
    ],
)
def test_placeholders(value):
    assert is_placeholder(value)


@pytest.mark.parametrize(
    "value", [None, "", "Jane", "Caller", "Unknown", "Caller Jane", "+447700900123", "Aircall", "Caller " + "1" * 54]
)
def test_what_is_no_placeholder(value):
    assert not is_placeholder(value)
