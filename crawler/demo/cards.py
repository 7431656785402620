"""The nine related stories that the aggregator's page shows, and the pages they lead to; all of it invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """A related story: how the panel shows it, where it leads and what is found there."""

    headline: str
    outlet: str
    host: str
    path: str
    section: str
    author: str
    published: str
    """ISO 8601 with offset."""
    text: tuple[str, ...]
    """Its paragraphs; empty where the page is gone."""
    shape: str
    """How the outlet writes its pages: see :mod:`crawler.demo.outlets`."""

    @property
    def url(self) -> str:
        """Where the card leads."""
        return f"https://{self.host}{self.path}"

    @property
    def snippet(self) -> str:
        """The first words of the story, cut as panels cut them."""
        words = " ".join(self.text)
        return words if len(words) < _SNIPPET else f"{words[:_SNIPPET].rsplit(' ', 1)[0]}..."


_SNIPPET = 230
"""Characters."""

CARDS = (
    Card(
        "Dunmoor bakers close after eight weeks without flour lorries",
        "Varra Lantern",
        "www.varralantern.example",
        "/2024/03/dunmoor-bakers-close",
        "LOCAL",
        "Ebba Stirnholt",
        "2024-03-14T07:30:00+01:00",
        (
            "The last loaves at the bakery on Dunmoor's market square were sold before six on Wednesday morning, and "
            "nobody lit the ovens again.",
            "Its owners said that flour brought by barge now costs them almost twice what it did in December, and that "
            "they had been paying the difference from their savings.",
            "A second bakery in the village of Tolm closed on the same day.",
            "The island council will discuss a loan for small shops on Monday.",
        ),
        "blog",
    ),
    Card(
        "Crossings authority orders 40 new hangers for eastern span",
        "Kestermark Business Record",
        "www.kbrecord.example",
        "/articles/40-new-hangers-eastern-span",
        "BUSINESS",
        "Rasmus Thornley",
        "2024-03-13T11:00:00+01:00",
        (
            "The Kestermark Crossings Authority has ordered 40 steel hangers for the eastern span of the Skerry Sound "
            "Bridge from a foundry in Brennock.",
            "The order is worth 2.6 million crowns, and the first four pieces were delivered last week.",
            "A spokeswoman said the foundry had agreed to work at weekends until the order is complete.",
            "The authority has not said how the rest of the repair will be paid for.",
        ),
        "microdata",
    ),
    Card(
        "What the cracks in the Skerry Sound Bridge mean",
        "Radio Halloway",
        "www.radiohalloway.test",
        "/science/cracks-in-the-bridge",
        "SCIENCE",
        "Käthe Mühlgraf",
        "2024-02-27T16:15:00+01:00",
        (
            "A crack in a hanger is no reason for panic, and it is no reason for patience either.",
            "Steel that is loaded and unloaded thousands of times a day grows tired, and the tiny flaws that every "
            "casting has become longer, first by hundredths of a millimeter a year and then faster.",
            "The bridge was built so that three neighboring hangers can fail before the deck moves – a rule known to "
            "its builders as “the rule of Mühlgraf & Søn”.",
            "That margin is why cars may still cross while lorries may not.",
        ),
        "latin",
    ),
    Card(
        "Barge crews ask for rest days as winter timetable drags on",
        "Tallis Bay Gazette",
        "news.tallisbaygazette.test",
        "/story/5521-barge-crews-rest-days",
        "LABOR",
        "Nils Overgarth",
        "2024-03-11T09:20:00+01:00",
        (
            "The crews of the freight barge between Port Halloway and the islands have asked for two rest days a week.",
            "Since January they have sailed on 52 of 54 days, their union said, some of them on double shifts.",
            "The operator is training six more deckhands and hopes to have them aboard in April.",
            "“We like being needed, and we would also like to sleep,” a deckhand told the Gazette.",
        ),
        "slow",
    ),
    Card(
        "Students build a bridge of paper that carries a mayor",
        "Halloway Student",
        "hallowaystudent.test",
        "/2024/03/09/paper-bridge/",
        "EDUCATION",
        "Ylva Brandreth",
        "2024-03-09T12:00:00+01:00",
        (
            "A bridge made of nothing but paper and paste carried the mayor of Dunmoor across a stage on Saturday.",
            "Students of the Halloway Institute had folded 1,400 sheets for it.",
        ),
        "gone",
    ),
    Card(
        "Five islands, one doctor: how the bridge ban changed the night shift",
        "Brennock Dispatch",
        "www.brennockdispatch.example",
        "/health/night-shift",
        "HEALTH",
        "Tove Lindquell",
        "2024-03-07T06:00:00+01:00",
        (
            "When the telephone rings after midnight, the doctor on Dunmoor first looks at the wind.",
            "If the barge cannot sail and the helicopter cannot fly, the ambulance may cross the bridge, but only one "
            "ambulance at a time and never faster than 30 kilometers an hour.",
            "There were eleven such nights in February.",
        ),
        "forbidden",
    ),
    Card(
        "Night ferry: what it would cost, in three charts",
        "Kestermark Courier",
        "www.kestermarkcourier.example",
        "/data/2024/03/10/night-ferry-in-three-charts",
        "TRANSPORT",
        "Jonas Threlkeld",
        "2024-03-10T10:10:00+01:00",
        (
            "A ferry that sails three times a night would cost 3.1 million crowns a year, according to figures that "
            "the regional parliament published this week.",
            "Fares would bring in less than a quarter of that, because few people travel after midnight.",
            "Two smaller boats would be cheaper than one large one, but only if both were in port in bad weather.",
            "The parliament will vote on a trial year in May.",
        ),
        "courier",
    ),
    Card(
        "Hauliers test the long way round by rail",
        "Ferry and Freight",
        "www.ferryandfreight.test",
        "/?p=90317",
        "BUSINESS",
        "Agda Wintersell",
        "2024-03-05T08:45:00+01:00",
        (
            "Two hauliers have sent containers for the islands by rail to Tallis Bay and from there by boat.",
            "The detour takes nine hours longer, but the price is known in advance, said the manager of one of them.",
            "Rail freight to the bay has doubled since the ban began.",
        ),
        "shell",
    ),
    Card(
        "Mayor of Dunmoor: ‘We ask for what any tenant would ask’",
        "Islands of the Sound",
        "www.islandsofthesound.test",
        "/interview/maren-oskild",
        "POLITICS",
        "Per Askelund",
        "2024-03-17T17:30:00+01:00",
        (
            "Maren Oskild has been mayor of Dunmoor for six years and has written, by her own count, 71 letters to the "
            "Crossings Authority.",
            "“We ask for what any tenant would ask when the stairs are broken,” she said outside the town hall.",
            "She does not expect the free ferry to come soon, but she will not strike it off the list.",
            "The mayors of the other three islands have given her leave to speak for them until the next meeting.",
        ),
        "blog",
    ),
)
