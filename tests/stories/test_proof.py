"""What proves that one text was made of another, in short texts and in many languages; and what does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.model import Article, Story
from crawler.stories import find_stories

Make = Callable[..., Article]
REWRITTEN = {
    "Swedish": (
        """Kommunen i Bergsvik stänger badplatsen vid Långsjön efter att giftiga alger upptäckts i vattnet, \
        meddelade miljöchefen Karin Lindahl på fredagen.
        Prover som togs i tisdags visade halter sju gånger högre än gränsvärdet.
        Två hundar har dött efter att ha druckit ur sjön, enligt veterinären i Åby.
        Nya prover ska tas varje vecka, och svaren väntas ta tre dagar.
        Campingen med 140 platser har redan fått ett trettiotal avbokningar.""",
        """Giftiga alger i Långsjön har fått Bergsviks kommun att stänga badplatsen, uppgav miljöchef Karin \
        Lindahl på fredagen.
        Halterna var sju gånger högre än gränsvärdet i de prover som togs i tisdags.
        Enligt en veterinär i Åby har två hundar som drack ur sjön dött.
        Varje vecka tas nya prover; svaren beräknas dröja tre dagar.
        Ett trettiotal gäster har redan avbokat sin plats på campingen, som har 140 platser.""",
    ),
    "Turkish": (
        """Karaçay Belediyesi, sahildeki eski fabrikayı gençlik merkezine dönüştürecek, Belediye Başkanı Selin \
        Aydoğan pazartesi günü açıkladı.
        Proje 85 milyon liraya mal olacak ve 2033 yılının ilkbaharında tamamlanacak.
        Merkezde bir kütüphane, iki atölye ve 300 kişilik bir salon bulunacak.
        Balıkçılar kooperatifi, teknelerin çekildiği alanın otoparka çevrilmesinden endişe ediyor.
        Belediye meclisi planı 9 Mayıs'ta oylayacak.""",
        """Sahildeki eski fabrika gençlik merkezi olacak; kararı Karaçay Belediye Başkanı Selin Aydoğan pazartesi \
        günü duyurdu.
        85 milyon liralık projenin 2033 ilkbaharında bitirilmesi planlanıyor.
        Binada 300 kişilik salonun yanı sıra kütüphane ve iki atölye yer alacak.
        Teknelerin çekildiği alanın otopark yapılmasından ise balıkçılar kooperatifi endişeli.
        Plan, belediye meclisinde 9 Mayıs'ta oylanacak.""",
    ),
    "Japanese": (
        """北浜市は月曜日、旧市街の商店街12本を6月1日から車両通行止めにすると発表した。
        市長の佐伯真由美氏によると、これらの通りには1日に約4500台の車が通っている。
        「排気ガスの中を歩いてもらって、古い町並みを楽しめとは言えません」と佐伯市長は会見で述べた。
        事業費は約38億円で、半分を県が負担する。
        商店主らは最初の数か月で売り上げが3割落ちることを心配している。
        荷物の配達車は午前9時まで入ることができる。""",
        """6月1日から旧市街の12の商店街に車が入れなくなる。北浜市が月曜日に明らかにした。
        佐伯真由美市長の説明では、通りを走る車は1日およそ4500台に上る。
        「排気ガスの中を歩いてもらって、古い町並みを楽しめとは言えません」と市長は語った。
        約38億円の事業費は、県が半分を支払うという。
        売り上げが最初の数か月で3割減ると心配する商店主もいる。
        午前9時までなら配達の車は通行できる。""",
    ),
    "Chinese": (
        """临河市政府星期一宣布，老城区的十二条街道将从六月一日起禁止汽车通行。
        市长陈立群说，每天有大约四千五百辆汽车经过这些街道。
        “我们不能一边请游客来看古城，一边让他们闻汽油味。”陈立群在记者会上说。
        商户们担心头几个月的生意会下降三成。
        送货车辆每天上午九点以前可以进入。
        路面铺设工程将在二〇三二年底以前完成。""",
        """从六月一日起，汽车不得驶入临河市老城区的十二条街道，市政府星期一公布了这一决定。
        据市长陈立群介绍，这些街道每天约有四千五百辆汽车通过。
        “我们不能一边请游客来看古城，一边让他们闻汽油味。”陈立群表示。
        头几个月生意可能下降三成，这是商户们最担心的。
        上午九点以前允许送货车辆进入。
        铺设路面的工程预定二〇三二年底前完工。""",
    ),
}
FIRST = """A magnitude 5.8 earthquake shook the west of Lorandia early on Thursday, injuring at least 12 people \
and damaging dozens of houses, officials said.
The quake struck at 4:12 a.m. local time at a depth of 10 kilometres, with its epicentre 30 kilometres from the \
town of Besk, the country's seismological institute said.
Interior Minister Jovan Rade said rescue teams had been sent to four villages where roads were blocked by rocks.
Power was cut to around 9,000 homes.
In 2016, a quake of magnitude 6.3 killed 41 people in the same region."""
SECOND = """At least a dozen people were hurt and scores of buildings cracked when an earthquake of magnitude 5.8 \
hit western Lorandia before sunrise on Thursday, authorities in the country said.
The epicentre was about 30 km southwest of Besk, a town of 40,000, and the tremor was shallow at 10 km, according \
to the Seismological Institute of Lorandia.
"Teams are on their way to villages we cannot reach by phone," Interior Minister Jovan Rade told state television.
About 9,000 households were without electricity, the grid operator said.
Lorandia lies on a fault line; 41 people died there in an earthquake in 2016."""
INTERVIEW = """Ten years after her first film, director Maren Solberg talks about fear, fog and the next project.
"I never wanted to make a film about the sea, I wanted to make a film about people who cannot leave it."
"When we shot the storm we had two boats, one camera and a cook who was seasick for eleven days."
"My father built nets, and he told me that a net is mostly holes, and I think a film is the same."
"The next one will be set in a laundry in Lisbon, because I am tired of being cold."
"I do not read reviews until the film is out of the cinemas, and then I read them all in a single night." """
GOSSIP = """Maren Solberg has opened up about her work.
"I never wanted to make a film about the sea, I wanted to make a film about people who cannot leave it," she said.
"When we shot the storm we had two boats, one camera and a cook who was seasick for eleven days."
"My father built nets, and he told me that a net is mostly holes, and I think a film is the same," she added.
"The next one will be set in a laundry in Lisbon, because I am tired of being cold." """
MATCH = """{0} beat {1} {2} at {3} on Saturday to move up to third place in the table.
{4} opened the scoring in the {5}th minute with a header from a corner.
The home side had more of the ball in the second half but could not find a way through.
Attendance at the ground was {6}.
{0} host Redmere next week, while {1} travel to Castlebar on Tuesday."""
THEFT = """Unbekannte haben in der Nacht zu {0} in der {1} die Scheibe eines geparkten {2} eingeschlagen.
Nach Angaben der Polizei entwendeten sie aus dem Fahrzeug eine Handtasche und ein Navigationsgerät.
Der Schaden beläuft sich auf rund {3} Euro.
Der {4}-jährige Besitzer hatte den Wagen gegen {5} Uhr abgestellt.
Zeugen werden gebeten, sich unter der Telefonnummer {6} zu melden."""
CRASH = """A {0} died on {1} when a car hit a {2} near {3}.
Nobody else was in the car, police said.
The road was closed for {4} hours.
The cause is not known."""
APPOINTED = """{0}, {1}, has been appointed director of the {2} Museum from {3}.
{0} led the {4} collection for {5} years.
The post was advertised in spring, and the council confirmed the choice."""
BACKGROUND = "Fighting in the northern provinces began in August 2028 after the government cancelled an election that \
    opposition parties were expected to win. More than 40,000 people have been killed since then and about two million \
    have left their homes, according to the United Nations."


