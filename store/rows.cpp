#include "store/rows.h"

#include <algorithm>

#include "store/row_statements.h"
#include "store/values.h"

namespace relata::store {

namespace {

/// Touched nodes and edges that are kept before they are brought up to date: what a long build
/// holds in memory.
constexpr std::size_t most_touched = 100000;

std::optional<std::string_view> text_or_null(const Graph& graph, StringId id) {
  if (!id.valid()) return std::nullopt;
  return graph.text(id);
}

}  // namespace

void WrittenRows::add_document(std::string_view name) {
  if (untold) return;
  documents.emplace(name);
  if (documents.size() > most) lose();
}

void WrittenRows::add_node(std::string_view key) {
  if (untold) return;
  nodes.emplace(key);
  if (nodes.size() > most) lose();
}

void WrittenRows::lose() {
  untold = true;
  documents.clear();
  nodes.clear();
}

/// Rows of one graph's records, by their ids.
struct RowWriter::Places {
  std::int64_t first_document = 0;
  std::int64_t first_sentence = 0;
  std::int64_t first_part = 0;
  std::int64_t first_piece = 0;
  std::int64_t next_piece = 0;
  std::vector<std::int64_t> nodes;
};

RowWriter::RowWriter(Database& database, std::shared_ptr<const Ontology> ontology, bool has_indexes)
    : database_(database),
      ontology_(std::move(ontology)),
      has_indexes_(has_indexes),
      sql_(std::make_unique<Statements>(database)) {
  // Nobody has an older state of a new store.
  if (!has_indexes) written_.lose();
}

RowWriter::~RowWriter() = default;

std::int64_t RowWriter::next_ids(const char* table, std::size_t count) {
  const auto [next, is_new] = next_ids_.try_emplace(table, 0);
  if (is_new) {
    next->second = database_.integer(std::string("SELECT coalesce(max(id), 0) + 1 FROM ") + table);
  }
  const std::int64_t first = next->second;
  next->second += static_cast<std::int64_t>(count);
  return first;
}

std::int64_t RowWriter::relation_row(const Relation& relation) {
  if (const auto known = relation_rows_.find(relation.name); known != relation_rows_.end())
    return known->second;
  std::int64_t row = 0;
  if (sql_->find_relation.with(relation.name).step()) row = sql_->find_relation.integer(0);
  sql_->find_relation.reset();
  if (row == 0) {
    row = next_ids("relation", 1);
    sql_->add_relation.with(row, relation.name, relation.inverse, relation.symmetric).run();
  }
  relation_rows_.emplace(relation.name, row);
  return row;
}

void RowWriter::refresh_when_many() {
  if (touched_parts_ + (has_indexes_ ? touched_edges_.size() : 0) <= most_touched) return;
  if (has_indexes_) refresh_edges();
  refresh_nodes();
}

void RowWriter::put(std::int64_t source, const Graph& graph) {
  Places places;
  put_sources(graph, places);
  put_nodes(graph, places);
  put_edges(graph, places);
  sql_->set_ranges
      .with(places.first_document, std::uint64_t{graph.documents().size()}, places.first_sentence,
            std::uint64_t{graph.sentences().size()}, places.first_part,
            std::uint64_t{graph.node_count()}, places.first_piece,
            places.next_piece - places.first_piece, source)
      .run();
  refresh_when_many();
}

void RowWriter::put_sources(const Graph& graph, Places& places) {
  places.first_document = next_ids("document", graph.documents().size());
  for (std::size_t i = 0; i < graph.documents().size(); ++i) {
    const SourceDocument& document = graph.documents()[i];
    const auto text = [&](StringId id) { return text_or_null(graph, id); };
    written_.add_document(graph.text(document.name));
    sql_->add_document
        .with(places.first_document + static_cast<std::int64_t>(i), graph.text(document.name),
              text(document.title), text(document.date), text(document.author),
              text(document.outlet), text(document.url), text(document.language),
              text(document.copy_of))
        .run();
  }
  places.first_sentence = next_ids("sentence", graph.sentences().size());
  for (std::size_t i = 0; i < graph.sentences().size(); ++i) {
    const SourceSentence& sentence = graph.sentences()[i];
    sql_->add_sentence
        .with(places.first_sentence + static_cast<std::int64_t>(i),
              places.first_document + sentence.document.value, sentence.span.begin,
              sentence.span.end, graph.text(sentence.text))
        .run();
  }
}

void RowWriter::put_nodes(const Graph& graph, Places& places) {
  places.first_part = next_ids("part", graph.node_count());
  places.nodes.reserve(graph.node_count());
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId id(i);
    Names names;
    for (const StringId alias : graph.aliases(id)) names.emplace_back(graph.text(alias));
    Attributes list;
    for (const Attribute& attribute : graph.attributes(id))
      list.emplace_back(graph.text(attribute.key), graph.text(attribute.value));
    std::vector<MentionRow> rows;
    for (const NodeMention& mention : graph.mentions(id))
      rows.push_back({places.first_sentence + mention.sentence.value, mention.span});
    const std::string aliases = names_json(names);
    const std::string attributes = attributes_json(list);
    const std::string mentions = mentions_json(rows);
    const std::string_view kind = kind_name(graph.node(id).kind);
    const std::int64_t part = places.first_part + static_cast<std::int64_t>(i);

    std::int64_t node = 0;
    if (sql_->find_node.with(graph.key(id)).step()) node = sql_->find_node.integer(0);
    sql_->find_node.reset();
    if (node == 0) {
      node = next_ids("node", 1);
      written_.add_node(graph.key(id));
      sql_->add_node
          .with(node, graph.key(id), kind, graph.type_name(id), graph.name(id), aliases, attributes)
          .run();
    } else {
      touched_nodes_[node].new_parts.push_back(part);
      ++touched_parts_;
    }
    sql_->add_part
        .with(part, node, kind, graph.type_name(id), graph.name(id), aliases, attributes, mentions)
        .run();
    places.nodes.push_back(node);
  }
}

