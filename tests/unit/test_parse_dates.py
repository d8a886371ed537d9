"""Dates: written days, lines that are nothing but a date, datelines, and the day of publication made of them."""

import datetime as dt
import json

import pytest

from pipelines.parse.article import parse
from pipelines.parse.dateline import read_date_line, read_dateline, read_loose_date_line
from pipelines.parse.profile import load_profile
from pipelines.parse.written_dates import written_dates
from pipelines.records import Document

LATEST = dt.date(2020, 2, 7)
FIFTH = dt.date(2020, 2, 5)
PROFILE = load_profile()
STORY = (
    "Beekeepers on the island of Gozo have moved 340 hives to the sea cliffs, where wild thyme flowers a month before it does"
    " inland. The hives travelled by night on three flat boats."
)


def article(text, *, arrival=dt.date(2020, 2, 6), hint="post", name="a.txt", meta=None):
    path = f"{hint}/{arrival}/{name}"
    return parse(Document("d", path, None, hint, 0, "", "text", "1", "utf-8", text, meta), arrival, PROFILE).article


@pytest.mark.parametrize(
    "written",
    """5 February 2020 | Feb. 5, 2020 | February 5th, 2020 | 5th of February 2020 | 5-Feb-2020 | 05Feb2020 | 2020-02-05 | 2020/02/05
05.02.2020 | 5.2.2020 | 5. Februar 2020 | 5 février 2020 | 5 de febrero de 2020 | 5 de fevereiro de 2020 | 5 febbraio 2020
5 Şubat 2020 | 5 ŞUBAT 2020 | Şubat 05, 2020 | 5 февраля 2020 | 5 лютого 2020 | 5 فبراير 2020 | ٥ فبراير ٢٠٢٠ | 5 شباط 2020
2020年2月5日 | 5 fév 2020 | Feb 5""".replace("\n", " | ").split(" | "),
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written):
    (found,) = written_dates(f"Am {written} x", LATEST)
    assert found.on == FIFTH
    assert found.other is None


@pytest.mark.parametrize(
    "text",
    ["5 people", "12 May be", "on 3.2.1 2020", "RW0482 4 GEN 0391", "31/31/2020", "5 out of 20", "340 hives", "12:7"],
)
def test_what_only_looks_like_a_day_is_none(text):
    assert [found.on.year for found in written_dates(text, LATEST)] in ([], [2019])  # '12 May' may be one


@pytest.mark.parametrize(
    ("numbers", "day_first", "on", "other"),
    [
        ("06/02/2020", None, dt.date(2020, 2, 6), None),  # 2 June is to come
        ("05/02/2018", None, dt.date(2018, 2, 5), dt.date(2018, 5, 2)),
        ("05/02/2018", True, dt.date(2018, 2, 5), None),
        ("05/02/2018", False, dt.date(2018, 5, 2), None),
        ("25/01/2018", False, dt.date(2018, 1, 25), None),
        ("01/25/2018", True, dt.date(2018, 1, 25), None),
        ("05.02.2018", False, dt.date(2018, 2, 5), None),
        ("05/02/18", True, dt.date(2018, 2, 5), None),
    ],
)
def test_numbers_are_read_by_what_is_known_of_their_order(numbers, day_first, on, other):
    (found,) = written_dates(numbers, LATEST, day_first)
    assert (found.on, found.other) == (on, other)


@pytest.mark.parametrize(
    ("line", "first", "later"),
    [
        ("Published: 5 February 2020 21:40 GMT", FIFTH, None),
        ("Last updated: 6 February 2020", None, dt.date(2020, 2, 6)),
        ("Posted: Feb 05, 2020 / 09:40 PM EST / Updated: Feb 06, 2020 / 07:12 AM EST", FIFTH, dt.date(2020, 2, 6)),
        ("05 Feb 2020 09:40PM (Updated: 06 Feb 2020 10:10PM)", FIFTH, dt.date(2020, 2, 6)),
        ("Wed 5 Feb 2020 21.40 GMT", FIFTH, None),
        ("Feb. 5, 2020 9:40 p.m. ET", FIFTH, None),
        ("Mis à jour le 5 février 2020 à 21h40", None, FIFTH),
        ("Veröffentlicht am 5. Februar 2020 um 21:40 Uhr", FIFTH, None),
        ("Aktualisiert am 05.02.2020-21:40", None, FIFTH),
        ("Giriş: 05.02.2020 - 21:40 Güncelleme: 06.02.2020 - 07:12", FIFTH, dt.date(2020, 2, 6)),
        ("SON GÜNCELLEME: 5 ŞUBAT 2020 ÇARŞAMBA 21:40", None, FIFTH),
        ("5 февраля 2020, 21:40", FIFTH, None),
        ("الأربعاء 5 فبراير 2020 - 21:40 بتوقيت غرينتش", FIFTH, None),
        ("2020-02-05T21:40:00Z", FIFTH, None),
        ("Published 2 hours ago", None, None),
        ("vor 3 Stunden", None, None),
    ],
)
def test_a_date_line_is_told_with_what_it_is_the_day_of(line, first, later):
    found = read_date_line(line, LATEST)
    assert found is not None
    assert (found.first and found.first.on, found.later and found.later.on) == (first, later)


