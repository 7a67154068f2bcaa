"""What is said on the phone at Finch & Marlow, an invented firm of accountants with clients in Britain and America."""

from __future__ import annotations

from typing import NamedTuple

FIRM = "Finch & Marlow"
GREETING = f"Assistant: Hello, {FIRM} Accountants, you're speaking with the virtual receptionist. How can I help?"
GOODBYE = f"Assistant: Thank you for calling {FIRM}. Have a good day."


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


class Topic(NamedTuple):
    """One reason to call: `wants` completes "They …", `note` is what the assistant writes into the lead."""

    wants: str
    opening: str
    details: tuple[str, ...]
    note: str


TOPICS = (
    Topic(
        "asked for help with a first Self Assessment return",
        "Hi, I went self-employed last summer and I've never filed a tax return.",
        ("turnover of about £38,000", "works as a wedding photographer", "has kept receipts in a shoebox"),
        "First Self Assessment, sole trader. Send the new-client pack.",
    ),
    Topic(
        "needs US and UK returns for a family that moved to London",
        "Hello, we moved over from Boston in March and I was told we have to file in both countries.",
        ("two W-2s and a 401(k)", "FBAR for three accounts", "spouse has a UK salary"),
        "US/UK dual filing, two adults. Asked about FBAR deadlines.",
    ),
    Topic(
        "wants to set up a limited company before the end of the month",
        "I'd like to turn my consultancy into a limited company, can you do that for me?",
        ("one director, no staff", "has a name picked out already", "asked about dividends against salary"),
        "Company formation plus first-year accounts. Wants a fixed price.",
    ),
    Topic(
        "asked whether the business must register for VAT",
        "We think we're about to go over the VAT threshold and I'm a bit worried about it.",
        ("sells at markets and online", "expects £92,000 this year", "uses a spreadsheet for the books"),
        "VAT registration and flat rate scheme. Near the threshold.",
    ),
    Topic(
        "is looking for someone to run payroll for a small team",
        "Our bookkeeper is retiring and we need somebody to take over the payroll.",
        ("six weekly and two monthly staff", "pensions with an existing provider", "next run is in ten days"),
        "Payroll for 8 staff. Next pay run soon, please call early.",
    ),
    Topic(
        "received a letter from HMRC and would like it explained",
        "I've had a letter from HMRC that says they're checking my return, and I don't understand it.",
        ("letter dated last week", "concerns rental income", "has thirty days to answer"),
        "HMRC compliance check, rental income. Ask for a copy of the letter.",
    ),
    Topic(
        "wants to change accountants before the year end",
        "We're not very happy with our accountant and would like to talk about moving to you.",
        ("limited company, year end in March", "three directors", "books are kept in the cloud"),
        "Change of accountant. Professional clearance needed.",
    ),
    Topic(
        "asked about tax on letting out a flat",
        "I'm renting out my old flat from next month and wanted to know what I have to declare.",
        ("one flat in Leeds", "mortgage interest of £4,100", "joint owner with a sister"),
        "Rental income, joint ownership. First year.",
    ),
    Topic(
        "would like the books moved to online software",
        "Do you help people get onto online bookkeeping? We're still doing everything on paper.",
        ("a café with a till system", "about 200 invoices a month", "bank feeds wanted"),
        "Bookkeeping move, café, roughly 200 invoices a month.",
    ),
    Topic(
        "asked what year-end accounts cost for a small charity",
        "I'm the treasurer of a small charity and our accounts are due, what would you charge?",
        ("income under £60,000", "independent examination needed", "trustees meet on the 14th"),
        "Charity accounts with independent examination. Quote by e-mail.",
    ),
)

SMALL_TALK = (
    ("Have you worked with us before?", "No, a friend gave me your name."),
    ("May I ask how you found us?", "I looked online, you were the nearest with good reviews."),
    ("Is there a deadline we should know about?", "The end of the month would be ideal."),
    ("Could you tell me a little more about it?", "Of course. It's fairly simple, but I'd like to get it right."),
    ("Would you prefer a call or an e-mail?", "A call is best, mornings if you can."),
    ("Are your records up to date?", "More or less, there's a gap in the autumn."),
    ("Do you already use any software for this?", "Just a spreadsheet, I'm afraid."),
    ("Shall I ask one of the partners to look at that?", "Yes please, that would put my mind at rest."),
    ("And is that for you or for a company?", "For the company. Well, for me in the end."),
    ("Is there anything else you would like me to pass on?", "Only that we're in a bit of a hurry."),
)

