from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from connector.mapping import markup, text
from connector.mapping.text import Unreadable

LIMIT = text.BODY_LENGTH_MAX


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("Jane", "Jane"),
        ("a\x00b\x07c\x7fd\x85e", "abcd\ne"),
        ("line\r\nnext\rlast\ttab", "line\nnext\nlast\ttab"),
        ("half \ud83d", "half \ufffd"),
        ("emoji 😀", "emoji 😀"),
        (True, "true"),
        (False, "false"),
        (12000, "12000"),
        (-3, "-3"),
        (12000.0, "12000"),
        (0.1, "0.1"),
        (1e22, "10000000000000000000000"),
        (1e-7, "0.0000001"),
        (-0.0, "0"),
        (Decimal("1.50"), "1.5"),
        (datetime(2026, 4, 22, 10, 14, 7, tzinfo=UTC), "2026-04-22T10:14:07.000Z"),
        (datetime(2026, 4, 22, 12, 14, 7, 123456, tzinfo=timezone(timedelta(hours=2))), "2026-04-22T10:14:07.123Z"),
    ],
)
def test_as_hubspot(value, expected):
    assert text.as_hubspot(value) == expected


NO_TEXT = "is no text; join it or take one of its fields"


@pytest.mark.parametrize(
    ("value", "note"),
    [
        ([1], f"a list {NO_TEXT}"),
        ((1,), f"a list {NO_TEXT}"),
        ({"a": 1}, f"an object {NO_TEXT}"),
        (object(), f"this {NO_TEXT}"),
        (float("nan"), "it is no finite number"),
        (float("inf"), "it is no finite number"),
        (Decimal("NaN"), "it is no finite number"),
    ],
)
def test_what_hubspot_cannot_store(value, note):
    with pytest.raises(Unreadable) as caught:
        text.as_hubspot(value)
    assert (caught.value.note, str(caught.value)) == (note, note)


def test_a_time_is_written_in_utc_wherever_the_machine_stands(far_from_utc):
    assert text.as_hubspot(datetime(2026, 4, 22, 10, 14, 7, tzinfo=UTC)) == "2026-04-22T10:14:07.000Z"
    assert text.as_hubspot(datetime(2026, 4, 22, 10, 14, 7)) == "2026-04-22T10:14:07.000Z"  # noqa: DTZ001 - without its zone


def test_a_number_of_any_length_is_written():
    assert text.as_hubspot(10**5000) == "1" + "0" * 5000


def test_escaped_html_is_no_markup():
    assert text.escape_html("<img src=x onerror=\"alert('1')\"> & \x00") == (
        "&lt;img src=x onerror=&quot;alert(&#x27;1&#x27;)&quot;&gt; &amp; "
    )


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("plain", "plain"),
        ("a \xa0 b\n\n\n\nc", "a b\n\nc"),
        ("<p>Hello <b>Jane</b></p><p>Bye</p>", "Hello Jane\n\nBye"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<script>alert(1)</script>text<style>p{}</style>", "text"),
        ("Smith &amp; Sons &lt;3 &#39;", "Smith & Sons <3 '"),
        ("1 < 2 & 3", "1 < 2 & 3"),
        ("<p>unclosed", "unclosed"),
        ("<![if x]>text", "text"),
        ("a <![x[ b ]]> &amp; <i>c</i>", "a & c"),
        ("<li>one<li>two", "one\ntwo"),
        ("&#0;&#x202e;\x00a", "\ufffd\u202ea"),
        ("I <3 you <b>and</b> <a <i>x</i>", "I <3 you and <a x"),
        ("a<!-- b < c > d -->e <!-- open", "ae <!-- open"),
    ],
)
def test_plain_text(markup, expected):
    assert text.plain_text(markup) == expected


