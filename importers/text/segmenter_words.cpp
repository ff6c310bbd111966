#include "importers/text/segmenter_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "importers/text/segmenter_characters.h"

namespace relata::text {

namespace {

// Sorted by bytes, looked up by binary search.
constexpr auto titles = std::to_array<std::string_view>(
    {"adm",  "ald",   "amb",   "asst", "atty", "brig", "capt", "capts", "cllr",   "cmdr",
     "col",  "cols",  "comdr", "cpl",  "cpt",  "dep",  "det",  "dr",    "drs",    "fr",
     "gen",  "gens",  "gov",   "govs", "hon",  "insp", "lt",   "maj",   "messrs", "mlle",
     "mme",  "mr",    "mrs",   "ms",   "msgr", "mt",   "mx",   "ofc",   "pfc",    "pres",
     "prof", "profs", "pte",   "pvt",  "rep",  "reps", "rev",  "revs",  "rt",     "secy",
     "sen",  "sens",  "sfc",   "sgt",  "sgts", "spc",  "spkr", "sr",    "ssgt",   "supt"});
static_assert(std::ranges::is_sorted(titles));

constexpr auto inner_forms = std::to_array<std::string_view>(
    {"a.k.a", "approx", "attn", "b.k.a", "ca", "cf", "e.g", "eg", "f.k.a", "i.e", "ie", "incl",
     "n.b", "resp", "v", "viz", "vs"});
static_assert(std::ranges::is_sorted(inner_forms));

constexpr auto number_forms = std::to_array<std::string_view>(
    {"art", "arts", "b",    "c",  "cap", "ch",   "chs", "d",   "div",  "eq",
     "eqs", "fig",  "figs", "no", "nos", "nr",   "op",  "p",   "para", "paras",
     "pp",  "pt",   "pts",  "r",  "sec", "secs", "ver", "vol", "vols"});
static_assert(std::ranges::is_sorted(number_forms));

constexpr auto date_forms = std::to_array<std::string_view>(
    {"apr", "aug", "dec", "feb",  "fri", "jan", "jul",  "jun",   "mar", "mon",  "nov",
     "oct", "sat", "sep", "sept", "sun", "thu", "thur", "thurs", "tue", "tues", "wed"});
static_assert(std::ranges::is_sorted(date_forms));

constexpr auto region_forms = std::to_array<std::string_view>(
    {"ala",  "alta", "ariz", "ark", "calif", "colo", "conn", "del",  "fla",  "ga",   "ill",
     "ind",  "kan",  "kans", "ky",  "la",    "mass", "md",   "mich", "minn", "miss", "mo",
     "mont", "neb",  "nebr", "nev", "okla",  "ont",  "ore",  "pa",   "penn", "que",  "sask",
     "tenn", "tex",  "va",   "vt",  "wash",  "wis",  "wisc", "wyo"});
static_assert(std::ranges::is_sorted(region_forms));

constexpr auto closing_forms = std::to_array<std::string_view>(
    {"acad", "admin", "al",   "apt",  "arrv", "assn", "ave",   "avg",  "bldg", "blvd",
     "bros", "co",    "corp", "cos",  "ct",   "dept", "depts", "dist", "div",  "est",
     "etc",  "ext",   "ft",   "gmbh", "govt", "hrs",  "hwy",   "inc",  "inst", "intl",
     "jct",  "jr",    "lbs",  "llc",  "ltd",  "max",  "mfg",   "mgr",  "min",  "mins",
     "mtn",  "natl",  "oz",   "ph.d", "phd",  "pkwy", "pl",    "plc",  "rd",   "s.p.a",
     "secs", "sq",    "st",   "tech", "tel",  "univ"});
static_assert(std::ranges::is_sorted(closing_forms));

constexpr auto prefixes = std::to_array<std::string_view>(
    {"ante",  "anti",  "arch",    "bi",    "bio",   "co",   "contra", "counter", "cross",  "cyber",
     "demi",  "e",     "electro", "ex",    "extra", "geo",  "hyper",  "infra",   "inter",  "intra",
     "macro", "mega",  "meta",    "micro", "mid",   "mini", "mono",   "multi",   "neo",    "non",
     "over",  "paleo", "para",    "poly",  "post",  "pre",  "pro",    "proto",   "pseudo", "psycho",
     "quasi", "re",    "retro",   "semi",  "socio", "sub",  "super",  "supra",   "tele",   "trans",
     "tri",   "ultra", "un",      "under", "uni"});
static_assert(std::ranges::is_sorted(prefixes));

constexpr auto interjections = std::to_array<std::string_view>(
    {"ah", "aha", "eh", "ha",  "hee", "hm",  "hmm", "ho", "hoo", "huh",  "m",  "mhm",
     "mm", "mmm", "na", "nah", "oh",  "ooh", "uh",  "um", "unh", "whoo", "wow"});
static_assert(std::ranges::is_sorted(interjections));

constexpr auto units = std::to_array<std::string_view>(
    {"a.m", "am",  "bcm", "bn",  "boe", "bpd", "cc",   "cm",   "dwt", "eur", "ft",   "g",
     "gb",  "gbp", "ghz", "gw",  "gwh", "h",   "ha",   "hp",   "hr",  "hrs", "hz",   "k",
     "kb",  "kg",  "kgs", "khz", "km",  "kmh", "kms",  "kph",  "kt",  "kts", "kv",   "kw",
     "kwh", "l",   "lb",  "lbs", "m",   "mb",  "mg",   "mhz",  "mi",  "min", "mins", "ml",
     "mln", "mm",  "mn",  "mo",  "mph", "mw",  "mwh",  "nm",   "oz",  "p.m", "pm",   "pp",
     "ppb", "ppm", "psi", "pt",  "px",  "sec", "secs", "sqft", "sqm", "tb",  "tn",   "usd",
     "v",   "w",   "wk",  "wks", "yo",  "yr",  "yrs"});
static_assert(std::ranges::is_sorted(units));

constexpr auto dollar_prefixes =
    std::to_array<std::string_view>({"a", "au", "aus", "bz", "c", "ca", "can", "cdn", "ec", "hk",
                                     "j", "nt", "nz", "r", "s", "sg", "tt", "u", "us"});
static_assert(std::ranges::is_sorted(dollar_prefixes));

constexpr auto address_endings = std::to_array<std::string_view>(
    {"app",  "asp",  "aspx", "au",   "avi", "az",   "bak",  "biz",  "bmp",    "br",  "by",  "ca",
     "cgi",  "ch",   "cn",   "com",  "cpp", "css",  "csv",  "cz",   "de",     "dev", "dk",  "dll",
     "doc",  "docx", "edu",  "ee",   "eu",  "exe",  "fi",   "fr",   "ge",     "gif", "gov", "gr",
     "gz",   "hk",   "htm",  "html", "hu",  "ie",   "il",   "info", "int",    "io",  "ir",  "jp",
     "jpeg", "jpg",  "js",   "json", "jsp", "kr",   "kz",   "log",  "lt",     "lv",  "md",  "mil",
     "mov",  "mp3",  "mp4",  "mx",   "net", "news", "nl",   "nz",   "online", "org", "pdf", "php",
     "pl",   "png",  "ppt",  "pptx", "pt",  "py",   "rar",  "ro",   "ru",     "se",  "sg",  "shtml",
     "site", "sql",  "svg",  "tar",  "tif", "tiff", "tr",   "tt",   "tv",     "tw",  "txt", "ua",
     "uk",   "url",  "xls",  "xlsx", "xml", "xyz",  "yaml", "za",   "zip"});
static_assert(std::ranges::is_sorted(address_endings));

constexpr auto elided =
    std::to_array<std::string_view>({"bout", "bye", "cause", "cos", "cuz", "em", "ere", "n",
                                     "neath", "round", "til", "till", "tis", "twas"});
static_assert(std::ranges::is_sorted(elided));

constexpr auto openers = std::to_array<std::string_view>(
    {"a",           "about",      "according",    "across",    "add",       "additionally",
     "after",       "afterwards", "all",          "also",      "although",  "among",
     "an",          "and",        "another",      "are",       "as",        "at",
     "authorities", "because",    "before",       "between",   "both",      "but",
     "by",          "can",        "could",        "despite",   "did",       "do",
     "does",        "don't",      "dr",           "during",    "each",      "earlier",
     "either",      "even",       "few",          "finally",   "first",     "for",
     "from",        "further",    "furthermore",  "had",       "has",       "have",
     "he",          "he's",       "her",          "here",      "his",       "how",
     "however",     "i",          "i'm",          "if",        "in",        "instead",
     "into",        "is",         "it",           "it's",      "its",       "just",
     "last",        "later",      "let",          "many",      "may",       "meanwhile",
     "might",       "moreover",   "most",         "mr",        "mrs",       "ms",
     "my",          "neither",    "nevertheless", "next",      "no",        "nonetheless",
     "nor",         "not",        "now",          "officials", "oh",        "on",
     "once",        "one",        "only",         "or",        "other",     "others",
     "our",         "over",       "please",       "police",    "second",    "see",
     "several",     "she",        "she's",        "should",    "since",     "so",
     "some",        "still",      "such",         "that",      "that's",    "the",
     "their",       "then",       "there",        "there's",   "therefore", "these",
     "they",        "they're",    "third",        "this",      "those",     "though",
     "three",       "through",    "thus",         "today",     "tomorrow",  "two",
     "under",       "unless",     "until",        "use",       "was",       "we",
     "we're",       "well",       "were",         "what",      "when",      "where",
     "which",       "while",      "who",          "why",       "will",      "with",
     "would",       "yes",        "yesterday",    "yet",       "you",       "you're",
     "your"});
static_assert(std::ranges::is_sorted(openers));

constexpr auto speech = std::to_array<std::string_view>(
    {"added",     "adds",      "answered", "ask",      "asked",    "asks",
     "commented", "continued", "cried",    "declared", "demanded", "exclaimed",
     "explained", "inquired",  "insisted", "joked",    "murmured", "noted",
     "quipped",   "recalled",  "remarked", "replied",  "said",     "say",
     "says",      "screamed",  "shouted",  "tells",    "thought",  "told",
     "tweeted",   "whispered", "wondered", "writes",   "wrote",    "yelled"});
static_assert(std::ranges::is_sorted(speech));

struct Fused {
  std::string_view word;
  std::size_t first_length;
};

// Where the treebanks cut words that are two written as one.
constexpr auto fused_words = std::to_array<Fused>(
    {{"'tis", 2},     {"'twas", 2},   {"aint", 2},    {"arent", 3},  {"c'mon", 3},  {"cannot", 3},
     {"cant", 2},     {"couldnt", 5}, {"didnt", 3},   {"doesnt", 4}, {"dont", 2},   {"dunno", 2},
     {"gimme", 3},    {"gonna", 3},   {"gotta", 3},   {"hadnt", 3},  {"hasnt", 3},  {"havent", 4},
     {"heres", 4},    {"hes", 2},     {"im", 1},      {"isnt", 2},   {"itll", 2},   {"ive", 1},
     {"lemme", 3},    {"lets", 3},    {"lotta", 3},   {"mustnt", 4}, {"outta", 3},  {"shes", 3},
     {"shouldnt", 6}, {"thats", 4},   {"theres", 5},  {"theyll", 4}, {"theyre", 4}, {"theyve", 4},
     {"wanna", 3},    {"wasnt", 3},   {"werent", 4},  {"weve", 2},   {"whats", 4},  {"wheres", 5},
     {"whos", 3},     {"wont", 2},    {"wouldnt", 5}, {"y'all", 2},  {"youll", 3},  {"youre", 3},
     {"youve", 3}});
static_assert(std::ranges::is_sorted(fused_words, {}, &Fused::word));

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::ranges::binary_search(words, word);
}

}  // namespace

