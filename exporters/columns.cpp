#include "exporters/columns.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "exporters/output.h"

namespace relata {

enum class Columns::EdgeField : std::uint8_t {
  label,
  relation,
  weight,
  confidence,
  negated,
  modality,
  mood,
  attribution,
  said_by,
  from,
  to,
  precision,
  quantity_min,
  quantity_max,
  quantity_unit,
  quantity_approximate,
  sources,
  document,
  evidence
};

namespace {

constexpr std::string_view separator = " | ";

/// Attributes that are numbers by their meaning; others that look like one (an id) stay text.
constexpr std::array<std::string_view, 7> numeric_keys = {
    "latitude", "longitude", "quantity_min", "quantity_max", "population", "elevation", "score"};

/// What Gephi, Gephi Lite or a table already means something by.
constexpr std::array<std::string_view, 16> reserved = {
    "id",    "x",     "y",      "z",      "r",       "g",        "b",         "size",
    "color", "shape", "source", "target", "timeset", "interval", "timestamp", "start"};

struct EdgeColumn {
  std::string_view name;
  ColumnType type;
};

constexpr std::array<EdgeColumn, 19> edge_table = {{
    {"label", ColumnType::string},
    {"relation", ColumnType::string},
    {"weight", ColumnType::real},
    {"confidence", ColumnType::real},
    {"negated", ColumnType::boolean},
    {"modality", ColumnType::string},
    {"mood", ColumnType::string},
    {"attribution", ColumnType::string},
    {"said_by", ColumnType::string},
    {"from", ColumnType::string},
    {"to", ColumnType::string},
    {"precision", ColumnType::string},
    {"quantity_min", ColumnType::real},
    {"quantity_max", ColumnType::real},
    {"quantity_unit", ColumnType::string},
    {"quantity_approximate", ColumnType::boolean},
    {"sources", ColumnType::integer},
    {"document", ColumnType::string},
    {"evidence", ColumnType::string},
}};
constexpr std::size_t constant_edge_columns = 6;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return result;
}

bool is_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

Columns::Columns(const Graph& graph, const Selection& selection) : graph_(graph) {
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    if (!selection.node(NodeId(i))) continue;
    has_aliases_ = has_aliases_ || !graph.aliases(NodeId(i)).empty();
    has_mentions_ = has_mentions_ || !graph.mentions(NodeId(i)).empty();
  }
  node_columns_ = {
      {"label", ColumnType::string}, {"kind", ColumnType::string}, {"type", ColumnType::string}};
  if (has_aliases_) node_columns_.push_back({"aliases", ColumnType::string});
  if (has_mentions_) node_columns_.push_back({"mentions", ColumnType::integer});
  find_attributes(selection);
  find_edge_fields(selection);
}

void Columns::find_attributes(const Selection& selection) {
  std::map<std::string_view, bool> numeric;
  for (std::size_t i = 0; i < graph_.node_count(); ++i) {
    if (!selection.node(NodeId(i))) continue;
    const auto attributes = graph_.attributes(NodeId(i));
    for (std::size_t j = 0; j < attributes.size(); ++j) {
      const std::string_view key = graph_.text(attributes[j].key);
      const bool single = j == 0 || attributes[j - 1].key != attributes[j].key;
      const bool can_be =
          std::find(numeric_keys.begin(), numeric_keys.end(), key) != numeric_keys.end();
      const bool number = can_be && single && is_number(graph_.text(attributes[j].value));
      const auto [place, is_new] = numeric.try_emplace(key, number);
      place->second = place->second && number;
    }
  }
  for (const auto& [key, all_numbers] : numeric) add_attribute_column(key, all_numbers);
}

void Columns::add_attribute_column(std::string_view key, bool numeric) {
  std::string name = key.empty() ? "attribute" : std::string(key);
  const auto taken = [&](const std::string& wanted) {
    const std::string folded = lower(wanted);
    return std::find(reserved.begin(), reserved.end(), folded) != reserved.end() ||
           std::any_of(node_columns_.begin(), node_columns_.end(),
                       [&](const Column& column) { return lower(column.name) == folded; });
  };
  while (taken(name)) name += '_';
  node_columns_.push_back({name, numeric ? ColumnType::real : ColumnType::string});
  attribute_keys_.push_back(key);
}

void Columns::find_edge_fields(const Selection& selection) {
  std::array<bool, edge_table.size()> used{};
  std::fill_n(used.begin(), constant_edge_columns, true);
  std::string value;
  for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
    if (!selection.edge(EdgeId(i))) continue;
    for (std::size_t field = constant_edge_columns; field < used.size(); ++field) {
      if (used[field]) continue;
      value.clear();
      edge_value(static_cast<EdgeField>(field), EdgeId(i), value);
      used[field] = !value.empty();
    }
  }
  for (std::size_t field = 0; field < used.size(); ++field) {
    if (!used[field]) continue;
    edge_columns_.push_back({std::string(edge_table[field].name), edge_table[field].type});
    edge_fields_.push_back(static_cast<EdgeField>(field));
  }
}

