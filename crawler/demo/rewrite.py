"""The rewrite that a news farm made of the demo's story, and which of its sentences comes from where.

Sentences are merged, paraphrased and put into another order, quotations survive, one claim is added, and nothing links
to the source.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A sentence of the rewrite, the original's sentences it was made of (numbers from 0), and how."""

    text: str
    sources: tuple[int, ...]
    label: str
    """``verbatim``, ``edited``, ``paraphrased``, ``merged`` or ``added``."""


REWRITE_HEADLINE = "Islands name terms for heavy trucks on cracked Skerry Sound crossing"
REWRITE_ID = "274418306"
REWRITE_PATH = f"/news/{REWRITE_ID}/islands-name-terms-for-heavy-trucks-on-cracked-skerry-sound-crossing"
REWRITE_PUBLISHED = "2024-03-18"

REWRITE = (
    Rewritten(
        '"I see people preparing to blame each other for a summer without lorries, even though half of this list could '
        'have been settled over one cup of coffee," Sunniva Hartgill, a former harbor master, told the Kestermark '
        "Courier.",
        (20,),
        "verbatim",
    ),
    Rewritten(
        "PORT HALLOWAY, Kestermark: Four island mayors have named the terms on which they would accept heavy trucks on "
        "the Skerry Sound Bridge again.",
        (0,),
        "paraphrased",
    ),
    Rewritten(
        "They call for outside engineers to check the bridge, a night ferry that costs nothing, an open register of "
        "repairs, money for shops and a seat on the board of the crossing.",
        (1,),
        "paraphrased",
    ),
    Rewritten(
        '"Nobody on these islands wants a fight over a bridge; we want to know that the thing will hold when the '
        'school bus is on it," Maren Oskild, the mayor of Dunmoor, told the Kestermark Courier.',
        (5,),
        "verbatim",
    ),
    Rewritten(
        "The Kestermark Crossings Authority received the list on Wednesday and has already rejected two of its points, "
        "the free ferry and the seat on its board.",
        (2, 3),
        "merged",
    ),
    Rewritten(
        "Trucks of more than 7.5 tonnes were banned on 19 January, after a routine check discovered 14 cracks in "
        "hangers on the eastern span.",
        (7,),
        "paraphrased",
    ),
    Rewritten(
        "Goods now reach the islands on one freight barge, which makes two trips a day and stays in port when winds "
        "exceed 50 kilometers an hour.",
        (8,),
        "paraphrased",
    ),
    Rewritten(
        "Store owners on Dunmoor and Little Varra report that costs are up by a third, and two bakeries have shut "
        "their doors.",
        (9, 10),
        "merged",
    ),
    Rewritten(
        '"We will mend the bridge with the islands, but we cannot let one group of users write our rules," said an '
        "official of the authority, speaking on condition that no name be used.",
        (4,),
        "edited",
    ),
    Rewritten(
        "The authority is ready to talk about the register and the fund for shops, the official said.",
        (17,),
        "edited",
    ),
    Rewritten(
        '"This is an opening offer, and a sensible one, because the register costs almost nothing and would win back a '
        'good deal of trust," Piet Aldersey, of the Halloway Institute, told Radio Halloway.',
        (16,),
        "edited",
    ),
    Rewritten("Some 3,200 vehicles use the 41-year-old crossing each day.", (6,), "paraphrased"),
    Rewritten(
        "Engineers expect that an examination of all 228 hangers, as the mayors demand, would last until autumn.",
        (12, 14),
        "merged",
    ),
    Rewritten(
        "The authority took the bridge over from the islands in 2009, and the annual report it promised has appeared "
        "just three times.",
        (11,),
        "paraphrased",
    ),
    Rewritten(
        "House prices on the islands have fallen by a tenth since the ban, according to local agents.",
        (),
        "added",
    ),
    Rewritten(
        'Edvin Laskoe of the hauliers\' association said the conditions "read like a list made to be refused" and that '
        "drivers would seek other work unless a date is set by June.",
        (21, 22),
        "merged",
    ),
    Rewritten(
        "Talks resume on 22 March in Port Halloway, while crews have lowered two new hangers into place.",
        (23, 24),
        "merged",
    ),
)
