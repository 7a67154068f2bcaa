"""Reading mapping files: every fault has a place, a code and words that help."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector.codes import CODES
from connector.errors import InputError
from connector.mapping.load import MappingFileError, find_mapping, in_file_order, load_mapping, read_yaml
from connector.reports import Finding

UNREADABLE = Path("/proc/self/mem")
"""A regular file whose first byte nobody can read."""

GOOD = """\
version: 1
source: reception_ai
defaults: {region: GB}
caller: {number: {from: callerNumber}}
"""


def a_file(folder: Path, content: str | bytes) -> Path:
    path = folder / "m.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def faults_of(path: Path) -> list[str]:
    with pytest.raises(MappingFileError) as raised:
        load_mapping(path)
    assert all(finding.code in CODES for finding in raised.value.findings)
    return [
        f"{finding.where.removeprefix(str(path))} {finding.code} {finding.message}" for finding in raised.value.findings
    ]


def test_a_good_file_is_read(tmp_path):
    document = load_mapping(a_file(tmp_path, GOOD)).document
    assert (document.source, document.defaults.region, document.defaults.timezone) == ("reception_ai", "GB", "UTC")


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n").encode(), GOOD.replace("\n", "\r").encode()],
)
def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path, content):
    assert load_mapping(a_file(tmp_path, content)).document.version == 1


def test_places_are_right_with_windows_line_ends(tmp_path):
    content = (GOOD + "colour: red\n").replace("\n", "\r\n")
    assert faults_of(a_file(tmp_path, content))[0].startswith(":5:1 E411 unknown key `colour`")


def test_each_value_and_key_has_its_place(tmp_path):
    document = read_yaml(a_file(tmp_path, "a: {b: [one, 'two'], c: ~}\ndd:\n  - e: three\n"))
    assert document.values_at == {
        (): (1, 1, 0),
        ("a",): (1, 4, 3),
        ("a", "b"): (1, 8, 7),
        ("a", "b", 0): (1, 9, 8),
        ("a", "b", 1): (1, 14, 13),
        ("a", "c"): (1, 25, 24),
        ("dd",): (3, 3, 33),
        ("dd", 0): (3, 5, 35),
        ("dd", 0, "e"): (3, 8, 38),
    }
    assert document.keys_at == {
        ("a",): (1, 1, 0),
        ("a", "b"): (1, 5, 4),
        ("a", "c"): (1, 22, 21),
        ("dd",): (2, 1, 27),
        ("dd", 0, "e"): (3, 5, 35),
    }
    file = str(document.path)
    assert document.where(("dd", 0, "e")) == f"{file}:3:8"
    assert document.where(("dd", 0, "e"), key=True) == f"{file}:3:5"
    assert document.where(("dd", 0), key=True) == f"{file}:3:5"
    assert document.where(("dd", 0, "f", "g")) == f"{file}:3:5"
    assert document.where(("x",)) == f"{file}:1:1"
    assert document.where_within(("a", "b", 1), "two", 2) == f"{file}:1:17"
    assert document.where_within(("dd", 0, "e"), "three", 0) == f"{file}:3:8"
    assert document.where_within(("dd", 0, "e"), "written otherwise", 3) == f"{file}:3:8"
    assert document.where_within(("dd", 0, "f"), "three", 3) == f"{file}:3:5"


def test_a_place_in_a_text_is_its_own_and_not_that_of_its_like(tmp_path):
    document = read_yaml(a_file(tmp_path, '\na: one\nb: one\nc: "o\\u006ee"\nd: one\n'))
    places = [document.where_within((key,), "one", 1) for key in "abcd"]
    assert [place.removeprefix(str(document.path)) for place in places] == [":2:5", ":3:5", ":4:4", ":5:5"]


NOT_EVERYDAY = """\
a: {b: [1, 'two', "th\\u00e9 😀"], d: ~}   # 😀 before the marks
'é': |
  two
  lines 😀
folded: >-
  one
  line
