#pragma once
// The facts of a graph as rows for people who read spreadsheets: one row an edge with its ends by
// name, who says so, when, how many, and the words that show it. The columns are the same for every
// graph, what matters first. Refers to the graph. Safe to read from several threads.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace relata {

enum class CellType : std::uint8_t {
  text,
  number,
  boolean,  ///< "true" or "false"
  date      ///< ISO 8601
};

struct FactColumn {
  std::string_view name;  ///< for a table's header: "quantity_min"
  CellType type = CellType::text;
  int width = 10;  ///< characters that a sheet shows
};

/// What a cell of a spreadsheet holds, in UTF-16 code units.
constexpr std::size_t spreadsheet_cell = 32767;

/// Excel runs a cell of a table of text that begins so, whatever stands in it.
bool looks_like_formula(std::string_view text);

/// The columns of the table of facts.
std::span<const FactColumn> fact_columns();
/// The columns of the table of evidence: one row a piece, with the words for both ends.
std::span<const FactColumn> evidence_columns();

/// The texts of one row, "" where there is nothing to say.
using FactRow = std::vector<std::string>;

/// Fills `row` with the edge's texts, one for each of fact_columns(). Costs O(evidence of the
/// edge).
void fill_fact_row(const Graph& graph, EdgeId id, FactRow& row);

/// Fills `row` with the texts of one piece of the edge's evidence, one for each of
/// evidence_columns().
void fill_evidence_row(const Graph& graph, EdgeId id, const Evidence& evidence, FactRow& row);

}  // namespace relata
