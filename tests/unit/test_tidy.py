"""Tidied text: one form of each sign, and the quotation marks of each language."""

import pytest

from pipelines.parse.tidy import tidy


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("«\u00a0Une abeille\u00a0», a dit Karmena", '"Une abeille", a dit Karmena'),
        ("«\u202fUne abeille\u202f»", '"Une abeille"'),
        ("«\u2009Une abeille\u2009».", '"Une abeille".'),
        ("« Une abeille »", '"Une abeille"'),
        ("Une «  ruche  » et deux « bateaux » partent", 'Une "ruche" et deux "bateaux" partent'),
        ("Le guide de l’«\u00a0île\u00a0» : «\u00a0Non\u00a0!\u00a0»", "Le guide de l'\"île\" : \"Non !\""),
        ("(«\u00a0Oui\u00a0»)", '("Oui")'),
        ("« Les ruches sont parties la nuit.", '"Les ruches sont parties la nuit.'),  # closed paragraphs below
        ("Elle a dit : « Non » ; il a dit « oui »…", 'Elle a dit : "Non" ; il a dit "oui "...'),
        # Closed up, as in Russian and Spanish, nothing changes.
        ("Пчёлы «Гоцо» ушли в море", 'Пчёлы "Гоцо" ушли в море'),
        ("Las «abejas» de Gozo", 'Las "abejas" de Gozo'),
        # Turned round, as in German and Danish, the space is outside.
        ("Das »Wort« ist ein »Bild« wert", 'Das "Wort" ist ein "Bild" wert'),
        ("Er rief: »Halt!« Dann ging er", 'Er rief: "Halt!" Dann ging er'),
        ("»Nein« – »…und doch«", '"Nein" - "...und doch"'),
        ("Das »Wort«\u00a0– so heißt es – ist alt", 'Das "Wort" - so heißt es - ist alt'),
        # Arrows are no quotation marks.
        ("Accueil » Monde » Malte", 'Accueil " Monde " Malte'),
        ("Mehr »", 'Mehr "'),
    ],
)  # fmt: skip
def test_no_space_stays_inside_of_the_quotation_marks(text, tidied):
    assert tidy(text) == tidied
