"""The command line driven in this process, with an app that answers what a test wants."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from connector.cli.main import run

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class FixedClock:
    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class FakeApp:
    """Every verb answers what was put under its name, or raises it; what it was asked is kept."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        self.settings: Any = None
        self.closed = 0

    def __enter__(self) -> FakeApp:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed += 1

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        if verb not in self.answers:
            raise AttributeError(verb)

        def answer(*arguments: Any, **named: Any) -> Any:
            self.asked.append(
                (verb, arguments, {name: value for name, value in named.items() if name != "on_progress"})
            )
            given = self.answers[verb]
            given = given.pop(0) if isinstance(given, list) and verb == "sync" else given
            if isinstance(given, BaseException):
                raise given
            return given

        return answer


class Ran(NamedTuple):
    code: int
    out: str
    err: str
    app: FakeApp
    clock: FixedClock

    @property
    def json(self) -> Any:
        """What stands on stdout, which must be exactly one JSON object."""
        lines = self.out.splitlines()
        assert len(lines) == 1, self.out
        value = json.loads(lines[0])
        assert isinstance(value, dict)
        return value


@pytest.fixture
def connector(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """`connector("sync", "--json", sync=summary)`: the command line, and what the app's verbs answer."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONNECTOR_LOG_FORMAT", "text")

    def ran(*argv: str, **answers: Any) -> Ran:
        app, clock = FakeApp(answers), FixedClock()

        def open_app(settings: Any, given: Any) -> Any:
            assert given is clock
            app.settings = settings
            return app

        code = run(argv, open_app=open_app, clock=clock)
        out, err = capfd.readouterr()
        return Ran(code, out, err, app, clock)

    return ran


__all__ = ["NOW", "FakeApp", "FixedClock", "Ran"]
