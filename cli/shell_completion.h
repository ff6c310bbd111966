#pragma once
// What may complete a line of the shell: commands at its beginning; within a query the words of the
// language, kinds and types behind ":" of a node, relations behind ":" of a relation, properties
// behind ".", and names of nodes inside quotes. Refers to the indexes. One thread.

#include <string>
#include <vector>

#include "cli/line_editor.h"
#include "graph/query/indexes.h"

namespace relata::cli {

/// `commands`: the shell's own words and the commands that it runs. `line`: up to the cursor.
Completion complete_line(const std::string& line, const std::vector<std::string>& commands,
                         query::Indexes& indexes);

}  // namespace relata::cli
