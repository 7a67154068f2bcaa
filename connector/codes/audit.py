"""What `reconcile` finds: of the platform's calls, what is not in HubSpot as it should be."""

from __future__ import annotations

from connector.codes.code import Code

AUDIT = {
    "E271": Code(
        "The platform has a call that is not in HubSpot and that no run has read.",
        "No `sync` ran when it should have, or the platform listed the call later than its look-back reaches.",
        "Run `connector reconcile --repair`, and see that `connector sync` runs on its schedule.",
    ),
    "E272": Code(
        "The platform has a call that is not in HubSpot because its run failed, gave it up or did not finish.",
        "HubSpot or the mapping refused it, or a run was stopped; the finding names the code behind it.",
        "Mend what that code names and run `connector reconcile --repair`; `connector calls skip` leaves it for good.",
    ),
    "E273": Code(
        "A call changed on the platform, and HubSpot does not have the change.",
        "It changed after the last run looked at it, or the change could not be written.",
        "Run `connector reconcile --repair`; what people wrote meanwhile stays as the mapping says.",
    ),
    "E276": Code(
        "A call is on nobody's timeline although its contact is known.",
        "HubSpot refused the link when the call was written.",
        "Run `connector reconcile --repair`, which makes the link again.",
    ),
    "E277": Code(
        "Several engagements in HubSpot carry the key of one call.",
        "The portal takes no unique key, and a write was sent twice; or somebody copied the key.",
        "Keep the one that `connector calls show` names and delete the others in HubSpot; the connector never does.",
    ),
    "E278": Code(
        "Several contacts in HubSpot carry one key that the connector gave.",
        "The portal takes no unique key, and a contact was made twice; or somebody copied the key.",
        "Merge them in HubSpot; the connector never does, and finds the calls' contact by the one that is left.",
    ),
    "W271": Code(
        "A person deleted a call's engagement in HubSpot.",
        "It lies in the recycle bin, or was deleted for good; the connector never makes it again.",
        "Nothing, if that was meant; otherwise restore it in HubSpot within 90 days.",
    ),
    "W272": Code(
        "A person moved a call's engagement in HubSpot, or its contact is not there any more.",
        "Links that the connector made can only be taken away in HubSpot; what a person decided there stays.",
        "Nothing, if that was meant; `connector calls show` names the contact that the connector had found.",
    ),
    "W273": Code(
        "A call is in HubSpot, and the run that wrote it did not finish.",
        "The run was stopped after its last write and before it settled the call.",
        "Nothing: the next `connector sync` settles it, and so does `connector reconcile --repair`.",
    ),
    "W274": Code(
        "A call's engagement is in HubSpot without the connector's key.",
        "Somebody cleared or changed its call_connector_key: by its key it cannot be found any more.",
        "Set call_connector_key of that engagement to the call's key again, as `reconcile` shows it.",
    ),
    "W275": Code(
        "The platform counts more calls than it lists.",
        "Its list may leave out calls, or its count may hold some that are over for none of them.",
        "Compare the platform's own pages with `connector reconcile`, and ask the platform about the difference.",
    ),
}
