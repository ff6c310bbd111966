#pragma once
// What the reader takes names for, mended by what the world knows and by the rest of the text: "UK"
// is no person, "Kharkov" is one only where somebody is called so, "Mr" alone is nobody's name. A
// first look at all names of a document, then one sentence after the other. The trees and the
// knowledge must outlive the object; thread-safe once made; linear in the names.

#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "importers/text/document.h"
#include "importers/text/knowledge.h"
#include "importers/text/name_cues.h"
#include "importers/text/syntax.h"
#include "importers/text/world.h"

namespace relata::text {

class NameTyping final {
 public:
  NameTyping(std::span<const SyntaxView> syntax, const NounKnowledge& nouns, const World& world);

  /// Which countries the text speaks of decides which Georgia it means.
  [[nodiscard]] const CountryCounts& countries() const { return countries_; }

  /// A person's name of several words in the text ends in `word`.
  [[nodiscard]] bool is_surname(std::string_view word) const { return surnames_.contains(word); }

  /// The text names the European Union or a body of it, and not Belgium.
  [[nodiscard]] bool speaks_of_union() const { return union_ && !countries_.contains("BE"); }

  /// Retypes names, and drops those that are only a title or an office.
  void settle(const SyntaxView& tree, std::vector<Name>& names) const;

 private:
  [[nodiscard]] bool only_title(const SyntaxView& tree, const Name& name) const;
  void retype(const SyntaxView& tree, Name& name) const;
  /// Retypes an unknown name by what the text says of it; false when it says nothing.
  bool retype_by_cues(const std::string& text, Name& name) const;

  const NounKnowledge& nouns_;
  const World& world_;
  NameCues cues_;
  CountryCounts countries_;
  bool union_ = false;                               ///< the European one
  std::set<std::string, std::less<>> person_words_;  ///< of persons' names of two words or more
  std::set<std::string, std::less<>> person_names_;  ///< those names
  std::set<std::string, std::less<>> surnames_;      ///< the last words of those names
  std::set<std::string, std::less<>> storms_;        ///< "Katrina" of "Hurricane Katrina"
};

}  // namespace relata::text
