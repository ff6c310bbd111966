#include "graph/id_table.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using relata::IdTable;

TEST_CASE("an id table finds each record by its hash and what makes it the only one") {
  std::vector<std::string> records;
  IdTable table;
  const auto add = [&](const std::string& text, std::uint64_t hash) {
    const auto [id, is_new] =
        table.insert(hash, static_cast<std::uint32_t>(records.size()),
                     [&](std::uint32_t known) { return records[known] == text; });
    if (is_new) records.push_back(text);
    return id;
  };
  // A hundred records a hash, so that most are told apart by their text alone.
  for (std::uint64_t i = 0; i < 5000; ++i) CHECK(add(std::to_string(i), i / 100) == i);
  for (std::uint64_t i = 0; i < 5000; ++i) CHECK(add(std::to_string(i), i / 100) == i);
  CHECK(records.size() == 5000);
}

TEST_CASE("an id table without a record finds none") {
  IdTable table;
  const auto never = [](std::uint32_t /*id*/) { return false; };
  CHECK(table.find(7, never) == IdTable::none);
  table.insert(7, 0, never);
  CHECK(table.find(7, never) == IdTable::none);
  CHECK(table.find(7, [](std::uint32_t id) { return id == 0; }) == 0);
}
