// Stores that are made at once, with tables in files of their own meanwhile: whatever is asked or
// taken out on the way, the store is what building from its sources gives.

#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "graph/errors.h"
#include "graph/graph_builder.h"
#include "store/case.h"
#include "tests/cli/program.h"
#include "tests/numbers.h"
#include "tests/store/hard_texts.h"
#include "tests/store/sample_texts.h"

using namespace relata;

namespace {

std::size_t files_in(const std::filesystem::path& folder) {
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++files;
  return files;
}

}  // namespace

TEST_CASE("a store made at once has the same bytes for any number of threads") {
  std::vector<SampleText> texts;
  for (std::uint64_t i = 0; i < 300; ++i)
    texts.push_back(hard_text(fmt::format("t{}.txt", i), i * 37));
  std::vector<std::pair<std::string, Graph>> graphs;
  for (std::uint64_t i = 0; i < 3; ++i)
    graphs.emplace_back(fmt::format("g{}.json", i), sample_graph(i));
  const std::string right = json_of(built(texts, graphs));
  std::string bytes;
  for (const unsigned threads : {1U, 2U, 5U}) {
    CAPTURE(threads);
    const ScratchFolder folder;
    const std::string path = (folder.path() / "case.kg").string();
    {
      store::Store store = begun_store(path);
      for (const auto& [name, graph] : graphs) put_graph(store, name, graph);
      for (const SampleText& text : texts) put_text(store, text);
      CHECK(store.is_being_made());
      CHECK(files_in(folder.path()) == 1);
      store::join_texts(store, threads, 90);
      CHECK(store.is_being_made());
      CHECK(files_in(folder.path()) == 1);
      store.commit();
      CHECK_FALSE(store.is_being_made());
      check_sound(store);
      CHECK(json_of(store.graph()) == right);
    }
    CHECK(files_in(folder.path()) == 1);
    const std::string own = read_whole(path);
    if (bytes.empty()) bytes = own;
    CHECK((own == bytes));
  }
}

TEST_CASE("a store of texts alone, in many portions, on many threads") {
  std::vector<SampleText> texts;
  for (std::uint64_t i = 0; i < 400; ++i)
    texts.push_back(hard_text(fmt::format("t{}.txt", i), i * 53));
  const ScratchFolder folder;
  store::Store store = begun_store((folder.path() / "case.kg").string());
  for (const SampleText& text : texts) put_text(store, text);
  store::join_texts(store, 6, 128);
  store.commit();
  check_sound(store);
  CHECK(json_of(store.graph()) == json_of(built(texts)));
}

TEST_CASE("a graph with more nodes than are noted at once is replaced") {
  const auto nodes = [](std::size_t edges) {
    GraphBuilder builder(Ontology::built_in());
    std::vector<NodeId> ids;
    for (std::size_t i = 0; i < 60000; ++i)
      ids.push_back(builder.add_node(fmt::format("actor/a-{}", i),
                                     builder.type(NodeKind::actor, "person"),
                                     fmt::format("A {}", i)));
    const RelationId relation = builder.relation("ally of").relation;
    for (std::size_t i = 0; i < edges; ++i)
      builder.add_edge(ids[i], relation, ids[i + 1], Polarity::affirmed, Modality::asserted);
    return std::move(builder).build();
  };
  const ScratchFolder folder;
  store::Store store = begun_store((folder.path() / "case.kg").string());
  put_graph(store, "g.json", nodes(300));
  put_graph(store, "h.json", nodes(10));
  store.commit();
  store.begin();
  store.remove(store.find("h.json")->id);
  store.remove(store.find("g.json")->id);
  put_graph(store, "g.json", nodes(200));
  store.commit();
  check_sound(store);
  CHECK(json_of(store.graph()) == json_of(nodes(200)));
}

TEST_CASE("random histories of a store before its first commit") {
  for (std::uint64_t seed = 1; seed <= more_histories(10); ++seed) {
    CAPTURE(seed);
    const ScratchFolder folder;
    std::mt19937_64 random(seed);
    const std::string rules = hard_rules(seed);
    store::Store store = begun_store((folder.path() / "case.kg").string(), rules);
    std::map<std::string, SampleText> held;
    std::map<std::string, std::uint64_t> graphs;
    const auto take = [&](const std::string& name) { store.remove(store.find(name)->id); };
    for (int step = 0; step < 40; ++step) {
      CAPTURE(step);
      const std::uint64_t number = random() % 24;
      const std::string name = fmt::format("t{}.txt", number);
      switch (random() % 16) {
        case 0:
          if (graphs.erase(fmt::format("g{}", number)) > 0) take(fmt::format("g{}", number));
          break;
        case 1:
        case 2:
          if (graphs.emplace(fmt::format("g{}", number), number).second)
            put_graph(store, fmt::format("g{}", number), sample_graph(number));
          break;
        case 3:
          store::join_texts(store, 1 + static_cast<unsigned>(random() % 3), 1 + random() % 9);
          break;
        case 4:
          if (held.erase(name) > 0) take(name);
          break;
        case 5:
          if (seed % 2 == 0) CHECK(store.counts().texts == held.size());
          break;
        default:
          if (held.contains(name)) break;
          held.emplace(name, hard_text(name, random() % 3000));
          put_text(store, held.at(name));
      }
    }
    store::join_texts(store, 2);
    store.commit();
    check_sound(store);
    const std::string right = json_of(built_from(held, graphs, rules));
    REQUIRE(json_of(store.graph()) == right);
    // It goes on as any other.
    add_text(store, hard_text("later.txt", seed));
    check_sound(store);
    remove_source(store, "later.txt");
    check_sound(store);
    CHECK(json_of(store.graph()) == right);
  }
}

TEST_CASE("a change after the first commit is undone when it is broken off") {
  const ScratchFolder folder;
  const std::string path = (folder.path() / "case.kg").string();
  {
    store::Store store = begun_store(path);
    put_text(store, hard_text("a.txt", 1));
    store::join_texts(store, 2);
    store.commit();
    store.begin();
    put_text(store, hard_text("b.txt", 2));
    store::join_texts(store, 2);
  }
  const store::Store store = store::Store::open(path, store::Database::Mode::read);
  check_sound(store);
  CHECK(json_of(store.graph()) == json_of(built({hard_text("a.txt", 1)})));
}

TEST_CASE("a store that is given up leaves no file but its own, which is no store") {
  const ScratchFolder folder;
  const std::string path = (folder.path() / "case.kg").string();
  {
    store::Store store = begun_store(path);
    for (std::uint64_t i = 0; i < 20; ++i) put_text(store, hard_text(fmt::format("{}.txt", i), i));
    store::join_texts(store, 2);
  }
  CHECK(files_in(folder.path()) == 1);
  CHECK_THROWS_WITH_AS(store::Store::open(path, store::Database::Mode::read),
                       doctest::Contains("expected a store of relata"), InputError);
}
