"""What is taken out of a page before its main text is looked for, and what must stay."""

import pytest
from lxml import html

from pipelines.ingest.html_page import read_html
from pipelines.ingest.page_furniture import prune
from pipelines.ingest.page_layout import lay_out
from pipelines.ingest.refused import Refused

STORY = (
    "The harbour opened again on Monday after a storm had kept the ferries at the quay for three days, said the port."
    " Captains who had slept on board were the first to leave, and the fishermen sold their catch from the pier."
)
PARAGRAPHS = f"<p>{STORY}</p><p>{STORY.replace('harbour', 'market')}</p><p>{STORY.replace('harbour', 'bridge')}</p>"


def left(body):
    tree = html.fromstring(f"<html><body>{body}</body></html>")
    prune(tree)
    lay_out(tree)
    return " ".join(tree.text_content().split()), tree


@pytest.mark.parametrize(
    "furniture",
    [
        '<div role="dialog">We use cookies, as all do.</div>',
        '<div role="Navigation"><span>Home</span></div>',
        "<form><p>Our letter every morning</p></form>",
        "<script>var harbour = 1;</script><style>p {}</style><noscript>Enable it</noscript>",
        '<div class="reader-comments"><p>I have lived here for thirty years.</p></div>',
        '<ul><li><a href="/a">World</a></li><li><a href="/b">Politics</a></li><li><a href="/c">Sport</a></li></ul>',
        "<div>"
        + "".join(
            f'<div><a href="/{n}">A ship ran aground near Samos, {n} hurt</a><div>The crew of {n} was taken off by'
            " boats of the coast guard before …</div></div>"
            for n in range(4)
        )
        + "</div>",
    ],
)
def test_what_is_plainly_no_story_is_taken_out(furniture):
    text, _ = left(f"<div>{PARAGRAPHS}</div>{furniture}")
    whole, _ = left(f"<div>{PARAGRAPHS}</div>")
    assert text == whole


@pytest.mark.parametrize(
    "story",
    [
        f'<p>{STORY} See <a href="/1">here</a>, <a href="/2">there</a> and <a href="/3">elsewhere</a>.</p>',
        "<ul><li>Calgary: minus 18</li><li>Banff: minus 11</li><li>Edmonton: minus 22</li></ul>",
        "<ol><li>Mayor Ines Roca</li><li>Pilot Ana Sel</li></ol>",
        '<p><a href="/1">A statement by the ministry in full, with all its annexes</a></p>',
    ],
)
def test_what_may_be_the_story_stays(story):
    text, _ = left(f"<div>{PARAGRAPHS}{story}</div>")
    assert " ".join(html.fromstring(f"<div>{story}</div>").text_content().split()) in text


def test_a_form_around_the_whole_page_stays():
    assert STORY in left(f"<form action='x.aspx'><div>{PARAGRAPHS}</div></form>")[0]


def test_a_banner_that_holds_the_headline_stays():
    assert "Harbour reopens" in left(f'<div role="banner"><h1>Harbour reopens</h1></div><div>{PARAGRAPHS}</div>')[0]


def test_breaks_part_paragraphs_and_inline_elements_stay_in_them():
    _, tree = left(
        f"<div>{STORY}<br><br>The <b>mayor</b> of <i>Samos</i> left.<br>She<br/>came<ul><li>One</li></ul>x</div>"
    )
    parts = [" ".join(part.text_content().split()) for part in tree.iter("p", "li")]
    assert [part for part in parts if part] == [STORY, "The mayor of Samos left.", "She", "came", "One", "x"]


def test_a_page_of_too_many_elements_is_refused():
    with pytest.raises(Refused) as caught:
        read_html("<html>" + "<p>x" * 300_000)
    assert caught.value.reason == "too_large"


def test_a_page_that_is_all_links_is_left_alone():
    links = "".join(f'<p><a href="/{n}">{STORY}</a></p>' for n in range(5))
    assert left(f"<div>{links}</div>")[0].count("harbour") == 5


def test_a_heading_is_never_taken_out():
    links = "".join(f'<a href="/{n}">Section {n}</a>' for n in range(9))
    assert "Harbour reopens" in left(f"<div><h1>Harbour reopens</h1>{links}</div><div>{PARAGRAPHS}</div>")[0]


def test_a_table_that_only_places_the_text_becomes_divisions():
    cell = "<BR>".join([STORY] * 5)
    _, tree = left(f"<TABLE><TR><TD>Menu</TD><TD>{cell}</TD></TR></TABLE>")
    assert tree.find(".//td") is None
    _, tree = left("<table><tr><td>Goals</td><td>3</td></tr></table>")
    assert tree.find(".//td") is not None


def test_the_division_that_holds_the_story_is_an_article():
    _, tree = left(f'<div class="css-1">{PARAGRAPHS}</div><div class="css-2"><p>Short.</p></div>')
    assert [element.get("class") for element in tree.iter("article")] == ["css-1"]


def test_lists_of_a_story_in_any_division_are_read():
    page = f"<html><body><div class='x'>{PARAGRAPHS}<ul><li>Banff: minus 11</li></ul>{PARAGRAPHS}</div></body></html>"
    assert "Banff: minus 11" in read_html(page).text


def test_a_page_of_one_table_keeps_its_paragraphs():
    cell = "<BR><BR>".join(f"{STORY} Part {n}." for n in range(5))
    page = f"<HTML><TITLE>Post : Harbour reopens</TITLE><BODY><TABLE><TR><TD><B>Harbour reopens again</B><BR>{cell}"
    assert len(read_html(page + "</TABLE></BODY></HTML>").text.split("\n\n")) >= 6


@pytest.mark.parametrize(
    ("opening", "end"),
    [
        ('<div class="post has-comments comments-open">', "</div>"),
        ('<div role="banner">', "</div>"),
        ('<div role="complementary">', "</div>"),
        ('<div role="navigation"><div role="main">', "</div></div>"),
        ("<noscript>", "</noscript>"),
        ("<button>Menu", ""),
        ("<select><option>Menu", ""),
    ],
)
def test_a_wrapper_around_the_story_is_no_furniture_whatever_it_is_called(opening, end):
    text, _ = left(f"{opening}{PARAGRAPHS}{end}<div>Copyright the Post</div>")
    assert text.count("after a storm") == 3


def test_comments_and_dialogs_larger_than_the_story_are_taken_out():
    many = "<p>I have lived here for thirty years and saw no such storm.</p>" * 40
    text, _ = left(f'{PARAGRAPHS}<div class="comments">{many}</div><div role="dialog">{many}</div>')
    assert text.count("after a storm") == 3
    assert "thirty years" not in text