@pytest.mark.parametrize(
    "line", ["By 5 February 2020 he was gone", "May 5 people", "3 boats", "The accord was signed on 5 February 2020"]
)
def test_another_line_is_no_date_line(line):
    assert read_date_line(line, LATEST) is None
    assert read_loose_date_line(line, LATEST) is None


@pytest.mark.parametrize(
    "line",
    ["Tunis, 5 February 2020", "5 Feb 2020 - Tunis", "World | Feb 5, 2020", "5 February 2020 · 4 min read · World"],
)
def test_a_place_or_section_may_stand_beside_the_day(line):
    assert read_loose_date_line(line, LATEST).first.on == FIFTH


@pytest.mark.parametrize(
    ("line", "place", "agency", "on"),
    [
        ("ANKARA, Feb 5 (MNA) - A", "ANKARA", "MNA", FIFTH),
        ("KIRKENES, Norway — A", "KIRKENES, Norway", None, None),
        ("LIMA, Peru — A", "LIMA, Peru", None, None),
        ("BOL, Chad — A", "BOL, Chad", None, None),
        ("IZMIR (Levant Wire) - A", "IZMIR", "Levant Wire", None),
        ("Lusaka, Zambia –\u00a0A", "Lusaka, Zambia", None, None),
        ("SD, Osh - A", "Osh", "SD", None),
        ("(Reuters) - A", None, "Reuters", None),
        ("WASHINGTON (Reuters): A", "WASHINGTON", "Reuters", None),
        ("Tehran, Feb 5, IRNA – A", "Tehran", "IRNA", FIFTH),
        ("OTTAWA, Wednesday, February 5, 2020 (CNW) - A", "OTTAWA", "CNW", FIFTH),
        ("МОСКВА. 5 февраля. ИНТЕРФАКС - А", "МОСКВА", "ИНТЕРФАКС", FIFTH),
        ("القاهرة (رويترز) - قال", "القاهرة", "رويترز", None),
        ("PARIS, 5 février (AFP) - A", "PARIS", "AFP", FIFTH),
    ],
)
def test_a_dateline_is_taken_apart(line, place, agency, on):
    found = read_dateline(line, LATEST)
    assert (found.place, found.agency, found.date and found.date.on) == (place, agency, on)
    assert line[found.length :] in ("A", "А", "قال")


@pytest.mark.parametrize(
    "line",
    [
        "Iran - a long story",
        "QUESTION: Yes.",
        "BREAKING - A",
        "Al-Bab - a",
        "The army, he said - but",
        "He said on Feb 5 - x",
    ],
)
def test_another_beginning_is_no_dateline(line):
    assert read_dateline(line, LATEST) is None


def test_a_dateline_without_year_is_of_the_year_that_the_picture_is_of():
    text = f"A headline of bees\n\nA boat on February 3, 2014. (Photo by AFP)\n\nMGARR, Feb 5 (QNA) - {STORY}"
    found = article(text)
    assert (found.published_on, found.published_basis) == (dt.date(2014, 2, 5), "dateline")


def test_an_old_text_keeps_its_own_day_and_a_day_to_come_is_set_aside():
    old = article(f"A headline of bees\n\n5 February 2014\n\n{STORY}")
    assert old.published_on == dt.date(2014, 2, 5)
    late = article(f"A headline of bees\n\n8 February 2020\n\n{STORY}")
    assert (late.published_on, late.published_basis) == (dt.date(2020, 2, 6), "arrival")


@pytest.mark.parametrize(
    ("hint", "on"), [("us-state", dt.date(2018, 5, 2)), ("dfat", dt.date(2018, 2, 5)), ("post", None)]
)
def test_the_order_of_numbers_is_that_of_the_outlets_country(hint, on):
    found = article(f"A headline of bees\n\n05/02/2018\n\n{STORY}", hint=hint)
    assert (found.published_on if found.published_low == found.published_high else None) == on


