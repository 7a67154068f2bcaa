"""What a cassette may keep as it came: names that vendors publish, and values of a closed form. All else is replaced.

Nothing here says what to hide. A field that nobody thought of is hidden because it is not listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from connector.hubspot.shape import wanted
from connector.sandbox.hubspot.defaults import default_schema
from connector.sandbox.hubspot.kinds import KINDS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


REQUEST_HEADERS = frozenset({"accept", "content-type"})
RESPONSE_HEADERS = frozenset(
    {"content-type", "retry-after", "x-hubspot-ratelimit-max", "x-hubspot-ratelimit-interval-milliseconds"}
)
PATH_WORDS = _words("""
    account-info api associate associations batch calls contacts create crm default details groups integrations
    notes objects owners profile properties read search stats tasks update v1 v3 v4
""")
QUERY = {"archived": re.compile(r"true|false"), "limit": re.compile(r"\d{1,4}")}
"""Parameters that may be kept beside `properties` and `after`, and what their values look like."""

_DATED = re.compile(r"\d{4}-\d\d")


def is_path_word(segment: str) -> bool:
    return segment in PATH_WORDS or bool(_DATED.fullmatch(segment))


def _published() -> frozenset[str]:
    """Every name, label and option that HubSpot publishes for the types we use, and those of our own properties."""
    words: set[str] = {"call_connector", "Call connector"}
    for object_type in KINDS:
        schema = default_schema(object_type, [])
        for group in schema.groups.values():
            words.update((group.name, group.label))
        for definition in schema.definitions.values():
            words.update((definition.name, definition.label, definition.type, definition.field_type))
            for option in definition.options:
                words.update((option.value, option.label))
    for object_type in ("contacts", "calls", "tasks"):
        for entry in wanted(object_type):
            words.update((entry.name, entry.label, entry.description, entry.type, entry.field_type))
    return frozenset(words)


PUBLISHED = _published()

DEFINITIONS = _words("email phone lifecyclestage hubspot_owner_id hs_timestamp hs_call_title hs_call_disposition")
"""Of a portal's hundreds of properties these are kept, and our own."""

KEYS = PUBLISHED | _words("""
    accountType after archived associationCategory associationTypeId associations averageDuration calculated
    callType callerName callerNumber callsByOutcome callsByType category code companyCurrency completedAt context
    correlationId createdAt createUserId dataHostingLocation dataSensitivity description displayOrder duration
    email errors existing_lead externalOptions field fieldType filterGroups filters firstName formField from
    groupName hasUniqueValue hidden hubspotDefined id idProperty ids in inputs isValid label lastName leadData
    leadsCaptured limit links message modificationMetadata name next note notes numErrors objectWriteTraceId
    operator options organizationId outcome owner paging phoneNumber plan portalId properties
    propertiesWithHistory propertyName readOnlyDefinition readOnlyOptions readOnlyValue archivable reason
    recordingUrl requestedAt results sorts startedAt status statusCode subCategory summary teams timeZone timezone
    to total totalCalls transcript type types uiDomain updatedAt updateUserId url userId userIdIncludingInactive
    utcOffset utcOffsetMilliseconds value values fromObjectTypeId toObjectTypeId fromObjectId toObjectId labels
    showCurrencySymbol additionalCurrencies expire new_enquiry existing_client staff referral unknown
    lead_captured transferred callback_scheduled message_taken resolved primary associationSpec objectType
""")
"""Names within JSON. An unknown one becomes `field_1`: in free-form objects a name may be somebody's."""

NUMBERS = _words("""
    associationTypeId averageDuration displayOrder duration leadsCaptured limit numErrors statusCode total
    totalCalls utcOffsetMilliseconds new_enquiry existing_client staff referral unknown lead_captured transferred
    callback_scheduled message_taken resolved
""")
"""Numbers that are counts, sizes and orders. Every other number is an id."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?")
_WORD = re.compile(r"[a-z][a-z_]{0,39}")
_CONSTANT = re.compile(r"[A-Z][A-Z_]{1,59}")
_ZONE = re.compile(r"[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_]+)?")
_DIGITS = re.compile(r"\d{1,3}")

Test = Callable[[str], Any]


def _is_published(text: str) -> bool:
    return text in PUBLISHED


KEPT: dict[str, tuple[Test, ...]] = {
    **dict.fromkeys(
        ("createdAt", "updatedAt", "startedAt", "completedAt", "requestedAt", "createdate", "hs_createdate"),
        (_INSTANT.fullmatch,),
    ),
    **dict.fromkeys(("lastmodifieddate", "hs_lastmodifieddate", "hs_timestamp"), (_INSTANT.fullmatch,)),
    **dict.fromkeys(("callType", "outcome", "plan"), (_WORD.fullmatch,)),
    **dict.fromkeys(("category", "subCategory", "code", "status", "associationCategory"), (_CONSTANT.fullmatch,)),
    **dict.fromkeys(("operator", "accountType", "reason"), (_CONSTANT.fullmatch,)),
    **dict.fromkeys(("type", "fieldType", "groupName", "label", "name", "value", "description"), (_is_published,)),
    **dict.fromkeys(("properties", "propertyName", "idProperty", "in"), (_is_published,)),
    **dict.fromkeys(("timeZone", "timezone"), (_ZONE.fullmatch,)),
    "status": (_CONSTANT.fullmatch, re.compile("error").fullmatch),
    "objectWriteTraceId": (_DIGITS.fullmatch,),
    "uiDomain": (re.compile(r"app(-\w{2,4})?\.hubspot\.com").fullmatch,),
    "callerNumber": (re.compile("anonymous|private|restricted|unavailable|unknown|blocked").fullmatch,),
}
"""Fields whose texts are kept, but only when one of these holds for the text."""

SAID = frozenset({"message"})
"""Fields that are sentences: every word is kept or replaced by itself."""
PHONES = frozenset({"callerNumber", "phoneNumber", "phone", "mobilephone", "hs_call_from_number", "hs_call_to_number"})
NAMES = frozenset({"firstname", "lastname", "firstName", "lastName", "callerName", "name", "company"})

WORDS = _words("""
    a access allowed already among an and any api are as at authentication authorization be been call can cannot
    cell check client contact credentials could coordinates does email exist exists existing expired expires
    failed for found from get granted has have id ids in input invalid is isvalid it key limit long malformed
    match may message missing more name no not object objects of on one option options or permissions property
    properties propertyvaluecoordinates required resource revoked scope scopes second seconds set some that the
    their there they this to token true type unique unknown uses valid value values was were with you your address
    deleted error false null localizederrormessage objecttypeid legacyobjecttype portalid propertyname objecttype
    make sure supports oauth found. invalid_email invalid_option invalid_long invalid_integer
    property_doesnt_exist read_only_value conflict ago batch create duplicate must trace authenticate request
    requests provided using used find details day s
""")
"""Words of vendors' messages; together with the names of properties all that a sentence keeps."""
