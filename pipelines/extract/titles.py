"""The role a person wears in the text, before or after the name, and what it tells of being a man or a woman.

'Turkish President X' and 'X, the Turkish president,' both give 'President' as it is written; nationality,
organisation and 'former' are left out, and so are Mr, Mrs and Dr. Whose role it is, `people.py` decides.
"""

import re
from functools import lru_cache

from pipelines.lookups.lists import Lookups

_WINDOW = 90  # characters on either side; a longer apposition is rarely a title alone
_WORD = re.compile(r"[^\s,;:()]+")
_COURTESY = frozenset(
    "mr mr. mrs mrs. ms ms. miss mx dr dr. doctor sir lord lady dame madam señor señora monsieur madame".split()
)
_KIN = frozenset(
    "wife husband son daughter brother sister father mother uncle aunt cousin nephew niece widow widower "
    "grandson granddaughter grandfather grandmother twin sibling spouse partner stepson stepdaughter".split()
)
# Callings that say what someone went through or what others call them, and no role.
_NO_ROLE = _KIN | frozenset("named called counterpart colleague victim suspect witness resident survivor".split())
_MALE = frozenset(
    "mr mr. sir lord king prince sultan emir pope imam chairman spokesman congressman businessman husband son "
    "brother grandson grandfather father uncle nephew widower actor monsieur señor he him his himself".split()
)
_FEMALE = frozenset(
    "mrs mrs. ms ms. miss lady dame baroness queen princess chairwoman spokeswoman congresswoman "
    "businesswoman wife granddaughter grandmother daughter sister mother aunt niece widow actress madame "
    "señora she her hers herself".split()
)
# The first word or words of a role of several: 'deputy mayor', 'brigadier general', 'squadron leader'.
_BEFORE_NOUN = frozenset(
    "acting interim deputy vice prime crown grand chief first attorney assistant supreme outgoing caretaker "
    "police lieutenant brigadier major rear managing executive press field lt. lt maj. maj brig. brig gen. "
    "secretary party opposition special high lord solicitor wing squadron flight group staff air team state "
    "district county town city national presidential prime-ministerial head lead general".split()
)
# Roles beside those in names.yaml, whose lists also steer the recognition by rules and so hold fewer.
_MORE_NOUNS = frozenset(
    "marshal treasurer provost rector dean principal midwife nurse surgeon physicist biologist chemist "
    "geologist seismologist meteorologist epidemiologist archaeologist novelist composer conductor curator "
    "archbishop abbot chairperson ombudsman registrar lawmaker legislator councillor councilor alderman "
    "premier chieftain president-elect co-founder cofounder councilwoman councilman midfielder winger skipper "
    "referee jockey cyclist boxer astronaut spokesman detective superintendent constable warden ranger "
    "coroner commodore marshall brigadier corporal private leader chief boss owner ceo cfo coo cto chair mp "
    "mep laureate nominee spokesperson mullah maulana swami lama datuk dato tun emperor empress duke duchess "
    "countess baron earl tsar shah mufti patriarch rapporteur comptroller editor-in-chief commander-in-chief "
    "co-chair co-leader vice-chair".split()
)
_ARTICLES = frozenset("the a an its his her their our this that".split())
_CUT = re.compile(r"[,.;:()\n—–\"”]|\b(?:at|in|who|to|from|whose|and|said|with|on|by|since|was|is|has)\b|’s |'s ")
_OF = re.compile(r" (?:of|for) ")
_KIN_AFTER = re.compile(r", (?:his|her|their|whose|the \w+['’]s) (?:[a-z-]+ )?([a-z]+)\b")
_PRONOUN = re.compile(r"\b(he|him|his|himself|she|her|hers|herself)\b")
_NOT_FIRST = frozenset({"of", "for", "and", "the", "to", "in", "at", "under"})
_SERVICES = frozenset({"army", "navy", "force", "marine", "marines"})  # organisations, though words of ranks elsewhere
_OF_BODIES = frozenset("mp leader chief lawmaker senator candidate spokesman spokeswoman spokesperson chair".split())
_ORDERS = frozenset({"Father", "Sister", "Brother"})  # with a capital straight before the name: of the church
_ABBREVIATED = frozenset("mp mep ceo cfo coo cto".split())
_SHORT = 3  # letters of a role that may be an abbreviation where it stands in capitals
_PARTS = re.compile(r"[^\s-]+")
_EX = re.compile("^ex-", re.IGNORECASE)
# Lower-case words for what people do are too many to list; these endings make most of them ('baker', 'fisherman').
_AGENT = re.compile(r"^[a-z-]{2,}(?:er|or|ist|ian|man|woman|smith|wright|eer)$")
_NO_AGENT = _NO_ROLE | frozenset(
    "after under over her never ever other another however whether nor later earlier rather together per "
    "former older younger elder either neither further near other's another's prior minor major senior junior "
    "better longer order number offer letter corner river water winter summer october power matter paper "
    "wonder bigger smaller greater larger lower higher upper inner outer member door floor error for or "
    "consider remember man woman human german roman million superior interior terror favor favour honor "
    "honour labor list exist resist insist assist persist via than then".split()
)
_OFFICES = frozenset("minister secretary commissioner undersecretary".split())


