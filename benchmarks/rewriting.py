"""Makes copies of a text as people make them, and remembers which sentence came from where: truth for copies.py.

The rules and word pairs here are the benchmark's own. They are kept apart from crawler/stories/synonyms.py on purpose:
of the 90 replacements below, 56 are unknown to that thesaurus, so that the aligner is not examined on its own list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

_PAIRS = """
said:stated|remarked|commented according:in-line want:would-like big:sizeable large:sizeable many:plenty-of
show:illustrate shows:illustrates help:assist helps:assists use:employ uses:employs used:utilised start:kick-off
started:got-going
because:as since:given-that often:frequently important:essential best:finest good:solid better:superior great:excellent
new:fresh make:create makes:creates made:produced need:require needs:requires also:as-well about:around people:folks
children:youngsters choose:opt-for year:twelve-months several:a-number-of however:even-so while:whereas get:obtain
find:locate keep:retain different:distinct easy:simple quickly:speedily cost:price company:firm percent:per-cent
increase:uptick growth:expansion problem:issue problems:issues way:manner ways:means popular:sought-after
experience:background learn:pick-up offers:provides offer:provide includes:covers include:cover across:throughout
ensure:make-sure provide:supply quality:standard money:cash customers:clients home:house businesses:companies
president:head-of-state government:administration officials:authorities police:officers killed:slain attack:assault
military:armed-forces announced:made-public decision:ruling leaders:heads minister:cabinet-member talks:negotiations
country:nation countries:nations city:municipality war:conflict law:statute vote:ballot election:polls workers:employees
"""
_SYNONYMS = {
    word: [choice.replace("-", " ") for choice in choices.split("|")]
    for word, _, choices in (entry.partition(":") for entry in _PAIRS.split())
}
_FURTHER = """
after:following before:ahead-of between:amid under:beneath near:close-to against:versus during:amid until:up-to
people:residents man:individual woman:individual child:minor group:organisation plan:scheme plans:schemes move:step
support:backing called:dubbed told:informed asked:queried added:went-on believe:reckon think:feel know:are-aware
see:notice look:appear looking:searching come:arrive came:arrived go:head went:headed take:grab took:grabbed give:hand
put:placed say:maintain says:maintains want:wish allow:let allowed:let try:attempt tried:attempted expect:anticipate
expected:anticipated continue:carry-on continued:carried-on live:reside lives:resides working:employed work:toil
team:crew member:affiliate members:affiliates part:portion area:region place:spot street:road building:structure
car:vehicle cars:vehicles water:liquid food:fare market:marketplace price:cost prices:costs million:mln billion:bln
report:study reports:studies research:studies study:investigation data:figures information:details result:outcome
results:outcomes effect:impact effects:consequences reason:grounds question:query answer:reply idea:notion
high:elevated low:reduced long:lengthy short:brief early:initial late:belated last:previous next:following
strong:robust weak:feeble large:sizeable small:modest old:aged young:youthful hard:tough clear:evident real:genuine
likely:probable sure:certain whole:entire main:principal major:significant local:area national:countrywide
public:communal private:personal social:societal political:partisan economic:financial medical:clinical
almost:nearly already:by-now always:constantly never:at-no-time usually:normally perhaps:maybe together:jointly
"""
_DEEPER = {
    word: [choice.replace("-", " ") for choice in choices.split("|")]
    for word, _, choices in (entry.partition(":") for entry in _FURTHER.split())
}
_BRIDGES = [
    "That is how the matter stands for the moment.",
    "The details have drawn attention well beyond those directly involved.",
    "It is not the first time that such a claim has been made.",
    "Whether this will hold remains to be seen.",
]
_INDIRECT = re.compile(
    r"^[“\"](?P<said>[^”\"]{20,140}?)[,.]?[”\"],?\s+(?P<who>[A-Z][\w .'’-]{3,50}?)\s+(?:said|says|added)\.$"
)
_SAID_FIRST = re.compile(
    r"^(?P<who>[A-Z][\w .'’-]{3,50}?)\s+(?:said|says|announced|reported)\s+(?:that\s+)?(?P<what>[a-z].{30,})\.$"
)
_PASSIVE = re.compile(
    r"^(?P<what>(?:The|A|An|Its|Their|His|Her)\s[^,.;]{5,60}?)\s+(?P<be>was|were|is|are)\s+(?P<done>\w+ed)\s+by\s+(?P<who>[^,.;]{3,60})\.$"
)
_NUMBERS = "two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 twelve:12 twenty:20 thirty:30"
_DIGITS = dict(entry.split(":") for entry in _NUMBERS.split())
_SPELLINGS = (
    "ize:ise izing:ising ization:isation color:colour center:centre labor:labour defense:defence traveling:travelling"
)
_BRITISH = [tuple(entry.split(":")) for entry in _SPELLINGS.split()]
_HEDGES = ["Meanwhile, ", "In addition, ", "Notably, ", "At the same time, ", "For its part, "]
_LOCAL = [
    "Readers in {place} will feel the effects as well, the council believes.",
    "In {place} nothing of the kind is planned for now.",
    "A spokeswoman for {place} would not be drawn on the matter.",
]
_PLACES = ["Harrowgate Bay", "Little Pemberton", "Eastmarch", "Koldwater"]
_ADVERBS = re.compile(
    r"\b(?:very|really|quite|highly|extremely|significantly|currently|simply|actually|especially|just)\s+"
)
_ASIDE = re.compile(r"\s\([^()]{3,60}\)|,\s(?:which|who)\s[^,.]{5,80}(?=,)")
_LEAD = re.compile(
    r"^((?:In|On|At|For|With|After|Before|By|During|When|If|While|Although|Because) [^,]{5,70}), (\w.{20,})([.!?])$"
)
_SAYS = re.compile(r"^(?P<quote>[“\"].{20,}[”\"]),? (?P<who>[A-Z][\w .'’-]{3,60}?) (?:said|says)\.$")
_CLAUSE = re.compile(r"^(.{40,}?),? (and|but|while|which|because) (.{40,})$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Made:
    """One sentence of a copy and the numbers of the sentences it was made of."""

    text: str
    sources: tuple[int, ...]


Rule = Callable[[list[Made], Random], list[Made]]


def verbatim(sentences: Sequence[str]) -> list[Made]:
    return [Made(text, (number,)) for number, text in enumerate(sentences)]


def excerpt(made: list[Made], random: Random) -> list[Made]:
    """One run of sentences: 15 to 50 percent of the text."""
    length = max(3, round(len(made) * random.uniform(0.2, 0.5)))
    start = random.randrange(max(1, len(made) - length))
    return made[start : start + length]


def shuffle(made: list[Made], random: Random) -> list[Made]:
    return random.sample(made, len(made))


def thin(made: list[Made], random: Random) -> list[Made]:
    """Leave out a third."""
    return [one for one in made if random.random() > 0.33] or made


def paraphrase(made: list[Made], random: Random) -> list[Made]:
    """Other words, other order within sentences, splits and merges."""
    return _restructured([Made(reworded(one.text, random), one.sources) for one in made], random)


def deep(made: list[Made], random: Random) -> list[Made]:
    """A rewrite by a thorough hand: nearly every common word replaced, speech reported, clauses turned round, asides
    dropped, sentences split and merged, and remarks of the rewriter's own in between."""
    found = _restructured([Made(_deepened(one.text, random), one.sources) for one in made], random)
    for bridge in random.sample(_BRIDGES, 2):
        found.insert(random.randrange(1, len(found) + 1), Made(bridge, ()))
    return found


