"""Configuration and command line: E1xx, W1xx."""

from __future__ import annotations

from connector.codes.code import Code

CONFIGURATION: dict[str, Code] = {
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
        "Run `connector init`, or put the variable into .env or the environment; the quickstart says where to get it.",
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
        "Its port is taken, it does not know the voice platform asked for, its state folder holds something else, or "
        "another sandbox or demo uses that folder.",
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
    "E115": Code(
        "The output cannot be written.",
        "The output goes into a file on a disk that is full, or to a device that takes nothing; the work was done.",
        "Make room, or send the output elsewhere; `connector runs show` tells again what a run did.",
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
    "E118": Code(
        "The portal schema cannot be used.",
        "The file was not saved by `check --save-portal-schema`, was cut or edited, or is of another version.",
        "Save it again: `connector check --save-portal-schema FILE` with a token in the settings.",
    ),
    "E120": Code(
        "The calls belong to another account.",
        "CONNECTOR_SOURCE_ACCOUNT or the platform's key was changed: the calls carry another account than the one this "
        "connection was first run with, and their keys would differ.",
        "Set the first account or its key back, or give the other account its own ledger.",
    ),
    "E121": Code(
        "The token belongs to another HubSpot portal.",
        "The ledger's record ids are those of the portal that this connection was first run with.",
        "Set the first portal's token back, or give the other portal its own ledger.",
    ),
    "E131": Code(
        "This machine's clock is wrong.",
        "It differs from HubSpot's by more than an hour, so that windows of time and due dates come out wrong.",
        "Set the clock, or let the system set it: timedatectl set-ntp true.",
    ),
    "W131": Code(
        "This machine's clock is not quite right.",
        "It differs from HubSpot's by more than a minute, which blurs the edges of windows and of waiting times.",
        "Let the system set the clock: timedatectl set-ntp true.",
    ),
    "E132": Code(
        "A file is there already.",
        "`init` never replaces a file unless it is told to.",
        "Run it in another folder, or with --force to replace what it would write.",
    ),
    "E133": Code(
        "The files cannot be written here.",
        "This user may not write to the folder, or its disk is full; nothing was left half-written.",
        "Run it in a folder that this user may write to.",
    ),
    "E134": Code(
        "Answers are missing.",
        "`init --non-interactive` asks nothing, so that every answer comes from an option or from the environment.",
        "Give the ones named: keys in the environment, everything else there or as an option.",
    ),
    "E135": Code(
        "The answers ended before the questions did.",
        "The input was closed (Ctrl-D); nothing was written.",
        "Run `connector init` again.",
    ),
    "E136": Code(
        "There is no terminal to ask on.",
        "`init` asks questions, and its input is a file, a pipe or nothing.",
        "Run it in a terminal, or with --non-interactive and every answer as an option or in the environment.",
    ),
    "E140": Code(
        "The plan cannot be written.",
        "--out names a folder, a device, or a place that does not exist, is read-only or full.",
        "Give --out a path in a folder that this user may write to; an older file there is replaced.",
    ),
    "E141": Code(
        "This is not a plan.",
        "The file was not written by `connector plan --out`, was cut off or edited, or cannot be read.",
        "Make a plan with `connector plan --out FILE` and give that file.",
    ),
    "E142": Code(
        "The plan has another format.",
        "Another version of the connector wrote the file, and this one cannot know what all of it means.",
        "Make the plan again with this version, or apply it with the version that wrote it.",
    ),
    "E143": Code(
        "The plan is too old.",
        "A plan is kept for a day: its due times and ages of calls are those of the moment when it was made.",
        "Make a new plan with `connector plan --out FILE`.",
    ),
    "E144": Code(
        "The plan is for another connection.",
        "It was made with other settings: another connection or another voice platform.",
        "Apply it with the settings that it was made with, or make a new plan.",
    ),
    "E145": Code(
        "Something changed since the plan.",
        "A call, a record in HubSpot, the mapping or what the ledger knows is no longer what the plan follows from.",
        "Make a new plan; `connector sync` carries everything, as well as what an interrupted `apply` left.",
    ),
    "E146": Code(
        "HubSpot asks for a write that the plan does not name.",
        "Something that only the writing itself can show: a deleted contact keeps its key, or a workflow stepped in.",
        "What was written stays; `connector sync` carries the rest, or make a new plan.",
    ),
    "W140": Code(
        "The plan was applied before.",
        "A plan is done once; the run that did it is shown.",
        "Nothing needs mending; make a new plan for what came in since.",
    ),
    "E150": Code(
        "The port cannot be listened on.",
        "Another process has it, this user may not take it, or the address is none of this machine's.",
        "Give `serve` another --port or --host; ports below 1024 are for the administrator.",
    ),
    "E151": Code(
        "A webhook secret cannot stand in an address.",
        "This platform's signature cannot be checked, so that the secret is the end of the address that deliveries are "
        "sent to; it is too short to keep others out, or holds what an address cannot.",
        "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'.",
    ),
    "W150": Code(
        "Deliveries are refused.",
        "CONNECTOR_WEBHOOK_SECRET is not set, or the platform documents no delivery that could be verified.",
        "Set the secret that the platform's dashboard shows (docs/webhooks.md), or use `sync --every`.",
    ),
}
