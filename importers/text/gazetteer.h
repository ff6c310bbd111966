#pragma once
// What the world holds: places with countries, capitals and demonyms; organisations; heads of state
// and government. Read from two memory-mapped files (places.rlg, actors.rlg; docs/
// gazetteer_format.md) that scripts/build_gazetteer computes. A Gazetteer owns the mappings; every
// string_view it hands out lives as long as it does. Immutable, so safe from any number of threads.
// Opening costs a few milliseconds (a checksum), a look-up about a microsecond.
//
// Names are matched folded (fold_name): without case, diacritics, hyphens and "the". Names that are
// common words in small letters ("US", "WHO") match only when written in capitals.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "importers/text/gazetteer_file.h"

namespace relata::text {

using PlaceId = std::uint32_t;
inline constexpr PlaceId no_place = 0xFFFFFFFF;

/// The ontology's types of places, in the order of the file.
enum class PlaceType : std::uint8_t { country, region, city, facility, water, landform, location };

/// "country", "region", ...
std::string_view type_name(PlaceType type);

/// What a name is to a place. The first four name it; the others lead from it to a country.
enum class NameKind : std::uint8_t {
  name,          ///< the name
  alternate,     ///< another name that English uses
  minor,         ///< one of the names in any language
  abbreviation,  ///< of a US state ("Calif."), meant only after a comma
  adjective,     ///< "Ukrainian"
  person,        ///< "Briton"
  people,        ///< "Britons"
  metonym,       ///< "Kremlin"
};

struct NameMatch {
  PlaceId place = no_place;
  NameKind kind = NameKind::name;
};

/// What a name may mean, best known places first, and what else the name is.
struct Candidates {
  std::vector<NameMatch> matches;
  bool common_word = false;  ///< an English word in small letters too ("nice", "reading")
  bool given_name = false;   ///< "Charlotte"
  bool surname = false;      ///< "Montalvo"
  bool acronym = false;      ///< at most four letters, all capitals, and no known acronym ("NIS")
  bool several_words = false;
};

struct Place {
  PlaceId id = no_place;
  std::string_view name;
  PlaceType type = PlaceType::location;
  std::string_view subtype;        ///< "sea", "island", "airport", "first-level region", ...
  PlaceId country = no_place;      ///< itself for a country; none where several or none apply
  PlaceId parent = no_place;       ///< the next larger place: region, then country
  std::optional<double> latitude;  ///< degrees; of a country or region the middle of its people
  std::optional<double> longitude;
  std::uint32_t population = 0;   ///< 0 when unknown
  std::uint32_t geonames_id = 0;  ///< 0 when none
  std::uint32_t wikidata_id = 0;  ///< the number after Q; 0 when none
  bool is_capital = false;        ///< of a present country
  bool is_seat = false;           ///< of a country or first-level region
  bool is_historic = false;
  bool is_disputed = false;  ///< recognised by some states only
  double importance = 0;  ///< about log10 of the population, with more for countries and capitals
};

struct Country {
  PlaceId place = no_place;
  std::string_view code;  ///< ISO 3166-1 alpha-2; four letters for past and unrecognised states
  std::string_view iso3;  ///< "" when none
  std::string_view official_name;
  PlaceId capital = no_place;
  std::vector<PlaceId> neighbours;
};

/// A place that the text speaks of, and how often.
struct PlaceCount {
  PlaceId place = no_place;
  std::uint32_t count = 1;
};

/// What the text says around a name.
struct PlaceContext {
  std::span<const PlaceCount> mentioned;  ///< countries, regions, cities of the document
  PlaceId modifier = no_place;            ///< "Russia's ..", ".., Maine": it lies in this place
  std::optional<PlaceType> type;          ///< "Kursk region"
  bool locative = false;                  ///< after "in", "near", "from"
};

struct Resolution {
  PlaceId place = no_place;
  NameKind kind = NameKind::name;
  double score = 0;  ///< 0..1: how sure
  bool inside =
      false;  ///< the mention is something in the place ("eastern Ukraine", "Kabul airport")
};

/// The ontology's types of actors, in the order of the file.
enum class ActorType : std::uint8_t {
  person,
  group,
  military,
  government,
  organization,
  media,
  party,
  company
};

/// "person", "group", ...
std::string_view type_name(ActorType type);

using OrganisationId = std::uint32_t;
inline constexpr OrganisationId no_organisation = 0xFFFFFFFF;

struct Organisation {
  OrganisationId id = no_organisation;
  std::string_view name;
  ActorType type = ActorType::organization;
  PlaceId country = no_place;  ///< none for international ones
  OrganisationId parent = no_organisation;
};

/// A state body named by what it is ("foreign ministry", "supreme court") and its country.
struct StateBody {
  std::string_view
      name;  ///< canonical English name without the country: "Ministry of Foreign Affairs"
  ActorType type = ActorType::government;
  PlaceId country = no_place;  ///< none when the mention does not say
};

struct Leader {
  PlaceId country = no_place;
  std::string_view office;  ///< "president", "prime minister", "king", ...
  std::string_view name;
  std::uint32_t from = 0;   ///< first day of the office as YYYYMMDD; month and day 00 when unknown
  std::uint32_t to = 0;     ///< last day; 0 while in office
  bool by_surname = false;  ///< found by the family name alone
};

class Gazetteer final {
 public:
  /// Opens places.rlg and actors.rlg of `directory`. Throws FileError or InputError.
  static Gazetteer open(const std::string& directory);
  Gazetteer(const std::string& places_path, const std::string& actors_path);

