#include "store/change_log.h"

#include <charconv>
#include <string>

namespace relata::store {

namespace {

/// Changes that are kept, and documents and nodes in all of them.
constexpr std::int64_t most_changes = 5000;
constexpr std::int64_t most_rows = 200000;

}  // namespace

std::optional<std::uint32_t> counter_of(const std::string& stamp) {
  const std::size_t begin = stamp.find('-');
  if (begin == std::string::npos) return std::nullopt;
  std::uint32_t counter = 0;
  const char* const first = stamp.data() + begin + 1;
  const auto [end, error] = std::from_chars(first, stamp.data() + stamp.size(), counter, 16);
  if (error != std::errc() || end == first) return std::nullopt;
  return counter;
}

void log_change(Database& database, const std::string& before, const WrittenRows& written) {
  const auto forget = [&](const std::string& condition) {
    for (const char* table : {"change", "change_document", "change_node"})
      database.run(std::string("DELETE FROM ") + table + condition);
  };
  // A document that several sources hold neither comes nor goes with one of them.
  bool is_known = !written.untold;
  Statement holders(database, "SELECT count(*) FROM document WHERE name = ?");
  Statement texts(database, "SELECT count(*) FROM source WHERE name = ? AND kind = 'text'");
  for (const std::string& name : written.documents) {
    if (!is_known) break;
    holders.with(name).step();
    texts.with(name).step();
    is_known = holders.integer(0) <= texts.integer(0);
  }
  holders.reset();
  texts.reset();
  if (!is_known) {
    forget("");
    return;
  }
  const std::int64_t number = database.integer("SELECT coalesce(max(number), 0) + 1 FROM change");
  Statement(database, "INSERT INTO change VALUES (?, ?)").with(number, before).run();
  Statement document(database, "INSERT INTO change_document VALUES (?, ?)");
  for (const std::string& name : written.documents) document.with(number, name).run();
  Statement node(database, "INSERT INTO change_node VALUES (?, ?)");
  for (const std::string& key : written.nodes) node.with(number, key).run();
  forget(" WHERE number <= " + std::to_string(number - most_changes));
  const auto rows = [&] {
    return database.integer(
        "SELECT (SELECT count(*) FROM change_document) + (SELECT count(*) FROM change_node)");
  };
  while (rows() > most_rows) {
    const std::int64_t oldest = database.integer("SELECT coalesce(min(number), 0) FROM change");
    // What is of no change is damage.
    forget(oldest == 0 ? std::string() : " WHERE number <= " + std::to_string(oldest));
  }
}

std::optional<ChangedRows> read_changes(Database& database, const std::string& since,
                                        const std::string& now) {
  if (database.integer("SELECT count(*) FROM sqlite_master WHERE name = 'change'") == 0)
    return std::nullopt;
  Statement first(database, "SELECT max(number) FROM change WHERE before = ?");
  if (!first.with(since).step() || first.null(0)) return std::nullopt;
  const std::int64_t number = first.integer(0);
  first.reset();
  // Each change counts the file's counter up by one; what else did is not in the log.
  auto counter = counter_of(since);
  Statement later(database, "SELECT before FROM change WHERE number >= ? ORDER BY number");
  for (later.with(number); later.step();) {
    if (!counter || counter_of(std::string(later.text(0))) != counter) return std::nullopt;
    ++*counter;
  }
  if (!counter || counter_of(now) != counter) return std::nullopt;
  ChangedRows changed;
  Statement documents(database, "SELECT name FROM change_document WHERE number >= ?");
  for (documents.with(number); documents.step();) changed.documents.emplace(documents.text(0));
  Statement nodes(database, "SELECT key FROM change_node WHERE number >= ?");
  for (nodes.with(number); nodes.step();) changed.nodes.emplace(nodes.text(0));
  return changed;
}

}  // namespace relata::store