def stories(make: Make, *texts: str, site: str | None = None) -> list[Story]:
    return find_stories(
        make(
            [" ".join(line.split()) for line in text.strip().split("\n")],
            f"https://{site or f'paper{number}.example'}/{number}",
            date_published=f"2031-03-{4 + number:02}T08:00:00Z",
        )
        for number, text in enumerate(texts)
    )


@pytest.mark.parametrize("language", REWRITTEN)
def test_a_short_text_rewritten_throughout_is_a_copy(article: Make, language: str) -> None:
    (story,) = stories(article, *REWRITTEN[language])
    assert story.original and len(story.copies) == 1


def test_two_agencies_reports_of_one_earthquake_are_none(article: Make) -> None:
    assert stories(article, FIRST, SECOND) == []


def test_an_interview_taken_over_answer_by_answer_is_a_copy(article: Make) -> None:
    (story,) = stories(article, INTERVIEW, GOSSIP)
    assert story.original and story.original.url == "https://paper0.example/0"


@pytest.mark.parametrize(
    "form, filled",
    [
        (MATCH, [("Ashport", "Dunley", "3-1", "Quarry Road", "Kofi Brandt", "14", "8,112"),
                 ("Wexcombe", "Tarrant", "2-0", "the Old Meadow", "Luis Havel", "37", "4,907")]),
        (THEFT, [("Montag", "Gartenstraße", "Opel", "900", "54", "21.30", "0551 491"),
                 ("Freitag", "Bahnhofstraße", "Skoda", "1400", "31", "18.45", "05603 77")]),
        (CRASH, [("man", "Monday", "tree", "Velm", "three"), ("woman", "Thursday", "lorry", "Ribera", "five")]),
        (APPOINTED, [("Ada Winter", "44", "Velm", "May", "Ribera", "nine"),
                     ("Otto Lang", "51", "Norda", "October", "Sudra", "six")]),
    ],
)  # fmt: skip
def test_one_form_filled_in_twice_is_no_copy(article: Make, form: str, filled: list[tuple[str, ...]]) -> None:
    texts = [form.format(*words) for words in filled]
    assert stories(article, *texts) == []
    assert len(stories(article, texts[0], texts[0].replace("Saturday", "the weekend").replace("rund", "etwa"))) == 1


