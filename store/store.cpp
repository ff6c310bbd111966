#include "store/store.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "graph/graph_builder.h"
#include "store/change_log.h"
#include "store/flow.h"
#include "store/joining_schema.h"
#include "store/load.h"
#include "store/rows.h"
#include "store/schema.h"
#include "store/side_files.h"
#include "store/values.h"

namespace relata::store {

namespace {

constexpr const char* source_columns =
    "id, name, kind, hash, title, date, author, outlet, url, language, joined";

std::uint64_t hash_of(std::uint64_t hash, std::string_view bytes) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return (hash ^ 0xffU) * 0x100000001b3ULL;  // so that "ab", "c" is not "a", "bc"
}

std::uint64_t hash_of(std::string_view bytes) {
  return hash_of(0xcbf29ce484222325ULL, bytes);
}

/// What a source adds to the name of the state; sources' terms are joined by exclusive or, so their
/// order has no influence.
std::uint64_t term_of(const Source& source) {
  std::uint64_t hash = hash_of(hash_of(source.name), source.hash);
  hash = (hash ^ source.joined.value_or(0)) * 0x9e3779b97f4a7c15ULL;
  return hash ^ hash >> 32U;
}

Source source_of(const Statement& row) {
  Source source;
  source.id = row.integer(0);
  source.name = row.text(1);
  source.kind = row.text(2) == "graph" ? SourceKind::graph : SourceKind::text;
  source.hash = row.text(3);
  source.title = row.text(4);
  source.date = row.text(5);
  source.author = row.text(6);
  source.outlet = row.text(7);
  source.url = row.text(8);
  source.language = row.text(9);
  if (!row.null(10)) source.joined = static_cast<std::uint64_t>(row.integer(10));
  return source;
}

void give_page_memory(Database& database) {
  database.run("PRAGMA cache_size = -65536");
}

void prepare_for_changes(Database& database) {
  database.run("PRAGMA synchronous = FULL");
  give_page_memory(database);
}

}  // namespace

struct Store::Parts {
  Parts(const std::string& file, const std::string& name, Database::Mode mode)
      : path(file), database(file, name, mode) {}

  [[nodiscard]] std::string setting(const char* key) {
    Statement row(database, "SELECT value FROM meta WHERE key = ?");
    return row.with(key).step() ? std::string(row.text(0)) : std::string();
  }
  void set(const char* key, std::string_view value) {
    Statement(database, "INSERT OR REPLACE INTO meta VALUES (?, ?)").with(key, value).run();
  }
  [[nodiscard]] bool is_being_made() const { return sides && !sides->ended(); }
  [[nodiscard]] Database& tables(TableGroup group, std::size_t part = 0) {
    return is_being_made() ? sides->of(group, part) : database;
  }
  RowWriter& rows() {
    if (!writer) {
      writer = std::make_unique<RowWriter>(
          RowWriter::Tables{tables(TableGroup::nodes), tables(TableGroup::edges), database},
          ontology, is_being_made());
      // Nobody has an older state of a new store.
      if (is_new) writer->written().lose();
    }
    return *writer;
  }
  /// Makes indexes, and one file of all tables.
  void finish_making();
  /// What comes after the change that made the store is as safe as with a store that was opened.
  void become_like_opened() {
    sides.reset();
    database.run(
        "PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = DELETE; PRAGMA mmap_size = 0");
    database.distrust();
    prepare_for_changes(database);
    is_new = false;
  }
  /// Deletes the rows of a source's graph.
  void take(std::int64_t id) {
    finish_making();
    rows().take(id);
    rows().refresh_when_many();
  }
  void wait_for_joining(std::int64_t text) {
    prepared(add_pending, "INSERT OR IGNORE INTO joining_pending VALUES (?)").with(text).run();
  }
  /// The statement of a slot, prepared when it is first wanted.
  Statement& prepared(std::unique_ptr<Statement>& slot, std::string_view sql) {
    if (!slot) slot = std::make_unique<Statement>(database, sql);
    return *slot;
  }
  [[nodiscard]] std::optional<Source> find(std::int64_t id) {
    Statement& row =
        prepared(find_source, fmt::format("SELECT {} FROM source WHERE id = ?", source_columns));
    std::optional<Source> found;
    if (row.with(id).step()) found = source_of(row);
    row.reset();
    return found;
  }
  [[nodiscard]] Source source(std::int64_t id) {
    auto found = find(id);
    if (!found) damaged(database, "no such source");
    return std::move(*found);
  }

