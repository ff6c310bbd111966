#pragma once
// A text's facts as bytes, so that they can be kept and joined with those of other texts later
// without reading the text again: all of DocumentFacts, and of the document the places of its
// sentences and tokens. Strings are stored once each, numbers in as few bytes as they need; a
// checksum stands at the end. The layout belongs to this version of the program (record_version);
// records of another version are refused, and the text is read anew.

#include <cstdint>
#include <string>
#include <string_view>

#include "importers/text/document.h"
#include "importers/text/facts.h"

namespace relata::text {

/// Counted up whenever a record of this header would be read differently.
constexpr std::uint32_t record_version = 1;

/// How much of a record to read.
enum class RecordPart : std::uint8_t {
  all,
  joining,  ///< without mentions and what the predicates missed; entities keep their number of
            ///< mentions. What corpus.h needs.
};

/// `document` with its sentences and tokens, and the facts that were read off it.
std::string write_facts_record(const Document& document, const DocumentFacts& facts);

/// Fills `document.sentences` (places of sentences and tokens, nothing else) and `facts`. Throws
/// InputError naming `source` when the bytes are damaged or of another version.
void read_facts_record(std::string_view bytes, std::string_view source, RecordPart part,
                       Document& document, DocumentFacts& facts);

}  // namespace relata::text
