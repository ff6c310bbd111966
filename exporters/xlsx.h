#pragma once
// A workbook for spreadsheets (Office Open XML): the sheets Facts, Evidence, Nodes and Documents,
// with numbers and dates as such, the head row fixed and filters on it. Written as it goes; a sheet
// holds 1,048,576 rows, more go to further sheets ("Facts 2"). A cell holds 32,767 characters; a
// longer text is cut there and ends in an ellipsis, since spreadsheets refuse the whole file
// otherwise.

#include "exporters/exporter.h"

namespace relata {

class XlsxExporter final : public Exporter {
 public:
  /// Throws Error beyond 4 GiB of packed output.
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
