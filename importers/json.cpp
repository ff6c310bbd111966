#include "importers/json.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "graph/errors.h"
#include "importers/foreign_graph.h"
#include "importers/json_records.h"

namespace relata {

namespace {

using Type = JsonValue::Type;

constexpr std::array<std::string_view, 8> sections = {
    "documents", "sentences",      "nodes",          "edges",
    "links",     "elements/nodes", "elements/edges", "elements"};

/// Typed access to the members of records, with errors that name the place.
class Checked {
 public:
  explicit Checked(const std::string& file) : file_(file) {}

  [[noreturn]] void fail(const JsonValue& at, const std::string& problem) const {
    throw InputError(file_, at.place(), problem);
  }

  void expect(const JsonValue& value, Type type, std::string_view what) const {
    if (value.type == type) return;
    fail(value, "expected " + std::string(json_type_name(type)) + " as " + std::string(what) +
                    ", found " + std::string(json_type_name(value.type)));
  }

  /// The string member of that name; "" when it is absent or null.
  [[nodiscard]] std::string_view string(const JsonValue& record, std::string_view name) const {
    const JsonValue* const value = record.find(name);
    if (value == nullptr || value->type == Type::null) return {};
    expect(*value, Type::string, "\"" + std::string(name) + "\"");
    return value->text;
  }
  [[nodiscard]] std::string_view required(const JsonValue& record, std::string_view name) const {
    const std::string_view text = string(record, name);
    if (text.empty())
      fail(record, "expected a record with \"" + std::string(name) + "\", found none");
    return text;
  }
  [[nodiscard]] bool boolean(const JsonValue& record, std::string_view name) const {
    const JsonValue* const value = record.find(name);
    if (value == nullptr || value->type == Type::null) return false;
    expect(*value, Type::boolean, "\"" + std::string(name) + "\"");
    return value->boolean;
  }
  [[nodiscard]] double number(const JsonValue& record, std::string_view name, double absent) const {
    const JsonValue* const value = record.find(name);
    if (value == nullptr) return absent;
    expect(*value, Type::number, "\"" + std::string(name) + "\"");
    const auto number = parse_number(value->text);
    if (!number) fail(*value, "expected a number in the range of a double, found " + value->text);
    return *number;
  }
  [[nodiscard]] float probability(const JsonValue& record) const {
    const double value = number(record, "confidence", 1);
    if (value < 0 || value > 1) fail(record, "expected a confidence from 0 to 1");
    return static_cast<float>(value);
  }
  [[nodiscard]] std::uint32_t index(const JsonValue& record, std::string_view name) const {
    const JsonValue* const value = record.find(name);
    if (value == nullptr) fail(record, "expected a record with \"" + std::string(name) + "\"");
    expect(*value, Type::number, "\"" + std::string(name) + "\"");
    std::uint32_t index = 0;
    const char* const end = value->text.data() + value->text.size();
    const auto [stop, error] = std::from_chars(value->text.data(), end, index);
    if (error != std::errc() || stop != end) {
      fail(*value, "expected a whole number from 0 to 4294967295, found " + value->text);
    }
    return index;
  }
  [[nodiscard]] TextSpan span(const JsonValue& record) const {
    const TextSpan span{index(record, "begin"), index(record, "end")};
    if (span.end < span.begin) fail(record, "expected an \"end\" that is not before \"begin\"");
    return span;
  }
  [[nodiscard]] TextSpan span(const JsonValue& record, std::string_view name) const {
    const JsonValue* const value = record.find(name);
    if (value == nullptr) return {};
    expect(*value, Type::object, "\"" + std::string(name) + "\"");
    return span(*value);
  }
  /// The value of an enumeration by its name; `absent` when there is no such member.
  template <class FromName, class Enum>
  [[nodiscard]] Enum named(const JsonValue& record, std::string_view name, FromName from_name,
                           Enum absent) const {
    const std::string_view text = string(record, name);
    if (text.empty()) return absent;
    const auto value = from_name(text);
    if (!value) fail(record, "unknown " + std::string(name) + " \"" + std::string(text) + "\"");
    return *value;
  }