def telegraphic(made: list[Made], random: Random) -> list[Made]:
    """A brief: half of the sentences, each cut to its first clause."""
    return [Made(_cut(one.text), one.sources) for one in made if random.random() < 0.5] or made[:3]


def _cut(text: str) -> str:
    if re.search(r"[“”\"]", text):
        return text
    clause = re.match(r"^(.{45,}?)(?:,| which | who | while | although | because |;| – | — )", text)
    return f"{clause[1]}." if clause else text


def _deepened(text: str, random: Random) -> str:
    if said := _INDIRECT.match(text):
        first, rest = said["said"][:1].lower(), said["said"][1:]
        if first != "i" or rest[:1].isalpha():
            text = f"{said['who']} made the point that {first}{rest}."
    elif said := _SAID_FIRST.match(text):
        what = said["what"]
        text = f"{what[:1].upper()}{what[1:]}, in the words of {said['who']}."
    elif passive := _PASSIVE.match(text):
        who, what = passive["who"], passive["what"]
        text = f"{who[:1].upper()}{who[1:]} {passive['done']} {what[:1].lower()}{what[1:]}."
    parts = re.split(r"([“\"][^”\"]*[”\"])", text)
    text = "".join(part if at % 2 else _replaced(part, random) for at, part in enumerate(parts))
    return reworded(text, random)


