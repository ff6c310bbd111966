#pragma once
// What the words around a name say that it is, over a whole text: what has shareholders is a
// company, what has a parliament is a state, what things happen in is a place, and what a noun
// beside it calls an insurer is no person. For names that the reader takes for persons because it
// never saw them. Pure function of its arguments.

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "importers/text/knowledge.h"
#include "importers/text/syntax.h"

namespace relata::text {

/// What a name's surroundings tell; `company` is any body.
enum class NameCue : std::uint8_t { none, company, state, place };

class NameCues final {
 public:
  /// Reads the surroundings of all names of the reader's. Cost linear in the names.
  NameCues(std::span<const SyntaxView> syntax, const NounKnowledge& nouns);

  /// What most of the name's surroundings say; none when nothing does or they disagree.
  [[nodiscard]] NameCue of(std::string_view text) const;

 private:
  std::map<std::string, std::map<NameCue, int>, std::less<>> votes_;
};

}  // namespace relata::text
