#include "importers/text/facts_record.h"

#include <bit>
#include <cstring>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "graph/errors.h"

namespace relata::text {

namespace {

constexpr std::uint32_t record_mark = 0x31464c52;  // "RLF1"

std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

/// Writes values; numbers seven bits a byte, signed ones folded so that small ones stay small.
class RecordWriter final {
 public:
  static constexpr bool reading = false;

  void number(std::uint64_t value) {
    while (value >= 0x80) {
      bytes_ += static_cast<char>(value | 0x80U);
      value >>= 7U;
    }
    bytes_ += static_cast<char>(value);
  }
  void value(const std::string& text) {
    const auto [place, is_new] = strings_.try_emplace(text, strings_.size());
    number(place->second);
    if (!is_new) return;
    number(text.size());
    bytes_ += text;
  }
  void value(double real) { raw(std::bit_cast<std::uint64_t>(real), 8); }
  void value(float real) { raw(std::bit_cast<std::uint32_t>(real), 4); }
  void value(bool flag) { bytes_ += flag ? '\1' : '\0'; }
  template <class Number>
  void value(const Number& integer) {
    const auto wide = static_cast<std::int64_t>(integer);
    number((static_cast<std::uint64_t>(wide) << 1U) ^ static_cast<std::uint64_t>(wide >> 63U));
  }
  template <class Element>
  std::size_t size(const std::vector<Element>& list) {
    number(list.size());
    return list.size();
  }
  /// The list's size alone.
  void count(const std::vector<std::int32_t>& list) { number(list.size()); }

  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  void raw(std::uint64_t bits, unsigned count) {
    for (unsigned i = 0; i < count; ++i) bytes_ += static_cast<char>(bits >> (8 * i));
  }
  std::string bytes_;
  std::unordered_map<std::string, std::uint64_t> strings_;
};

class RecordReader final {
 public:
  static constexpr bool reading = true;

  RecordReader(std::string_view bytes, std::string_view source) : bytes_(bytes), source_(source) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(*take(1));
      value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
      if (byte < 0x80) return value;
    }
    fail();
  }
  void value(std::string& text) {
    const std::uint64_t index = number();
    if (index > strings_.size()) fail();
    if (index == strings_.size()) {
      const std::uint64_t size = number();
      strings_.emplace_back(take(size), size);
    }
    text = strings_[index];
  }
  void value(double& real) { real = std::bit_cast<double>(raw(8)); }
  void value(float& real) { real = std::bit_cast<float>(static_cast<std::uint32_t>(raw(4))); }
  void value(bool& flag) { flag = *take(1) != 0; }
  template <class Number>
  void value(Number& integer) {
    const std::uint64_t folded = number();
    integer = static_cast<Number>(static_cast<std::int64_t>((folded >> 1U) ^ (~(folded & 1U) + 1)));
  }
  template <class Element>
  std::size_t size(std::vector<Element>& list) {
    const std::uint64_t count = number();
    if (count > bytes_.size() - at_) fail();  // every element takes a byte at least
    list.resize(count);
    return count;
  }
  void count(std::vector<std::int32_t>& list) {
    const std::uint64_t count = number();
    if (count > (std::uint64_t{1} << 24U)) fail();
    list.assign(count, 0);
  }
  [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }
  [[noreturn]] void fail() const {
    throw InputError(source_, fmt::format("byte {} of its stored facts", at_),
                     "expected facts, found damaged bytes");
  }

 private:
  const char* take(std::uint64_t count) {
    if (count > bytes_.size() - at_) fail();
    const char* begin = bytes_.data() + at_;
    at_ += count;
    return begin;
  }
  std::uint64_t raw(unsigned count) {
    const char* bytes = take(count);
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < count; ++i) {
      bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return bits;
  }
  std::string_view bytes_;
  std::string source_;
  std::size_t at_ = 0;
  std::vector<std::string> strings_;
};

// One function a struct, for both directions. The structured bindings name every member, so that a
// member that is added to a struct does not compile until it is added here (and record_version is
// counted up).

template <class Record, class Value>
void pass(Record& record, Value& value) {
  record.value(value);
}
template <class Record, class First, class Second>
void pass(Record& record, std::pair<First, Second>& pair);
template <class Record, class Element>
void pass(Record& record, std::vector<Element>& list);

