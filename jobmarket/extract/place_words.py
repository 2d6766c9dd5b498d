"""Words around place names in location fields that are not part of the names."""

from __future__ import annotations

# These separate unrelated places.
STRONG_WORDS = frozenset(("or", "and", "oder", "und", "ou", "et", "o", "plus", "sowie", "either", "y", "och", "of"))
STRONG_MARKS = frozenset(";|•·\n\r+&●▪◦‣→⋅!?=*")

# What follows one of these stands on its own: "office in Toronto", "Remote from Spain", "based near Paris".
PREPOSITIONS = frozenset(
    ("in", "at", "near", "from", "within", "across", "around", "throughout", "aus", "bei", "nahe", "à", "au")
    + ("aux", "en", "dans", "depuis", "près", "inside", "im", "into", "to", "nach", "for", "by", "on", "via", "auf")
)

REMOTE = frozenset(
    ("remote", "remotely", "remoto", "remota", "télétravail", "teletravail", "homeoffice", "wfh", "fernarbeit")
    + ("distributed", "virtual", "telecommute", "telework", "teleworking", "distanciel", "remotework", "heimarbeit")
    + ("ortsunabhängig", "distans", "zdalnie", "zdalna", "teletrabajo")
)

# Words in the position of a place that say nothing about where it is.
NOISE = frozenset(
    ("hq", "headquarters", "headquarter", "hqs", "office", "offices", "büro", "buero", "bureau", "bureaux")
    + ("siège", "hybrid", "hybride", "hybrides", "onsite", "on", "site", "on-site", "inperson", "in-person")
    + ("person", "vor", "ort", "sur", "presencial", "inoffice", "in-office", "präsenz", "standort", "standorte")
    + ("lieu", "area", "areas", "metro", "metropolitan", "region", "greater", "großraum", "raum", "umgebung")
    + ("surroundings", "city", "county", "district", "state", "province", "town", "ville", "stadt", "center")
    + ("centre", "central", "downtown", "midtown", "suburbs", "north", "south", "east", "west", "northern")
    + ("southern", "eastern", "western", "süd", "nord", "ost", "sud", "est", "ouest", "coast", "country")
    + ("countries", "land", "states", "the", "a", "an", "our", "any", "all", "other", "der", "die", "das", "la")
    + ("le", "les", "de", "du", "des", "only", "preferred", "preferably", "based", "first", "friendly", "optional")
    + ("possible", "ok", "okay", "allowed", "considered", "accepted", "available", "eligible", "flexible", "flex")
    + ("fully", "full", "partly", "partially", "partial", "mostly", "primarily", "mainly", "open", "opening")
    + ("ideally", "also", "but", "not", "no", "with", "position", "role", "job", "jobs", "work", "working", "worker")
    + ("workers", "from", "home", "location", "where", "locations", "located", "location:", "based:", "hub", "hubs")
    + ("campus", "team", "field", "travel", "required", "day", "days", "week", "weeks", "month", "per", "x", "wk")
    + ("d", "mo", "year", "hrs", "hr", "if", "you", "live", "time", "fulltime", "part", "contract", "permanent")
    + ("employees", "employee", "timezone", "timezones", "zone", "zones", "multiple", "various", "several")
    + ("different", "some", "many", "more", "one", "two", "three", "four", "five", "co", "inclusive", "including")
    + ("incl", "e.g", "eg", "ie", "i.e", "etc", "tbd", "n/a", "na", "none", "unlimited", "unrestricted")
    + ("everywhere", "nationwide", "national", "candidates", "applicants", "residents", "citizens", "users")
    + ("between", "both", "up", "within", "close", "commutable", "commute", "distance", "ab", "bis", "100%")
    + ("arbeiten", "mobiles", "mobile", "homeoffice", "möglich", "this", "is", "are", "m", "f")
    + ("w", "div", "gn", "genders", "us-based", "hiring", "relocation", "onsite/hybrid", "s", "then", "strong")
    + ("university", "college", "school", "institute", "hospital", "laboratory", "cbd")
    + ("overlap", "international", "daily", "occasional", "occasionally", "rest", "elsewhere", "depending")
)

