"""What a new portal has: the properties that a connector could touch, with HubSpot's own options in their order."""

from __future__ import annotations

from typing import Final

from connector.sandbox.hubspot import phones
from connector.sandbox.hubspot.definitions import Definition, Group, Option, Schema
from connector.sandbox.hubspot.kinds import ACTIVITIES, KINDS

DISPOSITIONS: Final = {
    "9d9162e7-6cf3-4944-bf63-4dff82258764": "Busy",
    "f240bbac-87c9-4f6e-bf70-924b57d47db7": "Connected",
    "a4c4c377-d246-4b32-a13b-75a56a4cd0ff": "Left live message",
    "b2cf5968-551e-4856-9783-52b3da59a7d0": "Left voicemail",
    "73a0d17f-1163-4015-bdd5-ec830791da20": "No answer",
    "17b47fee-58de-441e-a44c-c6300d46f273": "Wrong number",
}
LIFECYCLE_STAGES: Final = {
    "subscriber": "Subscriber",
    "lead": "Lead",
    "marketingqualifiedlead": "Marketing Qualified Lead",
    "salesqualifiedlead": "Sales Qualified Lead",
    "opportunity": "Opportunity",
    "customer": "Customer",
    "evangelist": "Evangelist",
    "other": "Other",
}
LEAD_STATUSES: Final = {
    "NEW": "New",
    "OPEN": "Open",
    "IN_PROGRESS": "In Progress",
    "OPEN_DEAL": "Open Deal",
    "UNQUALIFIED": "Unqualified",
    "ATTEMPTED_TO_CONTACT": "Attempted to Contact",
    "CONNECTED": "Connected",
    "BAD_TIMING": "Bad Timing",
}
DEAL_STAGES: Final = {
    "appointmentscheduled": ("Appointment Scheduled", "0.2"),
    "qualifiedtobuy": ("Qualified To Buy", "0.4"),
    "presentationscheduled": ("Presentation Scheduled", "0.6"),
    "decisionmakerboughtin": ("Decision Maker Bought-In", "0.8"),
    "contractsent": ("Contract Sent", "0.9"),
    "closedwon": ("Closed Won", "1.0"),
    "closedlost": ("Closed Lost", "0.0"),
}
TICKET_STAGES: Final = {"1": "New", "2": "Waiting on contact", "3": "Waiting on us", "4": "Closed"}
_CALL_STATUSES: Final = """BUSY CALLING_CRM_USER CANCELED COMPLETED CONNECTING FAILED HOLD IN_PROGRESS MISSED NO_ANSWER
    QUEUED RINGING UNKNOWN"""

_GROUPS: Final = {
    "contacts": ("contactinformation", "Contact information"),
    "companies": ("companyinformation", "Company information"),
    "deals": ("dealinformation", "Deal information"),
    "tickets": ("ticketinformation", "Ticket information"),
    "calls": ("call", "Call Information"),
    "tasks": ("task", "Task Information"),
    "notes": ("note", "Note Information"),
}
# Object type → properties, as `name` or `name:type` of text, textarea, number, datetime, date, bool, multiple (several
# options at once); a leading `!` marks what only HubSpot writes.
_PROPERTIES: Final = {
    "contacts": """email firstname lastname phone:phone mobilephone:phone fax:phone company jobtitle website salutation
        address city state zip country industry numemployees annualrevenue message:textarea date_of_birth gender
        hs_timezone hs_language hs_whatsapp_phone_number:phone closedate:datetime hs_email_optout:bool
        !hs_additional_emails:multiple !hs_all_contact_vids:multiple !hs_email_domain !hs_full_name_or_email
        !hs_is_contact:bool !hs_is_unworked:bool !hs_analytics_source !hs_latest_source !hs_createdate:datetime
        !notes_last_contacted:datetime !notes_last_updated:datetime !num_contacted_notes:number !num_notes:number
        !associatedcompanyid:number""",
    "companies": """name domain phone:phone website industry address city state zip country description:textarea
        numberofemployees:number annualrevenue:number !hs_additional_domains:multiple !num_associated_contacts:number
        !notes_last_contacted:datetime""",
    "deals": """dealname amount:number closedate:datetime description:textarea hs_next_step
        !hs_is_closed:bool !hs_is_closed_won:bool !days_to_close:number !num_associated_contacts:number""",
    "tickets": """subject content:textarea hs_resolution:textarea !closed_date:datetime !time_to_close:number""",
    "calls": """hs_timestamp:datetime hs_call_title hs_call_body:html hs_call_duration:number hs_call_from_number
        hs_call_to_number hs_call_recording_url hs_call_callee_object_id:number hs_call_callee_object_type
        hs_call_external_id hs_call_external_account_id hs_call_app_id:number hs_attachment_ids
        !hs_call_has_voicemail:bool !hs_call_has_transcript:bool !hs_call_transcription_id:number !hs_call_summary
        !hs_connected_count:number !hs_voicemail_count:number !hs_engagements_last_contacted:datetime""",
    "tasks": """hs_timestamp:datetime hs_task_subject hs_task_body:html hs_task_reminders hs_attachment_ids
        hs_queue_membership_ids:multiple !hs_task_completion_date:datetime !hs_task_is_completed:number
        !hs_task_is_overdue:bool !hs_task_is_past_due_date:bool !hs_engagement_source""",
    "notes": "hs_timestamp:datetime hs_note_body:html hs_attachment_ids",
}
_EVERYWHERE: Final = """!hs_object_id:number !hs_object_source !hs_object_source_id !hs_object_source_label
    !hs_object_source_user_id !hs_created_by_user_id:number !hs_updated_by_user_id:number !hs_merged_object_ids:multiple
    !hs_unique_creation_key !hs_all_owner_ids:multiple !hs_user_ids_of_all_owners:multiple
    !hubspot_owner_assigneddate:datetime !hs_obj_coords"""
