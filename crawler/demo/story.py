"""The demo's story, all of it invented: the original report with its pictures.

No place, person, outlet or event named here exists. The hosts end in ``.example`` and ``.test``, which RFC 2606 keeps
out of the real web.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subhead:
    """A heading inside the story."""

    text: str


@dataclass(frozen=True, slots=True)
class Related:
    """A link to another story of the same outlet, in the middle of the text."""

    headline: str
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the story; ``asset`` is the aggregator's name for it."""

    name: str
    asset: str
    caption: str
    credit: str
    alt: str


Piece = Paragraph | Subhead | Related | Picture

HEADLINE = "Skerry Sound islanders set five conditions for reopening bridge to lorries"
STANDFIRST = (
    "Mayors want an independent inspection, a free night ferry and a public record of every repair before heavy "
    "traffic returns."
)
OUTLET = "Kestermark Courier"
OUTLET_HOST = "www.kestermarkcourier.example"
ORIGINAL_PATH = "/transport/2024/03/15/skerry-sound-bridge-conditions"
AUTHORS = ("Orla Vennick", "Jonas Threlkeld")
SECTION = "Transport"
DATELINE = "PORT HALLOWAY, Kestermark"
PUBLISHED = "2024-03-15T18:42:00+01:00"
MODIFIED = "2024-03-16T09:05:00+01:00"
TOPICS = ("Skerry Sound Bridge", "Dunmoor", "Ferries")

_ASSET_FAMILY = "0kQ7dS300"
"""The aggregator's pictures of one article share the part after the underscore."""

PICTURES = (
    Picture(
        "bridge",
        f"2bHrtW_{_ASSET_FAMILY}",
        "The Skerry Sound Bridge at dusk, seen from Port Halloway, Thursday, March 14, 2024.",
        "Lene Marwick/Kestermark Courier",
        "A suspension bridge over calm water after sunset",
    ),
    Picture(
        "barge",
        f"3nVqLe_{_ASSET_FAMILY}",
        "The freight barge that has supplied the islands since January waits out the rain at Dunmoor harbor, "
        "Tuesday, March 12, 2024.",
        "Lene Marwick/Kestermark Courier",
        "A barge loaded with containers beside a wet quay",
    ),
    Picture(
        "hangers",
        f"1cPy0Z_{_ASSET_FAMILY}",
        "Workers lower a new hanger into place on the eastern span. Each hanger weighs about two tonnes.",
        "Kestermark Crossings Authority",
        "A floating crane lifts a steel hanger towards the deck of a bridge",
    ),
)
LEAD, BARGE, HANGERS = PICTURES

PIECES: tuple[Piece, ...] = (
    LEAD,
    Paragraph(
        (
            f"{DATELINE} — The mayors of four Skerry Sound islands on Friday published five conditions that they say "
            "must be met before lorries may return to the Skerry Sound Bridge, where engineers found cracks in the "
            "steel in January.",
        )
    ),
    Paragraph(
        (
            "The list asks for an independent inspection, a night ferry without fares, a public register of repairs, "
            "a fund for shops that lost deliveries and a seat for the islands on the board that runs the crossing.",
        )
    ),
    Paragraph(
        (
            "It was handed to the Kestermark Crossings Authority on Wednesday, and the authority was given until the "
            "end of April to answer.",
            "By Friday evening the authority had turned down two of the five points, the free ferry and the seat on "
            "its board.",
        )
    ),
    Paragraph(
        (
            "“We will mend the bridge with the islands, but we cannot let one group of users write our rules,” said an "
            "official of the authority, who asked not to be named because talks are still going on.",
        )
    ),
    BARGE,
    Paragraph(
        (
            "“Nobody on these islands wants a fight over a bridge; we want to know that the thing will hold when the "
            "school bus is on it,” Maren Oskild, the mayor of Dunmoor, told the Kestermark Courier.",
        )
    ),
    Subhead("A crossing under strain"),
    Paragraph(
        (
            "The bridge, which opened 41 years ago, carries about 3,200 vehicles a day between Port Halloway and the "
            "islands.",
            "Lorries above 7.5 tonnes have been kept off it since 19 January, when a routine check found 14 cracks in "
            "the hangers of the eastern span.",
        )
    ),
    Paragraph(
        (
            "Since then food, fuel and building material have come by a single freight barge, which sails twice a day "
            "and cannot leave harbor in winds above 50 kilometers an hour.",
            "Shopkeepers on Dunmoor and Little Varra say that their costs have risen by a third.",
            "Two bakeries have closed, and the hospital on Dunmoor has moved planned operations to the mainland.",
        )
    ),
    Paragraph(
        (
            "The dispute reaches back to 2009, when the authority took over the bridge from the islands and promised a "
            "yearly report that has been published only three times.",
        )
    ),
    Related("How the Skerry Sound Bridge was built in nine winters", "/history/2023/09/02/nine-winters"),
    Paragraph(
        (
            "In their letter the mayors ask that an engineering office from outside Kestermark examine all 228 "
            "hangers, not only those of the eastern span.",
            "They also want every repair entered in a register that anybody can read, with photographs and the name of "
            "the firm that did the work.",
        )
    ),
    Paragraph(
        (
            "Most engineers who know the bridge think that a full inspection would take until autumn.",
            "Some said the mayors were asking for more than they expected to get.",
        )
    ),
    Paragraph(
        (
            "“This is an opening offer, and a sensible one, because the register costs almost nothing and would win "
            "back a good deal of trust,” Piet Aldersey, who teaches bridge engineering at the Halloway Institute, told "
            "Radio Halloway.",
        )
    ),
    HANGERS,
    Subhead("Doubts about the ferry"),
    Paragraph(
        (
            "The official of the authority said that while a free ferry was out of the question, the authority was "
            "ready to talk about the register and about the fund for shops.",
            "It would reply in writing next week, the official said, after a meeting with the harbor master and the "
            "insurers, and would add “some wishes of our own about weight checks and loading times.”",
        )
    ),
    Related("On the barge with the night crew of Little Varra", "/transport/2024/02/20/night-crew-of-little-varra"),
    Paragraph(
        (
            "Others fear that the quarrel will only delay the repair.",
            "“I see people preparing to blame each other for a summer without lorries, even though half of this list "
            "could have been settled over one cup of coffee,” Sunniva Hartgill, a former harbor master, told the "
            "Kestermark Courier.",
        )
    ),
    Paragraph(
        (
            "Edvin Laskoe, who runs the hauliers' association of Kestermark, wrote in a newsletter that the conditions "
            "“read like a list made to be refused.”",
            "He warned that drivers would look for work elsewhere if no date was named by June.",
        )
    ),
    Paragraph(
        (
            "Work on the eastern span has gone on during the talks, and on Thursday two new hangers were lowered into "
            "place from a crane barge.",
            "The next meeting is planned for 22 March in Port Halloway.",
        )
    ),
)

SENTENCES = tuple(sentence for piece in PIECES if isinstance(piece, Paragraph) for sentence in piece.sentences)
