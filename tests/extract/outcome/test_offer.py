"""Stubs told by what stands below them, in no words that a list would know: a price, a way to log in, a cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.extract.outcome.price import PRICE
from crawler.model import Article, Outcome

Build = Callable[..., bytes]

URL = "https://www.harbour-times.example/news/lighthouse-lamp-returns"
LEAD = "<p>The great lamp of Grindholm lighthouse was carried back up its hundred and twelve steps on Tuesday.</p>"
CUT = "<p>Volunteers formed a chain on the stairs and passed the brass fittings from hand to hand, while the lens…</p>"


def read(page: bytes) -> Article:
    return extract_article(page, url=URL)


@pytest.mark.parametrize(
    "offer",
    [
        "<h3>Co było dalej?</h3><p>Miesięcznie 19,90 zł</p><a href=/kup>Biorę</a><a href=/logowanie>Mam konto</a>",
        "<p>월 9,900원으로 모두 보세요</p><button>시작</button><a href='/member/login?back=1'>이미 가입했어요</a>",
        "<p>רק ₪19.90 לחודש</p><button>להצטרפות</button><a href=/x>התחברו</a>",
        "<p>মাসে মাত্র ৯৯ টাকা</p><a href=/x>লগ ইন</a>",
        "<p>Havonta 1990 Ft, bármikor lemondható.</p><a href=/belepes>Már fizetek</a>",
        "<div><b>Rp 25.000</b> sebulan</div><div><a href=/masuk>Sudah punya akun</a></div>",
    ],
)
@pytest.mark.parametrize("inside", [True, False])
def test_a_price_and_a_way_to_log_in_below_a_few_words_make_a_stub(offer: str, inside: bool, story: Build) -> None:
    box = f"<div class=x7>{offer}</div>"
    found = read(story(body=LEAD + box) if inside else story(body=LEAD, after=box))
    assert found.outcome is Outcome.PAYWALL
    assert "a link to log in" in (found.outcome_reason or "")


def test_a_price_below_a_sentence_that_is_cut_off_makes_a_stub(story: Build) -> None:
    found = read(story(body=LEAD + CUT, after="<div><b>49,90 TL</b><button>Seç</button></div>"))
    assert found.outcome is Outcome.PAYWALL
    assert "cut off" in (found.outcome_reason or "")


def test_data_that_speak_of_many_more_words_make_a_stub(story: Build, json_ld: Callable[..., str]) -> None:
    found = read(story(body=LEAD, head=json_ld(headline="Lamp", wordCount="912")))
    assert found.outcome is Outcome.PAYWALL
    assert "912 words" in (found.outcome_reason or "")


@pytest.mark.parametrize("said", [False, "False", "http://schema.org/False"])
def test_a_part_that_is_not_free_makes_a_stub(said: object, story: Build, json_ld: Callable[..., str]) -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": said, "cssSelector": ".rest"}
    assert read(story(body=LEAD, head=json_ld(headline="Lamp", hasPart=[part]))).outcome is Outcome.PAYWALL


@pytest.mark.parametrize("signed", ["", "<p>aw/jf</p>"])
@pytest.mark.parametrize("named", [".story-text", ["article .story-text", ".other"]])
def test_a_brief_that_stands_whole_in_the_part_to_be_paid_for_is_an_article(
    signed: str, named: object, story: Build, json_ld: Callable[..., str]
) -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": "false", "cssSelector": named}
    head = json_ld(headline="Lamp", isAccessibleForFree="false", hasPart=part)
    assert read(story(body=LEAD * 2 + signed, head=head)).outcome is Outcome.ARTICLE
    assert read(story(body=LEAD + CUT, head=head)).outcome is Outcome.PAYWALL
    assert read(story(body=LEAD, head=head, after="<p>Continue reading with a subscription</p>")).outcome is not (
        Outcome.ARTICLE
    )


BANNER = "<aside class=x7><h3>Støt avisen</h3><p>Prøv en måned for 1 kr.</p><a href=/kob>Bestil</a></aside>"
OFFER = "<aside class=x7><p>Från 99 kr i månaden</p><button>Börja</button><a href=/login>Logga in</a></aside>"


def test_a_brief_above_an_offer_without_a_login_stays_an_article(story: Build) -> None:
    assert read(story(body=LEAD, after=BANNER)).outcome is Outcome.ARTICLE


def test_a_whole_text_above_an_offer_stays_an_article(story: Build) -> None:
    assert read(story(after=OFFER)).outcome is Outcome.ARTICLE


def test_a_brief_that_its_data_call_free_stays_an_article(story: Build, json_ld: Callable[..., str]) -> None:
    head = json_ld(headline="Lamp", isAccessibleForFree=True)
    assert read(story(body=LEAD, head=head, after=OFFER)).outcome is Outcome.ARTICLE


def test_an_offer_above_a_brief_is_the_sites_own(story: Build) -> None:
    assert read(story(body=LEAD, heading=f"{OFFER}<h1>Lamp returns to Grindholm</h1>")).outcome is Outcome.ARTICLE


def test_data_that_count_words_a_little_otherwise_make_no_stub(story: Build, json_ld: Callable[..., str]) -> None:
    assert read(story(head=json_ld(headline="Lamp", wordCount=260))).outcome is Outcome.ARTICLE


def test_prices_in_a_story_above_a_login_for_comments_make_no_stub(story: Build) -> None:
    prices = "<p>A kilo of herring was 120 TL on Tuesday, and a kilo of cod went for 450 TL at the same quay.</p>"
    form = "<section><h3>Answers</h3><p>Write one</p><a href=/login>Log in</a></section>"
    assert read(story(body=LEAD + prices, after=form)).outcome is Outcome.ARTICLE


@pytest.mark.parametrize("box", ["<div style='filter:blur(6px)'>", "<div class='txt teaser-fade'>"])
def test_a_veil_over_what_follows_and_a_price_make_a_stub(box: str, story: Build) -> None:
    veiled = f"{box}<p>Volunteers formed a chain on the stairs and passed the fittings from hand to hand.</p></div>"
    found = read(story(body=LEAD + veiled, after="<div><p>Word lid vanaf € 3 per maand</p><button>Ja</button></div>"))
    assert found.outcome is Outcome.PAYWALL
    assert "behind a veil" in (found.outcome_reason or "")


def test_a_cut_above_a_link_to_log_in_makes_a_stub(story: Build) -> None:
    after = "<div><p>Den här är för dig som har konto</p><a href=/skapa>Skapa</a><a href=/logga-in>In</a></div>"
    assert read(story(body=LEAD + CUT, after=after)).outcome is Outcome.PAYWALL


@pytest.mark.parametrize(
    "after",
    [
        "<section><h3>2 kommentarer</h3><p>Kul!</p><p><a href=/logga-in>Logga in för att</a> skriva</p></section>",
        "<section class=comments-area><p><a href=/logga-in>Logga in för att</a> skriva</p></section>",
    ],
)
def test_a_login_to_write_below_a_brief_makes_no_stub(after: str, story: Build) -> None:
    assert read(story(body=LEAD, after=after)).outcome is Outcome.ARTICLE


def test_three_whole_paragraphs_above_an_offer_with_a_login_are_an_article(story: Build) -> None:
    paragraph = LEAD.replace("</p>", " It weighs more than a car, says the keeper {n}.</p>")
    body = "".join(paragraph.replace("{n}", str(n)) for n in range(3))
    assert read(story(body=body, after=OFFER)).outcome is Outcome.ARTICLE


@pytest.mark.parametrize(
    "text",
    ["19,90 zł", "5 €/kk", "59.000 ₫", "₪19.90", "৯৯ টাকায়", "9,900원으로", "9,90 eurolla",
     "1990 forintért", "100 гривень",
     "TSh 2,000", "99,- Kč", "R$ 9,90", "¥18/月", "3 دنانير", "1 kr."],
)  # fmt: skip
def test_prices_are_read_in_many_currencies_and_with_endings(text: str) -> None:
    assert PRICE.search(text)


@pytest.mark.parametrize("text", ["12 kilo", "404 homes", "5 europeans", "1.204 izlenme", "3 rosen", "12 Ftx"])
def test_numbers_of_other_things_are_no_prices(text: str) -> None:
    assert PRICE.search(text) is None
