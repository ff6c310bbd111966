#include "store/rows.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/values.h"

namespace relata::store {

namespace {

/// What nodes and edges that were touched are kept before they are brought up to date: what a long
/// change holds in memory.
constexpr std::size_t most_touched = 100000;

std::optional<std::string_view> text_or_null(const Graph& graph, StringId id) {
  if (!id.valid()) return std::nullopt;
  return graph.text(id);
}

std::int64_t next_id(Database& database, const char* table) {
  return database.integer(std::string("SELECT coalesce(max(id), 0) + 1 FROM ") + table);
}

}  // namespace

/// The statements that run many times.
struct RowWriter::Statements {
  explicit Statements(Database& database)
      : add_document(database,
                     "INSERT INTO document (id, name, title, date, author, outlet, url, language, "
                     "copy_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        add_sentence(database, "INSERT INTO sentence VALUES (?, ?, ?, ?, ?)"),
        add_part(database, "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
        add_piece(database,
                  "INSERT INTO piece VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                  "?, ?, ?, ?, ?, ?)"),
        set_ranges(database,
                   "UPDATE source SET first_document = ?, documents = ?, first_sentence = ?, "
                   "sentences = ?, first_part = ?, parts = ?, first_piece = ?, pieces = ? "
                   "WHERE id = ?") {}

  Statement add_document;
  Statement add_sentence;
  Statement add_part;
  Statement add_piece;
  Statement set_ranges;
};

/// The first rows of one graph's records.
struct RowWriter::Places {
  std::int64_t first_document = 0;
  std::int64_t first_sentence = 0;
  std::int64_t first_part = 0;
  std::int64_t first_piece = 0;
};

RowWriter::RowWriter(const Tables& tables, const std::shared_ptr<const Ontology>& ontology,
                     bool is_being_made)
    : database_(tables.rest),
      nodes_(tables.nodes, tables.rest, ontology, written_, is_being_made ? most_touched : 0),
      edges_(tables.edges, ontology, is_being_made),
      sql_(std::make_unique<Statements>(tables.rest)),
      next_{next_id(tables.rest, "document"), next_id(tables.rest, "sentence"),
            next_id(tables.rest, "part"), next_id(tables.rest, "piece")} {}

RowWriter::~RowWriter() = default;

void RowWriter::refresh() {
  edges_.refresh();
  nodes_.refresh();
}

void RowWriter::refresh_when_many() {
  if (nodes_.touched() + edges_.touched() > most_touched) refresh();
}

void RowWriter::put(std::int64_t source, const Graph& graph, const GraphRows& rows) {
  Places places{next_.document, next_.sentence, next_.part, next_.piece};
  put_sources(graph, places);
  put_parts(graph, rows, places);
  put_pieces(graph, rows, places);
  sql_->set_ranges
      .with(places.first_document, next_.document - places.first_document, places.first_sentence,
            next_.sentence - places.first_sentence, places.first_part,
            next_.part - places.first_part, places.first_piece, next_.piece - places.first_piece,
            source)
      .run();
}

void RowWriter::put_sources(const Graph& graph, Places& places) {
  for (const SourceDocument& document : graph.documents()) {
    const auto text = [&](StringId id) { return text_or_null(graph, id); };
    written_.add_document(graph.text(document.name));
    sql_->add_document
        .with(next_.document++, graph.text(document.name), text(document.title),
              text(document.date), text(document.author), text(document.outlet), text(document.url),
              text(document.language), text(document.copy_of))
        .run();
  }
  for (const SourceSentence& sentence : graph.sentences()) {
    sql_->add_sentence
        .with(next_.sentence++, places.first_document + sentence.document.value,
              sentence.span.begin, sentence.span.end, graph.text(sentence.text))
        .run();
  }
}

void RowWriter::put_parts(const Graph& graph, const GraphRows& rows, Places& places) {
  std::vector<MentionRow> mentions;
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    mentions.clear();
    for (const NodeMention& mention : graph.mentions(NodeId(i)))
      mentions.push_back({places.first_sentence + mention.sentence.value, mention.span});
    const Saying own = rows.sayings.empty() ? saying_of(graph, NodeId(i)) : Saying();
    const auto& [kind, type, name, aliases, attributes] =
        rows.sayings.empty() ? own.values : rows.sayings[i].values;
    sql_->add_part
        .with(next_.part++, rows.nodes[i], kind, type, name, aliases, attributes,
              mentions_json(mentions))
        .run();
  }
}

void RowWriter::put_pieces(const Graph& graph, const GraphRows& rows, Places& places) {
  for (std::size_t i = 0; i < graph.edge_count(); ++i) put_pieces(graph, EdgeId(i), rows, places);
}

void RowWriter::put_pieces(const Graph& graph, EdgeId id, const GraphRows& rows, Places& places) {
  const Edge& edge = graph.edge(id);
  const std::int64_t row = rows.edges[id.value];
  const auto speaker_row = [&](NodeId node) {
    return node.valid() ? std::optional(rows.nodes[node.value]) : std::nullopt;
  };
  const auto stated = static_cast<int>(edge.modality);
  if (graph.evidence(id).empty()) {
    written_.lose();
    const Quantity* quantity = graph.quantity(id);
    sql_->add_piece
        .with(next_.piece++, row, nullptr, stated, stated, static_cast<int>(edge.mood), 0,
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
        .with(next_.piece++, row, places.first_sentence + evidence.sentence.value, stated,
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
  for (edges.with(first(6), last(6)); edges.step();) edges_.touch(edges.integer(0));
  nodes_.take(first(4), last(4));
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
}

}  // namespace relata::store