void RowWriter::put_edges(const Graph& graph, Places& places) {
  std::size_t pieces = 0;
  for (std::size_t i = 0; i < graph.edge_count(); ++i)
    pieces += std::max<std::size_t>(1, graph.evidence(EdgeId(i)).size());
  places.first_piece = places.next_piece = next_ids("piece", pieces);
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const EdgeId id(i);
    const Edge& edge = graph.edge(id);
    const std::int64_t source = places.nodes[edge.source.value];
    const std::int64_t target = places.nodes[edge.target.value];
    const std::int64_t relation = relation_row(graph.relation(id));
    const Modality reality =
        edge.modality == Modality::reported ? Modality::asserted : edge.modality;
    const auto negated = static_cast<int>(edge.polarity);
    const auto real = static_cast<int>(reality);
    std::int64_t row = 0;
    if (sql_->find_edge.with(source, target, relation, negated, real).step())
      row = sql_->find_edge.integer(0);
    sql_->find_edge.reset();
    if (row == 0) {
      row = next_ids("edge", 1);
      const Quantity* quantity = graph.quantity(id);
      std::optional<std::int64_t> speaker;
      if (edge.attribution.valid()) speaker = places.nodes[edge.attribution.value];
      sql_->add_edge
          .with(row, source, target, relation, negated, real, static_cast<int>(edge.modality),
                static_cast<int>(edge.mood), double{edge.confidence}, double{edge.weight}, speaker,
                time_from(edge.time), time_to(edge.time), static_cast<int>(edge.time.precision),
                known_min(quantity), known_max(quantity), known_approximate(quantity),
                text_or_null(graph, quantity == nullptr ? StringId() : quantity->unit))
          .run();
    } else if (has_indexes_) {
      touched_edges_.insert(row);
    }
    put_pieces(graph, id, row, places);
    places.next_piece +=
        static_cast<std::int64_t>(std::max<std::size_t>(1, graph.evidence(id).size()));
  }
}

