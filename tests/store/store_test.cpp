// Stores: the same sources give the same graph whatever the history, and what goes wrong leaves the
// state before it.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "graph/errors.h"
#include "graph/graph_image.h"
#include "importers/text/facts_record.h"
#include "importers/text/near_copies.h"
#include "store/case.h"
#include "store/open_graph.h"
#include "store/schema.h"
#include "tests/cli/program.h"
#include "tests/store/sample_texts.h"

using namespace relata;

namespace {

namespace fs = std::filesystem;

std::string path_in(const ScratchFolder& folder, const std::string& name = "case.kg") {
  return (folder.path() / name).string();
}

/// The state's name without what counts the file's changes.
std::string content_of(const store::Store& store) {
  const std::string stamp = store.stamp();
  return stamp.substr(0, stamp.find('-'));
}

/// A store in a file, closed after its first change, as the commands leave it.
void make_store(const std::string& path, const std::vector<SampleText>& texts) {
  store::Store made = new_store(path);
  for (const SampleText& text : texts) add_text(made, text);
}

/// Versions 1 and 2 kept nothing of joining.
void drop_joining(store::Database& database) {
  for (const char* table : {"pending", "text", "name", "occurrence", "thing", "link", "telling",
                            "block", "events", "story", "band"})
    database.run(std::string("DROP TABLE joining_") + table);
  database.run("DELETE FROM meta WHERE key = 'joining'");
}

std::string json_at(const std::string& path) {
  return json_of(store::Store::open(path, store::Database::Mode::read).graph());
}

}  // namespace

TEST_CASE("a text's facts come back from their record as they were") {
  const SampleText text = sample_text("a.txt", 3);
  const std::string bytes = text::write_facts_record(text.document, text.facts);
  text::Document document;
  document.id = "a.txt";
  document.text = text.document.text;
  document.metadata = text.document.metadata;
  text::DocumentFacts facts;
  text::read_facts_record(bytes, "a.txt", text::RecordPart::all, document, facts);
  CHECK(text::write_facts_record(document, facts) == bytes);
  CHECK(json_of(built({{document, facts}})) == json_of(built({text})));
}

TEST_CASE("a damaged record of facts is told, wherever the damage is") {
  const SampleText text = sample_text("a.txt", 4);
  const std::string bytes = text::write_facts_record(text.document, text.facts);
  for (std::size_t at = 0; at < bytes.size(); at += 7) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    text::Document document;
    document.text = text.document.text;
    text::DocumentFacts facts;
    CHECK_THROWS_AS(
        text::read_facts_record(damaged, "a.txt", text::RecordPart::all, document, facts),
        InputError);
  }
  for (std::size_t size = 0; size < bytes.size(); size += 13) {
    text::Document document;
    document.text = text.document.text;
    text::DocumentFacts facts;
    CHECK_THROWS_AS(text::read_facts_record(bytes.substr(0, size), "a.txt", text::RecordPart::all,
                                            document, facts),
                    InputError);
  }
}

TEST_CASE("a store gives the bytes that building from its texts gives") {
  const ScratchFolder folder;
  std::vector<SampleText> texts;
  for (std::uint64_t i = 0; i < 8; ++i) texts.push_back(sample_text(fmt::format("{}.txt", i), i));
  make_store(path_in(folder), texts);
  CHECK(json_at(path_in(folder)) == json_of(built(texts)));
}

