#include "importers/foreign_graph.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "graph/ascii.h"
#include "graph/errors.h"

namespace relata {

namespace {

constexpr std::string_view alias_separator = " | ";
constexpr std::string_view plain_relation = "related to";
constexpr std::size_t edges_at_once = 32;
constexpr std::size_t known_relations = 64;

bool is_true(std::string_view text) {
  return same_ignoring_case(text, "true") || text == "1" || same_ignoring_case(text, "yes");
}

}  // namespace

const std::string* find_field(std::span<const ForeignField> fields, std::string_view key) {
  for (const ForeignField& field : fields) {
    if (same_ignoring_case(field.key, key)) return &field.value;
  }
  return nullptr;
}

std::optional<double> parse_number(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

ForeignGraph::ForeignGraph(GraphBuilder& builder, std::string source, Undeclared undeclared)
    : builder_(builder), source_(std::move(source)), undeclared_(undeclared) {}

void ForeignGraph::fail(const Place& place, const std::string& problem) const {
  throw InputError(source_, place(), problem);
}

/// The fields of one record, found by what they tell. Refers to the record.
class ForeignGraph::Fields final {
 public:
  explicit Fields(const ForeignRecord& record) {
    for (std::size_t i = 0; i < record.field_count(); ++i) put(record.field(i));
  }
  explicit Fields(std::span<const ForeignField> fields) {
    for (const ForeignField& field : fields) put({role_of(field.key), field.key, field.value});
  }

  /// The value of the first field of that role; null when there is none.
  [[nodiscard]] const std::string_view* find(FieldRole role) const {
    const std::size_t place = first_[static_cast<std::size_t>(role)];
    return place == 0 ? nullptr : &at(place - 1).value;
  }
  /// The same; null when it is empty.
  [[nodiscard]] const std::string_view* filled(FieldRole role) const {
    const std::string_view* const value = find(role);
    return value == nullptr || value->empty() ? nullptr : value;
  }
  /// The first of these roles that is filled.
  [[nodiscard]] const std::string_view* filled(std::initializer_list<FieldRole> roles) const {
    for (const FieldRole role : roles) {
      if (const std::string_view* const value = filled(role)) return value;
    }
    return nullptr;
  }

  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] const FieldView& at(std::size_t i) const {
    return i < few_.size() ? few_[i] : many_[i - few_.size()];
  }

 private:
  void put(const FieldView& field) {
    if (count_ < few_.size()) {
      few_[count_] = field;
    } else {
      many_.push_back(field);
    }
    ++count_;
    std::uint32_t& first = first_[static_cast<std::size_t>(field.role)];
    if (first == 0) first = static_cast<std::uint32_t>(count_);
  }

  std::array<std::uint32_t, static_cast<std::size_t>(FieldRole::other) + 1> first_{};  // from 1
  std::array<FieldView, 16> few_;
  std::vector<FieldView> many_;
  std::size_t count_ = 0;
};

TypeId ForeignGraph::type(NodeKind kind, std::string_view name) {
  if (!known_type_.type || known_type_.kind != kind || known_type_.name != name) {
    known_type_ = {std::string(name), kind, builder_.type(kind, name)};
  }
  return *known_type_.type;
}

RelationMatch ForeignGraph::relation(std::string_view name) {
  if (known_relations_.empty()) known_relations_.resize(known_relations);
  KnownRelation& known = known_relations_[std::hash<std::string_view>{}(name) % known_relations];
  if (!known.match || known.name != name) known = {std::string(name), builder_.relation(name)};
  return *known.match;
}

void ForeignGraph::node(std::string_view id, std::span<const ForeignField> fields,
                        const Place& place) {
  node(id, Fields(fields), place);
}

void ForeignGraph::node(std::string_view id, const Fields& fields, const Place& place) {
  if (id.empty()) fail(place, "expected an id for a node, found an empty one");
  const std::string_view* const name = fields.filled({FieldRole::label, FieldRole::name});
  const std::string_view* const kind_text = fields.find(FieldRole::kind);
  const auto kind = kind_text != nullptr ? kind_from_name(*kind_text) : std::nullopt;
  const std::string_view* const type_text = fields.filled(FieldRole::type);
  const TypeId type_id =
      type(kind.value_or(NodeKind::actor), type_text != nullptr ? *type_text : "unknown");
  const NodeId node = builder_.add_node(id, type_id, name != nullptr ? *name : id);
  if (const std::string_view* const aliases = fields.find(FieldRole::aliases)) {
    for (std::size_t begin = 0; begin < aliases->size();) {
      const std::size_t end = std::min(aliases->find(alias_separator, begin), aliases->size());
      builder_.add_alias(node, aliases->substr(begin, end - begin));
      begin = end + alias_separator.size();
    }
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const FieldView& field = fields.at(i);
    if (field.value.empty()) continue;
    const bool foreign_kind = field.role == FieldRole::kind && !kind;
    const bool second_name =
        field.role == FieldRole::name && name != nullptr && field.value != *name;
    const bool own = field.role <= FieldRole::aliases;
    if (!own || foreign_kind || second_name) builder_.add_attribute(node, field.key, field.value);
  }
}

void ForeignGraph::edge(std::string_view source, std::string_view target,
                        std::span<const ForeignField> fields, const Place& place) {
  const auto statement = edge(source, target, builder_.find_node(source),
                              builder_.find_node(target), Fields(fields), place);
  if (statement) add(*statement);
}

std::optional<ForeignGraph::Statement> ForeignGraph::edge(std::string_view source,
                                                          std::string_view target, NodeId from,
                                                          NodeId to, const Fields& fields,
                                                          const Place& place) {
  if (source.empty() || target.empty()) {
    fail(place, "expected the ids of an edge's two ends, found an empty one");
  }
  const std::string_view* const speaker = fields.filled(FieldRole::attribution);
  const bool speaker_waits = speaker != nullptr && !builder_.find_node(*speaker).valid();
  if (from.valid() && to.valid() && !speaker_waits) return state(from, to, fields, place);
  Waiting waiting{std::string(source), std::string(target), {}, place()};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    waiting.fields.push_back({std::string(fields.at(i).key), std::string(fields.at(i).value)});
  }
  waiting_.push_back(std::move(waiting));
  return std::nullopt;
}

