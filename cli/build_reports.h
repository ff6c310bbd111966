#pragma once
// What `relata build` tells of its work beside the graph: the coverage report and the merge log.
// docs/corpus.md describes both formats.

#include <iosfwd>

#include "importers/text/pipeline.h"

namespace relata::cli {

/// What was read and what was not understood, as one JSON object.
void write_report(const text::Coverage& coverage, std::ostream& out);

/// Which things of several texts are one node, and why: JSON Lines, one join a line.
void write_merge_log(const text::Coverage& coverage, std::ostream& out);

}  // namespace relata::cli
