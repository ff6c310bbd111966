#include "importers/text/reader/reader.h"

#include <array>
#include <utility>

#include "importers/text/reader/annotator.h"
#include "importers/text/reader/network.h"

namespace relata::text {

namespace {

/// Values of a self-test row, in the order of the model file's `selftest.expected`.
std::array<std::string, 8> self_test_row(const Sentence& sentence, std::size_t i,
                                         const std::string& name, const std::string& mention,
                                         const std::string& predicate) {
  const Token& token = sentence.tokens[i];
  return {std::string(upos_name(token.upos)),
          token.xpos,
          token.lemma,
          std::to_string(token.head + 1),
          token.deprel,
          name,
          mention,
          predicate};
}

}  // namespace

Reader::Reader(std::unique_ptr<const Network> network, Isa isa)
    : network_(std::move(network)), kernels_(&kernels_for(isa)) {
  // A few near-ties may fall differently than where the file was made; a reader that is broken gets
  // most values wrong.
  constexpr double least_share = 0.95;
  const double share = self_test();
  if (share < least_share) {
    throw network_->file.error(
        "selftest.expected",
        std::to_string(static_cast<int>(share * 100)) +
            " percent of the self-test come out as expected: the model does not fit this program");
  }
}

Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Reader Reader::load(const std::string& path, Isa isa) {
  return {std::make_unique<const Network>(ModelFile::open(path)), isa};
}

Reader Reader::from_bytes(std::span<const std::byte> bytes, const std::string& name, Isa isa) {
  return {std::make_unique<const Network>(ModelFile::from_bytes(bytes, name)), isa};
}

void Reader::annotate(Document& document, const AnnotateOptions& options) const {
  Document* const one = &document;
  annotate(std::span(&one, 1), options);
}

void Reader::annotate(std::span<Document* const> documents, const AnnotateOptions& options) const {
  Annotator annotator(*network_, *kernels_, options);
  for (Document* document : documents) {
    for (Sentence& sentence : document->sentences) annotator.add(sentence);
  }
  annotator.finish();
}

double Reader::self_test() const {
  Document document;
  for (const SelfTestSentence& test : network_->self_test) {
    Sentence& sentence = document.sentences.emplace_back();
    for (const std::string_view word : test.words) sentence.tokens.emplace_back().form = word;
  }
  std::vector<NameLayer> layers;
  AnnotateOptions options;
  options.name_layers = &layers;
  annotate(document, options);
  std::size_t right = 0;
  std::size_t all = 0;
  for (std::size_t s = 0; s < document.sentences.size(); ++s) {
    const Sentence& sentence = document.sentences[s];
    const std::size_t size = sentence.tokens.size();
    std::vector<std::string> names(size, "O");
    std::vector<std::string> mentions(size, "none");
    for (const NameLayer& layer : layers) {
      if (layer.tagger != "ner") continue;
      for (const Name& name : layer.sentences[s]) {
        for (std::int32_t i = name.span.begin; i < name.span.end; ++i) {
          names[static_cast<std::size_t>(i)] = (i == name.span.begin ? "B-" : "I-") + name.type;
        }
      }
    }
    for (const Mention& mention : sentence.mentions) {
      mentions[static_cast<std::size_t>(mention.head)] = mention.type;
    }
    std::vector<bool> is_predicate(size, false);
    for (const Predicate& predicate : sentence.predicates) {
      is_predicate[static_cast<std::size_t>(predicate.token)] = true;
    }
    for (std::size_t i = 0; i < size; ++i) {
      const auto& expected = network_->self_test[s].expected[i];
      // The document does not tell kinds of predicates apart; that there is one must agree.
      const bool agrees = is_predicate[i] == (expected[7] != "none");
      const auto row = self_test_row(sentence, i, names[i], mentions[i],
                                     agrees ? std::string(expected[7]) : std::string());
      for (std::size_t column = 0; column < row.size(); ++column) {
        right += row[column] == expected[column] ? 1 : 0;
        ++all;
      }
    }
  }
  return all == 0 ? 1.0 : static_cast<double>(right) / static_cast<double>(all);
}

std::string Reader::description(std::string_view key) const {
  const auto found = network_->config.find(key);
  return found == network_->config.end() ? std::string() : found->second;
}

}  // namespace relata::text