TEST_CASE("random histories: adding, removing and merging in any order give the same bytes") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    const ScratchFolder folder;
    std::mt19937_64 random(seed);
    std::map<std::string, SampleText> all;
    for (std::uint64_t i = 0; i < 7; ++i) {
      const std::string name = fmt::format("text-{}.txt", i);
      all.emplace(name, sample_text(name, seed * 100 + i));
    }
    all.emplace("copy.txt", near_copy(all.at("text-0.txt"), "copy.txt"));
    all.emplace("another-copy.txt", near_copy(all.at("text-0.txt"), "another-copy.txt"));
    std::map<std::string, std::uint64_t> graphs = {{"one.json", seed}, {"two.json", seed + 50}};

    store::Store store = new_store(path_in(folder));
    std::map<std::string, SampleText> held;
    std::map<std::string, std::uint64_t> held_graphs;
    for (int step = 0; step < 24; ++step) {
      CAPTURE(step);
      const bool graph = random() % 5 == 0;
      if (graph) {
        auto pick = graphs.begin();
        std::advance(pick, static_cast<long>(random() % graphs.size()));
        if (held_graphs.erase(pick->first) > 0) {
          remove_source(store, pick->first);
        } else {
          add_graph(store, pick->first, sample_graph(pick->second));
          held_graphs.insert(*pick);
        }
      } else {
        auto pick = all.begin();
        std::advance(pick, static_cast<long>(random() % all.size()));
        if (held.erase(pick->first) > 0) {
          remove_source(store, pick->first);
        } else {
          add_text(store, pick->second);
          held.insert(*pick);
        }
      }
      REQUIRE(json_of(store.graph()) == json_of(built_from(held, held_graphs)));
      check_sound(store);
    }

    // Two stores of halves of it, merged, are the same again, down to the name of the state.
    store::Store merged = new_store(path_in(folder, "merged.kg"));
    merged.begin();
    std::vector<store::Source> sources = store.sources();
    std::shuffle(sources.begin(), sources.end(), random);
    for (const store::Source& source : sources) {
      const bool text = source.kind == store::SourceKind::text;
      const std::int64_t id =
          merged.add(source, text ? store.content(source.id) : store::Content());
      if (!text) merged.set_graph(id, store.graph_of(source), 1);
    }
    store::join_texts(merged, 2);
    merged.commit();
    CHECK(json_of(merged.graph()) == json_of(store.graph()));
    CHECK(content_of(merged) == content_of(store));
  }
}

TEST_CASE("what was added and taken out again leaves nothing") {
  const ScratchFolder folder;
  make_store(path_in(folder), {sample_text("a.txt", 1), sample_text("b.txt", 2)});
  const std::string before = json_at(path_in(folder));
  std::string state;
  {
    store::Store store = store::Store::open(path_in(folder), store::Database::Mode::change);
    state = content_of(store);
    add_text(store, sample_text("c.txt", 3));
    CHECK(content_of(store) != state);
    remove_source(store, "c.txt");
    CHECK(content_of(store) == state);
    CHECK(store.counts().texts == 2);
  }
  CHECK(json_at(path_in(folder)) == before);
}

TEST_CASE("near copies of a report are one piece of evidence") {
  const SampleText report = sample_text("agency.txt", 7);
  const SampleText copy = near_copy(report, "paper.txt");
  const Graph one = built({report});
  const Graph both = built({report, copy});
  REQUIRE(both.documents().size() == 2);
  CHECK(both.text(both.documents()[1].copy_of) == "agency.txt");
  CHECK_FALSE(both.documents()[0].copy_of.valid());
  std::size_t told_twice = 0;
  for (std::size_t i = 0; i < one.edge_count(); ++i) {
    const Edge& edge = one.edge(EdgeId(i));
    const NodeId source = both.find_key(one.key(edge.source));
    const NodeId target = both.find_key(one.key(edge.target));
    if (!source.valid() || !target.valid()) continue;  // events are named by their text
    const auto [first, last] = both.out_edges(source);
    for (std::uint32_t e = first.value; e < last.value; ++e) {
      const Edge& other = both.edge(EdgeId(e));
      if (other.target != target || both.relation(EdgeId(e)).name != one.relation(EdgeId(i)).name ||
          other.polarity != edge.polarity || other.modality != edge.modality)
        continue;
      CHECK(other.weight == edge.weight);
      CHECK(other.confidence == edge.confidence);
      // Events and what has no name are things of their own in each text.
      if (both.evidence(EdgeId(e)).size() == 2 * one.evidence(EdgeId(i)).size()) ++told_twice;
    }
  }
  CHECK(told_twice > 0);
}

