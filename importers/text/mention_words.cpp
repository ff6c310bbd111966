#include "importers/text/mention_words.h"

#include <functional>
#include <initializer_list>
#include <map>
#include <set>
#include <string>

namespace relata::text {

namespace {

using WordSet = std::set<std::string, std::less<>>;

}  // namespace

const PronounFacts* pronoun_facts(std::string_view form) {
  static const std::map<std::string, PronounFacts, std::less<>> table = [] {
    std::map<std::string, PronounFacts, std::less<>> all;
    const auto add = [&](std::initializer_list<const char*> forms, PronounFacts facts) {
      for (const char* one : forms) all.emplace(one, facts);
    };
    add({"he", "him", "his", "himself"},
        {"he", EntityKind::actor, "person", Gender::male, false, 3});
    add({"she", "her", "hers", "herself"},
        {"she", EntityKind::actor, "person", Gender::female, false, 3});
    add({"it", "its", "itself"}, {"it", EntityKind::thing, "", Gender::unknown, false, 3});
    add({"they", "them", "their", "theirs", "themselves"},
        {"they", EntityKind::actor, "", Gender::unknown, true, 3});
    add({"i", "me", "my", "mine", "myself"},
        {"i", EntityKind::actor, "person", Gender::unknown, false, 1});
    add({"you", "your", "yours", "yourself", "yourselves"},
        {"you", EntityKind::actor, "person", Gender::unknown, false, 2});
    add({"we", "us", "our", "ours", "ourselves"},
        {"we", EntityKind::actor, "", Gender::unknown, true, 1});
    return all;
  }();
  const auto found = table.find(form);
  return found == table.end() ? nullptr : &found->second;
}

Gender gender_of_word(std::string_view word) {
  static const WordSet male = {"mr",          "mr.",      "king",      "prince",      "sir",
                               "lord",        "man",      "father",    "son",         "brother",
                               "husband",     "chairman", "spokesman", "businessman", "policeman",
                               "congressman", "actor",    "boy",       "sheikh",      "pope",
                               "duke",        "emperor",  "uncle",     "grandfather"};
  static const WordSet female = {
      "mrs",           "mrs.",    "ms",         "ms.",         "miss",          "queen",
      "princess",      "lady",    "dame",       "woman",       "mother",        "daughter",
      "sister",        "wife",    "chairwoman", "spokeswoman", "businesswoman", "policewoman",
      "congresswoman", "actress", "girl",       "duchess",     "empress",       "aunt",
      "grandmother",   "widow"};
  if (male.contains(word)) return Gender::male;
  return female.contains(word) ? Gender::female : Gender::unknown;
}

}  // namespace relata::text
