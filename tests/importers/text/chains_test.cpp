// Phrases of coreference and the chains that they form; the chains themselves with the model of the
// repository.

#include "importers/text/chains.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "graph/errors.h"
#include "importers/text/chain_model.h"
#include "importers/text/mention_extents.h"
#include "importers/text/pipeline.h"
#include "importers/text/word_similarity.h"
#include "tests/importers/text/sentences.h"

using namespace relata::text;

namespace {

const std::string folder = RELATA_SOURCE_DIR;
const std::string model_file = folder + "/models/coreference.rcm";

/// "a|b; c|d": the chains of two or more phrases.
std::string chains_of(const std::string& text) {
  static const Pipeline pipeline = [] {
    PipelineOptions options;
    options.data_folder = folder;
    return Pipeline(options);
  }();
  Document document;
  document.id = "test";
  document.text = text;
  std::vector<std::vector<std::string>> chains;
  for (const ChainedPhrase& phrase : pipeline.chains(document)) {
    const Sentence& sentence = document.sentences[static_cast<std::size_t>(phrase.sentence)];
    const auto chain = static_cast<std::size_t>(phrase.chain);
    if (chain >= chains.size()) chains.resize(chain + 1);
    chains[chain].emplace_back(document.bytes(bytes_of(sentence, phrase.span)));
  }
  std::string shown;
  for (const auto& chain : chains) {
    if (chain.size() < 2) continue;
    if (!shown.empty()) shown += "; ";
    for (std::size_t i = 0; i < chain.size(); ++i) shown += (i > 0 ? "|" : "") + chain[i];
  }
  return shown;
}

std::string bytes_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// The phrase that grows over all dependents, as written.
std::string whole_phrase(const Sentence& sentence, std::string_view head) {
  const SyntaxView tree(sentence);
  const TokenSpan span = grow_extent(tree, relata::text::testing::find(sentence, head),
                                     [](std::int32_t, TokenSpan) { return true; });
  std::string text;
  for (std::int32_t i = span.begin; i < span.end; ++i) {
    text += (i > span.begin ? " " : "") + sentence.tokens[static_cast<std::size_t>(i)].form;
  }
  return text;
}

}  // namespace

TEST_CASE("features are rows of the table, the same ones every time") {
  FeatureList features(13);
  features.add(1, 2, 3);
  features.add(1, 3, 2);
  features.add(1, 2, 3);
  REQUIRE(features.ids().size() == 3);
  CHECK(features.ids()[0] == features.ids()[2]);
  CHECK(features.ids()[0] != features.ids()[1]);
  for (const std::uint32_t id : features.ids()) CHECK(id < (1U << 13));
  features.clear();
  CHECK(features.ids().empty());
}

TEST_CASE("a phrase keeps a closing bracket that it opened and drops marks at its ends") {
  const Sentence bracket = relata::text::testing::sentence(R"(
    the the DET DT 2 det
    bank bank NOUN NN 6 nsubj
    ( ( PUNCT -LRB- 4 punct
    UBK UBK PROPN NNP 2 appos
    ) ) PUNCT -RRB- 4 punct
    grew grow VERB VBD 0 root
    . . PUNCT . 6 punct)");
  CHECK(whole_phrase(bracket, "bank") == "the bank ( UBK )");
  CHECK(whole_phrase(bracket, "UBK") == "UBK");
  CHECK(whole_phrase(bracket, "grew") == "the bank ( UBK ) grew");
}

TEST_CASE("a phrase ends before the first dependent that does not belong") {
  const Sentence sentence = relata::text::testing::sentence(R"(
    the the DET DT 2 det
    man man NOUN NN 0 root
    of of ADP IN 4 case
    law law NOUN NN 2 nmod
    from from ADP IN 6 case
    Rome Rome PROPN NNP 2 nmod)");
  const SyntaxView tree(sentence);
  const TokenSpan span =
      grow_extent(tree, 1, [&](std::int32_t child, TokenSpan) { return child != 3; });
  CHECK(span == TokenSpan{0, 2});
}

TEST_CASE("names, nouns and pronouns of one thing are one chain") {
  CHECK(chains_of("Anna Berg runs a bakery. She opened it in May.") ==
        "Anna Berg|She; a bakery|it");
  CHECK(chains_of("The company sold its ships. The company will keep its trains.") ==
        "The company|its|The company|its");
}

TEST_CASE("chains are numbered in the order of their first phrase") {
  static const Pipeline pipeline = [] {
    PipelineOptions options;
    options.data_folder = folder;
    return Pipeline(options);
  }();
  Document document;
  document.text = "The mayor met the minister. The minister thanked the mayor. He left.";
  std::int32_t seen = 0;
  for (const ChainedPhrase& phrase : pipeline.chains(document)) {
    CHECK(phrase.chain <= seen);
    seen = std::max(seen, phrase.chain + 1);
  }
  CHECK(seen > 1);
}

TEST_CASE("text without phrases has no chains") {
  CHECK(chains_of("").empty());
  CHECK(chains_of("...").empty());
  CHECK(chains_of("Run!").empty());
}

TEST_CASE("words of one meaning are nearer than others") {
  const ChainModel model = ChainModel::load(model_file);
  const WordSimilarity& words = model.words();
  const auto cosine = [&](std::string_view left, std::string_view right) {
    const std::int32_t a = words.row(word_hash(left));
    const std::int32_t b = words.row(word_hash(right));
    REQUIRE(a >= 0);
    REQUIRE(b >= 0);
    return words.cosine(a, b);
  };
  CHECK(cosine("company", "firm") > cosine("company", "salt"));
  CHECK(cosine("storm", "storm") > 0.9F);
  CHECK(words.femininity(words.row(word_hash("queen"))) >
        words.femininity(words.row(word_hash("king"))));
  CHECK(words.row(word_hash("no such word")) == -1);
}

TEST_CASE("a damaged or foreign model file is refused") {
  CHECK_THROWS_AS(ChainModel::load(folder + "/models/reader.rlm"), relata::InputError);
  CHECK_THROWS_AS(ChainModel::load(folder + "/models/none.rcm"), relata::FileError);
  const std::string bytes = bytes_of_file(model_file);
  const auto path = std::filesystem::temp_directory_path() / "relata_chains_test.rcm";
  for (const std::size_t size : {std::size_t{0}, std::size_t{40}, bytes.size() / 2}) {
    std::ofstream(path, std::ios::binary) << bytes.substr(0, size);
    CHECK_THROWS_AS(ChainModel::load(path.string()), relata::InputError);
  }
  std::string changed = bytes;
  changed[bytes.size() / 2] ^= 1;
  std::ofstream(path, std::ios::binary) << changed;
  CHECK_THROWS_AS(ChainModel::load(path.string()), relata::InputError);
  std::filesystem::remove(path);
}
