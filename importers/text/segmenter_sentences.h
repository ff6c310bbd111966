#pragma once
// Where sentences end in a sequence of tokens. Cost: linear, look-ahead bounded by a few tokens.
// Thread-safe.

#include <cstddef>
#include <string_view>
#include <vector>

#include "importers/text/segmenter_tokens.h"

namespace relata::text {

/// `opens`: the tokens begin a paragraph, where a dateline ("KYIV, Ukraine (AP) -") is a sentence
/// of its own, as in the treebanks. Settles whether the full stop of each abbreviation in `tokens`
/// from `from` on is part of the word and which tokens end a sentence; full stops of their own are
/// inserted into `tokens`. Returns the ends (one past the last token) of the sentences that are
/// certain; the tokens behind the last end begin a sentence that is not complete, unless `complete`
/// says that nothing follows, when the last end is `tokens.size()`. No sentence is longer than
/// `max_sentence_tokens`.
std::vector<std::size_t> sentence_ends(std::string_view text, std::vector<RawToken>& tokens,
                                       bool opens, bool complete);

/// True when the tokens [begin, end) open with the mark of a list's item: a bullet, a dash, "3.",
/// "b)", "(ii)".
bool is_list_item(std::string_view text, const std::vector<RawToken>& tokens, std::size_t begin,
                  std::size_t end);

/// True when the tokens [begin, end) close with a full stop, question or exclamation mark, comma,
/// colon or the like, closing quotes and brackets left aside.
bool is_punctuated(std::string_view text, const std::vector<RawToken>& tokens, std::size_t begin,
                   std::size_t end);

}  // namespace relata::text
