#include "exporters/sqlite.h"

#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <memory>
#include <ostream>

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "exporters/columns.h"
#include "exporters/output.h"
#include "exporters/selection.h"
#include "graph/errors.h"

namespace relata {

namespace {

// No journal and no waiting for the disk: what goes wrong throws the whole file away. Deleted bytes
// are zeroed (secure_delete), so that equal graphs give equal files.
constexpr const char* set_up = R"(
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
PRAGMA secure_delete = ON;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -16000;
PRAGMA application_id = 1380273217;
PRAGMA user_version = 1;
BEGIN;
CREATE TABLE documents(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT, date TEXT, author TEXT, outlet TEXT,
  url TEXT, language TEXT);
CREATE TABLE sentences(
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents, begin INTEGER NOT NULL,
  "end" INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE nodes(
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL,
  name TEXT NOT NULL);
CREATE TABLE aliases(node INTEGER NOT NULL REFERENCES nodes, name TEXT NOT NULL);
CREATE TABLE attributes(
  node INTEGER NOT NULL REFERENCES nodes, key TEXT NOT NULL, value TEXT NOT NULL);
CREATE TABLE mentions(
  node INTEGER NOT NULL REFERENCES nodes, sentence INTEGER NOT NULL REFERENCES sentences,
  begin INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE TABLE edges(
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES nodes, relation TEXT NOT NULL,
  target INTEGER NOT NULL REFERENCES nodes, label TEXT NOT NULL, negated INTEGER NOT NULL,
  modality TEXT NOT NULL, mood TEXT, confidence REAL NOT NULL, weight REAL NOT NULL,
  attribution INTEGER REFERENCES nodes, time_from TEXT, time_to TEXT, time_precision TEXT,
  quantity_min REAL, quantity_max REAL, quantity_unit TEXT, quantity_approximate INTEGER);
CREATE TABLE evidence(
  id INTEGER PRIMARY KEY, edge INTEGER NOT NULL REFERENCES edges,
  sentence INTEGER NOT NULL REFERENCES sentences, trigger_begin INTEGER, trigger_end INTEGER,
  source_begin INTEGER, source_end INTEGER, target_begin INTEGER, target_end INTEGER,
  modality TEXT NOT NULL, mood TEXT, strength TEXT, confidence REAL NOT NULL,
  attribution INTEGER REFERENCES nodes, time_from TEXT, time_to TEXT, time_precision TEXT,
  quantity_min REAL, quantity_max REAL, quantity_unit TEXT, quantity_approximate INTEGER,
  rule TEXT);
)";

constexpr const char* finish = R"(
CREATE UNIQUE INDEX nodes_key ON nodes(key);
CREATE INDEX nodes_name ON nodes(name);
CREATE INDEX aliases_node ON aliases(node);
CREATE INDEX aliases_name ON aliases(name);
CREATE INDEX attributes_node ON attributes(node);
CREATE INDEX mentions_node ON mentions(node);
CREATE INDEX edges_source ON edges(source);
CREATE INDEX edges_target ON edges(target);
CREATE INDEX evidence_edge ON evidence(edge);
CREATE VIEW facts AS
  SELECT edges.id AS edge, s.name AS source, edges.label AS relation, t.name AS target,
    speaker.name AS said_by, edges.time_from, edges.time_to, edges.quantity_min,
    edges.quantity_max, edges.quantity_unit, edges.confidence, sentences.text AS evidence,
    documents.name AS document, documents.date AS published
  FROM edges JOIN nodes s ON s.id = edges.source JOIN nodes t ON t.id = edges.target
    LEFT JOIN evidence ON evidence.edge = edges.id
    LEFT JOIN nodes speaker ON speaker.id = evidence.attribution
    LEFT JOIN sentences ON sentences.id = evidence.sentence
    LEFT JOIN documents ON documents.id = sentences.document;
COMMIT;
)";

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

void require(int status, sqlite3* database) {
  if (status == SQLITE_OK || status == SQLITE_DONE || status == SQLITE_ROW) return;
  throw Error(std::string("the database could not be written: ") +
              (database == nullptr ? sqlite3_errstr(status) : sqlite3_errmsg(database)));
}

/// A file that is open and has a name only until forget_name().
class TemporaryFile final {
 public:
  TemporaryFile() {
    std::error_code problem;
    const auto folder = std::filesystem::temp_directory_path(problem);
    if (problem) throw Error("TMPDIR names no folder for temporary files: " + problem.message());
    std::string name = (folder / "relata-XXXXXX").string();
    descriptor_ = mkstemp(name.data());
    if (descriptor_ < 0) {
      throw Error("cannot make a temporary file in " + folder.string() + ": " +
                  std::strerror(errno));
    }
    path_ = name;
  }
  ~TemporaryFile() {
    forget_name();
    ::close(descriptor_);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] std::string path() const { return path_.string(); }
  void forget_name() {
    if (!path_.empty()) ::unlink(path_.c_str());
    path_.clear();
  }

