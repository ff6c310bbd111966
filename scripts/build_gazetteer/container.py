"""Name folding and the container format of data/gazetteer/*.rlg (docs/gazetteer_format.md)."""

import struct
import unicodedata

MAGIC = b"RELGAZ\r\n"
VERSION = 1
MASK = (1 << 64) - 1

# Letters that Unicode does not decompose, as English writes them.
SPECIAL = {
    "Æ": "ae", "æ": "ae", "Ø": "o", "ø": "o", "Đ": "d", "đ": "d", "Ð": "d", "ð": "d", "Þ": "th",
    "þ": "th", "ß": "ss", "Ł": "l", "ł": "l", "Œ": "oe", "œ": "oe", "ı": "i", "ĸ": "k", "Ŋ": "ng",
    "ŋ": "ng", "ŉ": "n", "Ħ": "h", "ħ": "h", "Ŧ": "t", "ŧ": "t", "ſ": "s", "ƀ": "b", "Ɓ": "b",
    "ƃ": "b", "Ƈ": "c", "ƈ": "c", "Ɖ": "d", "Ɗ": "d", "Ə": "a", "Ƒ": "f", "ƒ": "f", "Ɠ": "g",
    "Ɨ": "i", "Ƙ": "k", "ƙ": "k", "ƚ": "l", "Ɲ": "n", "ƞ": "n", "Ƥ": "p", "ƥ": "p", "ƫ": "t",
    "Ƭ": "t", "ƭ": "t", "Ʈ": "t", "Ʋ": "v", "Ƴ": "y", "ƴ": "y", "Ƶ": "z", "ƶ": "z", "ǝ": "a",
    "ȷ": "j", "Ⱥ": "a", "Ȼ": "c", "ȼ": "c", "Ƚ": "l", "Ⱦ": "t", "Ƀ": "b", "Ɇ": "e", "ɇ": "e",
    "Ɉ": "j", "ɉ": "j", "Ɍ": "r", "ɍ": "r", "Ɏ": "y", "ɏ": "y", "ẞ": "ss",
}
DROPPED = set("'.`\u00b4\u2018\u2019\u2032") | {chr(c) for c in range(0x02B0, 0x0370)}
RANGES = ((0x00C0, 0x0250), (0x1E00, 0x1F00))
EXPANDED = {"st": "saint", "mt": "mount", "ft": "fort"}


def fold_letter(char):
    """ASCII letters for one letter of RANGES; "" where it is no letter (times, division sign)."""
    if char in SPECIAL:
        return SPECIAL[char]
    base = unicodedata.normalize("NFD", char)[0]
    return base.lower() if base.isascii() and base.isalpha() else ""


def fold(text):
    """The key under which a name is stored; importers/text/gazetteer_fold.cpp does the same."""
    out = []
    for char in text:
        code = ord(char)
        if char in DROPPED:
            continue
        if code < 128:
            if char.isalnum():
                out.append(char.lower())
            else:
                out.append(" and " if char == "&" else " ")
        elif code == 0xA0 or 0x2000 <= code <= 0x206F:
            out.append(" ")
        elif any(low <= code < high for low, high in RANGES):
            out.append(fold_letter(char) or " ")
        else:
            out.append(char)
    words = "".join(out).split(" ")
    words = [word for word in words if word]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    words = [EXPANDED.get(w, w) if i + 1 < len(words) else w for i, w in enumerate(words)]
    return " ".join(words)


def checksum(data):
    """Four interleaved lanes of FNV-1a over little-endian 64-bit words, then the lanes together."""
    lanes = [0xCBF29CE484222325, 0x84222325CBF29CE4, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F]
    prime = 0x100000001B3
    words = struct.unpack(f"<{len(data) // 8}Q", data)
    for lane in range(4):
        value = lanes[lane]
        for word in words[lane::4]:
            value = ((value ^ word) * prime) & MASK
            value ^= value >> 29
        lanes[lane] = value
    result = len(data)
    for value in lanes:
        result = ((result ^ value) * prime) & MASK
        result ^= result >> 31
    return result


class TextPool:
    """Names, each once, referred to by 24 bits of offset and 8 bits of length."""

    def __init__(self):
        self.data = bytearray()
        self.seen = {}

    def ref(self, text):
        raw = text.encode("utf-8")
        if len(raw) > 255:
            raise ValueError(f"name over 255 bytes: {text}")
        if raw not in self.seen:
            self.seen[raw] = len(self.data)
            self.data += raw
            if len(self.data) >= 1 << 24:
                raise ValueError("text pool over 16 MiB")
        return self.seen[raw] | len(raw) << 24


def key_sections(keys, flags):
    """KEYT, KEYS and ENTR of `keys` (folded name -> entries in order); `flags`: key -> 8 bits."""
    text, table, entries = bytearray(), bytearray(), bytearray()
    count = 0
    for key in sorted(keys, key=lambda k: k.encode("utf-8")):
        raw = key.encode("utf-8")
        if not 0 < len(raw) < 256:
            raise ValueError(f"key of {len(raw)} bytes: {key}")
        table += struct.pack("<II", len(text), count | flags.get(key, 0) << 24)
        text += raw
        for entry in keys[key]:
            entries += struct.pack("<I", entry)
            count += 1
    if count >= 1 << 24:
        raise ValueError("over 2^24 entries")
    table += struct.pack("<II", len(text), count)
    return [(b"KEYT", 1, bytes(text)), (b"KEYS", 8, bytes(table)), (b"ENTR", 4, bytes(entries))]


def write(path, sections):
    """Writes the container; `sections`: (tag, record size, bytes). Returns the file's size."""
    body = bytearray()
    table = bytearray()
    start = 32 + 24 * len(sections)
    for tag, size, data in sections:
        while (start + len(body)) % 32:
            body += b"\0"
        table += struct.pack("<4sIQQ", tag, size, start + len(body), len(data) // size)
        body += data
    while (start + len(body)) % 32:
        body += b"\0"
    rest = bytes(table + body)
    header = struct.pack("<8sIIQQ", MAGIC, VERSION, len(sections), 32 + len(rest), checksum(rest))
    with open(path, "wb") as file:
        file.write(header + rest)
    return 32 + len(rest)


def read_facts(path, columns):
    """Rows of a fact file: tab-separated, "#" opens a comment line; fewer columns are filled up."""
    rows = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) > columns or not fields[0]:
                raise ValueError(f"{path}, line {number}: expected {columns} columns: {line}")
            rows.append(fields + [""] * (columns - len(fields)))
    return rows


def names(field):
    """(name, only in capitals) of a "|"-separated field."""
    return [(n.rstrip("^"), n.endswith("^")) for n in field.split("|") if n]
