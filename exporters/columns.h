#pragma once
// Nodes and edges as rows of named, typed columns, for all formats that know nothing deeper
// (GraphML, GEXF, CSV, spreadsheets, property graphs). Only columns that some row fills are there,
// in a fixed order. Refers to the graph. Safe to read from several threads.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "exporters/selection.h"

namespace relata {

enum class ColumnType : std::uint8_t { string, real, integer, boolean };

struct Column {
  std::string name;  ///< unique in its table without case; never a word that Gephi reserves
  ColumnType type = ColumnType::string;
};

class Columns final {
 public:
  Columns(const Graph& graph, const Selection& selection);

  /// label, kind, type, aliases and mentions where there are some, then the attributes' keys,
  /// sorted.
  [[nodiscard]] const std::vector<Column>& node_columns() const { return node_columns_; }
  /// label, relation, weight, confidence, negated, modality, and what else some edge has: mood,
  /// attribution (the speaker's id), said_by (the speaker's name), from, to, precision, quantity_*,
  /// sources (how many documents), document and evidence (the first sentence).
  [[nodiscard]] const std::vector<Column>& edge_columns() const { return edge_columns_; }

  /// Fills `row` with one text a column, "" where the node has no value. Numbers and booleans
  /// ("true", "false") are in the form that all readers take; several values of one attribute, and
  /// aliases, are joined by " | ".
  void node_row(NodeId id, std::vector<std::string>& row) const;
  void edge_row(EdgeId id, std::vector<std::string>& row) const;

 private:
  enum class EdgeField : std::uint8_t;

  void find_attributes(const Selection& selection);
  void find_edge_fields(const Selection& selection);
  void add_attribute_column(std::string_view key, bool numeric);
  void edge_value(EdgeField field, EdgeId id, std::string& value) const;

  const Graph& graph_;
  std::vector<Column> node_columns_;
  std::vector<Column> edge_columns_;
  std::vector<EdgeField> edge_fields_;
  std::vector<std::string_view> attribute_keys_;
  bool has_aliases_ = false;
  bool has_mentions_ = false;
};

/// The node's key as an id for formats that trim ids or cannot hold every character: unchanged when
/// nothing in it can be lost, else cleaned and made unique by "~" and the node's number. Never
/// empty.
std::string safe_id(const Graph& graph, NodeId id);

}  // namespace relata
