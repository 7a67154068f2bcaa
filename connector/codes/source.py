"""The voice platforms: E3xx, W3xx."""

from __future__ import annotations

from connector.codes.code import Code

SOURCE: dict[str, Code] = {
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
        "Create a key on the platform (docs/platforms.md says where) and set CONNECTOR_SOURCE_API_KEY.",
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
    "E316": Code(
        "The platform's list of calls cannot be paged to its end.",
        "It gave the same calls again, or calls that it was not asked for: its paging or a filter does not work.",
        "Run again; if it stays, the platform has changed and the connector must follow. No call is lost meanwhile.",
    ),
    "E317": Code(
        "The platform asks to be paid.",
        "It answered with 402: the subscription has ended, or the account has no credit left.",
        "Settle the account on the platform; running again is safe, and nothing is lost.",
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
    "E324": Code(
        "A call is said to be of a day that is still to come.",
        "Its end lies more than a day ahead of this machine's clock: the record is wrong, or one of the two clocks is.",
        "Check this machine's clock, and that call on the platform; it is carried once its time has come.",
    ),
    "E330": Code(
        "The platform no longer knows this call.",
        "A call that an earlier run left unfinished was deleted on the platform since.",
        "Nothing: the call is kept as a dead letter.",
    ),
    "E331": Code(
        "The platform says that a call still goes on, hours after its start.",
        "The platform missed the end of the call, so that it is never listed as finished.",
        "Look at that call on the platform; once it is listed as finished it is carried like any other.",
    ),
    "E332": Code(
        "The call is not over yet.",
        "The platform says that it still goes on; what becomes of it can be told when it has ended.",
        "Ask again when the call is over.",
    ),
    "E333": Code(
        "The platform has this call and does not give it.",
        "Asked for by its id, it answered with an error each time, while its list, or other calls, could be read.",
        "Look at that call on the platform; once it can be opened there: connector calls retry CALL_ID.",
    ),
    "E334": Code(
        "The platform lists no calls, and does not know one that it gave before.",
        "The key is that of another account, or all calls of this one were deleted on the platform.",
        "See on the platform whose key CONNECTOR_SOURCE_API_KEY holds. If it is the right one, nothing: after days "
        "the call is kept as a dead letter.",
    ),
    "W330": Code(
        "The platform's calls are not in the order that it promises.",
        "A newer call came after an older one, so that the end of the new calls cannot be told; all were read.",
        "Nothing: no call is lost, but every run reads the whole history until the order is right again.",
    ),
    "W340": Code(
        "The setting names another account than the platform's calls do.",
        "CONNECTOR_SOURCE_ACCOUNT was set for another key, or chosen freely; it stands in every call's key.",
        "Remove CONNECTOR_SOURCE_ACCOUNT unless it was set on purpose: it is fixed at the first run.",
    ),
    "W341": Code(
        "Who called is a guess.",
        "KaiCalls named no lead for this call within a day, one lead was made about its time, and the mapping reads "
        "`guessed_lead`.",
        "Nothing, if it is right; else give the engagement its contact in HubSpot. A mapping that does not name "
        "`guessed_lead` guesses nobody.",
    ),
}
