"""Writes one story the way one outlet prints it, line by line, and notes what each line is and what the whole says.

Which story meets which outlet is compose.py's business; how the outlet prints is in layouts/*.yaml.
"""

import datetime as dt
import random
import re
import textwrap
from typing import NamedTuple

from tests.quality.articles.stories import blocks, calendar
from tests.quality.articles.wording import AND, LABELS, PHOTOGRAPHERS, PICTURE_AGENCIES, quoted

BODY = ("body", "list", "quote")
_KINDS = {"p": "body", "sub": "body", "time": "body", "quote": "quote", "li": "list", "ol": "list"}
_ALSO = {
    # What a second careful reader might call it. A crosshead is part of the text, but no sentence of it; a block quote
    # shows in plain text by its marks alone; the time that opens a live entry is a date line of its own.
    "sub": ("subheadline",),
    "time": ("dateline", "subheadline"),
    "quote": ("body",),
    "dateline": ("body",),
    "kicker": ("breadcrumb", "headline", "subheadline"),
    "agency": ("byline", "credit", "boilerplate"),
    "caption": ("credit",),
    "credit": ("caption",),
    "desk": ("byline", "boilerplate"),
    "signature": ("credit",),
    "dated_byline": ("dateline",),
}


class Line(NamedTuple):
    """One line or paragraph: `text` as it stands, `plain` without the typography of plain text, `slot` where it is.

    `also` names other roles that a second careful reader might give; `is_tight` lines belong to the block before.
    """

    text: str
    role: str
    also: tuple[str, ...]
    slot: str
    plain: str
    is_tight: bool = False


