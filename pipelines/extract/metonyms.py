"""Whether the name of a seat of government stands for the government: 'Damascus denounced', not 'in Damascus'.

Decided by the words around the name alone: what governments do (`_ACTS`), what is done to them (`_ADDRESSED`), what
is theirs (`_OWNED`). Only a capital is asked about; a country that acts is no metonym (Markert and Nissim, 2002, call
the pattern place-for-people).
"""

import re
from functools import lru_cache

SEATS = frozenset({2800866})
"""Seats of a government that are no capital in the gazetteer by GeoNames id: Brussels."""

# Verbs of governments, as stems: 'accus' stands for accuse, accuses, accused, accusing.
_ACTS = frozenset(
    """
    accus acknowledg agree allow announc answer approv argu ask assert assur back ban believ blam block boycott brand brush
    call cancel caution challeng claim complain concede condemn confirm consider contend counter criticis criticiz
    cut deem declar decid declin decri defend demand denounc den deplor deploy describ dismiss disput
    enter expel express fear fire hail halt hint hope impos insist intend invit launch lodg maintain negotiat object offer
    oppos order pledg plan prefer press propos protest push quit ratif react recall recogni reject refus regard reiterat
    renew repl resist respond retaliat revok sanction said say scrap see seek send sent set shrug sign signal slam
    sought sponsor stay stop stress suggest summon support suspect suspend swor take thank think thought threaten told took
    urg vet voic vow want warn welcom wish withdr yield respect insist regret accept approach arm fund train
    """.split()
)
_NO_ACTS = frozenset({"called", "see", "sees", "saw", "set", "sets", "said to"})
_HELPERS = frozenset("would will may might must should could can cannot did does do has had is was wants".split())
_ADVERBS = frozenset(
    "also not now then still never even often repeatedly quickly later again long since already strongly sharply swiftly"
    " immediately officially publicly reportedly has itself currently previously formally flatly angrily only once".split()
)
_STATES = frozenset("be been being have had seen become remain remained get".split())
_PASSIVE = frozenset("approached asked urged accused told warned blamed sanctioned informed invited notified".split())

# What is done to a government: the word before its name.
_ADDRESSED = re.compile(
    r"\b(?:accus(?:e|es|ed|ing)|urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|warn(?:s|ed|ing)?|told|tell(?:s|ing)?"
    r"|blam(?:e|es|ed|ing)|thank(?:s|ed|ing)?|press(?:es|ed|ing)|pressur(?:e|es|ed|ing)|criticis(?:e|es|ed|ing)"
    r"|criticiz(?:e|es|ed|ing)|condemn(?:s|ed|ing)?|inform(?:s|ed|ing)?|back(?:s|ed|ing)|sanction(?:s|ed|ing)"
    r"|prais(?:e|es|ed|ing)|remind(?:s|ed|ing)?|anger(?:s|ed|ing)?|irritat(?:e|es|ed|ing)|infuriat(?:e|es|ed|ing)"
    r"|protest(?:s|ed)? to|complain(?:s|ed)? to|appeal(?:s|ed)? to|loyal to|close to|allied (?:to|with)"
    r"|(?:ties|relations|talks|tensions?|dispute|row|deal|agreement|treaty|negotiations|rift|alliance|ceasefire|truce"
    r"|accord|pact|contacts?) (?:with|between)|pressure (?:on|from)|approval (?:of|from)|pro-|anti-"
    r"|(?:sanctions|accusations|threats?|war) against|support(?:ed)? (?:by|from)|backed by|criticism (?:of|from)"
    r"|(?:denounced|condemned|rejected|recognised|recognized|supported|funded|accused|imposed|ordered|sent|signed"
    r"|welcomed|approved) by"
    r"|according to|on behalf of|at odds with|(?:word|reaction|response|answer|reply|comment|statement|order|orders"
    r"|permission|denial) from)\s\Z",
    re.IGNORECASE,
)
# What a government has: the words after its name.
_OWNED = re.compile(
    r"['’]s?\s(?:\w+\s)?(?:government|regime|decision|demand|demands|refusal|ally|allies|offer|policy|policies|stance|response"
    r"|position|foreign policy|foreign minist|proposal|intention|intentions|claim|claims|ambitions|allegations?|move|envoy"
    r"|ambassador|troops|rulers|relations|ties|veto|sanctions|support|role|interests|plan|plans|army|military|warning"
    r"|concerns?|denial|invasion|threats?|diplomats?|backing|approval|objections?|pledge|promise|insistence)",
    re.IGNORECASE,
)
_BACKED = re.compile(r"-(?:backed|led|based government|controlled|funded|sponsored|installed|appointed|aligned|allied)\b")
_PLACED = re.compile(
    r"\b(?:in|near|from|outside|off|around|into|across|through|inside|at|via|over|reach|reached|left|entered|leave|visit"
    r"|visited|toward|towards|for|of|to|beyond|within|under)\s(?:the |downtown |central |nearby )?\Z",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:ties|relations|talks|tensions?|dispute|row|deal|agreement|treaty|negotiations|rift|alliance|ceasefire|truce"
    r"|accord|pact|contacts?|war|quarrel|feud|spat|trust) between (?:\w+ and )?\Z",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[\w’'-]+")


def stands_for_government(text: str, start: int, end: int) -> bool:
    """Whether the name of a seat of government at [start, end) acts, is addressed or owns as its government does."""
    before, after = text[max(0, start - 48) : start], text[end : end + 64]
    if after[:1] == "-":
        return bool(_BACKED.match(after))
    if _BETWEEN.search(before) or _ADDRESSED.search(before):
        return not after.startswith((" residents", " police", " city"))
    if _PLACED.search(before):
        return False
    if after[:1] in "'’":
        return bool(_OWNED.match(after))
    return after[:1] == " " and _acts(after)


def _acts(after: str) -> bool:
    """Whether the words after the name are a verb of governments, adverbs and helpers passed over."""
    words = _WORDS.findall(after.partition(".")[0].partition(",")[0])[:6]
    helped = passive = False
    for word in words:
        if word in _PASSIVE and passive:
            return True
        if word == "been":
            passive = True
        elif word in _HELPERS:
            helped = True
        elif word in _STATES:
            return False
        elif word not in _ADVERBS and not word.endswith("ly"):
            return not passive and _is_act(word, helped)
    return False


@lru_cache(maxsize=10_000)
def _is_act(word: str, helped: bool) -> bool:
    """Whether a verb is one of governments; after 'would' and the like any bare verb is taken for one."""
    for ending in ("ing", "ied", "ies", "es", "ed", "s", "e", "y", ""):
        if word.endswith(ending) and word[: len(word) - len(ending)] in _ACTS:
            return True
    return helped and len(word) > 2 and word in _BARE


_BARE = frozenset(
    "drive attack strike hit pay join lift raise open close consult keep let give make build buy sell extend lead fight"
    " leave host act help work stand hold move meet discuss pursue expand reduce review attend draw go abide comply"
    " cooperate bow budge compromise hesitate tolerate release return hand freeze end begin start continue".split()
)
