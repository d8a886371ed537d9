"""Web pages around made-up news: one article in three designs, with all that sites put around it.

Scripts, styles, menus, teasers of other stories, comments and footers make most of a page, as they do of real ones:
30 to 130 KB around 2.5 KB of news.
"""

import html
import json
import random
from collections.abc import Sequence

_CLASSES = (
    "grid",
    "col-6",
    "md:col-4",
    "card",
    "teaser",
    "story-link",
    "headline",
    "is-active",
    "js-track",
    "lazyload",
)


def render(text: str, others: Sequence[str], rng: random.Random) -> str:
    """The page of a drop made by corpus.generate; `others` are drops that it links to."""
    blocks = [block for block in text.split("\n\n") if block.strip()]
    # What is long is the story; a breadcrumb, byline or footer of the drop is left to the page.
    story = [block for block in blocks if len(block.split()) > 18]
    title = next((block for block in blocks if block not in story and len(block.split()) > 3), story[0])
    paragraphs = [html.escape(" ".join(block.split())) for block in story]
    design = rng.choice((_blog, _portal, _table))
    return design(html.escape(title), paragraphs, [_teaser(other) for other in others], rng)


def story_of(text: str) -> list[str]:
    """The paragraphs of the drop that its page carries as the story."""
    return [" ".join(block.split()) for block in text.split("\n\n") if len(block.split()) > 18]


def _teaser(text: str) -> tuple[str, str]:
    blocks = [block for block in text.split("\n\n") if len(block.split()) > 3]
    return html.escape(blocks[0]), html.escape(" ".join(blocks[-2].split()[:24]))


def _css(rng: random.Random, rules: int) -> str:
    return "".join(
        f".{rng.choice(_CLASSES)}-{rng.randrange(999)}{{margin:{rng.randrange(40)}px;color:#{rng.randrange(9**6)}}}"
        for _ in range(rules)
    )


def _script(rng: random.Random, entries: int) -> str:
    state = {f"key{number}": [rng.random(), rng.choice(_CLASSES)] for number in range(entries)}
    return f"<script>window.__STATE__={json.dumps(state)};</script>"


def _menu(rng: random.Random, links: int) -> str:
    entries = "".join(
        f'<li class="{rng.choice(_CLASSES)}"><a href="/section/{number}" data-id="{rng.randrange(10**6)}">'
        f"Section {number}</a></li>"
        for number in range(links)
    )
    return f'<nav class="menu"><ul>{entries}</ul></nav>'


def _cards(teasers: Sequence[tuple[str, str]], rng: random.Random, *, lead: bool) -> str:
    return "".join(
        f'<div class="{" ".join(rng.sample(_CLASSES, 3))}"><a href="/{rng.randrange(10**7)}"><img loading="lazy" '
        f'src="/img/{rng.randrange(10**6)}.jpg" alt=""><h3>{title}</h3></a>{f"<p>{first} ...</p>" if lead else ""}'
        f'<span class="time">{rng.randrange(1, 23)} hours ago</span></div>'
        for title, first in teasers
    )


def _head(title: str, rng: random.Random, rules: int, entries: int) -> str:
    told = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": html.unescape(title)})
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Record</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Record">'
        '<meta property="article:published_time" content="2020-02-03T08:00:00Z"><meta name="author" content="Ida Kell">'
        f'<link rel="canonical" href="https://www.record.example/{rng.randrange(10**6)}">'
        f'<style>{_css(rng, rules)}</style><script type="application/ld+json">{told}</script>'
        f"{_script(rng, entries)}</head>"
    )


def _blog(title: str, paragraphs: list[str], teasers: list[tuple[str, str]], rng: random.Random) -> str:
    """Article, sidebar, comments."""
    comments = "".join(f'<li class="comment"><p>{first}</p></li>' for _, first in teasers[:8])
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'{_head(title, rng, 300, 300)}<body class="single">{_menu(rng, 30)}<main><article><h1>{title}</h1>'
        f'<div class="entry-content">{body}</div></article><section id="comments"><ol>{comments}</ol></section></main>'
        f'<aside class="widget">{_cards(teasers, rng, lead=True)}</aside><footer>{_menu(rng, 20)}<p>Copyright 2020 The'
        f" Record</p></footer>{_script(rng, 200)}</body></html>"
    )


def _portal(title: str, paragraphs: list[str], teasers: list[tuple[str, str]], rng: random.Random) -> str:
    """Nested boxes, advertisements between the paragraphs, endless teasers, much state for scripts."""
    body = "".join(
        f'<div data-component="text-block"><p class="css-{rng.randrange(999)}"><span>{paragraph}</span></p></div>'
        f'<div class="ad" id="ad-{number}"><div><script>push("{number}")</script></div></div>'
        for number, paragraph in enumerate(paragraphs)
    )
    return (
        f'{_head(title, rng, 500, 900)}<body><div id="root"><div class="page"><header>{_menu(rng, 150)}</header>'
        f'<div class="layout"><div role="main"><div class="story"><header><h1>{title}</h1><div class="meta">'
        f'<span class="by">By Ida Kell</span><time datetime="2020-02-03">3 February</time></div></header>{body}</div>'
        f'</div><div class="rail">{_cards(teasers * 3, rng, lead=True)}</div></div>'
        f'<div class="more">{_cards(teasers * 2, rng, lead=False)}</div><footer>{_menu(rng, 120)}</footer></div></div>'
        f"{_script(rng, 500)}</body></html>"
    )


def _table(title: str, paragraphs: list[str], teasers: list[tuple[str, str]], rng: random.Random) -> str:
    """Laid out in tables, as twenty years ago, with line breaks for paragraphs."""
    rows = "".join(f'<tr><td><a href="/{n}">{head}</a></td></tr>' for n, (head, _) in enumerate(teasers * 2))
    body = "<br><br>".join(paragraphs)
    return (
        f'{_head(title, rng, 100, 400)}<body><table width="100%"><tr><td valign="top"><table>{rows}</table></td><td>'
        f'<h1>{title}</h1><div class="articletext">{body}</div></td><td>{_cards(teasers, rng, lead=True)}</td></tr>'
        f"</table>{_menu(rng, 60)}</body></html>"
    )