template <class Record, class... Values>
void pass_all(Record& record, Values&... values) {
  (pass(record, values), ...);
}

#define RELATA_PASS(Type, ...)              \
  template <class Record>                   \
  void pass(Record& record, Type& object) { \
    auto& [__VA_ARGS__] = object;           \
    pass_all(record, __VA_ARGS__);          \
  }

RELATA_PASS(TokenSpan, begin, end)
RELATA_PASS(TokenRef, sentence, token)
RELATA_PASS(TimeSpan, from, to, precision)
RELATA_PASS(Count, min, max, approximate, known)
RELATA_PASS(Amount, min, max, approximate, unit, known)
RELATA_PASS(Assertion, polarity, modality, mood, strength, speaker)
RELATA_PASS(Participant, role, entity, word, score)
RELATA_PASS(End, kind, index)
RELATA_PASS(EventFact, type, trigger, more_triggers, name, aliases, participants, assertion, time,
            rule, score, nominal, definite, named)
RELATA_PASS(RelationFact, source, relation, target, trigger, trigger_span, source_word, target_word,
            assertion, time, amount, rule, score)
RELATA_PASS(EntityMention, sentence, head, phrase, words, form, kind, type, text, noun, title,
            country, canonical, gazetteer_key, attributes, type_score, plural, definite, demonym,
            generic, gender, person, count, entity)

#undef RELATA_PASS

/// Without the mentions' numbers, of which only their count is passed.
template <class Record>
void pass(Record& record, Entity& object) {
  auto& [kind, type, name, aliases, mentions, country, gazetteer_key, attributes, named, plural,
         gender, count] = object;
  pass_all(record, kind, type, name, aliases, country, gazetteer_key, attributes, named, plural,
           gender, count);
  record.count(mentions);
}

template <class Record, class First, class Second>
void pass(Record& record, std::pair<First, Second>& pair) {
  pass_all(record, pair.first, pair.second);
}
template <class Record, class Element>
void pass(Record& record, std::vector<Element>& list) {
  record.size(list);
  for (Element& element : list) pass(record, element);
}

/// Places of sentences and tokens, each as its distance from the one before.
template <class Record>
void pass_places(Record& record, std::vector<Sentence>& sentences) {
  std::uint32_t last = 0;
  const auto pass_span = [&](ByteSpan& span) {
    std::int64_t gap = std::int64_t{span.begin} - last;
    std::int64_t size = std::int64_t{span.end} - span.begin;
    pass_all(record, gap, size);
    if constexpr (Record::reading) {
      span.begin = static_cast<std::uint32_t>(last + gap);
      span.end = static_cast<std::uint32_t>(span.begin + size);
    }
    last = span.end;
  };
  record.size(sentences);
  for (Sentence& sentence : sentences) {
    pass_span(sentence.bytes);
    last = sentence.bytes.begin;
    record.size(sentence.tokens);
    for (Token& token : sentence.tokens) pass_span(token.bytes);
  }
}

/// What joining needs.
template <class Record>
void pass_first(Record& record, Document& document, DocumentFacts& facts) {
  pass_places(record, document.sentences);
  pass(record, facts.entities.entities);
  pass(record, facts.events);
  pass(record, facts.relations);
}

/// The rest.
template <class Record>
void pass_second(Record& record, DocumentFacts& facts) {
  auto& [mentions, entities, mention_at] = facts.entities;
  pass(record, mentions);
  for (Entity& entity : entities) {
    for (std::int32_t& mention : entity.mentions) pass(record, mention);
  }
  pass(record, mention_at);
  pass(record, facts.missed);
}

bool in_range(std::int32_t index, std::size_t size) {
  return index >= 0 && static_cast<std::size_t>(index) < size;
}