last: no
"""
WRITTEN_FOR_THE_CONNECTOR = sorted(
    path for folder in ("mappings", "docs/cookbook") for path in (Path(__file__).parents[3] / folder).glob("*.yaml")
)


@pytest.mark.parametrize("path", [*WRITTEN_FOR_THE_CONNECTOR, None], ids=lambda path: path.name if path else "odd")
def test_with_libyaml_and_without_it_the_same_is_read(tmp_path, monkeypatch, path):
    path = path or a_file(tmp_path, NOT_EVERYDAY)
    with_libyaml = read_yaml(path)
    monkeypatch.setattr("yaml.__with_libyaml__", 0)
    without = read_yaml(path)
    for part in ("value", "findings", "values_at", "keys_at", "ends_at"):
        assert getattr(with_libyaml, part) == getattr(without, part)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("no", "no"),
        ("off", "off"),
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("12:30:00", "12:30:00"),
        ("0123", "0123"),
        ("+14155550100", "+14155550100"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("2026-04-22T10:14:07Z", "2026-04-22T10:14:07Z"),
        ("2026-04-22", "2026-04-22"),
        ("9" * 30, "9" * 30),
        ("9" * 19, "9" * 19),
        ("9" * 18, 999_999_999_999_999_999),
        ("TRUE", True),
        ("FALSE", False),
        ("Null", None),
        ("", None),
        ("none", "none"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("42", 42),
        ("-7", -7),
        ("1.50", 1.5),
        ("1.5e3", 1500.0),
        ('"42"', "42"),
        ("'true'", "true"),
        ('""', ""),
    ],
)
def test_scalars_are_texts_unless_they_are_plainly_something_else(tmp_path, said, read):
    value = read_yaml(a_file(tmp_path, f"a: {said}\n")).value["a"]
    assert value == read
    assert type(value) is type(read)


def test_keys_are_texts(tmp_path):
    assert read_yaml(a_file(tmp_path, "1: a\ntrue: b\nno: c\n")).value == {"1": "a", "true": "b", "no": "c"}


NO_VERSION = ":1:1 E407 there is no `version`; write `version: 1` at the top"


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        pytest.param("", [":1:1 E406 the file is empty"], id="empty"),
        pytest.param("# only words\n", [":1:1 E406 the file is empty"], id="only comments"),
        pytest.param("- a\n", [":1:1 E406 a mapping begins with `version: 1`"], id="a list at the top"),
        pytest.param("just words\n", [":1:1 E406 a mapping begins with `version: 1`"], id="a text at the top"),
        pytest.param("source: x\n", [NO_VERSION], id="no version"),
        pytest.param(
            "version: 2\n",
            [":1:10 E407 version 2 is not known to this version of the connector; write `version: 1`"],
            id="another version",
        ),
        pytest.param(
            'version: "1"\n',
            [":1:10 E407 the version is a number; write `version: 1`, without quotes"],
            id="a version in quotes",
        ),
        pytest.param("version: false\n", [":1:10 E407 this version is not known; write `version: 1`"], id="false"),
        pytest.param(
            "version: true\n", [":1:10 E407 this version is not known; write `version: 1`"], id="a version that is none"
        ),
        pytest.param(
            "version: 1\na:\n\tb: 2\n", [":3:1 E402 not YAML: found a tab that cannot start any token"], id="tab"
        ),
        pytest.param(
            "a: [1, 2\n", [":2:1 E402 not YAML: expected ',' or ']', but got '<stream end>'"], id="an open bracket"
        ),
        pytest.param('a: "x\n', [":2:1 E402 not YAML: found unexpected end of stream"], id="an open quote"),
        pytest.param(b"a: \xff\xfe\n", [":1:4 E402 the file holds bytes that are no UTF-8 text"], id="bytes"),
        pytest.param(
            b"ok: 1\nb: \xc3(\n", [":2:4 E402 the file holds bytes that are no UTF-8 text"], id="bytes further down"
        ),
        pytest.param(
            b"\na: 1\n\nb: \xff\n",
            [":4:4 E402 the file holds bytes that are no UTF-8 text"],
            id="bytes after blank lines",
        ),
        pytest.param(
            b"\n\xff\n", [":2:1 E402 the file holds bytes that are no UTF-8 text"], id="bytes in a second line"
        ),
        pytest.param("a: b\x00c\n", [":1:1 E402 not YAML: special characters are not allowed"], id="NUL"),
        pytest.param(
            "a: &x 1\nb: *x\n", [":1:4 E403 an anchor (&x)", ":2:4 E403 an alias (*x)", NO_VERSION], id="anchor"
        ),
        pytest.param("a: *x\n", [":1:4 E403 an alias (*x)", NO_VERSION], id="alias"),
        pytest.param("a: !!str 1\n", [":1:4 E403 a tag (tag:yaml.org,2002:str)", NO_VERSION], id="tag"),
        pytest.param(
            "a: !!python/object:os.system ls\n",
            [":1:4 E403 a tag (tag:yaml.org,2002:python/object:os.system)", NO_VERSION],
            id="python tag",
        ),
        pytest.param("a: 1\n---\nb: 2\n", [":2:1 E403 a second document begins here", NO_VERSION], id="two documents"),
        pytest.param("? [a]\n: 1\n", [":1:3 E403 a key that is no plain word"], id="a list as key"),
        pytest.param("&x a: 1\n", [":1:1 E403 a key that is no plain word"], id="an anchor at a key"),
        pytest.param("!!str a: 1\n", [":1:1 E403 a key that is no plain word"], id="a tag at a key"),
        pytest.param("a: 1\nb: 2\na: 3\n", [":3:1 E404 `a` stands here a second time", NO_VERSION], id="duplicate key"),
        pytest.param("a: " + "[" * 20, [":1:23 E405 more than 20 levels"], id="too deep"),
        pytest.param("[" * 100_000, [":1:21 E405 more than 20 levels"], id="far too deep"),
    ],
)
def test_what_is_no_mapping_is_refused_with_a_place(tmp_path, content, faults):
    assert faults_of(a_file(tmp_path, content)) == faults


def test_a_bomb_of_aliases_is_refused(tmp_path):
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30)]
    faults = faults_of(a_file(tmp_path, "\n".join(lines)))
    assert faults[0] == ":1:5 E403 an anchor (&a0)"


def test_a_large_file_is_not_read_to_its_end(tmp_path):
    assert faults_of(a_file(tmp_path, b"#" * (10 * 1024 * 1024))) == [":1:1 E405 the file is larger than 256 KiB"]


def test_a_file_may_be_as_large_as_it_says(tmp_path):
    padding = b"#" * (256 * 1024 - len(GOOD))
    assert load_mapping(a_file(tmp_path, GOOD.encode() + padding)).document.version == 1
    assert faults_of(a_file(tmp_path, GOOD.encode() + padding + b"#")) == [":1:1 E405 the file is larger than 256 KiB"]


def test_values_may_be_as_deep_as_it_says(tmp_path):
    value: object = read_yaml(a_file(tmp_path, "a: " + "[" * 19 + "]" * 19)).value
    assert str(value) == "{'a': " + "[" * 19 + "]" * 19 + "}"


def test_what_is_no_file_is_refused(tmp_path):
    missing, endless = tmp_path / "missing.yaml", tmp_path / "zero.yaml"
    endless.symlink_to("/dev/zero")
    assert faults_of(tmp_path) == [f" E401 {tmp_path} is not a regular file"]
    assert faults_of(missing) == [f" E401 {missing} is not there"]
    assert faults_of(endless) == [f" E401 {endless} is not a regular file"]


@pytest.mark.skipif(not UNREADABLE.is_file(), reason="no file here that nobody may read, the superuser included")
def test_a_file_that_cannot_be_read_is_refused():
    assert faults_of(UNREADABLE) == [f" E401 {UNREADABLE} cannot be read: Input/output error"]


@pytest.mark.parametrize(
    "secret",
    [
        "pat-na1-11111111-2222-3333-4444-555555555555",
        "pat-eu1-aaaaaaaa-bbbb",
        "krai_s3cretsecret",
        "kc_live_abcdef123456",
        "klen_abcdef123456",
        "kros_live_abcdef",
        "Bearer abcdefghijklmnop",
        "sk-abcdefghijklmnop1234",
    ],
)
def test_secrets_are_refused_and_not_repeated(tmp_path, secret):
    faults = faults_of(a_file(tmp_path, GOOD + f'owner: {{default: "{secret}"}}\n'))
    assert faults == [":5:18 E408 this looks like a secret"]
    assert secret not in repr(faults)


@pytest.mark.parametrize("word", ["klen_call_id", "patience", "pat", "krai", "the bearer", "task-list"])
def test_words_that_only_resemble_secrets_are_fine(tmp_path, word):
    assert load_mapping(a_file(tmp_path, GOOD + f"owner: {{default: {word}}}\n")).document.owner.default == word


def test_all_faults_of_a_file_are_told_from_top_to_bottom(tmp_path):
    content = """\
