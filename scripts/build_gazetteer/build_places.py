#!/usr/bin/env python3
"""Computes data/gazetteer/places.rlg.

usage: build_places.py DATA_DIR CITIES_PACKAGE GIVEN_NAMES_FEMALE GIVEN_NAMES_MALE OUT

DATA_DIR holds the fact files; the packages are unpacked npm packages (see build.sh). Debian's
iso-codes, libtimezonemap-data and wamerican-small are read where they install. Same sources, same
bytes.
"""

import json
import math
import os
import re
import struct
import sys
from collections import defaultdict

import container
from container import fold, names

TIMEZONEMAP = "/usr/share/libtimezonemap/ui"
ISO = "/usr/share/iso-codes/json"
WORDS = "/usr/share/dict/american-english-small"
CITY_LIMIT = 108_000
ALL_NAMES_POPULATION = 100_000  # cities this big keep every Latin-script name
CONFLICT_POPULATION = 4_000     # the same for smaller ones where transliterations vary
KNOWN_CITY = 5.6                # least importance of a city that city_names.tsv lists
TRANSLITERATED = set(
    "UA RU BY SY IQ YE LY SD SS SO AF PK IR IL PS LB MM ET ER ML NE BF TD CF CD GE AM AZ KZ KG UZ "
    "TJ TM IN BD LK NP CN KP KR EG SA JO DZ MA TN KW QA BH OM AE MR TH KH LA BG MK RS GR JP MN BT".split()
)

COUNTRY, REGION, CITY, FACILITY, WATER, LANDFORM, LOCATION = range(7)
TYPES = dict(country=COUNTRY, region=REGION, city=CITY, facility=FACILITY, water=WATER,
             landform=LANDFORM, location=LOCATION)
NAME, ALTERNATE, MINOR, ABBREVIATION, ADJECTIVE, PERSON, PEOPLE, METONYM = range(8)
CAPITALS_ONLY = 1 << 31
FLAG_CAPITAL, FLAG_HISTORIC, FLAG_SEAT, FLAG_DISPUTED, FLAG_SECTION = 1, 2, 4, 8, 16
KEY_WORD, KEY_GIVEN, KEY_SURNAME = 1, 2, 4
NONE16, NONE32 = 0xFFFF, 0xFFFFFFFF

HISTORIC = {"SUHH", "YUCS", "DDDE", "XWGE", "CSHH", "CSXX", "ANHH", "YDYE", "XYNO", "VDVN", "XSVN",
            "XOTT", "XRSE", "XAUH", "XPRU", "XNAZ", "XBIN", "XUAR", "XGTB", "XNKR"}
DISPUTED = {"XK", "TW", "PS", "EH", "XSOM", "XTNC", "XABK", "XSOS", "XTNS", "XNKR", "XDPR", "XLPR"}
# What the disputed ones lie in, by the count of most states.
INSIDE = {"XSOM": "SO", "XTNC": "CY", "XABK": "GE", "XSOS": "GE", "XTNS": "MD", "XNKR": "AZ",
          "XDPR": "UA", "XLPR": "UA", "XGTB": "HR"}
ISO3 = {"SUHH": "SUN", "YUCS": "YUG", "DDDE": "DDR", "CSHH": "CSK", "CSXX": "SCG", "ANHH": "ANT",
        "YDYE": "YMD", "XK": "XKX"}
CAPITALS = {"SUHH": ("RU", "Moscow"), "YUCS": ("RS", "Belgrade"), "DDDE": ("DE", "Berlin"),
            "XWGE": ("DE", "Bonn"), "CSHH": ("CZ", "Prague"), "XSOM": ("SO", "Hargeisa"),
            "XABK": ("GE", "Sokhumi"), "XTNS": ("MD", "Tiraspol"), "VDVN": ("VN", "Hanoi"),
            "PS": ("PS", "Ramallah"), "XK": ("XK", "Pristina"), "LK": ("LK", "Colombo"),
            "BO": ("BO", "La Paz"), "IL": ("IL", "Jerusalem"), "MM": ("MM", "Nay Pyi Taw"),
            "KZ": ("KZ", "Astana"), "BI": ("BI", "Gitega"), "TW": ("TW", "Taipei"),
            "CI": ("CI", "Yamoussoukro"), "TZ": ("TZ", "Dodoma")}
