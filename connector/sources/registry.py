"""The voice platforms by name. A platform's module is loaded when it is the connection's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from connector.model import BadCall, Call, OngoingCall, SourceName
from connector.ports import Source
from connector.sources.access import Access

ASKED_FOR_ACCOUNT: frozenset[SourceName] = frozenset(("krosai",))
"""Platforms on which one key opens several accounts: they are told which one is meant."""


def open_source(name: SourceName, access: Access) -> Source:
    """The account that this key belongs to. Nothing is asked yet. Raises AccessError for what cannot be a key."""
    match name:
        case "reception_ai":
            from connector.sources.reception_ai import ReceptionAi

            return ReceptionAi.open(access)
        case "kaicalls":
            from connector.sources.kaicalls import KaiCalls

            return KaiCalls.open(access)
        case "krosai":
            from connector.sources.krosai import KrosAi

            return KrosAi.open(access)
        case "vapi":
            from connector.sources.vapi import Vapi

            return Vapi.open(access)
        case "klen":
            from connector.sources.klen import Klen

            return Klen.open(access)
        case _:
            assert_never(name)


def read_record(name: SourceName, record: Mapping[str, Any], *, account: str | None) -> Call | BadCall:
    """A platform's record as a call, without asking the platform. It belongs to `account` if one is configured."""
    told = _told(name, record, account)
    if isinstance(told, OngoingCall):
        return BadCall(key=told.key, code="E332", message="the call is not over yet")
    return told


def _told(name: SourceName, record: Mapping[str, Any], account: str | None) -> Call | BadCall | OngoingCall:
    match name:
        case "reception_ai":
            from connector.sources.reception_ai import read_payload as read_reception_ai

            return read_reception_ai(record, account=account)
        case "kaicalls":
            from connector.sources.kaicalls_record import read_payload as read_kaicalls

            return read_kaicalls(record, account=account)
        case "krosai":
            from connector.sources.krosai_record import read_payload as read_krosai

            return read_krosai(record, account=account)
        case "vapi":
            from connector.sources.vapi import read_payload as read_vapi

            return read_vapi(record, account=account)
        case "klen":
            from connector.sources.klen_record import read_record as read_klen

            return read_klen(record, account=account)
        case _:
            assert_never(name)
