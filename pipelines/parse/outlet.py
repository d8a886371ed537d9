"""Whose article it is: by the page's address, a domain among the furniture, the folder, a name, in this order of trust.

An outlet that the lookup knows by its domain, folder or name has its name and id there; another one is named after
the folder it came in, or after its domain.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from pipelines.parse.profile import Profile
from pipelines.records import Outlet

_DOMAIN = re.compile(r"(?:https?://|www\.)(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)
_BARE = re.compile(r"[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,4}")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s©(c)]{0,12}(?:\d{4}(?:\s?-\s?\d{4})?)?\s*(?:by )?(?P<name>[^.,|]{3,50})", re.IGNORECASE
)

_LONGEST, _HEAD = 120, 1000


def domain_of(text: str) -> str | None:
    """The web domain in the text, lower-cased, without 'www.': of an address, or of a bare one that is all the text."""
    if " " in text or "." not in text:
        return None
    match = _DOMAIN.match(text)
    if match:
        return match[1].lower()
    return text.lower() if len(text) < _LONGEST and _BARE.fullmatch(text.lower()) else None


def find_outlet(
    profile: Profile, url: str | None, furniture: Iterable[str], hint: str | None, name: str | None
) -> Outlet:
    """The outlet of an article with this page address, furniture lines, folder and name given by the page."""
    lines = list(furniture)
    domains = [own] if url and (own := domain_of(url)) and not _is_elsewhere(own, profile) else []
    domains += [found for line in lines if (found := domain_of(line)) and not _is_elsewhere(found, profile)]
    for domain in domains:
        known = profile.by_domain.get(domain) or profile.by_domain.get(".".join(domain.split(".")[-2:]))
        if known:
            return known._replace(domain=domain)
    seen = domains[0] if domains else None
    if hint and (known := profile.by_hint.get(hint.lower())):
        return known._replace(domain=seen)
    if hint:
        return _of_folder(hint, seen)
    if name:
        known = profile.by_name.get(name.lower())
        return known._replace(domain=seen) if known else Outlet(slug(name), name, seen, None, is_agency=False)
    if seen:
        return Outlet(slug(seen), seen, seen, None, is_agency=False)
    for line in lines:
        match = _COPYRIGHT.match(line)
        if known := profile.by_name.get((match["name"] if match else line).strip().lower()):
            return known
    return Outlet("unknown", "Unknown", None, None, is_agency=False)


def tells_outlet(line: str) -> bool:
    """Whether a line of furniture can name the outlet: an address alone ('Read more at www…' is of whoever is quoted),
    a name, a copyright."""
    return len(line) <= _LONGEST and (" " not in line or line[:1] in "©(cC" or line.istitle() or line.isupper())


def first_address(text: str) -> str | None:
    """The address on a line of its own among the first lines of the text."""
    if "://" not in text[:_HEAD]:
        return None
    for line in text[:_HEAD].lstrip().split("\n", 4)[:4]:
        line = line.strip()
        if line.startswith(("http://", "https://")) and " " not in line:
            return line
    return None


def _is_elsewhere(domain: str, profile: Profile) -> bool:
    return domain in profile.elsewhere or ".".join(domain.split(".")[-2:]) in profile.elsewhere


@lru_cache(maxsize=4096)
def _of_folder(hint: str, domain: str | None) -> Outlet:
    return Outlet(slug(hint), hint.replace("-", " ").replace("_", " ").title(), domain, None, is_agency=False)


def slug(name: str) -> str:
    """The name in lower case with hyphens between its words."""
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-") or "unknown"
