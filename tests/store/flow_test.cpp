// Work in stages: what must not happen at once does not, and in which order it happens.

#include "store/flow.h"

#include <atomic>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/cli/program.h"

using namespace relata;
using store::Step;

namespace {

struct Item {
  std::size_t number = 0;
  std::unique_ptr<std::atomic<int>> found = std::make_unique<std::atomic<int>>(0);
};

using Stages = std::vector<std::function<void(Item&, Step&)>>;

void run(std::size_t count, unsigned threads, const Stages& stages) {
  store::flow<Item>(
      count, threads,
      [](std::size_t i) {
        Item item;
        item.number = i;
        return item;
      },
      stages);
}

}  // namespace

TEST_CASE("each portion goes through all stages, each stage takes one after the other") {
  const ScratchFolder folder;
  store::Database one((folder.path() / "one").string(), "one", store::Database::Mode::create);
  store::Database two((folder.path() / "two").string(), "two", store::Database::Mode::create);
  for (const unsigned threads : {1U, 2U, 5U}) {
    CAPTURE(threads);
    std::vector<std::size_t> loaded;
    std::vector<std::size_t> written;
    std::vector<std::size_t> other;
    std::atomic<int> in_one = 0;
    std::atomic<int> in_two = 0;
    std::atomic<bool> met = false;
    const auto alone_in = [&](std::atomic<int>& users, const auto& work) {
      if (users++ != 0) met = true;
      work();
      --users;
    };
    const Stages stages = {
        [&](Item& item, Step& step) {
          step.with(one, [&] { alone_in(in_one, [&] { loaded.push_back(item.number); }); });
        },
        [](Item& item, Step& step) {
          for (int i = 0; i < 7; ++i) step.alone([&] { ++*item.found; });
        },
        [](Item&, Step&) {},  // nothing to do
        [&](Item& item, Step& step) {
          step.with(one, [&] {
            alone_in(in_one, [&] {
              if (*item.found == 7) written.push_back(item.number);
            });
          });
          step.with(two, [&] { alone_in(in_two, [&] { other.push_back(item.number); }); });
        }};
    run(200, threads, stages);
    std::vector<std::size_t> all(200);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    CHECK(loaded == all);
    CHECK(written == all);
    CHECK(other == all);
    CHECK_FALSE(met);
  }
}

TEST_CASE("few portions are under way at once") {
  std::atomic<int> there = 0;
  std::atomic<int> most = 0;
  struct Counted {
    explicit Counted(std::atomic<int>& there) : counted(&there) { ++*counted; }
    Counted(Counted&& other) noexcept : counted(std::exchange(other.counted, nullptr)) {}
    ~Counted() {
      if (counted != nullptr) --*counted;
    }
    std::atomic<int>* counted;
  };
  store::flow<Counted>(500, 3, [&](std::size_t) { return Counted(there); },
                       {[&](Counted&, Step& step) {
                          step.alone([&] { most = std::max(most.load(), there.load()); });
                        },
                        [](Counted&, Step& step) { step.alone([] {}); }});
  CHECK(there == 0);
  CHECK(most <= 8);
}

TEST_CASE("no portions are no work, and errors end it") {
  run(0, 3, {[](Item&, Step&) { FAIL("there is none"); }});
  for (const unsigned threads : {1U, 4U}) {
    CAPTURE(threads);
    std::atomic<int> last = 0;
    const Stages stages = {[](Item& item, Step& step) {
                             step.alone([&] {
                               if (item.number >= 20)
                                 throw std::runtime_error(fmt::format("portion {}", item.number));
                             });
                           },
                           [&](Item&, Step& step) { step.alone([&] { ++last; }); }};
    CHECK_THROWS_WITH(run(100, threads, stages), "portion 20");
    CHECK(last <= 20);
    CHECK_THROWS_WITH(run(3, threads, {[](Item&, Step&) { throw std::runtime_error("no plan"); }}),
                      "no plan");
  }
}
