"""Whether the name of a seat of government stands for the government: 'Damascus denounced', not 'in Damascus'.

Decided by the words around the name alone: what governments do, what is done to them, and what is theirs. Only a seat
of government is asked about; a country that acts stays a place. (Markert and Nissim, 2002, call the pattern
place-for-people.)
"""

import re
from functools import lru_cache

SEATS = frozenset(
    map(
        int,
        "2747373 3911925 282239 293397 95446 57289 2650225 2653822 2655984"
        " 617239 611847 611403 146970 415189 88319 81302 6697380".split(),
    )
)
"""Seats of a government that the gazetteer has as towns, by GeoNames id: The Hague, La Paz, Ramallah, Tel Aviv, Erbil,
Hargeisa, Edinburgh, Cardiff, Belfast, Tiraspol, Sukhumi, Tskhinvali, Stepanakert, Aden, Benghazi, Tobruk, Putrajaya."""

# What governments do, as stems. What a town does as well is left out: it opens, hosts, faces, sees, suffers and falls.
_STEMS = frozenset(
    """
    abid abstain accept accus acknowledg act add admit agre aim allow announc answer apologi apologis apologiz appeal
    applaud appoint approv argu arm ask assert assur avoid back backtrack ban bar believ blam block boycott break brok
    brush call cancel caution challeng charg claim clos comment commit complain compl concede conced conclud
    condemn confirm consent consider consult contend continu counter criticis criticiz cut decid declar declin
    decr decri deem defend defer delay demand denounc den depend deplor deploy descr describ disavow dismiss disown
    disput doubt downplay drop edg enforc enter escalat exclud expect expel express extend fear fin fire follow
    forbid forbad
    fre freez frozen froze fund gav
    give grant guarant hail halt hand harden hesitat hint hold held honour honor hop hope
    ignor impos impound insinuat insist intend interven introduc invad invit issu join keen keep kept launch
    led lift link
    lobb lodg maintain mak made mediat meddl mobilis mobiliz need negotiat nominat not note object offer oppos
    order oust
    outlaw paid pardon pay pledg point postpon prais prefer press pressur promis propos protest
    provid provok pull punish push put question quit rais ratif react reaffirm recall recogni recognis recogniz
    reconsider
    redoubl refus regard regret reiterat reject relent relat releas rel rely remain remov renew renounc repeal repl
    report request requir rescind resist resolv respect respond respons restrict resum retaliat retort retract return
    revers review revok ridicul risk rul sa sack said sanction say scold scorn scrap secur seek sought sell
    sold send sent
    shelv shrug sid sign signal slam sought spok speak sponsor spurn stall stand stood stop stress strik struck stress
    subsidis subsidiz suggest summon support suspect suspend swor talk tax terminat thank think thought threaten told
    tell took tak tout tri try turn underlin underscor unveil urg us utter veto view violat voic vot vow waiv
    want warn wav weigh welcom will wish withdr withdraw withdrew withheld withhold woo wrote writ yield
    """.split()
)
# Of the stems those that are whole words of the past; all others without an ending are what more than one does, or
# nouns: 'Moscow fire kills six'.
_PASTS = frozenset(
    """
    broke cut forbade froze gave held kept led made paid put quit said sent sold sought spoke stood struck swore
    thought told took withdrew withheld wrote
    """.split()
)
_ENDINGS = ("ing", "ied", "ies", "ed", "es", "s", "e", "y", "")
_ENDED = tuple(ending for ending in _ENDINGS if len(ending) > 1 or ending == "s")
# After 'would' and the like the verb itself says little; these alone are what towns will do.
_HELPERS = frozenset("would will may might must should could can cannot won't can't shall to".split())
_AUXILIARIES = frozenset(
    "did didn't does doesn't do don't has hasn't have haven't had hadn't is isn't was wasn't".split()
)
_TOWNS_WILL = frozenset("be have host see feel become remain get lie look celebrate suffer face welcome mark".split())
_PASSED_OVER = frozenset(
    """
    also not now then still never even often repeatedly quickly later again long since already has itself currently once
    soon always both on in response turn last this next week month year night yesterday today tonight monday tuesday
    wednesday thursday friday saturday sunday however meanwhile instead too
    """.split()
)
_PASSIVE = frozenset(
    "approached asked urged accused told warned blamed sanctioned informed invited notified consulted".split()
)
_MOODS = frozenset(
    """
    ready willing unwilling prepared keen determined angry furious adamant reluctant wary committed convinced concerned
    worried satisfied unhappy opposed responsible guilty entitled obliged trying seeking accused expected
    likely unlikely
    due set pressing considering weighing behind pleased displeased alarmed outraged hopeful eager loath aware silent
    under
    """.split()
)