 private:
  const std::string& file_;
};

/// Reads our own format. A record that refers to one not read yet waits until the end.
class OwnReader final : private Checked {
 public:
  OwnReader(const std::string& file, GraphBuilder& builder) : Checked(file), builder_(builder) {}

  void record(std::string_view section, JsonValue&& record) {
    if (!take(section, record)) waiting_.emplace_back(section, std::move(record));
  }

  void finish() {
    for (const std::string_view section : {"sentences", "nodes", "edges"}) {
      for (const auto& [waiting_section, record] : waiting_) {
        if (waiting_section == section && !take(section, record)) {
          fail(record, "the record refers to \"" + missing_ + "\", which the file does not have");
        }
      }
    }
  }

 private:
  bool take(std::string_view section, const JsonValue& record) {
    expect(record, Type::object, "an element of \"" + std::string(section) + "\"");
    if (section == "documents") return document(record);
    if (section == "sentences") return sentence(record);
    if (section == "nodes") return node(record);
    return edge(record);
  }

  bool lacks(std::string_view what) {
    missing_ = what;
    return false;
  }

  bool document(const JsonValue& record) {
    const auto text = [&](std::string_view name) {
      const std::string_view value = string(record, name);
      return value.empty() ? StringId() : builder_.intern(value);
    };
    SourceDocument document;
    document.name = builder_.intern(required(record, "name"));
    document.title = text("title");
    document.date = text("date");
    document.author = text("author");
    document.outlet = text("outlet");
    document.url = text("url");
    document.language = text("language");
    document.copy_of = text("copy_of");
    documents_.push_back(builder_.add_document(document));
    return true;
  }

  bool sentence(const JsonValue& record) {
    const std::uint32_t document = index(record, "document");
    if (document >= documents_.size()) return lacks("document " + std::to_string(document));
    sentences_.push_back(
        builder_.add_sentence(documents_[document], span(record), string(record, "text")));
    return true;
  }

  bool node(const JsonValue& record) {
    const JsonValue* const mentions = record.find("mentions");
    if (mentions != nullptr) {
      expect(*mentions, Type::array, "\"mentions\"");
      for (const JsonValue& mention : mentions->items) {
        expect(mention, Type::object, "a mention");
        const std::uint32_t sentence = index(mention, "sentence");
        if (sentence >= sentences_.size()) return lacks("sentence " + std::to_string(sentence));
      }
    }
    const NodeKind kind = named(record, "kind", kind_from_name, NodeKind::actor);
    const std::string_view key = required(record, "id");
    const NodeId node = builder_.add_node(key, builder_.type(kind, required(record, "type")),
                                          string(record, "name"));
    if (const JsonValue* const aliases = record.find("aliases")) {
      expect(*aliases, Type::array, "\"aliases\"");
      for (const JsonValue& alias : aliases->items) {
        expect(alias, Type::string, "an alias");
        builder_.add_alias(node, alias.text);
      }
    }
    attributes(node, record);
    if (mentions != nullptr) {
      for (const JsonValue& mention : mentions->items) {
        builder_.add_mention(node, sentences_[index(mention, "sentence")], span(mention));
      }
    }
    return true;
  }

  void attributes(NodeId node, const JsonValue& record) {
    const JsonValue* const attributes = record.find("attributes");
    if (attributes == nullptr) return;
    expect(*attributes, Type::object, "\"attributes\"");
    for (const auto& [key, value] : attributes->members) {
      if (value.type != Type::array) {
        expect(value, Type::string, "the value of an attribute");
        builder_.add_attribute(node, key, value.text);
        continue;
      }
      for (const JsonValue& item : value.items) {
        expect(item, Type::string, "the value of an attribute");
        builder_.add_attribute(node, key, item.text);
      }
    }
  }