@pytest.mark.parametrize(
    ("value", "length", "expected"),
    [
        ("Phone call", 10, "Phone call"),
        ("Phone calls", 10, "Phone cal…"),
        ("Phone calls", 7, "Phone…"),
        ("ab", 1, "…"),
        ("Jose\u0301!", 5, "Jos…"),
        ("a👩\u200d👧bc", 4, "a…"),
        ("a👍🏽bc", 3, "a…"),
        ("a👍🏻bc", 3, "a…"),
        ("a👍🏿bc", 3, "a…"),
        ("ao\u20ddbc", 3, "a…"),
        ("aक\u093ebc", 3, "a…"),
        ("a☎\ufe0fbc", 3, "a…"),
        ("z" + "\u0301" * 100, 50, "z" + "\u0301" * 48 + "…"),
    ],
)
def test_truncate(value, length, expected):
    assert text.truncate(value, length) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com/a?b=1&c=2", '<a href="https://example.com/a?b=1&amp;c=2" rel="nofollow">example.com</a>'),
        ("http://EXAMPLE.com:8080/x", '<a href="http://EXAMPLE.com:8080/x" rel="nofollow">example.com</a>'),
        (" https://bücher.example/ ", '<a href="https://bücher.example/" rel="nofollow">xn--bcher-kva.example</a>'),
        (
            "https://example.com/" + "a" * 2028,
            f'<a href="https://example.com/{"a" * 2028}" rel="nofollow">example.com</a>',
        ),
        ("https://[2001:db8::1]/x", '<a href="https://[2001:db8::1]/x" rel="nofollow">2001:db8::1</a>'),
    ],
)
def test_a_safe_link_shows_its_host(url, expected):
    assert text.safe_link(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.com",
        "https://",
        "https:///path",
        "https://jane@evil.example/",
        "https://example.com@evil.example/",
        'https://example.com/"onclick="x',
        "https://example.com/<b>",
        "https://example.com/\\x",
        "https://exa mple.com",
        "https://example.com/\u202e",
        "https://[::1",
        "https://example.com:99999/",
        "https://" + "a" * 70 + ".example/",
        "https://example.com/" + "a" * 2029,
        "//example.com/x",
    ],
)
def test_what_is_no_safe_link(url):
    assert text.safe_link(url) is None


# --- the body ----------------------------------------------------------------------------------------------


def turns(count: int, words: str = "word " * 20) -> str:
    return "\n".join(f"{'Caller' if at % 2 else 'Assistant'}: {at} {words}" for at in range(count))


def test_a_body_that_fits_is_whole():
    assert text.fit_body("<p>Summary</p>", "Assistant: Hello\n\nCaller: <b>I'm</b> & Jane\nand more\n") == (
        "<p>Summary</p><p>Assistant: Hello<br>Caller: &lt;b&gt;I&#x27;m&lt;/b&gt; &amp; Jane<br>and more</p>"
    )


@pytest.mark.parametrize("transcript", ["Caller: Hi", "Caller: Hi\nAssistant: Bye"])
def test_a_body_that_fits_to_the_last_character_is_whole(transcript):
    whole = f"<p>Summary</p><p>{transcript}</p>".replace("\n", "<br>")
    assert text.fit_body("<p>Summary</p>", transcript, len(whole)) == whole
    assert text.fit_body("<p>Summary</p>", transcript, len(whole) - 1) != whole


@pytest.mark.parametrize(("limit", "kept"), [(412, 3), (411, 2)])
def test_turns_are_kept_to_the_last_character(limit, kept):
    body = text.fit_body("", "\n".join(["Caller: " + "x" * 92] * 9), limit)
    assert body.count("Caller: ") == kept
    assert f"[… {9 - kept} turns left out …]" in body


@pytest.mark.parametrize(("first", "limit", "is_begun"), [(396, 1100, True), (496, 1100, False), (496, 1101, False)])
def test_a_huge_turn_is_begun_where_half_of_the_room_is_left(first, limit, is_begun):
    transcript = f"{'x' * first}\n{'y' * 5000}\n{'z' * 5000}"
    body = text.fit_body("", transcript, limit)
    assert body.startswith("<p>" + "x" * first + "<br>")
    assert body.endswith(
        "[… the rest of this turn and 1 turn left out …]</p>" if is_begun else "2 turns left out …]</p>"
    )
    assert len(body) <= limit
    assert not is_begun or len(body) > limit - 60


def test_a_body_without_a_transcript_is_its_head():
    assert text.fit_body("<p>Summary</p>", " \n ") == "<p>Summary</p>"


