#include "importers/text/world.h"

#include <algorithm>

#include <fmt/format.h>

namespace relata::text {

namespace {

bool is_direction(std::string_view name) {
  return name == "North" || name == "South" || name == "the North" || name == "the South" ||
         name == "The North" || name == "The South";
}

/// A place that scores less is left to the reader's own type.
constexpr double least_place_score = 0.35;

/// Importance (about log10 of the population) of a place that any text may name without a word
/// beside it, and of one in a country that the text speaks of.
constexpr double large = 5.7;
constexpr double large_in_context = 4.7;

std::string place_key(const Gazetteer& gazetteer, const Place& place) {
  if (place.type == PlaceType::country)
    return fmt::format("country/{}", gazetteer.country_code(place.id));
  if (place.geonames_id != 0) return fmt::format("place/geonames-{}", place.geonames_id);
  return fmt::format("place/{}", place.name);
}

KnownThing known_place(const Gazetteer& gazetteer, PlaceId id, double score) {
  const Place place = gazetteer.place(id);
  KnownThing thing;
  thing.key = place_key(gazetteer, place);
  thing.name = place.name;
  thing.kind = EntityKind::place;
  thing.type = type_name(place.type);
  thing.country = gazetteer.country_code(id);
  thing.place = id;
  thing.score = static_cast<float>(score);
  return thing;
}

/// "Labour Party", "Social Democratic Party": what parties of many countries are called.
bool is_common_party(std::string_view name) {
  static const std::set<std::string, std::less<>> words = {
      "Labour",   "Labor",  "Democratic", "Republican",  "Conservative", "Communist", "Socialist",
      "Green",    "Greens", "Liberal",    "National",    "Social",       "Democrats", "Workers",
      "People's", "Party",  "Christian",  "Union",       "Progressive",  "Reform",    "Unity",
      "Justice",  "and",    "Freedom",    "Nationalist", "United",       "The"};
  std::size_t begin = 0;
  while (begin < name.size()) {
    const std::size_t end = std::min(name.find(' ', begin), name.size());
    if (!words.contains(name.substr(begin, end - begin))) return false;
    begin = end + 1;
  }
  return true;
}

std::optional<PlaceType> type_of_noun(std::string_view noun) {
  if (noun == "region" || noun == "province" || noun == "oblast" || noun == "state" ||
      noun == "governorate" || noun == "district" || noun == "county" || noun == "territory") {
    return PlaceType::region;
  }
  if (noun == "city" || noun == "town" || noun == "village" || noun == "port" ||
      noun == "capital" || noun == "suburb") {
    return PlaceType::city;
  }
  if (noun == "country" || noun == "nation" || noun == "republic") return PlaceType::country;
  if (noun == "river" || noun == "lake" || noun == "sea" || noun == "strait" || noun == "gulf")
    return PlaceType::water;
  return std::nullopt;
}

}  // namespace

std::optional<KnownThing> World::country_of_demonym(std::string_view word) const {
  const auto match = gazetteer_.demonym(word);
  if (!match || gazetteer_.place(match->place).type != PlaceType::country) return std::nullopt;
  return known_place(gazetteer_, match->place, 1);
}

std::optional<KnownThing> World::country(std::string_view name) const {
  if (is_direction(name)) return std::nullopt;  // see place()
  for (const NameMatch& match : gazetteer_.lookup(name).matches) {
    const bool full = match.kind == NameKind::name || match.kind == NameKind::alternate;
    // "Georgia" and "Mexico" are the country unless the text speaks of the other one: place()
    // decides then.
    if (full && gazetteer_.place(match.place).type == PlaceType::country)
      return known_place(gazetteer_, match.place, 1);
    if (full) break;
  }
  return std::nullopt;
}

std::optional<KnownThing> World::country_of_seat(std::string_view name) const {
  const PlaceId id = gazetteer_.metonym(name);
  if (id == no_place || gazetteer_.place(id).type != PlaceType::country) return std::nullopt;
  return known_place(gazetteer_, id, 1);
}

std::optional<KnownThing> World::country_of_capital(std::string_view city) const {
  const PlaceId id = gazetteer_.capital_of(city);
  if (id == no_place) return std::nullopt;
  return known_place(gazetteer_, id, 1);
}

std::optional<KnownThing> World::organisation(std::string_view name) const {
  KnownThing thing;
  thing.kind = EntityKind::actor;
  const auto organisations = gazetteer_.organisations(name);
  if (organisations.empty()) return std::nullopt;
  const Organisation& best = organisations.front();
  const bool ambiguous = organisations.size() > 1 && organisations[1].country != best.country;
  if (ambiguous) return std::nullopt;
  thing.key = fmt::format("organisation/{}", best.id);
  thing.name = best.name;
  thing.type = type_name(best.type);
  if (best.country != no_place) thing.country = gazetteer_.country_code(best.country);
  return thing;
}

std::optional<KnownThing> World::organisation(std::string_view name,
                                              const CountryCounts& countries) const {
  auto known = organisation(name);
  const bool foreign =
      known && !known->country.empty() && !countries.empty() && !countries.contains(known->country);
  if (foreign && (gazetteer_.lookup(name).common_word || is_common_party(name)))
    return std::nullopt;
  return known;
}

std::optional<KnownThing> World::state_body(std::string_view mention) const {
  const auto body = gazetteer_.state_body(mention);
  if (!body) return std::nullopt;
  KnownThing thing;
  thing.kind = EntityKind::actor;
  thing.type = type_name(body->type);
  thing.name = body->name;
  if (body->country != no_place) {
    thing.country = gazetteer_.country_code(body->country);
    thing.key = body_key(thing.name, thing.country);
  }
  return thing;
}

std::string World::body_key(std::string_view name, std::string_view country) {
  return fmt::format("body/{}/{}", country, name);
}

std::optional<KnownThing> World::place(std::string_view name, const CountryCounts& countries,
                                       std::string_view noun) const {
  // "The North" is a country where Korea is spoken of, and a part of many others.
  if (is_direction(name) && !countries.contains("KP") && !countries.contains("KR"))
    return std::nullopt;
  std::vector<PlaceCount> mentioned;
  for (const auto& [code, count] : countries) {
    const PlaceId id = gazetteer_.country_by_code(code);
    if (id != no_place) mentioned.push_back({id, static_cast<std::uint32_t>(count)});
  }
  PlaceContext context;
  context.mentioned = mentioned;
  context.type = type_of_noun(noun);
  context.locative = true;
  const auto found = gazetteer_.resolve(name, context);
  if (!found || found->score < least_place_score) return std::nullopt;
  KnownThing thing = known_place(gazetteer_, found->place, found->score);
  if (found->inside) {
    // "eastern Ukraine" lies in Ukraine and is not Ukraine.
    thing.key.clear();
    thing.name.clear();
    thing.type = "region";
    thing.place = no_place;
  }
  return thing;
}

bool World::is_large_place(std::string_view name, const CountryCounts& countries) const {
  const Candidates candidates = gazetteer_.lookup(name);
  if (candidates.surname || candidates.given_name || candidates.common_word || candidates.acronym)
    return false;
  return std::any_of(
      candidates.matches.begin(), candidates.matches.end(), [&](const NameMatch& match) {
        if (match.kind != NameKind::name && match.kind != NameKind::alternate) return false;
        const Place place = gazetteer_.place(match.place);
        if (place.type != PlaceType::city && place.type != PlaceType::region) return false;
        const bool near = countries.contains(std::string(gazetteer_.country_code(match.place)));
        return place.importance >= (near ? large_in_context : large);
      });
}

std::set<std::string> World::countries_led_by(std::string_view name) const {
  std::set<std::string> codes;
  for (const Leader& leader : gazetteer_.leaders(name)) {
    if (!leader.by_surname && leader.country != no_place)
      codes.emplace(gazetteer_.country_code(leader.country));
  }
  return codes;
}

bool World::is_leader(std::string_view name) const {
  return !gazetteer_.leaders(name).empty();
}

bool World::is_family_name(std::string_view word) const {
  const Candidates candidates = gazetteer_.lookup(word);
  return candidates.surname || candidates.given_name;
}

std::vector<std::pair<std::string, std::string>> World::attributes(const KnownThing& thing) const {
  std::vector<std::pair<std::string, std::string>> all;
  if (thing.place == no_place) return all;
  const Place place = gazetteer_.place(thing.place);
  if (place.latitude && place.longitude) {
    all.emplace_back("latitude", fmt::format("{:.4f}", *place.latitude));
    all.emplace_back("longitude", fmt::format("{:.4f}", *place.longitude));
  }
  if (place.geonames_id != 0) all.emplace_back("geonames", fmt::format("{}", place.geonames_id));
  if (place.wikidata_id != 0) all.emplace_back("wikidata", fmt::format("Q{}", place.wikidata_id));
  if (const auto code = gazetteer_.region_code(thing.place);
      !code.empty() && place.type == PlaceType::region) {
    all.emplace_back("iso3166_2", code);
  }
  return all;
}

}  // namespace relata::text