GENERIC = re.compile(
    r"^(?:Republic of|State of|Region of|Province of|Autonomous Republic of|Departamento de|"
    r"Departamento del|Provincia de|Respublika|Federal District of)\s+|\s+(?:Oblast|Oblast'|Province|"
    r"Region|State|Governorate|Prefecture|County|Krai|District|Department|Republic|Division|Voivodeship|"
    r"Municipality|Autonomous Okrug|Autonomous Region|Parish|Canton|Emirate|Territory|Capital Region|"
    r"City|Sheng|Shi|Wilaya|Vilayet|Muḩāfaz̧at)$", re.I)
AP_STATES = {
    "AL": "Ala.", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.",
    "DE": "Del.", "FL": "Fla.", "GA": "Ga.", "IL": "Ill.", "IN": "Ind.", "KS": "Kan.", "KY": "Ky.",
    "LA": "La.", "MD": "Md.", "MA": "Mass.", "MI": "Mich.", "MN": "Minn.", "MS": "Miss.",
    "MO": "Mo.", "MT": "Mont.", "NE": "Neb.", "NV": "Nev.", "NH": "N.H.", "NJ": "N.J.",
    "NM": "N.M.", "NY": "N.Y.", "NC": "N.C.", "ND": "N.D.", "OK": "Okla.", "OR": "Ore.",
    "PA": "Pa.", "RI": "R.I.", "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.", "TX": "Texas",
    "VT": "Vt.", "VA": "Va.", "WA": "Wash.", "WV": "W.Va.", "WI": "Wis.", "WY": "Wyo.",
    "DC": "D.C.",
}


class Place:
    """One record on its way; `names` maps a folded key to (kind, only in capitals)."""

    def __init__(self, name, kind, country=None):
        self.name, self.type, self.country = name, kind, country
        self.parent = None
        self.lat = self.lon = None
        self.population = self.geonames = self.wikidata = self.flags = 0
        self.subtype = ""
        self.code = ""
        self.names = {}
        self.add(name, NAME)

    def add(self, name, kind, capitals=False):
        key = fold(name)
        if not key or len(key.encode("utf-8")) > 255:
            return
        old = self.names.get((key, kind >= ADJECTIVE and kind))
        entry = (kind, capitals)
        if old is None or entry < old:
            self.names[(key, kind >= ADJECTIVE and kind)] = entry


def distance(a, b):
    """Kilometres between two places, on a sphere."""
    la, lb = math.radians(a.lat), math.radians(b.lat)
    x = math.sin((lb - la) / 2) ** 2
    x += math.cos(la) * math.cos(lb) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(x)))


def plain_base(name):
    """Folded name of a region without its generic word."""
    return fold(GENERIC.sub("", GENERIC.sub("", name)))


def latin(name):
    return all(ord(c) < 128 or container.fold_letter(c) for c in name
               if not c.isspace() and c not in container.DROPPED and not 0x2000 <= ord(c) <= 0x206F
               and (ord(c) < 0xC0 or ord(c) >= 0x250 or c.isalpha()))


def useful_alternate(name, ascii_name):
    """Whether a name of the list without languages may stand in English text."""
    if len(name) < 3 or not latin(name) or re.search(r"\d", name):
        return False
    if name.isupper() and len(name) <= 4:
        return False  # airport codes
    first = re.split(r"[\s-]", name)[0]
    return first[:1].isupper() or (first in ("al", "el", "as", "ad", "an") and "-" in name)


def read_country_info():
    rows, neighbours = {}, {}
    with open(f"{TIMEZONEMAP}/countryInfo.txt", encoding="utf-8") as file:
        for line in file:
            f = line.rstrip("\n").split("\t")
            if line.startswith("#") or len(f) < 18 or len(f[0]) != 2:
                continue
            rows[f[0]] = dict(iso3=f[1], capital=f[5], population=int(f[7] or 0),
                              geonames=int(f[16] or 0))
            neighbours[f[0]] = [n for n in f[17].split(",") if n]
    return rows, neighbours


