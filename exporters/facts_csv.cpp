#include "exporters/facts_csv.h"

#include "exporters/fact_table.h"
#include "exporters/output.h"
#include "exporters/selection.h"

namespace relata {

void FactsCsvExporter::write(const Graph& graph, std::ostream& stream,
                             const ExportOptions& options) const {
  require_profile("facts-csv", options.profile);
  const bool excel = options.profile == "excel";
  const Selection selection(graph, options);
  const auto columns = fact_columns();
  Output out(stream);
  if (excel) out.text("\xEF\xBB\xBF");
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out.put(',');
    out.text(columns[i].name);
  }
  out.text("\r\n");
  FactRow row;
  std::string guarded;
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    if (!selection.edge(EdgeId(i))) continue;
    fill_fact_row(graph, EdgeId(i), row);
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (column > 0) out.put(',');
      if (excel && columns[column].type == CellType::text && looks_like_formula(row[column])) {
        guarded.assign(1, '\'').append(row[column]);
        out.csv_field(guarded);
      } else {
        out.csv_field(row[column]);
      }
    }
    out.text("\r\n");
  }
  out.flush();
}

}  // namespace relata
