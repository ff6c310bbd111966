#include "importers/text/gazetteer.h"

#include <algorithm>
#include <array>

#include "importers/text/gazetteer_fold.h"

namespace relata::text {

namespace {

struct PlaceRecord {
  std::uint32_t name;
  std::int32_t latitude;
  std::int32_t longitude;
  std::uint32_t population;
  std::uint32_t geonames;
  std::uint32_t wikidata;
  std::uint16_t country;
  std::uint16_t parent;
  std::uint8_t type;
  std::uint8_t flags;
  std::uint8_t subtype;
  std::uint8_t importance;
};
static_assert(sizeof(PlaceRecord) == 32);

constexpr std::uint16_t no_place_16 = 0xFFFF;
constexpr std::int32_t unknown_coordinate = INT32_MIN;
constexpr std::uint32_t capitals_only = 1U << 31U;
constexpr unsigned flag_capital = 1;
constexpr unsigned flag_historic = 2;
constexpr unsigned flag_seat = 4;
constexpr unsigned flag_disputed = 8;
constexpr unsigned key_word = 1;
constexpr unsigned key_given_name = 2;
constexpr unsigned key_surname = 4;
constexpr unsigned place_types = 7;
constexpr unsigned name_kinds = 8;
constexpr std::size_t most_acronym_letters = 4;
constexpr std::size_t most_small_letters = 3;

std::string_view code_text(const char* code, std::size_t size) {
  const std::string_view all(code, size);
  return all.substr(0, std::min(all.find('\0'), size));
}

}  // namespace

std::string_view type_name(PlaceType type) {
  constexpr std::array<std::string_view, place_types> names = {
      "country", "region", "city", "facility", "water", "landform", "location"};
  return names[static_cast<std::size_t>(type)];
}

Gazetteer Gazetteer::open(const std::string& directory) {
  return {directory + "/places.rlg", directory + "/actors.rlg"};
}

Gazetteer::Gazetteer(const std::string& places_path, const std::string& actors_path)
    : places_file_(places_path),
      actors_file_(actors_path),
      text_(places_file_.section("TEXT", 1)),
      subtypes_(places_file_.section("SUBT", 4)),
      places_(places_file_.section("PLAC", sizeof(PlaceRecord))),
      countries_(places_file_.section("CTRY", sizeof(CountryRecord))),
      regions_(places_file_.section("RGON", 8)),
      neighbours_(places_file_.section("NBRS", 2)),
      keys_(places_file_),
      actor_text_(actors_file_.section("TEXT", 1)),
      organisations_(actors_file_.section("ORGS", 16)),
      bodies_(actors_file_.section("BODY", 8)),
      leaders_(actors_file_.section("LEAD", 20)),
      actor_keys_(actors_file_) {
  if (countries_.count() + regions_.count() > places_.count()) {
    places_file_.fail_reference("countries and regions", countries_.count() + regions_.count(),
                                places_.count() + 1);
  }
}

Place Gazetteer::place(PlaceId id) const {
  if (id >= places_.count()) places_file_.fail_reference("a place", id, places_.count());
  const auto record = places_.record<PlaceRecord>(id);
  if (record.type >= place_types) {
    places_file_.fail_reference("a type", record.type, place_types);
  }
  if (record.subtype >= subtypes_.count()) {
    places_file_.fail_reference("a subtype", record.subtype, subtypes_.count());
  }
  const auto checked = [&](std::uint16_t place) -> PlaceId {
    if (place == no_place_16) return no_place;
    if (place >= places_.count()) places_file_.fail_reference("a place", place, places_.count());
    return place;
  };
  Place result;
  result.id = id;
  result.name = pooled_text(places_file_, text_, record.name);
  result.type = static_cast<PlaceType>(record.type);
  result.subtype =
      pooled_text(places_file_, text_, subtypes_.record<std::uint32_t>(record.subtype));
  result.country = checked(record.country);
  result.parent = checked(record.parent);
  if (record.latitude != unknown_coordinate) {
    result.latitude = record.latitude / 1e5;
    result.longitude = record.longitude / 1e5;
  }
  result.population = record.population;
  result.geonames_id = record.geonames;
  result.wikidata_id = record.wikidata;
  result.is_capital = (record.flags & flag_capital) != 0;
  result.is_seat = (record.flags & flag_seat) != 0;
  result.is_historic = (record.flags & flag_historic) != 0;
  result.is_disputed = (record.flags & flag_disputed) != 0;
  result.importance = record.importance / 20.0;
  return result;
}

Country Gazetteer::country(PlaceId id) const {
  if (id >= countries_.count()) places_file_.fail_reference("a country", id, countries_.count());
  const auto record = countries_.record<CountryRecord>(id);
  Country result;
  result.place = id;
  const char* bytes = countries_.bytes().data() + id * sizeof(CountryRecord);
  result.code = code_text(bytes, 4);
  result.iso3 = code_text(bytes + 4, 4);
  result.official_name = pooled_text(places_file_, text_, record.official_name);
  result.capital = record.capital < places_.count() ? record.capital : no_place;
  const std::size_t end = std::size_t{record.first_neighbour} + record.neighbours;
  if (end > neighbours_.count()) {
    places_file_.fail_reference("neighbours", end, neighbours_.count() + 1);
  }
  for (std::size_t i = record.first_neighbour; i < end; ++i) {
    result.neighbours.push_back(neighbours_.record<std::uint16_t>(i));
  }
  return result;
}

std::string_view Gazetteer::country_code(PlaceId id) const {
  if (id == no_place) return {};
  const PlaceId owner = place(id).country;
  if (owner >= countries_.count()) return {};
  return code_text(countries_.bytes().data() + owner * sizeof(CountryRecord), 4);
}

std::string_view Gazetteer::region_code(PlaceId id) const {
  if (id < countries_.count() || id - countries_.count() >= regions_.count()) return {};
  return code_text(regions_.bytes().data() + (id - countries_.count()) * 8, 8);
}

PlaceId Gazetteer::country_by_code(std::string_view code) const {
  if (code.empty()) return no_place;
  for (PlaceId id = 0; id < countries_.count(); ++id) {
    const char* bytes = countries_.bytes().data() + id * sizeof(CountryRecord);
    if (code_text(bytes, 4) == code || code_text(bytes + 4, 4) == code) return id;
  }
  return no_place;
}

std::vector<PlaceId> Gazetteer::containers(PlaceId id) const {
  std::vector<PlaceId> result;
  // A chain is at most city, region, unrecognised state, country: the bound stops a damaged file.
  for (PlaceId at = place(id).parent; at != no_place && result.size() < 8; at = place(at).parent) {
    result.push_back(at);
  }
  return result;
}

bool Gazetteer::lies_in(PlaceId inner, PlaceId outer) const {
  if (inner == outer) return true;
  const std::vector<PlaceId> chain = containers(inner);
  return std::find(chain.begin(), chain.end(), outer) != chain.end();
}

Candidates Gazetteer::lookup(std::string_view name) const {
  Candidates result;
  const std::string key = fold_name(name);
  const GazetteerKeys::Found found = keys_.find(key);
  const bool capitals = is_all_capitals(name);
  // "us" and "of" are also villages; nobody writes them in small letters.
  const bool small_word =
      key.size() <= most_small_letters &&
      std::none_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (small_word) return result;
  for (const std::uint32_t entry : found.entries) {
    const unsigned kind = entry >> 24U & 0x7FU;
    if (kind >= name_kinds) places_file_.fail_reference("a kind of name", kind, name_kinds);
    if (kind >= static_cast<unsigned>(NameKind::adjective)) continue;
    if ((entry & capitals_only) != 0 && !capitals) continue;
    result.matches.push_back({entry & 0xFFFFFFU, static_cast<NameKind>(kind)});
  }
  result.common_word = (found.flags & key_word) != 0;
  result.given_name = (found.flags & key_given_name) != 0;
  result.surname = (found.flags & key_surname) != 0;
  result.acronym = capitals && key.size() <= most_acronym_letters &&
                   std::none_of(found.entries.begin(), found.entries.end(),
                                [](std::uint32_t entry) { return (entry & capitals_only) != 0; });
  result.several_words = key.find(' ') != std::string::npos;
  return result;
}

std::optional<NameMatch> Gazetteer::first_of(std::string_view name, NameKind from,
                                             NameKind to) const {
  const bool capitals = is_all_capitals(name);
  for (const std::uint32_t entry : keys_.find(fold_name(name)).entries) {
    const unsigned kind = entry >> 24U & 0x7FU;
    if (kind < static_cast<unsigned>(from) || kind > static_cast<unsigned>(to)) continue;
    if ((entry & capitals_only) != 0 && !capitals) continue;
    return NameMatch{entry & 0xFFFFFFU, static_cast<NameKind>(kind)};
  }
  return std::nullopt;
}

std::optional<NameMatch> Gazetteer::demonym(std::string_view word) const {
  return first_of(word, NameKind::adjective, NameKind::people);
}

PlaceId Gazetteer::metonym(std::string_view name) const {
  const auto match = first_of(name, NameKind::metonym, NameKind::metonym);
  return match ? match->place : no_place;
}

PlaceId Gazetteer::capital_of(PlaceId city) const {
  if (city == no_place || !place(city).is_capital) return no_place;
  for (PlaceId id = 0; id < countries_.count(); ++id) {
    if (countries_.record<CountryRecord>(id).capital == city && !place(id).is_historic) return id;
  }
  return no_place;
}

PlaceId Gazetteer::capital_of(std::string_view name) const {
  for (const NameMatch& match : lookup(name).matches) {
    if (match.kind == NameKind::minor || match.kind == NameKind::abbreviation) continue;
    const PlaceId owner = capital_of(match.place);
    if (owner != no_place) return owner;
  }
  return no_place;
}

}  // namespace relata::text
