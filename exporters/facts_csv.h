#pragma once
// One flat table of facts for people who read spreadsheets: a row an edge, with its ends by name,
// the speaker, dates, quantity and the sentence that shows it (exporters/fact_table.h). RFC 4180.
// The profile "excel" begins with a byte-order mark, without which Excel takes UTF-8 for something
// else, and puts an apostrophe before text that Excel would run as a formula.

#include "exporters/exporter.h"

namespace relata {

class FactsCsvExporter final : public Exporter {
 public:
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
