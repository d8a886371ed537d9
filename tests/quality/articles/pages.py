"""Renders the composed articles as HTML pages of six designs, with all that stands around a text on a site.

A design is a skeleton (designs/*.html) and the markup of each part (designs.yaml); what fills menus, sidebars, forms
and comments is in page_furniture.yaml. The labels of compose.py hold on the page, and every piece of the page that is
not the article's is a further line of boilerplate. `python -m tests.quality.articles.pages FOLDER` writes them out.
"""

import datetime as dt
import json
import random
import sys
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import NamedTuple

import yaml

from tests.quality.articles.compose import Composed, compose
from tests.quality.articles.stories import FOLDER, blocks, stories
from tests.quality.articles.writer import Line

MARKUP = yaml.safe_load((FOLDER / "designs.yaml").read_text("utf-8"))
FURNITURE = yaml.safe_load((FOLDER / "page_furniture.yaml").read_text("utf-8"))


class Page(NamedTuple):
    """An article as a page: its bytes, the truth of all its lines, and the day that page or text tells (else None)."""

    article: Composed
    design: str
    data: bytes
    lines: tuple[Line, ...]
    published_on: dt.date | None


@cache
def skeleton(design: str) -> Template:
    return Template((FOLDER / "designs" / f"{design}.html").read_text("utf-8"))


