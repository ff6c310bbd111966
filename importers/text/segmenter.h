#pragma once
// First stage of the text importer: sentences and tokens from raw text, by the token conventions of
// the English Universal Dependencies treebanks (EWT, GUM): "do|n't", "Ukraine|'s", "US$|20,000",
// "5|%", "Russia|-|Ukraine", but "U.S.", "3.5", "anti-war", "9/11", addresses and e-mails whole.
//
// Cost: linear in the text with bounded look-ahead and look-back, so that a line of any length
// ends; besides the result, memory is bounded (one window of tokens). No state, no files: safe to
// call from any number of threads on different documents. The same text gives the same tokens
// everywhere.

#include <cstddef>
#include <functional>

#include "importers/text/document.h"

namespace relata::text {

/// No sentence that the segmenter makes has more tokens; a longer one is cut after the best mark of
/// punctuation near the limit.
inline constexpr std::size_t max_sentence_tokens = 200;

/// No token is longer than this many bytes; a longer run of characters is cut.
inline constexpr std::size_t max_token_bytes = 4096;

/// Calls `sink` for each sentence of `text` in order, with `bytes`, `tokens` (form, bytes,
/// space_after), `headline` and `paragraph` filled and everything else as constructed. Byte offsets
/// count from the start of `text`. White space and control characters are in no token, every other
/// byte is in exactly one. Broken UTF-8 is harmless: a bad byte counts as one unknown character.
/// Throws std::length_error when the text is longer than 32-bit offsets can tell.
void for_each_sentence(std::string_view text, const std::function<void(Sentence&&)>& sink);

/// Replaces `document.sentences` by the sentences of `document.text` (see for_each_sentence). A
/// sentence never crosses a line break, except in text that is wrapped at a constant width, where a
/// blank line or a line that is short for no reason ends it.
void segment(Document& document);

}  // namespace relata::text
