#pragma once
// What the reader found in a document, as aligned columns and as JSON.

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "importers/text/chained_phrase.h"
#include "importers/text/document.h"

namespace relata::cli {

/// What can be printed, in the order of the work.
enum class Stage : std::uint8_t { sentences, tokens, names, mentions, predicates, chains, graph };

std::vector<std::string> stage_names();

/// Prints the stages of a document one sentence after the other (`chains` and `graph` are no
/// matter of one sentence and are left out).
void print_analysis(const text::Document& document, const std::vector<Stage>& stages,
                    std::ostream& out);

/// Prints the chains of two or more phrases, one line a phrase: chain, sentence, words.
void print_chains(const text::Document& document, const std::vector<text::ChainedPhrase>& phrases,
                  std::ostream& out);

/// All stages of all documents as a JSON array. Byte offsets count from the document's beginning,
/// token positions from the sentence's.
void write_json(const std::vector<text::Document>& documents, std::ostream& out);

}  // namespace relata::cli
