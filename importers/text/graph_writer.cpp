#include "importers/text/graph_writer.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "importers/text/evidence_confidence.h"

namespace relata::text {

namespace {

class Writer final {
 public:
  Writer(const Document& document, const DocumentFacts& facts,
         std::span<const NodeIdentity> identities, std::span<const EventIdentity> event_identities,
         GraphBuilder& builder)
      : document_(document),
        facts_(facts),
        identities_(identities),
        event_identities_(event_identities),
        builder_(builder) {}

  void write() {
    add_document();
    nodes_.assign(facts_.entities.entities.size(), NodeId());
    mark_participants();
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (wanted_[i] && !identities_[i].key.empty()) add_entity(i);
    }
    events_.assign(facts_.events.size(), NodeId());
    for (std::size_t i = 0; i < facts_.events.size(); ++i) add_event(i);
    for (const RelationFact& fact : facts_.relations) add_relation(fact);
  }

 private:
  void add_document() {
    const Metadata& metadata = document_.metadata;
    document_id_ = builder_.add_document({builder_.intern(document_.id), intern(metadata.title),
                                          intern(metadata.date), intern(metadata.author),
                                          intern(metadata.outlet), intern(metadata.url),
                                          intern(metadata.language), intern(document_.copy_of)});
    sentence_ids_.assign(document_.sentences.size(), SentenceId());
  }

  StringId intern(const std::string& text) {
    return text.empty() ? StringId() : builder_.intern(text);
  }

  SentenceId sentence_id(std::int32_t index) {
    SentenceId& id = sentence_ids_[index];
    if (!id.valid()) {
      const ByteSpan bytes = document_.sentences[index].bytes;
      id = builder_.add_sentence(document_id_, {bytes.begin, bytes.end}, document_.bytes(bytes));
    }
    return id;
  }

  void want(const End& end) {
    if (end.kind == End::Kind::entity) wanted_[end.index] = true;
  }

  void mark_participants() {
    wanted_.assign(nodes_.size(), false);
    for (std::size_t i = 0; i < nodes_.size(); ++i) wanted_[i] = facts_.entities.entities[i].named;
    for (const EventFact& event : facts_.events) {
      for (const Participant& participant : event.participants) wanted_[participant.entity] = true;
    }
    for (const RelationFact& fact : facts_.relations) {
      want(fact.source);
      want(fact.target);
      if (fact.assertion.speaker >= 0) wanted_[fact.assertion.speaker] = true;
    }
  }

  void add_entity(std::size_t i) {
    const NodeIdentity& identity = identities_[i];
    const Entity& entity = facts_.entities.entities[i];
    const NodeId node =
        builder_.add_node(identity.key, builder_.type(identity.kind, identity.type), identity.name);
    nodes_[i] = node;
    builder_.add_alias(node, entity.name);
    for (const std::string& alias : entity.aliases) builder_.add_alias(node, alias);
    for (const auto& [key, value] : identity.attributes) builder_.add_attribute(node, key, value);
    if (entity.count.known) {
      builder_.add_attribute(node, "quantity_min", fmt::format("{}", entity.count.min));
      if (std::isfinite(entity.count.max)) {
        builder_.add_attribute(node, "quantity_max", fmt::format("{}", entity.count.max));
      }
    }
    for (const std::int32_t index : entity.mentions) {
      const EntityMention& mention = facts_.entities.mentions[index];
      const ByteSpan bytes = bytes_of(document_.sentences[mention.sentence], mention.words);
      builder_.add_mention(node, sentence_id(mention.sentence), {bytes.begin, bytes.end});
    }
  }

  [[nodiscard]] TextSpan word_span(const TokenRef& ref) const {
    if (ref.sentence < 0) return {};
    if (const EntityMention* mention = facts_.entities.at(ref.sentence, ref.token)) {
      const ByteSpan bytes = bytes_of(document_.sentences[ref.sentence], mention->words);
      return {bytes.begin, bytes.end};
    }
    const ByteSpan bytes = document_.sentences[ref.sentence].tokens[ref.token].bytes;
    return {bytes.begin, bytes.end};
  }

  [[nodiscard]] TextSpan token_span(const TokenRef& ref) const {
    const ByteSpan bytes = document_.sentences[ref.sentence].tokens[ref.token].bytes;
    return {bytes.begin, bytes.end};
  }