def build_countries(data, info):
    countries = {}
    official = {}
    with open(f"{ISO}/iso_3166-1.json", encoding="utf-8") as file:
        for item in json.load(file)["3166-1"]:
            official[item["alpha_2"]] = [item.get("official_name"), item["name"],
                                         item.get("common_name")]
    for code, name, aliases, adjectives, persons in container.read_facts(f"{data}/countries.tsv", 5):
        place = Place(name, COUNTRY, code)
        place.code = code
        for alias, capitals in names(aliases):
            place.add(alias, ALTERNATE, capitals)
        for extra in official.get(code, []):
            if extra and "," not in extra:
                place.add(extra, ALTERNATE)
        for word, capitals in names(adjectives):
            place.add(word, ADJECTIVE, capitals)
        first = adjectives.split("|")[0]
        pairs = f"{first}/{first}s" if persons == "=" else persons
        for pair, capitals in names(pairs):
            singular, _, plural = pair.partition("/")
            place.add(singular, PERSON, capitals)
            place.add(plural or singular, PEOPLE, capitals)
        known = info.get(code, {})
        place.population = known.get("population", 0)
        place.geonames = known.get("geonames", 0)
        place.subtype = "country"
        place.iso3 = ISO3.get(code, known.get("iso3", ""))
        place.official = next((o for o in official.get(code, []) if o), name)
        place.flags = (FLAG_HISTORIC if code in HISTORIC else 0) | (
            FLAG_DISPUTED if code in DISPUTED else 0)
        countries[code] = place
    return countries


def build_regions(data, countries):
    regions = {}
    newer = dict(container.read_facts(f"{data}/region_spellings.tsv", 2))
    with open(f"{TIMEZONEMAP}/admin1Codes.txt", encoding="utf-8") as file:
        for line in file:
            key, name, ascii_name, geonames = line.rstrip("\n").split("\t")[:4]
            code, _, admin = key.partition(".")
            if code not in countries or admin == "00":
                continue
            display = ascii_name if code in TRANSLITERATED else name
            place = Place(display, REGION, code)
            place.add(name, NAME)
            place.add(ascii_name, NAME)
            base = plain_base(name)
            if base:
                place.names.setdefault((base, False), (ALTERNATE, False))
            if key in newer:
                place.add(newer[key], NAME)
                place.names.setdefault((plain_base(newer[key]), False), (ALTERNATE, False))
                if code in TRANSLITERATED and code != "UA":
                    place.name = newer[key]
            place.geonames = int(geonames or 0)
            place.subtype = "first-level region"
            place.admin = admin
            regions[(code, admin)] = place
    by_base = {}
    for (code, _), place in sorted(regions.items()):
        by_base.setdefault((code, plain_base(place.name)), place)
    for (code, _), place in sorted(regions.items()):
        for key, _ in sorted(place.names):
            by_base.setdefault((code, key), place)
    with open(f"{ISO}/iso_3166-2.json", encoding="utf-8") as file:
        for item in json.load(file)["3166-2"]:
            name = re.sub(r"\s*[\[(].*$", "", item["name"])
            place = by_base.get((item["code"][:2], plain_base(name)))
            if place is not None:
                place.code = place.code or item["code"]
                place.add(name, ALTERNATE)
    for country, known, display, aliases in container.read_facts(f"{data}/region_names.tsv", 4):
        place = by_base.get((country, plain_base(known)))
        if place is None:
            raise ValueError(f"region_names.tsv: no region {known} in {country}")
        place.name = display
        place.add(display, NAME)
        by_base.setdefault((country, plain_base(display)), place)
        place.add(GENERIC.sub("", display), ALTERNATE)
        for alias, capitals in names(aliases):
            place.add(alias, ALTERNATE, capitals)
    spelled = {(place.country, fold(place.name)) for place in regions.values()}
    for code, name, _ in container.read_facts(f"{data}/wikidata_ids.tsv", 3):
        place = by_base.get((code, plain_base(name))) if name else None
        if place is not None and code != "UA" and (code, fold(name)) not in spelled:
            place.name = name
            place.add(name, NAME)
    for state, abbreviation in AP_STATES.items():
        place = regions.get(("US", state))
        if place is not None:
            place.add(abbreviation, ABBREVIATION)
            place.add(state, ABBREVIATION, True)
    return regions, by_base


