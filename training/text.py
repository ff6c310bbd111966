"""Text side of the reader: normalisation, word pieces, word shapes and lemma scripts.

The C++ runtime implements the same functions; docs/model_format.md is the contract between the two.
"""
import unicodedata

MAX_PIECES_PER_WORD = 6
MAX_PIECES = 256
SHAPE_MARK = 9  # [CLS] and [SEP]
NUM_SHAPES = 10

# One character to one character, applied to every word before anything else.
CHAR_MAP = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u00b4": "'", "\u0060": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ",
})
WORD_MAP = {"''": '"'}  # whole words, after CHAR_MAP (so that `` is covered too)


def normalise(word):
    """Maps typographic quotes, dashes and spaces to ASCII; a word of two single quotes becomes one double quote."""
    word = word.translate(CHAR_MAP)
    return WORD_MAP.get(word, word)


def strip_marks(word):
    """NFD, without combining marks (category Mn) and control characters (categories C*, but tab/newline -> space)."""
    out = []
    for c in unicodedata.normalize("NFD", word):
        if c in "\t\n\r":
            out.append(" ")
            continue
        category = unicodedata.category(c)
        if category == "Mn" or category[0] == "C" or c == "\ufffd":
            continue
        out.append(c)
    return "".join(out)


def is_punct(c):
    """BERT's notion of punctuation: every ASCII sign that is no letter, digit or space, and Unicode category P*."""
    o = ord(c)
    if 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126:
        return True
    return unicodedata.category(c)[0] == "P"


def is_cjk(c):
    o = ord(c)
    return (0x4E00 <= o <= 0x9FFF or 0x3400 <= o <= 0x4DBF or 0x20000 <= o <= 0x2A6DF or 0x2A700 <= o <= 0x2CEAF
            or 0xF900 <= o <= 0xFAFF or 0x2F800 <= o <= 0x2FA1F)


def shape(word):
    """Shape class of a word, 0-8 (see docs/model_format.md). Looks at ASCII letters left after strip_marks."""
    upper = lower = digit = other = seen = 0
    first_upper = False
    for c in strip_marks(normalise(word)):
        o = ord(c)
        if 65 <= o <= 90:
            if upper + lower == 0:
                first_upper = True
            upper += 1
        elif 97 <= o <= 122:
            lower += 1
        elif 48 <= o <= 57:
            digit += 1
        elif o >= 128 and unicodedata.category(c)[0] not in "PS":
            other += 1
        seen += 1
    if other or seen == 0:
        return 8
    letters = upper + lower
    if letters == 0:
        return 5 if digit else 7
    if digit:
        return 6
    if upper == 0:
        return 0
    if lower == 0:
        return 3 if upper == 1 else 2
    return 1 if first_upper and upper == 1 else 4


class WordPiece:
    """Greedy longest-match word pieces of one word at a time."""

    def __init__(self, vocab):
        self.ids = {piece: i for i, piece in enumerate(vocab)}
        self.unk, self.cls, self.sep = self.ids["[UNK]"], self.ids["[CLS]"], self.ids["[SEP]"]
        self.pad = self.ids["[PAD]"]
        self.cache = {}

    def _basic(self, word):
        tokens, current = [], ""
        for c in strip_marks(normalise(word)).lower():
            if c.isspace() or is_punct(c) or is_cjk(c):
                if current:
                    tokens.append(current)
                    current = ""
                if not c.isspace():
                    tokens.append(c)
            else:
                current += c
        if current:
            tokens.append(current)
        return tokens

    def pieces(self, word):
        """Ids of the pieces of a word, between 1 and MAX_PIECES_PER_WORD."""
        found = self.cache.get(word)
        if found is None:
            found = self._pieces(word)
            self.cache[word] = found
        return found

    def _pieces(self, word):
        result = []
        for token in self._basic(word):
            if len(token) > 100:
                result.append(self.unk)
                continue
            start, ids = 0, []
            while start < len(token):
                end = len(token)
                while end > start:
                    piece = token[start:end] if start == 0 else "##" + token[start:end]
                    if piece in self.ids:
                        break
                    end -= 1
                if end == start:
                    ids = [self.unk]
                    break
                ids.append(self.ids[piece])
                start = end
            result.extend(ids)
        return (result or [self.unk])[:MAX_PIECES_PER_WORD]


def lemma_script(form, lemma):
    """Edit script 'op|n|suffix' that makes lemma from form.

    Base: the lower-cased form (op L, C, U), the form itself (op K), or the lower-cased form without commas (op N); n
    code points are taken off its end and suffix is added; C then capitalises the first code point and U upper-cases
    everything.
    """
    best = None
    bases = [("L", form.lower(), lemma), ("C", form.lower(), lemma.lower()), ("U", form.lower(), lemma.lower()),
             ("K", form, lemma)]
    if "," in form[1:]:
        bases.append(("N", form.lower().replace(",", ""), lemma))
    for rank, (op, base, target) in enumerate(bases):
        common = 0
        while common < min(len(base), len(target)) and base[common] == target[common]:
            common += 1
        script = "%s|%d|%s" % (op, len(base) - common, target[common:])
        if apply_script(form, script) != lemma:
            continue
        cost = (len(base) - common + len(target) - common, rank)
        if best is None or cost < best[0]:
            best = (cost, script)
    return best[1]


def apply_script(form, script):
    """Result of a lemma script; a script that takes off more than there is leaves the suffix alone."""
    op, strip, suffix = script.split("|", 2)
    base = form if op == "K" else form.lower()
    if op == "N":
        base = base.replace(",", "")
    base = base[:max(0, len(base) - int(strip))] + suffix
    if op == "C":
        return base[:1].upper() + base[1:]
    return base.upper() if op == "U" else base
