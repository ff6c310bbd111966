#!/usr/bin/env python3
"""Takes Wikidata ids of countries and regions from a territories list (JSON lines) into
data/gazetteer/wikidata_ids.tsv. Run only when that list changes: extract_wikidata_ids.py LIST OUT"""

import json
import re
import sys

rows = []
with open(sys.argv[1], encoding="utf-8") as source:
    for line in source:
        item = json.loads(line)
        if not re.fullmatch(r"Q[0-9]+", item.get("qid", "")):
            continue
        code = item["code"].upper()
        if code in ("UA-DPR", "UA-LPR", "UA-CRI"):
            continue  # occupied parts: their ids are not those of the regions
        country = code.split("-")[0]
        name = re.sub(r" \(.*\)$", "", item["name"])
        rows.append((country, "" if country == code else name, item["qid"]))
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write("# Wikidata ids of countries (empty name) and first-level regions.\n")
    out.write("# country code\tregion\tid\n")
    for row in sorted(set(rows)):
        out.write("\t".join(row) + "\n")
