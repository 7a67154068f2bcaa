"""HubSpot: E2xx, W2xx."""

from __future__ import annotations

from connector.codes.code import Code

HUBSPOT: dict[str, Code] = {
    "E201": Code(
        "HubSpot does not accept the token.",
        "The service key in CONNECTOR_HUBSPOT_TOKEN is mistyped, was rotated, or was deleted.",
        "Copy the key again from HubSpot: Development, Keys, Service keys.",
    ),
    "E202": Code(
        "The token may not do this in HubSpot.",
        "The service key lacks a scope that this request needs.",
        "Add the scope to the key in HubSpot: Development, Keys, Service keys; the quickstart lists them.",
    ),
    "E203": Code(
        "HubSpot does not know this address.",
        "CONNECTOR_HUBSPOT_BASE_URL leads elsewhere, or HubSpot does not serve CONNECTOR_HUBSPOT_API_VERSION.",
        "Remove both settings to use HubSpot's own address and version.",
    ),
    "E204": Code(
        "HubSpot refused a request of the connector as a whole.",
        "The portal lacks something that the request names, or HubSpot's rules have changed.",
        "Run `connector setup`; if the error stays, report it with the correlation id in the message.",
    ),
    "E205": Code(
        "The version of HubSpot's API is not understood.",
        "CONNECTOR_HUBSPOT_API_VERSION is neither v3 nor a date such as 2026-09.",
        "Remove CONNECTOR_HUBSPOT_API_VERSION, or set it to v3 or to a dated version.",
    ),
    "E211": Code(
        "HubSpot cannot be reached.",
        "The name was not resolved, or no connection came about.",
        "Check the network and CONNECTOR_HUBSPOT_BASE_URL; it is safe to run again.",
    ),
    "E212": Code(
        "HubSpot's certificate is not to be trusted.",
        "Something between here and HubSpot answers in its place, or this machine's certificates are out of date.",
        "Update the machine's certificates, or ask who runs the proxy.",
    ),
    "E213": Code(
        "HubSpot did not answer in time.",
        "The connection was silent or dripped for longer than the limits allow.",
        "Run again: what was written stays written and is found by its key.",
    ),
    "E214": Code(
        "HubSpot's answer cannot be read.",
        "The answer was cut short, is not JSON, or comes from something else at that address.",
        "Run again; if the error stays, check CONNECTOR_HUBSPOT_BASE_URL.",
    ),
    "E215": Code(
        "HubSpot's answer is too large.",
        "The answer exceeds the size that the connector is willing to hold in memory.",
        "Check CONNECTOR_HUBSPOT_BASE_URL.",
    ),
    "E216": Code(
        "HubSpot's address leads elsewhere.",
        "The answer redirects to another host, to which the key is never sent.",
        "Set CONNECTOR_HUBSPOT_BASE_URL to the address that answers itself, or remove it.",
    ),
    "E217": Code(
        "HubSpot limits us for longer than we wait.",
        "Other integrations with the same key or in the same portal use up the limit as soon as it is free.",
        "Run again later, or let the others pause: what was written stays written and is found by its key.",
    ),
    "E218": Code(
        "HubSpot is not available.",
        "HubSpot answered several times with a failure of its own.",
        "Run again later; status.hubspot.com tells of known troubles.",
    ),
    "E219": Code(
        "The portal's daily limit of requests is used up.",
        "All integrations of the portal together have sent as many requests as HubSpot allows in a day.",
        "Run again after midnight in the portal's time zone, when the count starts anew; until then runs ask nothing.",
    ),
    "E220": Code(
        "The portal is being moved between data centres.",
        "HubSpot refuses all requests of a portal while it moves, for up to a day.",
        "Run again when the move is over.",
    ),
    "E221": Code(
        "It is not known whether HubSpot took a write.",
        "Answers were lost, and the record was neither found by its key nor could it be created again.",
        "Run again: the record is looked for by its key before anything is sent.",
    ),
    "E222": Code(
        "HubSpot fails on this record each time.",
        "HubSpot answers with a failure of its own, or not at all, whenever this record is sent, and takes others.",
        "Nothing at first: up to eight runs try again. After that look at the call with `connector calls show`.",
    ),
    "E223": Code(
        "The backfill has used its half of the day's requests.",
        "A backfill takes half of what is left of the portal's daily limit, so that sync and other integrations go on.",
        "Run `connector backfill --resume` tomorrow; today it would take half of what is left once more.",
    ),
    "E225": Code(
        "The record was not sent to HubSpot.",
        "HubSpot refused several records before it, one after the other, and did not say why; this one is like them.",
        "Look at a call of the same run that failed with E231; up to eight runs try this one again.",
    ),
    "E231": Code(
        "HubSpot refused the record.",
        "The record breaks a rule of HubSpot or of the portal that the answer does not explain further.",
        "Look at the call with `connector calls show`, and compare with the portal's validation rules.",
    ),
    "E232": Code(
        "HubSpot refused values of the record.",
        "A property does not exist, cannot be written, is required, or does not take this value.",
        "Correct the mapping of the properties named, or the property in the portal.",
    ),
    "E233": Code(
        "HubSpot refused a link of the record.",
        "The record at the other end was deleted or merged, or these two types cannot be linked.",
        "Run again: the contact is looked for anew.",
    ),
    "E234": Code(
        "Another record has a value that must be unique in the portal.",
        "The mapping writes a property that the portal keeps unique, and its value is taken.",
        "Take the property out of the mapping, or correct the other record.",
    ),
    "E235": Code(
        "The key is taken by a record that cannot be read.",
        "HubSpot says that the key or e-mail address exists already, but shows no record that has it.",
        "Give the token the right to read all records; a record that was deleted for good keeps its key for a while.",
    ),
    "E236": Code(
        "The e-mail address may not return to the portal.",
        "A contact with this address was deleted for good at its owner's wish, and HubSpot blocklists the address.",
        "Nothing is to be done: the address is left out.",
    ),
    "W231": Code(
        "The portal has no such property.",
        "The mapping names a property that was deleted, or that has another internal name in this portal.",
        "Create it in HubSpot or take it out of the mapping, then fill it in with `connector calls retry CALL_ID`.",
    ),
    "W232": Code(
        "The portal does not let the property be written.",
        "HubSpot sets this property itself, or an admin made it read-only.",
        "Take it out of the mapping, or write another property.",
    ),
    "W233": Code(
        "The value is not one of the property's options.",
        "The option was removed or renamed in HubSpot, or the mapping names one that never was.",
        "Add the option in HubSpot or name another in the mapping, then `connector calls retry CALL_ID`.",
    ),
    "W234": Code(
        "The text is too long for HubSpot.",
        "A property holds at most 65,536 characters, and a longer text would be refused.",
        "Shorten it in the mapping with `truncate`.",
    ),
    "W235": Code(
        "The value is not of the property's type.",
        "The property holds numbers, dates or yes and no; it may have been retyped since the mapping was written.",
        "Use a transform that makes a value of that type, or write another property.",
    ),
    "W236": Code(
        "HubSpot refused a value.",
        "A rule of HubSpot's or of the portal's forbids it: a length, a pattern, an option that is gone.",
        "Look at the rules of the property in HubSpot; correct the mapping, then `connector calls retry CALL_ID`.",
    ),
    "W237": Code(
        "HubSpot does not take an e-mail address.",
        "HubSpot's own check of addresses is stricter than ours, or the address was misheard.",
        "Ask the caller, and write the address into the contact by hand.",
    ),
    "W238": Code(
        "The owner is not an active user.",
        "Whoever owns the contact, or is named under `owner` in the mapping, was deactivated or left.",
        "Give the contact another owner in HubSpot, or name an active user under `owner` in the mapping.",
    ),
    "W239": Code(
        "HubSpot refused a link.",
        "The record at the other end was deleted or merged meanwhile, or has as many links as HubSpot allows.",
        "Link the two by hand in HubSpot.",
    ),
    "W240": Code(
        "The contact was not brought up to date.",
        "HubSpot refused the change of the contact and did not say which property was the reason.",
        "Compare the contact with the portal's validation rules; the call itself is in HubSpot.",
    ),
    "E241": Code(
        "The portal is not prepared.",
        "The properties in which the connector keeps its keys are missing.",
        "Run `connector setup` once.",
    ),
    "W241": Code(
        "HubSpot does not refuse a second record of this type by itself.",
        "The portal took no unique property for our key: a record is found again through HubSpot's search alone.",
        "Keep the ledger, let one installation write, and expect runs after a lost answer to wait up to seven minutes.",
    ),
    "E242": Code(
        "The portal takes no key of ours on this type of record.",
        "HubSpot refused a property for the key, unique or not; without one nobody can tell what is there already.",
        "See in HubSpot whether custom properties of this object are used up; or take the record out of the mapping.",
    ),
    "E243": Code(
        "A property of the connector has another shape in the portal.",
        "The portal has a property of this name that is of another type.",
        "Delete that property in HubSpot, for good, and run `connector setup`.",
    ),
    "E251": Code(
        "The CRM names a contact that cannot be found again.",
        "It refused to create the contact as a duplicate, and the record that it named is not there.",
        "Nothing: the next run tries this call again.",
    ),
    "W262": Code(
        "Little is left of the day's requests.",
        "The portal's integrations have used most of what HubSpot allows in a day; they all share one count.",
        "Leave a large backfill for tomorrow; a run that meets the limit stops in order and goes on later.",
    ),
}