  std::string path;
  Database database;
  std::shared_ptr<const Ontology> ontology;
  std::unique_ptr<SideFiles> sides;  ///< while the store is being made
  std::unique_ptr<RowWriter> writer;
  std::unique_ptr<Statement> last_source;
  std::unique_ptr<Statement> add_source;
  std::unique_ptr<Statement> add_content;
  std::unique_ptr<Statement> add_pending;
  std::unique_ptr<Statement> find_source;
  std::unique_ptr<Statement> read_content;
  std::unique_ptr<Statement> set_joined;
  std::unique_ptr<Transaction> transaction;
  std::uint64_t state = 0;
  std::string stamp_before;  ///< of what the change changes
  bool is_new = false;       ///< made by this change
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
};

void Store::Parts::finish_making() {
  if (!is_being_made()) return;
  RowWriter& own = rows();
  // Files that nobody looks things up in any more are copied while the others get their indexes.
  store::run(threads, [&](Step& step) {
    step.with(database, [&] {
      sort_with_threads(database);
      create_indexes(database);
      for (const TableGroup group : joining_groups) sides->gather(group);
      create_indexes(database, TableGroup::events);
    });
    step.with(sides->of(TableGroup::nodes), [&] {
      own.nodes().refresh();
      sides->finish(TableGroup::nodes);
    });
    step.with(sides->of(TableGroup::edges), [&] { sides->finish(TableGroup::edges); });
  });
  give_page_memory(database);
  const std::vector<bool> edges = own.edges().told_again();
  writer.reset();
  for (const TableGroup group : {TableGroup::nodes, TableGroup::edges}) {
    create_indexes(database, group);
    sides->gather(group);
  }
  sides->end();
  rows().edges().refresh(edges);
}

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

Store::~Store() {
  if (!parts_) return;
  // Statements and the transaction end before their database.
  parts_->writer.reset();
  parts_->transaction.reset();
  parts_->sides.reset();
}

Store Store::create(const std::string& path, const std::string& name, const Settings& settings) {
  auto parts = std::make_unique<Parts>(path, name, Database::Mode::create);
  parts->ontology =
      std::make_shared<const Ontology>(Ontology::parse(settings.ontology, "the ontology"));
  // The file takes its name when it is whole (cli/files.h), so that until then nothing has to be
  // kept for going back.
  parts->database.run(
      "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
      "PRAGMA main.locking_mode = EXCLUSIVE; PRAGMA mmap_size = 2147418112");
  give_page_memory(parts->database);
  create_schema(parts->database);
  parts->is_new = true;
  parts->set("program", RELATA_VERSION);
  parts->set("ontology", settings.ontology);
  parts->set("rules", settings.rules);
  parts->set("state", "0");
  parts->sides = std::make_unique<SideFiles>(parts->database, path);
  return Store(std::move(parts));
}

Store Store::open(const std::string& path, Database::Mode mode) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) throw FileError("read", path, errno);
  auto parts = std::make_unique<Parts>(path, path, mode);
  check_schema(parts->database, mode == Database::Mode::change);
  parts->ontology = std::make_shared<const Ontology>(
      Ontology::parse(parts->setting("ontology"), "the ontology of " + path));
  if (mode == Database::Mode::change) {
    prepare_for_changes(parts->database);
  }
  return Store(std::move(parts));
}

const std::string& Store::name() const {
  return parts_->database.name();
}

Store::Settings Store::settings() const {
  return {parts_->setting("ontology"), parts_->setting("rules")};
}

std::shared_ptr<const Ontology> Store::ontology() const {
  return parts_->ontology;
}