def test_a_correction_of_day_place_and_number_is_a_copy_by_what_it_keeps(article: Make) -> None:
    printed = CRASH.format("man of 34", "Monday", "tree", "Velm, north of Ashport,", "three")
    corrected = CRASH.format("man of 34", "Tuesday", "tree", "Velm, south of Ashport,", "five")
    assert len(stories(article, printed, corrected)) == 1


def test_an_update_with_other_figures_in_two_sentences_is_a_copy_by_those_in_the_others(article: Make) -> None:
    printed = """The flood on the Tarn has left 3,400 homes without water since 11 March, the council of Hamsa said.
    Pumps that were lent by 14 towns are at work on both banks, and the bridge is shut to lorries over 7.5 tonnes.
    so far 40 people have been treated for cuts and 14 for hypothermia.
    each household may claim between 30,000 and 75,000 crowns for its losses.
    Engineers expect the water to fall by 60 centimetres before the 21st, when schools in the valley open again."""
    updated = printed.replace("40 people", "47 people").replace("and 14 for", "and 18 for")
    updated = updated.replace("30,000", "38,000").replace("75,000", "78,000")
    assert len(stories(article, printed, updated)) == 1


def test_background_that_a_paper_prints_in_every_report_is_no_copy_but_an_update_is(article: Make) -> None:
    aid = f"""Aid trucks reached the town of Hamsa on Tuesday for the first time in five weeks, the Red Crescent said.
    The convoy of 22 lorries brought flour, tents and insulin.
    {BACKGROUND}
    Doctors at the hospital said they had been operating by the light of torches since the generator failed.
    The last shipment had been turned back at the bridge over the Tarn in the middle of January.
    A second convoy is planned for Friday if the road stays open."""
    minister = f"""Finance minister Yusuf Dal resigned on Wednesday, saying that he could no longer defend the budget.
    The currency fell by 6 percent within an hour of the announcement.
    {BACKGROUND}
    Mr. Dal, a former banker of 58, had pushed for cuts in the subsidies on fuel against the will of his party.
    His departure is the fourth from the cabinet since the summer, and the second within a week.
    A successor was not named, and parliament does not sit again until May."""
    update = f"""Aid trucks reached the town of Hamsa on Tuesday for the first time in five weeks, but one was looted.
    A crowd stopped the last lorry at the bridge and took 40 sacks of flour, witnesses said.
    {BACKGROUND}
    Soldiers will accompany the second convoy, which has been put off until Sunday."""
    assert stories(article, aid, minister, site="paper.example") == []
    (story,) = stories(article, aid, update, site="paper.example")
    assert story.original and story.original.url == "https://paper.example/0"


def test_serbian_in_both_alphabets_is_one_text(article: Make) -> None:
    cyrillic = (
        "Градска управа Речице затвориће стари мост за саобраћај од јула. "
        "Поправка ће трајати до јесени следеће године, а путници ће ићи преко Циглане и чекати дуже него сада."
    )
    latin = (
        "Gradska uprava Rečice zatvoriće stari most za saobraćaj od jula. "
        "Popravka će trajati do jeseni sledeće godine, a putnici će ići preko Ciglane i čekati duže nego sada."
    )
    (story,) = stories(article, cyrillic, latin)
    assert story.tree[1].coverage and story.tree[1].coverage.of_copy == 1.0


def test_arabic_is_the_same_with_other_figures_vowel_signs_and_spellings(article: Make) -> None:
    plain = (
        "أعلنت البلدية يوم الأحد إغلاق السوق القديم أمام السيارات ابتداء من الأول من أيار. "
        "وقالت رئيسة البلدية إن القرار يشمل 12 شارعا تمر فيها نحو 4500 سيارة كل يوم."
    )
    other = (
        "اعلنت البلدية يوم الاحد اغلاق السوق القديم امام السيارات ابتداء من الاول من ايار. "
        "وقالت رئيسة البلدية ان القرار يشمل ١٢ شارعا تمر فيها نحو ٤٥٠٠ سيّارة كل يوم."
    )
    (story,) = stories(article, plain, other)
    assert story.tree[1].coverage and story.tree[1].coverage.of_copy == 1.0
