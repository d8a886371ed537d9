"""Furniture: what the reviewed patterns take for it and what they leave, and the groups and tails read from lines."""

from importlib.resources import files

import pytest
import yaml

from pipelines.parse.furniture import Furniture
from pipelines.parse.lines import LONG
from pipelines.parse.profile import load_profile
from pipelines.parse.tidy import tidy

FURNITURE = load_profile().furniture
LINES = {
    "line": """SHARE THIS ARTICLE | Share | Facebook Twitter WhatsApp | Copy link | Click to print (Opens in new window) | Loading...
Follow us on Facebook and Twitter for the latest news from the islands. | Join our Telegram channel | Download our app
Subscribe to our newsletter | Sign in | Enter your e-mail | ADVERTISEMENT | - Advertisement - | Article continues after advertisement
Continue reading | Skip to main content | Listen to this article | 1.0x | 4 min read | 5 minutes to read | Read more: The year of the bee
Press TV’s website can also be accessed at the following alternate addresses: | www.presstv.ir | https://news.example/a/b
Suivez-nous sur Facebook | S'abonner | Publicité | Temps de lecture : 3 min. | Lire aussi : Le thym manque à Comino
Síguenos en Twitter | Suscríbete | PUBLICIDAD | Lee también: Falta el tomillo | Teilen | Anzeige | Lesen Sie auch: Thymian fehlt auf Comino
PAYLAŞ | REKLAM | Abone ol | Поделиться | Реклама | Нашли ошибку? Выделите её и нажмите Ctrl+Enter. | شارك | إعلان | Español
(END) | Release No. 482911 | Gift this article | Manage cookies | For immediate release""",
    "opens": """Related stories: | RELATED | Also read | More on this story | More from Companies | Most read | Top Stories | Keep reading
You may also be interested in: | À lire aussi | Te puede interesar | Lo más leído | Mehr zum Thema | İLGİLİ HABERLER | Çok okunanlar
Читайте также | اقرأ أيضا | Leggi anche""",
    "closes": """Tags: bees, boats | Topics | © 2020 Island Gazette. All rights reserved.
Copyright 2020 Island Gazette | 129 comments | Log in to comment | Number of views: 120 | Read by 116 people today
About Us | Terms of Use | Privacy Policy Contact Us | Contact the newsroom: desk@islandgazette.example | Tel. +41 22 555 0142
Mentions légales | Tous droits réservés | Aviso legal | Impressum | Datenschutz | Künye | TÜM HAKLARI SAKLIDIR
جميع الحقوق محفوظة لصحيفة المنارة © 2021 | Перепечатка только с разрешения редакции""",
    "story": "Watch: How the bees of Gozo went to sea | PHOTOS: The boats of the keepers come home",
}
HEADLINES = """Search for survivors | Search resumes in bay | More in Peru ask for help | More about the ferry that sank
Share prices fall in Tokyo | Share this grief, mother says | Get ready for channel tunnel strike | Watch repairers strike in Geneva
Follow the money, says auditor | Find of ancient coins in Izmir | Live births fall | Print workers walk out | Contact lost with plane
Help arrives in Gao | Careers of three ministers end | Cookies recalled after salmonella find | Cookies recalled
Advertisers leave platform | Ads return to state TV | Close vote in Malta | Next of kin told | Register of deaths lost in fire
Join forces, UN urges | Read the small print, court says | Popular singer dies | Popular anger | Top news anchor quits
Related charges dropped | Accessibility of polling stations | Pause in fighting | Save the whale, say islanders
Copy of treaty leaked | Email leak embarrasses minister | Install app or lose visa, pilgrims told | Privacy in Kerala
Terms of trade worsen | Open in January, mine promises | Like father, like son | Find us a way out, miners plead
Join us or leave, says guild | Trending topics banned | Most popular minister resigns | Recommended dose halved
Visit us, says Tuvalu | Comments by minister anger Fiji | Sign up for war | Subscribe to peace | Advertising ban begins
Publicité interdite dans le métro | Werbung verboten | Reklam yasağı başladı | Español en las aulas | Loading of grain resumes
Code of conduct | Tel Aviv shares fall 3 percent | Also on strike: nurses | Главное сражение | Тема дня
The company said it would share the cost. | She said she had also read the letter. | He left no comment on the table for us to read."""


def told(text):
    return [line.strip() for row in text.split("\n") for line in row.split(" | ")]


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, text in LINES.items() for line in told(text)])
def test_a_line_of_furniture_is_told(kind, line):
    assert FURNITURE.kind_of(tidy(line).casefold()) == kind


@pytest.mark.parametrize("line", told(HEADLINES))
def test_what_could_be_a_headline_is_left(line):
    assert FURNITURE.kind_of(tidy(line).casefold()) is None


def test_every_entry_says_what_it_is_for():
    entries = yaml.safe_load((files("pipelines") / "lookups" / "boilerplate.yaml").read_text("utf-8"))
    assert {entry["kind"] for entry in entries} == {"line", "story", "opens", "closes", "pitch", "telling"}
    assert all(entry["note"] and (entry.get("patterns") or entry.get("words")) for entry in entries)


def test_looking_by_the_first_character_finds_what_all_patterns_find():
    """The index over first characters is an index, no rule of its own."""
    patterns = ["(?:a|b)?c", r"\d+ x", "x?y", "[pq]r", "(?:m|(?:n|o)p)+", "z{2}", ".k", "(?:e(?:f)?|g)*h"]
    lines = [
        "c",
        "ac",
        "bc",
        "12 x",
        "y",
        "xy",
        "pr",
        "qr",
        "m",
        "np",
        "opm",
        "zz",
        "kk",
        "!k",
        "h",
        "efh",
        "gh",
        "eh",
        "gegh",
    ]
    whole = Furniture([{"kind": "line", "patterns": patterns}, {"kind": "pitch", "patterns": ["!!"], "words": []}])
    assert [whole.kind_of(line) for line in lines] == ["line"] * len(lines)
    for pattern in patterns:
        alone = Furniture([{"kind": "line", "patterns": [pattern]}, {"kind": "pitch", "patterns": ["!!"], "words": []}])
        assert any(alone.kind_of(line) for line in lines)
        assert alone.kind_of("") is None


@pytest.mark.parametrize(
    ("line", "is_pitch"),
    [
        ("Journalism like this needs neighbors like you. Become a member for $5 a month.", True),
        ("Bay Radio is not responsible for the content of external sites.", True),
        ("Ines Falkenrath writes about Senegal for Sahara Tribune.", True),
        ("Spotted a mistake? Write to corrections@thelantern.example", True),
        ('"Our website was down," said the mayor, whose newsletter had not been sent.', False),
        ("The company has three million subscribers and a newsletter that nobody reads.", False),
    ],
)
def test_the_outlet_speaking_for_itself_is_told(line, is_pitch):
    assert FURNITURE.is_pitch(tidy(line).casefold()) is is_pitch


def test_the_length_of_a_paragraph_is_said_once():
    from pipelines.parse import learn

    assert learn.LONG == LONG
