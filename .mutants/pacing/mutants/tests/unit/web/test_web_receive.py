"""What is made of a delivery, by what it is and by what is wrong with it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from connector.model import Hint
from connector.web.platforms import KROSAI, PLATFORMS
from connector.web.receive import BODY_BYTES_MAX, Accepted, Ignored, Refused, Verdict, receive, refusal_of_head
from connector.web.signatures import InAddress, Signed, signed_content
from tests.stubs.deliveries import SECRET, SENDERS, Sent, encoded, hexdigest, kaicalls, klen, krosai

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
OTHER = "another-secret-of-the-tests-4567"
each_platform = pytest.mark.parametrize("name", PLATFORMS)
each_signed = pytest.mark.parametrize(
    "name", [name for name, platform in PLATFORMS.items() if isinstance(platform.proof, Signed)]
)


def judged(name: str, sent: Sent, *, secrets: tuple[str, ...] = (SECRET,), now: datetime = NOW) -> Verdict:
    return receive(
        sent.body,
        sent.headers,
        platform=PLATFORMS[name],
        secrets=secrets,
        address_secret=sent.address_secret,
        now=now,
    )


def send(name: str, **more: object) -> Sent:
    return SENDERS[name]("c1", at=NOW, **more)


def hint_of(name: str, sent: Sent) -> Hint:
    verdict = judged(name, sent)
    assert isinstance(verdict, Accepted)
    return verdict.hint


def header_of(name: str) -> str:
    proof = PLATFORMS[name].proof
    assert isinstance(proof, Signed)
    return proof.header


def changed(sent: Sent, name: str, *values: str) -> Sent:
    """With these values of one header in place of the one there was."""
    kept = [header for header in sent.headers if header[0] != name]
    return sent._replace(headers=[*kept, *((name, value) for value in values)])


def signed(body: bytes, secret: str = SECRET) -> Sent:
    """Any bytes, as KrosAI would sign them."""
    return Sent(body, [("X-Webhook-Signature", f"sha256={hexdigest(secret, body)}")])


@each_platform
def test_a_delivery_is_a_hint_to_fetch_its_call(name: str) -> None:
    hint = hint_of(name, send(name))
    assert (hint.call_id, hint.received_at, hint.is_done, hint.tries) == ("c1", NOW, False, 0)
    assert 0 < len(hint.delivery) <= 200


@each_platform
@pytest.mark.parametrize("wrong", [OTHER, SECRET[:-1], SECRET + "x", SECRET.upper()])
def test_another_secret_is_refused(name: str, wrong: str) -> None:
    assert judged(name, send(name, secret=wrong)) == Refused(401, "wrong signature")


@each_platform
def test_without_a_secret_in_the_settings_nothing_is_believed(name: str) -> None:
    for secret in (SECRET, ""):
        assert judged(name, send(name, secret=secret), secrets=()) == Refused(401, "no secret is set")


@each_platform
def test_each_of_several_secrets_will_do_while_one_replaces_the_other(name: str) -> None:
    for secret in (SECRET, OTHER):
        assert isinstance(judged(name, send(name, secret=secret), secrets=(SECRET, OTHER)), Accepted)
    assert judged(name, send(name, secret=SECRET), secrets=(OTHER,)) == Refused(401, "wrong signature")


@each_signed
@pytest.mark.parametrize(
    ("values", "reason"),
    [
        pytest.param([], "no signature", id="none"),
        pytest.param([""], "malformed signature", id="empty"),
        pytest.param(["{good}", "{good}"], "several signatures", id="twice"),
        pytest.param(["{good}", "sha256=" + "0" * 64], "several signatures", id="good and bad"),
        pytest.param(["sha256=" + "0" * 64], "wrong signature", id="wrong"),
        pytest.param(["{cut}"], "malformed signature", id="truncated"),
        pytest.param(["{good}0"], "malformed signature", id="too long"),
        pytest.param(["{bare}"], "malformed signature", id="without its prefix"),
        pytest.param(["sha1={bare}"], "malformed signature", id="another algorithm"),
        pytest.param(["sha256=" + "é" * 64], "malformed signature", id="not hex"),
        pytest.param(["sha256=" + "٣" * 64], "malformed signature", id="digits of another script"),
    ],
)
def test_a_signature_that_is_not_right(name: str, values: list[str], reason: str) -> None:
    sent = send(name)
    good = dict(sent.headers)[header_of(name)]
    fill = {"good": good, "cut": good[:-1], "bare": good.removeprefix("sha256=")}
    wrong = changed(sent, header_of(name), *(value.format(**fill) for value in values))
    assert judged(name, wrong) == Refused(401, reason)


@each_signed
def test_names_of_headers_have_no_case_and_hex_has_none_either(name: str) -> None:
    sent = send(name)
    header = header_of(name)
    good = dict(sent.headers)[header].removeprefix("sha256=").upper()
    shouted = changed(sent, header)
    shouted.headers.append((header.upper(), f" sha256={good} "))
    assert isinstance(judged(name, shouted), Accepted)


@each_signed
def test_a_body_that_was_written_anew_is_refused(name: str) -> None:
    sent = send(name)
    anew = json.dumps(json.loads(sent.body)).encode()
    for body in (sent.body + b" ", sent.body + b"\n", b"\xef\xbb\xbf" + sent.body, sent.body[:-1], b"", anew):
        assert judged(name, sent._replace(body=body)) == Refused(401, "wrong signature")


class TestKaiCallsTimestamp:
    @pytest.mark.parametrize("seconds", [-300, -1, 0, 1, 300])
    def test_close_to_now(self, seconds: int) -> None:
        assert isinstance(judged("kaicalls", kaicalls("c1", at=NOW + timedelta(seconds=seconds))), Accepted)

    @pytest.mark.parametrize("seconds", [-86_400, -301, 301, 86_400])
    def test_too_old_or_too_new(self, seconds: int) -> None:
        sent = kaicalls("c1", at=NOW + timedelta(seconds=seconds))
        assert judged("kaicalls", sent) == Refused(401, "too old or too new")

    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ([], "no timestamp"),
            (["1", "2"], "several timestamps"),
            ([""], "malformed timestamp"),
            (["soon"], "malformed timestamp"),
            (["-1"], "malformed timestamp"),
            (["1e9"], "malformed timestamp"),
            (["1" * 400], "malformed timestamp"),
            (["99999999999"], "wrong signature"),
            (["٣٣"], "malformed timestamp"),
            (["2026-03-01T09:30:00Z"], "malformed timestamp"),
        ],
    )
    def test_not_a_timestamp(self, values: list[str], reason: str) -> None:
        wrong = changed(send("kaicalls"), "X-KaiCalls-Timestamp", *values)
        assert judged("kaicalls", wrong) == Refused(401, reason)

    def test_is_signed_with_the_body(self) -> None:
        later = changed(send("kaicalls"), "X-KaiCalls-Timestamp", str(int(NOW.timestamp()) + 1))
        assert judged("kaicalls", later) == Refused(401, "wrong signature")


def test_a_secret_in_an_address_is_compared_whole() -> None:
    for given, reason in (("", "no signature"), (SECRET[:-1], "wrong signature"), (f"{SECRET}/", "wrong signature")):
        assert judged("klen", send("klen")._replace(address_secret=given)) == Refused(401, reason)


def test_a_signature_that_cannot_be_checked_proves_nothing() -> None:
    sent = klen("c1", at=NOW, secret="")
    assert dict(sent.headers)["X-Klen-Signature"]
    assert judged("klen", sent) == Refused(401, "no signature")


def test_what_stands_in_a_body_is_no_template() -> None:
    assert signed_content("{timestamp}.{body}", timestamp="7", body=b"{timestamp}{body}") == b"7.{timestamp}{body}"
    assert signed_content("{body}", timestamp="7", body=b"") == b""


def test_every_secret_in_an_address_is_long() -> None:
    proofs = [platform.proof for platform in PLATFORMS.values()]
    assert all(proof.length_min >= 24 for proof in proofs if isinstance(proof, InAddress))


# --- what it says


@pytest.mark.parametrize(
    ("name", "event"),
    [(name, event) for name, platform in PLATFORMS.items() for event in sorted(platform.events)],
)
def test_every_name_of_an_event_is_known(name: str, event: str) -> None:
    verdict = judged(name, send(name, event=event))
    assert isinstance(verdict, Accepted)
    assert (verdict.event, verdict.hint.call_id) == (event, "c1")


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("kaicalls", "call.started"),
        ("klen", "call.started"),
        ("klen", "calendar.event_created"),
        ("krosai", "call.initiated"),
        ("krosai", "call.ringing"),
        ("krosai", "call.answered"),
        ("krosai", "number.released"),
        ("krosai", "phone_number.updated"),
        ("krosai", "call.*"),
        ("krosai", "CALL.COMPLETED"),
        ("krosai", "something.new"),
    ],
)
def test_another_event_is_ignored(name: str, event: str) -> None:
    assert judged(name, send(name, event=event)) == Ignored(event)


def test_an_event_must_be_named_where_the_platform_names_it() -> None:
    assert judged("krosai", signed(encoded({"id": "evt_1", "data": {"call_id": "c1"}}))) == Ignored("")


def test_a_body_of_the_users_own_shape_still_says_that_a_call_ended() -> None:
    body = encoded({"lead": "somebody"})
    timestamp = str(int(NOW.timestamp()))
    signature = f"sha256={hexdigest(SECRET, timestamp.encode() + b'.' + body)}"
    hint = hint_of("kaicalls", Sent(body, [("X-KaiCalls-Timestamp", timestamp), ("X-KaiCalls-Signature", signature)]))
    assert (hint.call_id, hint.is_done) == ("", True)


@pytest.mark.parametrize(
    "call_id", [None, "", " ", 7, True, [], {}, "x" * 201, "a\u0000b", "a\nb", "a\u202eb"], ids=repr
)
def test_an_id_that_is_none_is_not_fetched(call_id: object) -> None:
    body = encoded({"id": "evt_1", "event": "call.completed", "data": {"call_id": call_id}})
    assert hint_of("krosai", signed(body)) == Hint(delivery="evt_1", call_id="", received_at=NOW, is_done=True)


def test_the_number_in_a_klen_delivery_is_another_id() -> None:
    body = encoded({"event_type": "call.ended", "call": {"id": 123}})
    assert hint_of("klen", Sent(body, [], address_secret=SECRET)).call_id == ""


def test_a_delivery_is_known_by_its_id_and_else_by_its_bytes() -> None:
    assert hint_of("krosai", krosai("c1", at=NOW, delivery="evt_9")).delivery == "evt_9"
    assert hint_of("krosai", krosai("c1", at=NOW, delivery="x" * 201)).delivery.startswith("sha256-")
    ended, again, summary = (
        hint_of("klen", klen("c1", at=NOW, event=event)).delivery
        for event in ("call.ended", "call.ended", "call.summary")
    )
    assert ended == again != summary


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="cut"),
        pytest.param(b"event=call.completed", id="a form"),
        pytest.param(b"\xff\xfe{}", id="UTF-16"),
        pytest.param(b'{"event":"\xe9"}', id="latin-1"),
        pytest.param(b'{"event":"\\ud800"}', id="half a character"),
        pytest.param(b"[" * 100_000, id="nested"),
        pytest.param(b'{"a":' * 5_000 + b"1" + b"}" * 5_000, id="nested objects"),
        pytest.param(b"NaN", id="no number"),
    ],
)
def test_a_body_that_is_not_json(body: bytes) -> None:
    assert judged("krosai", signed(body)) == Refused(400, "not JSON")


@pytest.mark.parametrize(
    "body", [b"null", b"[]", b'"call.completed"', b"123", b'{"event":["call.completed"]}', b'{"event":{}}'], ids=repr
)
def test_json_of_another_shape_is_ignored(body: bytes) -> None:
    assert judged("krosai", signed(body)) == Ignored("")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([], None),
        ([("Content-Type", "application/json")], None),
        ([("content-type", "Application/JSON; charset=utf-8")], None),
        ([("Content-Type", "application/cloudevents+json")], None),
        ([("Content-Type", "text/plain")], 415),
        ([("Content-Type", "application/x-www-form-urlencoded")], 415),
        ([("Content-Type", "application/json"), ("Content-Type", "text/html")], 415),
        ([("Content-Length", str(BODY_BYTES_MAX))], None),
        ([("Content-Length", str(BODY_BYTES_MAX + 1))], 413),
        ([("Content-Length", "9" * 5_000)], 413),
        ([("Content-Length", "-1")], 413),
        ([("Content-Length", "much")], 413),
    ],
)
def test_what_the_head_alone_refuses(headers: list[tuple[str, str]], status: int | None) -> None:
    refused = refusal_of_head(headers)
    assert (refused and refused.status) == status
    if status:
        assert receive(b"{}", headers, platform=KROSAI, secrets=[SECRET], now=NOW) == refused


def test_a_body_that_is_too_long_is_not_looked_at() -> None:
    assert judged("krosai", signed(b" " * (BODY_BYTES_MAX + 1))) == Refused(413, "too long")
    assert judged("krosai", signed(b"1" + b" " * (BODY_BYTES_MAX - 1))) == Ignored("")
