"""A plan on disk: whole or not there, for one pair of eyes, and read with suspicion."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from connector.errors import InputError
from connector.plans.file import plan_file, read_plan
from tests.unit.plans.samples import NOW, a_plan


def write(path: Path, **changes: Any) -> None:
    with plan_file(path) as out:
        out.write(a_plan(**changes))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        read_plan(path, now=NOW)
    assert caught.value.where == str(path)
    return caught.value


def test_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.plan"
    write(path)
    assert read_plan(path, now=NOW) == a_plan()
    assert names(tmp_path) == ["a.plan"]


def test_is_one_json_object_that_says_that_it_holds_personal_data(tmp_path: Path) -> None:
    write(tmp_path / "a.plan")
    said = json.loads((tmp_path / "a.plan").read_text())
    assert (said["kind"], said["format"]) == ("call-connector plan", 1)
    assert "personal data" in said["notice"]


@pytest.mark.skipif(os.name != "posix", reason="modes as POSIX has them")
def test_is_for_this_user_alone_whatever_was_there_before(tmp_path: Path) -> None:
    path = tmp_path / "a.plan"
    path.write_text("an older plan")
    path.chmod(0o666)
    write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_plan(path, now=NOW) == a_plan()


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.plan", tmp_path / "newest.plan"
    path.write_text("an older plan")
    link.symlink_to(path)
    write(link)
    assert link.is_symlink()
    assert read_plan(path, now=NOW) == a_plan()


def test_a_plan_that_is_never_made_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.plan"
    path.write_text("an older plan")
    with pytest.raises(KeyboardInterrupt), plan_file(path):
        raise KeyboardInterrupt
    assert path.read_text() == "an older plan"
    assert names(tmp_path) == ["a.plan"]


def a_folder(at: Path) -> Path:
    (at / "folder").mkdir()
    return at / "folder"


def a_link_to_a_folder(at: Path) -> Path:
    (at / "link").symlink_to(a_folder(at))
    return at / "link"


def a_pipe(at: Path) -> Path:
    os.mkfifo(at / "pipe")
    return at / "pipe"


def a_loop(at: Path) -> Path:
    (at / "loop").symlink_to(at / "loop")
    return at / "loop"


@pytest.mark.skipif(os.name != "posix", reason="files as POSIX has them")
@pytest.mark.parametrize(
    ("make", "why"),
    [
        pytest.param(a_folder, "it is a folder", id="folder"),
        pytest.param(a_link_to_a_folder, "it is a folder", id="link to a folder"),
        pytest.param(lambda at: at / "nowhere" / "a.plan", "No such file or directory", id="no such folder"),
        pytest.param(lambda at: Path("/proc/version/a.plan"), "", id="inside a file"),
        pytest.param(lambda at: Path("/dev/null"), "no ordinary file", id="device"),
        pytest.param(a_pipe, "no ordinary file", id="pipe"),
        pytest.param(a_loop, "", id="a link to itself"),
        pytest.param(lambda at: at / "a\0b", "makes no sense", id="NUL"),
        pytest.param(lambda at: at / ("x" * 300), "File name too long", id="too long"),
        pytest.param(lambda at: Path("/proc/a.plan"), "", id="a file system that takes no files"),
    ],
)
def test_a_place_that_cannot_be_written_is_known_before_anything_is_planned(
    tmp_path: Path, make: Callable[[Path], Path], why: str
) -> None:
    path = make(tmp_path)
    before = names(tmp_path)
    with pytest.raises(InputError) as caught, plan_file(path):
        pytest.fail("nothing may be planned")
    assert (caught.value.code, caught.value.exit_code, caught.value.where) == ("E140", 2, str(path))
    assert why in caught.value.message
    assert names(tmp_path) == before


def test_a_full_disk_leaves_the_older_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.plan"
    path.write_text("an older plan")

    def full(descriptor: int, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("connector.plans.file.os.write", full)
    with pytest.raises(InputError, match="No space left on device"):
        write(path)
    assert path.read_text() == "an older plan"
    assert names(tmp_path) == ["a.plan"]


def test_a_write_that_takes_a_part_only_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.write
    monkeypatch.setattr("connector.plans.file.os.write", lambda descriptor, content: whole(descriptor, content[:100]))
    write(tmp_path / "a.plan")
    assert read_plan(tmp_path / "a.plan", now=NOW) == a_plan()


def encoded(**changes: Any) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(a_plan())
    return {**plain, **changes}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "E141", id="empty"),
        pytest.param(b"hello", "E141", id="text"),
        pytest.param(b"\xff\xfe\x00", "E141", id="binary"),
        pytest.param(b"[]", "E141", id="a list"),
        pytest.param(b"null", "E141", id="null"),
        pytest.param(b"{}", "E141", id="no heading"),
        pytest.param(b"[" * 100_000, "E141", id="nested without end"),
        pytest.param(json.dumps(encoded()).encode()[:-200], "E141", id="cut off"),
        pytest.param(json.dumps(encoded(kind="terraform plan")).encode(), "E141", id="somebody else's"),
        pytest.param(json.dumps(encoded(format="1")).encode(), "E141", id="format as text"),
        pytest.param(json.dumps(encoded(format=2)).encode(), "E142", id="newer format"),
        pytest.param(json.dumps({"kind": "call-connector plan", "format": 99}).encode(), "E142", id="much newer"),
        pytest.param(json.dumps({"kind": "call-connector plan", "format": 1}).encode(), "E141", id="a heading alone"),
        pytest.param(json.dumps(encoded(calls=7)).encode(), "E141", id="another type"),
        pytest.param(json.dumps(encoded(writes=[{"operation": "delete"}])).encode(), "E141", id="unknown operation"),
        pytest.param(json.dumps(encoded(created_at="today")).encode(), "E141", id="no time"),
        pytest.param(json.dumps(encoded(created_at="2026-11-20T12:00:00")).encode(), "E141", id="a time without zone"),
    ],
)
def test_what_is_no_plan(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.plan"
    path.write_bytes(content)
    error = refused(path)
    assert (error.code, error.exit_code) == (code, 2)
    assert "Jane" not in error.message


@pytest.mark.skipif(os.name != "posix", reason="files as POSIX has them")
@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(lambda at: at / "nothing", "E107", id="missing"),
        pytest.param(a_folder, "E141", id="folder"),
        pytest.param(lambda at: Path("/dev/zero"), "E141", id="a device without end"),
        pytest.param(a_pipe, "E141", id="a pipe that nobody fills"),
        pytest.param(a_loop, "E141", id="a link to itself"),
        pytest.param(lambda at: at / "a\0b", "E141", id="NUL"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, make: Callable[[Path], Path], code: str) -> None:
    assert refused(make(tmp_path)).code == code


@pytest.mark.parametrize(
    ("age", "is_taken"),
    [
        pytest.param(timedelta(hours=24), True, id="a day"),
        pytest.param(timedelta(hours=24, seconds=1), False, id="more than a day"),
        pytest.param(timedelta(seconds=-1), True, id="a clock that differs a little"),
        pytest.param(timedelta(days=-2), False, id="from the day after tomorrow"),
    ],
)
def test_a_plan_lives_a_day(tmp_path: Path, age: timedelta, is_taken: bool) -> None:
    path = tmp_path / "a.plan"
    write(path, created_at=NOW - age)
    if is_taken:
        assert read_plan(path, now=NOW).created_at == NOW - age
    else:
        assert refused(path).code == "E143"
