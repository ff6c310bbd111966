#pragma once
// A case file: one SQLite database (docs/store_format.md) that holds what each source, a text or a
// graph, tells, and the graph that they tell together. A source's own graph, with the keys that
// joining over the texts gave its nodes, is kept in rows of its own; nodes and edges of the whole
// are brought up to date for those that a change touches and for no others. So the graph of a store
// is the merger of its sources' graphs, as GraphBuilder::add_graph merges them, whatever was added
// and removed in which order, and a change costs what it touches, not what the store holds.
//
// Everything happens in transactions: a change that is broken off (error, full disk, kill) leaves
// the state before it. One object a thread; several programs may read, one at a time writes.
//
// This layer knows graphs and opaque bytes; store/case.h knows texts.

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "store/database.h"
#include "store/graph_rows.h"
#include "store/schema.h"

namespace relata::store {

enum class SourceKind : std::uint8_t { text, graph };

/// What a store keeps of a source beside its graph.
struct Source {
  std::int64_t id = 0;
  std::string name;  ///< unique in a store
  SourceKind kind = SourceKind::text;
  std::string hash;  ///< of its content: the same bytes have the same
  std::string title;
  std::string date;
  std::string author;
  std::string outlet;
  std::string url;
  std::string language;
  /// Digest of what joining decided for it; nothing while it has no graph.
  std::optional<std::uint64_t> joined;
};

/// What is kept of a text for joining it anew.
struct Content {
  std::string text;
  std::string facts;        ///< importers/text/facts_record.h
  std::string fingerprint;  ///< importers/text/near_copies.h
};

struct Counts {
  std::size_t texts = 0;
  std::size_t graphs = 0;
  std::size_t documents = 0;
  std::size_t sentences = 0;
  std::size_t nodes = 0;
  std::size_t edges = 0;
  std::size_t pieces = 0;
  std::size_t bytes = 0;
};

/// What changes wrote.
struct ChangedRows {
  std::set<std::string> documents;  ///< names of those that came, went or are told anew
  std::set<std::string> nodes;      ///< keys of nodes that came, went or have other values
};

class Store final {
 public:
  /// What a store is made with and keeps.
  struct Settings {
    std::string ontology;  ///< text of an ontology file
    std::string rules;     ///< text of a curator's file, "" for none
  };

  /// Makes a new store in the file `path`, which must not be there, for one long change that ends
  /// with commit(). There is no going back in it: a file that is left before is no store, and
  /// open() says so. `name` is what errors call it.
  static Store create(const std::string& path, const std::string& name, const Settings& settings);

  /// Opens a store. Throws InputError for a file that is none, is damaged, or is newer than the
  /// program; an older one is brought up to date first.
  static Store open(const std::string& path, Database::Mode mode);

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  [[nodiscard]] const std::string& name() const;
  [[nodiscard]] Settings settings() const;
  [[nodiscard]] std::shared_ptr<const Ontology> ontology() const;
  [[nodiscard]] Counts counts() const;
  /// All sources, sorted by name.
  [[nodiscard]] std::vector<Source> sources() const;
  [[nodiscard]] std::optional<Source> find(const std::string& name) const;
  [[nodiscard]] std::optional<Source> find(std::int64_t id) const;
  [[nodiscard]] Content content(std::int64_t source) const;

  /// Names the state: two stores of the same sources and settings have the same, and every change
  /// another.
  [[nodiscard]] std::string stamp() const;

  /// What came, went or was written anew since the store had that stamp; nothing when that is not
  /// known any more.
  [[nodiscard]] std::optional<ChangedRows> changed_since(const std::string& stamp) const;

  /// True after an older store was brought up to date, when its texts have to be joined anew.
  [[nodiscard]] bool wants_joining() const;

  /// From hold() to release() nobody can change the store: what is read fits together.
  void hold();
  void release();

  /// The whole graph, O(its size).
  [[nodiscard]] Graph graph() const;
  /// What one source tells.
  [[nodiscard]] Graph graph_of(const Source& source) const;

  // Changes. begin() waits for other writers and throws StoreBusyError when they take too long;
  // what is not committed is undone when the store is closed.

  void begin();
  /// Adds a source without a graph and returns its id. A text waits for being joined
  /// (store/case.h). REQUIRES: no source has its name.
  std::int64_t add(const Source& source, const Content& content);
  /// Gives the source its graph, instead of the one that it has. `joined`: Source::joined.
  void set_graph(std::int64_t source, const Graph& graph, std::uint64_t joined);
  void remove(std::int64_t source);
  /// Brings nodes and edges up to date and ends the change.
  void commit();

  /// Compares nodes and edges with what the sources' rows give when they are merged anew, and lets
  /// SQLite check its own structures. Returns what is wrong, a line each. O(size).
  [[nodiscard]] std::vector<std::string> check() const;

  /// The tables, for what joins texts (store/join_texts.cpp).
  [[nodiscard]] Database& database();

  // A store that is being made takes graphs by several threads: each group of tables has a database
  // of its own until all is there, and set_graph() comes apart into three steps. Each may be done
  // beside those of other graphs; one step is done for one graph after the other.

  /// From create() to the first call that reads or removes graphs, or commits.
  [[nodiscard]] bool is_being_made() const;
  /// Says that the tables of the events will only be read. REQUIRES: is_being_made().
  void close_events();
  /// Copies, after that, a share of their rows into database(): one of so many that are left.
  void copy_events(std::size_t shares_left);
  /// Where the tables of a group are: in database(), or of their own in parts_of(group) files.
  [[nodiscard]] Database& tables(TableGroup group, std::size_t part = 0);
  void place_nodes(const Graph& graph, GraphRows& rows);
  void place_edges(const Graph& graph, GraphRows& rows);
  /// REQUIRES: the source has no graph.
  void put_graph(std::int64_t source, const Graph& graph, const GraphRows& rows,
                 std::uint64_t joined);
  /// How many threads make the indexes at the end; all that there are when it is not called.
  void use_threads(unsigned threads);
  /// Ends that state.
  void finish_making();

 private:
  struct Parts;
  explicit Store(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace relata::store
