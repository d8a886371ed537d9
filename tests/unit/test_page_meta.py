"""What a page says of itself is read from its data first, then from its tags, then from what stands in it."""

import pytest
from lxml import html

from pipelines.ingest.page_meta import page_meta


def meta(head, body="<p>Text.</p>"):
    return page_meta(html.fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))


ARTICLE = (
    '{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Bay Post"}, {"@type": "NewsArticle",'
    ' "headline": "Harbour reopens", "datePublished": "2020-02-05T10:00:00Z", "author": [{"@type": "Person",'
    ' "name": "Ada Lund"}, {"name": "Ben Okoro"}], "publisher": {"name": "Bay Post"}, "articleSection": "Ports",'
    ' "mainEntityOfPage": {"@id": "https://bay.example/harbour"}}]}'
)


def test_linked_data_says_all():
    assert meta(f'<script type="application/ld+json">{ARTICLE}</script>') == {
        "title": "Harbour reopens",
        "url": "https://bay.example/harbour",
        "published": "2020-02-05T10:00:00Z",
        "outlet": "Bay Post",
        "authors": ["Ada Lund", "Ben Okoro"],
        "section": "Ports",
    }


@pytest.mark.parametrize("data", ["{", "[" * 5000, '"text"', "null", '{"@type": 3, "author": {"name": [1]}}', "[[[]]]"])
def test_broken_or_odd_linked_data_says_nothing(data):
    found = meta(f'<script type="application/ld+json">{data}</script><title>Harbour reopens</title>')
    assert found == {"title": "Harbour reopens"}


def test_a_broken_one_beside_a_good_one_does_no_harm():
    scripts = "".join(f'<script type="application/ld+json">{data}</script>' for data in ("{", ARTICLE))
    assert meta(scripts)["published"] == "2020-02-05T10:00:00Z"


def test_tags_are_read_by_property_and_by_name():
    assert meta(
        '<meta property="og:title" content="Harbour reopens | Bay Post"><meta property="og:site_name"'
        ' content="Bay Post"><meta name="DC.date.issued" content="2020-02-05"><meta name="author" content="Ada Lund">'
        '<meta property="article:author" content="https://social.example/ada">'
        '<link rel="canonical" href="https://bay.example/harbour">'
    ) == {
        "title": "Harbour reopens",
        "url": "https://bay.example/harbour",
        "published": "2020-02-05",
        "outlet": "Bay Post",
        "authors": ["Ada Lund"],
    }


def test_the_heading_that_the_title_confirms_is_the_headline():
    found = meta(
        "<title>Harbour reopens after storm - Bay Post</title>",
        "<h1>Bay Post</h1><h1>Harbour  reopens\n after storm</h1><h1>More</h1>",
    )
    assert found["title"] == "Harbour reopens after storm"


def test_a_teasers_time_is_not_the_articles():
    body = '<aside><time datetime="2019-01-01">1 Jan</time></aside><main><div><h1>Harbour</h1>{}</div></main>'
    assert "published" not in meta("", body.format(""))
    assert meta("", body.format('<time datetime="2020-02-05">5 Feb</time>'))["published"] == "2020-02-05"


def test_a_marked_time_is_taken_wherever_it_stands():
    body = '<div><span itemprop="datePublished" content="2020-02-05">5 Feb</span></div>'
    assert meta("", body)["published"] == "2020-02-05"