void ForeignGraph::add(std::span<const ForeignRecord> records) {
  while (!records.empty()) {
    const auto run = static_cast<std::size_t>(
        std::find_if(records.begin(), records.end(),
                     [](const ForeignRecord& record) { return !record.is_edge(); }) -
        records.begin());
    if (run == 0) {
      const ForeignRecord& record = records.front();
      node(record.id(), Fields(record), [&record] { return record.place(); });
      records = records.subspan(1);
    } else {
      const std::size_t count = std::min(run, edges_at_once);
      edges(records.first(count));
      records = records.subspan(count);
    }
  }
}

void ForeignGraph::edges(std::span<const ForeignRecord> records) {
  std::array<std::string_view, 2 * edges_at_once> keys;
  std::array<NodeId, 2 * edges_at_once> nodes;
  for (std::size_t i = 0; i < records.size(); ++i) {
    keys[2 * i] = records[i].id();
    keys[2 * i + 1] = records[i].target();
  }
  builder_.find_nodes(std::span(keys).first(2 * records.size()),
                      std::span(nodes).first(2 * records.size()));
  std::array<Statement, edges_at_once> statements;
  std::size_t count = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto statement = edge(keys[2 * i], keys[2 * i + 1], nodes[2 * i], nodes[2 * i + 1],
                                Fields(records[i]), [&] { return records[i].place(); });
    if (!statement) continue;
    builder_.expect_edge(statement->source, statement->relation, statement->target,
                         statement->polarity, statement->modality);
    statements[count++] = *statement;
  }
  for (std::size_t i = 0; i < count; ++i) add(statements[i]);
}

void ForeignGraph::finish() {
  for (const Waiting& edge : waiting_) {
    const Place place = [&edge] { return edge.place; };
    const NodeId from = end_of(edge.source, place);
    const NodeId to = end_of(edge.target, place);
    add(state(from, to, Fields(edge.fields), place));
  }
  waiting_.clear();
}

NodeId ForeignGraph::end_of(std::string_view id, const Place& place) {
  const NodeId known = builder_.find_node(id);
  if (known.valid()) return known;
  if (undeclared_ == Undeclared::refuse) {
    fail(place,
         "the edge names the node \"" + std::string(id) + "\", which the file does not have");
  }
  return builder_.add_node(id, type(NodeKind::actor, "unknown"), id);
}

double ForeignGraph::number(std::string_view text, const char* what, const Place& place) const {
  const auto value = parse_number(text);
  if (!value) {
    fail(place,
         std::string("expected a number as ") + what + ", found \"" + std::string(text) + "\"");
  }
  return *value;
}

