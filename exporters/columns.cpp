#include "exporters/columns.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <map>
#include <unordered_set>

#include <fmt/format.h>
#include <unicode/unistr.h>

#include "exporters/output.h"
#include "graph/ascii.h"

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
constexpr std::array<std::string_view, 20> reserved = {
    "id",        "x",     "y",     "z",      "r",       "g",       "b",
    "size",      "color", "shape", "source", "target",  "timeset", "interval",
    "timestamp", "start", "end",   "name",   "aliases", "mentions"};

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

bool is_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

template <class Number>
std::string_view put_number(Number number, std::string& scratch) {
  std::array<char, 64> digits;
  char* end = nullptr;
  if constexpr (std::is_integral_v<Number>) {
    end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  } else {
    end = fmt::format_to(digits.data(), "{}", number);
  }
  return scratch.assign(digits.data(), end);
}

void put_digits(char* place, unsigned value, int digits) {
  for (; digits > 0; --digits, value /= 10) {
    place[digits - 1] = static_cast<char>('0' + value % 10);
  }
}

std::string_view put_date(std::int32_t day, std::string& scratch) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  const int year = static_cast<int>(date.year());
  if (year < 0 || year > 9999) return scratch = iso_date(day);
  scratch.assign("0000-00-00");
  put_digits(scratch.data(), static_cast<unsigned>(year), 4);
  put_digits(scratch.data() + 5, static_cast<unsigned>(date.month()), 2);
  put_digits(scratch.data() + 8, static_cast<unsigned>(date.day()), 2);
  return scratch;
}

/// `text` as readers see it that take no account of case.
std::string folded(std::string_view text) {
  std::string result;
  icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())))
      .foldCase()
      .toUTF8String(result);
  return result;
}

/// One line without blanks around it and without what XML cannot hold.
std::string column_name(std::string_view key) {
  std::string name = one_line(repaired_utf8(key));
  for (const std::string_view character : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at = name.find(character); at != std::string::npos; at = name.find(character))
      name.erase(at, character.size());
  }
  name = std::string(trimmed(name));
  return name.empty() ? "attribute" : name;
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
  std::unordered_set<std::string> taken;
  for (const std::string_view word : reserved) taken.emplace(word);
  for (const Column& column : node_columns_) taken.insert(folded(column.name));
  for (const auto& [key, all_numbers] : numeric) {
    std::string name = column_name(key);
    while (!taken.insert(folded(name)).second) name += '_';
    node_columns_.push_back({name, all_numbers ? ColumnType::real : ColumnType::string});
    attribute_keys_.push_back(key);
  }
}

void Columns::find_edge_fields(const Selection& selection) {
  std::array<bool, edge_table.size()> used{};
  std::fill_n(used.begin(), constant_edge_columns, true);
  for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
    if (!selection.edge(EdgeId(i))) continue;
    for (std::size_t field = constant_edge_columns; field < used.size(); ++field) {
      used[field] = used[field] || has_value(static_cast<EdgeField>(field), EdgeId(i));
    }
  }
  for (std::size_t field = 0; field < used.size(); ++field) {
    if (!used[field]) continue;
    edge_columns_.push_back({std::string(edge_table[field].name), edge_table[field].type});
    edge_fields_.push_back(static_cast<EdgeField>(field));
  }
}

void Columns::node_row(NodeId id, Row& row) const {
  row.resize(node_columns_.size());
  row.cells_[0] = graph_.name(id);
  row.cells_[1] = kind_name(graph_.node(id).kind);
  row.cells_[2] = graph_.type_name(id);
  std::size_t column = 3;
  // One value is shown as it stands, several are joined.
  const auto add = [&row](std::size_t at, std::string_view text, std::size_t values) {
    std::string& joined = row.scratch_[at];
    if (values == 0) {
      row.cells_[at] = text;
      return;
    }
    if (values == 1) joined = row.cells_[at];
    if (!joined.empty()) joined += separator;
    row.cells_[at] = joined += text;
  };
  if (has_aliases_) {
    row.cells_[column] = {};
    std::size_t values = 0;
    for (const StringId alias : graph_.aliases(id)) add(column, graph_.text(alias), values++);
    ++column;
  }
  if (has_mentions_) {
    row.cells_[column] = put_number(graph_.mentions(id).size(), row.scratch_[column]);
    ++column;
  }
  std::fill(row.cells_.begin() + static_cast<std::ptrdiff_t>(column), row.cells_.end(),
            std::string_view());
  std::size_t key = 0;
  std::size_t values = 0;
  for (const Attribute& attribute : graph_.attributes(id)) {
    for (; attribute_keys_[key] != graph_.text(attribute.key); ++key) values = 0;
    add(column + key, graph_.text(attribute.value), values++);
  }
}

