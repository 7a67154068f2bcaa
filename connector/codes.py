"""The one registry of codes: E is wrong and must be mended, W was carried on with less.

E1xx configuration and command line · E2xx HubSpot · E3xx source · E4xx mapping · E5xx ledger; W likewise.
`connector explain CODE` prints an entry.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    meaning: str
    cause: str
    fix: str


_CONFIGURATION: dict[str, Code] = {
    "E100": Code(
        "The command line is not understood.",
        "A command, option or argument is misspelt, missing or does not go with the others.",
        "Run the command with --help to see what it takes.",
    ),
    "E101": Code(
        "A setting cannot be read.",
        "A CONNECTOR_ variable in the environment or in .env has a value of the wrong form.",
        "Set the variable named to what the message says is expected.",
    ),
    "E102": Code(
        "A key or token is missing.",
        "The command talks to the voice platform or to HubSpot, and the variable named is not set.",
        "Put the variable into .env or the environment; docs/quickstart.md says where to get its value.",
    ),
    "E103": Code(
        "A date, time or duration cannot be read.",
        "The text is neither an ISO date or time nor an age such as 7d.",
        "Write a date such as 2026-03-01, a time such as 2026-03-01T09:30, or an age such as 7d or 24h.",
    ),
    "E104": Code(
        "The window ends before it starts.",
        "--since lies at or after --until, or after now.",
        "Give a --since that lies before --until.",
    ),
    "E105": Code(
        "A date lies where no call can be.",
        "The date is before the year 2000 or after tomorrow.",
        "Correct the date.",
    ),
    "E106": Code(
        "The file .env cannot be read.",
        "It is not text in UTF-8, is too large, or this user may not read it.",
        "Save it as UTF-8 text that this user may read.",
    ),
    "E107": Code(
        "A file is not there.",
        "The path on the command line or in a setting does not name a file.",
        "Correct the path; relative paths start at the current folder.",
    ),
    "E108": Code(
        "There is no such code.",
        "The code asked for is not one of the connector's.",
        "Copy the code, one letter and three digits, from the message it came with.",
    ),
    "E109": Code(
        "There is no such call.",
        "Neither the ledger nor the platform knows a call with this id.",
        "Copy the id from `connector calls list` or from the platform.",
    ),
    "E110": Code(
        "There is no such run.",
        "The ledger knows no run whose id begins so, or more than one.",
        "Copy the id from `connector runs list`.",
    ),
    "E111": Code(
        "The sandbox cannot start.",
        "Its port is taken, it does not know the voice platform asked for, or its state folder holds something else.",
        "Choose another --port or --state.",
    ),
    "E112": Code(
        "The command was interrupted.",
        "Ctrl-C was pressed, or the system asked the process to end.",
        "Run the same command again: what was done is remembered, and it goes on from there.",
    ),
    "E113": Code(
        "This is a defect in the connector.",
        "Something happened that the program does not foresee; the traceback on stderr says where.",
        "Report it with the traceback; running again is safe.",
    ),
    "E114": Code(
        "The portal refused what the connector needs.",
        "HubSpot did not create a property as it has to be, or there is one of that name which is something else.",
        "Read why beside the property named; without a unique key on calls this version cannot use the portal.",
    ),
    "W101": Code(
        "A variable is not a setting.",
        "A CONNECTOR_ variable is misspelt, or belongs to another version.",
        "Correct its name, or remove it.",
    ),
    "W102": Code(
        "Other users of the machine can read a key.",
        "The file .env holds a key or token and its mode lets its group or everyone read it.",
        "Take the right away from them: chmod 600 .env.",
    ),
    "E122": Code(
        "No backfill was interrupted.",
        "The last backfill of this connection came to its end, or there was none.",
        "Start one with `connector backfill --since DATE`.",
    ),
    "E120": Code(
        "The platform's key belongs to another account.",
        "The calls carry another account than the one this connection was first run with; their keys would differ.",
        "Set the first account's key back, or give the other account its own ledger.",
    ),
    "E121": Code(
        "The token belongs to another HubSpot portal.",
        "The ledger's record ids are those of the portal that this connection was first run with.",
        "Set the first portal's token back, or give the other portal its own ledger.",
    ),
}

_HUBSPOT: dict[str, Code] = {
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
        "Other integrations use the same limits, or CONNECTOR_QUOTA_SHARE leaves too little of the day.",
        "Run again later: what was written stays written and is found by its key.",
    ),
    "E218": Code(
        "HubSpot is not available.",
        "HubSpot answered several times with a failure of its own.",
        "Run again later; status.hubspot.com tells of known troubles.",
    ),
    "E219": Code(
        "The portal's daily limit of requests is used up.",
        "All integrations of the portal together have sent as many requests as HubSpot allows in a day.",
        "Run again after midnight in the portal's time zone, when the count starts anew.",
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
    "E241": Code(
        "The portal is not prepared.",
        "The properties in which the connector keeps its keys are missing.",
        "Run `connector setup` once.",
    ),
    "E242": Code(
        "The portal does not accept unique keys.",
        "Without a unique property on this type of record this version cannot promise that nothing is doubled.",
        "Take the record type out of the mapping; for calls and contacts only a later version can help.",
    ),
    "E243": Code(
        "A property of the connector has another shape in the portal.",
        "The portal has a property of this name that is of another type, or that is not unique.",
        "Delete that property in HubSpot, for good, and run `connector setup`.",
    ),
    "E251": Code(
        "The CRM names a contact that cannot be found again.",
        "It refused to create the contact as a duplicate, and the record that it named is not there.",
        "Nothing: the next run tries this call again.",
    ),
}

_SOURCE: dict[str, Code] = {
    "E301": Code(
        "The platform cannot be reached.",
        "Its name does not resolve, nothing listens there, or the network between is down.",
        "Check CONNECTOR_SOURCE_BASE_URL and the network; running again is safe.",
    ),
    "E302": Code(
        "The platform's TLS certificate is not to be trusted.",
        "It has expired, names another host, or is signed by an authority that this machine does not know.",
        "Mend the address or the certificate; for an authority of your own set SSL_CERT_FILE. It is never ignored.",
    ),
    "E303": Code(
        "The platform was silent, or slower than the limits allow.",
        "It is overloaded, or something between drips or holds back its bytes.",
        "Run again later; nothing is lost.",
    ),
    "E304": Code(
        "The platform's answer broke off, or was not HTTP.",
        "The connection ended before the announced length, or the body is in an encoding that was not asked for.",
        "Run again; if it stays, see what stands between this machine and the platform.",
    ),
    "E305": Code(
        "The platform's answer is larger than allowed.",
        "A body unfolded to more than the limit, which guards the memory and the disk.",
        "If the history is truly that large, ask for a higher limit; else see what stands at that address.",
    ),
    "E306": Code(
        "The platform's address points elsewhere.",
        "The base URL is outdated, lacks https, or leads to a login page; the key is never sent along.",
        "Set CONNECTOR_SOURCE_BASE_URL to the address named in the message, if you trust it.",
    ),
    "E307": Code(
        "The platform limits its requests.",
        "More requests were sent with this key than it allows, by this or another program.",
        "Run again after the time named; nothing is lost.",
    ),
    "E308": Code(
        "The platform answered with server errors.",
        "It is failing or under maintenance, and stayed so over several attempts.",
        "Run again later; nothing is lost.",
    ),
    "E310": Code(
        "The platform refused the key.",
        "The key is missing, mistyped, revoked, or lacks a right.",
        "Create a key on the platform (Reception AI: Settings, Connect apps) and set CONNECTOR_SOURCE_API_KEY.",
    ),
    "E311": Code(
        "The platform does not know this address.",
        "The base URL is wrong, or an older or newer version of the API stands there.",
        "Check CONNECTOR_SOURCE_BASE_URL; for Reception AI it ends in /api/integrations/v1.",
    ),
    "E312": Code(
        "The platform answered with a status that its API does not know.",
        "Something else than the API stands at that address, or the API has changed.",
        "Check CONNECTOR_SOURCE_BASE_URL.",
    ),
    "E313": Code(
        "The platform's answer is not JSON.",
        "A login page, a proxy's notice or nothing at all came in place of data.",
        "Check CONNECTOR_SOURCE_BASE_URL, and what stands between this machine and the platform.",
    ),
    "E314": Code(
        "The platform's JSON has another shape than its API promises.",
        "An object came in place of a list or the other way round: an error in disguise, or a changed API.",
        "Check CONNECTOR_SOURCE_BASE_URL; if it is right, the platform has changed and the connector must follow.",
    ),
    "E315": Code(
        "The platform's list of calls is malformed or was cut short.",
        "Its JSON ends early or cannot be read from some place on; the calls before it were read.",
        "Run again; if it stays, report the place to the platform.",
    ),
    "E320": Code(
        "One element of the list is not a call that can be read.",
        "It is not a JSON object, is malformed, or holds a value that no call can have.",
        "Look at that call on the platform; the others were read.",
    ),
    "E321": Code(
        "A call has no id.",
        "The id is missing, empty, or neither text nor a whole number; none is ever invented.",
        "Look at that call on the platform; the others were read.",
    ),
    "E322": Code(
        "A call's time or duration cannot be read.",
        "The time is missing, is no date, or lies outside 2000 to 2100; or the duration is no number.",
        "Look at that call on the platform; the others were read.",
    ),
    "E323": Code(
        "A call's record is larger than allowed.",
        "One element of the list takes more bytes than the limit, which guards the memory.",
        "Look at that call on the platform; the others were read.",
    ),
    "E330": Code(
        "The platform no longer knows this call.",
        "A call that an earlier run left unfinished was deleted on the platform since.",
        "Nothing: the call is kept as a dead letter.",
    ),
    "W330": Code(
        "The platform's calls are not in the order that it promises.",
        "A newer call came after an older one, so that the end of the new calls cannot be told; all were read.",
        "Nothing: no call is lost, but every run reads the whole history until the order is right again.",
    ),
}

_MAPPING: dict[str, Code] = {
    "E401": Code(
        "The mapping file cannot be read.",
        "There is no file at this path, it is not a regular file, or this user may not read it.",
        "Correct the path in CONNECTOR_MAPPING, or make the file readable.",
    ),
    "E402": Code(
        "The file is not YAML in UTF-8.",
        "A tab in the indentation, a missing quote or bracket, or bytes that are no text.",
        "Correct the line that is named; indent with spaces.",
    ),
    "E403": Code(
        "The file uses a part of YAML that mappings do without.",
        "Anchors, aliases, tags, several documents and keys that are no words are refused: they hide what a file says.",
        "Write the value out where it is used.",
    ),
    "E404": Code(
        "A key stands twice in the same place.",
        "YAML would silently keep only one of the two.",
        "Remove one of them, or make a list of both where the language allows a list.",
    ),
    "E405": Code(
        "The file is too large or nested too deeply.",
        "A mapping has at most 256 KiB and 20 levels.",
        "Split or simplify the file; large texts do not belong into a mapping.",
    ),
    "E406": Code(
        "The file does not have the expected form.",
        "It is empty, or it begins with a list or a single value where keys are expected.",
        "Begin a mapping with `version: 1` and `source: …`, a test file with a list of tests.",
    ),
    "E407": Code(
        "This version of the mapping language is not known.",
        "`version` is missing or is not 1.",
        "Write `version: 1`.",
    ),
    "E408": Code(
        "A secret stands in the file.",
        "A value looks like an API key or an access token; mapping files are shared and kept in version control.",
        "Remove it, replace the key at its issuer, and set it in the environment.",
    ),
    "E411": Code(
        "The key is not known here.",
        "A spelling mistake, or a key that belongs to another part of the file.",
        "Use the name that is suggested, or see the mapping reference.",
    ),
    "E412": Code(
        "A value has the wrong type or form.",
        "The mapping language expects something else in this place.",
        "Give the value in the form that is named; put quotes around texts that look like numbers.",
    ),
    "E413": Code(
        "A required key is missing.",
        "This part of the file cannot do without it.",
        "Add the key that is named.",
    ),
    "E414": Code(
        "A rule can never be reached.",
        "A rule without `when` always holds, and the first rule that holds decides.",
        "Give the rule a `when`, or move it to the end.",
    ),
    "E415": Code(
        "A name is used twice.",
        "The names of rules and of records must differ; a record's name is part of its key in the CRM.",
        "Rename one of them.",
    ),
    "E416": Code(
        "The property belongs to the connector.",
        "The keys, the fingerprint and the hashes of what was written guard against duplicates and lost edits.",
        "Remove the property from the mapping.",
    ),
    "E417": Code(
        "A record lacks a property that HubSpot demands.",
        "Tasks and notes need `hs_timestamp`: when a task is due, or when a note was taken.",
        "Add the property, for example `hs_timestamp: {from: call.ended_at}`.",
    ),
    "E421": Code(
        "The path leads nowhere.",
        "Neither the platform nor the connector has a field of this name.",
        "Use the name that is suggested; the mapping reference lists what there is.",
    ),
    "E422": Code(
        "There is no transform of this name.",
        "A spelling mistake, or a transform of another tool.",
        "Use the name that is suggested; the mapping reference lists all transforms.",
    ),
    "E423": Code(
        "The transform cannot work with this argument.",
        "The argument is missing, not wanted, or has another form.",
        "Write the transform as the mapping reference shows it.",
    ),
    "E424": Code(
        "The condition or template cannot be read.",
        "A quote, bracket or keyword is missing or misplaced.",
        "Correct the expression at the place that is named.",
    ),
    "E425": Code(
        "The condition or template uses something that mappings do without.",
        "Raw HTML, calls of methods, macros, includes and some filters are refused, so that no call can do harm.",
        "Use what the mapping reference lists, or a transform.",
    ),
    "E426": Code(
        "A name of a table is taken.",
        "`call`, `caller`, `crm`, `connection` and `source` mean the call itself.",
        "Rename the table.",
    ),
    "E431": Code(
        "The portal has no such object or property.",
        "A spelling mistake, a property that was deleted, or the name that people see instead of the internal one.",
        "Use the internal name that is suggested, or create the property in HubSpot.",
    ),
    "E432": Code(
        "The property cannot be written.",
        "HubSpot calculates it or keeps it for itself.",
        "Remove it from the mapping, or write another property.",
    ),
    "E433": Code(
        "The value does not fit the property's type.",
        "The property holds numbers, dates or yes and no, and the value is none.",
        "Give a value of that type, or use a transform that makes one.",
    ),
    "E434": Code(
        "The property has no such option.",
        "The value is neither an option's internal value nor a label in this portal.",
        "Use an option that the portal has, or add it in HubSpot.",
    ),
    "E441": Code(
        "A condition or template failed for this call.",
        "It met a value that it cannot work with, such as a text where it expects a number.",
        "Look at the call with `connector preview`, guard the expression with a condition, then retry the call.",
    ),
    "E442": Code(
        "A template ran for too long or made too long a text.",
        "A loop over a long list, or a very long text taken over whole.",
        "Shorten it with `truncate`; a transcript belongs under `call.transcript`.",
    ),
    "W434": Code(
        "The portal has no such call disposition.",
        "Dispositions differ from portal to portal; a call is written without one that the portal does not know.",
        "Use the label of a disposition that the portal has.",
    ),
    "E451": Code(
        "The mapping's own tests fail.",
        "The mapping was changed and its tests were not, or the change does something that nobody meant.",
        "Run `connector check`, mend the mapping or the test; `--force` carries calls all the same.",
    ),
    "E452": Code(
        "A test beside the mapping fails.",
        "What the mapping makes of the given call differs from what the test expects.",
        "Mend whichever of the two is wrong.",
    ),
}

_LEDGER: dict[str, Code] = {
    "E501": Code(
        "The address of the ledger is not understood.",
        "CONNECTOR_LEDGER_URL does not have the form sqlite:///PATH.",
        "Set CONNECTOR_LEDGER_URL to sqlite:/// followed by the path of a file, for example sqlite:///connector.db.",
    ),
    "E502": Code(
        "This kind of ledger is not in this version.",
        "CONNECTOR_LEDGER_URL names a database that only a later version of the connector can use.",
        "Use a file on this machine for now, for example sqlite:///connector.db.",
    ),
    "E503": Code(
        "The folder of the ledger does not exist.",
        "The path in CONNECTOR_LEDGER_URL leads through a folder that is not there; folders are never made unasked.",
        "Make the folder, or correct the path in CONNECTOR_LEDGER_URL.",
    ),
    "E504": Code(
        "The path of the ledger is not a file.",
        "The path in CONNECTOR_LEDGER_URL names a folder or a device.",
        "Give the path of a file, for example sqlite:///connector.db.",
    ),
    "E505": Code(
        "The ledger lies on a network file system.",
        "SQLite's write-ahead log needs memory that all users of the file share, which only one machine can offer.",
        "Move the ledger to a disk of this machine.",
    ),
    "E506": Code(
        "The file is not a ledger.",
        "The path in CONNECTOR_LEDGER_URL names a file or a database that the connector did not make.",
        "Correct the path in CONNECTOR_LEDGER_URL; if the file is of no use, move it away and a new ledger is made.",
    ),
    "E507": Code(
        "The ledger was written by a newer version of the connector.",
        "A later version changed the shape of the ledger, and this one cannot know what the change means.",
        "Run the newer version, or give this one a ledger of its own.",
    ),
    "E508": Code(
        "The SQLite library of this Python is too old.",
        "The ledger needs SQLite 3.35 or later, and Python brings the one it was built with.",
        "Use a Python with a newer SQLite; its `sqlite3.sqlite_version` tells which one it has.",
    ),
    "E511": Code(
        "The ledger is locked.",
        "Another process has been writing to the ledger for longer than we waited.",
        "Run again; if it stays locked, look for a process that hangs with the ledger open.",
    ),
    "E512": Code(
        "The ledger cannot be written.",
        "The file, its folder or its disk is read-only for this user.",
        "Give this user the right to write to the file and to its folder.",
    ),
    "E513": Code(
        "There is no room left for the ledger.",
        "The disk or the user's share of it is full; what was stored before is safe.",
        "Make room on the disk and run again.",
    ),
    "E514": Code(
        "The ledger is damaged.",
        "The file holds pages that SQLite cannot read, after a disk fault or a change by another program.",
        "Move the file away and run again: records are found by their keys in HubSpot, so that nothing is doubled.",
    ),
    "E515": Code(
        "The ledger cannot be opened or read.",
        "The operating system refused the file, or failed while reading or writing it.",
        "Check that this user may read and write the file and its folder, and that the disk is healthy.",
    ),
    "E521": Code(
        "Another run holds this portal's lane.",
        "Only one run at a time writes to a HubSpot portal, and another one has not finished.",
        "Wait for the other run to end; if it died, its lane is free again within minutes.",
    ),
    "E522": Code(
        "This run lost its portal's lane.",
        "The run was paused for longer than its lease, or another run took over.",
        "Run again: the next run finishes what this one began.",
    ),
    "E531": Code(
        "The connection belongs to another source.",
        "The ledger remembers this connection with another voice platform, whose calls have other keys.",
        "Set CONNECTOR_SOURCE back, or use another connection name or another ledger for the new platform.",
    ),
    "E532": Code(
        "More than one run begins with this id.",
        "The beginning of the id that was given fits several runs.",
        "Give more of the id; `connector runs list` shows the ids.",
    ),
}

CODES: dict[str, Code] = {**_CONFIGURATION, **_HUBSPOT, **_SOURCE, **_MAPPING, **_LEDGER}