  TimeSpan time(const JsonValue& record) const {
    const JsonValue* const value = record.find("time");
    if (value == nullptr) return {};
    expect(*value, Type::object, "\"time\"");
    const auto day = [&](std::string_view name, std::int32_t open) {
      const std::string_view text = string(*value, name);
      if (text.empty()) return open;
      const auto date = parse_iso_date(text);
      if (!date) {
        fail(*value, "expected a date such as 2024-12-27, found \"" + std::string(text) + "\"");
      }
      return *date;
    };
    return {day("from", TimeSpan::open_from), day("to", TimeSpan::open_to),
            named(*value, "precision", precision_from_name, DatePrecision::range)};
  }

  Quantity quantity(const JsonValue& record) {
    const JsonValue* const value = record.find("quantity");
    if (value == nullptr) return {};
    expect(*value, Type::object, "\"quantity\"");
    Quantity quantity;
    quantity.min = number(*value, "min", -std::numeric_limits<double>::infinity());
    quantity.max = number(*value, "max", std::numeric_limits<double>::infinity());
    quantity.approximate = boolean(*value, "approximate");
    const std::string_view unit = string(*value, "unit");
    if (!unit.empty()) quantity.unit = builder_.intern(unit);
    quantity.known = true;
    return quantity;
  }

  /// False when the record names a speaker that is not known yet.
  bool attribution(const JsonValue& record, NodeId& speaker) {
    const std::string_view key = string(record, "attribution");
    speaker = key.empty() ? NodeId() : builder_.find_node(key);
    return key.empty() || speaker.valid() || lacks(key);
  }

  bool edge(const JsonValue& record) {
    const std::string_view source_key = required(record, "source");
    const std::string_view target_key = required(record, "target");
    const NodeId source = builder_.find_node(source_key);
    const NodeId target = builder_.find_node(target_key);
    if (!source.valid()) return lacks(source_key);
    if (!target.valid()) return lacks(target_key);
    GraphBuilder::EdgeValues values;
    if (!attribution(record, values.attribution)) return false;
    std::vector<Evidence> pieces;
    if (const JsonValue* const evidence = record.find("evidence")) {
      expect(*evidence, Type::array, "\"evidence\"");
      for (const JsonValue& piece : evidence->items) {
        if (!read_evidence(piece, pieces.emplace_back())) return false;
      }
    }
    const RelationMatch match = builder_.relation(required(record, "relation"));
    const Polarity polarity = boolean(record, "negated") ? Polarity::negated : Polarity::affirmed;
    const Modality modality = named(record, "modality", modality_from_name, Modality::asserted);
    const auto edge = builder_.add_edge(match.inverted ? target : source, match.relation,
                                        match.inverted ? source : target, polarity, modality);
    for (Evidence& piece : pieces) {
      if (match.inverted) std::swap(piece.source, piece.target);
      builder_.add_evidence(edge, piece);
    }
    if (!pieces.empty()) return true;
    values.confidence = probability(record);
    values.weight = static_cast<float>(number(record, "weight", 1));
    if (!(values.weight > 0) || !std::isfinite(values.weight)) {
      fail(record, "expected a \"weight\" above 0");
    }
    values.time = time(record);
    values.quantity = quantity(record);
    values.mood = named(record, "mood", mood_from_name, Mood::plain);
    builder_.set_values(edge, values);
    return true;
  }

  bool read_evidence(const JsonValue& record, Evidence& evidence) {
    expect(record, Type::object, "a piece of evidence");
    const std::uint32_t sentence = index(record, "sentence");
    if (sentence >= sentences_.size()) return lacks("sentence " + std::to_string(sentence));
    if (!attribution(record, evidence.attribution)) return false;
    evidence.sentence = sentences_[sentence];
    evidence.trigger = span(record, "trigger");
    evidence.source = span(record, "source");
    evidence.target = span(record, "target");
    evidence.modality = named(record, "modality", modality_from_name, Modality::asserted);
    evidence.mood = named(record, "mood", mood_from_name, Mood::plain);
    evidence.strength = named(record, "strength", strength_from_name, Strength::none);
    evidence.confidence = probability(record);
    evidence.time = time(record);
    evidence.quantity = quantity(record);
    const std::string_view rule = string(record, "rule");
    if (!rule.empty()) evidence.rule = builder_.intern(rule);
    return true;
  }

