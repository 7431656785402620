"""English words that news rewriters put for one another, as classes: a small thesaurus of our own for paraphrases.

It holds what recurs in news whatever the subject: reporting verbs, decisions, conflict, money, law, weather, places
that stand for governments. Texts in other languages are compared by stems and characters alone.
"""

from __future__ import annotations

STEM_LENGTH = 5
"""Letters of a word that count: one length for all languages joins most inflections and few strangers."""


def stem(word: str) -> str:
    """The part of a lower-case word by which it is compared."""
    if len(word) > 8 and word.startswith("un"):
        word = word[2:]
    return word[:STEM_LENGTH]


_CLASSES = """
said say says saying told tell tells stated announced announces declared declares noted notes remarked commented
analyst analysts expert experts observer observers commentator specialists scholar
official officials functionary bureaucrat spokesman spokeswoman spokesperson representative
leader leaders head chief boss director president chairman chairwoman premier
government administration authorities cabinet
reject rejected refuse refused dismiss dismissed rebuff deny denied decline declined spurn ruled
accept accepted agree agreed approve approved endorse consent
ban banned prohibit prohibits bar barred forbid outlaw block blocked
permit permits allow allows let enable authorize
demand demands proposal proposals propose request requests call calls urge urged insist ultimatum
offer offered
want wants wanted seek seeks sought wish desire
treaty treaties agreement agreements pact accord deal deals
guarantee guarantees assurance assurances pledge pledges promise promises commitment commitments vow vowed
troops soldiers forces military army armed
weapon weapons arms missile missiles armament armaments
aircraft plane planes jet jets airplane
ship ships vessel vessels warship warships boat boats
invade invasion incursion attack attacks attacked offensive assault strike raid
withdraw withdrawal pullout pulling retreat leave leaving
expand expansion enlarge enlargement widen extend extending growth grow
limit limits restrict restriction curb curbs cap constrain
threat threats threaten danger menace risk risks peril
fear fears feared worry worries worried concern concerns concerned alarm anxiety disturbing unease dread
believe believes believed think thinks thought consider view views reckon regard
understand understands aware realize realizes know knows known recognise recognize
talk talks negotiate negotiation negotiations discuss discussions discussion dialogue
meeting meet meets summit gathering conference
compromise concession concessions bargain bargaining settlement
begin begins began begun start starts started opening launch launched beginning commence initiate
end ends ended finish finished conclude concluded cease stop stopped halt
object objections objection oppose opposed opposition grievance complain complaint protest
reason pretext excuse justify justification cause
show shows showed reveal revealed demonstrate indicate indicates suggest suggests disclose
give gave given hand handed deliver delivered provide provided pass passed submit submitted present presented send sent
receive received get gets got obtain obtained acquire
help helps helped aid assist assistance support supports backing
increase increased rise rises rose risen climb climbed soar soared jump jumped surge surged
decrease decreased fall falls fell fallen drop dropped decline slump plunge plunged sink sank reduce reduced cut cuts
kill killed dead died death deaths fatal slain
hurt injured injure wounded wound injuries
police officers officer cops constable
arrest arrested detain detained custody jailed imprisoned
charge charged accuse accused allege alleged indict indicted
court judge tribunal magistrate
law laws legislation bill act statute
vote votes voted ballot poll polls election elections electoral
win wins won victory triumph defeat defeated beat beaten
lose lost loss
buy buys bought purchase purchased acquisition
sell sells sold sale sales
money funds funding cash finance financing
cost costs price prices expense
company companies firm firms business corporation enterprise
worker workers employee employees staff
job jobs employment position positions post posts
school schools pupil pupils student students
hospital clinic hospitals
doctor doctors physician physicians medics
illness disease sickness infection virus
house home houses homes residence dwelling
build builds built construct constructed construction erect
destroy destroyed ruin wreck wrecked demolish demolished devastate
damage damaged harm harmed
fire blaze wildfire flames
storm hurricane cyclone typhoon gale
flood floods flooding inundated
car cars vehicle vehicles automobile
road roads street highway motorway
crash crashed collision accident collide collided
child children kid kids youngster youngsters
woman women female
man men male
people residents citizens inhabitants locals
city town municipality
area areas region regions zone district territory
border frontier boundary
big large huge massive major significant
small little minor tiny
new fresh recent latest
old former previous previously earlier ex
important key crucial vital essential
begin
try tries tried attempt attempts attempted effort efforts
plan plans planned scheme intend intends intention aims aimed
decide decided decision resolve resolved determine
change changes changed alter altered shift amend
hold holds held keep keeps kept retain maintain
happen happened occur occurred take
quick quickly rapid rapidly swift swiftly fast speedy
almost nearly about approximately roughly around
also too additionally moreover furthermore
but however although though despite while whereas
after following since
before prior ahead
may might could can perhaps possibly
must should need needs required obliged
many several numerous multiple
inquiry probe investigation investigate investigating
report reports reported document documents paper papers
find finds found discover discovered detect
reply replied respond responds responded response answer answered reaction
criticise criticize criticised criticized criticism condemn condemned denounce slam slammed blast
praise praised welcome welcomed hail hailed applaud
warn warns warned caution cautioned alert
ask asks asked query question questioned
join joins joining joined enter membership member members
choose chose chosen select selected pick picked
open opened reopen reopened
close closed shut closure
travel journey trip visit visited
live lives lived reside dwell
flee fled escape escaped evacuate evacuated
search hunt seeking
win
longstanding enduring
goal goals objective objectives aim target
ally allies partner partners alliance bloc
crisis standoff tension tensions emergency
west western
country countries nation nations state
russia russian russians moscow kremlin
america american americans washington
britain british london
china chinese beijing
europe european brussels
germany german berlin
france french paris
ukraine ukrainian kyiv kiev
israel israeli jerusalem
iran iranian tehran
india indian delhi
japan japanese tokyo
turkey turkish ankara
"""


def _classes() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _CLASSES.strip().splitlines():
        words = line.split()
        for word in words:
            found.setdefault(stem(word), f"={words[0]}")
    return found


SYNONYMS = _classes()
"""From a stem to the class its word belongs to; the first class that lists a stem has it."""

_FUNCTION = """
the a an of to in on at by for from with as and or that this these those it its is are was were be been being has
have had he she they his her their them him who which what will would not no so than then there if into over out up
der die das den dem des ein eine einen einem einer und oder zu im am von mit auf für ist sind war hat haben nicht
sich als auch es er sie bei nach aus wird dass
le la les un une des de du et ou à au aux en dans sur pour par que qui ne pas est sont a il elle ce se son sa ses
el los las unos del y o al con por para su sus se lo es son fue no más como
il lo gli i di da del della che e per non si un una con è sono
o os as um uma do da dos das e no na em com para por que não se
de het een en van in op te dat is zijn met voor niet aan er
"""

FUNCTION_WORDS = frozenset(_FUNCTION.split())
"""Words that carry grammar and no meaning, of several languages."""
