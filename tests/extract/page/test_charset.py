from __future__ import annotations

import pytest

from crawler.extract.page.charset import decode_page, in_utf8

TEXT = "Blåbærsyltetøy på Grindholm"


def test_a_mark_decides_against_every_declaration() -> None:
    body = b"\xef\xbb\xbf<meta charset=iso-8859-1>" + TEXT.encode()
    assert decode_page(body, {"Content-Type": "text/html; charset=koi8-r"}) == (
        f"<meta charset=iso-8859-1>{TEXT}",
        "utf-8",
    )


def test_valid_utf8_wins_over_a_wrong_declaration() -> None:
    assert decode_page(TEXT.encode(), {"content-type": "text/html; charset=iso-8859-1"})[0] == TEXT


def test_header_before_the_page() -> None:
    body = b'<meta charset="koi8-r">' + "Маяк вернулся".encode("cp1251")
    assert "Маяк вернулся" in decode_page(body, {"Content-Type": "text/html; charset=windows-1251"})[0]


def test_meta_without_header() -> None:
    body = b'<meta http-equiv="Content-Type" content="text/html; charset=shift_jis">' + "灯台".encode("shift_jis")
    assert "灯台" in decode_page(body)[0]


def test_undeclared_goes_by_the_language() -> None:
    assert "灯台の光" in decode_page('<html lang="ja">灯台の光'.encode("euc_jp"))[0]


def test_nonsense_declarations_are_passed_over() -> None:
    assert decode_page("<meta charset='no-such-set'>é".encode("cp1252"))[0].endswith("é")


def test_utf16_without_a_mark() -> None:
    assert decode_page("<html><body>Grindholm lighthouse, again and again and again".encode("utf-16-le"))[0].startswith(
        "<html>"
    )


def test_a_body_cut_inside_a_character() -> None:
    assert decode_page("blåbær".encode()[:-2])[0] == "blåb"


@pytest.mark.parametrize("body", [b"", b"\0", b"\xff", b"\xff\xfe", bytes(range(256))])
def test_any_bytes_give_a_text_without_nul(body: bytes) -> None:
    assert "\0" not in decode_page(body)[0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Маяк на северном утёсе снова зажгли в понедельник вечером после сорока лет темноты", "cp1251"),
        ("Маяк на северном утёсе снова зажгли в понедельник вечером после сорока лет темноты", "koi8_r"),
        ("Ο φάρος στον βόρειο γκρεμό άναψε ξανά το βράδυ της Δευτέρας μετά από σαράντα χρόνια", "cp1253"),
        ("عادت منارة الجزيرة الشمالية إلى العمل مساء الاثنين بعد أربعين عاما من الظلام", "cp1256"),
        ("המגדלור על הצוק הצפוני הודלק שוב ביום שני בערב אחרי ארבעים שנות חושך והתושבים באו", "cp1255"),
        ("ประภาคารบนหน้าผาทางเหนือกลับมาส่องแสงอีกครั้งหลังจากมืดมาสี่สิบปี", "cp874"),
    ],
)
def test_undeclared_goes_by_the_commonest_letters(text: str, encoding: str) -> None:
    body = f"<html><body><p>{text}</p><p>{text}</p><p>{text}</p>".encode(encoding)
    assert decode_page(body)[1] == encoding and text in decode_page(body)[0]


def test_accents_of_western_europe_are_no_other_alphabet() -> None:
    body = ("<p>Blåbærsyltetøy på Grindholm, ÆØÅ, déjà vu à côté, Größe und Übermut, señor Núñez" * 20).encode("cp1252")
    assert decode_page(body)[1] == "cp1252"


def test_letters_tell_more_than_a_language_of_several_encodings() -> None:
    text = "Мост закрыли после того, как в северной опоре нашли трещину, сообщила мэрия. " * 4
    assert decode_page(f"<html lang=ru><p>{text}".encode("koi8-r"), {})[0] == f"<html lang=ru><p>{text}"


def test_a_page_in_utf8_is_parsed_as_it_came() -> None:
    body = f"<p>{TEXT}</p>".encode()
    assert in_utf8(*_decoded(body)) is body


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        f"{TEXT}\0{TEXT}".encode(),
        f"{TEXT} ø".encode()[:-1],
        TEXT.encode() + b" \xff " + TEXT.encode() * 9,
    ],
    ids=[
        "with a mark",
        "in windows-1252",
        "in UTF-16",
        "with a zero byte",
        "cut off in a letter",
        "with a broken letter",
    ],
)
def test_any_other_is_encoded_anew(body: bytes) -> None:
    text, _, encoding = _decoded(body)
    assert in_utf8(text, body, encoding) == text.encode()


def _decoded(body: bytes) -> tuple[str, bytes, str]:
    text, encoding = decode_page(body)
    return text, body, encoding


def test_room_behind_the_name_of_the_encoding_is_looked_through_once() -> None:
    assert decode_page(b"<p>Seal", {"content-type": f"text/html; charset={' ' * 300_000};"})[0] == "<p>Seal"