class Writer:
    """Puts one article together, part by part, and notes what each part is."""

    def __init__(self, layout: dict, story: dict, others: list[dict]):
        self.layout, self.story, self.lang = layout, story, layout["lang"]
        self.style = {
            "gap": 1,
            "wrap": 0,
            "indent": "",
            "quotes": "straight",
            "bullet": "- ",
            "newline": "\n",
        } | layout.get("text", {})
        self.rng = random.Random(f"{layout['slug']} {story['id']}")
        self.lines: list[Line] = []
        self.photos = [(name, self.rng.choice(PICTURE_AGENCIES)) for name in self.rng.sample(PHOTOGRAPHERS, 3)]
        self.arrival = story["day"] + dt.timedelta(self.rng.choice([0, 0, 0, 0, 1, 1, 1, 2, 731, 1503]))
        # What an outlet does not print, no reader can know.
        prints = "label_prefix" in layout or any("kicker" in part for part in layout["order"] if isinstance(part, dict))
        self.labels = [label for label in story.get("labels", []) if prints]
        for label, share in layout.get("adds", {}).items():
            if not self.labels and self.rng.random() < share:
                self.labels.append(label)
        self.captions: list[dict] = []
        self.found: dict = {"section": [], "authors": [], "published_on": None, "published_basis": None}
        path = story["section"][-layout.get("depth", 3) :]
        authors = story.get("authors", [])
        self.fields = calendar(story["day"], self.lang, self.rng) | {
            "outlet": layout["outlet"],
            "domain": layout.get("domain", ""),
            "agency": layout.get("agency", layout["outlet"]),
            "section": path[-1],
            "slug": story["id"],
            "minutes": self.rng.randrange(2, 9),
            "count": self.rng.randrange(3, 240),
            "editor": self.rng.choice(PHOTOGRAPHERS),
            "id": self.rng.randrange(100000, 999999),
        }
        self.path = path
        self.fields |= {
            f"tag{at}": tag for at, tag in enumerate(dict.fromkeys([*reversed(path), *story.get("tags", [])]), 1)
        }
        self.fields |= {f"other{at}": self.typeset(other["headline"]) for at, other in enumerate(others, 1)}
        if authors:
            self.fields |= {"authors": AND[self.lang].join(authors), "author": authors[0]}
            self.fields["AUTHORS"] = self.fields["authors"].upper()
        if story.get("place"):
            place, country = story["place"]
            # Turkish has a capital of its own for i.
            capitals = (place.replace("i", "İ") if self.lang == "tr" else place).upper()
            self.fields |= {"place": place, "PLACE": capitals, "country": country}
        if self.labels:
            word = layout.get("label_words", {}).get(self.labels[0]) or LABELS[self.lang][self.labels[0]]
            self.fields |= {"Label": word, "LABEL": word.upper()}

    def typeset(self, text: str) -> str:
        """The text in the outlet's quotation marks and dashes."""
        text = quoted(text, self.style["quotes"])
        return text.replace(" - ", self.style["dash"]) if "dash" in self.style else text

    def filled(self, template: str, **more) -> str | None:
        """The template with its fields; None where the story has not what it asks for."""
        try:
            return template.format(**(self.fields | more))
        except KeyError:
            return None

    def add(self, text: str | None, role: str, slot: str, tight: bool = False, kind: str = "", lead: str = "") -> None:
        """One line more; `tight` where no blank line stands before it, `lead` what stands before it on its line."""
        if text is None:
            return
        style = self.style
        if style.get("nbsp"):
            text = re.sub(r"(?<=\d) (?=[a-zа-я])| (?=[/»|]) ?|(?<=[/»|]) ", "\N{NO-BREAK SPACE}", text)
        shown = lead + text
        indent = style["indent"] if role in (*BODY, "dateline") and slot == "body" else ""
        if style["wrap"]:
            shown = textwrap.fill(
                shown, style["wrap"], initial_indent=indent, break_long_words=False, break_on_hyphens=False
            )
        else:
            shown = indent + shown
        self.lines.append(Line(shown, role, _ALSO.get(kind, ()), slot, text, tight))

    def furniture(self, templates: str | list[str], slot: str) -> None:
        """Lines of furniture; those of a list stand below each other without blank lines."""
        tight = False
        for template in [templates] if isinstance(templates, str) else templates:
            text = self.filled(template)
            self.add(text, "boilerplate", slot, tight)
            tight = tight or text is not None

    def part(self, key: str, how, section: str = "") -> None:
        """One part of the layout's order, above (head), in (middle) or below (tail) the body."""
        story, section = self.story, section or ("tail" if "told" in self.found else "head")
        if key == "furniture":
            self.furniture(how, section)
        elif key == "sometimes":
            # Not every page carries every piece, which is what counting has to live with.
            if self.rng.random() < 0.7:
                self.furniture(how, section)
        elif key == "url":
            self.add(self.filled(how), "boilerplate", section)
            if "yyyy" in how:
                self.date(story["day"], "url", how)
        elif key == "breadcrumb":
            between, *first = how
            crumbs = [*first, *self.path]
            if self.layout.get("crumb_ends_in_headline"):
                crumbs.append(self.typeset(story["headline"]))
            self.found["section"] = [*first, *self.path]
            self.add(between.join(crumbs), "breadcrumb", "breadcrumb")
        elif key == "kicker":
            self.add(self.filled(how), "boilerplate", "kicker", kind="kicker")
        elif key == "headline":
            self.headline()
        elif key == "subheadline" and "subheadline" in story:
            self.add(self.typeset(story["subheadline"]), "subheadline", "subheadline")
        elif key == "byline":
            self.byline(how)
        elif key == "date":
            self.dates([how] if isinstance(how, str) else how)
        elif key == "caption":
            self.caption(how)
        elif key == "credit" and story.get("captions"):
            name, agency = self.photos[0]
            self.add(self.filled(how, name=name, credit=agency), "credit", "credit", kind="credit")
            self.found["has_credit_line"] = True
        elif key == "desk" and "authors" in self.fields:
            self.add(self.filled(how), "credit", section, kind="desk")
            self.found["authors"] = self.found["authors"] or story["authors"]
        elif key == "body":
            self.body()

    def headline(self) -> None:
        layout, story = self.layout, self.story
        shown = self.typeset(story["headline"])
        self.found["headline"], self.found["headline_source"] = shown, None
        suffix = layout.get("source") if "source" in story else layout.get("outlet_suffix")
        if suffix:
            source = story.get("source", "")
            says = "say" if source.endswith("s") or source == "police" else "says"
            said = {"source": source, "Source": source[:1].upper() + source[1:], "says": says}
            shown += suffix.format(**(self.fields | said))
            # What a comma ties on ('…, police say') is the sentence's own; but whoever cuts it off is not wrong.
            if suffix.startswith(","):
                self.found["headline"], self.found["headline_if_cut"] = shown, self.found["headline"]
            else:
                self.found["headline_source"] = suffix.format(**(self.fields | said)).strip(" :|–—-()")
        if self.labels and "label_prefix" in layout:
            shown = self.filled(layout["label_prefix"]) + shown
        if layout.get("is_headline_upper"):
            shown = shown.upper()
            for key in ("headline", "headline_source"):
                self.found[key] = self.found[key] and self.found[key].upper()
        self.found["labels"] = self.labels
        self.add(shown, "headline", "headline")

    def byline(self, how: str) -> None:
        text = self.filled(how)
        names = "author" in how.lower()
        if text is None:
            return
        dated = "{yyyy}" in how
        kind = "dated_byline" if dated else "agency" if not names else "signature" if "told" in self.found else ""
        self.add(text, "byline", "byline", kind=kind)
        if names:
            self.found["authors"] = self.story["authors"] if "authors}" in how.lower() else self.story["authors"][:1]
        if dated:
            self.date(self.story["day"], "text", how)

    def dates(self, templates: list[str]) -> None:
        """The date lines; a line that speaks of an update is of the next day and decides only where it is alone."""
        day, tight = self.story["day"], False
        for template in templates:
            changed = template.startswith("+")
            moment = day + dt.timedelta(changed)
            if moment > self.arrival:
                continue
            self.add(
                template.lstrip("+").format(**(self.fields | calendar(moment, self.lang, self.rng))),
                "dateline",
                "date",
                tight,
            )
            self.date(moment, "text", template)
            tight = True

    def date(self, day: dt.date, basis: str, template: str) -> None:
        """Notes the day a template told: without a year it is known only where the text arrived within the week."""
        if self.found["published_on"] is None and ("yyyy" in template or (self.arrival - day).days < 7):
            self.found["published_on"], self.found["published_basis"] = day, basis

    def caption(self, how: str) -> None:
        if len(self.captions) >= len(self.story.get("captions", [])):
            return
        caption = self.story["captions"][len(self.captions)]
        text, day = self.typeset(caption["text"]), None
        if "on" in caption and "caption_date" in self.layout:
            day = self.story["day"] + dt.timedelta(caption["on"])
            text += self.layout["caption_date"].format(**calendar(day, self.lang))
        name, agency = self.photos[len(self.captions)]
        said = {"name": name, "credit": agency}
        credit = re.search(r"\{(name|credit|agency)\}(.*\{(name|credit|agency)\})?", how)
        self.captions.append({"text": text, "on": day, "credit": credit and credit[0].format(**(self.fields | said))})
        self.add(self.filled(how, caption=text, **said), "caption", "caption", kind="caption")

    def body(self) -> None:
        layout, told = self.layout, blocks(self.story)
        inserts = sorted(layout.get("middle", []), key=lambda item: item["after"])
        listed = False
        for at, (kind, text) in enumerate(told):
            # No page puts anything between the items of a list or between a crosshead and what it heads.
            while (
                inserts and inserts[0]["after"] <= at and kind not in ("li", "ol") and told[at - 1][0] in ("p", "quote")
            ):
                for key, how in inserts.pop(0).items():
                    if key != "after":
                        self.part(key, how, "middle")
            lead = self.style["bullet"] if kind == "li" else layout.get("quote_mark", "") if kind == "quote" else ""
            text = self.typeset(text)
            if kind == "quote" and not layout.get("quote_mark"):
                text = self.typeset(f'"{text}"') if '"' not in text and "“" not in text else text
            if at == 0 and "dateline" in layout and self.filled(layout["dateline"]):
                self.dateline(text)
            else:
                self.add(text, _KINDS[kind], "body", listed and kind in ("li", "ol"), kind, lead)
            listed = kind in ("li", "ol")
        self.found["told"] = True

    def dateline(self, text: str) -> None:
        """The first paragraph with the dateline before it: two labels on one line."""
        template = self.layout["dateline"]
        lead = self.filled(template)
        self.add(f"{lead.strip()} {text}", "body", "body")
        whole = self.lines.pop()
        cut = len(lead.split())
        words = list(re.finditer(r"\S+", whole.text))
        front, back = whole.text[: words[cut].start()].rstrip(), whole.text[words[cut].start() :]
        self.lines += [
            Line(front, "dateline", ("body",), "body", lead.strip()),
            Line(back, "body", (), "run-on", text),
        ]
        if "{d}" in template:
            self.date(self.story["day"], "dateline", template)
        self.found["dateline_place"] = self.filled(self.layout["dateline_place"])
        self.found["dateline_agency"] = self.fields["agency"] if "{agency}" in template else None

    def text(self) -> str:
        """All lines under each other; a run-on stands on the line before it."""
        out = ""
        for at, line in enumerate(self.lines):
            if at:
                joint = " " if line.slot == "run-on" else "\n" * (1 if line.is_tight else 1 + self.style["gap"])
                if line.slot == "run-on" and out.count("\n") and self.style["wrap"]:
                    last = out.rsplit("\n", 1)[1]
                    joint = " " if len(last) + 1 + len(line.text.split("\n")[0]) <= self.style["wrap"] else "\n"
                out += joint
            out += line.text
        return out.replace("\n", self.style["newline"]) + self.style["newline"]