# Directly before a place, these exclude it: "Remote (no US)", "excluding California", "but not in Quebec". "Outside
# London" is near it.
EXCLUDING = frozenset(("no", "not", "non", "excluding", "excl", "except", "hors", "sauf", "außer", "ohne"))

# Directly before one of these, a place refers to a clock: "US time zones".
CLOCK = frozenset(("time", "timezone", "timezones", "hours", "tz", "time-zone", "business"))

# Words showing that a part of a forum post's header is about something else.
NO_PLACE = frozenset(
    ("citizenship", "citizen", "citizens", "authorization", "authorisation", "visa", "visas", "sponsorship")
    + ("clearance", "salary", "equity", "legal", "dollars", "usd", "eur", "gbp", "stack", "series", "yc")
    + ("funded", "backed")
)

# Names of small places that are mostly ordinary words in a header line.
WORDS_NOT_PLACES = frozenset(
    ("mobile", "reading", "nice", "enterprise", "split", "most", "deal", "orange", "ruby", "rust", "ray", "spark")
    + ("salem", "angular", "data", "java", "bath", "tours", "commerce", "industry", "union", "liberty", "engineer")
    + ("science", "research", "senior", "junior", "staff", "lead", "principal", "design", "designer", "product")
    + ("sales", "marketing", "security", "platform", "cloud", "backend", "frontend", "web", "full", "stack")
    + ("software", "growth", "founding", "manager", "head", "operations", "go", "swift", "kotlin", "scala", "python")
    + ("react", "native", "node", "linux", "unity", "server", "vision", "energy", "health", "media", "games")
    + ("finance", "bank", "star", "sun", "apollo", "atlas", "mission", "phoenix framework", "hope", "bliss")
    + ("paradise", "battle", "normal", "start", "home", "early", "open", "remote", "hybrid", "van", "man", "bar")
    + ("best", "male", "same", "ford", "opportunity", "college", "university", "page", "post", "success", "progress")
    + ("cash", "bonus", "roma", "delta", "eden", "gap", "buy", "sale", "as", "of", "us", "it", "an", "is", "be")
    + ("do", "so", "no", "to", "me", "my", "he", "or", "by", "up", "see", "dot", "point", "rate", "this", "many")
    + ("independence", "globe", "central", "why", "what", "how", "who", "street", "mentor", "corona", "carbon")
    + ("granite", "metro", "crystal", "sunrise", "surprise", "summit", "social circle", "ota")
)

# In a header line, capitals are mostly a trade ("ML", "SWE"). These are read as places anyway …
CLEAR_CODES = frozenset(
    ("US", "USA", "UK", "EU", "NZ", "NY", "NYC", "DC", "LA", "SF", "SJ", "UAE", "CAN", "AUS", "GER", "DEU")
    + ("GBR", "IND")
)
# … and these not even after "remote".
CODES_OF_TRADE = frozenset(
    ("AI", "ML", "QA", "IT", "BI", "PM", "AM", "IO", "CS", "PR", "TS", "AR", "PS", "ME", "MD", "SE", "SWE", "PT")
    + ("ET", "CT", "MT")
)

# These codes are also read in lower case if the whole field is in lower case.
CODES_WRITTEN_SMALL = frozenset(("us", "usa", "uk", "eu", "nyc", "sf", "dc", "uae"))

# Before a city's name, these are kept with it: "East London".
DIRECTIONS = frozenset(("north", "south", "east", "west"))

# Factors on population that make the country of a city more likely: what a bare name most often means on a job board,
# judged by each country's share of English, French and German postings.
COUNTRY_WEIGHT = {"US": 4.0, "GB": 3.0, "CA": 2.0, "DE": 2.0, "FR": 2.0, "ES": 3.0, "IN": 1.5, "AU": 2.0, "IE": 2.0}
