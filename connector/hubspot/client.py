"""HubSpot's official client, used through its own hooks: the only import of `hubspot-api-client`.

Its typed methods know the paths and parameters; everything that travels goes through our transport. Used as in its
README, 12.0.0 opens a connection per call, waits for ever and spends 27 times the CPU (measured 2026-11).
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

import msgspec

from connector.http.client import Answer, Http
from connector.hubspot.limits import USER_AGENT
from connector.hubspot.paths import check_version, route
from connector.hubspot.pause import Pause
from connector.ports import BeforeWrite

_PLAIN: dict[str, Any] = {"_preload_content": False}
"""The answer as our transport gave it: no models, no second look at the status."""


class _Apis(NamedTuple):
    """The API objects, made once: the client makes a new one, with a pool of its own, at every access."""

    batch: Any
    basic: Any
    search: Any
    links: Any
    properties: Any
    groups: Any
    owners: Any
    pipelines: Any


class HubSpotClient:
    """The requests that the connector makes of HubSpot; each returns the answer whatever its status.

    Thread-safe. The vendor's client is imported at the first request. Raises what `Http.ask` raises; TransientError
    tells in words when to go on, and is raised without asking while `pause` knows that there is no use in it.
    """

    def __init__(
        self,
        *,
        token: str,
        base_url: str,
        api_version: str,
        http: Http,
        pause: Pause,
        before_write: BeforeWrite,
    ) -> None:
        self._token = token
        self._base_url = base_url.rstrip("/")
        self._wire = _Wire(
            base_url=self._base_url,
            api_version=check_version(api_version),
            http=http,
            pause=pause,
            before_write=before_write,
        )
        self._lock = threading.Lock()
        self._made: _Apis | None = None

    def batch_create(self, object_type: str, inputs: list[dict[str, Any]]) -> Answer:
        return _answer(self._apis.batch.create(object_type, _body(inputs=inputs), **_PLAIN))

    def batch_update(self, object_type: str, inputs: list[dict[str, Any]]) -> Answer:
        return _answer(self._apis.batch.update(object_type, _body(inputs=inputs), **_PLAIN))

    def batch_read(
        self, object_type: str, values: list[str], properties: list[str], *, id_property: str | None, archived: bool
    ) -> Answer:
        inputs = [{"id": value} for value in values]
        # HubSpot's spec calls `propertiesWithHistory` required.
        body: dict[str, Any] = {"inputs": inputs, "properties": properties, "propertiesWithHistory": []}
        if id_property is not None:
            body["idProperty"] = id_property
        return _answer(self._apis.batch.read(object_type, _body(**body), archived=archived, **_PLAIN))

    def get(self, object_type: str, record_id: str, properties: list[str]) -> Answer:
        return _answer(self._apis.basic.get_by_id(object_type, record_id, properties=properties, **_PLAIN))

    def first_page(self, object_type: str, properties: list[str], *, archived: bool, limit: int) -> Answer:
        return _answer(
            self._apis.basic.get_page(object_type, limit=limit, properties=properties, archived=archived, **_PLAIN)
        )

    def search(self, object_type: str, body: bytes) -> Answer:
        return _answer(self._apis.search.do_search(object_type, body, **_PLAIN))

    def associate_default(self, from_type: str, to_type: str, inputs: list[dict[str, Any]]) -> Answer:
        return _answer(self._apis.links.create_default(from_type, to_type, _body(inputs=inputs), **_PLAIN))

    def links(self, from_type: str, to_type: str, inputs: list[dict[str, Any]]) -> Answer:
        return _answer(self._apis.links.get_page(from_type, to_type, _body(inputs=inputs), **_PLAIN))

    def properties(self, object_type: str) -> Answer:
        return _answer(self._apis.properties.get_all(object_type, **_PLAIN))

    def create_property(self, object_type: str, definition: Mapping[str, Any]) -> Answer:
        return _answer(self._apis.properties.create(object_type, _body(**definition), **_PLAIN))

    def groups(self, object_type: str) -> Answer:
        return _answer(self._apis.groups.get_all(object_type, **_PLAIN))

    def create_group(self, object_type: str, definition: Mapping[str, Any]) -> Answer:
        return _answer(self._apis.groups.create(object_type, _body(**definition), **_PLAIN))

    def owners(self, *, after: str | None, limit: int, archived: bool = False) -> Answer:
        where: dict[str, Any] = {"after": after} if after else {}
        if archived:
            where["archived"] = True
        return _answer(self._apis.owners.get_page(limit=limit, **where, **_PLAIN))

    def pipelines(self, object_type: str) -> Answer:
        return _answer(self._apis.pipelines.get_all(object_type, **_PLAIN))

    def account(self) -> Answer:
        """The account's details, which the client does not wrap."""
        return self._unwrapped("GET", "/account-info/v3/details")

    def token_info(self) -> Answer:
        """What the token may do: the one request whose body carries the token, to the host that its header reaches."""
        return self._unwrapped("POST", "/oauth/v2/private-apps/get/access-token-info", _body(tokenKey=self._token))

    def _unwrapped(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """A request that the client has no method for, sent as its own methods send theirs."""
        return _answer(
            self._apis.basic.api_client.call_api(
                path,
                method,
                header_params={"Content-Type": "application/json"} if body else {},
                body=body,
                auth_settings=["oauth2"],
                **_PLAIN,
            )
        )

    @property
    def _apis(self) -> _Apis:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def _make(self) -> _Apis:
        # Imported here, since an idle run asks HubSpot nothing and should not pay for it.
        import hubspot

        crm = hubspot.Client.create(access_token=self._token, host=self._base_url, api_factory=self._api).crm
        return _Apis(
            batch=crm.objects.batch_api,
            basic=crm.objects.basic_api,
            search=crm.objects.search_api,
            links=crm.associations.v4.batch_api,
            properties=crm.properties.core_api,
            groups=crm.properties.groups_api,
            owners=crm.owners.owners_api,
            pipelines=crm.pipelines.pipelines_api,
        )

    def _api(self, package: Any, name: str, config: Mapping[str, Any]) -> Any:
        """The client's own hook for making an API object (`api_factory`)."""
        configuration = package.Configuration(host=config["host"])
        configuration.access_token = config["access_token"]
        api_client = package.ApiClient(configuration=configuration)
        api_client.user_agent = USER_AGENT
        api_client.rest_client = self._wire
        return getattr(package, name)(api_client=api_client)


class _Wire:
    """Stands in for the client's `rest_client`: same calls, our transport."""

    def __init__(
        self,
        *,
        base_url: str,
        api_version: str,
        http: Http,
        pause: Pause,
        before_write: BeforeWrite,
    ) -> None:
        self._base_url = base_url
        self._api_version = api_version
        self._http = http
        self._pause = pause
        self._before_write = before_write

    def GET(self, url: str, *, headers: Mapping[str, str], query_params: Any = None, **_: Any) -> Answer:  # noqa: N802
        return self._send("GET", url, headers, query_params, None)

    def POST(  # noqa: N802
        self, url: str, *, headers: Mapping[str, str], query_params: Any = None, body: bytes, **_: Any
    ) -> Answer:
        return self._send("POST", url, headers, query_params, body)

    def _send(self, method: str, url: str, headers: Mapping[str, str], query: Any, body: bytes | None) -> Answer:
        there = route(method, url.removeprefix(self._base_url), self._api_version)
        return self._pause.ask(
            lambda: self._http.ask(
                method,
                self._base_url + there.path + _query(query),
                headers=headers,
                body=body,
                repeatable=not there.writes,
                pool=there.pool,
                # Right before each attempt: waiting for a limit may take minutes, and others may write by then.
                before_send=self._before_write if there.writes else _nothing,
            )
        )


def _nothing() -> None:
    """A read may always be sent."""


def _query(parameters: list[tuple[str, Any]] | None) -> str:
    if not parameters:
        return ""
    words = {True: "true", False: "false"}
    return "?" + urlencode([(name, words[v] if isinstance(v, bool) else v) for name, v in parameters])


def _body(**fields: Any) -> bytes:
    return msgspec.json.encode(fields)


def _answer(answer: Any) -> Answer:
    # The client's methods are untyped; with `_preload_content` off they return what our wire gave them.
    return cast("Answer", answer)