_ACTIVITY: Final = "!hs_body_preview !hs_body_preview_html !hs_body_preview_is_truncated:bool"
_OPTIONS: Final = {
    "contacts": {"lifecyclestage": LIFECYCLE_STAGES, "hs_lead_status": LEAD_STATUSES},
    "companies": {"lifecyclestage": LIFECYCLE_STAGES, "hs_lead_status": LEAD_STATUSES},
    "deals": {
        "pipeline": {"default": "Sales Pipeline"},
        "dealstage": {stage: label for stage, (label, _) in DEAL_STAGES.items()},
        "dealtype": {"newbusiness": "New Business", "existingbusiness": "Existing Business"},
        "hs_priority": {"low": "Low", "medium": "Medium", "high": "High"},
    },
    "tickets": {
        "hs_pipeline": {"0": "Support Pipeline"},
        "hs_pipeline_stage": TICKET_STAGES,
        "hs_ticket_priority": {"LOW": "Low", "MEDIUM": "Medium", "HIGH": "High", "URGENT": "Urgent"},
        "hs_ticket_category": {
            "PRODUCT_ISSUE": "Product Issue",
            "BILLING_ISSUE": "Billing Issue",
            "FEATURE_REQUEST": "Feature Request",
            "GENERAL_INQUIRY": "General Inquiry",
        },
    },
    "calls": {
        "hs_call_direction": {"INBOUND": "Inbound", "OUTBOUND": "Outbound"},
        "hs_call_status": {status: status.replace("_", " ").capitalize() for status in _CALL_STATUSES.split()},
        "hs_call_disposition": DISPOSITIONS,
        "hs_call_source": {"INTEGRATIONS_PLATFORM": "Integrations Platform"},
        "hs_activity_type": {"Sales discovery": "Sales discovery", "Follow up": "Follow up"},
    },
    "tasks": {
        "hs_task_status": {
            "NOT_STARTED": "Not Started",
            "IN_PROGRESS": "In Progress",
            "WAITING": "Waiting",
            "COMPLETED": "Completed",
            "DEFERRED": "Deferred",
        },
        "hs_task_priority": {"NONE": "None", "LOW": "Low", "MEDIUM": "Medium", "HIGH": "High"},
        "hs_task_type": {"EMAIL": "Email", "CALL": "Call", "TODO": "To-do", "LINKED_IN": "LinkedIn"},
    },
    "notes": {},
}
_SHAPES: Final = {
    "text": ("string", "text"),
    "textarea": ("string", "textarea"),
    "html": ("string", "html"),
    "phone": ("string", "phonenumber"),
    "number": ("number", "number"),
    "datetime": ("datetime", "date"),
    "date": ("date", "date"),
    "bool": ("bool", "booleancheckbox"),
    "multiple": ("enumeration", "checkbox"),
    "select": ("enumeration", "select"),
}
BOOL_OPTIONS: Final = (
    Option(value="true", label="Yes", display_order=0),
    Option(value="false", label="No", display_order=1),
)


def default_schema(object_type: str, owner_ids: list[str]) -> Schema:
    """The schema of one object type in a new portal."""
    kind = KINDS[object_type]
    group, label = _GROUPS[object_type]
    words = [*_PROPERTIES[object_type].split(), *_EVERYWHERE.split()]
    words += [f"!{name}:datetime" for name in (kind.created, kind.modified)]
    if object_type in ACTIVITIES:
        words += _ACTIVITY.split()
    if object_type == "contacts":
        words += [f"!{name}" for name in sorted(phones.NAMES)]
    definitions = [_definition(word, group) for word in words]
    definitions += [_choice(name, options, group) for name, options in _OPTIONS[object_type].items()]
    definitions.append(_owner(group, owner_ids))
    return Schema(definitions, [Group(name=group, label=label)])


def _definition(word: str, group: str) -> Definition:
    read_only = word.startswith("!")
    name, _, shape = word.removeprefix("!").partition(":")
    kind, field_type = _SHAPES[shape or "text"]
    calculated = name in phones.NAMES
    return Definition(
        name=name,
        label=_label(name),
        type=kind,
        field_type="calculation_equation" if calculated else field_type,
        group=group,
        options=list(BOOL_OPTIONS) if kind == "bool" else [],
        unique=name in ("email", "hs_unique_creation_key", "hs_object_id"),
        read_only=read_only,
        calculated=calculated,
        external_options=shape == "multiple",
    )


def _choice(name: str, options: dict[str, str], group: str) -> Definition:
    listed = [
        Option(value=value, label=label, display_order=position)
        for position, (value, label) in enumerate(options.items())
    ]
    kind, field_type = _SHAPES["select"]
    return Definition(name=name, label=_label(name), type=kind, field_type=field_type, group=group, options=listed)


def _owner(group: str, owner_ids: list[str]) -> Definition:
    kind, field_type = _SHAPES["select"]
    options = [Option(value=owner_id, label=owner_id) for owner_id in owner_ids]
    return Definition(
        name="hubspot_owner_id",
        label="Owner",
        type=kind,
        field_type=field_type,
        group=group,
        options=options,
        external_options=True,
    )


def _label(name: str) -> str:
    return name.removeprefix("hs_").replace("_", " ").capitalize()