TEST_CASE("copies are found whatever the order, and other texts are none") {
  const std::string report =
      "The ministry said on Monday that the talks in Geneva would go on for another week, although "
      "both sides had accused each other of breaking the truce along the river.";
  std::string shortened = report.substr(0, 120);
  const std::string other =
      "A ferry with ninety people on board ran aground near the island early on Sunday; the coast "
      "guard brought all of them ashore before the storm came in from the north.";
  const auto text = [](std::string_view id, std::string_view date, const std::string& words) {
    return text::StoryText{id, date, text::fingerprint(words)};
  };
  const std::vector<text::StoryText> texts = {
      text("b", "2024-01-02", report), text("a", "2024-01-03", shortened),
      text("c", "", report + " It gave no date."), text("d", "2024-01-01", other)};
  CHECK(text::first_of_story(texts) == std::vector<std::size_t>{0, 0, 0, 3});
  const std::vector<text::StoryText> turned = {texts[3], texts[2], texts[1], texts[0]};
  CHECK(text::first_of_story(turned) == std::vector<std::size_t>{0, 3, 3, 3});
  CHECK(text::fingerprint_from_bytes(text::fingerprint_bytes(report)) == text::fingerprint(report));
  CHECK(text::fingerprint("too short") == text::Fingerprint{});
}

TEST_CASE("the curator's rules hold for what is added later") {
  const ScratchFolder folder;
  store::Store store = new_store(path_in(folder), "drop \"Kursk\"\n");
  for (std::uint64_t i = 0; i < 6; ++i) add_text(store, sample_text(fmt::format("{}.txt", i), i));
  CHECK_FALSE(store.graph().find_key("place/kursk").valid());
  CHECK(store.check().empty());
}

TEST_CASE("a broken-off change leaves the state before it") {
  const ScratchFolder folder;
  make_store(path_in(folder), {sample_text("a.txt", 1)});
  const std::string before = json_at(path_in(folder));
  {
    store::Store store = store::Store::open(path_in(folder), store::Database::Mode::change);
    store.begin();
    const SampleText text = sample_text("b.txt", 2);
    put_text(store, text);
    store::join_texts(store, 1);
  }
  CHECK(json_at(path_in(folder)) == before);
}

TEST_CASE("one writer at a time: the second is told, and the first goes on") {
  const ScratchFolder folder;
  make_store(path_in(folder), {sample_text("a.txt", 1)});
  store::Store first = store::Store::open(path_in(folder), store::Database::Mode::change);
  first.begin();
  const SampleText text = sample_text("b.txt", 2);
  first.add(store::text_source(text.document), store::text_content(text.document, text.facts));
  store::join_texts(first, 1);
  store::Store second = store::Store::open(path_in(folder), store::Database::Mode::change);
  CHECK_THROWS_AS(second.begin(), store::StoreBusyError);
  CHECK(second.sources().size() == 1);  // readers see the old state meanwhile
  first.commit();
  CHECK(second.sources().size() == 2);
  add_text(second, sample_text("c.txt", 3));
  CHECK(json_of(second.graph()) ==
        json_of(built({sample_text("a.txt", 1), text, sample_text("c.txt", 3)})));
}

TEST_CASE("a damaged page is told or does no harm, whichever page it is") {
  const ScratchFolder folder;
  std::vector<SampleText> texts;
  for (std::uint64_t i = 0; i < 12; ++i) texts.push_back(sample_text(fmt::format("{}.txt", i), i));
  make_store(path_in(folder), texts);
  const std::string whole = read_whole(path_in(folder));
  const std::string right = json_at(path_in(folder));
  std::mt19937_64 random(5);
  std::size_t told = 0;
  for (std::size_t page = 0; page < whole.size() / 4096; ++page) {
    std::string damaged = whole;
    for (std::size_t i = 0; i < 4096; ++i) damaged[page * 4096 + i] = static_cast<char>(random());
    const fs::path path = folder.put("damaged.kg", damaged);
    try {
      store::Store store = store::Store::open(path.string(), store::Database::Mode::read);
      const bool sound = store::check_case(store).empty();
      const std::string json = json_of(store.graph());
      if (!sound) ++told;
      if (sound) CHECK(json == right);
    } catch (const Error&) {
      ++told;
    }
  }
  CHECK(told * 10 > whole.size() / 4096 * 8);
}