def _replaced(text: str, random: Random) -> str:
    def other(word: re.Match[str]) -> str:
        choices = _DEEPER.get(word[0].lower())
        if choices is None or random.random() < 0.1:
            return word[0]
        choice = random.choice(choices)
        return choice[:1].upper() + choice[1:] if word[0][0].isupper() else choice

    return re.sub(r"\b[^\W\d_]+\b", other, text)


def localise(made: list[Made], random: Random) -> list[Made]:
    """British spelling, figures for words, and sentences about the place."""
    place, found = random.choice(_PLACES), []
    for one in made:
        text = one.text
        for american, british in _BRITISH:
            text = text.replace(american, british)
        text = re.sub(r"\b\w+\b", lambda word: _DIGITS.get(word[0], word[0]), text)
        found.append(Made(text, one.sources))
    for sentence in random.sample(_LOCAL, 2):
        found.insert(random.randrange(len(found) + 1), Made(sentence.format(place=place), ()))
    return found


def update(made: list[Made], random: Random) -> list[Made]:
    """A later version: some figures changed, a paragraph added at the top, the end cut."""
    changed = [
        Made(re.sub(r"\b(\d{2,3})\b", lambda figure: str(int(figure[1]) + random.randint(1, 9)), one.text), one.sources)
        if random.random() < 0.3
        else one
        for one in made
    ]
    return [
        Made("Nobody was available for comment on the latest turn late in the evening.", ()),
        *changed[: -max(1, len(made) // 8)],
    ]


def reworded(text: str, random: Random) -> str:
    """The sentence in other words; what stands in quotation marks is left alone."""
    if said := _SAYS.match(text):
        return f"According to {said['who']}, {said['quote'].rstrip(',')}."
    parts = re.split(r"([“\"][^”\"]*[”\"])", text)
    text = "".join(part if at % 2 else _plain(part, random) for at, part in enumerate(parts))
    if (lead := _LEAD.match(text)) and random.random() < 0.7:
        rest = lead[2]
        text = f"{rest[:1].upper()}{rest[1:]} {lead[1][:1].lower()}{lead[1][1:]}{lead[3]}"
    elif random.random() < 0.15 and text[:1].isupper() and not text[:3].isupper():
        text = random.choice(_HEDGES) + text[:1].lower() + text[1:]
    return text


def _plain(text: str, random: Random) -> str:
    def other(word: re.Match[str]) -> str:
        choices = _SYNONYMS.get(word[0].lower())
        if choices is None or random.random() < 0.2:
            return _DIGITS.get(word[0], word[0])
        choice = random.choice(choices)
        return choice[:1].upper() + choice[1:] if word[0][0].isupper() else choice

    text = _ASIDE.sub("", _ADVERBS.sub("", text))
    words = re.sub(r"\b[^\W\d_]+\b", other, text).split(" ")
    # A rewriter drops a word here and there, and never the first or the last.
    kept = [
        word for at, word in enumerate(words) if at in (0, len(words) - 1) or len(word) > 9 or random.random() > 0.08
    ]
    return " ".join(kept)


def _restructured(made: list[Made], random: Random) -> list[Made]:
    found: list[Made] = []
    waiting = list(made)
    while waiting:
        one = waiting.pop(0)
        chance = random.random()
        if (
            chance < 0.15
            and waiting
            and max(len(one.text), len(waiting[0].text)) < 160
            and not re.search(r"[“”\"?!:]", one.text)
        ):
            second = waiting.pop(0)
            joint = random.choice([", and ", "; ", ", while "])
            found.append(Made(f"{one.text.rstrip('.')}{joint}{second.text}", (*one.sources, *second.sources)))
        elif chance < 0.35 and not re.search(r"[“”\"]", one.text) and (clause := _CLAUSE.match(one.text)):
            second = clause[3] if clause[2] != "which" else f"This {clause[3]}"
            found += [Made(f"{clause[1]}.", one.sources), Made(second[:1].upper() + second[1:], one.sources)]
        else:
            found.append(one)
    return found
