// Folding of names and the index of them.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "graph/fold.h"
#include "graph/graph_builder.h"
#include "graph/name_index.h"

using namespace relata;

namespace {

Graph sample() {
  GraphBuilder builder(Ontology::built_in());
  const TypeId person = builder.type(NodeKind::actor, "person");
  const TypeId region = builder.type(NodeKind::place, "region");
  const NodeId kim = builder.add_node("actor/kim", person, "Kim Jong-un");
  builder.add_alias(kim, "Kim");
  builder.add_node("place/kursk", region, "Kursk region");
  builder.add_node("place/kurskaya", region, "Kurskaya");
  const NodeId volodymyr = builder.add_node("actor/z", person, "Volodymyr Zelenskyy");
  builder.add_alias(volodymyr, "Зеленський");
  return std::move(builder).build();
}

std::vector<std::string> keys(const Graph& graph, const std::vector<NameHit>& hits) {
  std::vector<std::string> names;
  names.reserve(hits.size());
  for (const NameHit& hit : hits) names.emplace_back(graph.key(hit.node));
  return names;
}

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("folding takes away case, diacritics and punctuation") {
  NameFolder folder;
  CHECK(folder.fold("Kim Jong-un") == "kim jong un");
  CHECK(folder.fold("  U.S.  Army ") == "us army");
  CHECK(folder.fold("O'Neill") == "oneill");
  CHECK(folder.fold("O’Neill") == "oneill");
  CHECK(folder.fold("Recep Tayyip Erdoğan") == "recep tayyip erdogan");
  CHECK(folder.fold("Łódź") == "lodz");
  CHECK(folder.fold("STRASSE") == folder.fold("Straße"));
  CHECK(folder.fold("e\xcc\x81") == folder.fold("\xc3\xa9"));
  CHECK(folder.fold("ﬁnance") == "finance");
  CHECK(folder.fold("--- !") == "");
  CHECK(folder.fold("") == "");
  CHECK(folder.fold("Жуков") == "zukov");
}

TEST_CASE("folding a folded name changes nothing, and broken UTF-8 harms nothing") {
  NameFolder folder;
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) {
      text += static_cast<char>(std::uniform_int_distribution<int>(1, 255)(random));
    }
    const std::string folded = folder.fold(text);
    CHECK(folder.fold(folded) == folded);
  }
}

TEST_CASE("the distance counts letters put in, left out, exchanged and swapped") {
  CHECK(edit_distance("kursk", "kursk", 2) == 0);
  CHECK(edit_distance("kursk", "kurks", 2) == 1);
  CHECK(edit_distance("kursk", "krsk", 2) == 1);
  CHECK(edit_distance("kursk", "kurssk", 2) == 1);
  CHECK(edit_distance("kursk", "kirsk", 2) == 1);
  CHECK(edit_distance("", "ab", 2) == 2);
  CHECK(edit_distance("abcdef", "uvwxyz", 2) == 3);
  CHECK(edit_distance("a", "abcdef", 2) == 3);
}

TEST_CASE("nodes are found by key, name and alias") {
  const Graph graph = sample();
  const NameIndex names(graph);
  CHECK(keys(graph, names.exact("KIM JONG UN")) == Keys{"actor/kim"});
  CHECK(keys(graph, names.exact("kim")) == Keys{"actor/kim"});
  CHECK(names.exact("kim").front().match == NameMatch::alias);
  CHECK(names.exact("actor/kim").front().match == NameMatch::key);
  CHECK(keys(graph, names.exact("Зеленський")) == Keys{"actor/z"});
  CHECK(names.exact("nobody").empty());
  CHECK(names.exact("").empty());
  CHECK(names.exact("!").empty());
}

TEST_CASE("whole words, beginnings and misspellings find nodes too") {
  const Graph graph = sample();
  const NameIndex names(graph);
  CHECK(keys(graph, names.containing("kursk", 9)) == Keys{"place/kursk"});
  CHECK(keys(graph, names.with_prefix("kursk", 9)) == Keys{"place/kursk", "place/kurskaya"});
  CHECK(names.with_prefix("kursk", 1).size() == 1);
  CHECK(keys(graph, names.similar("Volodimir Zelenskyy", 9)) == Keys{"actor/z"});
  CHECK(names.similar("Volodimir Zelenskyy", 9).front().distance == 2);
  CHECK(names.similar("xxxxxxxx", 9).empty());
}

