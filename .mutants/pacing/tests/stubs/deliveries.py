"""Deliveries as the platforms send them, signed as they document it: what stands in for their sending side."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

SECRET = "whsec-invented-for-the-tests-0123"


class Sent(NamedTuple):
    """A request as it arrives."""

    body: bytes
    headers: list[tuple[str, str]]
    address_secret: str = ""


Sender = Callable[..., Sent]
_JSON = ("Content-Type", "application/json")


def kaicalls(call_id: str, *, at: datetime, event: str = "call.completed", secret: str = SECRET, **more: Any) -> Sent:
    body = encoded({"event": event, "call_id": call_id, "created_at": at.isoformat(), **more})
    timestamp = str(int(at.timestamp()))
    signature = f"sha256={hexdigest(secret, f'{timestamp}.'.encode() + body)}"
    return Sent(body, [_JSON, ("X-KaiCalls-Timestamp", timestamp), ("X-KaiCalls-Signature", signature)])


def klen(call_id: str, *, at: datetime, event: str = "call.ended", secret: str = SECRET, **more: Any) -> Sent:
    call = {"id": 123, "klen_call_id": call_id, "agent_id": 7, "status": "completed", **more}
    body = encoded({"event_type": event, "call": call, "timestamp": at.isoformat()})
    return Sent(body, [_JSON, ("X-Klen-Signature", "nobody outside knows how it is made")], address_secret=secret)


def krosai(
    call_id: str,
    *,
    at: datetime,
    event: str = "call.completed",
    secret: str = SECRET,
    delivery: str | None = None,
    **more: Any,
) -> Sent:
    data = {"call_id": call_id, "direction": "inbound", **more}
    evt = delivery or f"evt_{call_id}_{event}"
    body = encoded({"id": evt, "event": event, "timestamp": at.isoformat(), "data": data})
    return Sent(body, [_JSON, ("X-Webhook-Signature", f"sha256={hexdigest(secret, body)}")])


SENDERS: dict[str, Sender] = {"kaicalls": kaicalls, "klen": klen, "krosai": krosai}


def encoded(said: Any) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode()


def hexdigest(secret: str, content: bytes) -> str:
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
