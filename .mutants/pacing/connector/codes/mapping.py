"""Mapping files: E4xx, W4xx."""

from __future__ import annotations

from connector.codes.code import Code

MAPPING: dict[str, Code] = {
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
    "W414": Code(
        "A call may match no rule.",
        "The last rule has a `when`, so nothing says what becomes of a call for which no rule holds.",
        "End the rules with one that has no `when`, such as `- unknown_caller: hold`.",
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
    "E418": Code(
        "The mapping is for another voice platform.",
        "Its `source` is not the platform that CONNECTOR_SOURCE names, whose calls have other fields.",
        "Choose the platform's own mapping with CONNECTOR_MAPPING, or correct `source`.",
    ),
    "E421": Code(
        "The path leads nowhere.",
        "Neither the platform nor the connector has a field of this name.",
        "Use the name that is suggested; the mapping reference lists what there is.",
    ),
    "W421": Code(
        "No sampled call has a value at this path.",
        "The object is one that the platform leaves open, and none of the newest calls has such a field in it.",
        "Compare the name with what `connector preview CALL_ID` shows of a call; more samples may hold it.",
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
    "W431": Code(
        "Nothing is known of this object.",
        "The portal schema was saved before the mapping made such records, or with a token that may not see them.",
        "Save it again: `connector check --save-portal-schema FILE` with this mapping.",
    ),
    "E435": Code(
        "The portal has no such user.",
        "An owner is named by the e-mail address or the id of a HubSpot user; this is neither.",
        "Use the address that the user has in HubSpot (Settings, Users & Teams), or the owner's id.",
    ),
    "W435": Code(
        "The owner is not active any more.",
        "The user left or was deactivated, and HubSpot refuses inactive owners: the record gets no owner.",
        "Name somebody who is still there.",
    ),
    "E436": Code(
        "Records of this object cannot be linked so.",
        "HubSpot defines no link between the two objects, and links that only this portal defines are not used.",
        "Remove it from `associate`; `associate: []` links the record to nothing.",
    ),
    "W436": Code(
        "There will be nothing to link to.",
        "`deal` and `ticket` mean those that the same call makes, and no record of this mapping makes one.",
        "Add a record that makes it, or remove it from `associate`.",
    ),
    "E437": Code(
        "`write: forward` has no order to go by.",
        "It moves a value to a later option in the portal's own order, and this property has no options.",
        "Use another `write`, such as `if_empty` or `newest`.",
    ),
    "E441": Code(
        "A condition or template failed for this call.",
        "It met a value that it cannot work with, such as a text where it expects a number.",
        "Look at the call with `connector preview`, guard the expression with a condition, and sync again.",
    ),
    "E442": Code(
        "A template ran for too long or made too long a text.",
        "A loop over a long list, or a very long text taken over whole.",
        "Shorten it with `truncate`; a transcript belongs under `call.transcript`. The next sync tries the call again.",
    ),
    "W443": Code(
        "A value of a call could not be read.",
        "A transform met a value that it cannot read, or `map` has no entry for it: the property stays blank.",
        "Add an entry or a `default`, use another transform, or leave it: the call itself is carried.",
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
