#pragma once
// Rows of columns as members of a JSON object.

#include <string>
#include <vector>

#include "exporters/columns.h"
#include "exporters/output.h"

namespace relata {

/// Writes `"name":value` for each value of `row` that is there, separated by commas; the first
/// column (the label) always. Numbers and booleans go unquoted.
void write_json_members(const std::vector<Column>& columns, const Row& row, Output& out);

}  // namespace relata