Counts Store::counts() const {
  parts_->finish_making();
  Database& database = parts_->database;
  const auto count = [&](const char* what) {
    return static_cast<std::size_t>(database.integer(std::string("SELECT count(*) FROM ") + what));
  };
  Counts counts;
  counts.texts = count("source WHERE kind = 'text'");
  counts.graphs = count("source WHERE kind = 'graph'");
  counts.documents =
      static_cast<std::size_t>(database.integer("SELECT count(DISTINCT name) FROM document"));
  counts.sentences = count("sentence");
  counts.nodes = count("node");
  counts.edges = count("edge");
  counts.pieces = count("piece");
  counts.bytes = static_cast<std::size_t>(database.integer("PRAGMA page_count") *
                                          database.integer("PRAGMA page_size"));
  return counts;
}

std::vector<Source> Store::sources() const {
  std::vector<Source> sources;
  Statement rows(parts_->database,
                 fmt::format("SELECT {} FROM source ORDER BY name", source_columns));
  while (rows.step()) sources.push_back(source_of(rows));
  return sources;
}

std::optional<Source> Store::find(const std::string& name) const {
  Statement row(parts_->database,
                fmt::format("SELECT {} FROM source WHERE name = ?", source_columns));
  if (!row.with(name).step()) return std::nullopt;
  return source_of(row);
}

std::optional<Source> Store::find(std::int64_t id) const {
  return parts_->find(id);
}

Database& Store::database() {
  return parts_->database;
}

Database& Store::tables(TableGroup group, std::size_t part) {
  return parts_->tables(group, part);
}

Content Store::content(std::int64_t source) const {
  Statement& row = parts_->prepared(
      parts_->read_content, "SELECT text, facts, fingerprint FROM content WHERE source = ?");
  if (!row.with(source).step()) damaged(parts_->database, "a text without its words");
  Content content{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))};
  row.reset();
  return content;
}

std::string Store::stamp() const {
  const Settings own = settings();
  const std::uint64_t made_by =
      hash_of(hash_of(hash_of(own.ontology), own.rules), parts_->setting("program"));
  return fmt::format("{}-{:x}-{}-{:x}", parts_->setting("state"), parts_->database.change_counter(),
                     schema_version, made_by);
}

std::optional<ChangedRows> Store::changed_since(const std::string& stamp) const {
  return read_changes(parts_->database, stamp, this->stamp());
}

Graph Store::graph() const {
  parts_->finish_making();
  return load_rows(parts_->database, parts_->ontology, std::nullopt);
}

Graph Store::graph_of(const Source& source) const {
  parts_->finish_making();
  return load_rows(parts_->database, parts_->ontology, source.id);
}

void Store::begin() {
  // Nobody else has a new store, and its side files are not the transaction's.
  parts_->transaction = std::make_unique<Transaction>(
      parts_->database, parts_->is_new ? Transaction::Lock::later : Transaction::Lock::now);
  parts_->state = 0;
  const std::string state = parts_->setting("state");
  if (const auto [end, error] =
          std::from_chars(state.data(), state.data() + state.size(), parts_->state, 16);
      state.empty() || error != std::errc()) {
    for (const Source& source : sources()) {
      if (source.joined) parts_->state ^= term_of(source);
    }
  }
  parts_->writer.reset();
  parts_->stamp_before = stamp();
  // It looks into the store's own file, which no step of put_graph() but the last may do.
  if (is_being_made()) static_cast<void>(parts_->rows());
}

std::int64_t Store::add(const Source& source, const Content& content) {
  Statement& last =
      parts_->prepared(parts_->last_source, "SELECT coalesce(max(id), 0) FROM source");
  last.with().step();
  const std::int64_t id = last.integer(0) + 1;
  last.reset();
  const auto text = [](const std::string& value) {
    return value.empty() ? std::nullopt : std::optional<std::string_view>(value);
  };
  parts_
      ->prepared(parts_->add_source,
                 "INSERT INTO source (id, name, kind, hash, title, date, author, outlet, url, "
                 "language) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .with(id, source.name, source.kind == SourceKind::graph ? "graph" : "text", source.hash,
            text(source.title), text(source.date), text(source.author), text(source.outlet),
            text(source.url), text(source.language))
      .run();
  if (source.kind == SourceKind::text) {
    parts_
        ->prepared(parts_->add_content,
                   "INSERT INTO content (source, text, facts, fingerprint) VALUES (?, ?, ?, ?)")
        .with(id, content.text, Blob{content.facts}, Blob{content.fingerprint})
        .run();
    parts_->wait_for_joining(id);
  }
  return id;
}

