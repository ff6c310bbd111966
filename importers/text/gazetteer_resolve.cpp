// Which place a name means: scores of candidates and the shapes of mentions.

#include <algorithm>
#include <array>
#include <cmath>

#include "graph/ascii.h"
#include "importers/text/gazetteer.h"
#include "importers/text/gazetteer_fold.h"

namespace relata::text {

namespace {

// Points; importance is about log10 of the population (a city of 100,000: 5), a country has 9.
constexpr double modifier_points = 4.0;
constexpr double type_points = 3.0;
constexpr double same_region_points = 2.5;
constexpr double same_country_points = 1.2;   // at the least
constexpr double country_share_points = 2.0;  // for the document's foremost country
constexpr double neighbour_points = 0.7;
constexpr double alternate_points = -0.3;
constexpr double minor_points = -2.2;
constexpr double namesake_region_points = -1.5;  // a region named after a city in it
constexpr double word_region_points = -2.0;      // "Central", "Western" without their country
constexpr double section_points = -0.7;          // a part of a city
constexpr double usual_threshold = 5.0;
constexpr double common_word_threshold = 2.0;
constexpr double person_threshold = 0.7;
constexpr double several_words_threshold = -0.5;
constexpr double acronym_threshold = 2.0;
constexpr double locative_threshold = -1.5;

struct TypeWord {
  std::string_view word;
  PlaceType type;
};

constexpr std::array<TypeWord, 61> type_words = {{
    {"region", PlaceType::region},       {"province", PlaceType::region},
    {"oblast", PlaceType::region},       {"state", PlaceType::region},
    {"governorate", PlaceType::region},  {"prefecture", PlaceType::region},
    {"county", PlaceType::region},       {"district", PlaceType::region},
    {"krai", PlaceType::region},         {"territory", PlaceType::region},
    {"republic", PlaceType::region},     {"canton", PlaceType::region},
    {"voivodeship", PlaceType::region},  {"provinces", PlaceType::region},
    {"regions", PlaceType::region},      {"enclave", PlaceType::region},
    {"exclave", PlaceType::region},      {"city", PlaceType::city},
    {"town", PlaceType::city},           {"village", PlaceType::city},
    {"municipality", PlaceType::city},   {"settlement", PlaceType::city},
    {"suburb", PlaceType::city},         {"neighborhood", PlaceType::city},
    {"neighbourhood", PlaceType::city},  {"capital", PlaceType::city},
    {"port", PlaceType::city},           {"river", PlaceType::water},
    {"sea", PlaceType::water},           {"lake", PlaceType::water},
    {"strait", PlaceType::water},        {"bay", PlaceType::water},
    {"canal", PlaceType::water},         {"ocean", PlaceType::water},
    {"reservoir", PlaceType::water},     {"mountain", PlaceType::landform},
    {"mountains", PlaceType::landform},  {"island", PlaceType::landform},
    {"islands", PlaceType::landform},    {"valley", PlaceType::landform},
    {"desert", PlaceType::landform},     {"peninsula", PlaceType::landform},
    {"volcano", PlaceType::landform},    {"airport", PlaceType::facility},
    {"base", PlaceType::facility},       {"airbase", PlaceType::facility},
    {"prison", PlaceType::facility},     {"hospital", PlaceType::facility},
    {"university", PlaceType::facility}, {"plant", PlaceType::facility},
    {"dam", PlaceType::facility},        {"bridge", PlaceType::facility},
    {"stadium", PlaceType::facility},    {"camp", PlaceType::facility},
    {"square", PlaceType::facility},     {"border", PlaceType::location},
    {"coast", PlaceType::location},      {"area", PlaceType::location},
    {"suburbs", PlaceType::location},    {"countryside", PlaceType::location},
    {"outskirts", PlaceType::location},
}};

constexpr std::array<std::string_view, 30> part_words = {
    "northern",      "southern",      "eastern",       "western",       "central",
    "northeastern",  "northwestern",  "southeastern",  "southwestern",  "north eastern",
    "north western", "south eastern", "south western", "north central", "south central",
    "downtown",      "north",         "south",         "east",          "west",
    "northeast",     "northwest",     "southeast",     "southwest",     "upper",
    "lower",         "mainland",      "rural",         "coastal",       "inner"};

std::string_view without_commas(std::string_view text) {
  const auto is_edge = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == ','; };
  while (!text.empty() && is_edge(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_edge(text.back())) text.remove_suffix(1);
  return text;
}

/// `text` without a possessive ending.
std::string_view without_possessive(std::string_view text) {
  for (const std::string_view end : {"'s", "\u2019s", " 's", " \u2019s", "'", "\u2019"}) {
    if (ends_with_ignoring_case(text, end))
      return without_commas(text.substr(0, text.size() - end.size()));
  }
  return text;
}

const TypeWord* type_word(std::string_view word) {
  const std::string folded = fold_name(word);
  for (const TypeWord& entry : type_words) {
    if (entry.word == folded) return &entry;
  }
  return nullptr;
}

}  // namespace

double Gazetteer::support(PlaceId id, const Place& place, const PlaceContext& context) const {
  double points = 0;
  if (context.modifier != no_place && context.modifier != id) {
    const bool inside = lies_in(id, context.modifier) ||
                        (place.country != no_place && place.country == context.modifier);
    points += inside ? modifier_points : -modifier_points;
  }
  if (context.type) {
    const bool landed = place.type == *context.type ||
                        (*context.type == PlaceType::landform && place.subtype == "island") ||
                        (*context.type == PlaceType::region && place.subtype == "peninsula");
    points += landed ? type_points : -type_points;
  }
  std::uint64_t same = 0;
  std::uint64_t most = 0;
  bool region = false;
  bool neighbour = false;
  std::vector<PlaceId> neighbours;
  if (place.type == PlaceType::country) neighbours = country(id).neighbours;
  std::vector<std::pair<PlaceId, std::uint64_t>> totals;
  for (const PlaceCount& other : context.mentioned) {
    if (other.place >= place_count()) continue;
    const Place mentioned = this->place(other.place);
    if (mentioned.country == no_place) continue;
    const auto total = std::find_if(totals.begin(), totals.end(),
                                    [&](const auto& t) { return t.first == mentioned.country; });
    if (total == totals.end()) {
      totals.emplace_back(mentioned.country, other.count);
    } else {
      total->second += other.count;
    }
    if (other.place != id && place.type != PlaceType::country && place.parent != no_place &&
        mentioned.type != PlaceType::country) {
      // The region itself, or another place of the same region.
      const PlaceId its_region =
          mentioned.type == PlaceType::region ? other.place : mentioned.parent;
      region = region || (its_region == place.parent && its_region != place.country);
    }
    neighbour = neighbour || std::find(neighbours.begin(), neighbours.end(), mentioned.country) !=
                                 neighbours.end();
  }
  for (const auto& [owner, count] : totals) {
    most = std::max(most, count);
    if (owner == place.country) same = count;
  }
  if (same > 0) {
    points += same_country_points +
              country_share_points * static_cast<double>(same) / static_cast<double>(most);
  }
  if (region) points += same_region_points;
  if (neighbour && same == 0) points += neighbour_points;
  return points;
}

std::optional<Resolution> Gazetteer::disambiguate(const Candidates& candidates,
                                                  const PlaceContext& context) const {
  double threshold = usual_threshold;
  if (candidates.several_words) {
    threshold += several_words_threshold;
  } else {
    if (candidates.common_word) threshold += common_word_threshold;
    if (candidates.given_name || candidates.surname) threshold += person_threshold;
  }
  if (candidates.acronym) threshold += acronym_threshold;
  if (context.locative) threshold += locative_threshold;

  struct Scored {
    NameMatch match;
    Place place;
    double points;
  };
  std::vector<Scored> scored;
  for (const NameMatch& match : candidates.matches) {
    if (match.kind == NameKind::abbreviation) continue;
    const Place known = place(match.place);
    const double evidence = support(match.place, known, context);
    double points = known.importance + evidence;
    if (candidates.common_word && known.subtype == "first-level region" &&
        evidence < same_country_points) {
      points += word_region_points;
    }
    if (match.kind == NameKind::alternate) points += alternate_points;
    if (match.kind == NameKind::minor) points += minor_points;
    if (known.subtype == "section of a city") points += section_points;
    scored.push_back({match, known, points});
  }
  if (!context.type) {
    for (Scored& one : scored) {
      if (one.place.subtype != "first-level region") continue;
      const bool has_namesake = std::any_of(scored.begin(), scored.end(), [&](const Scored& other) {
        return other.place.type == PlaceType::city && other.place.parent == one.match.place &&
               other.match.kind != NameKind::minor;
      });
      if (has_namesake) one.points += namesake_region_points;
    }
  }
  const auto better = [](const Scored& a, const Scored& b) {
    return a.points != b.points ? a.points > b.points : a.match.place < b.match.place;
  };
  std::sort(scored.begin(), scored.end(), better);
  if (scored.empty() || scored.front().points < threshold) return std::nullopt;
  const Scored& best = scored.front();
  // A namesake that holds the best or lies in it is hardly a mistake: it does not lower the score.
  double margin = 3;
  for (std::size_t i = 1; i < scored.size(); ++i) {
    const PlaceId other = scored[i].match.place;
    if (lies_in(other, best.match.place) || lies_in(best.match.place, other)) continue;
    margin = std::min(margin, best.points - scored[i].points);
    break;
  }
  Resolution result;
  result.place = best.match.place;
  result.kind = best.match.kind;
  result.score = 1 / (1 + std::exp(-(0.2 + 0.5 * (best.points - threshold) + 0.6 * margin)));
  return result;
}

std::optional<Resolution> Gazetteer::resolve_whole(std::string_view mention,
                                                   const PlaceContext& context) const {
  const Candidates candidates = lookup(mention);
  if (candidates.matches.empty()) return std::nullopt;
  auto found = disambiguate(candidates, context);
  // A type word that the best candidate contradicts, or a modifier that it does not lie in, means
  // that the name stands for something the gazetteer does not have.
  if (found && context.modifier != no_place && found->place != context.modifier) {
    const Place known = place(found->place);
    if (known.country != no_place && !lies_in(found->place, context.modifier) &&
        known.country != place(context.modifier).country) {
      return std::nullopt;
    }
  }
  return found;
}

std::optional<Resolution> Gazetteer::resolve_parts(std::string_view mention, PlaceContext context,
                                                   int depth) const {
  mention = without_possessive(without_commas(mention));
  if (starts_with_ignoring_case(mention, "the ")) mention = without_commas(mention.substr(4));
  if (mention.empty() || mention.size() > 200 || depth > 6) return std::nullopt;
  if (auto found = resolve_whole(mention, context)) return found;

  // "Portland, Maine"; "Paris, Texas"; "Boston, Mass."
  if (const std::size_t comma = mention.rfind(','); comma != std::string_view::npos) {
    const std::string_view tail = without_commas(mention.substr(comma + 1));
    const std::string_view head = without_commas(mention.substr(0, comma));
    PlaceId outer = no_place;
    for (const NameMatch& match : lookup(tail).matches) {
      if (match.kind == NameKind::abbreviation) outer = match.place;
    }
    if (outer == no_place) {
      PlaceContext plain{context.mentioned, context.modifier, std::nullopt, true};
      if (const auto found = resolve_parts(tail, plain, depth + 1)) outer = found->place;
      // "Albany, Georgia": a state of that name holds such a city, the country does not.
      for (const NameMatch& match : lookup(tail).matches) {
        if (outer == no_place || match.kind == NameKind::abbreviation) break;
        const auto names_inside = [&](PlaceId candidate) {
          const Candidates inner = lookup(head);
          return std::any_of(inner.matches.begin(), inner.matches.end(), [&](const NameMatch& m) {
            return m.place != candidate && lies_in(m.place, candidate);
          });
        };
        if (names_inside(outer)) break;
        if (names_inside(match.place)) outer = match.place;
      }
    }
    if (outer != no_place) {
      context.modifier = outer;
      context.locative = true;
      return resolve_parts(head, context, depth + 1);
    }
  }

  // "Russia's Kursk region"
  for (const std::string_view mark : {"'s ", "\u2019s ", "s' ", "s\u2019 "}) {
    const std::size_t at = mention.find(mark);
    if (at == std::string_view::npos || at == 0) continue;
    const std::size_t owner_end = mark.front() == 's' ? at + 1 : at;
    const PlaceContext plain{context.mentioned, no_place, std::nullopt, true};
    const auto owner = resolve_parts(mention.substr(0, owner_end), plain, depth + 1);
    if (!owner) return std::nullopt;
    context.modifier = owner->place;
    context.locative = true;
    return resolve_parts(mention.substr(at + mark.size()), context, depth + 1);
  }

  // "Ukrainian city of Odesa", "South Korean port of Busan"
  for (std::size_t space = mention.rfind(' '); space != std::string_view::npos && space > 0;
       space = mention.rfind(' ', space - 1)) {
    const auto owner = demonym(mention.substr(0, space));
    if (!owner || owner->kind != NameKind::adjective) continue;
    context.modifier = owner->place;
    context.locative = true;
    if (auto found = resolve_parts(mention.substr(space + 1), context, depth + 1)) return found;
    break;
  }

  // "city of Odesa", "Gulf of .." is a name itself and was found whole.
  if (const std::size_t of = mention.find(" of "); of != std::string_view::npos) {
    const std::string_view head = mention.substr(0, of);
    const std::size_t last = head.rfind(' ');
    if (const TypeWord* word =
            type_word(last == std::string_view::npos ? head : head.substr(last + 1))) {
      context.locative = true;
      const bool own_kind = word->type == PlaceType::region || word->type == PlaceType::city;
      if (own_kind) context.type = word->type;
      auto found = resolve_parts(mention.substr(of + 4), context, depth + 1);
      if (found && place(found->place).type != word->type) found->inside = true;
      return found;
    }
  }

  // "eastern Ukraine", "downtown Beirut"
  for (const std::string_view part : part_words) {
    if (mention.size() <= part.size() + 1 || !starts_with_ignoring_case(mention, part) ||
        (mention[part.size()] != ' ' && mention[part.size()] != '-')) {
      continue;
    }
    auto found = resolve_parts(mention.substr(part.size() + 1), context, depth + 1);
    if (found) found->inside = true;
    return found;
  }

  // "Kursk region", "New York state", "Kabul airport"
  const std::size_t last = mention.rfind(' ');
  if (last == std::string_view::npos) return std::nullopt;
  const TypeWord* word = type_word(mention.substr(last + 1));
  if (word == nullptr) return std::nullopt;
  const std::string_view rest = without_commas(mention.substr(0, last));
  context.locative = true;
  PlaceContext typed = context;
  typed.type = word->type;
  auto found = resolve_parts(rest, typed, depth + 1);
  if (found && place(found->place).type == word->type) return found;
  if (word->type == PlaceType::city) return found;
  context.type.reset();
  found = resolve_parts(rest, context, depth + 1);
  if (found) found->inside = true;
  return found;
}

std::optional<Resolution> Gazetteer::resolve(std::string_view mention,
                                             const PlaceContext& context) const {
  return resolve_parts(mention, context, 0);
}

}  // namespace relata::text