def build_cities(package, countries, regions):
    cities = []
    path = os.path.join(package, "dist", "cities500.txt")
    with open(path, encoding="utf-8") as file:
        for line in file:
            f = line.rstrip("\n").split("\t")
            if len(f) < 15 or f[8] not in countries or f[7] in ("PPLH", "PPLQ", "PPLW", "PPLCH", "PPLX") and int(
                    f[14] or 0) < 30_000 or not re.match(r"PPL|STLMT", f[7]):
                continue
            cities.append(f)
    rank = {"PPLC": 0, "PPLA": 1}
    cities.sort(key=lambda f: (rank.get(f[7], 2), -int(f[14] or 0), int(f[0])))
    places = []
    for f in cities[:CITY_LIMIT]:
        code = f[8]
        display = f[2] if code in TRANSLITERATED and f[2] else f[1]
        place = Place(display, CITY, code)
        place.add(f[1], NAME)
        place.add(f[2], NAME)
        bare = re.sub(r"^(?:Al|An|Ar|As|Ash|At|Az|Ad|El)[ -](?=[A-Z]\w{3})", "", f[2])
        if code in TRANSLITERATED and bare != f[2]:
            place.add(bare, ALTERNATE)
        place.population = int(f[14] or 0)
        place.geonames = int(f[0])
        place.lat, place.lon = float(f[4]), float(f[5])
        place.feature = f[7]
        place.subtype = "section of a city" if f[7] == "PPLX" else "city"
        place.region = regions.get((code, f[10]))
        if f[7] in ("PPLC", "PPLA"):
            place.flags |= FLAG_SEAT
        if f[7] == "PPLX":
            place.flags |= FLAG_SECTION
        big = place.population >= ALL_NAMES_POPULATION or f[7] == "PPLC"
        varied = code in TRANSLITERATED and place.population >= CONFLICT_POPULATION
        if big or varied:
            for name in f[3].split(","):
                if useful_alternate(name, f[2]):
                    place.add(name, MINOR)
        places.append(place)
    return places


def apply_city_names(data, cities):
    """data/gazetteer/city_names.tsv: names and spellings that English news uses."""
    by_name = defaultdict(list)
    for place in cities:
        for key, _ in place.names:
            by_name[(place.country, key)].append(place)
    missing = []
    for country, known, display, aliases in container.read_facts(f"{data}/city_names.tsv", 4):
        found = by_name.get((country, fold(known)), [])
        if not found:
            missing.append(f"{known} ({country})")
            continue
        place = max(found, key=lambda p: (p.population, -p.geonames))
        place.known = True
        if display:
            place.name = display
            place.add(display, NAME)
        for alias, capitals in names(aliases):
            place.add(alias, ALTERNATE, capitals)
    if missing:
        raise ValueError("city_names.tsv: not in the packages: " + ", ".join(missing))


def build_geography(data, by_base, cities, countries):
    """Places of geography.tsv; one that is a region or city already only adds to it."""
    new = []
    by_city = defaultdict(list)
    for city in cities:
        by_city[(city.country, fold(city.name))].append(city)
    for name, aliases, kind, subtype, codes, lat, lon in container.read_facts(
            f"{data}/geography.tsv", 7):
        codes = codes.split("|") if codes else []
        place = None
        if codes and TYPES[kind] in (REGION, LANDFORM):
            place = by_base.get((codes[0], fold(name)))
        if codes and TYPES[kind] == CITY:
            near = [c for c in by_city[(codes[0], fold(name))]]
            place = max(near, key=lambda c: c.population) if near else None
        if place is None:
            place = Place(name, TYPES[kind], codes[0] if codes else None)
            place.known = TYPES[kind] == CITY
            new.append(place)
        else:
            place.name = name
            place.add(name, NAME)
        for alias, capitals in names(aliases):
            place.add(alias, ALTERNATE, capitals)
        if kind != "city" or place.lat is None:
            place.subtype = subtype
        if lat and place.lat is None:
            place.lat, place.lon = float(lat), float(lon)
        for code in codes:
            if code not in countries:
                raise ValueError(f"geography.tsv: {name}: no country {code}")
        place.shared = codes[1:]
    for name, aliases, code, lat, lon in container.read_facts(f"{data}/metonyms.tsv", 5):
        countries[code].add(name, METONYM)
        for alias, _ in names(aliases):
            countries[code].add(alias, METONYM)
        if lat:
            place = Place(name, FACILITY, code)
            for alias, capitals in names(aliases):
                place.add(alias, ALTERNATE, capitals)
            place.lat, place.lon, place.subtype = float(lat), float(lon), "seat of government"
            new.append(place)
    return new


