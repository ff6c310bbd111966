#include "store/load.h"

#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "graph/graph_builder.h"
#include "store/piece_reader.h"
#include "store/values.h"

namespace relata::store {

namespace {

/// Values by rows, which are mostly dense.
template <class Value>
class ByRow final {
 public:
  void put(std::int64_t row, Value value) {
    if (values_.empty()) first_ = row;
    if (row < first_) {  // rows come in order; anything else is damage that get() reports
      return;
    }
    const auto index = static_cast<std::size_t>(row - first_);
    if (index >= values_.size() + most_gap) {
      far_.emplace(row, value);
      return;
    }
    if (index >= values_.size()) values_.resize(index + 1);
    values_[index] = value;
  }
  [[nodiscard]] Value get(std::int64_t row) const {
    if (row >= first_ && static_cast<std::size_t>(row - first_) < values_.size())
      return values_[static_cast<std::size_t>(row - first_)];
    const auto found = far_.find(row);
    return found == far_.end() ? Value() : found->second;
  }

 private:
  static constexpr std::size_t most_gap = 1U << 20U;
  std::int64_t first_ = 0;
  std::vector<Value> values_;
  std::unordered_map<std::int64_t, Value> far_;
};

/// An edge's ends and what makes it an edge of its own.
struct EdgeRow {
  NodeId source;
  NodeId target;
  RelationId relation;
  Polarity polarity = Polarity::affirmed;
};

class Loader final {
 public:
  Loader(Database& database, std::shared_ptr<const Ontology> ontology,
         std::optional<std::int64_t> source)
      : database_(database), builder_(std::move(ontology)) {
    if (!source) return;
    Statement ranges(database_,
                     "SELECT first_document, documents, first_sentence, sentences, first_part, "
                     "parts, first_piece, pieces FROM source WHERE id = ?");
    if (!ranges.with(*source).step()) damaged(database_, "no such source");
    for (int column = 0; column < 8; column += 2) {
      ranges_.emplace_back(ranges.integer(column),
                           ranges.integer(column) + ranges.integer(column + 1) - 1);
    }
  }

  Graph load() {
    read_documents();
    read_sentences();
    if (ranges_.empty()) {
      read_nodes();
      read_mentions();
    } else {
      read_parts();
    }
    read_relations();
    if (ranges_.empty()) read_edges();
    read_pieces();
    return std::move(builder_).build();
  }

 private:
  /// "" or a condition on the rows' ids.
  [[nodiscard]] std::string where(const char* id, std::size_t range) const {
    if (ranges_.empty()) return "";
    return fmt::format(" WHERE {} BETWEEN {} AND {}", id, ranges_[range].first,
                       ranges_[range].second);
  }

  void read_documents() {
    Statement rows(database_,
                   "SELECT id, name, title, date, author, outlet, url, language, copy_of FROM "
                   "document" +
                       where("id", 0) + " ORDER BY id");
    while (rows.step()) {
      const auto text = [&](int column) {
        return rows.null(column) ? StringId() : builder_.intern(rows.text(column));
      };
      SourceDocument document{text(1), text(2), text(3), text(4), text(5), text(6), text(7)};
      document.copy_of = text(8);
      documents_.put(rows.integer(0), builder_.add_document(document));
    }
  }

  void read_sentences() {
    Statement rows(database_, "SELECT id, document, begin, end, text FROM sentence" +
                                  where("id", 1) + " ORDER BY id");
    while (rows.step()) {
      const DocumentId document = documents_.get(rows.integer(1));
      if (!document.valid()) damaged(database_, "a sentence without its document");
      sentences_.put(rows.integer(0),
                     builder_.add_sentence(document,
                                           {static_cast<std::uint32_t>(rows.integer(2)),
                                            static_cast<std::uint32_t>(rows.integer(3))},
                                           rows.text(4)));
    }
  }

  NodeId add_node(const Statement& rows, int key) {
    const auto kind = kind_from_name(rows.text(key + 1));
    if (!kind || rows.text(key).empty()) damaged(database_, "a node of unknown kind");
    const NodeId node = builder_.add_node(rows.text(key), builder_.type(*kind, rows.text(key + 2)),
                                          rows.text(key + 3));
    for (const std::string& alias : names_from_json(rows.text(key + 4), database_))
      builder_.add_alias(node, alias);
    for (const auto& [name, value] : attributes_from_json(rows.text(key + 5), database_))
      builder_.add_attribute(node, name, value);
    return node;
  }

