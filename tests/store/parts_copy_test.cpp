#include "store/parts_copy.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/cli/program.h"

using relata::store::Database;
using relata::store::PartsCopy;
using relata::store::Statement;

namespace {

constexpr const char* tables =
    "CREATE TABLE {0}.numbered (id INTEGER PRIMARY KEY, name TEXT, what BLOB);"
    "CREATE TABLE {0}.keyed (hash INTEGER, id INTEGER, PRIMARY KEY (hash, id)) WITHOUT ROWID;"
    "CREATE TABLE {0}.bare (id INTEGER PRIMARY KEY);";

std::vector<std::string> rows(Database& database, const std::string& schema) {
  std::vector<std::string> all = relata::store::first_column(
      database, fmt::format("SELECT id || ' ' || name || ' ' || hex(what) || typeof(what) "
                            "FROM {}.numbered",
                            schema));
  for (std::string& row : relata::store::first_column(
           database, fmt::format("SELECT hash || ' ' || id FROM {}.keyed ORDER BY 1", schema)))
    all.push_back(std::move(row));
  return all;
}

}  // namespace

TEST_CASE("the rows of several files come together in any number of shares") {
  const ScratchFolder folder;
  const std::vector<std::int64_t> numbers = {
      std::numeric_limits<std::int64_t>::min(), -5, 0, 1, 2, 3, 900, 1LL << 50,
      std::numeric_limits<std::int64_t>::max()};
  for (const std::size_t shares : {1U, 2U, 7U, 1000U}) {
    CAPTURE(shares);
    Database database((folder.path() / fmt::format("{}.db", shares)).string(), "store",
                      Database::Mode::create);
    for (const char* schema : {"one", "two", "three"}) {
      database.run(fmt::format("ATTACH ':memory:' AS {}", schema));
      database.run(fmt::format(fmt::runtime(tables), schema));
    }
    database.run(fmt::format(fmt::runtime(tables), "main"));
    std::vector<std::string> right;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const char* schema = i % 3 == 0 ? "one" : "three";  // the second has no rows
      Statement(database, fmt::format("INSERT INTO {}.numbered VALUES (?, ?, x'00ff')", schema))
          .with(numbers[i], fmt::format("n{}", i))
          .run();
      for (std::int64_t id = 0; id < 3; ++id) {
        Statement(database, fmt::format("INSERT INTO {}.keyed VALUES (?, ?)", schema))
            .with(numbers[i], id + static_cast<std::int64_t>(i))
            .run();
      }
      right.push_back(fmt::format("{} n{} 00FFblob", numbers[i], i));
    }
    PartsCopy copy(database, {"one", "two", "three"});
    for (std::size_t left = shares; left > 0; --left) copy.copy(left);
    std::vector<std::string> copied = rows(database, "main");
    CHECK(copied.size() == numbers.size() * 4);
    copied.resize(numbers.size());
    CHECK(copied == right);
    CHECK(database.integer("SELECT count(*) FROM keyed k WHERE NOT EXISTS (SELECT 1 FROM "
                           "(SELECT * FROM one.keyed UNION SELECT * FROM three.keyed) o "
                           "WHERE o.hash = k.hash AND o.id = k.id)") == 0);
    copy.copy(1);  // nothing is left
    CHECK(rows(database, "main").size() == numbers.size() * 4);
  }
}