def add_sums(countries, regions, cities):
    """Regions get the population of their cities; both get their cities' middle."""
    sums = defaultdict(lambda: [0, 0.0, 0.0, 0.0, 0])
    for city in cities:
        weight = city.population + 1
        # A mean over the sphere would need three axes only where a country crosses the date line.
        for key in (id(city.region) if city.region else None, city.country):
            if key is not None:
                total = sums[key]
                lon = city.lon
                if city.country in ("RU", "FJ", "KI", "NZ", "US") and lon < -170:
                    lon += 360
                total[0] += weight
                total[1] += weight * city.lat
                total[2] += weight * lon
                total[4] += city.population
    for key, place in list(countries.items()) + [(id(r), r) for r in regions.values()]:
        total = sums.get(key)
        if total and place.lat is None:
            lon = total[2] / total[0]
            place.lat, place.lon = total[1] / total[0], lon - 360 if lon > 180 else lon
        if total and place.type == REGION:
            place.population = total[4]


def find_capitals(countries, cities, info):
    by_name = defaultdict(list)
    seat = {}
    for city in cities:
        for key, _ in city.names:
            by_name[(city.country, key)].append(city)
        if city.feature == "PPLC":
            seat.setdefault(city.country, city)
    for code, country in countries.items():
        named = CAPITALS.get(code)
        if named is None and code in info and code not in seat:
            named = (code, info[code]["capital"])
        capital = seat.get(code)
        if named and named[1]:
            found = by_name.get((named[0], fold(named[1])))
            if not found and code in CAPITALS:
                raise ValueError(f"no capital {named}")
            if found:
                capital = max(found, key=lambda c: (c.population, -c.geonames))
        country.capital = capital
        if capital is not None and code not in HISTORIC:
            capital.flags |= FLAG_CAPITAL | FLAG_SEAT
        if capital is not None and country.lat is None:
            country.lat, country.lon = capital.lat, capital.lon


def add_wikidata(data, countries, regions, by_base, new):
    by_new = {(p.country, fold(p.name)): p for p in new}
    by_full = {(p.country, fold(p.name)): p for p in regions}
    for code, name, wikidata in container.read_facts(f"{data}/wikidata_ids.tsv", 3):
        place = countries.get(code) if not name else (
            by_full.get((code, fold(name))) or by_base.get((code, plain_base(name))) or by_new.get((code, fold(name))))
        if place is not None and not place.wikidata:
            place.wikidata = int(wikidata[1:])


def importance(place):
    """Rank of a place among others of its name when the text says nothing."""
    size = math.log10(place.population + 10)
    if place.type == COUNTRY:
        return 9.0 if not place.flags & FLAG_HISTORIC else 7.5
    if place.type == REGION:
        return max(size + 0.5, 7.0 if place.subtype != "first-level region" else 4.3)
    if place.type in (WATER, LANDFORM):
        return 6.5
    if place.type == CITY:
        known = KNOWN_CITY if getattr(place, "known", False) else 0
        return max(size, known) + (2.0 if place.flags & FLAG_CAPITAL else 0)
    return 5.5


