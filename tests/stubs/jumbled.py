"""A platform whose list keeps no order and names calls twice."""

from __future__ import annotations

from random import Random

import httpx
import msgspec


class Jumbled(httpx.BaseTransport):
    """Hands the platform's list on, shuffled and with some of its calls twice; everything else as it is."""

    def __init__(self, inner: httpx.BaseTransport, *, seed: int) -> None:
        self._inner = inner
        self._seed = seed

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(request)
        if not request.url.path.endswith("/reception_ai/calls") or answer.status_code != httpx.codes.OK:
            return answer
        luck = Random(self._seed)
        calls = msgspec.json.decode(answer.read())
        calls += luck.sample(calls, len(calls) // 3)
        luck.shuffle(calls)
        return httpx.Response(httpx.codes.OK, content=msgspec.json.encode(calls), request=request)
