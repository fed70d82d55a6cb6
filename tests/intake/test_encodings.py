"""Texts in many encodings, declared in every place where a page may declare them: they survive."""

# ruff: noqa: E501 - sample texts stand on one line
from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.intake.decoding import decode
from dateline.intake.found import Found
from dateline.intake.pages import found_in_page
from dateline.intake.sources import articles_of
from dateline.settings import Settings
from tests.intake.samples import SAMPLES

SENTENCES = {
    "en": "The minister’s aide said the “frigate” had left — with 120 men — on Monday.",
    "fr": "Le président a été accueilli à l’aéroport, où l’évêque déclara que la fête était réussie malgré la forêt brûlée.",
    "de": "Der Außenminister erklärte, die Gespräche über die Brücke würden am Dienstag fortgeführt, sagte Frau Müller.",
    "pl": "Minister oświadczył we wtorek, że żołnierze będą ćwiczyć w Łodzi, a śnieg już się roztopił wśród gęstych łąk.",
    "tr": "Bakan, salı günü İstanbul’da yaptığı açıklamada görüşmelerin süreceğini ve gemilerin çıkışını söyledi.",
    "ru": "Министр обороны заявил во вторник, что войска останутся в регионе до конца года, а корабли вернутся в порт.",
    "uk": "Міністр заявив у вівторок, що війська залишаться в регіоні до кінця року, а їхні кораблі повернуться в порт.",
    "el": "Ο υπουργός δήλωσε την Τρίτη ότι τα στρατεύματα θα παραμείνουν στην περιοχή μέχρι το τέλος του έτους.",
    "he": "שר הביטחון אמר ביום שלישי כי הכוחות יישארו באזור עד סוף השנה והספינות יחזרו לנמל.",
    "ar": "قال الوزير يوم الثلاثاء إن القوات ستبقى في المنطقة حتى نهاية العام وإن السفن ستعود إلى الميناء.",
    "ja": "防衛大臣は火曜日、部隊が年末までこの地域にとどまると述べた。艦艇は港に戻る予定である。",
    "zh": "国防部长星期二表示，部队将在该地区驻留至年底，舰艇随后将返回港口。",
    "ko": "국방부 장관은 화요일 부대가 연말까지 이 지역에 남을 것이며 함정은 항구로 돌아올 것이라고 말했다.",
}
PLACES = ("meta", "http-equiv", "xml", "header")
DECLARED = [
    ("fr", "iso-8859-1", "latin-1"), ("en", "windows-1252", "cp1252"), ("fr", "windows-1252", "cp1252"),
    ("pl", "iso-8859-2", "iso8859_2"), ("pl", "windows-1250", "cp1250"), ("tr", "windows-1254", "cp1254"),
    ("ru", "windows-1251", "cp1251"), ("ru", "koi8-r", "koi8_r"), ("uk", "koi8-u", "koi8_u"), ("ru", "iso-8859-5", "iso8859_5"),
    ("el", "iso-8859-7", "iso8859_7"), ("he", "windows-1255", "cp1255"), ("ar", "windows-1256", "cp1256"),
    ("ja", "shift_jis", "cp932"), ("ja", "euc-jp", "euc_jp"), ("ja", "iso-2022-jp", "iso2022_jp"), ("zh", "gb2312", "gb18030"),
    ("zh", "gbk", "gbk"), ("zh", "gb18030", "gb18030"), ("ko", "euc-kr", "cp949"), ("ru", "utf-8", "utf-8"),
]  # fmt: skip
BOMS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE}  # fmt: skip


def page(sentence: str, name: str, place: str) -> str:
    heads = {
        "meta": f'<meta charset="{name}">',
        "http-equiv": f'<meta http-equiv="Content-Type" content="text/html; charset={name}">',
        "xml": "",
        "header": "",
    }
    start = f'<?xml version="1.0" encoding="{name}"?>' if place == "xml" else "<!DOCTYPE html>"
    return f"{start}<html><head>{heads[place]}<title>T</title></head><body><article><p>{sentence}</p></article></body></html>"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("language", "name", "codec"), DECLARED)
def test_a_page_is_read_in_the_encoding_that_it_declares(language: str, name: str, codec: str, place: str) -> None:
    sentence = SENTENCES[language]
    if codec in {"latin-1", "euc_jp", "iso2022_jp"}:
        sentence = sentence.replace("’", "'")
    raw = page(sentence, name, place).encode(codec)
    found = found_in_page(raw, Settings(), charset=name if place == "header" else None)
    assert found.article.text == sentence
    assert found.faults == ()


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("encoding", BOMS)
def test_a_byte_order_mark_tells_the_encoding_of_a_text(language: str, encoding: str) -> None:
    assert decode(BOMS[encoding] + SENTENCES[language].encode(encoding), "latin-1") == (SENTENCES[language], ())


@pytest.mark.parametrize(
    ("language", "codec"), [("fr", "cp1252"), ("ru", "cp1251"), ("ru", "koi8_r"), ("ja", "cp932"), ("zh", "gb18030"), ("ko", "cp949"),
     ("tr", "cp1254"), ("pl", "cp1250"), ("de", "cp1252")]
)  # fmt: skip
def test_an_encoding_that_nobody_declares_is_guessed_and_marked(language: str, codec: str) -> None:
    text, doubts = decode((SENTENCES[language] + "\n").encode(codec) * 6)
    assert SENTENCES[language] in text
    assert "guess" in doubts[0].reason


def test_a_false_or_unknown_declaration_does_no_harm() -> None:
    raw = page(SENTENCES["fr"], "no-such-thing", "meta").encode()
    assert found_in_page(raw, Settings(), charset="x-nothing").article.text == SENTENCES["fr"]
    assert decode(SENTENCES["ru"].encode(), "latin-1")[0] == SENTENCES["ru"], "bytes that are UTF-8 are UTF-8"


def test_one_broken_byte_does_not_turn_a_text_into_another_encoding() -> None:
    text, doubts = decode(SENTENCES["ru"].encode() * 9 + b"\xff end")
    assert text.count("\ufffd") == 1
    assert "not UTF-8" in doubts[0].reason


WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


@pytest.mark.parametrize("codec", WIDE)
def test_wide_text_without_a_mark_is_read_and_marked(codec: str) -> None:
    text, doubts = decode(SENTENCES["en"].encode(codec))
    assert text == SENTENCES["en"]
    assert codec in doubts[0].reason


@pytest.mark.parametrize("codec", [*WIDE, "utf-16", "utf-32"])
def test_wide_pages_feeds_tables_and_rows_are_told_by_their_content(codec: str, tmp_path: Path) -> None:
    for name, raw in SAMPLES.items():
        if "warc" in name:
            continue
        (tmp_path / name).write_bytes(raw.decode().encode(codec))
        (tmp_path / "plain").write_bytes(raw)
        wide, plain = (list(articles_of([str(tmp_path / n)], Settings())) for n in (name, "plain"))
        assert [o.article.text for o in wide if isinstance(o, Found)] == [
            o.article.text for o in plain if isinstance(o, Found)
        ]
        assert len(wide) == len(plain)


def test_a_file_of_zeros_is_no_wide_text() -> None:
    with pytest.raises(InputError):
        decode(b"\0" * 4096)
