from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.log import JsonLineFormatter, TextFormatter, configure, redact, redact_fields

TOKEN = "pat-na1-0f0f0f0f-1111-2222-3333-444444444444"
SECRETS = {
    "HubSpot token": (TOKEN, "0f0f0f0f", "[redacted]"),
    "bearer": (f"Authorization: Bearer {TOKEN}", "0f0f0f0f", "Authorization: [redacted]"),
    "opaque bearer": ("sent Bearer abcDEF123.456-xyz", "abcDEF123", "sent [redacted]"),
    "platform key": ("krai_9f8e7d6c5b4a", "9f8e7d6c5b4a", "[redacted]"),
    "named key": ("GET /calls?api_key=opaqueopaque&x=1", "opaqueopaque", "GET /calls?api_key=[redacted]&x=1"),
    "header": ("x-api-key: opaqueopaque", "opaqueopaque", "x-api-key: [redacted]"),
    "user in a URL": (
        "postgresql://connector:hunter22@db.example.com/x",
        "hunter22",
        "postgresql://[redacted]@db.example.com/x",
    ),
    "E.164": ("called from +447700900123 again", "7700900", "called from +44•••123 again"),
    "spaced": ("called from +44 7700 900123", "7700 900", "called from +44•••123"),
    "US": ("+1 (555) 010-0199", "010-0", "+1•••199"),
    "percent-encoded": ("/search?q=%2B447700900123", "7700900", "/search?q=+44•••123"),
    "national": ("07700 900123", "00 900", "07•••123"),
    "e-mail": ("jane.doe@example.com wrote", "jane.doe", "j•••@example.com wrote"),
    "percent-encoded e-mail": ("/contacts/jane.doe%40example.com", "jane.doe", "/contacts/j•••@example.com"),
}
HARMLESS = [
    "2026-11-20T10:14:07+01:00",
    "2026-11-20T10:14:07.123456Z",
    "reception_ai:org_1:call-000123456789",
    "contact 151900123456 in 0.123456 s",
    "0197f0c2-7b1e-7000-8000-012345678901",
    "POST /crm/v3/objects/contacts/batch/create 201 in 412 ms",
]


@pytest.mark.parametrize(("text", "canary", "shown"), SECRETS.values(), ids=SECRETS)
def test_redacts(text, canary, shown):
    assert canary in text
    assert redact(text) == shown


@pytest.mark.parametrize("text", HARMLESS)
def test_leaves_what_helps(text):
    assert redact(text) == text


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"api_key": "opaque"}, {"api_key": "[redacted]"}, id="a key under its name"),
        pytest.param({"headers": {"X": "opaque"}}, {"headers": "[redacted]"}, id="headers whole"),
        pytest.param({"transcript": ["Agent: hello"]}, {"transcript": "[redacted]"}, id="what was said"),
        pytest.param({"tokens_left": 5}, {"tokens_left": 5}, id="a figure is no secret"),
        pytest.param({"a": [{"b": ("+447700900123",)}]}, {"a": [{"b": ["+44•••123"]}]}, id="nested"),
        pytest.param({"body": b"\x00secret"}, {"body": "[redacted]"}, id="bytes under a name"),
        pytest.param({"raw": b"\x00secret"}, {"raw": "(7 bytes)"}, id="bytes"),
        pytest.param({"+447700900123": 1}, {"+44•••123": 1}, id="a number as a name"),
        pytest.param({"error": ValueError("jane@example.com")}, {"error": "j•••@example.com"}, id="an object"),
    ],
)
def test_redacts_fields(fields, expected):
    assert redact_fields(fields) == expected


CANARIES = st.sampled_from([text for text, _, _ in SECRETS.values()])
NESTED = st.recursive(
    st.one_of(CANARIES, st.integers(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["a", "phone", "items"]), inner), st.tuples(inner)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonLineFormatter()], ids=["text", "json"])
