"""Bytes to text: marks, UTF-8, declarations, detection, and what is left of bytes that fit none."""

import pytest

from pipelines.ingest.decode import decode, find_encoding, python_name

FRENCH = "Des apiculteurs de l’île de Gozo ont transporté 340 ruches, où le thym fleurit déjà à l’été. " * 3


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Пасечники перевезли ульи на скалы острова, где рано цветёт тимьян."),
        ("koi8-r", "Пасечники перевезли ульи на скалы острова, где рано цветёт тимьян."),
        ("iso8859-5", "Пасечники перевезли ульи на скалы острова, где рано цветёт тимьян."),
        ("cp1250", "Pszczelarze przenieśli ule na klify, gdzie wcześnie kwitnie źródlany tymianek – świeży."),
        ("iso8859-2", "Pszczelarze przenieśli ule na klify, gdzie wcześnie kwitnie źródlany tymianek."),
        ("iso8859-15", "Le cœur de l'île coûte 5 € de plus à Noël, où l'été a été très sec près de l'œuvre."),
        ("cp1252", "Le cœur de l’île coûte 5 € de plus à Noël – où l’été a été très sec."),
        ("cp1253", "Οι μελισσοκόμοι μετέφεραν 340 κυψέλες στα βράχια του νησιού."),
        ("cp1254", "Arıcılar kovanları uçurumlara taşıdı; kekik orada erken çiçek açıyor, dediler ve gittiler."),
        ("cp1255", "הדבוראים העבירו כוורות אל צוקי האי, שם פורחת הקורנית מוקדם."),
        ("cp1256", "نقل النحالون ثلاثمئة وأربعين خلية إلى منحدرات الجزيرة."),
        ("cp874", "ผู้เลี้ยงผึ้งย้ายรังผึ้งไปยังหน้าผาของเกาะ"),
        ("cp932", "養蜂家は島の崖に三百四十の巣箱を運んだ。春が早いからである。"),
        ("euc_jp", "養蜂家は島の崖に三百四十の巣箱を運んだ。春が早いからである。"),
        ("iso2022_jp", "養蜂家は島の崖に三百四十の巣箱を運んだ。春が早いからである。"),
        ("gb18030", "养蜂人把三百四十个蜂箱搬到了海边的悬崖上，春天来得早。"),
        ("big5", "養蜂人把三百四十個蜂箱搬到了海邊的懸崖上，春天來得早。"),
        ("cp949", "양봉가들은 섬의 절벽으로 벌통을 옮겼다. 봄이 일찍 왔기 때문이다."),
        ("iso2022_kr", "양봉가들은 섬의 절벽으로 벌통을 옮겼다. 봄이 일찍 왔기 때문이다."),
    ],
)
def test_a_text_comes_out_as_it_went_in(encoding, text):
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.is_detected
    assert (decoded.has_replaced, decoded.invalid) == (False, 0)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "utf-32"])
def test_a_mark_is_believed_and_taken_off(encoding):
    text = FRENCH if encoding in ("utf-8-sig", "utf-16", "utf-32") else "\ufeff" + FRENCH
    decoded = decode(text.encode(encoding))
    assert decoded.text == FRENCH
    assert not decoded.is_detected


def test_quotation_marks_in_ascii_are_those_of_windows():
    decoded = decode(b"The port\x92s manager said it\x92s open, and the \x93Sea Star\x94 sailed.")
    assert decoded.text == "The port’s manager said it’s open, and the “Sea Star” sailed."


@pytest.mark.parametrize("stray", [b"\x92", b"\xff", b"\xe2\x80", b"\xc3"])
def test_a_stray_byte_does_not_spoil_utf_8(stray):
    decoded = decode(FRENCH.encode() + stray + b" end")
    assert decoded.text == FRENCH + "\ufffd end"
    assert (decoded.encoding, decoded.invalid, decoded.is_detected) == ("utf-8", 1, False)


def test_a_character_that_was_lost_before_is_no_invalid_byte():
    decoded = decode("Un caf\ufffd à l’île, déjà, et là, où l’été passe".encode())
    assert (decoded.has_replaced, decoded.invalid) == (True, 0)


def test_utf_8_counts_for_more_than_what_is_declared():
    assert decode(FRENCH.encode(), "iso-8859-1").encoding == "utf-8"
    assert decode(FRENCH.encode("cp1252"), "utf-8").encoding == "windows-1252"


@pytest.mark.parametrize("declared", ["iso-8859-1", "latin1", "windows-1252", "ISO_8859-1", "ascii"])
def test_a_declaration_is_believed_in_its_wider_sense(declared):
    decoded = decode(FRENCH.encode("cp1252"), declared)
    assert (decoded.text, decoded.is_detected) == (FRENCH, False)


@pytest.mark.parametrize(
    "declared",
    ["", "no-such", "\0", "utf-8", "utf-16", "utf-7", "idna", "hex", "rot13", "raw_unicode_escape", "x" * 500],
)
def test_a_declaration_that_is_none_is_passed_over(declared):
    assert decode(FRENCH.encode("cp1252"), declared).text == FRENCH
    assert python_name(declared) is None


def test_a_declaration_that_the_bytes_contradict_is_passed_over():
    text = "Пасечники перевезли ульи на скалы острова, где рано цветёт тимьян."
    assert decode(text.encode("cp1251"), "euc-kr").text == text


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n", b"\x00" * 100, bytes(range(256)) * 20, b"\x01\x02\x03", b"MZ\x90\x00\x03"]
)
def test_what_is_no_text_is_binary(data):
    assert decode(data) is None


def test_terminal_colours_are_control_characters_and_no_shift():
    assert decode(b"The harbour \x1b[31mreopens\x1b[0m today, " + b"it said. " * 30).encoding == "utf-8"


def test_the_encoding_of_polish_is_not_taken_for_latin_9():
    assert find_encoding("Świeży miód, źdźbło, żółć".encode("iso8859-2")) == "iso-8859-2"
