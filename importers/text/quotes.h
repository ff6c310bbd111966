#pragma once
// Which tokens of a text stand inside quotation marks. Straight and curly double marks count;
// a mark that a paragraph leaves open ends with it (newspapers open each paragraph of a long
// quotation anew). Linear; pure function.

#include <vector>

#include "importers/text/document.h"

namespace relata::text {

/// For each sentence, for each token: the number of the quotation that it stands in, -1 outside. A
/// quotation that goes on over several sentences keeps its number.
std::vector<std::vector<std::int32_t>> find_quotations(const Document& document);

}  // namespace relata::text
