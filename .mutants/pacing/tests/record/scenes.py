"""What is recorded: each scene asks one vendor something and returns what the connector makes of the answers.

A scene sends invented values only, all listed in `OURS`, so that it reads the same when it is replayed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from msgspec import Struct

from connector.errors import AccessError
from connector.hubspot.answers import decode_problem
from connector.mapping.phone import search_forms
from connector.model import CONTACT_KEY, FINGERPRINT, KEY, WRITTEN, Association, Create, Update
from tests.record.scrub import TAG
from tests.record.stage import WRONG_KEY, WRONG_TOKEN, Stage

NUMBER = "+447700900991"
SEARCH_WAIT_SECONDS = 30.0
"""HubSpot's search sees a write after seconds, at times much later."""
MISSING_ID = "999999999999"
CALL_AT = "2026-04-22T09:00:00.000Z"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
PEOPLE = ("ada", "ben", "cleo", "dora", "eve")
SCENE_NAMES = ("contacts", "read", "update", "calls", "search", "refusals")


class Scene(Struct, frozen=True):
    """`play` talks to the vendor and returns what is to be compared."""

    vendor: str
    name: str
    play: Callable[[Stage], Any]

    @property
    def path(self) -> str:
        return f"{self.vendor}/{self.name}.yaml"


# --- invented values ---


def _key(scene: str, name: str, tag: str) -> str:
    return f"cassette-{tag}-{scene}-{name}"


def _email(scene: str, name: str, tag: str) -> str:
    return f"{name}.{scene}.{tag}@example.com"


def _person(stage: Stage, scene: str, name: str, **changes: str) -> Create:
    key = _key(scene, name, stage.tag)
    properties = {"email": _email(scene, name, stage.tag), "firstname": name.title(), "lastname": "Fern"}
    return Create(key=key, properties={**properties, CONTACT_KEY: key, **changes})


def _ours() -> frozenset[str]:
    """Every text that a scene itself sends."""
    made = [
        text
        for scene in SCENE_NAMES
        for name in (*PEOPLE, "call", "nobody")
        for text in (_key(scene, name, TAG), _email(scene, name, TAG))
    ]
    titles = [name.title() for name in PEOPLE]
    texts = [
        "Fern",
        "Frond",
        "New enquiry",
        NUMBER,
        *search_forms(NUMBER),
        MISSING_ID,
        CALL_AT,
        "60000",
        "fingerprint-1",
    ]
    words = ["not an address", "no such option", "INBOUND", "COMPLETED", "{}", "no_such_property", "1", "0", "200", "x"]
    return frozenset([*made, *titles, *texts, *words])


OURS = _ours()


# --- Reception AI ---


def profile(stage: Stage) -> Any:
    with stage.source() as source:
        return source.profile()


def stats(stage: Stage) -> Any:
    with stage.source() as source:
        return source.stats()


def calls(stage: Stage) -> Any:
    with stage.source() as source:
        return list(source.calls(since=SINCE))


def first_calls(stage: Stage) -> Any:
    """As a run that has seen enough: the connection is given up early."""
    with stage.source() as source:
        found = source.calls(since=SINCE)
        first = list(islice(found, 2))
        found.close()  # type: ignore[attr-defined] # a generator
        return first


def one_call(stage: Stage) -> Any:
    """The newest call, asked for again by the id that the list gave; and one that is not there."""
    with stage.source() as source:
        newest = next(source.calls(since=SINCE))
        return newest, source.call(newest.key.id), source.call("1")


def wrong_key(stage: Stage) -> Any:
    with stage.source(WRONG_KEY) as source, _refused() as failure:
        source.profile()
    return failure


# --- HubSpot ---


def account(stage: Stage) -> Any:
    with stage.crm() as crm:
        return crm.portal()


def wrong_token(stage: Stage) -> Any:
    with stage.crm(WRONG_TOKEN) as crm, _refused() as failure:
        crm.portal_id()
    return failure


def setup(stage: Stage) -> Any:
    """Listed, done, and nothing left to do."""
    with stage.crm() as crm:
        return crm.setup(dry_run=True), crm.setup(dry_run=False), crm.setup(dry_run=False)


def contacts(stage: Stage) -> Any:
    """Created; there already; one refused among the good ones (207)."""
    ada, ben, cleo = (_person(stage, "contacts", name) for name in PEOPLE[:3])
    dora = _person(stage, "contacts", "dora", email="not an address")
    with stage.crm() as crm:
        return (
            crm.create("contacts", [ada, ben]),
            crm.create("contacts", [ada, ben]),
            crm.create("contacts", [cleo, dora]),
        )