  // --- places

  [[nodiscard]] std::size_t place_count() const { return places_.count(); }
  [[nodiscard]] std::size_t country_count() const { return countries_.count(); }
  /// REQUIRES: id < place_count().
  [[nodiscard]] Place place(PlaceId id) const;
  /// REQUIRES: id is a country.
  [[nodiscard]] Country country(PlaceId id) const;
  /// ISO 3166-1 alpha-2 of the country that `id` is or lies in; "" when none.
  [[nodiscard]] std::string_view country_code(PlaceId id) const;
  /// ISO 3166-2 of a region ("UA-63"); "" when none.
  [[nodiscard]] std::string_view region_code(PlaceId id) const;
  /// The country of a code ("UA", "SUHH"), or of an alpha-3 code; no_place when none.
  [[nodiscard]] PlaceId country_by_code(std::string_view code) const;
  /// The larger places of `id`, nearest first: city -> region -> country.
  [[nodiscard]] std::vector<PlaceId> containers(PlaceId id) const;
  /// Whether `inner` is `outer` or lies in it.
  [[nodiscard]] bool lies_in(PlaceId inner, PlaceId outer) const;

  /// Places of that name (kinds name, alternate, minor, abbreviation).
  [[nodiscard]] Candidates lookup(std::string_view name) const;
  /// Country of an adjective or noun of nationality ("Ukrainian", "Briton", "Poles"); the kind says
  /// which. Nothing when several countries share it and no context could choose ("Congolese" gives
  /// the larger country).
  [[nodiscard]] std::optional<NameMatch> demonym(std::string_view word) const;
  /// Country for whose government a seat stands ("the Kremlin"); no_place when none.
  [[nodiscard]] PlaceId metonym(std::string_view name) const;
  /// Country that the city is the capital of, no_place when none.
  [[nodiscard]] PlaceId capital_of(PlaceId city) const;
  /// The same by name: the country of the largest capital so called.
  [[nodiscard]] PlaceId capital_of(std::string_view name) const;

  /// The most probable place among `candidates`; nothing when a name is too common a word, person's
  /// name or small a place for what the context says. Score of a candidate: its importance, plus
  /// points for a modifier, the type, countries and regions of the document and their neighbours;
  /// it must pass a threshold that rises for words and persons' names and falls after "in".
  [[nodiscard]] std::optional<Resolution> disambiguate(const Candidates& candidates,
                                                       const PlaceContext& context) const;
  /// Looks up and disambiguates a whole mention: "Russia's Kursk region", "Portland, Maine",
  /// "New York state", "the Ukrainian city of Odesa", "eastern Ukraine" (inside), "Kabul airport".
  [[nodiscard]] std::optional<Resolution> resolve(std::string_view mention,
                                                  const PlaceContext& context) const;

  // --- organisations and leaders

  [[nodiscard]] std::size_t organisation_count() const { return organisations_.count(); }
  /// REQUIRES: id < organisation_count().
  [[nodiscard]] Organisation organisation(OrganisationId id) const;
  /// Organisations of that name, alias or acronym. `country` (optional): those of this country
  /// first, those of other countries dropped when one fits.
  [[nodiscard]] std::vector<Organisation> organisations(std::string_view name,
                                                        PlaceId country = no_place) const;
  /// A state body by pattern: "Ukrainian Defence Ministry", "Ministry of Justice of Iran",
  /// "Nigeria's Central Bank", "foreign ministry". Nothing when the words name no body.
  [[nodiscard]] std::optional<StateBody> state_body(std::string_view mention) const;

  /// Heads of state and government of that name, full name first. `date` as YYYYMMDD keeps those in
  /// office on it, or within `slack_years` after they left; 0 keeps all.
  [[nodiscard]] std::vector<Leader> leaders(std::string_view name, std::uint32_t date = 0,
                                            unsigned slack_years = 0) const;
  /// Who held office in `country` on `date` (0: who is in office at the file's end), in file order.
  [[nodiscard]] std::vector<Leader> leaders_of(PlaceId country, std::uint32_t date = 0) const;

 private:
  struct CountryRecord {
    char code[4];
    char iso3[4];
    std::uint32_t capital;
    std::uint32_t official_name;
    std::uint16_t first_neighbour;
    std::uint16_t neighbours;
  };
  [[nodiscard]] double support(PlaceId id, const Place& place, const PlaceContext& context) const;
  [[nodiscard]] std::optional<NameMatch> first_of(std::string_view name, NameKind from,
                                                  NameKind to) const;
  [[nodiscard]] std::optional<Resolution> resolve_whole(std::string_view mention,
                                                        const PlaceContext& context) const;
  [[nodiscard]] std::optional<Resolution> resolve_parts(std::string_view mention,
                                                        PlaceContext context, int depth) const;
  [[nodiscard]] Leader leader(std::size_t index) const;

  GazetteerFile places_file_;
  GazetteerFile actors_file_;
  GazetteerSection text_;
  GazetteerSection subtypes_;
  GazetteerSection places_;
  GazetteerSection countries_;
  GazetteerSection regions_;
  GazetteerSection neighbours_;
  GazetteerKeys keys_;
  GazetteerSection actor_text_;
  GazetteerSection organisations_;
  GazetteerSection bodies_;
  GazetteerSection leaders_;
  GazetteerKeys actor_keys_;
};

}  // namespace relata::text