  GraphBuilder& builder_;
  std::vector<DocumentId> documents_;
  std::vector<SentenceId> sentences_;
  std::vector<std::pair<std::string, JsonValue>> waiting_;
  std::string missing_;
};

/// The scalar members of a node or edge from elsewhere, with those of its "data" (Cytoscape.js) and
/// "attributes" (graphology).
void collect_fields(const JsonValue& record, std::vector<ForeignField>& fields) {
  for (const auto& [key, value] : record.members) {
    switch (value.type) {
      case Type::string:
      case Type::number:
        fields.push_back({key, value.text});
        break;
      case Type::boolean:
        fields.push_back({key, value.boolean ? "true" : "false"});
        break;
      case Type::object:
        if (key == "data" || key == "attributes") collect_fields(value, fields);
        break;
      case Type::array: {
        std::string joined;
        for (const JsonValue& item : value.items) {
          if (item.type != Type::string && item.type != Type::number) continue;
          joined += (joined.empty() ? "" : " | ") + item.text;
        }
        fields.push_back({key, joined});
        break;
      }
      case Type::null:
        break;
    }
  }
}

class ForeignReader final : private Checked {
 public:
  ForeignReader(const std::string& file, GraphBuilder& builder)
      : Checked(file), graph_(builder, file, ForeignGraph::Undeclared::refuse) {}

  void record(std::string_view section, const JsonValue& record) {
    expect(record, Type::object, "an element of \"" + std::string(section) + "\"");
    fields_.clear();
    collect_fields(record, fields_);
    const std::string* const source = find_field(fields_, "source");
    const std::string* const target = find_field(fields_, "target");
    if (section == "elements"
            ? source != nullptr && target != nullptr
            : section == "edges" || section == "links" || section == "elements/edges") {
      if (source == nullptr || target == nullptr) {
        fail(record, "expected an edge with \"source\" and \"target\"");
      }
      graph_.edge(*source, *target, fields_, [&record] { return record.place(); });
      return;
    }
    const std::string* id = find_field(fields_, "id");
    if (id == nullptr) id = find_field(fields_, "key");
    if (id == nullptr) fail(record, "expected a node with \"id\" or \"key\"");
    const std::string key = *id;
    std::erase_if(fields_, [](const ForeignField& f) { return f.key == "id" || f.key == "key"; });
    graph_.node(key, fields_, [&record] { return record.place(); });
  }

  void finish() { graph_.finish(); }

 private:
  ForeignGraph graph_;
  std::vector<ForeignField> fields_;
};

}  // namespace

void JsonImporter::read(std::istream& in, const std::string& name, GraphBuilder& builder) const {
  OwnReader own(name, builder);
  ForeignReader foreign(name, builder);
  bool is_own = false;
  const bool is_graph =
      read_json(in, name, sections, [&](std::string_view path, JsonValue&& value) {
        const bool in_section = std::find(sections.begin(), sections.end(), path) != sections.end();
        if (path == "format" && value.type == Type::string) {
          if (value.text != "relata") {
            throw InputError(name, value.place(),
                             "expected the format \"relata\", found \"" + value.text + "\"");
          }
          is_own = true;
        } else if (is_own && path == "version" && value.text != "1") {
          throw InputError(name, value.place(), "expected version 1, found " + value.text);
        } else if (in_section) {
          // Only our own format has these two; with sorted members they come before "format".
          if (path == "documents" || path == "sentences") is_own = true;
          if (is_own) {
            own.record(path, std::move(value));
          } else {
            foreign.record(path, value);
          }
        }
      });
  if (!is_graph && !is_own) {
    throw InputError(name, "", "expected a graph with \"nodes\" and \"edges\", found other JSON");
  }
  own.finish();
  foreign.finish();
}

bool looks_like_json_graph(std::string_view head) {
  const std::size_t begin = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (begin == std::string_view::npos || head[begin] != '{') return false;
  for (const std::string_view word :
       {"\"nodes\"", "\"edges\"", "\"elements\"", "\"links\"", "\"directed\"", "\"relata\""}) {
    if (head.find(word) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace relata
