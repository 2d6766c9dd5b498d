"""Regions of countries whose postings' places are read without their region: one name for all spellings."""

from __future__ import annotations

from functools import cache

from jobmarket.extract.place_field import read_items
from jobmarket.extract.places import fold_name

# The regions of the first level, which do not overlap, with the other spellings that postings use. Counties and the
# like are parts of these and not listed.
_FIRST_LEVEL = {
    "AT": "Burgenland; Carinthia = Kärnten; Lower Austria = Niederösterreich; Upper Austria = Oberösterreich; "
    "Styria = Steiermark; Tyrol = Tirol; Vorarlberg",
    "AU": "Australian Capital Territory = ACT; New South Wales = NSW; Northern Territory; Queensland = QLD; "
    "South Australia; Tasmania = TAS; Victoria = VIC = Victoria Australia; Western Australia",
    "BE": "Brussels Region; Flanders = Flandre = Vlaanderen; Wallonia = Wallonie",
    "BR": "Bahia; Ceará; State of São Paulo = Estado de São Paulo; Goiás; Minas Gerais; Paraná; Pernambuco; "
    "Rio Grande do Sul; Santa Catarina; State of Rio de Janeiro",
    "CH": "Aargau; Canton de Genève; Canton of Zurich = Kanton Zürich; Graubünden; Kanton Bern; Thurgau; "
    "Ticino = Tessin; Valais = Wallis; Vaud",
    "CN": "Fujian; Guangdong; Hubei; Jiangsu; Sichuan; Zhejiang",
    "CO": "Antioquia; Cundinamarca; Valle del Cauca",
    "DE": "Baden-Württemberg = Baden-Wuerttemberg; Bavaria = Bayern; Brandenburg; Hesse = Hessen; Land Berlin; "
    "Lower Saxony = Niedersachsen; Mecklenburg-Vorpommern; North Rhine-Westphalia = Nordrhein-Westfalen = NRW; "
    "Rhineland-Palatinate = Rheinland-Pfalz; Saarland; Saxony = Sachsen; Saxony-Anhalt = Sachsen-Anhalt; "
    "Schleswig-Holstein; Thuringia = Thüringen",
    "DK": "Capital Region of Denmark = Hovedstaden = Region Hovedstaden",
    "ES": "Andalusia = Andalucía; Aragon; Asturias; Balearic Islands = Islas Baleares; Basque Country = País Vasco; "
    "Canary Islands = Islas Canarias; Castilla y León; Catalonia = Catalunya = Cataluña = Catalogne = Katalonien; "
    "Community of Madrid = Comunidad de Madrid; Galicia; Navarra; Valencian Community = Comunidad Valenciana",
    "FI": "Pirkanmaa; Uusimaa",
    "FR": "Auvergne-Rhône-Alpes; Bourgogne-Franche-Comté; Brittany = Bretagne; Centre-Val de Loire; Grand Est; "
    "Hauts-de-France; Île-de-France = IDF; Normandy = Normandie; Nouvelle-Aquitaine; Occitanie; Pays de la Loire; "
    "Provence-Alpes-Côte d'Azur = PACA",
    "GB": "England; Northern Ireland; Scotland; Wales",
    "GR": "Attica = Attiki",
    "IE": "Connacht; Leinster",
    "IL": "Center District; Haifa District; Tel Aviv District",
    "IN": "Andhra Pradesh; Assam; Bihar; Chhattisgarh; Goa; Gujarat; Haryana; Jharkhand; Karnataka; Kerala; "
    "Madhya Pradesh; Maharashtra; Odisha; Rajasthan; Tamil Nadu; Telangana; Uttar Pradesh; Uttarakhand; West Bengal",
    "IT": "Apulia = Puglia; Campania; Emilia-Romagna; Friuli-Venezia Giulia; Lazio = Latium; Liguria; "
    "Lombardy = Lombardia = Lombardei; Piedmont = Piemonte; Sardinia = Sardegna; Sicily = Sicilia; "
    "Trentino-Alto Adige; Tuscany = Toscana = Toskana; Veneto",
    "JP": "Kanagawa; Osaka Prefecture; Tokyo Prefecture",
    "KR": "Gyeonggi = Gyeonggi-do",
    "MX": "Baja California; Estado de México; Jalisco; Nuevo León; Yucatán",
    "MY": "Johor; Selangor",
    "NL": "Flevoland; Friesland; Gelderland; North Brabant = Noord-Brabant; North Holland = Noord-Holland; Overijssel; "
    "South Holland = Zuid-Holland",
    "NZ": "Canterbury Region; Otago; Waikato",
    "PL": "Greater Poland = Greater Poland Voivodeship = Wielkopolskie; "
    "Lesser Poland = Lesser Poland Voivodeship = Małopolskie; "
    "Lower Silesia = Lower Silesian Voivodeship = Dolnośląskie; "
    "Masovian = Masovian Voivodeship = Mazovian = Mazowieckie; Pomerania = Pomeranian Voivodeship = Pomorskie; "
    "Silesia = Silesian Voivodeship = Śląskie; Łódź Voivodeship = Łódzkie",
    "PT": "Lisbon District = Distrito de Lisboa; Porto District",
    "SE": "Norrbottens län; Skåne = Skåne län = Skane County; Stockholm County = Stockholms län; Uppsala län; "
    "Västra Götaland",
    "UA": "Kyiv Oblast; Lviv Oblast",
    "ZA": "Gauteng; KwaZulu-Natal; Western Cape",
}


def regions_named(field: str) -> frozenset[tuple[str, str]]:
    """Return the regions that a location field names: the country of each and one name for all of its spellings."""
    return frozenset(
        (region.country, first_level().get((region.country, fold_name(region.code)), region.code))
        for item in read_items(field)
        if item.place is not None and item.place.country is None
        for region in item.place.regions
    )


def whole_countries(field: str) -> frozenset[str]:
    """Return the countries that a location field names by themselves: "Germany; Bavaria, Germany" names Germany so."""
    whole: set[str] = set()
    countries: set[str] = set()
    regions: set[str] = set()
    for item in read_items(field):
        if item.sep == ";":
            whole |= countries - regions
            countries, regions = set(), set()
        if item.place is not None and item.place.country is not None:
            countries.add(item.place.country)
        elif item.place is not None:
            regions.update(region.country for region in item.place.regions)
    return frozenset(whole | (countries - regions))


def are_first_level(regions: frozenset[tuple[str, str]]) -> bool:
    """Whether all of the regions are of the first level of their countries, so that different ones do not overlap."""
    return regions <= _names()


@cache
def first_level() -> dict[tuple[str, str], str]:
    """Return the one name of each region of the first level, by its country and any of its folded spellings."""
    return {
        (country, fold_name(spelling)): spellings[0]
        for country, regions in _FIRST_LEVEL.items()
        for region in regions.split("; ")
        for spellings in [region.split(" = ")]
        for spelling in spellings
    }


@cache
def _names() -> frozenset[tuple[str, str]]:
    return frozenset((country, name) for (country, _), name in first_level().items())
