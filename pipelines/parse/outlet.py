"""Whose article it is: by the address of the page, a domain among the furniture, the folder, in this order of trust.

An outlet that the lookup knows by its domain or folder has its name and id there; another one is named after the
folder it came in, or after its domain.
"""

import re

from pipelines.parse.profile import Profile
from pipelines.records import Outlet

_DOMAIN = re.compile(r"(?:https?://|\bwww\.)(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)


def domain_of(text: str) -> str | None:
    """The first web domain in the text, lower-cased, without 'www.'."""
    match = _DOMAIN.search(text)
    return match[1].lower() if match else None


def find_outlet(profile: Profile, url: str | None, furniture: list[str], hint: str | None, name: str | None) -> Outlet:
    """The outlet of an article with this page address, furniture lines, folder and name given by the page."""
    domains = [found for line in [url or "", *furniture] if (found := domain_of(line))]
    for domain in domains:
        known = profile.by_domain.get(domain) or profile.by_domain.get(".".join(domain.split(".")[-2:]))
        if known:
            return known._replace(domain=domain)
    seen = domains[0] if domains else None
    if hint and (known := profile.by_hint.get(hint.lower())):
        return known._replace(domain=seen)
    if hint:
        return Outlet(slug(hint), hint.replace("-", " ").replace("_", " ").title(), seen, None, is_agency=False)
    if name:
        return Outlet(slug(name), name, seen, None, is_agency=False)
    if seen:
        return Outlet(slug(seen), seen, seen, None, is_agency=False)
    return Outlet("unknown", "Unknown", None, None, is_agency=False)


def slug(name: str) -> str:
    """The name in lower case with hyphens between its words."""
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-") or "unknown"