def test_the_day_published_wins_over_the_day_updated_wherever_they_stand():
    text = f"A headline of bees\n\nUpdated: 5 February 2020\n\n{STORY}\n\nShare this article\nFirst published: 4 February 2020"
    assert article(text).published_on == dt.date(2020, 2, 4)


def test_a_month_in_the_address_bounds_the_day():
    found = article(f"https://post.example/ps/2015/11/249880.htm\n\nA headline of bees\n\n{STORY}")
    assert (found.published_low, found.published_high) == (dt.date(2015, 11, 1), dt.date(2015, 11, 30))
    assert found.published_basis == "url"


@pytest.mark.parametrize(
    ("lead", "on"),
    [
        ("They left on Monday, Feb. 3, 2020, and sang.", dt.date(2020, 2, 3)),
        ("They left on Tuesday, Feb. 3, 2020, and sang.", None),  # it was a Monday
        ("They will leave on Monday, Feb. 3, 2020, and sing.", None),
        ("They left on Feb. 3, 2020, and sang.", None),
    ],
)
def test_a_day_that_the_lead_names_in_full_counts_where_nothing_else_does(lead, on):
    found = article(f"A headline of bees\n\n{lead} {STORY}")
    assert (found.published_on if found.published_basis == "text" else None) == on


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("The guild will meet on Friday.", dt.date(2020, 2, 2)),
        ("A fourth boat is expected in Mgarr on Friday.", dt.date(2020, 2, 2)),
        ("Sales have been slow since the Black Friday rush.", dt.date(2020, 2, 2)),
        ("Thursday morning, the last boat came back.", dt.date(2020, 2, 6)),
        ("The boat came back early on Thursday.", dt.date(2020, 2, 6)),
    ],
)
def test_only_a_weekday_gone_by_moves_the_day_on_from_the_pictures(said, on):
    found = article(f"A headline of bees\n\nA boat on February 2, 2020. (Photo by AFP)\n\n{STORY}\n\n{said}")
    assert (found.published_on, found.published_basis) == (on, "inferred")


def test_the_agency_that_signs_the_story_off_credits_no_picture():
    found = article(f"A headline of bees\n\n{STORY}\n\nThe guild moved its hives on March 3, 2012, she said. (AP)")
    assert found.body.endswith("she said. (AP)")
    assert found.published_basis == "arrival"


@pytest.mark.parametrize(
    "piece",
    [
        "The guild moved its hives on March 3, 2012, she said. (AP)",
        "According to the harbour office, they left on March 3, 2012. (Reuters)",
        "They left on March 3, 2012. Nobody was stung. The last boat came back at noon. (Levant Wire)",
        '"We left on March 3, 2012," the keeper told us. [AFP]',
    ],
)
def test_nor_does_the_agency_that_signs_off_a_piece_of_a_round_up(piece):
    for above in (f"{STORY}\n\n", ""):
        found = article(f"A headline of bees\n\n{above}{piece}\n\n{STORY} Twice.")
        assert piece in found.body
        assert found.published_basis == "arrival"


@pytest.mark.parametrize(
    ("caption", "on"),
    [
        ("A boat with hives leaves on February 3, 2020. (AFP)", dt.date(2020, 2, 3)),
        ("A boat leaves on February 3, 2020. It carried forty hives. (AFP)", dt.date(2020, 2, 3)),
        ("Gen. Borg and Lt. Vella leave on February 3, 2020. (AFP)", dt.date(2020, 2, 3)),
        ("Keepers said a prayer on February 3, 2020. (Photo by Jo Bee/AFP)", dt.date(2020, 2, 3)),
        ("Keepers said a prayer on February 3, 2020. (AP Photo)", dt.date(2020, 2, 3)),
        ("Keepers said a prayer on February 3, 2020. (Photo by AFP)", dt.date(2020, 2, 3)),
        ("FILE PHOTO: A boat leaves on March 3, 2012. (AFP)", None),
        ("FILE - A boat leaves on March 3, 2012. (AP)", None),
        ("File: A boat leaves on March 3, 2012", None),
        ("(FILES) A boat leaves on March 3, 2012. (AFP)", None),
    ],
)
def test_a_caption_in_mid_story_dates_it_unless_its_picture_is_from_a_file(caption, on):
    found = article(f"A headline of bees\n\n{STORY}\n\n{caption}\n\n{STORY} Twice.")
    assert caption not in found.body
    if "photo" in caption.lower():  # then the story's end tells nothing else
        assert caption not in article(f"A headline of bees\n\n{STORY}\n\n{caption}").body
    assert (found.published_on if found.published_basis == "inferred" else None) == on


