#pragma once
// What is known of the world before any text is read, as the entity stages ask for it: countries
// and their nationality words, places, organisations, seats of government. A thin layer over the
// gazetteer that answers in the words of the ontology. Immutable and safe to use from any number of
// threads; a look-up is a few hash or binary searches.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "importers/text/entity.h"
#include "importers/text/gazetteer.h"

namespace relata::text {

/// A thing that the gazetteer knows.
struct KnownThing {
  std::string key;   ///< stable: "country/KP", "place/524305", "organisation/united-nations"
  std::string name;  ///< canonical name
  EntityKind kind = EntityKind::place;
  std::string type;          ///< of the ontology
  std::string country;       ///< ISO 3166 alpha-2, "" when none
  PlaceId place = no_place;  ///< of the gazetteer
  float score = 1;           ///< how sure that the name means this thing, 0..1
};

/// Countries that a document speaks of, with the number of times.
using CountryCounts = std::map<std::string, int>;

class World final {
 public:
  explicit World(const Gazetteer& gazetteer) : gazetteer_(gazetteer) {}

  /// The country of a nationality word ("Ukrainian", "Syrians", "Briton").
  [[nodiscard]] std::optional<KnownThing> country_of_demonym(std::string_view word) const;
  /// The country of that name or short name ("DPRK", "the United States").
  [[nodiscard]] std::optional<KnownThing> country(std::string_view name) const;
  /// The country whose government a seat stands for ("the Kremlin", "Downing Street").
  [[nodiscard]] std::optional<KnownThing> country_of_seat(std::string_view name) const;
  /// The country that a city is the capital of.
  [[nodiscard]] std::optional<KnownThing> country_of_capital(std::string_view city) const;
  /// An organisation, armed group, medium, company or party of that name, alias or acronym.
  [[nodiscard]] std::optional<KnownThing> organisation(std::string_view name) const;
  /// The place that the name most probably means in a text that speaks of `countries`; `noun` is
  /// what the text calls it ("region", "city", "" when nothing).
  [[nodiscard]] std::optional<KnownThing> place(std::string_view name,
                                                const CountryCounts& countries,
                                                std::string_view noun) const;
  /// True when a city, region or country of that whole name is so large, or so near to what the
  /// text speaks of, that the name without any word beside it means it, and no family name is
  /// written so.
  [[nodiscard]] bool is_large_place(std::string_view name, const CountryCounts& countries) const;
  /// The same in a text that speaks of `countries`: a common noun ("Congress") or a common name of
  /// parties ("Labour Party") is no body of a country that the text does not name while it names
  /// others.
  [[nodiscard]] std::optional<KnownThing> organisation(std::string_view name,
                                                       const CountryCounts& countries) const;
  /// A state body named by what it is ("Saudi Interior Ministry"): type, country and what bodies of
  /// that sort are called ("Ministry of the Interior"). The key is empty when the country is.
  [[nodiscard]] std::optional<KnownThing> state_body(std::string_view mention) const;
  /// The key of the body of that sort in that country.
  [[nodiscard]] static std::string body_key(std::string_view name, std::string_view country);
  /// ISO codes of the countries whose state or government a person of that full name leads or led.
  [[nodiscard]] std::set<std::string> countries_led_by(std::string_view name) const;
  /// True when a head of state or government, a minister or a commander has that name or surname.
  [[nodiscard]] bool is_leader(std::string_view name) const;
  /// True when many people bear that word as given or family name.
  [[nodiscard]] bool is_family_name(std::string_view word) const;
  /// Attributes of a known place for its node: latitude, longitude, geonames, wikidata, iso3166_2.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> attributes(
      const KnownThing& thing) const;

 private:
  const Gazetteer& gazetteer_;
};

}  // namespace relata::text