void Store::finish_making() {
  parts_->finish_making();
}

void Store::close_events() {
  parts_->sides->close_events();
}

void Store::copy_events(std::size_t shares_left) {
  parts_->sides->copy_events(shares_left);
}

bool Store::is_being_made() const {
  return parts_->is_being_made();
}

void Store::use_threads(unsigned threads) {
  parts_->threads = std::max(1U, threads);
}

void Store::place_nodes(const Graph& graph, GraphRows& rows) {
  parts_->rows().nodes().place(graph, rows);
}

void Store::place_edges(const Graph& graph, GraphRows& rows) {
  parts_->rows().edges().place(graph, rows);
}

void Store::put_graph(std::int64_t id, const Graph& graph, const GraphRows& rows,
                      std::uint64_t joined) {
  parts_->rows().put(id, graph, rows);
  Source source = parts_->source(id);
  source.joined = joined;
  parts_->state ^= term_of(source);
  parts_->prepared(parts_->set_joined, "UPDATE source SET joined = ? WHERE id = ?")
      .with(joined, id)
      .run();
}

void Store::set_graph(std::int64_t id, const Graph& graph, std::uint64_t joined) {
  const Source source = parts_->source(id);
  if (source.joined) {
    parts_->state ^= term_of(source);
    parts_->take(id);
  } else if (!is_being_made()) {
    // A migrated text has rows that are no longer those of its facts.
    Statement old(parts_->database, "SELECT documents FROM source WHERE id = ?");
    const bool has_rows = old.with(id).step() && old.integer(0) > 0;
    old.reset();
    if (has_rows) parts_->take(id);
  }
  GraphRows rows;
  place_nodes(graph, rows);
  place_edges(graph, rows);
  put_graph(id, graph, rows, joined);
  if (!is_being_made()) parts_->rows().refresh_when_many();
}

void Store::remove(std::int64_t id) {
  const Source source = parts_->source(id);
  if (source.joined) parts_->state ^= term_of(source);
  parts_->take(id);
  Statement(parts_->database, "DELETE FROM content WHERE source = ?").with(id).run();
  Statement(parts_->database, "DELETE FROM source WHERE id = ?").with(id).run();
  if (source.kind == SourceKind::text) parts_->wait_for_joining(id);
}

bool Store::wants_joining() const {
  return parts_->setting("state").empty();
}

void Store::hold() {
  parts_->database.run("BEGIN");
  static_cast<void>(parts_->setting("state"));  // takes the lock
}

void Store::release() {
  parts_->database.run("COMMIT");
}

void Store::commit() {
  parts_->finish_making();
  parts_->rows().refresh();
  log_change(parts_->database, parts_->stamp_before, parts_->rows().written());
  parts_->set("state", fmt::format("{:x}", parts_->state));
  parts_->set("program", RELATA_VERSION);
  parts_->writer.reset();
  if (parts_->is_new) mark_as_store(parts_->database);
  parts_->transaction->commit();
  parts_->transaction.reset();
  if (parts_->is_new) parts_->become_like_opened();
}

namespace {

/// Rows of nodes and edges against a graph, what differs as lines.
class Comparison final {
 public:
  Comparison(Database& database, const Graph& graph) : database_(database), graph_(graph) {}

  std::vector<std::string> run() {
    compare_nodes();
    compare_edges();
    return std::move(wrong_);
  }

 private:
  void report(std::string line) {
    if (wrong_.size() < 20) wrong_.push_back(std::move(line));
  }