version: 1
source: reception_ay
defaults: {region: gb}
caller:
  nam: {from: callerName}
  number: {from: a, value: 3}
contact:
  propertys: {}
  properties:
    x: {form: a}
    y: [{value: a, write: alway}]
    Upper: {value: 3}
call:
  transcript: inlined
  properties:
    t: {from: x, transform: {a: 1, b: 2}}
    v: {value: [1]}
    w: {from: [a, 3]}
    w: {value: krai_secretsecret}
records: [{name: A b, object: tasks}]
"""
    expected = [
        ":2:9 E412 `reception_ay` is not known (did you mean reception_ai?); one of reception_ai,",
        ":3:20 E412 a two-letter country code in capitals is expected, such as GB",
        ":5:3 E411 unknown key `nam` (did you mean name?); known here: email, name, number",
        ":6:11 E412 exactly one of from, value, template, first: there are from and value",
        ":8:3 E411 unknown key `propertys` (did you mean properties?)",
        ":10:9 E411 unknown key `form` (did you mean from?)",
        ":11:27 E412 `alway` is not known (did you mean always?)",
        ":12:5 E412 a property's internal name is expected",
        ":14:15 E412 `inlined` is not known (did you mean inline?); one of none, inline, note is expected",
        ":16:29 E412 a transform has one name; make a list for several transforms",
        ":17:16 E412 a text, a number, true or false is expected",
        ":18:19 E412 a text is expected (put quotes around it)",
        ":19:5 E404 `w` stands here a second time",
        ":19:16 E408 this looks like a secret",
        ":20:11 E413 `properties` is missing",
        ":20:18 E412 a short name in lower case is expected",
    ]
    faults = faults_of(a_file(tmp_path, content))
    assert len(faults) == len(expected)
    for fault, beginning in zip(faults, expected, strict=True):
        assert fault.startswith(beginning)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("rules: {}", ":5:8 E412 a list is expected"),
        ("contact: []", ":5:10 E412 keys with values are expected"),
        ("contact: {properties: {a: {}}}", "exactly one of from, value, template, first: none of them is there"),
        ("contact: {properties: {a: []}}", ":5:27 E412 this must not be empty"),
        ("contact: {properties: {a: text}}", ":5:27 E412 keys with values are expected"),
        ('contact: {properties: {a: {from: ""}}}', "E412 this must not be empty"),
        ("defaults: {region: GB}", "E404"),
        ("own_numbers: [442079460000]", "E412 a text is expected (put quotes around it)"),
        ("callers: {}", "E411 unknown key `callers` (did you mean caller?)"),
        ("zzz: {}", "E411 unknown key `zzz`; known here: call, caller"),
        ("tables: {a b: {x: y}}", "E412 a name of letters, digits and _ is expected"),
        ("rules: [{when: x, unknown_caller: holdd}]", "(did you mean hold?)"),
        ("records: [{name: a, object: tasks, properties: {a: {value: 1}}, associate: [contacts]}]", "mean contact?"),
    ],
)
def test_faults_of_form(tmp_path, line, fault):
    assert any(fault in found for found in faults_of(a_file(tmp_path, f"{GOOD}{line}\n")))


@pytest.mark.parametrize(
    ("hours", "fault"),
    [
        ('{from: "9:00"}', 'a time such as "09:00" is expected'),
        ('{to: "25:00"}', 'a time such as "17:30" is expected'),
        ('{from: "18:00", to: "17:00"}', "`from` must be earlier than `to`"),
        ("{days: [monday]}", "`monday` is not known (did you mean mon?)"),
        ("{holidays: [2026-02-30]}", "a date such as 2026-12-25 is expected"),
    ],
)
def test_faults_of_business_hours(tmp_path, hours, fault):
    content = GOOD.replace("{region: GB}", f"{{region: GB, business_hours: {hours}}}")
    assert any(fault in found for found in faults_of(a_file(tmp_path, content)))


def test_the_first_fault_is_the_errors_own():
    findings = [Finding(where=f"m.yaml:{line}:1", code="E402", message="not YAML", fix="mend it") for line in (3, 4)]
    error = MappingFileError(findings)
    assert (error.code, error.message, error.where, error.fix) == ("E402", "not YAML", "m.yaml:3:1", "mend it")
    assert error.findings == tuple(findings)


def test_the_mapping_is_looked_up_where_the_interface_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    packaged = find_mapping("reception_ai", None)
    assert packaged.is_absolute()
    assert packaged.name == "reception_ai.yaml"
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "reception_ai.yaml").write_text(GOOD)
    assert find_mapping("reception_ai", None) == Path("mappings/reception_ai.yaml")
    own = a_file(tmp_path, GOOD)
    assert find_mapping("reception_ai", own) == own


@pytest.mark.parametrize(("source", "configured"), [("nobody", None), ("reception_ai", Path("missing.yaml"))])
def test_a_mapping_that_is_not_there_is_a_coded_failure(tmp_path, monkeypatch, source, configured):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as raised:
        find_mapping(source, configured)
    looked_at = str(configured or Path("mappings") / f"{source}.yaml")
    assert raised.value.code == "E401"
    assert (raised.value.message, raised.value.where) == (f"there is no mapping at {looked_at}", looked_at)


def test_faults_stand_in_the_order_of_the_file_whatever_its_name():
    places = ["a:b.yaml:10:2", "a:b.yaml:2:30", "a:b.yaml:10:1", "a:b.yaml"]
    ordered = in_file_order([Finding(where=where, code="E413", message="") for where in places])
    assert [finding.where for finding in ordered] == ["a:b.yaml", "a:b.yaml:2:30", "a:b.yaml:10:1", "a:b.yaml:10:2"]