def test_a_crosshead_with_a_date_is_no_evidence():
    crosshead = "What became of the boat that sank on February 4, 2012"
    found = article(f"A headline of bees\n\n{STORY}\n\n{crosshead}\n\n{STORY} Nobody drowned.")
    assert found.published_basis == "arrival"


@pytest.mark.parametrize(
    ("stamp", "on"),
    [
        ("05.02.20", dt.date(2020, 2, 5)),
        ("25/01/20", dt.date(2020, 1, 25)),
        ("5 February 2020", dt.date(2020, 2, 5)),
        ("05/02/2020", dt.date(2020, 2, 5)),  # the second of May is still to come
        ("04/02/2019", None),
    ],
)
def test_a_date_that_a_record_writes_for_people_is_read(stamp, on):
    found = article(f"A headline of bees\n\n{STORY}", meta=json.dumps({"published": stamp}))
    assert (found.published_on if found.published_basis == "meta" else None) == on


@pytest.mark.parametrize("line", ["The last 24 hours", "First 50 days"])
def test_numbers_behind_first_and_last_make_no_date_line(line):
    assert read_date_line(line, LATEST) is None
    assert article(f"{line}\n\n{STORY}").headline == line


def test_what_was_set_aside_is_told_by_the_day_it_is_later_than():
    document = Document(
        "d", "post/a.txt", None, "post", 0, "", "text", "1", "utf-8", f"5 February 2020\n\n{STORY}", None
    )
    document = document._replace(meta=json.dumps({"title": "A headline", "published": "2020-03-01"}))
    details = {notice.code: notice.detail for notice in parse(document, dt.date(2020, 2, 6), PROFILE).notices}
    assert details["date_after_arrival"] == "set aside: later than 2020-02-07"


def test_a_leap_day_without_its_year_is_of_the_last_year_that_had_one():
    found = article(f"A headline of bees\n\nMGARR, Malta, Feb 29 (QNA) -- {STORY}", arrival=dt.date(2021, 1, 10))
    assert (found.published_on, found.published_basis) == (dt.date(2020, 2, 29), "dateline")


def test_a_date_line_of_two_readings_bounds_the_day():
    found = article(f"A headline of bees\n\n05/02/2018\n\n{STORY}")
    assert (found.published_low, found.published_high) == (dt.date(2018, 2, 5), dt.date(2018, 5, 2))
    assert (found.published_on, found.published_basis) == (dt.date(2018, 2, 5), "text")


def test_the_picture_that_dates_a_story_is_pointed_to():
    text = f"A headline of bees\n\nA boat on February 2, 2020. (Photo by AFP)\n\n{STORY}"
    found = article(text)
    assert text[found.published_start : found.published_end] == "February 2, 2020"


@pytest.mark.parametrize(
    ("fetched", "on"),
    [
        ("2020-03-09T06:40:00Z", dt.date(2020, 3, 9)),
        ("2020-03-09T23:59:59.123456Z", dt.date(2020, 3, 9)),
        ("2020-03-09", dt.date(2020, 3, 9)),
        ("2026-05-02T06:40:00Z", dt.date(2026, 5, 2)),
        ("2027-01-01T00:00:00Z", dt.date(2026, 5, 2)),  # an archive packed anew, by a clock that runs ahead
        ("1970-01-01T00:00:00Z", dt.date(2026, 5, 2)),  # a clock that was never set
        ("yesterday", dt.date(2026, 5, 2)),
        ("", dt.date(2026, 5, 2)),
        (None, dt.date(2026, 5, 2)),
    ],
)
def test_the_day_of_fetching_bounds_and_stands_in_for_that_of_arrival(fetched, on):
    meta = json.dumps({"fetched": fetched} if fetched is not None else {"lang": "en"})
    found = article(f"A headline of bees\n\n{STORY}", arrival=dt.date(2026, 5, 2), meta=meta)
    assert (found.published_on, found.published_basis) == (on, "arrival")
    assert (found.published_low, found.published_high) == (None, on + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "on", "basis"),
    [
        # Without its year a day is of the last such before the page was fetched, whenever it arrived.
        (f"A headline of bees\n\nMGARR, Malta, Feb 5 (QNA) -- {STORY}", FIFTH, "dateline"),
        (f"A headline of bees\n\nUpdated 5 February\n\n{STORY}", FIFTH, "text"),
        (f"A headline of bees\n\nA boat on February 3. (AFP)\n\n{STORY} It was Wednesday.", FIFTH, "inferred"),
        # '03/05/2020' is no third of May, for the page had been fetched by then.
        (f"A headline of bees\n\n03/05/2020\n\n{STORY}", dt.date(2020, 3, 5), "text"),
        # A day to come is a slip, or of something else.
        (f"A headline of bees\n\n8 April 2020\n\n{STORY}", dt.date(2020, 3, 9), "arrival"),
        # What the page says within the bound is believed as ever.
        (f"A headline of bees\n\n10 March 2020\n\n{STORY}", dt.date(2020, 3, 10), "text"),
        (f"A headline of bees\n\n5 February 2014\n\n{STORY}", dt.date(2014, 2, 5), "text"),
    ],
)
def test_what_a_fetched_page_tells_is_read_as_of_the_day_of_fetching(text, on, basis):
    meta = json.dumps({"fetched": "2020-03-09T06:40:00Z"})
    found = article(text, arrival=dt.date(2026, 5, 2), meta=meta)
    assert (found.published_on, found.published_basis) == (on, basis)