  void add_event(std::size_t i) {
    const EventFact& event = facts_.events[i];
    const ByteSpan trigger =
        document_.sentences[event.trigger.sentence].tokens[event.trigger.token].bytes;
    const TypeId type = builder_.type(NodeKind::event, event.type);
    const NodeId node = builder_.add_node(event_identities_[i].key, type, event.name);
    events_[i] = node;
    for (const std::string& alias : event.aliases) builder_.add_alias(node, alias);
    const std::string& plover = builder_.ontology().type(type).plover;
    if (!plover.empty()) builder_.add_attribute(node, "plover", plover);
    const TimeSpan& time = event_identities_[i].time;
    if (time.known()) {
      if (time.from != TimeSpan::open_from)
        builder_.add_attribute(node, "from", iso_date(time.from));
      if (time.to != TimeSpan::open_to) builder_.add_attribute(node, "to", iso_date(time.to));
      builder_.add_attribute(node, "precision", precision_name(time.precision));
    }
    builder_.add_mention(node, sentence_id(event.trigger.sentence), {trigger.begin, trigger.end});
    for (const TokenRef& ref : event.more_triggers)
      builder_.add_mention(node, sentence_id(ref.sentence), token_span(ref));
    for (const Participant& participant : event.participants) add_role(event, node, participant);
  }

  void add_role(const EventFact& event, NodeId node, const Participant& participant) {
    const NodeId target = nodes_[participant.entity];
    if (!target.valid()) return;
    const RelationMatch match = builder_.relation(participant.role);
    const Grounds grounds{Grounds::Kind::role, is_pronoun(participant.word),
                          !facts_.entities.entities[participant.entity].named,
                          std::min(event.score, participant.score)};
    Evidence evidence = evidence_of(event.assertion, event.time, event.rule, grounds);
    evidence.sentence = sentence_id(participant.word.sentence);
    evidence.trigger = token_span(nearest_trigger(event, participant.word.sentence));
    evidence.source = evidence.trigger;
    evidence.target = word_span(participant.word);
    const auto edge = builder_.add_edge(node, match.relation, target, event.assertion.polarity,
                                        event.assertion.modality);
    builder_.add_evidence(edge, evidence);
  }

  /// The trigger that stands in the participant's own sentence, else the event's first one.
  static const TokenRef& nearest_trigger(const EventFact& event, std::int32_t sentence) {
    if (event.trigger.sentence == sentence) return event.trigger;
    for (const TokenRef& ref : event.more_triggers) {
      if (ref.sentence == sentence) return ref;
    }
    return event.trigger;
  }

  Evidence evidence_of(const Assertion& assertion, const TimeSpan& time, const std::string& rule,
                       const Grounds& grounds) {
    Evidence evidence;
    evidence.time = time;
    evidence.rule = intern(rule);
    evidence.confidence = confidence_of(grounds);
    evidence.modality = assertion.modality;
    evidence.mood = assertion.mood;
    evidence.strength = assertion.strength;
    if (assertion.speaker >= 0) evidence.attribution = nodes_[assertion.speaker];
    return evidence;
  }

  [[nodiscard]] NodeId node_of(const End& end) const {
    return end.kind == End::Kind::entity ? nodes_[end.index] : events_[end.index];
  }

  [[nodiscard]] bool is_named(const End& end) const {
    return end.kind == End::Kind::entity ? facts_.entities.entities[end.index].named
                                         : facts_.events[end.index].named;
  }

  /// 1 when a pronoun stands at the word.
  [[nodiscard]] std::uint8_t is_pronoun(const TokenRef& word) const {
    const EntityMention* mention = facts_.entities.at(word.sentence, word.token);
    return mention != nullptr && mention->form == MentionForm::pronoun ? 1 : 0;
  }

