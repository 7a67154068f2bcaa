"""The awkward calls of the sandbox, each under the names of what is awkward about it, and the contacts they need.

Numbers and addresses are from ranges kept for fiction. `edges.py` turns these into the platform's records.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from connector.sandbox import phrases
from connector.sandbox.people import OWN_NUMBER

NEXT_MORNING = "<next morning>"
"""Stands for 09:30 UTC on the day after the call."""

LONG_TRANSCRIPT_BYTES = 80_000


class Edge(Struct, frozen=True, kw_only=True):
    """One awkward call: the platform's fields, but for id, times and what every call has."""

    names: tuple[str, ...]
    fields: dict[str, Any]
    a_second_after_previous: bool = False


def _edge(
    names: str,
    type_and_outcome: str,
    number: str | None,
    name: str | None,
    summary: str | None,
    *,
    lead: dict[str, Any] | None = None,
    a_second_after_previous: bool = False,
    **more: Any,
) -> Edge:
    """`names` and `type_and_outcome` are words parted by spaces; `more` are further fields of the platform."""
    kind, outcome = type_and_outcome.split()
    fields = {
        "callerNumber": number,
        "callerName": name,
        "callType": kind,
        "outcome": outcome,
        "summary": summary,
        "leadData": lead,
        **more,
    }
    return Edge(names=tuple(names.split()), fields=fields, a_second_after_previous=a_second_after_previous)


def long_transcript() -> str:
    """A conversation that never ends: 80 kB of whole turns."""
    lines = [phrases.GREETING]
    size, turn = len(phrases.GREETING), 0
    while size < LONG_TRANSCRIPT_BYTES:
        question, reply = phrases.SMALL_TALK[turn % len(phrases.SMALL_TALK)]
        pair = (f"Assistant: ({turn + 1}) {question}", f"Caller: {reply}")
        lines += pair
        size += sum(len(line) + 1 for line in pair)
        turn += 1
    return "\n".join(lines)


