"""A seeded generator of news-like drops, of any number, whose clusters are known.

Sentences are composed from the grammar below; people, companies and outlets are invented, and only countries
and cities are real.  The same arguments give the same corpus, byte for byte.
"""

import argparse
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

# A rule is `name: choice|choice`, ended by '; ' or by a line that is not indented; [rule] is a slot, and
# [Rule] one that begins with a capital.  Verbs are in the past tense or follow an auxiliary, and most nouns
# are plural, so that any choice fits any other.  The first line has the kinds of story: which rules make the
# headline, fill the body, and open its first paragraphs.
SOURCE = """
news: headline sentence opening intro; market: closing shares index; weather: forecast degrees outlook
nation: Kenya,Nairobi,Mombasa,Kisumu|Ghana,Accra,Kumasi|Nigeria,Abuja,Lagos,Kano|Egypt,Cairo,Giza
  Uganda,Kampala,Gulu|Zambia,Lusaka,Ndola|Angola,Luanda,Huambo|Morocco,Rabat,Fez|Cameroon,Yaoundé,Douala
  India,New Delhi,Mumbai,Chennai|Pakistan,Islamabad,Karachi|Vietnam,Hanoi,Hue|Japan,Tokyo,Osaka,Sapporo
  China,Beijing,Shanghai|Iran,Tehran,Shiraz|Iraq,Baghdad,Basra|Turkey,Ankara,Istanbul,Izmir|France,Paris,Lyon
  Germany,Berlin,Munich|Spain,Madrid,Seville|Poland,Warsaw,Kraków|Brazil,Brasília,São Paulo|Peru,Lima,Cusco
people: farmers|teachers|nurses|traders|drivers|students|pensioners|fishermen|miners|engineers|residents
  tenants|clerks|commuters|volunteers|passengers|refugees|doctors|lawyers|activists|builders|pilots|bakers
quality: young|elderly|unpaid|displaced|angry|local|foreign|retired|striking|seasonal|rural|injured|jobless
officers: police|prosecutors|customs officers|rescue workers|lawmakers|councillors|[ministry] officials
agents: [officers]|[officers]|[quality] [people]|[people] and [people]|[number] [people]|[otherorg]
goods: fuel|cement|wheat|timber|copper|maize|rice|sugar|cotton|coffee|medicine|fertiliser|coal|fish|cocoa|salt
  poultry|water|electricity|textile|steel|tobacco|vaccine|livestock|dairy|rubber|tea|potash|gravel|palm oil
matter: permits|subsidies|contracts|tariffs|payments|repairs|inspections|imports|exports|quotas|refunds|loans
  shipments|licences|levies|prices|wages|leases|auctions|stocks|deliveries|surveys|grants|rations|bonds|bids
detail: delayed|disputed|emergency|annual|secret|cheaper|costly|joint|monthly|overdue|provincial|public|new
things: [goods] [matter]|[goods] [matter]|[ministry] [matter]|[detail] [matter]|[detail] [goods] [matter]
acted: approved|rejected|demanded|questioned|welcomed|defended|postponed|criticised|suspended|reviewed|halted
  halved|extended|cancelled|announced|resumed|opposed|monitored|ignored|withheld|documented|blocked|audited
do: approve|reject|extend|restore|audit|suspend|publish|cut|double|renegotiate|cap|oversee|share|abolish|test
moved: gathered|protested|slept|waited|marched|disappeared|resigned|met|queued|returned|camped|collapsed|sang
site: bridge|clinic|harbour|market|stadium|warehouse|courthouse|refinery|airport|school|museum|dam|mosque|mill
worn: flooded|half-built|abandoned|crowded|newly painted|historic|guarded|burnt-out|leaking|derelict|old|main
place: [where] the [worn] [site]|[where] the [site] in [town]|in [town]|between [city] and [town]
where: near|outside|behind|inside|opposite|beside|around; section: World|Business|Politics|Health|Society
weekday: Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday; money: $[n] million|[n] million euros
month: January|February|March|April|May|June|July|August|September|October|November|December
year: 199[d]|200[d]|201[d]; n: [d][d]; d: 1|2|3|4|5|6|7|8|9; updown: higher|lower
when: on [weekday]|late on [weekday]|in [month]|last [month]|in [year]|overnight|during [month]|for [n] days
number: [n]|[n]|about [n]0|nearly [n]0|at least [n]|up to [n]|some [n],000|[d].[n] million|fewer than [n]
trouble: shortages|closures|smuggling|outbreaks|strikes|theft|flooding|layoffs|fraud|pollution|blackouts
issue: [goods] [trouble]|[ministry] [trouble]; ministry: health|finance|transport|energy|justice|farm|housing
changed: rose|fell|dropped|climbed|slipped|grew|shrank|jumped|declined|surged|slowed|rebounded|plunged
said: said|added|noted|explained|argued|stressed|warned|insisted|acknowledged|maintained|claimed|wrote
source: [otherorg]|[officers]|[titled]|[goods] traders|a [ministry] report|figures from [otherorg]|the [org]
title: Dr|Professor|Judge|Senator|Captain|Mayor|Minister; role: director|chair|spokesperson|founder|adviser
first: Amina|Boris|Carla|Daniel|Esther|Farid|Greta|Hassan|Ingrid|Joseph|Karim|Lucia|Marek|Nadia|Omar|Paula
root: Kel|Dov|Mar|Tam|Bren|Sul|Vor|Hal|Ner|Okw|Jas|Pel|Rad|Tol|Wen|Zan|Bal|Cor|Dar|Fen|Gar|Ild|Kam|Lor|Mun|Osk
ending: ander|ino|uru|etti|ovic|wala|enko|stad|imba|osho|arra|ellin|ukwe|idze|oway|antes|erli|hurst|mani|ekar
last: [root][ending]; speaker: [title] [last]; person: [first] [last]; outlet: [last] [paper]
titled: [title] [person]|[title] [last]|[person]; company: [last] [goods] group|[last] and [last]
scope: National|Regional|Central|Federal|Eastern|Coastal; suffix: Council|Authority|Union|Board|Institute
field: Water|Grain|Labour|Health|Transport|Border|Energy|Housing|Forest|Trade|Maritime|Election|Railway|Child
duty: Safety|Relief|Standards|Planning|Research|Rights|Development|Reform; tail: Police|Report|Union|Minister
orgname: [scope] [field] [duty] [suffix]|[country] [field] [duty] [suffix]|[scope] [suffix] for [field] [duty]
otherorg: the [scope] [field] [suffix]|the [field] [duty] [suffix]; deed: [acted] [things]
clause: [agents] [deed] [place]|[agents] [moved] [place]|[titled] [deed]
  [things] [changed] [n] percent|a wave of [issue] cost [agents] [money]|[people] [moved] in [town]
claim: we must [plan] before [month]|nobody warned [people] about [issue]|[people] depend on [things]
  without [things], [people] will leave [town]|[number] [people] [deed]|I blame [issue] and [things]
link: while|after|because|although|as|before|but; aside: meanwhile|elsewhere|in [town]|separately|in court
lead: [Agents] in [city] [deed] [today] [link] [clause], [source] said.
  [Number] [quality] [people] [moved] [where] the [worn] [site] in [city] [today] [link] [clause].
opening: [lead]|[CITY] ([agency]) - [lead]; headline: [event]|[event]|[event]: [tail]; plan: [do] [things]
intro: [speaker], [role] of the [orgname] ([org]), said [today] that [clause].
sentence: [Clause] [when].|[Clause] [link] [clause].|[Aside], [clause].|[Aside], [clause] [link] [clause].
  [Agents] also [deed] worth [money], [source] [said].|[speaker] [said] that [clause] [when].
  [Number] [people] [moved] [place] [when].|The [org] would [plan] and [plan] by [month].
  [Officers] [moved] [place] [link] [clause].|The [worn] [site], built in [year], employed [number] [people].
  [lq][Claim],[rq] [speaker] [said].|[lq][Claim],[rq] [said] [titled], [role] of [company].
  [lq][Claim]. [Claim],[rq] [speaker] [said] [when].|[person] [said]: [lq][Claim].[rq]
event: [city] [people] [plan] over [issue]|[Officers] [do] [goods] [matter] in [town]
  [country]: [clause]|[Number] [people] [moved] [place]|[titled] [deed]|[Issue] [changed] in [city]
byline: By [person]; crumb: News / [section] / [country]; paper: Courier|Herald|Gazette|Record|Monitor|Post
agency: Meridian Wire|Crosswind Agency|Northlight Press Service|Tessera News Service|Halyard Wire
credit: This report was first carried by [agency].|Source: [agency]|With reporting by [agency] in [town].
caption: The [worn] [site] in [city] on [date]. ([person])|[People] in [town], [date]. Photo: [agency]
footer: Share this article|Subscribe to the [name] newsletter|More from our [section] desk|Copyright [name]
closing: [city] shares close [d].[n] percent [updown]; forecast: Weather forecast for [city] and [town]
index: The [city] stock index closed [d].[n] percent [updown] [today] at [n],[n]0 points in moderate trading.
shares: Among the most active stocks, [company] ended at [n].[n], [updown] by [d] cents from its last close.
  Shares in [company] ended [d].[n] percent [updown] after the firm said quarterly profit came to [money].
outlook: Here is the weather forecast for travellers for the next twenty-four hours, issued [today].
degrees: The high in [anycity] will be 2[d] degrees Celsius and the overnight low will be around 1[d] degrees.
  In [anycity] the chance of rain is put at [n] percent, with winds of up to [n] kilometres an hour.
"""

