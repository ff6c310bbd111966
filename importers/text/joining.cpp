#include "importers/text/joining.h"

#include <string_view>

#include "importers/text/graph_writer.h"

namespace relata::text {

namespace {

/// Counted up whenever the same facts and decisions give another graph.
constexpr std::uint64_t writer_version = 1;

class Digest final {
 public:
  void add(std::string_view text) {
    for (const char c : text) add_byte(static_cast<unsigned char>(c));
    add_byte(0xff);  // no byte of UTF-8, so that "ab", "c" is not "a", "bc"
  }
  void add(std::uint64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8)
      add_byte(static_cast<unsigned char>(number >> shift));
  }
  [[nodiscard]] std::uint64_t value() const { return hash_ ^ hash_ >> 32U; }

 private:
  void add_byte(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001b3ULL; }
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

}  // namespace

std::uint64_t JoinedTexts::digest(std::size_t i) const {
  Digest digest;
  digest.add(writer_version);
  digest.add(copy_of[i]);
  for (const NodeIdentity& identity : identities.of_document[i]) {
    digest.add(identity.key);
    digest.add(identity.name);
    digest.add(identity.type);
    digest.add(static_cast<std::uint64_t>(identity.kind));
    for (const auto& [key, value] : identity.attributes) {
      digest.add(key);
      digest.add(value);
    }
    digest.add(std::uint64_t{identity.attributes.size()});
  }
  return digest.value();
}

JoinedTexts join_texts(std::span<const Document> documents, std::span<const DocumentFacts> facts,
                       std::span<const Fingerprint> fingerprints, const CuratorRules& rules) {
  JoinedTexts joined;
  joined.identities = identify(documents, facts, rules);
  std::vector<StoryText> stories;
  for (std::size_t i = 0; i < documents.size(); ++i)
    stories.push_back({documents[i].id, documents[i].metadata.date, fingerprints[i]});
  const std::vector<std::size_t> first = first_of_story(stories);
  for (std::size_t i = 0; i < documents.size(); ++i)
    joined.copy_of.push_back(first[i] == i ? std::string() : documents[first[i]].id);
  return joined;
}

void write_joined(const JoinedTexts& joined, std::size_t i, Document& document,
                  const DocumentFacts& facts, GraphBuilder& builder) {
  document.copy_of = joined.copy_of[i];
  write_graph(document, facts, joined.identities.of_document[i], builder);
}

}  // namespace relata::text
