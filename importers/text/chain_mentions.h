#pragma once
// The phrases of a text that may corefer, as annotated corpora draw them: full noun phrases with
// all that belongs to them, pronouns and demonstratives, possessors, numbers that stand alone,
// adverbs of place and time that refer ("there"), and coordinations as wholes. Wider than
// Entities::mentions, which holds what can be somebody or something in the graph.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "importers/text/document.h"
#include "importers/text/entity.h"
#include "importers/text/syntax.h"

namespace relata::text {

class ChainModel;

enum class ChainForm : std::uint8_t {
  name,
  nominal,
  personal,
  demonstrative,
  relative,
  other,
  clause  ///< told by a verb: what "this" may take up, and what "it" stands for in "it is good
          ///< that"
};

/// A phrase that may corefer.
struct ChainMention {
  std::int32_t sentence = 0;
  std::int32_t head = 0;
  TokenSpan span;
  TokenSpan core;  ///< name or noun with what stands before it
  ChainForm form = ChainForm::nominal;
  bool whole = false;       ///< a coordination; `head` is its first conjunct
  bool read = false;        ///< the reader takes it for a mention
  std::uint8_t type = 0;    ///< position in the list of mention types, from 1; 0 unknown
  std::uint8_t number = 0;  ///< 0 unknown, 1 one, 2 several
  Gender gender = Gender::unknown;
  std::int32_t person = 3;
  std::uint8_t definite =
      0;  ///< 0 bare, 1 a, 2 the, 3 this, 4 possessed, 5 name, 6 quantified, 7 no
  std::int32_t entity_mention = -1;  ///< the Entities mention with this head; -1
  std::int32_t entity = -1;          ///< what the rules take it for
  float score = 0;                   ///< of the reader
  std::vector<std::uint32_t> words;  ///< hashes of the core's words without determiners, lower case
  std::uint32_t noun = 0;            ///< hash of the head's lemma
  std::uint32_t text = 0;            ///< hash of the whole core, lower case, without determiners
};

/// Candidates in the order of the text, the longer one first where two begin together. Cost linear
/// in the tokens.
std::vector<ChainMention> find_chain_mentions(std::span<const SyntaxView> syntax,
                                              const Entities& entities, const ChainModel& model);

}  // namespace relata::text
