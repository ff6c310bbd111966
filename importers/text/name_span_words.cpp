#include "importers/text/name_span_words.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>

namespace relata::text {

namespace {

using WordSet = std::set<std::string, std::less<>>;

}  // namespace

bool is_kind_of_people(std::string_view word) {
  static const WordSet words = {"people",   "workers",  "women",    "children", "farmers",
                                "teachers", "lawyers",  "soldiers", "veterans", "journalists",
                                "peoples",  "peasants", "students"};
  return words.contains(word);
}

bool is_department(std::string_view word) {
  static const WordSet words = {"State", "Defense", "Defence", "Treasury", "Commerce", "Energy"};
  return words.contains(word);
}

bool is_office_noun(std::string_view lemma) {
  return lemma == "office" || lemma == "department" || lemma == "bureau";
}

bool is_link(std::string_view word) {
  static const WordSet between = {"to", "and", "or", "vs", "v"};
  constexpr std::size_t longest = 4;
  return word.size() <= longest && !between.contains(word) &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_particle(std::string_view word) {
  static const WordSet words = {"al",  "el",  "bin", "bint", "ibn", "ben", "abu", "van",
                                "von", "der", "den", "de",   "da",  "dos", "di",  "ul"};
  return words.contains(word);
}

bool takes_complement(std::string_view word) {
  static const WordSet words = {
      "board",        "commissioner", "ministry",  "department", "bureau",   "office",
      "institute",    "commission",   "committee", "council",    "church",   "university",
      "court",        "house",        "bank",      "center",     "centre",   "academy",
      "college",      "school",       "agency",    "federation", "union",    "association",
      "league",       "society",      "army",      "party",      "movement", "front",
      "organization", "organisation", "museum",    "fund"};
  return words.contains(word);
}

bool is_deed_of_bodies(std::string_view lemma) {
  static const WordSet words = {
      "say",    "tell",    "accuse",  "announce", "supply",  "buy",     "sell",      "sign",
      "agree",  "deny",    "report",  "condemn",  "urge",    "ask",     "warn",      "offer",
      "own",    "acquire", "hire",    "fire",     "appoint", "sue",     "attack",    "capture",
      "kidnap", "send",    "deploy",  "invite",   "meet",    "support", "join",      "found",
      "accept", "reject",  "finance", "fund",     "recruit", "employ",  "criticize", "criticise"};
  return words.contains(lemma);
}

bool is_medium(std::string_view word) {
  static const WordSet words = {"radio",  "television", "tv",      "news",   "times",
                                "herald", "tribune",    "gazette", "online", "magazine"};
  return words.contains(word);
}

}  // namespace relata::text
