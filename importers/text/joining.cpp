#include "importers/text/joining.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "importers/text/corpus_names.h"
#include "importers/text/graph_writer.h"

namespace relata::text {

namespace {

/// Counted up whenever the same facts and decisions give another graph.
constexpr std::uint64_t writer_version = 2;

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

std::uint64_t digest_of(std::string_view copy_of, std::span<const NodeIdentity> identities,
                        std::span<const EventIdentity> events) {
  Digest digest;
  digest.add(writer_version);
  digest.add(copy_of);
  for (const NodeIdentity& identity : identities) {
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
  for (const EventIdentity& event : events) {
    digest.add(event.key);
    digest.add(static_cast<std::uint64_t>(event.time.from));
    digest.add(static_cast<std::uint64_t>(event.time.to));
    digest.add(static_cast<std::uint64_t>(event.time.precision));
  }
  return digest.value();
}

std::uint64_t JoinedTexts::digest(std::size_t i) const {
  return digest_of(copy_of[i], identities[i], events[i]);
}

void keep_for_joining(Document& document, DocumentFacts& facts) {
  // Of the words only the events' triggers, by whose places events are told apart.
  Sentence triggers;
  for (EventFact& event : facts.events) {
    Token token;
    token.bytes = document.sentences[event.trigger.sentence].tokens[event.trigger.token].bytes;
    triggers.tokens.push_back(std::move(token));
    event.trigger = {0, static_cast<std::int32_t>(triggers.tokens.size()) - 1};
    event.more_triggers = {};
    event.rule = {};
    event.participants.shrink_to_fit();
  }
  document.sentences.clear();
  document.annotated = false;
  if (!triggers.tokens.empty()) document.sentences.push_back(std::move(triggers));
  document.sentences.shrink_to_fit();
  std::erase_if(facts.relations,
                [](const RelationFact& fact) { return !is_home_relation(fact.relation); });
  facts.relations.shrink_to_fit();
  facts.entities.mentions = {};
  facts.entities.mention_at = {};
  facts.missed = {};
}

JoinedTexts join_texts(std::span<const Document> documents, std::span<const DocumentFacts> facts,
                       std::span<const Fingerprint> fingerprints, const CuratorRules& rules) {
  JoinedTexts joined;
  CorpusIdentities entities = identify(documents, facts, rules);
  joined.identities = std::move(entities.of_document);
  CorpusEvents events = identify_events(documents, facts, joined.identities, rules);
  joined.events = std::move(events.of_document);
  joined.log = std::move(entities.log);
  joined.log.insert(joined.log.end(), std::make_move_iterator(events.log.begin()),
                    std::make_move_iterator(events.log.end()));
  std::sort(joined.log.begin(), joined.log.end());
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
  write_graph(document, facts, joined.identities[i], joined.events[i], builder);
}

}  // namespace relata::text
