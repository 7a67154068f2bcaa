"""Conditions and templates: what they may see, what they print, and what they cannot do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from connector.errors import RecordError
from connector.mapping.scan import FILTERS, TESTS, Problem
from connector.mapping.template import OUTPUT_LENGTH_MAX, Expressions, examine_condition, examine_template, paths_read
from connector.mapping.view import Caller, View
from connector.model import Call, CallKey

PAYLOAD: dict[str, Any] = {
    "callType": "new_enquiry",
    "outcome": "lead_captured",
    "summary": "Wants <b>50</b> & more",
    "blank": "  ",
    "nothing": None,
    "digits": "12",
    "five": 5,
    "half": 0.5,
    "whole": 3.0,
    "yes": True,
    "call": "not the call",
    "leadData": {
        "name": "Jane Doe",
        "post code": "N1 9GU",
        "items": 3,
        "tags": ["a", "<b>", None, ""],
        "address": {"city": "London", "county": None},
        "people": [{"name": "Ann"}, {"name": "Bob", "keys": "k"}],
    },
}
TABLES = {"titles": {"lead_captured": "New enquiry", "odd": 'a"%}{{ x }}{% if y %} 😀'}, "outcome": {"x": "the table"}}


def a_view(**payload: Any) -> View:
    call = Call(
        key=CallKey("reception_ai", "org", "c1"),
        started_at=datetime(2026, 4, 22, 10, 13, 7, tzinfo=UTC),
        ended_at=datetime(2026, 4, 22, 10, 14, 7, tzinfo=UTC),
        duration_seconds=60,
        payload={**PAYLOAD, **payload},
    )
    return View(
        call=call,
        connection={"name": "main", "source": "reception_ai"},
        caller=Caller(number="+447700900123", name="Jane <i>", masked="+44 77•• •••123"),
        contact={"id": "7", "name": "Jane Doe", "known": False, "city": None, "num_calls": "4"},
    )


def rendered(source: str, kind: Any = "text", tables: Any = None, **payload: Any) -> str:
    expressions = Expressions(timezone="Europe/London", tables=tables if tables is not None else {})
    return expressions.template(source, kind, label="hs_call_title", where="m.yaml:1:1")(a_view(**payload))


def holds(source: str, **payload: Any) -> bool:
    expressions = Expressions(timezone="Europe/London", tables={})
    return expressions.condition(source, label="the rule", where="m.yaml:1:1")(a_view(**payload))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ callType }}/{{ leadData.name }}", "new_enquiry/Jane Doe"),
        ("{{ missing }}{{ nothing }}{{ blank }}{{ leadData.missing.deep }}|", "|"),
        ("{{ blank or 'spare' }}", "spare"),
        ("{% for each in leadData.people %}{{ each.name }}{{ each.missing.deep }} {% endfor %}", "Ann Bob "),
        ("{{ 'a' ~ nothing ~ missing ~ 'b' }}", "ab"),
        ("{{ leadData.\"post code\" }} {{ leadData['post code'] }}", "N1 9GU N1 9GU"),
        ("{{ leadData.tags }}", "a; <b>"),
        ("{{ leadData.tags[1] }}{{ leadData.tags.0 }}", "<b>a"),
        ("{{ leadData.address }}", "city: London"),
        ("{{ leadData.people }}", "name: Ann; name: Bob; keys: k"),
        ("{{ leadData.items }}", "3"),
        ("{{ leadData.keys }}{{ leadData.copy }}{{ leadData.pop }}|", "|"),
        (
            "{% for p in leadData.people %}{{ loop.index }}{{ p.name }}{{ p.keys }}{{ p.values }} {% endfor %}",
            "1Ann 2Bobk ",
        ),
        ("{% for key, value in leadData.address|items %}{{ key }}={{ value }}{% endfor %}", "city=London"),
        ("{% for key in leadData %}{{ key }} {% endfor %}", "name post code items tags address people "),
        ("{{ call.started_at }}", "2026-04-22 11:13"),
        ("{{ call.duration_seconds }} {{ half }} {{ whole }} {{ yes }}", "60 0.5 3 true"),
        ("{{ call.caller_masked }} {{ caller.name }} {{ connection.name }}", "+44 77•• •••123 Jane <i> main"),
        ("{{ crm.contact.name }} {{ crm.contact.known }} {{ crm.contact.city }}|", "Jane Doe false |"),
        ("{{ source.call }} {{ source.leadData.name }}", "not the call Jane Doe"),
        ("{{ crm.contact }}{{ crm.contact.name.deep }}", "id: 7; name: Jane Doe; known: false; num_calls: 4"),
        ("{{ call }}{{ caller }}{{ crm }}|", "|"),
        ("{{ leadData.tags|length }} {{ missing|length }} {{ leadData.tags|join('+') }}", "2 0 a+<b>"),
        ("{{ missing|first }}{{ missing|last }}{{ missing|round }}{{ missing|upper }}{{ missing|join }}|", "|"),
        ("{{ leadData.tags|first }} {{ leadData.tags|last }} {{ half|round }} {{ 2.346|round(2) }}", "a <b> 0 2.35"),
        ("{{ leadData.name|split|last }} {{ leadData.name|upper|replace('A', '4') }}", "Doe J4NE DOE"),
        ("{{ digits|int + 1 }} {{ callType|title }} {{ missing|default('d') }}", "13 New_enquiry d"),
        ("{% set who = leadData.name %}{{ who }} {{ who.name }}|", "Jane Doe |"),
        ("{% with a = five, b = digits %}{{ a }}-{{ b }}{% endwith %}", "5-12"),
        ("{% if five > 3 %}more{% elif five %}some{% else %}none{% endif %}", "more"),
        ("a {#- a comment {{ x }} -#} b", "ab"),
        ("{{- callType -}}  x", "new_enquiryx"),
        ("{{ {'a': {'b': 1}}['a'] }}", "b: 1"),
        ("{{ 'x' if five >= 5 else 'y' }}", "x"),
        ("{% for i in range(3) if i < 2 %}{{ i }}{% endfor %}", "01"),
    ],
)
def test_what_templates_print(source, text):
    assert rendered(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ titles[outcome] or 'Call' }}", "Call"),
        ("{{ titles[source.outcome] or 'Call' }}", "New enquiry"),
        ("{{ titles['keys'] or titles.pop or 'Call' }}", "Call"),
        ("{{ titles.odd }}|{{ titles['odd'] }}", 'a"%}{{ x }}{% if y %} 😀|a"%}{{ x }}{% if y %} 😀'),
        ("{% for key in titles %}{{ titles[key] }};{% endfor %}", 'New enquiry;a"%}{{ x }}{% if y %} 😀;'),
        ("{{ titles[callType] }}{{ outcome.x }}", "the table"),
        ("{% for key in titles %}{{ key }} {% endfor %}", "lead_captured odd "),
        (
            "{% for key in titles %}{{ key }} {% endfor %}{% for key in outcome %}{{ key }}{% endfor %}",
            "lead_captured odd x",
        ),
    ],
)
def test_tables_win_over_fields_and_hold_only_their_entries(source, text):
    assert rendered(source, tables=TABLES) == text


def test_html_escapes_everything_that_is_inserted():
    source = "<p>{{ summary }}</p>{% set x %}<i>{{ caller.name }}</i>{% endset %}{{ x }}{{ '<br>' }}{{ leadData.tags }}"
    assert rendered(source, "html") == (
        "<p>Wants &lt;b&gt;50&lt;&#x2f;b&gt; &amp; more</p><i>Jane &lt;i&gt;</i>&lt;br&gt;a; &lt;b&gt;"
    )
    assert rendered("{{ summary|replace('<', '<script>') }}", "html").count("<") == 0


@pytest.mark.parametrize(
    ("source", "is_true"),
    [
        ('callType == "new_enquiry"', True),
        ('callType in ["new_enquiry", "referral"] and (caller.name or caller.email)', True),
        ("not (caller.name or caller.email or caller.number)", False),
        ("missing", False),
        ("nothing", False),
        ("blank", False),
        ("leadData", True),
        ("leadData.tags", True),
        ("missing.deep.er", False),
        ("missing is none and nothing is none", True),
        ("missing is defined or nothing is defined or blank is defined", False),
        ("callType is defined", True),
        ("'x' in missing", False),
        ("'50' in summary", True),
        ("'name' in leadData and 'zip' not in leadData", True),
        ("leadData.tags|length > 1", True),
        ("crm.contact.known", False),
        ("call.duration_seconds < 61 and call.duration_seconds > 59", True),
        ("yes\nand five", True),
        ("five is divisibleby(5) and half is divisibleby(0.25)", True),
        ("five is divisibleby(2)", False),
        ("five is divisibleby(0) or half is divisibleby(0.0)", False),
        ("five is divisibleby(missing) or missing is divisibleby(5)", False),
        ("five is divisibleby('5') or digits is divisibleby(2)", False),
    ],
)
def test_conditions(source, is_true):
    assert holds(source) is is_true


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
@pytest.mark.parametrize("blank", ["missing", "nothing", "blank", "leadData.missing", '""'])
def test_comparing_order_with_a_blank_is_false(operator, blank):
    assert holds(f"{blank} {operator} 3") is False
    assert holds(f"3 {operator} {blank}") is False
    assert holds(f"not {blank} {operator} 3") is True


@pytest.mark.parametrize(
    ("source", "is_true"),
    [
        ("five < 6", True),
        ("five <= 5 and five >= 5", True),
        ("digits > 5", True),
        ("digits > five", True),
        ("crm.contact.num_calls < 10", True),
        ("half < 1", True),
        ("'a' < 'b'", True),
        ("call.started_at < call.ended_at", True),
        ("call.started_at > '2026-01-01T00:00:00Z'", True),
        ("(five + 1) * 2 > 11 and not five > 5", True),
        ("[five, 9][1] > 8", True),
        ("(five < 9) == true", True),
    ],
)
def test_order(source, is_true):
    assert holds(source) is is_true


UNLIKE = "failed: values of different kinds cannot be compared"
UNFIT = "failed: an operation does not fit its values"
TOO_LONG = "made more than 1048576 characters"


@pytest.mark.parametrize(
    ("source", "code", "what"),
    [
        ("{{ summary < 3 }}", "E441", UNLIKE),
        ("{{ yes < 'a' }}", "E441", UNLIKE),
        ("{{ call.started_at < 'noon' }}", "E441", UNLIKE),
        ("{{ call.started_at < '2026-01-01' }}", "E441", UNLIKE),
        ("{{ leadData < 3 }}", "E441", UNLIKE),
        ("{{ 'NaN' < 3 }}", "E441", UNLIKE),
        ("{{ five / 0 }}", "E441", UNFIT),
        ("{{ summary + 1 }}", "E441", UNFIT),
        ("{{ 'a' * 100000000 }}", "E442", TOO_LONG),
        ("{{ range(10000000) }}", "E441", UNFIT),
        ("{% for a, b in leadData.tags %}{% endfor %}", "E441", "failed: a list does not hold what is taken from it"),
        ("{{ summary|replace }}", "E441", "failed: a filter lacks an argument"),
        ("{{ summary|upper(1) }}", "E441", "failed: a filter has too many arguments"),
        ("{% for i in range(9000) %}{{ i }}{% endfor %}", "E442", "took more than 20000 steps"),
        ("{% for i in range(20) %}{{ large }}{% endfor %}", "E442", TOO_LONG),
    ],
)
def test_what_fails_for_a_call_is_a_coded_failure_without_values(source, code, what):
    with pytest.raises(RecordError) as raised:
        rendered(source, large="x" * (OUTPUT_LENGTH_MAX // 10))
    error = raised.value
    assert (error.code, error.where, error.message) == (code, "m.yaml:1:1", f"the template of hs_call_title {what}")


def test_a_condition_that_fails_says_whose_it_is():
    with pytest.raises(RecordError) as raised:
        holds("summary < 3")
    error = raised.value
    assert (error.code, error.where, error.message) == ("E441", "m.yaml:1:1", f"the condition of the rule {UNLIKE}")


def test_what_one_template_put_out_does_not_count_for_the_next():
    for _ in range(3):
        assert len(rendered("{{ large }}", large="x" * (OUTPUT_LENGTH_MAX - 1))) == OUTPUT_LENGTH_MAX - 1


NO_FILTER = "the filter `%s` cannot be used%s; there are " + ", ".join(FILTERS)
NO_TEST = "the test `%s` cannot be used%s; there are " + ", ".join(TESTS)
NO_CALL = "`.%s(…)` cannot be called; use a filter or a transform"
NO_NONE = "nothing is equal to none; write `not x`, or `x is none`"


@pytest.mark.parametrize(
    ("source", "problems"),
    [
        ("{{ summary|safe }}", [(11, NO_FILTER % ("safe", ""))]),
        ("{{ [summary]|map('safe')|list }}", [(13, NO_FILTER % ("map", ""))]),
        ("{% if a %}{{ (summary ~ '')|safe }}{% endif %}", [(28, NO_FILTER % ("safe", ""))]),
        (
            "{% if x %}{% autoescape false %}{{ summary }}{% endautoescape %}{% endif %}",
            [(13, "`autoescape` cannot be used"), (48, "`endautoescape` cannot be used")],
        ),
        (
            "{% filter safe %}{{ summary }}{% endfilter %}",
            [(3, "`filter` cannot be used"), (33, "`endfilter` cannot be used (did you mean endfor?)")],
        ),
        ("{% macro m() %}{% endmacro %}", [(3, "`macro` cannot be used"), (18, "`endmacro` cannot be used")]),
        ("{% include 'x' %}", [(3, "`include` cannot be used")]),
        ("{% import 'x' as y %}", [(3, "`import` cannot be used")]),
        ("{% extends 'x' %}", [(3, "`extends` cannot be used (did you mean endset?)")]),
        ("{% block x %}{% endblock %}", [(3, "`block` cannot be used"), (16, "`endblock` cannot be used")]),
        ("{% call x() %}{% endcall %}", [(3, "`call` cannot be used"), (17, "`endcall` cannot be used")]),
        ("{% do x %}", [(3, "`do` cannot be used")]),
        (
            "{% raw %}{{ x|safe }}{% endraw %}",
            [
                (3, "`raw` cannot be used"),
                (14, NO_FILTER % ("safe", "")),
                (24, "`endraw` cannot be used (did you mean endfor?)"),
            ],
        ),
        ("{{ leadData.clear() }}", [(12, NO_CALL % "clear")]),
        ("{{ leadData['clear']() }}", [(12, NO_CALL % "clear")]),
        ("{{ summary.format(1) }}", [(11, NO_CALL % "format")]),
        ("{% for p in leadData.people %}{{ p.clear() }}{% endfor %}", [(35, NO_CALL % "clear")]),
        ("{% for p in leadData.people %}{{ p.__len__ }}{% endfor %}", [(35, "`.__len__` is no part of any value")]),
        ("{% set f = leadData %}{{ f() }}", [(25, "`f(…)` cannot be called")]),
        ("{{ namespace(a=1) }}", [(3, "the function `namespace` cannot be used")]),
        ("{{ debug() }}", [(3, "the function `debug` cannot be used")]),
        ("{{ rang(1) }}", [(3, "the function `rang` cannot be used (did you mean range?)")]),
        ("{{ '%1000000d'|format(1) }}", [(15, NO_FILTER % ("format", " (did you mean float?)"))]),
        ("{{ [1]|batch(100000000) }}", [(7, NO_FILTER % ("batch", ""))]),
        ("{{ a is foo }}", [(8, NO_TEST % ("foo", ""))]),
        ("{{ a is not filter }}", [(12, NO_TEST % ("filter", " (did you mean integer?)"))]),
        ("{{ a == none }}", [(8, NO_NONE)]),
        ("{{ None }}", [(3, NO_NONE)]),
        ("{% set _v0 = 1 %}", [(7, "`_v0`: names that begin with _ are taken")]),
        ("{% for _order in a %}{% endfor %}", [(7, "`_order`: names that begin with _ are taken")]),
        ("{% set _a = 1 %}{% set _a = 2 %}", [(7, "`_a`: names that begin with _ are taken")]),
    ],
)
def test_what_could_do_harm_is_refused(source, problems):
    found = examine_template(source).problems
    assert [(problem.offset, problem.message) for problem in found] == problems
    assert {problem.code for problem in found} == {"E425"}
    with pytest.raises(ValueError, match=r"\w") as raised:
        rendered(source)
    assert str(raised.value) == problems[0][1]


@pytest.mark.parametrize(
    ("source", "rewritten", "uses"),
    [
        (
            '{{ a.b."c d"["e"][0].1 and a.b."c d".e[0].1 or x }}',
            "{{ _v0 and _v0 or _v1 }}",
            [('a.b."c d".e.0.1', 3), ('a.b."c d".e.0.1', 27), ("x", 47)],
        ),
        (
            "{{ not a < b and (c.d + 1) >= [2, e][0] }}",
            '{{ not _order("<", _v0 , _v1) and _order(">=", (_v2 + 1) , [2, _v3][0]) }}',
            [("a", 7), ("b", 11), ("c.d", 18), ("e", 34)],
        ),
        (
            "{{ a < b or c <= d if e else f > g }}",
            '{{ _order("<", _v0 , _v1) or _order("<=", _v2 , _v3) if _v4 else _order(">", _v5 , _v6) }}',
            [("a", 3), ("b", 7), ("c", 12), ("d", 17), ("e", 22), ("f", 29), ("g", 33)],
        ),
        (
            '{% for p in ps if p.x < 3 %}{{ p."y z" }}{{ loop.index > q }}{% endfor %}',
            '{% for p in _v0 if _order("<", p.x , 3) %}{{ p["y z"] }}{{ _order(">", loop.index , _v1) }}{% endfor %}',
            [("ps", 12), ("q", 57)],
        ),
        (
            "{% set a = b %}{% with c = d, e = f %}{{ a.b }}{{ c }}{{ e < g }}{% endwith %}",
            '{% set a = _v0 %}{% with c = _v1, e = _v2 %}{{ a.b }}{{ c }}{{ _order("<", e , _v3) }}{% endwith %}',
            [("b", 11), ("d", 27), ("f", 34), ("g", 61)],
        ),
        (
            "{% for k, v in m|items %}{{ k }}{{ v > 1 }}{% else %}{{ n }}{% endfor %}",
            '{% for k, v in _v0|items %}{{ k }}{{ _order(">", v , 1) }}{% else %}{{ _v1 }}{% endfor %}',
            [("m", 15), ("n", 56)],
        ),
        ("{{ d|default(value=y) }}", "{{ _v0|default(value=_v1) }}", [("d", 3), ("y", 19)]),
        (
            "{{ a is not defined and b is defined and not c is none }}",
            "{{ _v0 is not defined and _v1 is defined and not _v2 is none }}",
            [("a", 3), ("b", 24), ("c", 45)],
        ),
        ("{{ a[b] }}", "{{ _v0[_v1] }}", [("a", 3), ("b", 5)]),
    ],
)
def test_what_minijinja_gets_holds_no_path_and_no_order(source, rewritten, uses):
    scan = examine_template(source)
    assert (scan.rewritten, [(str(use.path), use.offset) for use in scan.uses]) == (rewritten, uses)
    assert scan.problems == ()


@pytest.mark.parametrize("name", ["__class__", "__init__", "__dict__", "_values", "__globals__"])
def test_python_stays_out_of_reach(name):
    assert rendered(f"{{{{ leadData.{name} }}}}{{{{ leadData.address.{name}.{name} }}}}|") == "|"
    dotted = "" if name.startswith("__") else f"{{{{ p.{name} }}}}"
    assert rendered(f"{{% for p in leadData.people %}}{dotted}{{{{ p['{name}'] }}}}{{% endfor %}}|") == "|"
    assert rendered(f"{{{{ call.{name} }}}}{{{{ caller.{name} }}}}{{{{ crm.contact.{name} }}}}|") == "|"


def test_a_template_cannot_change_the_record():
    view = a_view()
    before = repr(view.call.payload)
    rendered("{% set x = leadData %}{{ x.tags }}{{ x|items }}{{ leadData.tags|sort|reverse }}")
    assert repr(view.call.payload) == before


ONE_ORDER = "write `a < b and b < c` in place of `a < b < c`"


@pytest.mark.parametrize(
    ("source", "offset", "message"),
    [
        ("{{ a", 0, "{{ is not closed with }}"),
        ("x {% if a", 2, "{% is not closed with %}"),
        ("{{ 'a }}", 3, "a quote is not closed"),
        ("{{ (a }}", 6, "`}` closes nothing"),
        ("{{ [a", 3, "`[` is not closed"),
        ("{{ a) }}", 4, "`)` closes nothing"),
        ("{{ a ? b }}", 5, "unexpected `?`"),
        ("{# open", 0, "a comment is not closed with #}"),
        ("{{ a b }}", 0, "unexpected identifier, expected end of variable block"),
        ("{{ }}", 0, "unexpected end of variable block"),
        ("one\n{{ a b }}", 4, "unexpected identifier, expected end of variable block"),
        ("one\ntwo\n{{ a b }}", 8, "unexpected identifier, expected end of variable block"),
        ("{% if a %}", 0, "unexpected end of input, expected end of block"),
        ("{% endif %}", 0, "unknown statement endif"),
        ("{{ a < }}", 5, "`<` needs a value on both sides"),
        ("{{ < a }}", 3, "`<` needs a value on both sides"),
        ("{{ a < b < c }}", 5, ONE_ORDER),
        ("{{ 1 == a > 2 }}", 10, ONE_ORDER),
        ("{{ a > 2 in b }}", 5, ONE_ORDER),
        ("{% for p in a %}{{ p }}{% endfor %}{{ p }}", 0, "`p` cannot be understood here"),
        ("{% for p in p %}{{ p }}{% endfor %}", 0, "`p` cannot be understood here"),
        ("x" * 8193, 0, "longer than 8192 characters"),
    ],
)
def test_syntax_errors_have_a_place(source, offset, message):
    problem = examine_template(source).problems[0]
    assert (problem.code, problem.message, problem.offset) == ("E424", message, offset)


def test_a_template_may_be_as_long_as_it_says():
    assert examine_template("x" * 8192).problems == ()


@pytest.mark.parametrize(
    ("source", "offset", "message"),
    [
        ("", 0, "the condition is empty"),
        ("   ", 0, "the condition is empty"),
        ("a b", 0, "unexpected identifier, expected end of block"),
        ("a ==", 0, "unexpected end of block"),
        ("a %} b", 3, "`}` closes nothing"),
        ("a }} b", 2, "`}` closes nothing"),
        ("{{ a }}", 0, "unexpected `}`, expected `:`"),
        ("{% if a %}", 0, "unexpected `%`"),
        ("a and", 0, "unexpected end of block"),
        ("(a", 0, "`(` is not closed"),
        ("a)", 1, "`)` closes nothing"),
        ("if a", 0, "unexpected identifier, expected end of block"),
    ],
)
def test_conditions_that_cannot_be_read(source, offset, message):
    assert examine_condition(source).problems == (Problem("E424", message, offset),)


@pytest.mark.parametrize(
    ("source", "is_condition", "paths"),
    [
        ("callType == 'a' and leadData.\"post code\" > 3", True, ["callType", 'leadData."post code"']),
        ("{% for p in leadData.people %}{{ p.name }}{{ other[p.x] }}{% endfor %}", False, ["leadData.people", "other"]),
        ("{% set q = call.id %}{{ q.b }}{{ a.0.b['c'] }}", False, ["call.id", "a.0.b.c"]),
        ("{{ x|default(value=y.z) }}{{ titles[outcome] }}", False, ["x", "y.z", "titles", "outcome"]),
    ],
)
def test_the_paths_that_an_expression_reads(source, is_condition, paths):
    assert [str(path) for path in paths_read(source, is_condition=is_condition)] == paths