TEST_CASE("the walk over sorted names finds what a scan of all names finds") {
  std::mt19937 random(11);
  const auto letter = [&](int range) {
    return static_cast<char>('a' + std::uniform_int_distribution<int>(0, range)(random));
  };
  GraphBuilder builder(Ontology::built_in());
  const TypeId person = builder.type(NodeKind::actor, "person");
  std::vector<std::string> all;
  for (int i = 0; i < 3000; ++i) {
    std::string name;
    for (int j = 0; j < 14; ++j) name += letter(4);
    all.push_back(name);
    builder.add_node("k" + std::to_string(i), person, name);
  }
  const Graph graph = std::move(builder).build();
  const NameIndex names(graph);
  names.prepare();
  for (int round = 0; round < 200; ++round) {
    std::string query = all[static_cast<std::size_t>(round) * 7];
    query.resize(3 +
                 static_cast<std::size_t>(round) % 12);  // one, two and three letters may differ
    for (int change = 0; change < 3; ++change) {
      const auto at = std::uniform_int_distribution<std::size_t>(0, query.size() - 2)(random);
      if (change == 0) query[at] = letter(4);
      if (change == 1) query.erase(at, 1);
      if (change == 2) std::swap(query[at], query[at + 1]);
    }
    const std::size_t bound = std::min<std::size_t>(3, std::max<std::size_t>(1, query.size() / 4));
    std::size_t expected = 0;
    for (const std::string& name : all) {
      expected += edit_distance(name, query, bound) <= bound ? 1 : 0;
    }
    CHECK(names.similar(query, 10000).size() == expected);
  }
}

TEST_CASE("short names, long names and names that share their beginnings are found by the walk") {
  std::mt19937 random(12);
  const auto pick = [&](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  };
  const std::string parts[] = {"kim", "jong", "un", "volodymyr", "zelenskyy", "of", "x", "person"};
  GraphBuilder builder(Ontology::built_in());
  const TypeId person = builder.type(NodeKind::actor, "person");
  std::vector<std::string> all;
  for (int i = 0; i < 1500; ++i) {
    std::string name;
    const std::size_t words = 1 + pick(i % 50 == 0 ? 14 : 3);
    for (std::size_t j = 0; j < words; ++j) {
      name += (j == 0 ? "" : " ") + parts[pick(8)];
      if (pick(3) == 0) name += std::to_string(pick(300));
    }
    all.push_back(name);
    builder.add_node("k" + std::to_string(i), person, name);
  }
  const Graph graph = std::move(builder).build();
  const NameIndex names(graph);
  names.prepare();
  const NameIndex scanning(graph);
  for (int round = 0; round < 300; ++round) {
    std::string query = all[pick(all.size())];
    for (std::size_t slips = pick(4); slips > 0 && query.size() > 2; --slips) {
      const std::size_t at = pick(query.size() - 1);
      const std::size_t kind = pick(4);
      if (kind == 0) query[at] = 'a';
      if (kind == 1) query.erase(at, 1);
      if (kind == 2) std::swap(query[at], query[at + 1]);
      if (kind == 3) query.insert(at, 1, 'e');
    }
    query = NameFolder().fold(query);  // a slip may have doubled a blank
    const std::size_t bound = std::min<std::size_t>(3, std::max<std::size_t>(1, query.size() / 4));
    std::size_t expected = 0;
    for (const std::string& name : all) {
      expected += edit_distance(name, query, bound) <= bound ? 1 : 0;
    }
    CAPTURE(query);
    CHECK(names.similar(query, 10000).size() == expected);
    std::size_t holding = 0;
    for (const std::string& name : all) {
      holding += (" " + name + " ").find(" " + query + " ") != std::string::npos ? 1 : 0;
    }
    CHECK(names.containing(query, 10000).size() == holding);
  }
}

TEST_CASE("the first question is answered by a scan, later ones alike") {
  GraphBuilder builder(Ontology::built_in());
  const TypeId person = builder.type(NodeKind::actor, "person");
  for (int i = 0; i < 500; ++i) {
    builder.add_node("k" + std::to_string(i), person, "Person " + std::to_string(1000 + i));
  }
  const Graph graph = std::move(builder).build();
  const NameIndex names(graph);
  for (const auto ask : {&NameIndex::similar, &NameIndex::containing}) {
    const Keys first = keys(graph, (names.*ask)("person 1234", 20));
    CHECK_FALSE(first.empty());
    CHECK(keys(graph, (names.*ask)("person 1234", 20)) == first);
  }
}

TEST_CASE("every bearer of a name that very many have is found once") {
  GraphBuilder builder(Ontology::built_in());
  const TypeId attack = builder.type(NodeKind::event, "attack");
  constexpr std::size_t events = 40000;
  for (std::size_t i = 0; i < events; ++i) {
    const NodeId node = builder.add_node("event/" + std::to_string(i), attack, "attack");
    builder.add_alias(node, "Attack");
  }
  const Graph graph = std::move(builder).build();
  const std::vector<NameHit> hits = NameIndex(graph).exact("ATTACK");
  CHECK(hits.size() == events);
  CHECK(std::all_of(hits.begin(), hits.end(),
                    [](const NameHit& hit) { return hit.match == NameMatch::name; }));
}