void Columns::node_row(NodeId id, std::vector<std::string>& row) const {
  row.resize(node_columns_.size());
  row[0] = graph_.name(id);
  row[1] = kind_name(graph_.node(id).kind);
  row[2] = graph_.type_name(id);
  std::size_t column = 3;
  if (has_aliases_) {
    std::string& aliases = row[column++];
    aliases.clear();
    for (const StringId alias : graph_.aliases(id)) {
      if (!aliases.empty()) aliases += separator;
      aliases += graph_.text(alias);
    }
  }
  if (has_mentions_) row[column++] = std::to_string(graph_.mentions(id).size());
  for (std::size_t i = column; i < row.size(); ++i) row[i].clear();
  std::size_t key = 0;
  for (const Attribute& attribute : graph_.attributes(id)) {
    while (attribute_keys_[key] != graph_.text(attribute.key)) ++key;
    std::string& value = row[column + key];
    if (!value.empty()) value += separator;
    value += graph_.text(attribute.value);
  }
}

void Columns::edge_row(EdgeId id, std::vector<std::string>& row) const {
  row.resize(edge_fields_.size());
  for (std::size_t i = 0; i < edge_fields_.size(); ++i) {
    row[i].clear();
    edge_value(edge_fields_[i], id, row[i]);
  }
}

void Columns::edge_value(EdgeField field, EdgeId id, std::string& value) const {
  const Edge& edge = graph_.edge(id);
  const Quantity* const quantity = graph_.quantity(id);
  const auto evidence = graph_.evidence(id);
  const auto put_number = [&](auto number) {
    fmt::format_to(std::back_inserter(value), "{}", number);
  };
  switch (field) {
    case EdgeField::label:
      value = edge_label(graph_, id);
      break;
    case EdgeField::relation:
      value = graph_.relation(id).name;
      break;
    case EdgeField::weight:
      put_number(edge.weight);
      break;
    case EdgeField::confidence:
      put_number(edge.confidence);
      break;
    case EdgeField::negated:
      value = edge.polarity == Polarity::negated ? "true" : "false";
      break;
    case EdgeField::modality:
      value = modality_name(edge.modality);
      break;
    case EdgeField::mood:
      value = mood_name(edge.mood);
      break;
    case EdgeField::attribution:
      if (edge.attribution.valid()) value = safe_id(graph_, edge.attribution);
      break;
    case EdgeField::said_by:
      if (edge.attribution.valid()) value = graph_.name(edge.attribution);
      break;
    case EdgeField::from:
      if (edge.time.known() && edge.time.from != TimeSpan::open_from) {
        value = iso_date(edge.time.from);
      }
      break;
    case EdgeField::to:
      if (edge.time.known() && edge.time.to != TimeSpan::open_to) value = iso_date(edge.time.to);
      break;
    case EdgeField::precision:
      value = precision_name(edge.time.precision);
      break;
    case EdgeField::quantity_min:
      if (quantity != nullptr && std::isfinite(quantity->min)) put_number(quantity->min);
      break;
    case EdgeField::quantity_max:
      if (quantity != nullptr && std::isfinite(quantity->max)) put_number(quantity->max);
      break;
    case EdgeField::quantity_unit:
      if (quantity != nullptr) value = graph_.text(quantity->unit);
      break;
    case EdgeField::quantity_approximate:
      if (quantity != nullptr && quantity->approximate) value = "true";
      break;
    case EdgeField::sources: {
      if (evidence.empty()) break;
      std::size_t documents = 1;  // evidence stands in the order of documents
      for (std::size_t i = 1; i < evidence.size(); ++i) {
        documents += graph_.sentence(evidence[i].sentence).document !=
                     graph_.sentence(evidence[i - 1].sentence).document;
      }
      put_number(documents);
      break;
    }
    case EdgeField::document:
      if (!evidence.empty()) {
        value = graph_.text(graph_.document(graph_.sentence(evidence[0].sentence).document).name);
      }
      break;
    case EdgeField::evidence:
      if (!evidence.empty()) value = graph_.text(graph_.sentence(evidence[0].sentence).text);
      break;
  }
}

std::string safe_id(const Graph& graph, NodeId id) {
  const std::string_view key = graph.key(id);
  std::string clean;
  for (std::size_t i = 0; i < key.size();) {
    const std::size_t length = utf8_length(key.substr(i));
    const bool control = static_cast<unsigned char>(key[i]) < 0x20U || key[i] == 0x7F;
    const std::string_view character = key.substr(i, length);
    const bool outside = character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
    if (length > 0 && !control && !outside) clean += character;
    i += length == 0 ? 1 : length;
  }
  while (!clean.empty() && is_blank(clean.back())) clean.pop_back();
  clean.erase(0, std::min(clean.find_first_not_of(' '), clean.size()));
  const std::size_t tilde = clean.rfind('~');
  const bool like_generated = tilde != std::string::npos && tilde + 1 < clean.size() &&
                              clean.find_first_not_of("0123456789", tilde + 1) == std::string::npos;
  if (clean == key && !clean.empty() && !like_generated) return clean;
  return clean + "~" + std::to_string(id.value);
}

}  // namespace relata
