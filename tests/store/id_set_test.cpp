#include "store/id_set.h"

#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <vector>

#include <doctest/doctest.h>

using relata::store::IdSet;

namespace {

std::vector<std::int64_t> all_of(const IdSet& ids) {
  std::vector<std::int64_t> all;
  ids.visit([&](std::int64_t id) { all.push_back(id); });
  return all;
}

}  // namespace

TEST_CASE("a set of ids holds what was put in, once and in order") {
  IdSet ids;
  CHECK(ids.empty());
  CHECK_FALSE(ids.contains(0));
  const std::vector<std::int64_t> some = {1023,
                                          1024,
                                          0,
                                          63,
                                          64,
                                          -1,
                                          -1024,
                                          -1025,
                                          1LL << 40,
                                          std::numeric_limits<std::int64_t>::max(),
                                          std::numeric_limits<std::int64_t>::min()};
  for (const std::int64_t id : some) {
    CAPTURE(id);
    CHECK_FALSE(ids.contains(id));
    CHECK(ids.insert(id));
    CHECK(ids.contains(id));
    CHECK_FALSE(ids.insert(id));
  }
  const std::set<std::int64_t> right(some.begin(), some.end());
  CHECK(ids.size() == right.size());
  CHECK(all_of(ids) == std::vector<std::int64_t>(right.begin(), right.end()));
}

TEST_CASE("sets of ids are put together as other sets are") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 20; ++round) {
    const std::int64_t range = std::int64_t{1} << (random() % 24 + 1);
    std::set<std::int64_t> right;
    IdSet ids;
    for (int part = 0; part < 3; ++part) {
      IdSet own;
      for (int i = 0; i < 300; ++i) {
        const auto id = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(range));
        const bool was_there = own.contains(id);
        CHECK(own.insert(id) == !was_there);
        right.insert(id);
      }
      ids.insert(own);
    }
    CHECK(ids.size() == right.size());
    CHECK(all_of(ids) == std::vector<std::int64_t>(right.begin(), right.end()));
  }
}