def test_whole_turns_are_cut_from_the_middle_and_counted():
    body = text.fit_body("<p>Summary</p>", turns(1000))
    assert markup.units(body) <= LIMIT
    assert markup.units(body) > LIMIT - 500
    assert body.startswith("<p>Summary</p><p>Assistant: 0 word")
    assert body.endswith("</p>")
    assert "Caller: 999 word" in body
    lines = body.removeprefix("<p>Summary</p><p>").removesuffix("</p>").split("<br>")
    note = next(line for line in lines if line.startswith("["))
    assert note == f"[… {1000 - (len(lines) - 1)} turns left out …]"
    assert abs(lines.index(note) - len(lines) / 2) < 2


def test_a_turn_is_kept_with_its_further_lines():
    transcript = "\n".join(f"Caller: {at}\nstill {at}\n{'word ' * 20}" for at in range(1000))
    body = text.fit_body("", transcript)
    assert [f"Caller: {at}<br>still {at}<br>" in body for at in range(1000)] == [
        f"Caller: {at}<br>" in body for at in range(1000)
    ]


def test_escaping_counts():
    body = text.fit_body("", turns(200, "<&>" * 200))
    assert markup.units(body) <= LIMIT
    assert "turns left out" in body


def test_astral_characters_count_twice():
    body = text.fit_body("", turns(200, "😀" * 400))
    assert len(body.encode("utf-16-le")) // 2 <= LIMIT
    assert len(body) < LIMIT * 0.6


@pytest.mark.parametrize("character", ["w", "&", "😀", "<"])
def test_one_gigantic_turn_is_cut_between_characters(character):
    body = text.fit_body("<p>Summary</p>", "Caller: " + character * 5_000_000)
    assert LIMIT - 300 < markup.units(body) <= LIMIT
    assert body.endswith("…<br>[… the rest of this turn left out …]</p>")
    kept = body.removeprefix("<p>Summary</p><p>Caller: ").partition("…")[0]
    escaped = text.escape_html(character)
    assert kept == escaped * (len(kept) // len(escaped))


def test_a_gigantic_first_turn_hides_neither_itself_nor_the_end():
    body = text.fit_body("", "Caller: " + "a" * 100_000 + "\nAssistant: Goodbye\nCaller: Bye")
    assert body.startswith("<p>Caller: aaaa")
    assert body.endswith("<br>[… the rest of this turn left out …]<br>Assistant: Goodbye<br>Caller: Bye</p>")
    assert markup.units(body) <= LIMIT


def test_a_gigantic_turn_in_the_middle_is_counted_with_its_neighbours():
    body = text.fit_body("", "Caller: Hi\nAssistant: " + "b" * 100_000 + "\nCaller: " + "c" * 70_000 + "\nCaller: Bye")
    assert "<p>Caller: Hi<br>Assistant: bbbb" in body
    assert body.endswith("<br>[… the rest of this turn and 1 turn left out …]<br>Caller: Bye</p>")


def test_a_head_that_leaves_no_room_is_cut_and_its_tags_closed():
    body = text.fit_body("<p><b>" + "&amp;" * 100_000 + "</b></p>", "Caller: Hi\n" * 3)
    assert markup.units(body) <= LIMIT
    assert body.endswith("&amp;…</b></p><p>[… 3 turns left out …]</p>")


def test_a_long_head_still_says_that_a_transcript_is_missing():
    body = text.fit_body("<p>" + "a" * (LIMIT - 20) + "</p>", turns(10))
    assert markup.units(body) <= LIMIT
    assert "left out" in body


def test_without_speakers_each_line_is_a_turn():
    body = text.fit_body("", "\n".join(f"line {at} " + "x" * 50 for at in range(5000)))
    assert body.startswith("<p>line 0 x")
    assert "turns left out" in body


@pytest.mark.parametrize(
    ("source", "limit", "expected"),
    [
        ("<p>Hello</p>", 100, "<p>Hello</p>"),
        ("<p>Hello world</p>", 12, "<p>Hell…</p>"),
        ("<p>a&amp;b&amp;c</p>", 15, "<p>a&amp;b…</p>"),
        ("<p>a<br>b<i>c</i>d</p>", 18, "<p>a<br>b…</p>"),
        ("<p>Hello</p>", 3, ""),
    ],
)
def test_cut_markup(source, limit, expected):
    assert markup.cut(source, limit) == expected
