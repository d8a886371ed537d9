"""English number words: 'twenty-five' is 25 and 'a dozen' 12 where things are counted, 'nineteenth' is the 19th."""

import re

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_CARDINALS = {word: number for number, word in enumerate(f"{_ONES} eighteen nineteen".split(), 1)}
_TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_CARDINALS |= _TENS | {"a": 1, "an": 1}
_PHRASES = {"a couple of": "2", "a dozen": "12", "a hundred": "100"}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
_ORDINALS += " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
_ORDINAL = {word: number for number, word in enumerate(_ORDINALS.split(), 1)} | {"thirtieth": 30}
_PHRASE = re.compile("|".join(_PHRASES))
_WORD = re.compile(r"[a-z]+|\d+")


def words_of(surface: str) -> list[str]:
    """The words and numbers of an expression in lower case, with what is counted in figures."""
    lowered = _PHRASE.sub(lambda phrase: _PHRASES[phrase[0]], surface.lower())
    words: list[str] = []
    was_tens = False
    for word in _WORD.findall(lowered):
        number = _CARDINALS.get(word)
        if was_tens and number and number < 10:
            words[-1] = str(int(words[-1]) + number)
        else:
            words.append(word if number is None else str(number))
        was_tens = word in _TENS
    return words


def ordinal(words: list[str]) -> int:
    """The place that the first word or two tell: ['19', 'th'], ['third'] or ['20', 'first'].

    Raises KeyError for anything else.
    """
    if not words[0].isdigit():
        return _ORDINAL[words[0]]
    return int(words[0]) + _ORDINAL.get(words[1], 0)
