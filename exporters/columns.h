#pragma once
// Nodes and edges as rows of named, typed columns, for all formats that know nothing deeper
// (GraphML, GEXF, CSV, spreadsheets, property graphs). Only columns that some row fills are there,
// in a fixed order. Refers to the graph. Safe to read from several threads.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "exporters/selection.h"

namespace relata {

enum class ColumnType : std::uint8_t { string, real, integer, boolean };

struct Column {
  /// Unique in its table without case; one line, no blanks around, no character that XML lacks;
  /// never a word that Gephi reserves.
  std::string name;
  ColumnType type = ColumnType::string;
};

/// The columns' names as `rename` makes them for a format; those that become one, without case, get
/// a "_" behind them.
std::vector<std::string> renamed_columns(const std::vector<Column>& columns,
                                         const std::function<std::string(const Column&)>& rename);

/// The texts of one row, one a column, "" where there is no value. They stay as they are until the
/// row is filled again; the graph must outlive them. Filling one row again and again takes no new
/// memory.
class Row final {
 public:
  Row() = default;
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;
  [[nodiscard]] std::size_t size() const { return cells_.size(); }
  std::string_view operator[](std::size_t column) const { return cells_[column]; }

 private:
  friend class Columns;
  void resize(std::size_t columns) {
    cells_.resize(columns);
    scratch_.resize(columns);
  }

  std::vector<std::string_view> cells_;
  std::vector<std::string> scratch_;  // what is put together for a cell and stands nowhere else
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

  /// Fills `row`. Numbers and booleans ("true", "false") are in the form that all readers take;
  /// several values of one attribute, and aliases, are joined by " | ".
  void node_row(NodeId id, Row& row) const;
  void edge_row(EdgeId id, Row& row) const;

 private:
  enum class EdgeField : std::uint8_t;

  void find_attributes(const Selection& selection);
  void find_edge_fields(const Selection& selection);
  [[nodiscard]] bool has_value(EdgeField field, EdgeId id) const;
  std::string_view edge_value(EdgeField field, EdgeId id, std::string& scratch) const;

  const Graph& graph_;
  std::vector<Column> node_columns_;
  std::vector<Column> edge_columns_;
  std::vector<EdgeField> edge_fields_;
  std::vector<std::string_view> attribute_keys_;
  bool has_aliases_ = false;
  bool has_mentions_ = false;
};

/// How many documents the edge's evidence stands in.
std::size_t source_count(const Graph& graph, EdgeId id);

/// The node's key as an id for formats that trim ids or cannot hold every character: unchanged when
/// nothing in it can be lost, else cleaned and made unique by "~" and the node's number. Never
/// empty.
std::string safe_id(const Graph& graph, NodeId id);
/// The same without an allocation where the key is an id as it stands; `scratch` holds the text
/// where it is not.
std::string_view safe_id(const Graph& graph, NodeId id, std::string& scratch);

}  // namespace relata
