// The image of a graph that is brought up to date after changes is that of the graph as it is.

#include "store/image_update.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "graph/graph_image.h"
#include "graph/name_index.h"
#include "store/case.h"
#include "store/open_graph.h"
#include "tests/cli/program.h"
#include "tests/graph/graph_text.h"
#include "tests/store/hard_texts.h"
#include "tests/store/sample_texts.h"

using namespace relata;

namespace {

std::string bytes_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::set<std::string> words_of(const Ontology& ontology) {
  std::set<std::string> words;
  for (const NodeType& type : ontology.types())
    words.insert(fmt::format("{} {}", kind_name(type.kind), type.name));
  for (const Relation& relation : ontology.relations()) words.insert(relation.name);
  return words;
}

/// Tables that hold no strings are the same byte for byte, and so is the index of names.
void check_same(const Graph& updated, const Graph& right) {
  CHECK(text_of(updated) == text_of(right));
  CHECK(json_of(updated) == json_of(right));
  const auto same = [](const auto& one, const auto& other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end());
  };
  const ReadGraphTables& left_tables = updated.tables();
  const ReadGraphTables& right_tables = right.tables();
  CHECK(same(left_tables.out_begin, right_tables.out_begin));
  CHECK(same(left_tables.in_begin, right_tables.in_begin));
  CHECK(same(left_tables.in_edges, right_tables.in_edges));
  CHECK(same(left_tables.evidence_begin, right_tables.evidence_begin));
  CHECK(same(left_tables.mention_begin, right_tables.mention_begin));
  // Words that nothing tells any more are gone.
  CHECK(left_tables.string_bytes.size() <= right_tables.string_bytes.size());
  CHECK(words_of(updated.ontology()) == words_of(right.ontology()));
  const NameIndex names(right);
  for (const ImageSection& section : names.sections()) {
    CAPTURE(section.name);
    CHECK(bytes_of(updated.attachment(section.name)) == bytes_of(section.bytes));
  }
}

/// The image of the store's graph at `path`.
void write_image(const Graph& graph, const std::string& stamp, const std::string& path) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  const NameIndex names(graph);
  write_graph_image(graph, stamp, names.sections(), out);
}

/// Texts come, go and are replaced; every few changes the image follows.
void play(std::uint64_t seed, int steps, std::size_t texts) {
  CAPTURE(seed);
  const ScratchFolder folder;
  const std::string path = (folder.path() / "case.kg").string();
  const std::string index = store::image_path(path);
  std::mt19937_64 random(seed);
  { const store::Store made = new_store(path, hard_rules(seed)); }
  std::map<std::string, bool> held;
  const auto change = [&](store::Store& store) {
    store.begin();
    const std::size_t changes = 1 + random() % 3;
    for (std::size_t i = 0; i < changes; ++i) {
      const std::string name = fmt::format("t{}.txt", random() % texts);
      const bool there = held.erase(name) > 0;
      if (there) store.remove(store.find(name)->id);
      if (there && random() % 3 != 0) continue;
      const SampleText text =
          random() % 2 == 0 ? hard_text(name, random() % 3000) : sample_text(name, random() % 40);
      put_text(store, text);
      held.emplace(name, true);
    }
    store::join_texts(store, 1);
    store.commit();
  };
  {
    store::Store store = store::open_case(path, store::Database::Mode::change);
    change(store);
    write_image(store.graph(), store.stamp(), index);
  }
  for (int step = 0; step < steps; ++step) {
    CAPTURE(step);
    store::Store store = store::open_case(path, store::Database::Mode::change);
    for (std::uint64_t left = 1 + random() % 3; left > 0; --left) change(store);
    const auto old = GraphImage::open_any(index);
    REQUIRE(old);
    const auto changed = store.changed_since(old->stamp());
    REQUIRE(changed);
    store.hold();
    const std::string aside = index + ".new";
    {
      std::ofstream out(aside, std::ios::binary | std::ios::trunc);
      REQUIRE(store::write_changed_image(store, old->graph(), *changed, store.stamp(), out));
    }
    store.release();
    std::filesystem::rename(aside, index);
    const auto image = GraphImage::open(index, store.stamp());
    REQUIRE(image);
    CHECK(image->verify());
    check_same(image->graph(), store.graph());
  }
}

}  // namespace

