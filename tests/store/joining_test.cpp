// Joining what a change touches gives what joining all texts at once gives, however hard the texts
// make it and whatever came and went before.

#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "graph/errors.h"
#include "store/case.h"
#include "tests/cli/program.h"
#include "tests/store/hard_texts.h"
#include "tests/store/sample_texts.h"

using namespace relata;

namespace {

/// Texts come, go and are replaced, a few in each change.
void play(std::uint64_t seed, int steps, std::size_t texts, std::size_t most_at_once,
          std::size_t batch) {
  CAPTURE(seed);
  const ScratchFolder folder;
  std::mt19937_64 random(seed);
  const std::string rules = hard_rules(seed);
  store::Store store = new_store((folder.path() / "case.kg").string(), rules);
  std::map<std::string, SampleText> held;
  for (int step = 0; step < steps; ++step) {
    CAPTURE(step);
    store.begin();
    const std::size_t changes = 1 + random() % most_at_once;
    for (std::size_t i = 0; i < changes; ++i) {
      const std::string name = fmt::format("t{}.txt", random() % texts);
      const bool there = held.erase(name) > 0;
      if (there) store.remove(store.find(name)->id);
      if (there && random() % 4 != 0) continue;
      const SampleText text = hard_text(name, random() % 3000);
      put_text(store, text);
      held.emplace(name, text);
    }
    store::join_texts(store, 1, batch);
    store.commit();
    check_sound(store);
    if (step % 8 == 7) CHECK(json_of(store.graph()) == json_of(built_from(held, {}, rules)));
  }
  // Nothing is left of what went.
  store.begin();
  for (const auto& [name, text] : held) store.remove(store.find(name)->id);
  store::join_texts(store, 1, batch);
  store.commit();
  for (const char* table : {"pending", "text", "name", "occurrence", "thing", "link", "telling",
                            "block", "events", "story", "band"}) {
    CAPTURE(table);
    CHECK(store.database().integer(std::string("SELECT count(*) FROM joining_") + table) == 0);
  }
}

}  // namespace

TEST_CASE("hard texts, one at a time: every change leaves what building at once gives") {
  for (std::uint64_t seed = 1; seed <= more_histories(12); ++seed) play(seed, 24, 16, 1, 4096);
}

TEST_CASE("hard texts, some at a time and in small batches") {
  for (std::uint64_t seed = 101; seed <= more_histories(112); ++seed) play(seed, 16, 40, 12, 5);
}

TEST_CASE("the size of the batches makes no difference") {
  const ScratchFolder folder;
  std::vector<std::string> graphs;
  for (const std::size_t batch : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
    store::Store store = new_store((folder.path() / fmt::format("{}.kg", batch)).string());
    store.begin();
    for (std::uint64_t i = 0; i < 60; ++i) {
      const SampleText text = hard_text(fmt::format("t{}.txt", i), i * 37);
      put_text(store, text);
    }
    store::join_texts(store, 2, batch);
    store.commit();
    check_sound(store);
    graphs.push_back(json_of(store.graph()));
  }
  CHECK(graphs[0] == graphs[1]);
  CHECK(graphs[0] == graphs[2]);
}

TEST_CASE("a change of a store with a damaged page ends in an error or does no harm") {
  const ScratchFolder folder;
  const std::string path = (folder.path() / "case.kg").string();
  {
    store::Store store = new_store(path);
    for (std::uint64_t i = 0; i < 10; ++i) add_text(store, hard_text(fmt::format("t{}.txt", i), i));
  }
  const std::string whole = read_whole(path);
  std::mt19937_64 random(5);
  std::size_t told = 0;
  for (std::size_t page = 0; page < whole.size() / 4096; ++page) {
    std::string damaged = whole;
    // A part of a page, so that much of what is damaged is met as values.
    const std::size_t begin = page * 4096 + random() % 3000;
    for (std::size_t i = 0; i < 500; ++i) damaged[begin + i] = static_cast<char>(random());
    const std::string name = folder.put("damaged.kg", damaged).string();
    try {
      store::Store store = store::Store::open(name, store::Database::Mode::change);
      add_text(store, hard_text("new.txt", page));
      remove_source(store, "t3.txt");
      if (!store::check_case(store).empty()) ++told;
    } catch (const Error&) {
      ++told;
    }
  }
  CHECK(told > 0);
}
