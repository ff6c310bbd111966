#pragma once
// Pieces of evidence as rows, put into a GraphBuilder. Rows without a sentence state an edge's
// values; where several do, they are merged in an order of their own, so that the order of the rows
// has no influence.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "graph/graph_builder.h"
#include "store/database.h"

namespace relata::store {

class PieceReader final {
 public:
  /// Columns of a row that reads pieces, in this order.
  static constexpr const char* columns =
      "p.edge, p.sentence, p.stated, p.modality, p.mood, p.strength, p.confidence, p.weight, "
      "p.attribution, p.trigger_begin, p.trigger_end, p.source_begin, p.source_end, "
      "p.target_begin, p.target_end, p.time_from, p.time_to, p.time_precision, p.quantity_min, "
      "p.quantity_max, p.quantity_approximate, p.quantity_unit, p.rule";

  /// Where the builder's records of a sentence and a node are found by their rows.
  struct Lookup {
    std::function<SentenceId(std::int64_t)> sentence;
    std::function<NodeId(std::int64_t)> node;
  };

  PieceReader(const Database& database, GraphBuilder& builder, Lookup lookup)
      : database_(database), builder_(builder), lookup_(std::move(lookup)) {}

  [[nodiscard]] static std::int64_t edge_of(const Statement& row) { return row.integer(0); }
  /// What the source of the piece says of the edge as a whole.
  [[nodiscard]] Modality stated(const Statement& row) const;

  /// Adds the piece to the edge; values are kept until finish().
  void add(const Statement& row, GraphBuilder::EdgeHandle edge);
  void finish();

 private:
  using Stated = std::pair<GraphBuilder::EdgeHandle, GraphBuilder::EdgeValues>;

  const Database& database_;
  GraphBuilder& builder_;
  Lookup lookup_;
  std::vector<Stated> stated_;
};

}  // namespace relata::store