  void copy_to(std::ostream& out) const {
    std::array<char, std::size_t{1} << 16U> bytes;
    for (off_t at = 0;;) {
      const ssize_t count = ::pread(descriptor_, bytes.data(), bytes.size(), at);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) {
        throw Error(std::string("the temporary database cannot be read: ") + std::strerror(errno));
      }
      if (count == 0) return;
      out.write(bytes.data(), count);
      at += count;
    }
  }

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

/// A statement that is run once a row, its values put one after another.
class Insert final {
 public:
  Insert(sqlite3* database, std::string_view table, std::size_t columns) : database_(database) {
    std::string text = "INSERT INTO " + std::string(table) + " VALUES(?";
    for (std::size_t i = 1; i < columns; ++i) text += ",?";
    text += ")";
    sqlite3_stmt* statement = nullptr;
    require(sqlite3_prepare_v2(database, text.c_str(), -1, &statement, nullptr), database);
    statement_.reset(statement);
  }

  Insert& integer(std::int64_t value) {
    require(sqlite3_bind_int64(statement_.get(), ++next_, value), database_);
    return *this;
  }
  Insert& real(double value) {
    if (!std::isfinite(value)) return null();
    require(sqlite3_bind_double(statement_.get(), ++next_, value), database_);
    return *this;
  }
  Insert& null() {
    require(sqlite3_bind_null(statement_.get(), ++next_), database_);
    return *this;
  }
  /// `value` has to stay until run(). What is no UTF-8 becomes U+FFFD.
  Insert& text(std::string_view value) {
    if (!is_utf8(value)) return own_text(repaired_utf8(value));
    require(
        sqlite3_bind_text64(statement_.get(), ++next_, value.data() == nullptr ? "" : value.data(),
                            value.size(), SQLITE_STATIC, SQLITE_UTF8),
        database_);
    return *this;
  }
  Insert& own_text(const std::string& value) {
    require(sqlite3_bind_text64(statement_.get(), ++next_, value.data(), value.size(),
                                SQLITE_TRANSIENT, SQLITE_UTF8),
            database_);
    return *this;
  }
  Insert& text_or_null(std::string_view value) { return value.empty() ? null() : text(value); }
  template <class IdType>
  Insert& id(IdType value) {
    return value.valid() ? integer(value.value) : null();
  }
  Insert& span(TextSpan span) {
    return span.empty() ? null().null() : integer(span.begin).integer(span.end);
  }
  Insert& time(const TimeSpan& time) {
    const bool known = time.known();
    known&& time.from != TimeSpan::open_from ? own_text(iso_date(time.from)) : null();
    known&& time.to != TimeSpan::open_to ? own_text(iso_date(time.to)) : null();
    return text_or_null(precision_name(time.precision));
  }

  void run() {
    const int status = sqlite3_step(statement_.get());
    require(status, database_);
    require(sqlite3_reset(statement_.get()), database_);
    next_ = 0;
  }

 private:
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, FinalizeStatement> statement_;
  int next_ = 0;
};

class Writer final {
 public:
  Writer(const Graph& graph, const ExportOptions& options, sqlite3* database)
      : graph_(graph), selection_(graph, options), database_(database) {}

  void write() {
    execute(set_up);
    documents();
    sentences();
    nodes();
    edges();
    execute(finish);
  }

 private:
  void execute(const char* statements) {
    require(sqlite3_exec(database_, statements, nullptr, nullptr, nullptr), database_);
  }

  [[nodiscard]] std::string_view text(StringId id) const { return graph_.text(id); }

