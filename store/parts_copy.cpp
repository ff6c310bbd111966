#include "store/parts_copy.h"

#include <algorithm>

#include <fmt/format.h>

namespace relata::store {

std::vector<std::string> first_column(Database& database, const std::string& sql) {
  std::vector<std::string> all;
  Statement rows(database, sql);
  while (rows.step()) all.emplace_back(rows.text(0));
  return all;
}

PartsCopy::PartsCopy(Database& main, const std::vector<std::string>& schemas) {
  for (const std::string& name :
       first_column(main, fmt::format("SELECT name FROM {}.sqlite_schema WHERE type = 'table'",
                                      schemas.front()))) {
    // Of one file, since a transaction that looks for a table in all of them locks them all.
    const std::vector<std::string> keys = first_column(
        main, fmt::format("SELECT name FROM pragma_table_info('{}', 'main') WHERE pk > 0 "
                          "ORDER BY pk",
                          name));
    const std::string& key = keys.front();
    Table table{nullptr, 0, 0, true};
    std::vector<std::string> parts;
    for (const std::string& schema : schemas) {
      parts.push_back(
          fmt::format("SELECT * FROM {}.{} WHERE {} BETWEEN ?1 AND ?2", schema, name, key));
      Statement ends(
          main, fmt::format("SELECT (SELECT min({0}) FROM {1}.{2}), (SELECT max({0}) FROM {1}.{2})",
                            key, schema, name));
      if (!ends.step() || ends.null(0)) continue;
      table.next = table.done ? ends.integer(0) : std::min(table.next, ends.integer(0));
      table.last = table.done ? ends.integer(1) : std::max(table.last, ends.integer(1));
      table.done = false;
    }
    table.copy = std::make_unique<Statement>(
        main, fmt::format("INSERT INTO main.{} {} ORDER BY {}", name,
                          fmt::join(parts, " UNION ALL "), fmt::join(keys, ", ")));
    tables_.push_back(std::move(table));
  }
}

void PartsCopy::copy(std::size_t shares_left) {
  for (Table& table : tables_) {
    if (table.done) continue;
    const auto width =
        static_cast<std::uint64_t>(table.last) - static_cast<std::uint64_t>(table.next);
    const auto end = static_cast<std::int64_t>(static_cast<std::uint64_t>(table.next) +
                                               width / std::max<std::size_t>(1, shares_left));
    table.copy->with(table.next, end).run();
    table.done = end == table.last;
    if (!table.done) table.next = end + 1;
  }
}

}  // namespace relata::store
