#pragma once
// What a sentence says of each of its predicates: whether it is denied, only planned or possible,
// asked, told by somebody. Read off the way from the predicate up to the root: auxiliaries,
// negation words, conditions, and the predicates that embed it (saying, wanting, trying, failing),
// which the caller finds with the knowledge file. Pure functions of their arguments.

#include <cstdint>
#include <span>
#include <vector>

#include "importers/text/facts.h"
#include "importers/text/syntax.h"

namespace relata::text {

/// A predicate whose meaning says something of a clause or noun phrase that depends on it.
struct Embedding {
  enum class Kind : std::uint8_t {
    speech,    ///< the content is told by `speakers`
    planned,   ///< wanted, ordered, promised, threatened
    possible,  ///< thought, tried, feared
    negated,   ///< failed, refused, prevented
    asserted,  ///< managed, forced, began: true or false with its predicate
    conditional,
    questioned,
  };
  std::int32_t predicate = -1;  ///< token
  std::int32_t content = -1;    ///< head token of what it embeds
  Kind kind = Kind::speech;
  Strength strength = Strength::none;
  std::vector<std::int32_t> speakers;  ///< tokens, for speech
  bool aside = false;  ///< "the client, she said, left": told between the words of the content
};

/// The assertion of the predicate or event noun at `token`. `speaker` of the result is a token of
/// the sentence or -1.
Assertion assertion_of(const SyntaxView& tree, std::int32_t token,
                       std::span<const Embedding> embeddings);

/// The verb of saying that `verb` stands beside, where the tree hangs it into what was said: "The
/// firm said it complied and denied wrongdoing" is "said and denied". -1 when there is none.
std::int32_t resumed_speech(const SyntaxView& tree, std::int32_t verb);

/// True when the clause or noun at `token` is negated by a word of its own: not, never, no,
/// without, nobody.
bool is_negated(const SyntaxView& tree, std::int32_t token);

}  // namespace relata::text
