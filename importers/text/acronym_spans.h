#pragma once
// Names of bodies that a text's own acronyms spell out: where "EACC" stands in a text, "Ethics and
// Anti-Corruption Commission" is one name, whatever stands between its words. A first look at all
// acronyms of a document, then one sentence after the other. Thread-safe once made; linear in the
// tokens.

#include <set>
#include <span>
#include <string>
#include <vector>

#include "importers/text/document.h"
#include "importers/text/syntax.h"

namespace relata::text {

class AcronymSpans final {
 public:
  explicit AcronymSpans(std::span<const SyntaxView> syntax);

  /// The runs of capitalised words, small ones between them, whose initials are an acronym of the
  /// text; in the order of the text, without overlaps.
  [[nodiscard]] std::vector<Name> spelt_out(const SyntaxView& tree) const;

 private:
  std::set<std::string> acronyms_;  ///< in lower case, without dots
};

}  // namespace relata::text