@pytest.mark.parametrize(
    "line",
    [
        "Updated on 5 February 2020 at 21:40 GMT",
        "Last updated: Feb. 5, 2020",
        "Mis à jour le 5 février 2020 à 21h40",
        "Aktualisiert am 05.02.2020-21:40",
        "SON GÜNCELLEME: 5 ŞUBAT 2020 ÇARŞAMBA 21:40",
    ],
)
def test_a_change_alone_bounds_the_day_only_from_above(line):
    for text in (f"A headline of bees\n\n{line}\n\n{STORY}", f"A headline of bees\n\n{STORY}\n\n{line}"):
        found = article(text, arrival=dt.date(2024, 5, 2))
        assert (found.published_on, found.published_basis) == (FIFTH, "text")
        assert (found.published_low, found.published_high) == (None, FIFTH)
        assert str(text[found.published_start : found.published_end]) in line


@pytest.mark.parametrize(
    ("text", "on", "low", "high", "basis"),
    [
        # A story is not older than what it shows or tells of.
        ("A boat on February 2, 2020. (AFP)\n\n{}", FIFTH, dt.date(2020, 2, 2), FIFTH, "text"),
        ("They left on Monday, Feb. 3, 2020, and sang. {}", FIFTH, dt.date(2020, 2, 3), FIFTH, "text"),
        ("MGARR, Malta, Feb 4 (QNA) -- {}", dt.date(2020, 2, 4), dt.date(2020, 2, 4), dt.date(2020, 2, 4), "dateline"),
        # A day without its year, and one of two readings, lie before the change.
        (
            "MGARR, Malta, April 3 (QNA) -- {}",
            dt.date(2019, 4, 3),
            dt.date(2019, 4, 3),
            dt.date(2019, 4, 3),
            "dateline",
        ),
        ("By Jo Bee\n\n03/04/2019 \n\n{}", dt.date(2019, 3, 4), dt.date(2019, 3, 4), dt.date(2019, 4, 3), "text"),
        ("By Jo Bee\n\n04/02/2020\n\n{}", dt.date(2020, 2, 4), dt.date(2020, 2, 4), dt.date(2020, 2, 4), "text"),
    ],
)
def test_what_else_is_told_bounds_a_changed_story_from_below(text, on, low, high, basis):
    found = article(
        f"A headline of bees\n\nUpdated: 5 February 2020\n\n{text.format(STORY)}", arrival=dt.date(2024, 5, 2)
    )
    assert (found.published_on, found.published_basis) == (on, basis)
    assert (found.published_low, found.published_high) == (low, high)


def test_a_month_in_the_address_outweighs_a_change_long_after():
    head = "https://post.example/ps/2015/11/249880.htm\n\nA headline of bees"
    late = article(f"{head}\n\nUpdated: 5 February 2018\n\n{STORY}")
    assert (late.published_low, late.published_high) == (dt.date(2015, 11, 1), dt.date(2015, 11, 30))
    within = article(f"{head}\n\nUpdated: 12 November 2015\n\n{STORY}")
    assert (within.published_on, within.published_low) == (dt.date(2015, 11, 12), dt.date(2015, 11, 1))


def test_a_change_to_come_is_set_aside():
    found = article(f"A headline of bees\n\nUpdated: 9 February 2020\n\n{STORY}")
    assert (found.published_basis, found.published_high) == ("arrival", LATEST)