/// Every index points at something, so that a record that was put together wrongly does no harm.
bool is_sound(const Document& document, const DocumentFacts& facts, RecordPart part) {
  const std::size_t entities = facts.entities.entities.size();
  const auto token = [&](const TokenRef& ref, bool may_be_none) {
    if (ref.sentence < 0) return may_be_none;
    return in_range(ref.sentence, document.sentences.size()) &&
           in_range(ref.token, document.sentences[ref.sentence].tokens.size());
  };
  const auto span = [&](std::int32_t sentence, const TokenSpan& words) {
    return in_range(sentence, document.sentences.size()) && words.begin >= 0 &&
           words.begin < words.end &&
           static_cast<std::size_t>(words.end) <= document.sentences[sentence].tokens.size();
  };
  const auto end = [&](const End& own) {
    return own.kind == End::Kind::entity ? in_range(own.index, entities)
                                         : in_range(own.index, facts.events.size());
  };
  const auto speaker = [&](const Assertion& assertion) {
    return assertion.speaker < 0 || in_range(assertion.speaker, entities);
  };
  for (const Sentence& sentence : document.sentences) {
    if (sentence.bytes.begin > sentence.bytes.end || sentence.bytes.end > document.text.size())
      return false;
    for (const Token& own : sentence.tokens) {
      if (own.bytes.begin > own.bytes.end || own.bytes.end > document.text.size()) return false;
    }
  }
  for (const EventFact& event : facts.events) {
    if (!token(event.trigger, false) || !speaker(event.assertion)) return false;
    for (const TokenRef& ref : event.more_triggers) {
      if (!token(ref, false)) return false;
    }
    for (const Participant& participant : event.participants) {
      if (!in_range(participant.entity, entities) || !token(participant.word, false)) return false;
    }
  }
  for (const RelationFact& fact : facts.relations) {
    if (!end(fact.source) || !end(fact.target) || !speaker(fact.assertion) ||
        !token(fact.trigger, false) || !span(fact.trigger.sentence, fact.trigger_span) ||
        !token(fact.source_word, true) || !token(fact.target_word, true))
      return false;
  }
  if (part == RecordPart::joining) return true;
  for (const EntityMention& mention : facts.entities.mentions) {
    if (!span(mention.sentence, mention.words)) return false;
  }
  for (const Entity& entity : facts.entities.entities) {
    for (const std::int32_t mention : entity.mentions) {
      if (!in_range(mention, facts.entities.mentions.size())) return false;
    }
  }
  if (facts.entities.mention_at.size() != document.sentences.size()) return false;
  for (std::size_t i = 0; i < document.sentences.size(); ++i) {
    const auto& row = facts.entities.mention_at[i];
    if (row.size() != document.sentences[i].tokens.size()) return false;
    for (const std::int32_t mention : row) {
      if (mention >= 0 && !in_range(mention, facts.entities.mentions.size())) return false;
    }
  }
  return true;
}

}  // namespace

std::string write_facts_record(const Document& document, const DocumentFacts& facts) {
  // Writing changes nothing; one set of functions serves both directions.
  auto& own_document = const_cast<Document&>(document);
  auto& own_facts = const_cast<DocumentFacts&>(facts);
  RecordWriter writer;
  writer.number(record_mark);
  writer.number(record_version);
  pass_first(writer, own_document, own_facts);
  pass_second(writer, own_facts);
  std::string bytes = writer.take();
  const std::uint64_t hash = hash_of(bytes);
  bytes.append(reinterpret_cast<const char*>(&hash), sizeof hash);
  return bytes;
}

void read_facts_record(std::string_view bytes, std::string_view source, RecordPart part,
                       Document& document, DocumentFacts& facts) {
  std::uint64_t hash = 0;
  if (bytes.size() < sizeof hash) RecordReader(bytes, source).fail();
  std::memcpy(&hash, bytes.data() + bytes.size() - sizeof hash, sizeof hash);
  bytes.remove_suffix(sizeof hash);
  RecordReader reader(bytes, source);
  if (reader.number() != record_mark) reader.fail();
  if (const std::uint64_t version = reader.number(); version != record_version) {
    throw InputError(source, "",
                     fmt::format("its facts were stored by a version of the program that writes "
                                 "them differently (record {}, this one reads {})",
                                 version, record_version));
  }
  if (hash_of(bytes) != hash) reader.fail();
  pass_first(reader, document, facts);
  if (part == RecordPart::all) {
    pass_second(reader, facts);
    if (!reader.at_end()) reader.fail();
  }
  if (!is_sound(document, facts, part)) reader.fail();
}

}  // namespace relata::text