  void add_relation(const RelationFact& fact) {
    const NodeId source = node_of(fact.source);
    const NodeId target = node_of(fact.target);
    if (!source.valid() || !target.valid() || source == target) return;
    const RelationMatch match = builder_.relation(fact.relation);
    const bool of_event =
        fact.source.kind == End::Kind::event || fact.target.kind == End::Kind::event;
    const auto pronouns =
        static_cast<std::uint8_t>(is_pronoun(fact.source_word) + is_pronoun(fact.target_word));
    const Grounds grounds{of_event ? Grounds::Kind::relation_to_event : Grounds::Kind::relation,
                          pronouns, !is_named(fact.source) && !is_named(fact.target), fact.score};
    Evidence evidence = evidence_of(fact.assertion, fact.time, fact.rule, grounds);
    evidence.sentence = sentence_id(fact.trigger.sentence);
    const ByteSpan trigger =
        bytes_of(document_.sentences[fact.trigger.sentence], fact.trigger_span);
    evidence.trigger = {trigger.begin, trigger.end};
    evidence.source = word_span(fact.source_word);
    evidence.target = word_span(fact.target_word);
    if (fact.amount.known) {
      evidence.quantity = {fact.amount.min, fact.amount.max, fact.amount.approximate,
                           intern(fact.amount.unit), true};
    }
    NodeId from = source;
    NodeId to = target;
    if (match.inverted) {
      std::swap(from, to);
      std::swap(evidence.source, evidence.target);
    }
    const auto edge = builder_.add_edge(from, match.relation, to, fact.assertion.polarity,
                                        fact.assertion.modality);
    builder_.add_evidence(edge, evidence);
  }

  const Document& document_;
  const DocumentFacts& facts_;
  std::span<const NodeIdentity> identities_;
  std::span<const EventIdentity> event_identities_;
  GraphBuilder& builder_;
  DocumentId document_id_;
  std::vector<SentenceId> sentence_ids_;
  std::vector<bool> wanted_;
  std::vector<NodeId> nodes_;
  std::vector<NodeId> events_;
};

}  // namespace

void write_graph(const Document& document, const DocumentFacts& facts,
                 std::span<const NodeIdentity> identities, std::span<const EventIdentity> events,
                 GraphBuilder& builder) {
  Writer(document, facts, identities, events, builder).write();
}

std::string event_key(const Document& document, std::string_view digest, const EventFact& event) {
  const ByteSpan trigger =
      document.sentences[event.trigger.sentence].tokens[event.trigger.token].bytes;
  return fmt::format("event/{}/{}-{}", slug(event.type), digest, trigger.begin);
}

std::string text_digest(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return fmt::format("{:016x}", hash);
}

namespace {

/// Letters of Latin alphabets that no decomposition takes apart: "Łódź", "Tromsø".
const char* without_stroke(UChar32 c) {
  switch (c) {
    case 0x142:
      return "l";
    case 0xf8:
      return "o";
    case 0x111:
    case 0xf0:
      return "d";
    case 0xfe:
      return "th";
    case 0xe6:
      return "ae";
    case 0x153:
      return "oe";
    case 0x131:
      return "i";
    case 0x127:
      return "h";
    case 0x167:
      return "t";
    default:
      return nullptr;
  }
}

/// slug() of a name that is plain ASCII, as most names are.
std::string ascii_slug(std::string_view name) {
  std::string result;
  bool gap = false;
  for (const char c : name) {
    if (c == '\'' || c == '.') continue;
    const bool capital = c >= 'A' && c <= 'Z';
    if (!capital && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
      gap = true;
      continue;
    }
    if (gap && !result.empty()) result += '-';
    gap = false;
    result += capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

}  // namespace

std::string slug(std::string_view name) {
  const bool ascii = std::all_of(name.begin(), name.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return ascii_slug(name);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(name.data(), static_cast<int32_t>(name.size())));
  if (U_SUCCESS(status)) text = decompose->normalize(text, status);
  text.foldCase();
  icu::UnicodeString result;
  bool gap = false;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (u_getCombiningClass(c) != 0 || c == '\'' || c == 0x2019 || c == '.') continue;
    if (u_isalnum(c) == 0) {
      gap = true;
      continue;
    }
    if (gap && !result.isEmpty()) result.append(static_cast<char16_t>('-'));
    gap = false;
    if (const char* plain = without_stroke(c); plain != nullptr) {
      result.append(icu::UnicodeString(plain));
    } else {
      result.append(c);
    }
  }
  std::string utf8;
  result.toUTF8String(utf8);
  return utf8;
}

}  // namespace relata::text