def read_key_flags(data, female, male):
    flags = defaultdict(int)
    with open(WORDS, encoding="utf-8") as file:
        for line in file:
            word = line.strip()
            if word.islower() and word.isalpha():
                flags[fold(word)] |= KEY_WORD
    for package in (female, male):
        with open(os.path.join(package, "data", "names.json"), encoding="utf-8") as file:
            for name in json.load(file):
                flags[fold(name)] |= KEY_GIVEN
    for (name,) in container.read_facts(f"{data}/surnames.tsv", 1):
        flags[fold(name)] |= KEY_SURNAME
    return flags


def main():
    data, package, female, male, out = sys.argv[1:6]
    info, neighbours = read_country_info()
    countries = build_countries(data, info)
    regions, by_base = build_regions(data, countries)
    cities = build_cities(package, countries, regions)
    apply_city_names(data, cities)
    new = build_geography(data, by_base, cities, countries)
    add_sums(countries, regions, cities)
    find_capitals(countries, cities, info)
    add_wikidata(data, countries, [r for _, r in sorted(regions.items())], by_base, new)

    used = [r for _, r in sorted(regions.items())]
    order = list(countries.values()) + used
    rest = new + cities
    rest.sort(key=lambda p: (-importance(p), p.country or "", p.geonames, p.name))
    order += rest
    ids = {id(place): index for index, place in enumerate(order)}
    subtypes = sorted({p.subtype for p in order})
    if len(order) >= 1 << 24 or len(countries) + len(used) >= NONE16 or len(subtypes) > 255:
        raise ValueError("too many places for the format")

    pool = container.TextPool()
    subtype_refs = b"".join(struct.pack("<I", pool.ref(s)) for s in subtypes)
    records, country_records, region_records, neighbour_ids = [], [], [], []
    keys = defaultdict(list)
    for index, place in enumerate(order):
        country = countries.get(place.country) if place.country else None
        if place.type == COUNTRY and place.code in INSIDE:
            parent = ids[id(countries[INSIDE[place.code]])]
        elif getattr(place, "region", None) is not None:
            parent = ids[id(place.region)]
        elif country is not None and country is not place:
            parent = ids[id(country)]
        else:
            parent = NONE16
        known = place.lat is not None
        records.append(struct.pack(
            "<IiiIIIHHBBBB", pool.ref(place.name),
            round(place.lat * 1e5) if known else -(1 << 31),
            round(place.lon * 1e5) if known else -(1 << 31),
            min(place.population, NONE32), place.geonames, place.wikidata,
            ids[id(country)] if country is not None else NONE16, parent, place.type, place.flags,
            subtypes.index(place.subtype), min(255, round(importance(place) * 20))))
        if place.type == COUNTRY:
            start = len(neighbour_ids)
            near = [n for n in neighbours.get(place.code, []) if n in countries]
            neighbour_ids += sorted(ids[id(countries[n])] for n in near)
            capital = ids[id(place.capital)] if place.capital is not None else NONE32
            country_records.append(struct.pack(
                "<4s4sIIHH", place.code.encode(), place.iso3.encode(), capital,
                pool.ref(place.official), start, len(neighbour_ids) - start))
        elif index < len(countries) + len(used):
            region_records.append(struct.pack("<8s", place.code.encode()))
        for (key, _), (kind, capitals) in place.names.items():
            keys[key].append((kind >= ADJECTIVE and kind, -importance(place), kind, index,
                              index | kind << 24 | (CAPITALS_ONLY if capitals else 0)))
    entries = {key: [e[4] for e in sorted(found)] for key, found in keys.items()}
    flags = {k: v for k, v in read_key_flags(data, female, male).items() if k in entries}
    sections = [(b"TEXT", 1, bytes(pool.data)), (b"SUBT", 4, subtype_refs),
                (b"PLAC", 32, b"".join(records)), (b"CTRY", 20, b"".join(country_records)),
                (b"RGON", 8, b"".join(region_records)),
                (b"NBRS", 2, struct.pack(f"<{len(neighbour_ids)}H", *neighbour_ids))]
    size = container.write(out, sections + container.key_sections(entries, flags))
    print(f"{out}: {size} bytes, {len(countries)} countries, {len(used)} regions, "
          f"{len(cities)} cities, {len(new)} other places, {len(entries)} keys, "
          f"{sum(map(len, entries.values()))} entries")


if __name__ == "__main__":
    main()