  Insert& quantity(Insert& row, const Quantity* quantity) const {
    if (quantity == nullptr || !quantity->known) return row.null().null().null().null();
    return row.real(quantity->min)
        .real(quantity->max)
        .text_or_null(text(quantity->unit))
        .integer(quantity->approximate ? 1 : 0);
  }

  Insert& speaker(Insert& row, NodeId id) const {
    // A speaker that the view leaves out (an event) cannot be named.
    return id.valid() && selection_.node(id) ? row.id(id) : row.null();
  }

  void documents() {
    Insert row(database_, "documents", 8);
    for (std::size_t i = 0; i < graph_.documents().size(); ++i) {
      const SourceDocument& document = graph_.documents()[i];
      row.integer(static_cast<std::int64_t>(i)).text(text(document.name));
      for (const StringId field : {document.title, document.date, document.author, document.outlet,
                                   document.url, document.language}) {
        row.text_or_null(text(field));
      }
      row.run();
    }
  }

  void sentences() {
    Insert row(database_, "sentences", 5);
    for (std::size_t i = 0; i < graph_.sentences().size(); ++i) {
      const SourceSentence& sentence = graph_.sentences()[i];
      row.integer(static_cast<std::int64_t>(i)).id(sentence.document);
      row.integer(sentence.span.begin).integer(sentence.span.end).text(text(sentence.text)).run();
    }
  }

  void nodes() {
    Insert row(database_, "nodes", 5);
    Insert alias_row(database_, "aliases", 2);
    Insert attribute_row(database_, "attributes", 3);
    Insert mention_row(database_, "mentions", 4);
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      const NodeId id(i);
      if (!selection_.node(id)) continue;
      row.id(id).text(graph_.key(id)).text(kind_name(graph_.node(id).kind));
      row.text(graph_.type_name(id)).text(graph_.name(id)).run();
      for (const StringId alias : graph_.aliases(id)) alias_row.id(id).text(text(alias)).run();
      for (const Attribute& attribute : graph_.attributes(id)) {
        attribute_row.id(id).text(text(attribute.key)).text(text(attribute.value)).run();
      }
      for (const NodeMention& mention : graph_.mentions(id)) {
        mention_row.id(id).id(mention.sentence);
        mention_row.integer(mention.span.begin).integer(mention.span.end).run();
      }
    }
  }

  void edges() {
    Insert row(database_, "edges", 18);
    Insert evidence_row(database_, "evidence", 22);
    std::int64_t number = 0;
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      const EdgeId id(i);
      if (!selection_.edge(id)) continue;
      const Edge& edge = graph_.edge(id);
      row.id(id).id(edge.source).text(graph_.relation(id).name).id(edge.target);
      row.own_text(edge_label(graph_, id)).integer(edge.polarity == Polarity::negated ? 1 : 0);
      row.text(modality_name(edge.modality)).text_or_null(mood_name(edge.mood));
      row.real(edge.confidence).real(edge.weight);
      quantity(speaker(row, edge.attribution).time(edge.time), graph_.quantity(id)).run();
      for (const Evidence& piece : graph_.evidence(id)) {
        evidence_row.integer(number++).id(id).id(piece.sentence);
        evidence_row.span(piece.trigger).span(piece.source).span(piece.target);
        evidence_row.text(modality_name(piece.modality)).text_or_null(mood_name(piece.mood));
        evidence_row.text_or_null(strength_name(piece.strength)).real(piece.confidence);
        quantity(speaker(evidence_row, piece.attribution).time(piece.time), &piece.quantity);
        evidence_row.text_or_null(text(piece.rule)).run();
      }
    }
  }

  const Graph& graph_;
  Selection selection_;
  sqlite3* database_;
};

}  // namespace

void SqliteExporter::write(const Graph& graph, std::ostream& out,
                           const ExportOptions& options) const {
  require_profile("sqlite", options.profile);
  TemporaryFile file;
  sqlite3* handle = nullptr;
  const int status = sqlite3_open_v2(file.path().c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr);
  const Database database(handle);
  require(status, handle);
  file.forget_name();  // nothing stays behind, whatever happens
  Writer(graph, options, handle).write();
  file.copy_to(out);
}

}  // namespace relata