class Titles:
    """The words of roles, from the lists."""

    def __init__(self, lookups: Lookups) -> None:
        listed = {phrase.casefold(): known.name for phrase, known in lookups.known.items() if known.type == "title"}
        self.listed = {phrase: name for phrase, name in listed.items() if phrase not in _COURTESY}
        self.words = frozenset(word for phrase in listed for word in phrase.split()) | _COURTESY
        nouns = {phrase.rpartition(" ")[2] for phrase in self.listed}
        self.nouns = (nouns | lookups.callings | _MORE_NOUNS) - _NO_ROLE - _COURTESY
        self.peoples = frozenset(phrase for phrase, known in lookups.known.items() if known.type == "nationality")
        self.topics = lookups.topics
        inner = {word for phrase in self.listed for word in phrase.split()[:-1]}
        self.inner = frozenset(inner) | {topic.casefold() for topic in lookups.topics} | _BEFORE_NOUN

    def leading(self, surface: str) -> int:
        """How many characters at the start of a recognised person are titles: 10 of 'President Milos Varga'."""
        found = list(_WORD.finditer(surface))
        at = 0
        for i, match in enumerate(found[:-1]):
            word = match[0].casefold()
            phrase = " ".join(other[0] for other in found[: i + 1]).casefold()
            if match[0] in self.peoples:
                continue
            if word not in self.words and phrase not in self.listed:
                break
            rest = phrase.rpartition(" ")[2]
            if rest in self.nouns or word in _COURTESY or phrase in self.listed or word in self.listed:
                at = found[i + 1].start()
        return at

    def before(self, text: str, start: int) -> str | None:
        """The role that ends straight before an offset, or before ', ' where an article leads it."""
        window = text[max(0, start - _WINDOW) : start]
        if not window.endswith((" ", "\n")) or "\n\n" in window[-3:]:
            return None
        window = window.rstrip("\n ")
        in_commas = window.endswith(",")
        found = window.removesuffix(",").split()
        if len(found) > 1 and len(window) >= _WINDOW - 2:
            del found[0]  # cut in two
        role: list[str] = []
        while found and self._belongs(found[-1], not role):
            role.insert(0, found.pop())
        if not role and (office := self._office_of(found)):
            return office
        if role and in_commas and not any(_leads(word) for word in found[-4:]):
            return None
        return self._tidy(role)

    def _office_of(self, found: list[str]) -> str | None:
        """'Minister of Finance' at the end of these words: an office with what it is for."""
        for at in range(len(found) - 2, max(0, len(found) - 6), -1):
            if found[at] in ("of", "for"):
                office, rest = found[at - 1].casefold(), " ".join(found[at + 1 :])
                is_office = office in _OFFICES or (office == "chief" and rest.casefold() in ("staff", "police"))
                return f"{found[at - 1]} {found[at]} {rest}" if is_office else None
            if found[at + 1].casefold() not in self.inner and found[at + 1] not in ("and", "the", "staff", "Staff"):
                return None
        return None

    def after(self, text: str, end: int) -> str | None:
        """The role in an apposition straight after an offset: ', the Hezbollah leader,' gives 'leader'."""
        if text[end : end + 2] not in (", ", " ("):
            return None
        rest = text[end + 2 : end + 2 + _WINDOW]
        for opening in ("who is ", "who was ", "then "):
            rest = rest.removeprefix(opening)
        cut = _CUT.search(rest)
        while cut and cut[0].strip() in ("'s", "’s"):
            rest = rest[cut.end() :]
            cut = _CUT.search(rest)
        if cut and cut[0] == "." and rest[: cut.end()].rpartition(" ")[2].casefold() in self.words:
            return None
        phrase = (rest[: cut.start()] if cut else rest).strip()
        if office := self._office_of(phrase.split()):
            return office
        found = _OF.split(phrase)[0].split()
        role: list[str] = []
        while found and self._belongs(found[-1], not role):
            role.insert(0, found.pop())
        return self._tidy(role)

    def rank(self, role: str) -> str:
        """The role under which the lists have it, so that 'Gen.' and 'General' agree; else its last word."""
        role = role.casefold()
        return self.listed.get(role) or self.listed.get(role.rpartition(" ")[2]) or role.rpartition(" ")[2]

    def gender_before(self, text: str, start: int) -> str | None:
        """'m' or 'f' by the words straight before: 'Mrs', 'King', 'her husband,'."""
        found = text[max(0, start - 24) : start].rstrip(" ,").split()
        return gender_of(found[-1]) if found else None

    def is_kin(self, text: str, start: int, end: int) -> bool:
        """Whether someone is introduced by whose kin they are: 'his widow, X', 'X, her brother'."""
        before = text[max(0, start - 24) : start].rstrip(" ,").rpartition(" ")[2].casefold()
        after = _KIN_AFTER.match(text, end)
        return before in _KIN or (after is not None and after[1] in _KIN)

    def gender_after(self, text: str, end: int) -> str | None:
        """'m' or 'f' by ', his sister', else by the first pronoun of the sentence, within 80 characters: weak."""
        if (kin := _KIN_AFTER.match(text, end)) and kin[1] in _KIN:
            return gender_of(kin[1])
        rest = text[end : end + 80]
        stop = re.search(r"[.!?\n]", rest)
        match = _PRONOUN.search(rest, 0, stop.start() if stop else len(rest))
        return gender_of(match[0]) if match else None

    def _belongs(self, word: str, is_last: bool) -> bool:
        if is_last and word in _ORDERS:
            return True
        plain = word.strip("\"“'‘").casefold().removeprefix("ex-")
        if is_last and plain == word and _AGENT.search(word) and word not in _NO_AGENT:
            return True
        return plain in self.nouns if is_last else plain in self.nouns or plain in self.inner

    def _is_body(self, role: list[str]) -> bool:
        """Whether a role's first word is whom it is in: the Army, or Labour for its leader but not its minister."""
        if len(role) < 2 or " ".join(role).casefold() in self.listed:
            return False
        return role[0].casefold() in _SERVICES or (role[-1].casefold() in _OF_BODIES and role[0] in self.topics)

    def _tidy(self, role: list[str]) -> str | None:
        """The words of a role with a doubled one once, less what is no role ('the police said' has none)."""
        role = [_EX.sub("", word.strip("\"“'‘")) for word in role]
        while role and (role[0] in _NOT_FIRST or self._is_body(role)):
            del role[0]  # 'on behalf of President X', 'Army Gen. X'; inside, as in 'Secretary of State', it belongs
        kept = [word for i, word in enumerate(role) if not i or word.casefold() != role[i - 1].casefold()]
        return " ".join(kept) or None


def gender_of(word: str) -> str | None:
    """'m' or 'f' for a title, kin word or pronoun that tells."""
    word = word.casefold()
    return "m" if word in _MALE else "f" if word in _FEMALE else None


def _leads(word: str) -> bool:
    return word.casefold() in _ARTICLES or word.endswith(("'s", "’s", "s'", "s’"))


@lru_cache(maxsize=10_000)
def in_one_case(role: str) -> str:
    """The role as an alias, however a text writes it: 'Prime Minister', 'Secretary of State', 'Vice-President'."""
    plain = role.casefold() if role.isupper() and len(role) > _SHORT else role
    return _PARTS.sub(lambda part: _capitalised(part[0], part.start() == 0), plain)


def _capitalised(word: str, is_first: bool) -> str:
    if word.casefold() in _ABBREVIATED:
        return word.upper()
    if word.casefold() in _NOT_FIRST and not is_first:
        return word.casefold()
    return word[:1].upper() + word[1:]


@lru_cache(maxsize=2)
def titles(lookups: Lookups) -> Titles:
    """The titles of one set of lists."""
    return Titles(lookups)
