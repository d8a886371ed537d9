"""What an expression of time looks like: the pieces, and the kinds that are put together from them.

Only form is here. Whether a 'May' or a '1945' is a time at all is judged from its neighbours in `dates.py`; what it
comes to is worked out in `resolve.py`.
"""

# Each begins with a plain set of letters, here and in every alternative below: the engine then refuses most
# words at their first letter.
_MONTH = (
    r"[JFMASOND](?:(?<=J)(?:anuary|une|uly)|(?<=F)ebruary|(?<=M)(?:arch|ay)|(?<=A)(?:pril|ugust)|(?<=S)eptember"
    r"|(?<=O)ctober|(?<=N)ovember|(?<=D)ecember)\b"
)
_SHORT = (
    r"[JFMASOND](?:(?<=J)(?:an|un|ul)|(?<=F)eb|(?<=M)ar|(?<=A)(?:pr|ug)|(?<=S)ept?|(?<=O)ct|(?<=N)ov|(?<=D)ec)"
    r"\b\.?"
)
_NAMED = rf"(?:{_MONTH}|{_SHORT})"
_WEEKDAY = r"[MTWFS](?:on|ues|ednes|hurs|ri|atur|un)day\b"
_SHORT_WEEKDAY = r"[MTWFS](?:on|ues?|ed|hu(?:rs?)?|ri|at|un)\b\.?"
_HOURS = r"(?:morning|afternoon|evening|night|noon|midday|midnight|lunchtime)\b"

# What is counted by a number that could be a year or a day: '2000 people', 'in March 12 soldiers died'.
COUNTED = (
    r"\s(?:people|men|women|children|others|soldiers|troops|civilians|workers|police|votes|jobs|homes|houses|seats"
    r"|rooms|sheep|cattle|copies|pages|words|times|points|dollars|euros|pounds|percent|per|million|billion|metres?"
    r"|meters?|feet|miles?|km|kg|kilometres?|kilometers?|tonnes?|tons?|litres?|acres?|hectares?|hours|GMT|UTC|BCE?)\b|-[a-z]"
)

_TO = r"(?:\s?[-–]\s?|\s(?:to|until|till|through)\s(?:the\s)?)"
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_SPAN = rf"{_DAY}(?:{_TO}{_DAY})?"
_NO_DAY_AFTER = rf"(?![\w:%]|[.,]\d|{COUNTED})"
_YEAR = r"[12]\d\d\d(?![\w%]|[.,:/-]\d)"
_YEARS = r"[12]\d\d\d[-–/]\d\d(?![\w%]|[.,:/–-]\d)"
_A_YEAR = r"(?:this|last|next)\syear\b"
_SOME_YEAR = rf"(?:{_YEAR}|{_A_YEAR})"
_OF_YEAR = rf"(?:,?\s{_YEAR}|\s(?:of\s)?{_SOME_YEAR})?"
_MONTH_DAY = rf"\s(?:the\s)?{_SPAN}{_NO_DAY_AFTER}{_OF_YEAR}"
_DAY_MONTH = rf"{_SPAN}\s(?:of\s)?{_NAMED}{_OF_YEAR}"
_DATE = rf"(?:{_NAMED}{_MONTH_DAY}|{_DAY_MONTH})"

_COUNT = r"(?:[aA]\s(?:couple\sof|dozen|hundred)|[aotfsenAOTFSEN1-9][a-z\d]{0,8}(?:-[a-z]{3,5})?)"
_UNIT = r"(?:hour|day|week|fortnight|month|quarter|year|decade)s?\b"
_ORDINAL = r"[lLfFsSt](?:ast|irst|inal|econd|hird|ourth)"
_SPELT_DAY = r"[efnst][a-z]{2,8}(?:-[a-z]{2,5})?(?:st|nd|rd|th)"
_CENTURY = r"(?:1?\d(?:st|nd|rd|th)|2[0-2](?:st|nd|th)|[efnst][a-z]{2,7}(?:-fir)?(?:st|th))[\s-]century\b(?!\sBC)"
_DECADE = r"[12]\d\d0s\b"
_SEASON = r"(?:[sS](?:ummer|pring)|[aA]utumn|[wW]inter|[fF]all)"
_OF_SEASON = rf"{_SEASON}\s(?:(?:of\s)?(?:{_YEARS}|{_YEAR})|(?<!all\s)(?:of\s)?{_A_YEAR}|(?<=all\s)of\s{_A_YEAR})"
_STEP = r"(?:[tT]his\s(?=past|coming))?[lLnNtTpPc](?:ast|ext|his|revious|oming|urrent)"
_BASE = (
    rf"(?:(?:this|last|next|the)\s(?:week|month|year|quarter|decade)\b|{_NAMED}{_OF_YEAR}|{_YEAR}"
    rf"|(?:the\s)?(?:{_CENTURY}|{_DECADE}|{_OF_SEASON}))"
)

