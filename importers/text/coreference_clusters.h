#pragma once
// Growing sets of mentions that mean the same, with what is known of each set. Used by the passes
// of coreference.cpp only. Cost: a merge is about linear in the smaller of what the two sets know.

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "importers/text/entity.h"
#include "importers/text/syntax.h"

namespace relata::text {

/// What the mentions of one set say together.
struct ClusterFacts {
  std::vector<std::int32_t> mentions;  ///< sorted
  EntityKind kind = EntityKind::thing;
  std::string type;
  std::set<std::string> nouns;        ///< lemmas of nominal heads and titles
  std::set<std::string> modifiers;    ///< lower-case words before the nouns
  std::set<std::string> outer_words;  ///< first and last words of its names of several words
  std::set<std::string> undergone;    ///< lower-case verbs that it is the object of: "captured"
  std::uint64_t word_bits = 0;  ///< of `nouns` and `outer_words`: has(word_bit(w)) or not there
  std::string country;
  std::string gazetteer_key;
  bool named = false;
  bool plural = false;
  Gender gender = Gender::unknown;
  Count count;
};

/// One phrase stands inside the other: "the country's president" is not the country.
bool nested(std::span<const SyntaxView> syntax, const EntityMention& left,
            const EntityMention& right);

class Clusters final {
 public:
  explicit Clusters(const std::vector<EntityMention>& mentions);

  /// Adds the words of a mention's name (name_words.h) and the verb that it is the object of, ""
  /// for none.
  void add_words(std::int32_t mention, const std::vector<std::string>& name,
                 const std::string& undergone);

  [[nodiscard]] std::int32_t of(std::int32_t mention) const;
  [[nodiscard]] const ClusterFacts& facts(std::int32_t cluster) const { return facts_[cluster]; }
  [[nodiscard]] const ClusterFacts& facts_of(std::int32_t mention) const {
    return facts_[of(mention)];
  }
  /// Clusters that are alive, in the order of their first mention.
  [[nodiscard]] std::vector<std::int32_t> all() const;

  /// True when nothing known of both forbids that they are one: kind, type, number, gender,
  /// country, count, different full names.
  [[nodiscard]] bool compatible(std::int32_t left, std::int32_t right) const;
  /// Joins the clusters of both mentions.
  void merge(std::int32_t left_mention, std::int32_t right_mention);

 private:
  std::vector<std::int32_t> cluster_of_;
  std::vector<ClusterFacts> facts_;
};

/// The bit that a word has in ClusterFacts::word_bits; several words share one.
std::uint64_t word_bit(std::string_view word);

/// True when a thing of type `left` can be one of type `right` ("" is unknown).
bool types_compatible(EntityKind left_kind, const std::string& left, EntityKind right_kind,
                      const std::string& right);

}  // namespace relata::text
