#pragma once
// ASCII letters that each Latin letter outside ASCII folds to. Written by
// scripts/build_gazetteer/fold_table.py from the Unicode character data; do not edit.

namespace relata::text {

/// Code points 0x00c0 to 0x024f; at most two letters each.
inline constexpr char latin_fold[400][3] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e",  "e", "e", "e", "i",  "i",  "i", "i", "d", "n",
    "o", "o", "o",  "o",  "o", "",  "o",  "u", "u",  "u", "u", "y", "th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c",  "e", "e", "e",  "e", "i",  "i", "i", "i", "d",  "n",  "o", "o", "o", "o",
    "o", "",  "o",  "u",  "u", "u", "u",  "y", "th", "y", "a", "a", "a",  "a",  "a", "a", "c", "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d", "d",  "d", "e", "e", "e",  "e",  "e", "e", "e", "e",
    "e", "e", "g",  "g",  "g", "g", "g",  "g", "g",  "g", "h", "h", "h",  "h",  "i", "i", "i", "i",
    "i", "i", "i",  "i",  "i", "i", "",   "",  "j",  "j", "k", "k", "k",  "l",  "l", "l", "l", "l",
    "l", "",  "",   "l",  "l", "n", "n",  "n", "n",  "n", "n", "n", "ng", "ng", "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r", "r",  "r", "s", "s", "s",  "s",  "s", "s", "s", "s",
    "t", "t", "t",  "t",  "t", "t", "u",  "u", "u",  "u", "u", "u", "u",  "u",  "u", "u", "u", "u",
    "w", "w", "y",  "y",  "y", "z", "z",  "z", "z",  "z", "z", "s", "b",  "b",  "",  "b", "",  "",
    "",  "c", "c",  "d",  "d", "",  "",   "",  "",   "a", "",  "f", "f",  "g",  "",  "",  "",  "i",
    "k", "k", "l",  "",   "",  "n", "n",  "",  "o",  "o", "",  "",  "p",  "p",  "",  "",  "",  "",
    "",  "t", "t",  "t",  "t", "u", "u",  "",  "v",  "y", "y", "z", "z",  "",   "",  "",  "",  "",
    "",  "",  "",   "",   "",  "",  "",   "",  "",   "",  "",  "",  "",   "",   "",  "",  "",  "a",
    "a", "i", "i",  "o",  "o", "u", "u",  "u", "u",  "u", "u", "u", "u",  "u",  "u", "a", "a", "a",
    "a", "a", "",   "",   "",  "",  "g",  "g", "k",  "k", "o", "o", "o",  "o",  "",  "",  "j", "",
    "",  "",  "g",  "g",  "",  "",  "n",  "n", "a",  "a", "",  "",  "",   "",   "a", "a", "a", "a",
    "e", "e", "e",  "e",  "i", "i", "i",  "i", "o",  "o", "o", "o", "r",  "r",  "r", "r", "u", "u",
    "u", "u", "s",  "s",  "t", "t", "",   "",  "h",  "h", "",  "",  "",   "",   "",  "",  "a", "a",
    "e", "e", "o",  "o",  "o", "o", "o",  "o", "o",  "o", "y", "y", "",   "",   "",  "j", "",  "",
    "a", "c", "c",  "l",  "t", "",  "",   "",  "",   "b", "",  "",  "e",  "e",  "j", "j", "",  "",
    "r", "r", "y",  "y",
};

/// Code points 0x1e00 to 0x1eff; at most two letters each.
inline constexpr char latin_additional_fold[256][3] = {
    "a", "a", "b", "b", "b", "b", "b",  "b", "c", "c", "d", "d", "d", "d", "d", "d", "d", "d", "d",
    "d", "e", "e", "e", "e", "e", "e",  "e", "e", "e", "e", "f", "f", "g", "g", "h", "h", "h", "h",
    "h", "h", "h", "h", "h", "h", "i",  "i", "i", "i", "k", "k", "k", "k", "k", "k", "l", "l", "l",
    "l", "l", "l", "l", "l", "m", "m",  "m", "m", "m", "m", "n", "n", "n", "n", "n", "n", "n", "n",
    "o", "o", "o", "o", "o", "o", "o",  "o", "p", "p", "p", "p", "r", "r", "r", "r", "r", "r", "r",
    "r", "s", "s", "s", "s", "s", "s",  "s", "s", "s", "s", "t", "t", "t", "t", "t", "t", "t", "t",
    "u", "u", "u", "u", "u", "u", "u",  "u", "u", "u", "v", "v", "v", "v", "w", "w", "w", "w", "w",
    "w", "w", "w", "w", "w", "x", "x",  "x", "x", "y", "y", "z", "z", "z", "z", "z", "z", "h", "t",
    "w", "y", "",  "",  "",  "",  "ss", "",  "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a",
    "a", "a", "a", "a", "a", "a", "a",  "a", "a", "a", "a", "a", "a", "e", "e", "e", "e", "e", "e",
    "e", "e", "e", "e", "e", "e", "e",  "e", "e", "e", "i", "i", "i", "i", "o", "o", "o", "o", "o",
    "o", "o", "o", "o", "o", "o", "o",  "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o",
    "u", "u", "u", "u", "u", "u", "u",  "u", "u", "u", "u", "u", "u", "u", "y", "y", "y", "y", "y",
    "y", "y", "y", "",  "",  "",  "",   "",  "",
};

}  // namespace relata::text
