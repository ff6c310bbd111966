#!/usr/bin/env python3
"""Scores normalised expressions of time against the TEI dates of GUM (MISC, XML=<date when="...">).

The command reads the gold CoNLL-U (gold tokens, tags and trees) with "# date = ..." lines for the
publication date and prints one line an expression. A gold date counts as found when an expression
overlaps it, and as right when its value is the gold's exactly: the `when` value, or, for `from`/`to`
and `notBefore`/`notAfter`, the first and the last day of the value or of the interval. An end of a range ("1947 - 1960") is compared
with that end. GUM writes seasons by the months of their two ends ("--06" to "--09" for summer).

  evaluate_time.py --command build/release/tests/time_driver            GUM dev
  evaluate_time.py --command ... --part train --errors 80
"""
import argparse
import calendar
import collections
import datetime
import pathlib
import re
import subprocess

DEFAULT_DATA = pathlib.Path(__file__).resolve().parents[2] / "shared" / "data" / "gum"
# A slip of the gold: the video is of Monday 2019-10-21, and its next day, "It is Tuesday", stands as 2020-10-22, which
# was a Thursday. Figures are printed for the gold as it is and with the year mended.
MENDED = {"GUM_vlog_radiology": ("2020-10-2", "2019-10-2")}
SEASONS = {"--03/--06": "SP", "--06/--09": "SU", "--09/--12": "FA", "--12/--03": "WI"}


def read(path):
    """Publication date, sentences of CoNLL-U rows, and the gold dates of each sentence."""
    published, sentences, rows = "", [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# meta::dateCreated"):
            published = line.split("=")[1].strip()
        elif not line and rows:
            sentences.append(rows)
            rows = []
        elif line and line[0] != "#" and line.split("\t")[0].isdigit():
            rows.append(line.split("\t"))
    if rows:
        sentences.append(rows)
    gold = []
    for rows in sentences:
        dates, open_dates = [], []
        for i, columns in enumerate(rows):
            match = re.search(r"(?:^|\|)XML=([^|]*)", columns[9])
            for tag in re.findall(r"<[^>]*>", match.group(1)) if match else ():
                if tag.startswith("<date"):
                    attributes = dict(re.findall(r'(\w+):::"([^"]*)"', tag))
                    open_dates.append((i, attributes))
                elif tag == "</date>" and open_dates:
                    begin, attributes = open_dates.pop()
                    dates.append((begin, i + 1, attributes))
        gold.append(dates)
    return published, sentences, gold


def bound(value, last):
    """First or last day of "1999", "1999-05" or "1999-05-03"."""
    match = re.fullmatch(r"(-?\d{1,6})(?:-(\d\d))?(?:-(\d\d))?", value)
    if not match:
        return value
    year, month, day = match.groups()
    number = int(year)
    sign = "-" if number < 0 else ""
    if month is None:
        return f"{sign}{abs(number):04d}-" + ("12-31" if last else "01-01")
    if day is None:
        length = calendar.monthrange(number, int(month))[1] if number > 0 else 31
        day = f"{length:02d}" if last else "01"
    return f"{sign}{abs(number):04d}-{month}-{day}"


def years(value):
    """Writes the years of a value without leading zeros, so that "-400" is "-0400"."""
    match = re.fullmatch(r"(-?)0*(\d+)((?:-\d\d){0,2})", value)
    return match.group(1) + match.group(2) + match.group(3) if match else value


def spread(value):
    """First and last day of what a TIMEX3 value names; nothing when it names no days."""
    if re.fullmatch(r"\d\d", value):
        return f"{value}00-01-01", f"{value}99-12-31"
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0-01-01", f"{value}9-12-31"
    if re.fullmatch(r"-?\d{4}(-\d\d)?(-\d\d)?", value):
        return bound(value, False), bound(value, True)
    match = re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value)
    if match:
        year, week = int(match.group(1)), int(match.group(2))
        first = datetime.date.fromisocalendar(year, week, 6 if match.group(3) else 1)
        return str(first), str(datetime.date.fromisocalendar(year, week, 7))
    return None