Abbreviation abbreviation_of(std::string_view word) {
  std::size_t characters = 0;
  bool dotted = true;  // letters and full stops in turn
  bool first_upper = false;
  for (std::size_t position = 0; position < word.size(); ++characters) {
    const CharClass kind = classify(next_character(word, position));
    const bool stop = word[position - 1] == '.';
    if (characters == 0) first_upper = kind == CharClass::upper;
    if (characters % 2 == 0 ? !is_letter(kind) : !stop) dotted = false;
    if (characters > 24) return Abbreviation::none;
  }
  if (characters == 0) return Abbreviation::none;
  const std::string folded = fold_ascii(word);
  if (contains(inner_forms, folded)) return Abbreviation::inner;
  if (characters == 1 && first_upper) return Abbreviation::initial;
  if (contains(number_forms, folded)) return Abbreviation::number;
  if (dotted && characters % 2 == 1 && characters > 1) return Abbreviation::acronym;
  if (contains(closing_forms, folded)) return Abbreviation::closing;
  if (first_upper) {
    if (contains(titles, folded)) return Abbreviation::title;
    if (contains(date_forms, folded)) return Abbreviation::date;
    if (contains(region_forms, folded)) return Abbreviation::region;
  }
  return Abbreviation::none;
}

bool is_attached_prefix(std::string_view folded) {
  return contains(prefixes, folded);
}

bool is_interjection_part(std::string_view folded) {
  return contains(interjections, folded);
}

std::optional<std::size_t> fused_split(std::string_view folded) {
  const auto found = std::ranges::lower_bound(fused_words, folded, {}, &Fused::word);
  if (found == fused_words.end() || found->word != folded) return std::nullopt;
  return found->first_length;
}

bool is_unit(std::string_view folded) {
  return contains(units, folded);
}

bool is_dollar_prefix(std::string_view folded) {
  return contains(dollar_prefixes, folded);
}

bool is_address_ending(std::string_view folded) {
  return contains(address_endings, folded);
}

bool is_elided_word(std::string_view folded) {
  return contains(elided, folded);
}

bool is_sentence_opener(std::string_view folded) {
  return contains(openers, folded);
}

bool is_speech_verb(std::string_view folded) {
  return contains(speech, folded);
}

}  // namespace relata::text
