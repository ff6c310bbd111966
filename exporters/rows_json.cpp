#include "exporters/rows_json.h"

#include <charconv>

namespace relata {

void write_json_members(const std::vector<Column>& columns, const Row& row, Output& out) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0 && row[i].empty()) continue;
    if (i > 0) out.put(',');
    out.json_string(columns[i].name);
    out.put(':');
    if (columns[i].type == ColumnType::string) {
      out.json_string(row[i]);
    } else if (columns[i].type == ColumnType::real) {
      // An attribute's own spelling of a number (".5") may be none in JSON.
      double value = 0;
      std::from_chars(row[i].data(), row[i].data() + row[i].size(), value);
      out.number(value);
    } else {
      out.text(row[i]);
    }
  }
}

}  // namespace relata