def read(stage: Stage) -> Any:
    """By key, e-mail and id, each with one that is not there."""
    tag = stage.tag
    with stage.crm() as crm:
        (made,) = crm.create("contacts", [_person(stage, "read", "ada")])
        names = ["firstname", "email"]
        return (
            crm.read("contacts", "key", [_key("read", "ada", tag), _key("read", "nobody", tag)], names),
            crm.read("contacts", "email", [_email("read", "ada", tag), _email("read", "nobody", tag)], names),
            crm.read("contacts", "id", [made.id, MISSING_ID], names),  # type: ignore[union-attr]
        )


def update(stage: Stage) -> Any:
    """Changed; an address that is another's; an option that does not exist; a contact that does not."""
    with stage.crm() as crm:
        ada, ben = crm.create("contacts", [_person(stage, "update", name) for name in PEOPLE[:2]])
        theirs = _email("update", "ben", stage.tag)
        wishes = [
            [Update(id=ada.id, properties={"lastname": "Frond"})],  # type: ignore[union-attr]
            [Update(id=ada.id, properties={"email": theirs})],  # type: ignore[union-attr]
            [Update(id=ben.id, properties={"lifecyclestage": "no such option"})],  # type: ignore[union-attr]
            [Update(id=MISSING_ID, properties={"lastname": "Frond"})],
        ]
        return [crm.update("contacts", wish)[0] for wish in wishes]


def engagement(stage: Stage) -> Any:
    """A call with its contact inline, once and again; then linked to a second contact, and to nobody there is."""
    with stage.crm() as crm:
        ada, ben = crm.create("contacts", [_person(stage, "calls", name) for name in PEOPLE[:2]])
        wish = _call(stage, ada.id)  # type: ignore[union-attr]
        (made,), (again,) = crm.create("calls", [wish]), crm.create("calls", [wish])
        ends = [Association("contacts", ben.id), Association("contacts", MISSING_ID)]  # type: ignore[union-attr]
        return made, again, crm.associate("calls", [(made.id, end) for end in ends])  # type: ignore[union-attr]


def _call(stage: Stage, contact_id: str) -> Create:
    key = _key("calls", "call", stage.tag)
    properties = {
        "hs_timestamp": CALL_AT,
        "hs_call_title": "New enquiry",
        "hs_call_direction": "INBOUND",
        "hs_call_status": "COMPLETED",
        "hs_call_duration": "60000",
        KEY: key,
        FINGERPRINT: "fingerprint-1",
        WRITTEN: "{}",
    }
    return Create(key=key, properties=properties, associations=(Association("contacts", contact_id),))


def search(stage: Stage) -> Any:
    with stage.crm() as crm:
        (made,) = crm.create("contacts", [_person(stage, "search", "ada", phone=NUMBER)])
        stage.clock.sleep(SEARCH_WAIT_SECONDS)
        found = crm.find_by_number([NUMBER], ["firstname"])
        return made.id in {record.id for record in found}, crm.holds_keys()  # type: ignore[union-attr]


def refusals(stage: Stage) -> Any:
    """What HubSpot says when a batch is refused as a whole: no trace ids, so that one bad input is enough."""
    known = {"email": _email("refusals", "ada", stage.tag), "lastname": "Fern"}
    with stage.hubspot() as hubspot:
        answers = [
            hubspot.batch_create("contacts", [{"properties": known}]),
            hubspot.batch_create("contacts", [{"properties": known}]),
            hubspot.batch_create("contacts", [{"properties": {"no_such_property": "x"}}]),
            hubspot.get("contacts", MISSING_ID, ["lastname"]),
        ]
    return [(answer.status, decode_problem(answer.body)) for answer in answers]


@contextmanager
def _refused() -> Iterator[list[str]]:
    """The code of the access error that has to come."""
    codes: list[str] = []
    try:
        yield codes
    except AccessError as error:
        codes.append(error.code)


SCENES = (
    Scene("reception_ai", "profile", profile),
    Scene("reception_ai", "stats", stats),
    Scene("reception_ai", "calls", calls),
    Scene("reception_ai", "first_calls", first_calls),
    Scene("reception_ai", "one_call", one_call),
    Scene("reception_ai", "wrong_key", wrong_key),
    Scene("hubspot", "wrong_token", wrong_token),
    Scene("hubspot", "setup", setup),
    Scene("hubspot", "account", account),
    Scene("hubspot", "contacts", contacts),
    Scene("hubspot", "read", read),
    Scene("hubspot", "update", update),
    Scene("hubspot", "calls", engagement),
    Scene("hubspot", "search", search),
    Scene("hubspot", "refusals", refusals),
)
"""In this order: `setup` makes the properties that those after it write."""