RING = 4096  # originals remembered for copying: this bounds memory, whatever the count
POOL = 4096  # phrases of each of these rules are composed beforehand, since drawing word by word is slow
POOLED = ("n", "number", "when", "things", "deed", "plan", "titled", "agents", "place", "claim", "clause")
TEMPLATE, RELATED = 0.01, 0.02  # shares of drops that look like other drops and are not copies of them
EDITS = ("headline", "agency", "drop", "add", "move", "rewrite", "boilerplate", "truncate", "exact")
LINES = re.split(r"\n|; ", re.sub(r"\n +", "|", re.sub(r"\[(\w+)\]", r"%(\1)s", SOURCE.strip())))
GRAMMAR = {name: choices.split("|") for name, choices in (line.split(": ", 1) for line in LINES)}
GRAMMAR["anycity"] = [city for nation in GRAMMAR["nation"] for city in nation.split(",")[1:]]


@dataclass(frozen=True)
class Report:
    """One generated drop; `edit` is 'original', 'template', 'related', or a copy's edits ('drop+move')."""

    name: str  # outlet/day/serial.txt, a relative path
    text: str
    cluster: int  # the serial of the cluster's first drop
    edit: str


class _Cast(dict[str, str]):
    """Who and where one story is about; any rule that has no part here is drawn anew at each use."""

    def __init__(self, rng: random.Random, rules: dict[str, list[str]], **parts: str) -> None:
        super().__init__(parts)
        self.random, self.rules = rng.random, rules

    def __missing__(self, rule: str) -> str:
        if (choices := self.rules.get(rule)) is None:
            phrase = self[rule.lower()]
            return phrase[0].upper() + phrase[1:]
        frame = choices[int(self.random() * len(choices))]  # rng.choice() is several times slower
        return frame % self if "%" in frame else frame