  void compare_nodes() {
    Statement rows(database_, "SELECT key, kind, type, name, aliases, attributes FROM node");
    std::size_t count = 0;
    for (; rows.step(); ++count) {
      const NodeId id = graph_.find_key(rows.text(0));
      if (!id.valid()) {
        report(fmt::format("node {}: no source speaks of it", rows.text(0)));
        continue;
      }
      Names names;
      for (const StringId alias : graph_.aliases(id)) names.emplace_back(graph_.text(alias));
      Attributes attributes;
      for (const Attribute& attribute : graph_.attributes(id))
        attributes.emplace_back(graph_.text(attribute.key), graph_.text(attribute.value));
      const bool same = rows.text(1) == kind_name(graph_.node(id).kind) &&
                        rows.text(2) == graph_.type_name(id) && rows.text(3) == graph_.name(id) &&
                        rows.text(4) == names_json(names) &&
                        rows.text(5) == attributes_json(attributes);
      if (!same) report(fmt::format("node {}: its row is not what its sources say", rows.text(0)));
    }
    if (count != graph_.node_count())
      report(fmt::format("{} nodes in rows, {} by the sources", count, graph_.node_count()));
  }

  void compare_edges() {
    Statement rows(database_,
                   "SELECT s.key, t.key, r.name, e.negated, e.modality, e.mood, e.confidence, "
                   "e.weight, e.time_from, e.time_to, e.time_precision, a.key FROM edge e "
                   "JOIN node s ON s.id = e.source JOIN node t ON t.id = e.target "
                   "JOIN relation r ON r.id = e.relation LEFT JOIN node a ON a.id = e.attribution");
    std::size_t count = 0;
    for (; rows.step(); ++count) {
      if (!has_edge(rows))
        report(fmt::format("edge {} {} {}: its row is not what its sources say", rows.text(0),
                           rows.text(2), rows.text(1)));
    }
    if (count != graph_.edge_count())
      report(fmt::format("{} edges in rows, {} by the sources", count, graph_.edge_count()));
  }

  [[nodiscard]] bool has_edge(const Statement& rows) const {
    const NodeId source = graph_.find_key(rows.text(0));
    const NodeId target = graph_.find_key(rows.text(1));
    if (!source.valid() || !target.valid()) return false;
    const auto [first, last] = graph_.out_edges(source);
    for (std::uint32_t e = first.value; e < last.value; ++e) {
      const Edge& edge = graph_.edge(EdgeId(e));
      const bool same =
          edge.target == target && graph_.relation(EdgeId(e)).name == rows.text(2) &&
          (edge.polarity == Polarity::negated) == (rows.integer(3) != 0) &&
          static_cast<std::int64_t>(edge.modality) == rows.integer(4) &&
          static_cast<std::int64_t>(edge.mood) == rows.integer(5) &&
          edge.confidence == static_cast<float>(rows.real(6)) &&
          edge.weight == static_cast<float>(rows.real(7)) && edge.time == time_of(rows, 8) &&
          (edge.attribution.valid() ? graph_.key(edge.attribution) : std::string_view()) ==
              rows.text(11);
      if (same) return true;
    }
    return false;
  }

  Database& database_;
  const Graph& graph_;
  std::vector<std::string> wrong_;
};

}  // namespace

std::vector<std::string> Store::check() const {
  parts_->finish_making();
  std::vector<std::string> wrong;
  Statement integrity(parts_->database, "PRAGMA integrity_check(20)");
  while (integrity.step()) {
    if (integrity.text(0) != "ok") wrong.emplace_back(integrity.text(0));
  }
  if (!wrong.empty()) return wrong;
  GraphBuilder builder(parts_->ontology);
  std::uint64_t state = 0;
  for (const Source& source : sources()) {
    builder.add_graph(graph_of(source));
    state ^= term_of(source);
  }
  const Graph graph = std::move(builder).build();
  wrong = Comparison(parts_->database, graph).run();
  if (fmt::format("{:x}", state) != parts_->setting("state"))
    wrong.emplace_back("the name of the state is not that of the sources");
  return wrong;
}

}  // namespace relata::store
