"""The sandbox's memory between two runs."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import msgspec
import pytest

from connector.sandbox.keeper import FILE_NAME, Hold, InUseError, Keeper, load
from connector.sandbox.site import Sandbox


def test_nothing_kept_is_none(tmp_path: Path) -> None:
    assert load(tmp_path) is None


def test_a_change_while_it_pauses_is_kept_at_close(tmp_path: Path) -> None:
    written = threading.Event()
    state: dict[str, Any] = {"value": 1}

    def dump() -> dict[str, Any]:
        written.set()
        return dict(state)

    keeper = Keeper(tmp_path, dump)
    keeper.changed()
    assert written.wait(10)
    state["value"] = 2
    keeper.changed()
    keeper.close()
    kept = load(tmp_path)
    assert kept is not None
    assert kept["value"] == 2


def test_a_failed_write_leaves_the_former_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE_NAME).write_bytes(msgspec.json.encode({"version": 1, "value": 1}))
    # As a full disk would, in the middle of the file.
    monkeypatch.setattr("connector.sandbox.keeper.os.fsync", _full)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    keeper = Keeper(tmp_path, lambda: {"value": 2})
    keeper.close()
    kept = load(tmp_path)
    assert kept is not None
    assert kept["value"] == 1


def test_one_at_a_time(tmp_path: Path) -> None:
    first = Hold(tmp_path / "state")
    with pytest.raises(InUseError, match="another sandbox uses"):
        Hold(tmp_path / "state")
    first.release()
    Hold(tmp_path / "state").release()


def test_a_sandbox_that_cannot_begin_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{")
    with pytest.raises(ValueError, match="not a sandbox's state"):
        Sandbox(state=tmp_path)
    Hold(tmp_path).release()


def test_a_sandbox_holds_its_state_until_it_is_closed(tmp_path: Path) -> None:
    with Sandbox(state=tmp_path, calls=0), pytest.raises(InUseError):
        Sandbox(state=tmp_path, calls=0)
    Sandbox(state=tmp_path, calls=0).close()


def _full(_: int) -> None:
    raise OSError(28, "No space left on device")
