#!/usr/bin/env python3
"""Takes newer names of first-level regions from a GeoNames list (JSON, "code" and "name") into
data/gazetteer/region_spellings.tsv, where they differ from libtimezonemap-data's.
usage: extract_region_spellings.py LIST OUT"""

import json
import sys

old = {}
with open("/usr/share/libtimezonemap/ui/admin1Codes.txt", encoding="utf-8") as source:
    for line in source:
        fields = line.rstrip("\n").split("\t")
        old[fields[0]] = fields[1]
with open(sys.argv[1], encoding="utf-8") as source:
    new = {item["code"]: item["name"] for item in json.load(source)}
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write("# Names of first-level regions as GeoNames has them now, by GeoNames code.\n")
    out.write("# code\tname\n")
    for code in sorted(new):
        if code in old and old[code] != new[code]:
            out.write(f"{code}\t{new[code]}\n")