# (kind, pattern): the first that matches counts.
KINDS = (
    ("weekday", rf"(?:{_STEP}\s)?{_WEEKDAY},?\s(?:the\s)?{_DATE}"),
    ("weekday", rf"{_WEEKDAY}(?:\s{_HOURS})?(?:\s(?:of\s)?(?:this|last|next)\sweek\b)?"),
    ("weekday", rf"{_SHORT_WEEKDAY},?\s{_DATE}"),
    ("month_day", rf"(?<=etween\s){_NAMED}\s{_DAY}\sand\s{_DAY}(?!\s{_NAMED}){_NO_DAY_AFTER}{_OF_YEAR}"),
    ("month_day", rf"{_MONTH}{_MONTH_DAY}"),
    ("month_day", rf"{_SHORT}{_MONTH_DAY}"),
    ("month", rf"{_MONTH}{_OF_YEAR}"),
    ("month", rf"{_SHORT}\s{_YEAR}"),
    ("day_month", _DAY_MONTH),
    ("day_month", rf"(?<=etween\s){_DAY}\sand\s{_DAY}\s{_NAMED}{_OF_YEAR}"),
    ("day_month", rf"[0-3]?\d-{_NAMED}-[12]\d\d\d(?!\w)"),
    ("spelt_day", rf"(?<=the\s){_SPELT_DAY}\sof\s{_MONTH}{_OF_YEAR}"),
    ("day_of", rf"{_DAY}\sof\s(?:this|last|next)\smonth\b"),
    ("iso", r"[12]\d\d\d(?:-[01]\d-|/[01]\d/|\.[01]\d\.)[0-3]\d(?!\w)"),
    ("numeric", r"[0-3]?\d(?:/[0-3]?\d/|-[0-3]?\d-)[12]\d\d\d(?!\w)"),
    ("dotted", r"[0-3]?\d\.[01]?\d\.[12]\d\d\d(?!\w)"),
    ("years", rf"[12]\d\d\d{_TO}{_YEAR}|(?<=etween\s)[12]\d\d\d\sand\s{_YEAR}|{_YEARS}"),
    ("decade", _DECADE),
    ("century", _CENTURY),
    ("year", rf"(?:year\s)?{_YEAR}"),
    ("quarter", rf"Q[1-4]\s(?:of\s)?{_SOME_YEAR}"),
    ("quarter", rf"{_ORDINAL}[\s-]quarter\s(?:of\s)?(?:{_SOME_YEAR}|the\syear\b)"),
    ("half", rf"{_ORDINAL}\shalf\sof\s{_BASE}"),
    ("edge", rf"{_ORDINAL}\s(?:{_COUNT}\s)?{_UNIT}\s(?:of|in)\s{_BASE}"),
    ("nth", rf"{_ORDINAL}\s(?:{_WEEKDAY}|weekend)\s(?:of|in)\s(?!the\s){_BASE}"),
    ("part", rf"[eEmMl](?:arly|id|ate)(?:\sin\s|\s|-){_BASE}"),
    ("part", rf"[eEmMlLbBs](?:nd|iddle|eginning|tart|ate|arly)\s(?:of|in)\s{_BASE}"),
    ("season", _OF_SEASON),
    ("near", rf"[yY]esterday\b(?:\s{_HOURS})?"),
    ("near", rf"[tT](?:omorrow\b(?:\s{_HOURS})?|(?:oday|onight)\b)"),
    ("near", rf"[lLtT](?:ast\s(?:night|evening)\b|his\s{_HOURS})"),
    ("near", r"[dDn](?:ay\s(?:before\syesterday|after\stomorrow)|ight\sbefore\slast)\b"),
    (
        "relative",
        rf"{_STEP}\s(?:(?:week|fortnight|month|quarter|year|decade|century)\b(?!\sof\b)|weekend\b|{_SEASON}\b)",
    ),
    ("relative", rf"{_STEP}\s(?:{_MONTH}|{_WEEKDAY}(?:\s{_HOURS})?)"),
    ("relative", r"(?:week(?:end)?|month|year)\s(?:before\slast|after\snext)\b"),
    ("window", rf"{_STEP}\s{_COUNT}\s{_UNIT}(?!\sof\b)"),
    ("ago", rf"{_COUNT}\s{_UNIT}\s(?:ago|from\s(?:now|today))\b"),
    ("within", rf"(?<=[iI]n\s){_COUNT}\s{_UNIT}(?:['’]s?\stime\b)?"),
    ("week_of", rf"week\sof\s(?:{_NAMED}\s{_DAY}{_NO_DAY_AFTER}|{_DAY}\s{_NAMED}){_OF_YEAR}"),
    ("weekend", r"weekend\b"),
)
# The first letters of all of them. It changes nothing but the time, which it halves; a new kind must pass it, too. Each
# branch begins with one letter, since the engine passes over such a branch fastest.
GATE = (
    r"(?=[0-9]|an? [hdwmqyfc]|autum|beg|c(?:omi|urr)|day [ab]|e(?:ar|nd |igh|leve)"
    r"|f(?:i(?:[frv]|nal )|our|ort|all)|la[st]|m(?:id|onth [ab])|n(?:ex|i[gn])|one |p(?:ast|rev)"
    r"|s(?:eco|eve|ix|um|pr|tar)|t(?:o[dmn]|h(?:i[rs]|re)|w[eo]|en )|w(?:in|eek)|ye[as]"
    r"|A(?:pr|ug|utum|n? [hdwmqyfc])|Beg|C(?:omi|urr)|D(?:ec|ay )|E(?:ar|nd |igh|leve)"
    r"|F(?:eb|ri|i(?:[frv]|nal )|our|ort|all)|J(?:an|u[nl])|La[st]|M(?:a(?:r[c .]|y\b)|id|on(?:day|\b))"
    r"|N(?:ov|ex|i[gn])|O(?:ct|ne )|P(?:ast|rev)|Q[1-4]|S(?:at|ep|un|eco|eve|ix|um|pr)"
    r"|T(?:hu|ue|o[dmn]|hi[rs]|hre|w[eo]|en )|W(?:ed|in|eek)|Ye[as])"
)
# What joins two expressions to one, and those kinds that can be joined.
JOINT = rf"{_TO}|\sand\s(?:the\s)?"
JOINED = frozenset("weekday month_day day_month month year decade near relative quarter iso numeric dotted".split())