_NOUNS = (
    r"(?:ties|relations|talks|tensions?|dispute|row|deal|agreement|treaty|negotiations|rift|alliance|ceasefire|truce"
    r"|accord|pact|contacts?|war|quarrel|feud|spat|trust|peace|standoff|stand-off|friendship|confrontation|hostilities)"
)
_BETWEEN = re.compile(rf"\b{_NOUNS} between (?:[\w-]+ and )?\Z", re.IGNORECASE)
# Words before a name that address the government: nearly any use of 'by' and 'against', and these of 'with' and others.
_ADDRESSED = re.compile(
    r"\b(?:(?<!passed )(?<!drove )(?<!driven )(?<!flown )by|against|accus(?:e|es|ed|ing)|urg(?:e|es|ed|ing)"
    r"|ask(?:s|ed|ing)?|warn(?:s|ed|ing)?|told|tell(?:s|ing)?|blam(?:e|es|ed|ing)|thank(?:s|ed|ing)?"
    r"|pressur(?:e|es|ed|ing)|criticis(?:e|es|ed|ing)|criticiz(?:e|es|ed|ing)|condemn(?:s|ed|ing)?|inform(?:s|ed|ing)?"
    r"|sanction(?:s|ed|ing)|prais(?:e|es|ed|ing)|remind(?:s|ed|ing)?|anger(?:s|ed|ing)?|irritat(?:e|es|ed|ing)"
    r"|infuriat(?:e|es|ed|ing)|provok(?:e|es|ed|ing)|alienat(?:e|es|ed|ing)|embarrass(?:es|ed|ing)?"
    r"|(?:protest(?:s|ed)?|complain(?:s|ed)?|complaint|appeal(?:s|ed)?|loyal|close|allied|hostile|friendly|concessions?"
    r"|messages?|warnings?|threats?|ultimatum|notes?|letters?|assistance|loans?|arms|weapons|pledged?|loyalty"
    r"|opposition|challenge|apologi[sz]ed?|apology) to"
    rf"|{_NOUNS} with|(?:patience|angry|furious|allied|aligned|ranks|at war|at odds|side[sd]?|siding|loggerheads) with"
    r"|pressure (?:on|from|by)|(?:anger|back|lash(?:es|ed) out) at|critical of|blamed on"
    r"|(?:approval|criticism|condemnation|support|backing|word|reaction|response|answer|reply|comment|statement"
    r"|orders?|permission|denials?|demands?|assurances?|guarantees?|promises?|pledges?|signals?|instructions?|money"
    r"|protests?|concessions?|objections?|recognition|independence) (?:of|from)"
    r"|(?:blow|defeat|victory|setback|embarrassment|win|support|humiliation) (?:to|for)|according to|on behalf of"
    r"|government of)\s\Z|\b(?:pro|anti)-\Z",
    re.IGNORECASE,
)
# 'called on Khartoum to': the verb before counts with the 'to' after.
_BIDDEN = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:up)?on|forc(?:e|es|ed|ing)|persuad(?:e|es|ed|ing)|convinc(?:e|es|ed|ing)"
    r"|allow(?:s|ed|ing)?|expect(?:s|ed|ing)?|want(?:s|ed|ing)?|begg?(?:s|ed|ing)?|implor(?:e|es|ed|ing)|push(?:es|ed|ing)?"
    r"|press(?:es|ed|ing)?|encourag(?:e|es|ed|ing)|invit(?:e|es|ed|ing)|order(?:s|ed|ing)?|oblig(?:e|es|ed|ing)"
    r"|appeal(?:s|ed|ing)? to|for|wait(?:s|ed|ing)? for|get(?:s|ting)?|help(?:s|ed|ing)?|need(?:s|ed)?)\s\Z",
    re.IGNORECASE,
)
# 'slams Delhi over its dam'; a storm slams it without.
_CHIDED = re.compile(r"\b(?:slam(?:s|med)|blast(?:s|ed)|rebuk(?:es|ed)|scold(?:s|ed)|chid(?:es|ed)|berat(?:es|ed))\s\Z")
# 'rejects Brussels offer'.
_TURNED_DOWN = re.compile(r"\b(?:reject|accept|dismiss|spurn|snub|back|decline|welcome|refuse)(?:s|d|ed|bed)?\s\Z")
_BID = re.compile(r"\s(?:offer|proposal|plan|demand|request|terms|bid|claim|threat|warning)s?\b")
# What a government has.
_OWNED = re.compile(
    r"['’]s?\s(?:(?!old\b|main\b|city\b)[\w-]+\s)?(?:regime|decisions?|demands?|refusal|ally|allies|offers?|polic(?:y|ies)"
    r"|stance|response|reply|answer|silence|positions?|foreign (?:policy|minist\w+|secretary)|proposals?|intentions?"
    r"|claims?|ambitions|allegations?|accusations?|moves?|envoys?|ambassadors?|rulers|leaders|leadership|officials"
    r"|relations|ties|veto|sanctions|support|interests|warnings?|concerns?|denials?|invasion|threats?"
    r"|diplomats?|diplomacy|backing|approval|consent|objections?|pledges?|promises?|insistence|protests?|requests?|negotiators"
    r"|delegation|spokes(?:man|woman|person)|tariffs?|ban|embargo|blockade|will|view|views|eyes|favour|favor|influence"
    r"|aggression|provocations?|hopes|fears|patience|terms|conditions|strategy|efforts?|bid|troops|forces|weapons|nuclear"
    r"|missiles?|annexation|withdrawal|recognition|rivals?|enem(?:y|ies)|partners?|friends?|proxies|grip)\b",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"-(?:backed|led|controlled|funded|sponsored|installed|appointed|aligned|allied|friendly|brokered|mediated|supplied"
    r"|imposed|approved|supported|armed|financed)\b"
)
# What the word before the name is where any of _ADDRESSED with a space holds; asked once a word, it spares the search.
_MAY_ADDRESS = re.compile(
    r"by|against|accus.*|urg.*|ask.*|warn.*|told|tell.*|blam.*|thank.*|pressur.*|critici.*|condemn.*|inform.*"
    r"|sanction.*|prais.*|remind.*|anger.*|irritat.*|infuriat.*|provok.*|alienat.*|embarrass.*|to|with|on|from|at|of|for"
)
_PLACED = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|from|outside|off|around|into|across|through|inside|at|via|over|reach|reached|left|entered|leave|visit"
    r"|visited|toward|towards|for|of|to|beyond|within|under|between|and in|downtown|central|greater)"
    r"\s(?:the |downtown |central |nearby |both )?(?:[A-Z][\w’'-]*,? (?:[A-Z][\w’'-]* )?(?:and|or) )?\Z",
)
# The commonest of these decide at once, before anything is searched.
_WHERE = frozenset(
    "in near into outside inside across through via around off reached left entered downtown central".split()
)
_JOINED = re.compile(r",?\s(?:and|or|nor)\s[A-Z][\w’'-]*(?:\s(?:al-)?[A-Z][\w’'-]*)?(?=\s)")
_HEADED = re.compile(r",\s[A-Z][\w’'-]*(?=\s)")  # 'Paris, Berlin agree', as headlines join two
_PAIRED = re.compile(r"(?:(?:\A|\n)[A-Z][\w’'-]*,|[A-Z][\w’'-]* and)\s\Z")
_ASIDE = re.compile(r",\s(?:for its part|meanwhile|however|in turn|which)(?:,)?(?=\s)")
_WORDS = re.compile(r"[\w’'-]+")


