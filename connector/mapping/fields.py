"""What each voice platform says of a call: the fields that a mapping may read, as far as they are documented."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class PlatformFields(Struct, frozen=True, kw_only=True):
    """The documented fields of a platform's record. Further keys may follow on the `open` ones only."""

    plain: frozenset[str]
    open: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    """Those of the plain fields that hold words, never a number or a time alone."""
    numbers: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    call_type: str | None = None
    """The dotted path to what kind of caller it was."""
    outcome: str | None = None
    """The dotted path to how the call ended."""
    late: Mapping[str, str] = {}
    """Fields that the platform may fill in after it has listed the call → the attribute of `Call` that holds them."""
    by_id: frozenset[str] = frozenset()
    """Paths of what the list gives not at all or in brief, and asking for the call by its id gives in full."""
    joined: frozenset[str] = frozenset()
    """Paths of what takes one more request for each call: it is asked for only where a mapping reads it."""
    guessed: str | None = None
    """The field that holds a caller whom the platform did not name: nobody is guessed unless a mapping names it."""

    @property
    def all(self) -> frozenset[str]:
        return self.plain | self.open


PLATFORM_FIELDS: dict[str, PlatformFields] = {
    # https://voice.klarnow.ai/docs/integrations: leadData is free-form ("name, email, notes, etc.").
    "reception_ai": PlatformFields(
        plain=frozenset(
            (
                *("id", "organizationId", "callerNumber", "callerName", "callType", "outcome", "duration", "summary"),
                *("transcript", "recordingUrl", "createdAt"),
            )
        ),
        open=frozenset(("leadData",)),
        texts=frozenset(("callerNumber", "callerName", "callType", "outcome", "summary", "transcript", "recordingUrl")),
        numbers=frozenset(("duration",)),
        times=frozenset(("createdAt",)),
        call_type="callType",
        outcome="outcome",
        late={"transcript": "transcript", "recordingUrl": "recording_url"},
    ),
    # https://www.kaicalls.com/docs/api and the vendor's SDK; `lead` and `agent` are joined by their ids,
    # `guessed_lead` by time where there is no lead: whoever reads it lets callers be guessed.
    "kaicalls": PlatformFields(
        plain=frozenset(
            (
                *("id", "agent_id", "agent_name", "business_id", "conversation_id", "created_at", "direction"),
                *("duration", "lead_id", "recording_url", "status", "summary", "transcript"),
                *("caller_number", "customer_number", "phone"),
            )
        ),
        open=frozenset(("agent", "guessed_lead", "lead", "quality_dimensions")),
        texts=frozenset(("agent_name", "direction", "recording_url", "status", "summary", "transcript")),
        numbers=frozenset(("duration",)),
        times=frozenset(("created_at",)),
        late={
            "lead": "person_id",
            "lead_id": "person_id",
            "recording_url": "recording_url",
            "transcript": "transcript",
        },
        guessed="guessed_lead",
    ),
    # https://docs.vapi.ai/api-reference/calls/get. What comes late is listed again by itself: it moves `updatedAt`.
    # `analysis.structuredData` holds what the organization asked for; docs/platforms.md says what the mapping expects.
    "vapi": PlatformFields(
        plain=frozenset(
            (
                *("id", "orgId", "type", "status", "endedReason", "endedMessage", "name", "cost"),
                *("createdAt", "updatedAt", "startedAt", "endedAt"),
                *("assistantId", "squadId", "workflowId", "phoneNumberId", "customerId", "campaignId"),
                *("phoneCallProvider", "phoneCallProviderId", "phoneCallTransport"),
            )
        ),
        open=frozenset(
            (
                *("analysis", "artifact", "customer", "assistant", "squad", "workflow", "phoneNumber", "destination"),
                *("assistantOverrides", "schedulePlan", "costBreakdown", "costs", "messages", "monitor", "transport"),
            )
        ),
        texts=frozenset(("type", "status", "endedReason", "endedMessage", "name")),
        numbers=frozenset(("cost",)),
        times=frozenset(("createdAt", "updatedAt", "startedAt", "endedAt")),
        call_type="analysis.structuredData.callType",
        outcome="analysis.structuredData.outcome",
    ),
    # https://docs.krosai.com/voice/call-logs and the bodies of its Markdown copy. `recording_url` is left out: it dies
    # within an hour. `metadata` is what whoever placed an outbound call put there.
    "krosai": PlatformFields(
        plain=frozenset(
            (
                *("id", "from_number", "to_number", "direction", "status", "duration", "cost_cents", "endpoint_id"),
                *("phone_number_id", "transcript", "created_at", "answered_at", "completed_at", "hangup_cause"),
            )
        ),
        open=frozenset(("metadata",)),
        texts=frozenset(("from_number", "to_number", "direction", "status", "transcript", "hangup_cause")),
        numbers=frozenset(("duration", "cost_cents")),
        times=frozenset(("created_at", "answered_at", "completed_at")),
        outcome="status",
        late={"transcript": "transcript"},
        joined=frozenset(("hangup_cause", "metadata")),
    ),
    # https://docs.klen.ai/api-reference: calls/get-calls, calls/get-call-details, contacts/get-contact-details.
    # `agent_id` and `agent_name` are the list's names for what the details call agent.assistant_id and agent.name.
    "klen": PlatformFields(
        plain=frozenset(
            (
                *("id", "call_id", "agent_id", "agent_name", "status", "type", "phone_number"),
                *("started_at", "ended_at", "duration_seconds", "summary", "transcript", "recording_url"),
            )
        ),
        open=frozenset(("contact", "agent", "team", "billing")),
        texts=frozenset(
            (
                *("call_id", "agent_name", "status", "type", "phone_number"),
                *("summary", "transcript", "recording_url"),
            )
        ),
        numbers=frozenset(("duration_seconds",)),
        times=frozenset(("started_at", "ended_at")),
        late={"transcript": "transcript", "summary": "summary", "recording_url": "recording_url"},
        by_id=frozenset(
            (
                *("call_id", "summary", "transcript", "agent", "team", "billing"),
                *("contact.status", "contact.stage", "contact.last_call_date"),
            )
        ),
        joined=frozenset(
            f"contact.{name}"
            for name in (
                *("do_not_call", "first_name", "last_name", "full_name", "phone", "phone_numbers", "tags", "website"),
                *("address", "timezone", "created_date", "recent_notes", "custom_context"),
            )
        ),
    ),
}
"""By source. The paths of a platform that is not here are not checked."""
