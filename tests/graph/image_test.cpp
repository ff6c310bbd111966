// Graphs as mapped files: the same graph comes back, and what is not whole is not opened.

#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "graph/graph_builder.h"
#include "graph/graph_image.h"
#include "graph/name_index.h"
#include "tests/graph/graph_text.h"

namespace relata {
namespace {

std::string image_of(const Graph& graph, std::string_view stamp) {
  std::ostringstream out;
  const std::string more = "more";
  const ImageSection section{"extra", std::as_bytes(std::span(more))};
  write_graph_image(graph, stamp, std::span(&section, 1), out);
  return std::move(out).str();
}

/// A file of its own for one test case.
class TemporaryFile final {
 public:
  explicit TemporaryFile(const std::string& bytes)
      : path_((std::filesystem::temp_directory_path() /
               ("relata-image-test-" + std::to_string(::getpid())))
                  .string()) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

Graph sample() {
  GraphBuilder builder(Ontology::built_in());
  const NodeId putin =
      builder.add_node("actor/putin", builder.type(NodeKind::actor, "person"), "Putin");
  const NodeId kursk =
      builder.add_node("place/kursk", builder.type(NodeKind::place, "an own type"), "Kursk");
  builder.add_alias(putin, "V. Putin");
  builder.add_attribute(kursk, "country", "RU");
  SourceDocument document;
  document.name = builder.intern("a.txt");
  const auto sentence = builder.add_sentence(builder.add_document(document), {3, 30}, "He came.");
  builder.add_mention(putin, sentence, {3, 5});
  const auto edge = builder.add_edge(putin, builder.relation("own relation").relation, kursk,
                                     Polarity::affirmed, Modality::asserted);
  Evidence evidence;
  evidence.sentence = sentence;
  evidence.confidence = 0.5F;
  evidence.quantity = {1, 2, true, builder.intern("km"), true};
  builder.add_evidence(edge, evidence);
  return std::move(builder).build();
}

TEST_CASE("a graph comes back from its image as it was, with its own types and relations") {
  const Graph graph = sample();
  const TemporaryFile file(image_of(graph, "state 1"));
  const auto image = GraphImage::open(file.path(), "state 1");
  REQUIRE(image);
  CHECK(image->verify());
  const Graph read = image->graph();
  CHECK(text_of(read) == text_of(graph));
  CHECK(read.find_key("place/kursk") == graph.find_key("place/kursk"));
  const auto extra = read.attachment("extra");
  CHECK(std::string(reinterpret_cast<const char*>(extra.data()), extra.size()) == "more");
  CHECK(read.attachment("none").empty());
}

TEST_CASE("names are found through the index in the image as through one made anew") {
  const Graph graph = sample();
  std::ostringstream out;
  const NameIndex made(graph);
  write_graph_image(graph, "s", made.sections(), out);
  const TemporaryFile file(std::move(out).str());
  const auto image = GraphImage::open(file.path(), "s");
  REQUIRE(image);
  const Graph read = image->graph();
  REQUIRE_FALSE(read.attachment("names.entries").empty());
  const NameIndex mapped(read);
  for (const char* query : {"putin", "V. Putin", "actor/putin", "nobody"}) {
    const auto left = made.exact(query);
    const auto right = mapped.exact(query);
    REQUIRE(left.size() == right.size());
    for (std::size_t i = 0; i < left.size(); ++i) CHECK(left[i].node == right[i].node);
  }
  CHECK(mapped.containing("putin", 5).size() == 1);
  CHECK(mapped.similar("putn", 5).size() == made.similar("putn", 5).size());
}

TEST_CASE("an empty graph has an image") {
  const TemporaryFile file(image_of(GraphBuilder(Ontology::built_in()).build(), ""));
  const auto image = GraphImage::open(file.path(), "");
  REQUIRE(image);
  CHECK(image->graph().node_count() == 0);
}

TEST_CASE("an image of another state, a missing one and a text are not opened") {
  const TemporaryFile file(image_of(sample(), "state 1"));
  CHECK_FALSE(GraphImage::open(file.path(), "state 2"));
  CHECK_FALSE(GraphImage::open(file.path() + ".not-there", "state 1"));
  std::ofstream(file.path(), std::ios::binary) << std::string(4096, 'x');
  CHECK_FALSE(GraphImage::open(file.path(), "state 1"));
}

TEST_CASE("an image that breaks off anywhere is not opened, and damage is found") {
  const std::string whole = image_of(sample(), "s");
  for (std::size_t size = 0; size < whole.size(); size += 37) {
    const TemporaryFile file(whole.substr(0, size));
    CHECK_FALSE(GraphImage::open(file.path(), "s"));
  }
  std::size_t found = 0;
  for (std::size_t at = 0; at < whole.size(); at += 11) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    const TemporaryFile file(damaged);
    const auto image = GraphImage::open(file.path(), "s");
    if (!image || !image->verify()) ++found;
  }
  CHECK(found > whole.size() / 11 * 3 / 4);  // the rest is padding between the sections
}

}  // namespace
}  // namespace relata