  void add_mentions(NodeId node, std::string_view json) {
    for (const MentionRow& mention : mentions_from_json(json, database_))
      builder_.add_mention(node, sentence(mention.sentence), mention.span);
  }

  [[nodiscard]] SentenceId sentence(std::int64_t row) const {
    const SentenceId id = sentences_.get(row);
    if (!id.valid()) damaged(database_, "words without their sentence");
    return id;
  }

  void read_nodes() {
    Statement rows(database_,
                   "SELECT id, key, kind, type, name, aliases, attributes FROM node ORDER BY id");
    while (rows.step()) nodes_.put(rows.integer(0), add_node(rows, 1));
  }

  void read_mentions() {
    Statement rows(database_, "SELECT node, mentions FROM part WHERE mentions <> '[]'");
    while (rows.step()) {
      const NodeId node = nodes_.get(rows.integer(0));
      if (!node.valid()) damaged(database_, "a part without its node");
      add_mentions(node, rows.text(1));
    }
  }

  void read_parts() {
    Statement rows(database_,
                   "SELECT p.node, n.key, p.kind, p.type, p.name, p.aliases, p.attributes, "
                   "p.mentions FROM part p JOIN node n ON n.id = p.node" +
                       where("p.id", 2) + " ORDER BY p.node");
    while (rows.step()) {
      const NodeId node = add_node(rows, 1);
      nodes_.put(rows.integer(0), node);
      add_mentions(node, rows.text(7));
    }
  }

  void read_relations() {
    Statement rows(database_, "SELECT id, name FROM relation ORDER BY id");
    while (rows.step()) relations_.put(rows.integer(0), builder_.relation(rows.text(1)).relation);
  }

  [[nodiscard]] NodeId end_of(std::int64_t row) const {
    const NodeId node = nodes_.get(row);
    if (!node.valid()) damaged(database_, "an edge without its node");
    return node;
  }

  EdgeRow edge_row(const Statement& rows, int column) const {
    const RelationId relation = relations_.get(rows.integer(column + 2));
    if (!relation.valid()) damaged(database_, "an edge of unknown relation");
    return {end_of(rows.integer(column)), end_of(rows.integer(column + 1)), relation,
            rows.integer(column + 3) != 0 ? Polarity::negated : Polarity::affirmed};
  }

  void read_edges() {
    Statement rows(database_, "SELECT id, source, target, relation, negated FROM edge ORDER BY id");
    while (rows.step()) edges_.put(rows.integer(0), edge_row(rows, 1));
  }

  void read_pieces() {
    PieceReader reader(database_, builder_,
                       {[this](std::int64_t row) { return sentence(row); },
                        [this](std::int64_t row) { return end_of(row); }});
    const bool whole = ranges_.empty();
    Statement rows(database_,
                   fmt::format("SELECT {}{} FROM piece p{}{} ORDER BY p.id", PieceReader::columns,
                               whole ? "" : ", e.source, e.target, e.relation, e.negated",
                               whole ? "" : " JOIN edge e ON e.id = p.edge", where("p.id", 3)));
    while (rows.step()) {
      const EdgeRow edge = whole ? edges_.get(PieceReader::edge_of(rows)) : edge_row(rows, 23);
      if (!edge.relation.valid()) damaged(database_, "evidence without its edge");
      reader.add(rows, builder_.add_edge(edge.source, edge.relation, edge.target, edge.polarity,
                                         reader.stated(rows)));
    }
    reader.finish();
  }

  Database& database_;
  GraphBuilder builder_;
  std::vector<std::pair<std::int64_t, std::int64_t>>
      ranges_;  // documents, sentences, parts, pieces
  ByRow<DocumentId> documents_;
  ByRow<SentenceId> sentences_;
  ByRow<NodeId> nodes_;
  ByRow<RelationId> relations_;
  ByRow<EdgeRow> edges_;
};

}  // namespace

Graph load_rows(Database& database, std::shared_ptr<const Ontology> ontology,
                std::optional<std::int64_t> source) {
  return Loader(database, std::move(ontology), source).load();
}

}  // namespace relata::store