void Columns::edge_row(EdgeId id, Row& row) const {
  row.resize(edge_fields_.size());
  for (std::size_t i = 0; i < edge_fields_.size(); ++i) {
    row.cells_[i] = edge_value(edge_fields_[i], id, row.scratch_[i]);
  }
}

bool Columns::has_value(EdgeField field, EdgeId id) const {
  switch (field) {
    case EdgeField::sources:
    case EdgeField::document:
    case EdgeField::evidence:
      if (graph_.evidence(id).empty()) return false;
      break;
    case EdgeField::from:
    case EdgeField::to:
    case EdgeField::precision:
      if (!graph_.edge(id).time.known()) return false;
      break;
    case EdgeField::quantity_min:
    case EdgeField::quantity_max:
    case EdgeField::quantity_unit:
    case EdgeField::quantity_approximate:
      if (graph_.quantity(id) == nullptr) return false;
      break;
    default:
      break;
  }
  std::string scratch;
  return !edge_value(field, id, scratch).empty();
}

std::string_view Columns::edge_value(EdgeField field, EdgeId id, std::string& scratch) const {
  const Edge& edge = graph_.edge(id);
  const Quantity* const quantity = graph_.quantity(id);
  switch (field) {
    case EdgeField::label:
      if (edge.polarity == Polarity::affirmed && edge.modality < Modality::planned) {
        return graph_.relation(id).name;
      }
      return scratch = edge_label(graph_, id);
    case EdgeField::relation:
      return graph_.relation(id).name;
    case EdgeField::weight:
      return put_number(edge.weight, scratch);
    case EdgeField::confidence:
      return put_number(edge.confidence, scratch);
    case EdgeField::negated:
      return edge.polarity == Polarity::negated ? "true" : "false";
    case EdgeField::modality:
      return modality_name(edge.modality);
    case EdgeField::mood:
      return mood_name(edge.mood);
    case EdgeField::attribution:
      if (edge.attribution.valid()) return safe_id(graph_, edge.attribution, scratch);
      break;
    case EdgeField::said_by:
      if (edge.attribution.valid()) return graph_.name(edge.attribution);
      break;
    case EdgeField::from:
      if (edge.time.known() && edge.time.from != TimeSpan::open_from) {
        return put_date(edge.time.from, scratch);
      }
      break;
    case EdgeField::to:
      if (edge.time.known() && edge.time.to != TimeSpan::open_to) {
        return put_date(edge.time.to, scratch);
      }
      break;
    case EdgeField::precision:
      return precision_name(edge.time.precision);
    case EdgeField::quantity_min:
      if (quantity != nullptr && std::isfinite(quantity->min)) {
        return put_number(quantity->min, scratch);
      }
      break;
    case EdgeField::quantity_max:
      if (quantity != nullptr && std::isfinite(quantity->max)) {
        return put_number(quantity->max, scratch);
      }
      break;
    case EdgeField::quantity_unit:
      if (quantity != nullptr) return graph_.text(quantity->unit);
      break;
    case EdgeField::quantity_approximate:
      if (quantity != nullptr && quantity->approximate) return "true";
      break;
    case EdgeField::sources:
      if (const std::size_t documents = source_count(graph_, id); documents > 0) {
        return put_number(documents, scratch);
      }
      break;
    case EdgeField::document:
      if (const auto evidence = graph_.evidence(id); !evidence.empty()) {
        return graph_.text(graph_.document(graph_.sentence(evidence[0].sentence).document).name);
      }
      break;
    case EdgeField::evidence:
      if (const auto evidence = graph_.evidence(id); !evidence.empty()) {
        return graph_.text(graph_.sentence(evidence[0].sentence).text);
      }
      break;
  }
  return {};
}

std::vector<std::string> renamed_columns(const std::vector<Column>& columns,
                                         const std::function<std::string(const Column&)>& rename) {
  std::vector<std::string> names;
  std::unordered_set<std::string> taken;
  for (const Column& column : columns) {
    std::string name = rename(column);
    while (!taken.insert(folded(name)).second) name += '_';
    names.push_back(std::move(name));
  }
  return names;
}

std::size_t source_count(const Graph& graph, EdgeId id) {
  std::size_t documents = 0;
  DocumentId last;
  for (const Evidence& piece : graph.evidence(id)) {  // in the order of documents
    const DocumentId document = graph.sentence(piece.sentence).document;
    documents += document != last;
    last = document;
  }
  return documents;
}

std::string_view safe_id(const Graph& graph, NodeId id, std::string& scratch) {
  const std::string_view key = graph.key(id);
  const auto is_safe = [](char c) { return c >= 0x20 && c < 0x7F && c != '~'; };
  if (!key.empty() && key.front() != ' ' && key.back() != ' ' &&
      std::all_of(key.begin(), key.end(), is_safe)) {
    return key;
  }
  return scratch = safe_id(graph, id);
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
