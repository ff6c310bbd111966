#include "importers/text/state_abbreviations.h"

#include <algorithm>
#include <array>
#include <utility>

namespace relata::text {

namespace {

using Entry = std::pair<std::string_view, std::string_view>;

constexpr std::array<Entry, 42> states = {{
    {"Ala.", "Alabama"},        {"Ariz.", "Arizona"},     {"Ark.", "Arkansas"},
    {"Calif.", "California"},   {"Colo.", "Colorado"},    {"Conn.", "Connecticut"},
    {"Del.", "Delaware"},       {"Fla.", "Florida"},      {"Ga.", "Georgia"},
    {"Ill.", "Illinois"},       {"Ind.", "Indiana"},      {"Kan.", "Kansas"},
    {"Ky.", "Kentucky"},        {"La.", "Louisiana"},     {"Mass.", "Massachusetts"},
    {"Md.", "Maryland"},        {"Mich.", "Michigan"},    {"Minn.", "Minnesota"},
    {"Miss.", "Mississippi"},   {"Mo.", "Missouri"},      {"Mont.", "Montana"},
    {"N.C.", "North Carolina"}, {"N.D.", "North Dakota"}, {"N.H.", "New Hampshire"},
    {"N.J.", "New Jersey"},     {"N.M.", "New Mexico"},   {"N.Y.", "New York"},
    {"Neb.", "Nebraska"},       {"Nev.", "Nevada"},       {"Okla.", "Oklahoma"},
    {"Ore.", "Oregon"},         {"Pa.", "Pennsylvania"},  {"R.I.", "Rhode Island"},
    {"S.C.", "South Carolina"}, {"S.D.", "South Dakota"}, {"Tenn.", "Tennessee"},
    {"Va.", "Virginia"},        {"Vt.", "Vermont"},       {"W.Va.", "West Virginia"},
    {"Wash.", "Washington"},    {"Wis.", "Wisconsin"},    {"Wyo.", "Wyoming"},
}};

}  // namespace

std::string_view full_state(std::string_view text) {
  const auto found = std::lower_bound(
      states.begin(), states.end(), text,
      [](const Entry& entry, std::string_view wanted) { return entry.first < wanted; });
  return found != states.end() && found->first == text ? found->second : text;
}

}  // namespace relata::text