class _Renderer:
    """Turns one article into the parts of one design, and notes what furniture was added."""

    def __init__(self, article: Composed):
        self.article, self.mark = article, MARKUP[article.design]
        self.words = FURNITURE[article.truth["lang"]]
        self.rng = random.Random(f"page {article.name}")
        self.added: list[Line] = []
        self.hour = self.rng.randrange(6, 20)

    def furniture(self, text: str) -> str:
        """The text escaped, and noted as boilerplate."""
        self.added.append(Line(text, "boilerplate", (), "page", text))
        return escape(text)

    def moment(self, later: int = 0) -> str:
        """When the page says it was published, or so many days later."""
        return f"{self.article.story['day'] + dt.timedelta(later)}T{self.hour:02}:15:00+00:00"

    def marked(self, key: str, text: str, later: int = 0) -> str:
        return (
            self.mark[key]
            .replace("{iso}", self.moment(later))
            .replace("{n}", str(self.rng.randrange(999)))
            .replace("{}", escape(text))
        )

    def group(self, lines: list[Line]) -> str:
        """Furniture that is the outlet's own: already labelled, so only marked up."""
        first, *rest = [escape(line.plain) for line in lines]
        if not rest:
            return self.mark["single"].replace("{}", first)
        items = "\n".join(self.mark["item"].replace("{}", text) for text in rest)
        return self.mark["group"].replace("{0}", first).replace("{1}", items)

    @staticmethod
    def runs(lines: list[Line]) -> list[tuple[int, list[Line]]]:
        """The lines in runs that are marked up together, each with the position of its first line."""
        found: list[tuple[int, list[Line]]] = []
        for at, line in enumerate(lines):
            if found and (line.is_tight or line.slot == "body") and found[-1][1][0].slot == line.slot:
                found[-1][1].append(line)
            else:
                found.append((at, [line]))
        return found

    def parts(self) -> dict[str, str]:
        """The article's own lines in the order of the layout: top, header, flow of the body, tail."""
        found: dict[str, list[str]] = {"top": [], "header": [], "flow": [], "tail": []}
        kinds = iter(blocks(self.article.story))
        lines = list(self.article.lines)
        first = min(at for at, line in enumerate(lines) if line.slot == "body")
        last = max(at for at, line in enumerate(lines) if line.slot in ("body", "run-on"))
        for at, some in self.runs(lines):
            slot, is_group = some[0].slot, some[0].slot in ("head", "tail", "middle")
            zone = "flow" if first <= at <= last else "tail" if at > last else "header"
            if is_group:
                told = [self.group(some)]
                zone = "top" if slot == "head" and zone == "header" and not found["header"] else zone
            elif slot == "body":
                told = self.body(some, kinds)
            elif slot == "run-on":
                # The dateline is on the page already; the sentence goes on behind it.
                found["flow"][-1] = found["flow"][-1].replace("\x00", " " + escape(some[0].plain))
                continue
            else:
                # The second date line is the update's, of the next day.
                told = [self.marked(slot, line.plain, later=line.is_tight) for line in some]
            found[zone] += told
        return {zone: "\n".join(told).replace("\x00", "") for zone, told in found.items()}

    def body(self, lines: list[Line], kinds) -> list[str]:
        """Paragraphs, lists, quotes; a dateline leaves a mark where its sentence is to follow."""
        told, items = [], []
        for line in lines:
            if line.role == "dateline" and line.also == ("body",):
                next(kinds, None)
                told.append(self.mark["p"].replace("{}", f"<b>{escape(line.plain)}</b>\x00"))
                continue
            kind, _ = next(kinds)
            if kind in ("li", "ol"):
                items.append(self.marked("li", line.plain))
                continue
            if items:
                told.append(self.mark["ul"].replace("{}", "\n".join(items)))
                items = []
            told.append(self.marked(kind, line.plain))
        return [*told, self.mark["ul"].replace("{}", "\n".join(items))] if items else told

    def related(self) -> str:
        """Teasers of other stories: a headline and the story's first sentences."""
        article = self.article
        rest = [
            story
            for story in stories()
            if (story["split"], story["lang"]) == (article.split, article.truth["lang"]) and story is not article.story
        ]
        told = []
        for story in self.rng.sample(rest, min(5, len(rest))):
            teaser = blocks(story)[0][1][:140].rsplit(" ", 1)[0] + " …"
            told.append(
                self.mark["related"]
                .replace("{0}", self.furniture(story["headline"]))
                .replace("{1}", self.furniture(teaser))
            )
        return "\n".join(told)

    def around(self) -> dict[str, str]:
        """What stands around the article; only what the design's skeleton asks for is noted."""
        mark, words, asked = self.mark, self.words, set(skeleton(self.article.design).get_identifiers())

        def links(texts):
            return "\n".join(mark["link"].replace("{}", self.furniture(text)) for text in texts)

        def paragraphs(texts):
            return "\n".join(f"<p>{self.furniture(text)}</p>" for text in texts)

        def comments():
            return "\n".join(
                mark["comment"].format(
                    by=self.furniture(said["by"]),
                    text=self.furniture(said["text"]),
                    reply=self.furniture(words["reply"]),
                )
                for said in words["comments"]
            )

        def facts():
            return "".join(
                mark["fact"].format(self.furniture(key), self.furniture(value.format(id=self.rng.randrange(100, 999))))
                for key, value in words["facts"].items()
            )

        def widgets():
            return "\n".join(
                mark["widget"].replace("{0}", self.furniture(title)).replace("{1}", links(items))
                for title, items in words["widgets"].items()
            )

        authors = self.article.truth["authors"]
        makers = {
            "nav": lambda: links(words["nav"] if self.article.design == "soup" else words["nav"][:14]),
            "related_title": lambda: self.furniture(words["related"]),
            "related": self.related,
            "footer": lambda: links(words["footer"]),
            "cookie": lambda: self.furniture(words["cookie"]),
            "consent": lambda: "".join(f"<button>{self.furniture(text)}</button>" for text in words["consent"]),
            "newsletter": lambda: paragraphs(words["newsletter"]),
            "comments_title": lambda: self.furniture(words["comments_title"]),
            "comments": comments,
            "author_box": lambda: f"<p>{self.furniture(authors[0] + ' ' + words['author_box'])}</p>" if authors else "",
            "widgets": widgets,
            "gallery": lambda: paragraphs(words["gallery"]),
            "facts": facts,
        }
        return {name: make() for name, make in makers.items() if name in asked}

    def tweet(self, flow: str) -> str:
        """An embedded post after the second paragraph, where the design has them; its role is left open."""
        if "tweet" not in self.mark or self.rng.random() < 0.5:
            return flow
        text, by = self.words["tweet"]
        also = ("body", "boilerplate", "list")
        self.added += [Line(text, "quote", also, "page", text), Line(by, "quote", also, "page", by)]
        told = flow.split("\n")
        ends = [at for at, line in enumerate(told) if line.startswith("<p ")]
        told.insert(ends[1] + 1, self.mark["tweet"].replace("{0}", escape(text)).replace("{1}", escape(by)))
        return "\n".join(told)

    def page(self) -> Page:
        article = self.article
        truth, day = article.truth, article.story["day"]
        shown = next(line.plain for line in article.lines if line.role == "headline")
        url = f"https://www.{article.layout['domain']}/story/{article.story['id']}"
        facts = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": shown,
            "datePublished": self.moment(),
            "author": [{"@type": "Person", "name": name} for name in truth["authors"]],
            "publisher": {"@type": "NewsMediaOrganization", "name": truth["outlet"]},
        }
        parts = self.parts()
        parts["flow"] = self.tweet(parts["flow"])
        html = skeleton(article.design).substitute(
            parts
            | self.around()
            | {
                "lang": truth["lang"],
                "dir": "rtl" if truth["lang"] == "ar" else "ltr",
                "headline": escape(shown),
                "outlet": escape(truth["outlet"]),
                "url": url,
                "iso": self.moment(),
                "day": day.isoformat(),
                "id": self.rng.randrange(1000, 9999),
                "json_ld": json.dumps(facts, ensure_ascii=False),
            }
        )
        told = day if self.mark["dated"] else truth["published_on"]
        return Page(article, article.design, html.encode(), (*article.lines, *self.added), told)


@cache
def pages() -> tuple[Page, ...]:
    """Every article of the set in the design of its outlet."""
    return tuple(_Renderer(article).page() for article in compose())


def main(folder: str) -> None:
    """Writes each page into the folder."""
    for page in pages():
        file = Path(folder) / page.design / f"{page.article.name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page.data)


if __name__ == "__main__":
    main(sys.argv[1])