TEST_CASE("an image that follows changes is that of the graph as it is") {
  for (std::uint64_t seed = 1; seed <= more_histories(8); ++seed) play(seed, 20, 14);
}

TEST_CASE("reading a store brings its image up to date, or makes it anew where that cannot be") {
  const ScratchFolder folder;
  const std::string path = (folder.path() / "case.kg").string();
  const std::string index = store::image_path(path);
  std::vector<SampleText> texts;
  for (std::uint64_t i = 0; i < 12; ++i) texts.push_back(sample_text(fmt::format("{}.txt", i), i));
  { const store::Store made = new_store(path); }
  const store::OpenOptions always{0};
  const auto open_changed = [&] { return store::open_case(path, store::Database::Mode::change); };
  {
    store::Store store = open_changed();
    for (const SampleText& text : texts) add_text(store, text);
  }
  static_cast<void>(store::open_graph(path, always));
  std::string stamp = GraphImage::open_any(index)->stamp();
  const auto check = [&](const std::string& after, bool is_known) {
    CAPTURE(after);
    store::Store store = store::open_case(path, store::Database::Mode::read);
    CHECK(store.changed_since(stamp).has_value() == is_known);
    const std::string right = json_of(store.graph());
    CHECK(json_of(store::open_graph(path, always)) == right);
    const auto image = GraphImage::open(index, store.stamp());
    REQUIRE(image);
    stamp = image->stamp();
  };
  // A program that was writing an image was killed; no other has that number.
  const std::string broken_off = index + ".2147483646.part";
  std::ofstream(broken_off) << "half of an image";
  const std::string others = index + ".notes.part";
  std::ofstream(others) << "somebody's own";
  {
    store::Store store = open_changed();
    remove_source(store, "3.txt");
    add_text(store, sample_text("new.txt", 3));
  }
  check("texts", true);
  CHECK_FALSE(std::filesystem::exists(broken_off));
  CHECK(std::filesystem::exists(others));
  // A graph has edges that no document tells of, and documents that texts may have, too.
  {
    store::Store store = open_changed();
    store.begin();
    store::Source source;
    source.name = "elsewhere.json";
    source.kind = store::SourceKind::graph;
    source.hash = "1";
    store.set_graph(store.add(source, {}),
                    built({sample_text("5.txt", 5), sample_text("x.txt", 7)}), 1);
    store.commit();
  }
  check("a graph", false);
  {
    store::Store store = open_changed();
    remove_source(store, "5.txt");
  }
  check("a text that the graph tells of, too", false);
  {
    store::Store store = open_changed();
    remove_source(store, "new.txt");
  }
  check("another text", true);
  // Another program wrote.
  {
    store::Database database(path, "case.kg", store::Database::Mode::change);
    database.run("UPDATE meta SET value = '0.0.9' WHERE key = 'program'");
  }
  {
    store::Store store = open_changed();
    add_text(store, sample_text("new.txt", 9));
  }
  check("another program", false);
  // Damage in the old image does not go on into the new one.
  {
    store::Store store = open_changed();
    remove_source(store, "7.txt");
    std::string bytes = read_whole(index);
    for (std::size_t at = bytes.size() / 4; at < bytes.size(); at += 97) bytes[at] ^= 0x55;
    std::ofstream(index, std::ios::binary) << bytes;
  }
  check("damage", true);
  std::ofstream(index, std::ios::binary) << "damaged";
  CHECK(json_of(store::open_graph(path, always)) ==
        json_of(store::open_case(path, store::Database::Mode::read).graph()));
}
