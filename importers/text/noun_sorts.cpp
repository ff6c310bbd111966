#include "importers/text/noun_sorts.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string_view>

namespace relata::text {

namespace {

/// Nouns that name the same sort of thing in news: any of a row can take up any other of its row.
constexpr std::array<std::array<std::string_view, 10>, 9> same_sort = {{
    {"soldier", "troops", "troop", "force", "forces", "serviceman", "combatant", "fighter", "army",
     "military"},
    {"agency", "service", "organization", "organisation", "office", "bureau", "body", "institution",
     "authority", ""},
    {"company", "firm", "corporation", "business", "group", "maker", "giant", "carrier", "operator",
     "manufacturer"},
    {"country", "nation", "state", "republic", "kingdom", "government", "", "", "", ""},
    {"city", "town", "village", "capital", "municipality", "settlement", "", "", "", ""},
    {"region", "province", "territory", "area", "district", "oblast", "county", "state", "", ""},
    {"church", "organization", "organisation", "group", "movement", "sect", "", "", "", ""},
    {"newspaper", "outlet", "paper", "agency", "magazine", "broadcaster", "channel", "publication",
     "", ""},
    {"militant", "rebel", "insurgent", "fighter", "terrorist", "jihadist", "extremist", "gunman",
     "attacker", ""},
}};

}  // namespace

bool one_sort(const std::string& left, const std::string& right) {
  if (left == right) return true;
  return std::any_of(same_sort.begin(), same_sort.end(), [&](const auto& row) {
    return std::find(row.begin(), row.end(), left) != row.end() &&
           std::find(row.begin(), row.end(), right) != row.end();
  });
}

bool is_no_firm(const std::string& word) {
  static const std::set<std::string, std::less<>> words = {
      "union",         "commission",   "committee",    "federation", "association", "council",
      "authority",     "agency",       "university",   "court",      "ministry",    "office",
      "club",          "league",       "society",      "foundation", "charity",     "institute",
      "party",         "movement",     "church",       "school",     "hospital",    "board",
      "team",          "organization", "organisation", "department", "fund",        "programme",
      "program",       "alliance",     "network",      "college",    "centre",      "center",
      "confederation", "campaign",     "police",       "service",    "government",  "watchdog"};
  return words.contains(word);
}

}  // namespace relata::text
