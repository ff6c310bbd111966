"""Lists of known names as hashes of their words, and which of them the words of a sentence are in.

The C++ runtime does the same (importers/text/reader/name_lists.h); docs/model_format.md has the rules.
"""
import json

from text import normalise

MOST_LISTS, MOST_WORDS = 8, 6
MARKS = 2 * MOST_LISTS
LARGE_CITY = 200000  # inhabitants
# List -> (file of data/gazetteer, columns of names) of the project's own tables.
TABLES = {
    "large cities": [("city_names.tsv", (1, 2, 3))],
    "regions": [("region_names.tsv", (1, 2, 3)), ("geography.tsv", (0, 1))],
    "countries": [("countries.tsv", (1, 2))],
    "companies": [("companies.tsv", (0, 1)), ("media.tsv", (0, 1))],
    "bodies": [(name + ".tsv", (0, 1)) for name in ("agencies", "international", "parties", "armed_groups", "state_bodies")],
    "persons": [("leaders.tsv", (2, 3)), ("surnames.tsv", (0,))],
}
NAMES = ["cities"] + list(TABLES)


def words_of(name):
    """Words of a name as the treebanks cut them: hyphens and the possessive apart."""
    return normalise(name).replace("-", " - ").replace("'s ", " 's ").split()


def add_bytes(value, data):
    for byte in data:
        value = ((value ^ (byte + 32 if 65 <= byte <= 90 else byte)) * 16777619) & 0xFFFFFFFF
    return value


def name_hash(words):
    return add_bytes(2166136261, " ".join(words).encode("utf-8"))


def build(geonames, tables):
    """{hash: bits of the lists} from the folder of GeoNames' files and that of the project's tables."""
    found = {}

    def add(name, text):
        words = words_of(text)
        if 1 <= len(words) <= MOST_WORDS and len("".join(words)) > 1:
            key = name_hash(words)
            found[key] = found.get(key, 0) | 1 << NAMES.index(name)

    with open(geonames + "/geonames-cities15000.tsv", encoding="utf-8") as file:
        for line in file:
            columns = line.split("\t")
            for name in {columns[1], columns[2]}:
                add("cities", name)
                if int(columns[14] or 0) >= LARGE_CITY:
                    add("large cities", name)
    with open(geonames + "/geonames-admin1.json", encoding="utf-8") as file:
        for region in json.load(file):
            add("regions", region["name"])
    for name, files in TABLES.items():
        for table, columns in files:
            with open(tables + "/" + table, encoding="utf-8") as file:
                rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
            for row in rows:
                for cell in (row[c] for c in columns if c < len(row)):
                    for text in cell.split("|"):
                        add(name, text.strip("^"))
    return found


def marks(words, table):
    """For each word the bits of the lists it is in by itself, and from bit MOST_LISTS on those it is in as part of a longer name."""
    result = [0] * len(words)
    for i, word in enumerate(words):
        if not ("A" <= word[:1] <= "Z" or word[:1] >= "\u0080"):
            continue
        value = add_bytes(2166136261, word.encode("utf-8"))
        result[i] |= table.get(value, 0)
        length, lists = 0, 0
        for k in range(1, min(MOST_WORDS, len(words) - i)):
            value = add_bytes(value, (" " + words[i + k]).encode("utf-8"))
            if value in table:
                length, lists = k + 1, table[value]
        for k in range(length):
            result[i + k] |= lists << MOST_LISTS
    return result