def stands_for_government(text: str, start: int, end: int) -> bool:
    """Whether the name of a seat of government at [start, end) acts, is addressed or owns as its government does."""
    before, after = text[max(0, start - 48) : start], text[end : end + 80]
    if after[:1] == "-":
        return bool(_LINKED.match(after))
    if after[:1] in ("'", "’"):
        return bool(_OWNED.match(after))
    last = before.replace("\n", " ").rpartition(" ")[0].rpartition(" ")[2].lower()
    if last in _WHERE:
        return False
    if ("between" in before.lower() and _BETWEEN.search(before)) or (
        (before[-1:] == "-" or _may_address(last)) and _ADDRESSED.search(before)
    ):
        return True
    if after.startswith(" to ") and _BIDDEN.search(before):
        return True
    if after.startswith((" over ", " for ")) and _CHIDED.search(before):
        return True
    if _BID.match(after) and _TURNED_DOWN.search(before):
        return True
    if _PLACED.search(before):
        return False
    joined = _JOINED.match(after) or (_HEADED.match(after) if before[-1:] in ("", "\n") else None)
    if aside := _ASIDE.match(after) or joined:
        after = after[aside.end() :]
    return after[:1] == " " and _acts(after, joined is not None or _PAIRED.search(before) is not None)


def _acts(after: str, are_many: bool) -> bool:
    """Whether what follows the name is a verb of governments, helpers and adverbs passed over.

    Where one acts alone the verb has an ending; `are_many` says that two do.
    """
    words = _WORDS.findall(re.split(r"[.,;:]", after, maxsplit=1)[0].replace("’", "'"))[:7]
    is_helped = is_passive = False
    for word in words:
        if word in _HELPERS:
            is_helped = True
        elif word == "been":
            is_passive = True
        elif word.lower() in _PASSED_OVER or (word.endswith("ly") and word != "rely") or word in _AUXILIARIES:
            continue
        elif is_passive:
            return word in _PASSIVE
        elif is_helped:
            return word.islower() and word.isalpha() and word not in _TOWNS_WILL and not _is_small(word)
        else:
            is_done_to = words[-1] != word and words[words.index(word) + 1] == "by"  # 'Beirut struck by a storm'
            return not is_done_to and (_is_act(word, are_many) or (word in _MOODS and words[0] in _AUXILIARIES))
    return False


def _is_small(word: str) -> bool:
    return word in {"the", "a", "an", "and", "of", "in", "for", "at", "from", "its"}


@lru_cache(maxsize=10_000)
def _may_address(last: str) -> bool:
    return _MAY_ADDRESS.fullmatch(last) is not None


@lru_cache(maxsize=10_000)
def _is_act(word: str, are_many: bool) -> bool:
    endings = _ENDINGS if are_many or word in _PASTS else _ENDED
    return any(word.endswith(ending) and word[: len(word) - len(ending)] in _STEMS for ending in endings)