OUTCOME_SENTENCES = {
    "lead_captured": "Contact details taken; a partner will follow up.",
    "transferred": "Put through to the team.",
    "callback_scheduled": "A callback was agreed.",
    "message_taken": "A message was taken.",
    "resolved": "Answered on the call, nothing further needed.",
}

CLIENT_REASONS = (
    ("asked whether the year-end accounts had been filed", "Just checking whether our accounts have gone in yet."),
    ("wanted to send in the missing bank statements", "I've found those bank statements you asked for."),
    ("asked to move next week's meeting", "I need to move our meeting, I'm travelling on Tuesday."),
    ("had a question about last month's payslips", "One of the payslips looks wrong to me."),
    ("asked for a copy of last year's tax calculation", "The bank wants a copy of my tax calculation."),
    ("wanted to know when the VAT payment is due", "When does the VAT have to be paid this time?"),
)

UNKNOWN_REASONS = (
    ("asked for the office's opening hours", "What time are you open until today?"),
    ("offered office supplies and was asked to write instead", "Could I speak to whoever buys your stationery?"),
    ("dialled a wrong number", "Oh, sorry, is that not the dentist?"),
    ("asked where to park for a meeting", "Where's the nearest place to park?"),
    ("hung up after the greeting", "…"),
)

FIRST_NAMES = _words(
    "Amelia Oliver Priya Thomas Grace Mohammed Chloe Daniel Aisha Benjamin Sofia Harry Nia Samuel Freya Jacob Zara "
    "Edward Martha Leo Hannah Marcus Elena Callum Ruth Patrick Ingrid Victor Bronwen Hugo Leila Arthur Naomi Felix "
    "Rosa Dominic Tamsin Kwame Heidi Julian Farah Owen Bridget Mateo Alice Ravi Josephine Elliot Carmen Stanley"
)

LAST_NAMES = _words(
    "Ashworth Patel Hughes Okafor Bennett Larsson Whitfield Khan Doyle Ferreira Sutton Nakamura Pritchard Adeyemi "
    "Fletcher Moreau Cartwright Hussain Lindqvist Barlow Mensah Thornton Rossi Gallagher Novak Stokes Chowdhury "
    "Everett MacLeod Vasquez Holloway Singh Penrose Abbott Dlamini Kowalski Redfern Osborne Castellano Weaver "
    "Marchetti Langley O'Connor Sandoval Blythe Iqbal Harrington Quayle Delacroix Winslow Tanaka Burgess Eriksen "
    "Yates Calloway Rahman Fairweather Silva Maddox Trevelyan Obi Prescott Hargreaves"
)

AREA_CODES = _words(
    "201 202 203 205 206 207 208 209 210 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253 "
    "254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 "
    "323 325 330 331 334 336 337 339 347 351 352 360 361 386 401 402 404 405 406 407 408 409 410 412 413 414 415 417 "
    "419 423 424 425 430 432 434 435 440 443 469 478 479 480 484 501 502 503 504 505 507 508 509 510 512 513 515 516 "
    "517 518 520 530 540 541 551 559 561 562 563 567 570 571 573 574 580 585 586 601 602 603 605 606 607 608 609 610 "
    "612 614 615 616 617 618 619 620 623 626 630 631 636 641 646 650 651 660 661 662 678 682 701 702 703 704 706 707 "
    "708 712 713 714 715 716 717 718 719 720 724 727 731 732 734 740 754 757 760 763 765 770 772 773 774 775 781 785 "
    "786 801 802 803 804 805 806 808 810 812 813 814 815 816 817 818 828 830 831 832 843 845 847 848 850 856 857 858 "
    "859 860 862 863 864 865 870 901 903 904 906 907 908 909 910 912 913 914 915 916 917 918 919 920 925 928 931 936 "
    "937 940 941 947 949 951 952 954 956 970 971 972 973 978 979 980 985 989"
)
"""Area codes of the United States; 555-0100 to 555-0199 is kept for fiction in each."""