EDGES: tuple[Edge, ...] = (
    _edge(
        "new_enquiry lead_captured",
        "new_enquiry lead_captured",
        "+447700900101",
        "Jane Doe",
        "Jane Doe asked for help with her first Self Assessment return and left her details.",
        lead={"name": "Jane Doe", "email": "jane.doe@example.com", "note": "First return, works as a potter."},
    ),
    _edge(
        "known_by_formatted_phone existing_client_known transferred",
        "existing_client transferred",
        "+447700900123",
        "Margaret Ellis",
        "Margaret Ellis asked whether her accounts had been filed. Put through to the team.",
    ),
    _edge(
        "referral callback_scheduled callback_with_time extra_lead_keys",
        "referral callback_scheduled",
        "+12125550134",
        "Walter Brandt",
        "Walter Brandt was sent by a client in New York and would like a call about US/UK returns.",
        lead={
            "name": "Walter Brandt",
            "email": "w.brandt@example.net",
            "notes": "Two-country household. Prefers mornings.",
            "callbackTime": NEXT_MORNING,
            "company": "Brandt Ceramics",
            "post code": "ZZ1 4AB",
            "budget": 1800,
            "services": ["US return", "UK return"],
            "address": {"city": "Exampleton", "country": "US"},
        },
    ),
    _edge(
        "staff",
        "staff transferred",
        "+447700900102",
        "Colin Marlow",
        "Colin rang in from the train and was put through to the office.",
    ),
    _edge(
        "name_unknown existing_client_unknown",
        "existing_client message_taken",
        "+447700900103",
        "Unknown",
        "A client who did not say their name asked for a copy of last year's tax calculation.",
        lead={"name": "Unknown", "note": "Wants a copy of the tax calculation."},
    ),
    _edge(
        "email_as_heard",
        "new_enquiry lead_captured",
        "+447700900104",
        "Priya Sharma",
        "Priya Sharma wants to turn her consultancy into a limited company.",
        lead={
            "name": "Priya Sharma",
            "email": "priya dot sharma at example dot com",
            "note": "One director, no staff.",
        },
    ),
    _edge(
        "repeat_first message_taken",
        "new_enquiry message_taken",
        "+447700900105",
        "Gareth Pryce",
        "Gareth Pryce left a message about payroll for six people.",
        lead={"name": "Gareth Pryce", "note": "Six weekly staff."},
    ),
    _edge(
        "withheld_anonymous email_only_enquiry",
        "new_enquiry lead_captured",
        "anonymous",
        "Dora Finlay",
        "Dora Finlay rang from a withheld number and asked to be written to about VAT.",
        lead={"name": "Dora Finlay", "email": "dora.finlay@example.org", "note": "Near the VAT threshold."},
    ),
    _edge(
        "known_by_mobilephone",
        "existing_client resolved",
        "+447700900124",
        "Tobias Frame",
        "Tobias Frame asked when the VAT is due and was told.",
    ),
    _edge(
        "new_enquiry_without_identity held_number_only",
        "new_enquiry callback_scheduled",
        "+442079460021",
        None,
        "A caller who gave no name would like to be called back about bookkeeping.",
        lead={"note": "No name given. Any time after four."},
    ),
    # Two connections of one new caller within a second.
    _edge(
        "two_at_once_first",
        "new_enquiry resolved",
        "+447700900106",
        "Beatrix Lowe",
        "Beatrix Lowe was cut off while asking about charity accounts.",
        lead={"name": "Beatrix Lowe", "note": "Cut off."},
        duration=41,
    ),
    _edge(
        "two_at_once_second",
        "new_enquiry lead_captured",
        "+447700900106",
        "Beatrix Lowe",
        "Beatrix Lowe, on a second line at once, asked what charity accounts cost.",
        lead={"name": "Beatrix Lowe", "email": "b.lowe@example.org", "note": "Charity, income under £60,000."},
        a_second_after_previous=True,
        duration=37,
    ),
    _edge(
        "known_by_secondary_email",
        "existing_client message_taken",
        "+447700900125",
        "Yasmin Cole",
        "Yasmin Cole, from a new number, left a message about her payslips.",
        lead={"name": "Yasmin Cole", "email": "ycole@example.net", "note": "One payslip looks wrong."},
    ),
    _edge(
        "text_html text_emoji",
        "new_enquiry lead_captured",
        "+447700900107",
        "Zoë <b>Hart</b> 🎨",
        'Zoë asked about <script>alert("hello")</script> & "odd" <img src=x onerror=alert(1)> invoices. 🧾👩‍🎨',
        lead={
            "name": "Zoë <b>Hart</b> 🎨",
            "email": "zoe.hart@example.com",
            "note": 'See <a href="javascript:alert(1)">this</a> and https://example.com/portfolio?a=1&b=2',
        },
    ),
    _edge(
        "owner_active",
        "existing_client callback_scheduled",
        "+447700900127",
        "Ravi Desai",
        "Ravi Desai would like his adviser to ring him back about a letter from HMRC.",
        lead={"name": "Ravi Desai", "note": "HMRC letter, dated last week."},
    ),
    _edge(
        "unknown_message",
        "unknown message_taken",
        "+441134960010",
        "Estelle Morrow",
        "Estelle Morrow asked for somebody to ring her; she would not say what about.",
        lead={"name": "Estelle Morrow", "note": "Please ring back."},
    ),
    _edge(
        "withheld_empty no_identity_resolved",
        "unknown resolved",
        "",
        None,
        "The caller asked for the opening hours.",
        duration=21,
    ),
    _edge(
        "shared_phone_named",
        "existing_client message_taken",
        "+442079460020",
        "Moira Grant",
        "Moira Grant, from the shop's line, asked to move next week's meeting.",
        lead={"name": "Moira Grant", "note": "Tuesday does not work."},
    ),
    _edge(
        "shared_phone_unnamed",
        "existing_client message_taken",
        "+442079460020",
        None,
        "Somebody at the Grants' shop asked for the bank statements back.",
        lead={"note": "Please return the statements."},
    ),
    _edge(
        "lifecycle_customer",
        "new_enquiry lead_captured",
        "+447700900128",
        "Helena Voss",
        "Helena Voss, a client already, asked about a second company.",
        lead={"name": "Helena Voss", "email": "helena.voss@example.com", "note": "Second company, property."},
    ),
    _edge(
        "repeat_second callback_without_time",
        "new_enquiry callback_scheduled",
        "+447700900105",
        "Gareth Pryce",
        "Gareth Pryce rang again about the payroll and would like to be called.",
        lead={"name": "Gareth Pryce", "email": "gareth.pryce@example.com", "note": "Next pay run is in ten days."},
    ),
    _edge(
        "text_long_transcript recording_signed",
        "new_enquiry lead_captured",
        "+447700900108",
        "Ottoline Bray",
        "Ottoline Bray talked for nearly an hour about moving her books online.",
        lead={"name": "Ottoline Bray", "email": "ottoline@example.com", "note": "Café, 200 invoices a month."},
        duration=3120,
        transcript=long_transcript(),
    ),
    _edge(
        "placeholder_contact",
        "new_enquiry lead_captured",
        "+447700900126",
        "Imogen Reed",
        "Imogen Reed asked about letting out her flat.",
        lead={"name": "Imogen Reed", "email": "imogen.reed@example.net", "note": "One flat in Leeds."},
    ),
    _edge(
        "own_number",
        "unknown resolved",
        OWN_NUMBER,
        None,
        "A test call from the firm's own line.",
        duration=6,
    ),
    _edge(
        "withheld_private no_identity_message",
        "unknown message_taken",
        "private",
        None,
        "Somebody who gave neither name nor number wants to hear about the vacancy.",
        lead={"note": "Asked about the vacancy for a bookkeeper."},
    ),
    _edge(
        "email_and_phone_disagree",
        "existing_client message_taken",
        "+447700900131",
        "Nora Quill",
        "Nora Quill rang from a colleague's phone about her payslips.",
        lead={"name": "Nora Quill", "email": "nora.quill@example.com", "note": "Rang from Sam Turner's phone."},
    ),
    _edge(
        "email_misheard_phone_and_name_agree",
        "existing_client message_taken",
        "+447700900133",
        "John Hill",
        "John Hill asked for a copy of his tax calculation.",
        lead={"name": "John Hill", "email": "joan.hill@example.com", "note": "For the bank."},
    ),
    _edge(
        "number_with_extension",
        "new_enquiry lead_captured",
        "+44 20 7946 0022 ext. 204",
        "Percy Vaughan",
        "Percy Vaughan, extension 204, would like a quote for year-end accounts.",
        lead={"name": "Percy Vaughan", "email": "percy.vaughan@example.org", "note": "Three directors."},
    ),
    _edge(
        "number_short_code withheld_no_name",
        "unknown resolved",
        "60300",
        None,
        "An automated call offered office supplies.",
        duration=14,
    ),
    _edge(
        "number_without_country",
        "referral lead_captured",
        "07700 900109",
        "Solomon Pike",
        "Solomon Pike was sent by his sister and needs a rental income return.",
        lead={"name": "Solomon Pike", "note": "Joint ownership with a sister."},
    ),
    _edge(
        "number_unreadable",
        "new_enquiry lead_captured",
        "five five five 0135",
        "Adele Kerr",
        "Adele Kerr's number came through in words.",
        lead={"name": "Adele Kerr", "email": "adele.kerr@example.com", "note": "US/UK dual filing."},
    ),
    _edge(
        "email_unreadable lead_note",
        "new_enquiry lead_captured",
        "+447700900110",
        "Linus Ward",
        "Linus Ward spelt an address that nobody could follow.",
        lead={"name": "Linus Ward", "email": "linus at gmial", "note": "Prefers e-mail, but see the address."},
    ),
    _edge(
        "email_typo lead_notes",
        "new_enquiry lead_captured",
        "+447700900111",
        "Tess Arden",
        "Tess Arden would like the new-client pack by e-mail.",
        lead={"name": "Tess Arden", "email": "tess.arden@example.con", "notes": "New-client pack."},
    ),
    _edge(
        "name_digits withheld_restricted",
        "new_enquiry message_taken",
        "restricted",
        "447700900112",
        "The caller's name came through as a number.",
        lead={"name": "447700900112", "note": "Asked for prices."},
    ),
    _edge(
        "owner_inactive",
        "existing_client transferred",
        "+447700900129",
        "Lucy Marsh",
        "Lucy Marsh asked for the adviser she had last year.",
    ),
    _edge(
        "text_control_characters text_bidi",
        "new_enquiry lead_captured",
        "+447700900113",
        "Bram\u0007 Stone\u200b",
        "Bram\u0000 asked about \u001b[31mVAT\u001b[0m.\r\nSecond line.\tTab. \u202eesrever\u202c",
        lead={
            "name": "Bram\u0007 Stone\u200b",
            "email": "bram.stone@example.com",
            "note": "Line one\r\nline two\u0085",
        },
    ),
    _edge(
        "enum_new_values additive_fields",
        "vip_client appointment_booked",
        "+447700900114",
        "Orla Keane",
        "Orla Keane booked an appointment with a partner.",
        lead={"name": "Orla Keane", "email": "orla.keane@example.com", "note": "Tuesday at ten."},
        sentiment={"score": 0.92, "label": "positive"},
        language="en-GB",
    ),
    _edge(
        "withheld_sip no_identity_transferred",
        "unknown transferred",
        "sip:anonymous@anonymous.invalid",
        None,
        "A caller without a number was put through to the team.",
        duration=48,
    ),
    _edge(
        "unknown_known_caller",
        "unknown resolved",
        "+12125550147",
        None,
        "The caller asked where to park for a meeting.",
        duration=33,
    ),
    _edge(
        "withheld_unavailable email_only_known",
        "existing_client message_taken",
        "unavailable",
        "Margaret Ellis",
        "Margaret Ellis, from a withheld number, will be ten minutes late.",
        lead={"name": "Margaret Ellis", "email": "MARGARET.ELLIS@EXAMPLE.COM", "note": "Ten minutes late."},
    ),
    _edge(
        "nulls_everywhere",
        "unknown resolved",
        None,
        None,
        None,
        duration=0,
        transcript=None,
        recordingUrl=None,
    ),
    _edge(
        "withheld_unknown_word",
        "existing_client message_taken",
        "unknown",
        "Caller",
        "A client asked for somebody to ring, without saying on which number.",
        lead={"name": "Caller", "note": "Please ring."},
    ),
    _edge(
        "withheld_blocked",
        "new_enquiry callback_scheduled",
        "blocked",
        "Fergus Tully",
        "Fergus Tully wants a call back but withheld his number.",
        lead={"name": "Fergus Tully", "note": "No number shown."},
    ),
    _edge(
        "withheld_sentinel_number unknown_resolved_held",
        "unknown resolved",
        "+266696687",
        "Ivo Crane",
        "Ivo Crane asked about parking.",
        lead={"name": "Ivo Crane"},
        duration=29,
    ),
    _edge(
        "gdpr_deleted",
        "existing_client message_taken",
        "+447700900115",
        "Alban Frost",
        "Alban Frost asked that everything about him be deleted, again.",
        lead={"name": "Alban Frost", "email": "alban.frost@example.org", "note": "Wants to be forgotten."},
    ),
    _edge(
        "new_enquiry_resolved",
        "new_enquiry resolved",
        "+441134960011",
        "Cordelia Shaw",
        "Cordelia Shaw asked what a first meeting costs; it is free.",
        lead={"name": "Cordelia Shaw", "email": "cordelia.shaw@example.com", "note": "Will think about it."},
    ),
)
"""In the order in which they are made."""