@given(planted=NESTED, in_message=CANARIES, in_exception=CANARIES)
def test_no_canary_survives(formatter, planted, in_message, in_exception):
    try:
        raise RuntimeError(in_exception)
    except RuntimeError as error:
        exc_info = (type(error), error, error.__traceback__)
    record = logging.LogRecord(
        *("connector.http", logging.INFO, __file__, 1, "sent %s", (in_message,), exc_info),
        sinfo=f"sent({in_exception})",
    )
    logging.Formatter().format(record)  # another handler was first, and left the traceback in clear on the record
    record.planted = planted
    record.phone = planted
    line = formatter.format(record)
    # The traceback quotes the source line, which names no canary itself.
    assert not [canary for _, canary, _ in SECRETS.values() if canary in line]
    assert record.getMessage() == f"sent {in_message}", "the record itself is left as it was"


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield root
    root.handlers, root.level = handlers, level


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("form", "kind", "is_json"),
    [
        pytest.param("auto", Terminal, False, id="a terminal gets text"),
        pytest.param("auto", io.StringIO, True, id="a file gets JSON"),
        pytest.param("json", Terminal, True, id="JSON when asked for"),
        pytest.param("text", io.StringIO, False, id="text when asked for"),
    ],
)
def test_form(root_logger, form, kind, is_json):
    stream = kind()
    configure(form, stream=stream)
    logging.getLogger("connector.engine").warning("call_dead", extra={"call": "reception_ai:org:c1", "attempts": 2})
    line = stream.getvalue()
    if is_json:
        said = json.loads(line)
        assert said.pop("time").endswith("+00:00")
        assert said == {
            "level": "WARNING",
            "logger": "connector.engine",
            "message": "call_dead",
            "call": "reception_ai:org:c1",
            "attempts": 2,
        }
    else:
        said = "warning connector.engine: call_dead call=reception_ai:org:c1 attempts=2\n"
        assert re.fullmatch(rf"\d\d:\d\d:\d\d {said}", line)


def test_libraries_do_not_log_addresses(root_logger):
    stream = io.StringIO()
    configure("json", stream=stream)
    for library in ("httpx", "httpcore", "hubspot", "urllib3", "alembic", "sqlalchemy"):
        logging.getLogger(library).info("HTTP Request: GET https://api.example.com/calls?api_key=x")
    logging.getLogger("connector.engine").info("run_finished")
    assert [json.loads(line)["message"] for line in stream.getvalue().splitlines()] == ["run_finished"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_was_masked_can_be_read_as_it_is_and_searched_for(root_logger, form):
    stream = io.StringIO()
    configure(form, stream=stream)
    logging.getLogger("connector.engine").warning("+447700900123 rang")
    assert "+44•••123 rang" in stream.getvalue()


def test_a_traceback_stands_below_its_line_indented(root_logger):
    stream = io.StringIO()
    configure("text", stream=stream)
    try:
        raise ValueError("two words")
    except ValueError:
        logging.getLogger("connector.test").exception("failed")
    _, head, *_, last = stream.getvalue().splitlines()
    assert (head, last) == ("  Traceback (most recent call last):", "  ValueError: two words")


HOSTILE = "Ada\x1b[2J\r\n10:14:07 error connector: forged\u202egpj\u2028\x9b31m"


@pytest.mark.parametrize("form", ["text", "json"])
def test_other_peoples_text_makes_no_lines_and_turns_nothing_round(root_logger, form):
    stream = io.StringIO()
    configure(form, stream=stream)
    logger = logging.getLogger("connector.test")
    logger.warning("said %s", HOSTILE, extra={"reason": HOSTILE, HOSTILE: 1})
    try:
        raise ValueError(HOSTILE)
    except ValueError:
        logger.exception("failed")
    said = stream.getvalue()
    assert not [each for each in said if not each.isprintable() and each != "\n"]
    lines = said.removesuffix("\n").split("\n")
    if form == "text":
        assert all(" connector.test: " in line or line.startswith("  ") for line in lines)
        assert "\\x1b[2J\\r\\n10:14:07" in lines[0]
    else:
        assert [json.loads(line)["message"] for line in lines] == [f"said {HOSTILE}", "failed"]
