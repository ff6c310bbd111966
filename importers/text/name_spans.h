#pragma once
// Where the names of a sentence begin and end: the reader's spans, mended by what English allows,
// and the proper nouns that it leaves out. Pure functions of their arguments; linear in the tokens.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "importers/text/acronym_spans.h"
#include "importers/text/document.h"
#include "importers/text/knowledge.h"
#include "importers/text/syntax.h"
#include "importers/text/world.h"

namespace relata::text {

/// The reader's names with parts of one name joined, in the order of the text, without overlaps.
std::vector<Name> mended_names(const SyntaxView& tree, const NounKnowledge& nouns,
                               const World& world, const AcronymSpans& acronyms);

/// Names that the reader left out: runs of proper nouns outside the `covered` tokens.
std::vector<Name> unread_names(const SyntaxView& tree, const NounKnowledge& nouns,
                               const World& world, const std::vector<bool>& covered);

/// Words as the text has them, line breaks read as blanks.
std::string text_of(const SyntaxView& tree, TokenSpan span);

/// The token of `span` that heads it: the highest one in the tree.
std::int32_t head_of(const SyntaxView& tree, TokenSpan span);

/// The token begins with an ASCII capital.
bool is_capitalised(const SyntaxView& tree, std::int32_t token);

}  // namespace relata::text
