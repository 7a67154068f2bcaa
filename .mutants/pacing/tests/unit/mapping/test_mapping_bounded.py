"""What a caller says may be meant to hang us: every transform is done with it in time that grows with its length."""

from __future__ import annotations

import contextlib
import time

import pytest

from connector.mapping import email, names, phone
from connector.mapping.hours import business_hours
from connector.mapping.text import Unreadable
from connector.mapping.transforms import TRANSFORMS, Context

LENGTH = 20_000
SECONDS_MAX = 1.0
"""Most take a few milliseconds; what grows with the square of the length takes many seconds."""

PIECES = (
    *("a", "a@", "a ", "a.", "+1 ", "1", "1-", "1,", "(", "\n", " ", "'", "T", "2026-01-01T", "at dot ", "mr. "),
    *("<", "<a ", "</a ", "<!--", "<!-- -->", "<?", "<![CDATA[", "<a='", "<script>", "<b>", "&", "&#1", "&#x", "/*"),
    *("\u200d", "e\u0301", "sip:", "tel:+", "https://a.", "=?", "{{", "\\"),
)
TEXTS = [piece * (LENGTH // len(piece)) for piece in PIECES]
ENDS = [" " * LENGTH + "!", "<a " + " b=" * LENGTH + ">", "<a" + " " * LENGTH + ">", "a@" + "a." * LENGTH + "1"]

ARGUMENTS = {"truncate": 120, "join": "; ", "business_hours": {"after": "1h"}}
CONTEXT = Context(
    region="GB",
    timezone="Europe/London",
    hours=business_hours(days=["mon"], opens="09:00", closes="17:00", holidays=[], timezone="Europe/London"),
)


def seconds(read, text):
    began = time.process_time()
    with contextlib.suppress(Unreadable):
        read(text)
    return time.process_time() - began


def slow(read):
    took = {text[:20]: seconds(read, text) for text in (*TEXTS, *ENDS)}
    return {text: each for text, each in took.items() if each > SECONDS_MAX}


@pytest.mark.parametrize("name", TRANSFORMS)
def test_transforms(name):
    transform = TRANSFORMS[name]
    argument = transform.read_argument(ARGUMENTS.get(name))
    assert slow(lambda text: transform.apply(text, argument, CONTEXT)) == {}


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(phone.is_withheld, id="a withheld number"),
        pytest.param(lambda text: phone.read_number(text, "GB"), id="a number"),
        pytest.param(email.read_email, id="an address"),
        pytest.param(names.clean_name, id="a name"),
    ],
)
def test_what_is_read_of_every_caller(read):
    assert slow(read) == {}
