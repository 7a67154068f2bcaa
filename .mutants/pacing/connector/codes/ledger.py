"""The ledger: E5xx, W5xx."""

from __future__ import annotations

from connector.codes.code import Code

LEDGER: dict[str, Code] = {
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
    "E516": Code(
        "There is no room for the calls that wait.",
        "Between platform and HubSpot a long history waits in a temporary file, and its folder is full or read-only.",
        "Make room in the temporary folder, or name another one in SQLITE_TMPDIR; running again is safe.",
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
    "W501": Code(
        "The ledger is of an older version.",
        "An earlier version of the connector wrote it; the next run brings it to the shape of today.",
        "Nothing: run `connector sync`. Keep a copy of the file if you may want to go back to the earlier version.",
    ),
    "W502": Code(
        "Little room is left on the ledger's disk.",
        "Other files fill the disk; without room a run stops, and goes on later without loss.",
        "Make room on the disk, or move the ledger with CONNECTOR_LEDGER_URL while no run is under way.",
    ),
    "W503": Code(
        "Calls were given up as dead letters.",
        "HubSpot refused them for a reason that stays, so that they are not tried again by themselves.",
        "Look at them with `connector calls list --state dead`, and mend what `connector calls show` names.",
    ),
}
