#!/usr/bin/env python3
"""Computes data/gazetteer/actors.rlg from the fact files alone.

usage: build_actors.py DATA_DIR OUT
"""

import re
import struct
import sys
from collections import defaultdict

import container
from container import fold, names

TYPES = ["person", "group", "military", "government", "organization", "media", "party", "company"]
ORGANISATION, LEADER, LEADER_SURNAME, BODY = range(4)
CAPITALS_ONLY = 1 << 31
NONE32 = 0xFFFFFFFF
FILES = ["international", "agencies", "armed_groups", "parties", "media", "companies"]
# Family names come first there: they are given as aliases.
EAST_ASIAN = {"CN", "KP", "KR", "TW", "VN", "HK", "KH", "LA", "MM", "BT", "SG", "HU"}


def day(text, where):
    """YYYY, YYYY-MM or YYYY-MM-DD as YYYYMMDD with zeros for what is left out; "" is 0."""
    if not text:
        return 0
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        raise ValueError(f"{where}: no date: {text}")
    digits = text.replace("-", "")
    return int(digits + "0" * (8 - len(digits)))


def surname(name):
    words = name.split()
    return words[-1] if len(words) > 1 and len(words[-1]) > 2 else None


def main():
    data, out = sys.argv[1:3]
    codes = {row[0] for row in container.read_facts(f"{data}/countries.tsv", 5)}
    pool = container.TextPool()
    keys = defaultdict(dict)

    def add(name, kind, index, capitals=False):
        key = fold(name)
        if key:
            entry = index | kind << 24 | (CAPITALS_ONLY if capitals else 0)
            keys[key].setdefault((kind, index), entry)
            keys[key][(kind, index)] = min(entry, keys[key][(kind, index)])

    organisations = []
    for name in FILES:
        for row in container.read_facts(f"{data}/{name}.tsv", 5):
            if row[2] not in TYPES or (row[3] and row[3] not in codes):
                raise ValueError(f"{name}.tsv: type or country unknown: {row}")
            organisations.append(row)
    by_name = {}
    for index, row in enumerate(organisations):
        if by_name.setdefault(fold(row[0]), index) != index:
            raise ValueError(f"two organisations named {row[0]}")
    records = []
    for index, (name, aliases, kind, country, parent) in enumerate(organisations):
        if parent and fold(parent) not in by_name:
            raise ValueError(f"{name}: no parent {parent}")
        up = by_name[fold(parent)] if parent else NONE32
        records.append(struct.pack("<4sIIB3x", country.encode(), pool.ref(name), up,
                                   TYPES.index(kind)))
        short = name.isupper() and " " not in name and fold(name) in ("who", "is", "it", "us", "ira")
        add(name, ORGANISATION, index, short)
        for alias, capitals in names(aliases):
            add(alias, ORGANISATION, index, capitals)

    bodies = []
    for index, (name, aliases, kind) in enumerate(
            container.read_facts(f"{data}/state_bodies.tsv", 3)):
        bodies.append(struct.pack("<IB3x", pool.ref(name), TYPES.index(kind)))
        add(name, BODY, index)
        for alias, _ in names(aliases):
            add(alias, BODY, index)

    leaders = []
    for country, office, name, aliases, since, until in container.read_facts(
            f"{data}/leaders.tsv", 6):
        if country not in codes:
            raise ValueError(f"leaders.tsv: no country {country}")
        index = len(leaders)
        first, last = day(since, name), day(until, name)
        if last and last < first and last % 10000:
            raise ValueError(f"leaders.tsv: {name} left before he came")
        leaders.append(struct.pack("<4sIIII", country.encode(), pool.ref(office), pool.ref(name),
                                   first, last))
        forms = [name] + [alias for alias, _ in names(aliases)]
        for form in forms:
            add(form, LEADER if " " in form else LEADER_SURNAME, index)
        if country not in EAST_ASIAN:
            for form in forms:
                if surname(form):
                    add(surname(form), LEADER_SURNAME, index)

    entries = {key: [found[k] for k in sorted(found)] for key, found in keys.items()}
    sections = [(b"TEXT", 1, bytes(pool.data)), (b"ORGS", 16, b"".join(records)),
                (b"BODY", 8, b"".join(bodies)), (b"LEAD", 20, b"".join(leaders))]
    size = container.write(out, sections + container.key_sections(entries, {}))
    print(f"{out}: {size} bytes, {len(organisations)} organisations, {len(bodies)} state bodies, "
          f"{len(leaders)} leaders, {len(entries)} keys")


if __name__ == "__main__":
    main()
