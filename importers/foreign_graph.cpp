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

bool is_one_of(std::string_view key, std::span<const std::string_view> names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return same_ignoring_case(key, name); });
}

const std::string* first_of(std::span<const ForeignField> fields,
                            std::span<const std::string_view> keys) {
  for (const std::string_view key : keys) {
    const std::string* const value = find_field(fields, key);
    if (value != nullptr && !value->empty()) return value;
  }
  return nullptr;
}

bool is_true(const std::string& text) {
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

void ForeignGraph::node(std::string_view id, std::span<const ForeignField> fields,
                        const Place& place) {
  static constexpr std::array<std::string_view, 2> name_keys = {"label", "name"};
  static constexpr std::array<std::string_view, 5> own_keys = {"label", "name", "kind", "type",
                                                               "aliases"};
  if (id.empty()) fail(place, "expected an id for a node, found an empty one");
  const std::string* const name = first_of(fields, name_keys);
  const std::string* const kind_text = find_field(fields, "kind");
  const auto kind = kind_text != nullptr ? kind_from_name(*kind_text) : std::nullopt;
  const std::string* const type = find_field(fields, "type");
  const TypeId type_id = builder_.type(kind.value_or(NodeKind::actor),
                                       type != nullptr && !type->empty() ? *type : "unknown");
  const NodeId node = builder_.add_node(id, type_id, name != nullptr ? *name : id);
  if (const std::string* const aliases = find_field(fields, "aliases")) {
    for (std::size_t begin = 0; begin < aliases->size();) {
      const std::size_t end = std::min(aliases->find(alias_separator, begin), aliases->size());
      builder_.add_alias(node, std::string_view(*aliases).substr(begin, end - begin));
      begin = end + alias_separator.size();
    }
  }
  for (const ForeignField& field : fields) {
    const bool foreign_kind = same_ignoring_case(field.key, "kind") && !kind;
    const bool second_name =
        same_ignoring_case(field.key, "name") && name != nullptr && field.value != *name;
    if (field.value.empty()) continue;
    if (!is_one_of(field.key, own_keys) || foreign_kind || second_name) {
      builder_.add_attribute(node, field.key, field.value);
    }
  }
}

void ForeignGraph::edge(std::string_view source, std::string_view target,
                        std::span<const ForeignField> fields, const Place& place) {
  if (source.empty() || target.empty()) {
    fail(place, "expected the ids of an edge's two ends, found an empty one");
  }
  const NodeId from = builder_.find_node(source);
  const NodeId to = builder_.find_node(target);
  const std::string* const speaker = find_field(fields, "attribution");
  const bool speaker_waits =
      speaker != nullptr && !speaker->empty() && !builder_.find_node(*speaker).valid();
  if (from.valid() && to.valid() && !speaker_waits) return add(from, to, fields, place);
  waiting_.push_back({std::string(source), std::string(target),
                      std::vector<ForeignField>(fields.begin(), fields.end()), place()});
}

void ForeignGraph::finish() {
  for (const Waiting& edge : waiting_) {
    const Place place = [&edge] { return edge.place; };
    const NodeId from = end_of(edge.source, place);
    const NodeId to = end_of(edge.target, place);
    add(from, to, edge.fields, place);
  }
  waiting_.clear();
}

NodeId ForeignGraph::end_of(const std::string& id, const Place& place) {
  const NodeId known = builder_.find_node(id);
  if (known.valid()) return known;
  if (undeclared_ == Undeclared::refuse) {
    fail(place, "the edge names the node \"" + id + "\", which the file does not have");
  }
  return builder_.add_node(id, builder_.type(NodeKind::actor, "unknown"), id);
}

double ForeignGraph::number(const std::string& text, const char* what, const Place& place) const {
  const auto value = parse_number(text);
  if (!value) fail(place, std::string("expected a number as ") + what + ", found \"" + text + "\"");
  return *value;
}

TimeSpan ForeignGraph::time(std::span<const ForeignField> fields, const Place& place) const {
  const auto day = [&](std::string_view key, std::int32_t open) {
    const std::string* const text = find_field(fields, key);
    if (text == nullptr || text->empty()) return open;
    const auto date = parse_iso_date(std::string_view(*text).substr(0, 10));
    if (!date) fail(place, "expected a date such as 2024-12-27, found \"" + *text + "\"");
    return *date;
  };
  TimeSpan time{day("from", TimeSpan::open_from), day("to", TimeSpan::open_to), {}};
  if (time.from == TimeSpan::open_from && time.to == TimeSpan::open_to) return {};
  if (time.to < time.from) fail(place, "expected a time that ends after it begins");
  time.precision = time.from == time.to ? DatePrecision::day : DatePrecision::range;
  const std::string* const precision = find_field(fields, "precision");
  if (precision != nullptr && !precision->empty()) {
    const auto known = precision_from_name(*precision);
    if (!known) fail(place, "expected a precision such as day, found \"" + *precision + "\"");
    time.precision = *known;
  }
  return time;
}

Quantity ForeignGraph::quantity(std::span<const ForeignField> fields, const Place& place) {
  Quantity quantity;
  const auto bound = [&](std::string_view key, double open) {
    const std::string* const text = find_field(fields, key);
    if (text == nullptr || text->empty()) return open;
    quantity.known = true;
    return number(*text, "a quantity", place);
  };
  quantity.min = bound("quantity_min", -std::numeric_limits<double>::infinity());
  quantity.max = bound("quantity_max", std::numeric_limits<double>::infinity());
  const std::string* const unit = find_field(fields, "quantity_unit");
  if (unit != nullptr && !unit->empty()) quantity.unit = builder_.intern(*unit);
  const std::string* const about = find_field(fields, "quantity_approximate");
  quantity.approximate = about != nullptr && is_true(*about);
  return quantity;
}

void ForeignGraph::add(NodeId source, NodeId target, std::span<const ForeignField> fields,
                       const Place& place) {
  static constexpr std::array<std::string_view, 6> relation_keys = {
      "relation", "interaction", "kind", "type", "label", "key"};
  const std::string* const name = first_of(fields, relation_keys);
  const RelationMatch match =
      builder_.relation(name != nullptr ? std::string_view(*name) : plain_relation);
  if (match.inverted) std::swap(source, target);

  const std::string* const negated = find_field(fields, "negated");
  const Polarity polarity =
      negated != nullptr && is_true(*negated) ? Polarity::negated : Polarity::affirmed;
  const auto named = [&](std::string_view key, auto from_name, auto otherwise) {
    const std::string* const text = find_field(fields, key);
    if (text == nullptr || text->empty()) return otherwise;
    const auto value = from_name(*text);
    return value ? *value : otherwise;
  };
  const Modality modality = named("modality", modality_from_name, Modality::asserted);

  GraphBuilder::EdgeValues values;
  values.mood = named("mood", mood_from_name, Mood::plain);
  const std::string* const weight = find_field(fields, "weight");
  if (weight != nullptr && !weight->empty()) {
    values.weight = static_cast<float>(number(*weight, "the weight of an edge", place));
    if (!(values.weight > 0)) {
      fail(place, "expected a weight above 0, found \"" + *weight + "\"");
    }
  }
  const std::string* const confidence = find_field(fields, "confidence");
  if (confidence != nullptr && !confidence->empty()) {
    values.confidence = static_cast<float>(number(*confidence, "a confidence", place));
    if (!(values.confidence >= 0 && values.confidence <= 1)) {
      fail(place, "expected a confidence from 0 to 1, found \"" + *confidence + "\"");
    }
  }
  const std::string* const speaker = find_field(fields, "attribution");
  if (speaker != nullptr && !speaker->empty()) values.attribution = end_of(*speaker, place);
  values.time = time(fields, place);
  values.quantity = quantity(fields, place);
  builder_.set_values(builder_.add_edge(source, match.relation, target, polarity, modality),
                      values);
}

}  // namespace relata
