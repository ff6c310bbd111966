#pragma once
// A phrase that refers, with the others that mean the same: what chains.h finds, as a plain value.

#include <cstdint>

#include "importers/text/document.h"

namespace relata::text {

/// A phrase and its chain; chains of a document are numbered from 0 in the order of first mention.
struct ChainedPhrase {
  std::int32_t sentence = 0;
  TokenSpan span;
  std::int32_t head = 0;  ///< token that heads the phrase
  std::int32_t chain = 0;
};

}  // namespace relata::text