void RowWriter::put_pieces(const Graph& graph, EdgeId id, std::int64_t row, const Places& places) {
  const Edge& edge = graph.edge(id);
  const auto speaker_row = [&](NodeId node) {
    return node.valid() ? std::optional(places.nodes[node.value]) : std::nullopt;
  };
  const auto stated = static_cast<int>(edge.modality);
  std::int64_t piece = places.next_piece;
  if (graph.evidence(id).empty()) {
    written_.lose();
    const Quantity* quantity = graph.quantity(id);
    sql_->add_piece
        .with(piece, row, nullptr, stated, stated, static_cast<int>(edge.mood), 0,
              double{edge.confidence}, double{edge.weight}, speaker_row(edge.attribution), nullptr,
              nullptr, nullptr, nullptr, nullptr, nullptr, time_from(edge.time), time_to(edge.time),
              static_cast<int>(edge.time.precision), known_min(quantity), known_max(quantity),
              known_approximate(quantity),
              text_or_null(graph, quantity == nullptr ? StringId() : quantity->unit), nullptr)
        .run();
    return;
  }
  for (const Evidence& evidence : graph.evidence(id)) {
    sql_->add_piece
        .with(piece++, row, places.first_sentence + evidence.sentence.value, stated,
              static_cast<int>(evidence.modality), static_cast<int>(evidence.mood),
              static_cast<int>(evidence.strength), double{evidence.confidence}, nullptr,
              speaker_row(evidence.attribution), evidence.trigger.begin, evidence.trigger.end,
              evidence.source.begin, evidence.source.end, evidence.target.begin,
              evidence.target.end, time_from(evidence.time), time_to(evidence.time),
              static_cast<int>(evidence.time.precision), known_min(&evidence.quantity),
              known_max(&evidence.quantity), known_approximate(&evidence.quantity),
              text_or_null(graph, evidence.quantity.unit), text_or_null(graph, evidence.rule))
        .run();
  }
}

void RowWriter::take(std::int64_t source) {
  Statement ranges(database_,
                   "SELECT first_document, documents, first_sentence, sentences, first_part, parts,"
                   " first_piece, pieces FROM source WHERE id = ?");
  if (!ranges.with(source).step()) return;
  const auto first = [&](int column) { return ranges.integer(column); };
  const auto last = [&](int column) {
    return ranges.integer(column) + ranges.integer(column + 1) - 1;
  };
  Statement edges(database_, "SELECT DISTINCT edge FROM piece WHERE id BETWEEN ? AND ?");
  for (edges.with(first(6), last(6)); edges.step();) touched_edges_.insert(edges.integer(0));
  Statement nodes(database_,
                  "SELECT node, kind, type, name, aliases, attributes FROM part "
                  "WHERE id BETWEEN ? AND ?");
  for (nodes.with(first(4), last(4)); nodes.step();) {
    touched_nodes_[nodes.integer(0)].gone.insert(saying(nodes, 1));
    ++touched_parts_;
  }
  Statement documents(database_, "SELECT name FROM document WHERE id BETWEEN ? AND ?");
  for (documents.with(first(0), last(0)); documents.step();)
    written_.add_document(documents.text(0));
  Statement stated(database_,
                   "SELECT 1 FROM piece WHERE id BETWEEN ? AND ? AND sentence IS NULL LIMIT 1");
  if (stated.with(first(6), last(6)).step()) written_.lose();
  stated.reset();
  const auto remove = [&](const char* table, int column) {
    Statement statement(database_,
                        std::string("DELETE FROM ") + table + " WHERE id BETWEEN ? AND ?");
    statement.with(first(column), last(column)).run();
  };
  remove("piece", 6);
  remove("part", 4);
  remove("sentence", 2);
  remove("document", 0);
  sql_->set_ranges.with(0, 0, 0, 0, 0, 0, 0, 0, source).run();
  refresh_when_many();
}

}  // namespace relata::store