TimeSpan ForeignGraph::time(const Fields& fields, const Place& place) const {
  const auto day = [&](FieldRole role, std::int32_t open) {
    const std::string_view* const text = fields.filled(role);
    if (text == nullptr) return open;
    const auto date = parse_iso_date(text->substr(0, 10));
    if (!date) {
      fail(place, "expected a date such as 2024-12-27, found \"" + std::string(*text) + "\"");
    }
    return *date;
  };
  TimeSpan time{
      day(FieldRole::from, TimeSpan::open_from), day(FieldRole::to, TimeSpan::open_to), {}};
  if (time.from == TimeSpan::open_from && time.to == TimeSpan::open_to) return {};
  if (time.to < time.from) fail(place, "expected a time that ends after it begins");
  time.precision = time.from == time.to ? DatePrecision::day : DatePrecision::range;
  if (const std::string_view* const precision = fields.filled(FieldRole::precision)) {
    const auto known = precision_from_name(*precision);
    if (!known) {
      fail(place, "expected a precision such as day, found \"" + std::string(*precision) + "\"");
    }
    time.precision = *known;
  }
  return time;
}

Quantity ForeignGraph::quantity(const Fields& fields, const Place& place) {
  Quantity quantity;
  const auto bound = [&](FieldRole role, double open) {
    const std::string_view* const text = fields.filled(role);
    if (text == nullptr) return open;
    quantity.known = true;
    return number(*text, "a quantity", place);
  };
  quantity.min = bound(FieldRole::quantity_min, -std::numeric_limits<double>::infinity());
  quantity.max = bound(FieldRole::quantity_max, std::numeric_limits<double>::infinity());
  if (const std::string_view* const unit = fields.filled(FieldRole::quantity_unit)) {
    quantity.unit = builder_.intern(*unit);
  }
  const std::string_view* const about = fields.find(FieldRole::quantity_approximate);
  quantity.approximate = about != nullptr && is_true(*about);
  return quantity;
}

ForeignGraph::Statement ForeignGraph::state(NodeId source, NodeId target, const Fields& fields,
                                            const Place& place) {
  const std::string_view* const name =
      fields.filled({FieldRole::relation, FieldRole::interaction, FieldRole::kind, FieldRole::type,
                     FieldRole::label, FieldRole::key});
  const RelationMatch match = relation(name != nullptr ? *name : plain_relation);
  if (match.inverted) std::swap(source, target);
  Statement statement;
  statement.source = source;
  statement.target = target;
  statement.relation = match.relation;

  const std::string_view* const negated = fields.find(FieldRole::negated);
  if (negated != nullptr && is_true(*negated)) statement.polarity = Polarity::negated;
  const auto named = [&](FieldRole role, auto from_name, auto otherwise) {
    const std::string_view* const text = fields.filled(role);
    if (text == nullptr) return otherwise;
    const auto value = from_name(*text);
    return value ? *value : otherwise;
  };
  statement.modality = named(FieldRole::modality, modality_from_name, Modality::asserted);

  GraphBuilder::EdgeValues& values = statement.values;
  values.mood = named(FieldRole::mood, mood_from_name, Mood::plain);
  if (const std::string_view* const weight = fields.filled(FieldRole::weight)) {
    values.weight = static_cast<float>(number(*weight, "the weight of an edge", place));
    if (!(values.weight > 0)) {
      fail(place, "expected a weight above 0, found \"" + std::string(*weight) + "\"");
    }
  }
  if (const std::string_view* const confidence = fields.filled(FieldRole::confidence)) {
    values.confidence = static_cast<float>(number(*confidence, "a confidence", place));
    if (!(values.confidence >= 0 && values.confidence <= 1)) {
      fail(place, "expected a confidence from 0 to 1, found \"" + std::string(*confidence) + "\"");
    }
  }
  if (const std::string_view* const speaker = fields.filled(FieldRole::attribution)) {
    values.attribution = end_of(*speaker, place);
  }
  values.time = time(fields, place);
  values.quantity = quantity(fields, place);
  return statement;
}

void ForeignGraph::add(const Statement& statement) {
  builder_.set_values(builder_.add_edge(statement.source, statement.relation, statement.target,
                                        statement.polarity, statement.modality),
                      statement.values);
}

}  // namespace relata