TEST_CASE("a store of a newer version names the version to get") {
  const ScratchFolder folder;
  make_store(path_in(folder), {sample_text("a.txt", 1)});
  {
    store::Database database(path_in(folder), "case.kg", store::Database::Mode::change);
    database.run("UPDATE meta SET value = '9.1.0' WHERE key = 'program'; PRAGMA user_version = 99");
  }
  try {
    static_cast<void>(store::Store::open(path_in(folder), store::Database::Mode::read));
    FAIL("opened");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()).find("get relata 9.1.0 or later") != std::string::npos);
  }
}

TEST_CASE("a store of version 1, which knew no near copies, is brought up to date") {
  const ScratchFolder folder;
  const SampleText report = sample_text("agency.txt", 7);
  const SampleText copy = near_copy(report, "paper.txt");
  make_store(path_in(folder), {report, copy});
  const std::string right = json_at(path_in(folder));
  {
    // What version 1 wrote: no fingerprints, no copies.
    store::Database database(path_in(folder), "case.kg", store::Database::Mode::change);
    database.run(
        "DROP VIEW documents; UPDATE document SET copy_of = NULL;"
        "ALTER TABLE document DROP COLUMN copy_of; ALTER TABLE content DROP COLUMN fingerprint;"
        "CREATE VIEW documents AS SELECT id, name, title, date, author, outlet, url, language "
        "FROM document; PRAGMA user_version = 1");
    drop_joining(database);
  }
  {
    store::Store store = store::open_case(path_in(folder), store::Database::Mode::change);
    CHECK(json_of(store.graph()) == right);
    CHECK(store.check().empty());
  }
  CHECK(json_at(path_in(folder)) == right);
}

TEST_CASE("a store of version 2, which kept nothing of joining, goes on where it was") {
  const ScratchFolder folder;
  std::vector<SampleText> texts;
  for (std::uint64_t i = 0; i < 8; ++i) texts.push_back(sample_text(fmt::format("{}.txt", i), i));
  make_store(path_in(folder), texts);
  const std::string right = json_at(path_in(folder));
  {
    store::Database database(path_in(folder), "case.kg", store::Database::Mode::change);
    drop_joining(database);
    database.run("PRAGMA user_version = 2");
  }
  const std::string file = read_whole(path_in(folder));
  CHECK(json_at(path_in(folder)) == right);
  CHECK(read_whole(path_in(folder)) == file);
  store::Store store = store::open_case(path_in(folder), store::Database::Mode::change);
  texts.push_back(sample_text("more.txt", 50));
  add_text(store, texts.back());
  CHECK(json_of(store.graph()) == json_of(built(texts)));
  remove_source(store, "more.txt");
  CHECK(json_of(store.graph()) == right);
}

TEST_CASE("other files are no stores") {
  const ScratchFolder folder;
  CHECK_THROWS_AS(static_cast<void>(
                      store::Store::open(path_in(folder, "none.kg"), store::Database::Mode::read)),
                  FileError);
  const std::string text = folder.put("text.kg", std::string(5000, 'x')).string();
  CHECK_THROWS_AS(static_cast<void>(store::Store::open(text, store::Database::Mode::read)),
                  InputError);
  CHECK_FALSE(store::is_store(std::string(5000, 'x')));
  make_store(path_in(folder), {});
  CHECK(store::is_store(read_whole(path_in(folder))));
}

TEST_CASE("a large graph is read from its image, which is made anew after a change") {
  const ScratchFolder folder;
  make_store(path_in(folder), {sample_text("a.txt", 1)});
  const store::OpenOptions always{0};
  const std::string index = store::image_path(path_in(folder));
  const std::string first = json_of(store::open_graph(path_in(folder), always));
  CHECK(first == json_at(path_in(folder)));
  REQUIRE(fs::exists(index));
  CHECK(json_of(store::open_graph(path_in(folder), always)) == first);
  {
    store::Store store = store::Store::open(path_in(folder), store::Database::Mode::change);
    CHECK(GraphImage::open(index, store.stamp()));
    add_text(store, sample_text("b.txt", 2));
    CHECK_FALSE(GraphImage::open(index, store.stamp()));
  }
  CHECK(json_of(store::open_graph(path_in(folder), always)) == json_at(path_in(folder)));
  std::ofstream(index, std::ios::binary) << "damaged";
  CHECK(json_of(store::open_graph(path_in(folder), always)) == json_at(path_in(folder)));
}
