#pragma once
// Joins what the texts of a store call things, for the names that a change touches and for no
// others, with the result that importers/text/corpus.h gives for all texts at once:
//
// - the occurrences of a name are parted anew when a text with that name comes or goes. Where it is
//   plain that they are one thing, by sums over them, they are not read;
// - things of different names are joined anew when links (corpus_joins.h) tie them to a thing that
//   changed;
// - keys are given anew among all the things that claim one.
//
// Works inside a transaction of the caller's. Damaged rows throw InputError.

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "importers/text/corpus_groups.h"
#include "importers/text/corpus_names.h"
#include "importers/text/curator_rules.h"
#include "importers/text/document.h"
#include "importers/text/facts.h"
#include "store/id_set.h"
#include "store/name_tables.h"

namespace relata::store {

/// What a text calls things, read off its facts.
struct TextNames {
  std::string document;
  struct Named {
    std::string signature;
    std::uint32_t entity = 0;
    bool neighbour = false;
    text::Naming what;
  };
  std::vector<Named> entities;
};

TextNames text_names(const text::Document& document, const text::DocumentFacts& facts,
                     text::NameReader& reader);

class NameJoins final : private text::TellingTexts {
 public:
  /// `occurrences` has the table of these, `database` all others. A change notes `most_noted` words
  /// and bases of keys at a time, besides the words of links that go; what they are more, it looks
  /// up again, or looks at all that there are.
  NameJoins(Database& database, Database& occurrences, const text::CuratorRules& rules,
            std::size_t most_noted);
  ~NameJoins() override;

  /// Takes a text's names away; does nothing for a text that has none.
  void take(std::int64_t source);
  /// REQUIRES: the source has no names.
  void put(std::int64_t source, TextNames names);
  /// Hands out what was put since, by name, which is to be written down, so that memory holds it no
  /// longer: for changes of many texts, after each some of them.
  using Line = std::pair<std::uint32_t, std::vector<text::Occurrence>>;
  [[nodiscard]] std::vector<Line> sheet();
  /// Writes that down, which uses the table of occurrences and nothing else.
  void write_down(std::span<const Line> lines);
  /// Decides anew for what was taken and put since, and adds to `affected` the texts of which an
  /// entity may have become another node. What came since is not among them.
  void settle(IdSet& affected);

  /// What the entities of a text are. `document` needs its id and text, `facts` its entities.
  std::vector<text::NodeIdentity> identities(std::int64_t source, const text::Document& document,
                                             const text::DocumentFacts& facts);

 private:
  /// What came and went of one name.
  struct Edit {
    std::vector<text::Occurrence> came;
    std::vector<PlacedOccurrence> went;
    bool written_down = false;  ///< more came or went, and is not known one by one any more
  };
  /// What a change touched, on the way from names over things to keys.
  struct Change;

  void texts_of(std::size_t i, const std::function<bool(std::uint64_t)>& take) override;
  bool tells_of(std::uint64_t text, std::size_t i) override;
  const std::vector<std::uint32_t>& names_in(std::uint64_t text) override;

  void settle(std::uint32_t name, const Edit& edit, Change& change);
  [[nodiscard]] text::Thing sum_of_all(std::uint32_t name, bool known);
  [[nodiscard]] bool sum_up(const Edit& edit, bool known, bool is_new, text::Thing& sums);
  [[nodiscard]] bool settle_as_one(std::uint32_t name, bool known, const Edit& edit,
                                   const std::vector<ThingRow>& old, Change& change);
  void settle_by_all(std::uint32_t name, bool known, const Edit& edit,
                     const std::vector<ThingRow>& old, Change& change);
  /// How the occurrences that come before all that changed were parted.
  [[nodiscard]] text::PartedBefore parted_before(const Edit& edit, const std::vector<ThingRow>& old,
                                                 std::span<const text::Occurrence> occurrences,
                                                 std::span<const std::uint32_t> was_in) const;
  void replace(ThingRow row, const ThingRow* old, bool moved, Change& change);
  void remove(const ThingRow& row, Change& change);
  void join_tied(Change& change);
  void join(std::vector<ThingRow>& group, Change& change);
  void claim(const std::string& base, Change& change) const;
  void give_keys(Change& change);
  void give_keys(const std::string& base, Change& change);
  void affect(const ThingRow& row, Change& change);
  [[nodiscard]] text::ThingName called(const ThingRow& row);
  [[nodiscard]] std::set<LinkKey> links_of(const text::Thing& thing);

  NameTables tables_;
  const text::CuratorRules& rules_;
  bool all_come_;  ///< no text was there before the change
  std::size_t most_noted_;
  text::NameKeys keys_;
  std::map<std::uint32_t, Edit> edits_;
  IdSet written_down_;  ///< names of which sheet() handed something out
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> neighbours_;  ///< of texts
  std::vector<std::pair<std::uint32_t, std::uint32_t>> joined_;  ///< name and thing, by place
  /// Things of a name as they are called, for identities().
  std::unordered_map<std::uint32_t, std::vector<text::ThingName>> called_;
};

}  // namespace relata::store