def is_right(gold_begin, attributes, expression):
    begin, _, kind, value, first, last = expression[:6]
    if kind == "TIME" and re.match(r"\d{4}-\d\d-\d\dT", value):
        value = value[:10]
    parts = value.split("/")
    side = parts[0] if len(parts) == 1 or gold_begin <= begin + 1 else parts[-1]
    if "when" in attributes:
        when = attributes["when"]
        if when.startswith("--"):
            return side == "XXXX" + when[1:]
        return years(side) == years(when)
    low = attributes.get("from", attributes.get("notBefore"))
    high = attributes.get("to", attributes.get("notAfter"))
    season = SEASONS.get(f"{low}/{high}")
    if season:
        return side == "XXXX-" + season
    if low and high and re.fullmatch(r"\d{4}-\d\d", low) and re.search("-(SP|SU|FA|WI)", value):
        return value == low[:4] + "-" + SEASONS.get(f"-{low[4:]}/-{high[4:]}", "?")
    days = (bound(low, False) if low else "-", bound(high, True) if high else "-")
    if days == (first, last) or days == spread(side):
        return True
    if "-" in days and spread(side):  # an end of a range
        return spread(side)[0] == days[0] or spread(side)[1] == days[1]
    if len(parts) == 2 and spread(parts[0]) and spread(parts[1]):
        return days == (spread(parts[0])[0], spread(parts[1])[1])
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", required=True)
    parser.add_argument("--data", default=DEFAULT_DATA, type=pathlib.Path)
    parser.add_argument("--part", default="dev")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--without", default="", help="leave out documents with this in their name")
    options = parser.parse_args()
    files = sorted(path for path in (options.data / options.part).glob("*.conllu")
                   if not options.without or options.without not in path.name)
    if not files:
        print(f"{options.data}: no data, skipped")
        return
    counts, errors, extra = collections.Counter(), [], []
    for path in files:
        published, sentences, gold = read(path)
        lines = ["# newdoc", f"# date = {published}"]
        for rows in sentences:
            lines += ["\t".join(columns[:9] + ["_"]) for columns in rows] + [""]
        done = subprocess.run(options.command.split(), input="\n".join(lines).encode() + b"\n",
                              stdout=subprocess.PIPE, check=True)
        blocks = done.stdout.decode().split("\n\n")
        found, block = [], []
        for line in done.stdout.decode().split("\n"):
            if line:
                columns = line.split("\t")
                block.append([int(columns[0]), int(columns[1])] + columns[2:])
            else:
                found.append(block)
                block = []
        assert len(blocks) and len(found) >= len(sentences), path
        for rows, dates, expressions in zip(sentences, gold, found):
            words = [columns[1] for columns in rows]
            used = set()
            for begin, end, attributes in dates:
                attributes = {k: v for k, v in attributes.items()
                              if k in ("when", "from", "to", "notBefore", "notAfter")}
                if not attributes:
                    continue
                kind = "when" if "when" in attributes else "interval"
                counts["gold " + kind] += 1
                hits = [e for e in expressions if e[0] < end and begin < e[1]]
                used.update(id(e) for e in hits)
                if hits:
                    counts["found " + kind] += 1
                right = any(is_right(begin, attributes, e) for e in hits)
                wrong_year, year = MENDED.get(path.stem, ("", ""))
                mended = {k: v.replace(wrong_year, year) for k, v in attributes.items()} if year else attributes
                if any(is_right(begin, mended, e) for e in hits):
                    counts["mended " + kind] += 1
                if right:
                    counts["right " + kind] += 1
                else:
                    gave = "; ".join(f"{e[3]} {e[4]}..{e[5]}" for e in hits) or "nothing"
                    errors.append(f"{path.stem[4:]} {published}: {' '.join(words[max(0, begin-4):begin])}"
                                  f" [{' '.join(words[begin:end])}] {' '.join(words[end:end+3])}"
                                  f" | {attributes} | {gave}")
            for e in expressions:
                if e[2] in ("DATE", "TIME"):
                    counts["given"] += 1
                    if id(e) not in used:
                        counts["given without gold"] += 1
                        extra.append(f"{path.stem[4:]}: {' '.join(words[max(0, e[0]-4):e[0]])} "
                                     f"[{e[8]}] {' '.join(words[e[1]:e[1]+3])} | {e[3]}")
    for line in errors[:options.errors] + ["-- without gold"] * bool(options.errors) + \
            extra[:options.errors]:
        print(line)
    gold = counts["gold when"] + counts["gold interval"]
    right = counts["right when"] + counts["right interval"]
    for kind in ("when", "interval"):
        total = max(counts["gold " + kind], 1)
        print(f"GUM {options.part} {kind:8}: {counts['gold ' + kind]:4} dated, found "
              f"{counts['found ' + kind] / total:.3f}, exact {counts['right ' + kind] / total:.3f}")
    print(f"GUM {options.part} all     : {gold:4} dated, exact {right / max(gold, 1):.3f}; "
          f"{counts['given without gold']} of {counts['given']} dates given have no gold")
    if counts["mended when"] + counts["mended interval"] != right:
        print(f"GUM {options.part} with the gold's wrong years mended: single dates "
              f"{counts['mended when'] / max(counts['gold when'], 1):.3f}, all "
              f"{(counts['mended when'] + counts['mended interval']) / max(gold, 1):.3f}")


if __name__ == "__main__":
    main()