CONTACTS: tuple[dict[str, str], ...] = (
    {"firstname": "Margaret", "lastname": "Ellis", "email": "margaret.ellis@example.com", "phone": "07700 900123"},
    {"firstname": "Tobias", "lastname": "Frame", "email": "tobias.frame@example.com", "mobilephone": "07700 900124"},
    {"firstname": "Yasmin", "lastname": "Cole", "email": "yasmin.cole@example.com"},
    {"firstname": "Yasmin", "lastname": "Cole", "email": "ycole@example.net"},
    {"firstname": "Peter", "lastname": "Grant", "email": "peter.grant@example.org", "phone": "+44 20 7946 0020"},
    {"firstname": "Moira", "lastname": "Grant", "email": "moira.grant@example.org", "phone": "020 7946 0020"},
    {"firstname": "Aircall new contact", "phone": "+447700900126"},
    {"firstname": "Ravi", "lastname": "Desai", "email": "ravi.desai@example.com", "phone": "07700 900127"},
    {"firstname": "Lucy", "lastname": "Marsh", "email": "lucy.marsh@example.com", "phone": "+44 7700-900129"},
    {"firstname": "Helena", "lastname": "Voss", "email": "helena.voss@example.com", "phone": "07700-900128"},
    {"firstname": "Nora", "lastname": "Quill", "email": "nora.quill@example.com", "phone": "07700 900130"},
    {"firstname": "Sam", "lastname": "Turner", "email": "sam.turner@example.com", "phone": "07700 900131"},
    {"firstname": "Joan", "lastname": "Hill", "email": "joan.hill@example.com", "phone": "07700 900132"},
    {"firstname": "John", "lastname": "Hill", "phone": "07700 900133"},
    {"firstname": "Astrid", "lastname": "Bloom", "email": "astrid.bloom@example.com", "phone": "+1 (212) 555-0147"},
    {"firstname": "Alban", "lastname": "Frost", "email": "alban.frost@example.org", "phone": "+447700900115"},
)
"""Contacts that the CRM has before the first call."""

OWNED_BY = {"ravi.desai@example.com": "71001", "lucy.marsh@example.com": "71003"}
"""By e-mail address, the id of the contact's owner: one who is there, and one who left."""

MERGED = {"ycole@example.net": "yasmin.cole@example.com"}
"""Address of a contact → that of the one it was merged into, whose secondary address it became."""

GDPR_DELETED = ("alban.frost@example.org",)
