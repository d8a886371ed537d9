"""Bylines and notes of the desk: whom they name, and lines that are neither."""

import datetime as dt

import pytest

from pipelines.parse.byline import read_authors, read_byline, read_desk

LATEST = dt.date(2020, 2, 7)


def is_outlet(name):
    return name.lower() in ("bay radio", "sahara tribune")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ines Falkenrath and Tomo Barisic", ["Ines Falkenrath", "Tomo Barisic"]),
        ("By INES FALKENRATH AND TOMO BARISIC", ["Ines Falkenrath", "Tomo Barisic"]),
        ("By Ingrid Solheim-Baird and Khalfan al-Araimi", ["Ingrid Solheim-Baird", "Khalfan al-Araimi"]),
        ("Words by Jo De Vries", ["Jo De Vries"]),
        ("POSTED BY INES FALKENRATH", ["Ines Falkenrath"]),
        ("By Ines Falkenrath in Tunis", ["Ines Falkenrath"]),
        ("By Ines Falkenrath, Tunis", ["Ines Falkenrath"]),
        ("By M. Abad and J. Okafor", ["M. Abad", "J. Okafor"]),
        ("By Staff Reporter", []),
        ("By Reuters", ["Reuters"]),
        ("Ines Falkenrath, Diplomatic Correspondent", ["Ines Falkenrath"]),
        ("Ines Falkenrath and Omar Said | Sahara Tribune", ["Ines Falkenrath", "Omar Said"]),
        ("Bay Radio, Tunis", []),
        ("Par Lucie Dupont, envoyée spéciale à Gao", ["Lucie Dupont"]),
        ("Por Ana Gómez y Luis Pérez", ["Ana Gómez", "Luis Pérez"]),
        ("Von Petra Lindqvist, Berlin", ["Petra Lindqvist"]),
        ("Haber: Ali Yılmaz ve Ayşe Demir", ["Ali Yılmaz", "Ayşe Demir"]),
        ("Автор: Пётр Иванов", ["Пётр Иванов"]),
        ("بقلم: هالة منصور", ["هالة منصور"]),
        ("Ines Falkenrath - 5 Şubat 2020", ["Ines Falkenrath"]),
        ("ALİ YILMAZ VE AYŞE DEMİR | 5 ŞUBAT 2020", ["Ali Yılmaz", "Ayşe Demir"]),
        ("February 5, 2020 by Ines Falkenrath", ["Ines Falkenrath"]),
    ],
)
def test_a_byline_names_its_authors(line, authors):
    found = read_byline(line, LATEST, None, is_outlet)
    assert found is not None
    assert found.authors == authors


@pytest.mark.parametrize(
    "line",
    [
        "Police chief killed in Idlib",
        "Foreign ministry chief resigns",
        "Ferry to Mgarr out of service",
        "Journalist Omar Said freed",
        "Van Gogh in Gozo",
        "Di Maio in Gozo",
        "Text: Falkenrath in Ankara",
    ],
)
def test_a_headline_with_a_calling_or_a_particle_is_no_byline(line):
    assert read_byline(line, LATEST, None, is_outlet) is None


@pytest.mark.parametrize(
    "line", ["Staff Reporter", "Our special correspondent in Tunis", "Bay Radio News Desk", "مراسل"]
)
def test_a_calling_alone_is_a_byline_without_names(line):
    found = read_byline(line, LATEST, None, is_outlet)
    assert found is not None
    assert found.authors == []


@pytest.mark.parametrize("line", ["Ines Falkenrath", "Ines Falkenrath / Tunis", "Omar Said and Jo Bee"])
def test_a_bare_name_is_a_byline_only_where_it_has_to_be(line):
    assert read_byline(line, LATEST) is None
    assert read_byline(line, LATEST, is_bare=True) is not None


@pytest.mark.parametrize(
    "line",
    ["By the time he left", "By noon the streets were empty", "By 2014 it had gone", "De Kort spoke at length", "Jane Doe, 41, a nurse", "From Gao to Mopti by boat?"],
)  # fmt: skip
def test_another_line_is_no_byline(line):
    assert read_byline(line, LATEST, None, is_outlet) is None


def test_a_date_in_a_byline_is_pointed_to():
    line = "By Ines Falkenrath | Published 5 Feb 2020 21:40"
    found = read_byline(line, LATEST)
    start = found.dates_at + found.dates.first.start
    assert line[start:].startswith("5 Feb 2020")
    assert found.dates.first.on == dt.date(2020, 2, 5)


@pytest.mark.parametrize(
    ("line", "reporters"),
    [
        ("(Reporting by Ines Falkenrath in Tunis, editing by Omar Said)", ["Ines Falkenrath"]),
        ("Reporting by Jo Bee; additional reporting by Al Said. Editing by Ed Or", ["Jo Bee", "Al Said"]),
        ("(Bericht: Petra Lindqvist; Redaktion: Jan Kurz)", ["Petra Lindqvist"]),
        ("Editing by Omar Said", []),
        ("Ines Falkenrath reported from Tunis.", ["Ines Falkenrath"]),
        ("Reporters were kept away from the port.", None),
        ("He reported the theft to the police.", None),
    ],
)
def test_a_note_of_the_desk_names_the_reporters(line, reporters):
    assert read_desk(line) == reporters


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("By Carmel Zerafa and Lena Brandt", ["Carmel Zerafa", "Lena Brandt"]),
        ("Carmel Zerafa, Lena Brandt", ["Carmel Zerafa", "Lena Brandt"]),
        ("Carmel Zerafa", ["Carmel Zerafa"]),
        ("Zerafa, Carmel", ["Zerafa, Carmel"]),
        ("Bank of Valletta", ["Bank of Valletta"]),
        ("Island Gazette", ["Island Gazette"]),
    ],
)
def test_what_a_record_has_for_its_author_is_taken_apart_where_it_is_several(said, names):
    assert read_authors(said) == names