@dataclass(frozen=True)
class _Story:
    """A drop before it is laid out; `cast` is who and where, so that an edit can write on about the same."""

    outlet: str
    cluster: int
    cast: _Cast
    headline: str
    body: list[str]
    page: list[str]  # what the site puts around it: breadcrumb, byline, caption, footer
    credit: str = ""

    def text(self) -> str:
        crumb, byline, caption, footer = self.page
        blocks = (crumb, self.headline, byline, caption, *self.body, self.credit, footer)
        return "\n\n".join(filter(None, blocks)) + "\n"


class _Newsroom:
    """Writes stories and edits them, all from one stream of draws."""

    def __init__(self, seed: int, words: int, outlets: int) -> None:
        self.rng, self.words, self.rules = random.Random(seed), words, dict(GRAMMAR)
        anyone = _Cast(self.rng, self.rules)
        self.footers: dict[str, str] = {}
        while len(self.footers) < outlets:
            slug = (name := anyone["outlet"]).lower().replace(" ", "-")
            cast = _Cast(self.rng, self.rules, name=name, slug=slug)
            lines = dict.fromkeys(cast["footer"] for _ in range(3))
            self.footers[slug] = "\n".join([*lines, f"www.{slug}.example"])
        anyone |= {part: f"%({part})s" for part in ("city", "town", "issue", "site")}  # left open
        for rule in POOLED:
            phrases = self.rules[rule] = [anyone[rule] for _ in range(POOL)]
            self.rules[rule.capitalize()] = [phrase[0].upper() + phrase[1:] for phrase in phrases]

    def cast(self, day: date) -> _Cast:
        country, *cities = self.rng.choice(GRAMMAR["nation"]).split(",")
        city, town = self.rng.sample(cities, 2)
        cast = _Cast(self.rng, self.rules, country=country, city=city, CITY=city.upper(), town=town)
        cast["lq"], cast["rq"] = self.rng.choice(("“”", '""'))
        cast["date"] = f"{day.day} {GRAMMAR['month'][day.month - 1]} {day.year}"
        cast["today"] = f"on {GRAMMAR['weekday'][day.weekday()]}"
        for part in ("orgname", "speaker", "issue", "site", "role"):
            cast[part] = cast[part]  # drawn once, and from here on the same
        cast["org"] = "".join(re.findall(r"\b[A-Z]", cast["orgname"]))
        return cast

    def page(self, outlet: str, cast: _Cast, footer: float = 0.85) -> list[str]:
        top = {"crumb": 0.3, "byline": 0.5, "caption": 0.25}
        lines = [cast[rule] if self.rng.random() < top[rule] else "" for rule in top]
        return [*lines, self.footers[outlet] if self.rng.random() < footer else ""]

    def story(self, outlet: str, cluster: int, day: date, kind: str, source: _Story | None = None) -> _Story:
        """A new story of about `words` words; with a source, 15-30 % of whose paragraphs it quotes."""
        cast, quoted = self.cast(day), list[str]()
        headline, filler, *openings = GRAMMAR[kind][0].split()
        body = [f"{cast[opening]} {cast[filler]}" for opening in openings]
        if source:
            least, most = -(-15 * len(source.body) // 100), 30 * len(source.body) // 100
            quoted = self.rng.sample(source.body[1:], self.rng.randint(least, most))
        # The last paragraph goes over the mark by half of itself.
        wanted = self.words * self.rng.gauss(1, 0.15) - 17 - " ".join([*body, *quoted]).count(" ")
        while wanted > 0 or len(body) < 4:
            body.append(self.paragraph(cast, filler))
            wanted -= body[-1].count(" ") + 1
        for paragraph in quoted:
            body.insert(self.rng.randint(2, len(body)), paragraph)
        return _Story(outlet, cluster, cast, cast[headline], body, self.page(outlet, cast))

    def paragraph(self, cast: _Cast, filler: str = "sentence") -> str:
        return " ".join([cast[filler] for _ in range(1 + int(self.rng.random() * 3))])

    def copy(self, story: _Story, edits: Iterable[str], outlet: str) -> _Story:
        """The story as another outlet ran it, its opening paragraph still in front."""
        body, cast = list(story.body), story.cast
        for edit in edits:
            here, there = self.rng.sample(range(1, len(body)), 2)
            if edit == "headline":
                story = replace(story, headline=cast["headline"])
            elif edit == "agency":
                story = replace(story, credit=cast["credit"])
            elif edit == "boilerplate":
                story = replace(story, page=self.page(outlet, cast, footer=1))
            elif edit == "drop":
                del body[here]
            elif edit == "add":
                body.insert(here, self.paragraph(cast))
            elif edit == "move":
                body[here], body[there] = body[there], body[here]
            elif edit == "rewrite":
                body[here] = self.paragraph(cast)
            elif edit == "truncate":
                text = "\n\n".join(body)
                body = [text[: int(len(text) * self.rng.uniform(0.5, 0.7))].rsplit(maxsplit=1)[0] + " ..."]
        return replace(story, body=body)


def generate(
    count: int,
    seed: int,
    *,
    words: int = 400,
    copies: float = 0.1,
    first_day: date = date(2020, 2, 3),
    days: int = 1,
    outlets: int = 12,
) -> Iterator[Report]:
    """`count` drops in order of arrival, spread evenly over the days; copies follow their originals."""
    if not (0 <= copies <= 1 - TEMPLATE - RELATED and days >= 1 and 2 <= outlets <= 1000):
        raise ValueError("copies must be 0-0.97, days at least 1, outlets 2-1000")
    room, ring, seen = _Newsroom(seed, words, outlets), list[_Story](), 0
    rng, slugs = room.rng, list(room.footers)
    for serial in range(count):
        day = first_day + timedelta(days=serial * days // count)
        outlet, draw, edit = rng.choice(slugs), rng.random(), "original"
        # Squaring the draw makes some originals popular: most are never copied, a few many times.
        source = ring[int(rng.random() ** 2 * len(ring))] if ring else None
        if source and draw < copies:
            edits = sorted(rng.sample(EDITS, rng.randint(1, 2)), key=EDITS.index)
            edits = ["exact"] if "exact" in edits else edits
            outlet = rng.choice([slug for slug in slugs if slug != source.outlet])
            story, edit = room.copy(source, edits, outlet), "+".join(edits)
        elif copies <= draw < copies + TEMPLATE:
            story, edit = room.story(outlet, serial, day, rng.choice(("market", "weather"))), "template"
        elif source and copies <= draw < copies + TEMPLATE + RELATED:
            story, edit = room.story(outlet, serial, day, "news", source), "related"
        else:
            story = room.story(outlet, serial, day, "news")
            ring[seen % RING : seen % RING + 1] = [story]  # appends until the ring is full
            seen += 1
        yield Report(f"{outlet}/{day}/{serial:06d}.txt", story.text(), story.cluster, edit)


def write(folder: Path, reports: Iterable[Report]) -> int:
    """Write each report under the folder; returns the bytes written."""
    written = 0
    for report in reports:
        (path := folder / report.name).parent.mkdir(parents=True, exist_ok=True)
        written += path.write_bytes(report.text.encode())
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a made-up news corpus into a folder.")
    parser.add_argument("folder", type=Path)
    for option, default in (("count", 10_000), ("seed", 1), ("days", 1)):
        parser.add_argument(f"--{option}", type=int, default=default)
    args = parser.parse_args()
    size = write(args.folder, generate(args.count, args.seed, days=args.days))
    print(f"{args.count:,} drops, {size:,} bytes")


if __name__ == "__main__":
    main()
