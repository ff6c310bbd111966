#include "cli/query_output.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/console.h"
#include "cli/json_writer.h"
#include "cli/narrate.h"

namespace relata::cli {

namespace {

using query::List;
using query::Value;

std::string tell_path(const Graph& graph, const Path& path) {
  std::string text = printable(graph.name(path.nodes.front()));
  for (std::size_t i = 0; i < path.steps.size(); ++i) {
    text += fmt::format(" --{}--> {}",
                        relation_phrase(graph, path.steps[i].edge, path.steps[i].forward),
                        printable(graph.name(path.nodes[i + 1])));
  }
  return text;
}

/// Columns of a terminal that UTF-8 text takes, but for wide and combining characters.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
  }));
}

class TableWriter final : public RowWriter {
 public:
  TableWriter(const Graph& graph, std::vector<std::string> columns, bool colour, std::ostream& out)
      : graph_(graph), columns_(std::move(columns)), style_(colour), out_(out) {
    for (std::string& column : columns_) column = printable(column);
  }

  void add(std::span<const Value> row) override {
    std::vector<std::string> cells;
    for (const Value& value : row) cells.push_back(tell_value(graph_, value));
    if (!begun_) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        // Numbers stand to the right, where all of a column are.
        right_.resize(row.size(), true);
        if (!row[i].is_number() && !row[i].is_null()) right_[i] = false;
      }
      held_.push_back(std::move(cells));
      if (held_.size() == 1000) begin();
      return;
    }
    write(cells);
  }

  void finish() override {
    if (!begun_) begin();
  }

 private:
  void begin() {
    begun_ = true;
    if (held_.empty()) return;
    widths_.clear();
    for (const std::string& column : columns_) widths_.push_back(width_of(column));
    for (const auto& row : held_) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        widths_[i] = std::max(widths_[i], width_of(row[i]));
      }
    }
    std::string line;
    std::string rule;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const bool last = i + 1 == columns_.size();
      line += style_.bold(columns_[i]);
      if (!last) line += std::string(widths_[i] - width_of(columns_[i]) + 2, ' ');
      rule += std::string(widths_[i], '-');
      if (!last) rule += "  ";
    }
    out_ << line << '\n' << rule << '\n';
    for (const auto& row : held_) write(row);
    held_.clear();
  }

  void write(const std::vector<std::string>& row) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::size_t width = width_of(row[i]);
      const std::string blanks(width < widths_[i] ? widths_[i] - width : 0, ' ');
      if (right_[i]) line += blanks;
      line += row[i];
      if (i + 1 == row.size()) break;
      if (!right_[i]) line += blanks;
      line += "  ";
    }
    out_ << line << '\n';
  }

  const Graph& graph_;
  std::vector<std::string> columns_;
  Style style_;
  std::ostream& out_;
  std::vector<std::vector<std::string>> held_;
  std::vector<std::size_t> widths_;
  std::vector<bool> right_;
  bool begun_ = false;
};

class JsonRows final : public RowWriter {
 public:
  JsonRows(const Graph& graph, std::vector<std::string> columns, std::ostream& out)
      : graph_(graph), columns_(std::move(columns)), json_(out) {
    json_.begin_array();
  }

  void add(std::span<const Value> row) override {
    json_.begin_object();
    for (std::size_t i = 0; i < row.size(); ++i) {
      json_.key(columns_[i]);
      write(row[i]);
    }
    json_.end_object();
  }

  void finish() override { json_.end_array(); }

 private:
  void write(const Value& value) {
    if (value.truth() != nullptr) return json_.value(*value.truth());
    if (value.integer() != nullptr) {
      if (*value.integer() >= 0) return json_.value(static_cast<std::uint64_t>(*value.integer()));
      return json_.value(static_cast<double>(*value.integer()));
    }
    if (value.real() != nullptr) return json_.value(*value.real());
    if (value.string() != nullptr) return json_.value(*value.string());
    if (value.node() != nullptr) return write_node(json_, graph_, *value.node());
    if (value.edge() != nullptr) return write_edge(json_, graph_, *value.edge(), true);
    if (value.list() != nullptr) {
      json_.begin_array();
      for (const Value& part : *value.list()) write(part);
      json_.end_array();
      return;
    }
    if (const Path* path = value.path()) {
      json_.begin_object();
      json_.key("nodes");
      json_.begin_array();
      for (const NodeId node : path->nodes) write_node(json_, graph_, node);
      json_.end_array();
      json_.key("steps");
      json_.begin_array();
      for (const PathStep& step : path->steps) write_edge(json_, graph_, step.edge, step.forward);
      json_.end_array();
      json_.end_object();
      return;
    }
    json_.value(std::numeric_limits<double>::quiet_NaN());  // null
  }

  const Graph& graph_;
  std::vector<std::string> columns_;
  JsonWriter json_;
};

class CsvRows final : public RowWriter {
 public:
  CsvRows(const Graph& graph, const std::vector<std::string>& columns, std::ostream& out)
      : graph_(graph), out_(out) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      out_ << (i == 0 ? "" : ",") << quoted(columns[i]);
    }
    out_ << "\r\n";
  }

  void add(std::span<const Value> row) override {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out_ << (i == 0 ? "" : ",") << quoted(cell(row[i]));
    }
    out_ << "\r\n";
  }

  void finish() override {}

 private:
  [[nodiscard]] std::string cell(const Value& value) const {
    if (value.is_null()) return "";
    if (value.string() != nullptr) return std::string(*value.string());
    if (value.node() != nullptr) return std::string(graph_.key(*value.node()));
    if (value.edge() != nullptr) {
      const Edge& edge = graph_.edge(*value.edge());
      return fmt::format("{} {} {}", graph_.key(edge.source), graph_.relation(*value.edge()).name,
                         graph_.key(edge.target));
    }
    if (value.list() != nullptr) {
      std::string text;
      for (const Value& part : *value.list()) {
        if (&part != value.list()->data()) text += "; ";
        text += cell(part);
      }
      return text;
    }
    return tell_value(graph_, value);
  }

  [[nodiscard]] static std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string made = "\"";
    for (const char c : text) {
      if (c == '"') made += '"';
      made += c;
    }
    return made + '"';
  }

  const Graph& graph_;
  std::ostream& out_;
};

}  // namespace

std::string tell_value(const Graph& graph, const Value& value) {
  if (value.is_null()) return "null";
  if (value.truth() != nullptr) return *value.truth() ? "true" : "false";
  if (value.integer() != nullptr) return fmt::format("{}", *value.integer());
  if (value.real() != nullptr) return fmt::format("{}", *value.real());
  if (value.string() != nullptr) return printable(*value.string());
  if (value.node() != nullptr) return printable(graph.name(*value.node()));
  if (value.edge() != nullptr) return tell_edge(graph, *value.edge(), true, Style(false));
  if (value.path() != nullptr) return tell_path(graph, *value.path());
  std::string text = "[";
  for (const Value& part : *value.list()) {
    if (text.size() > 1) text += ", ";
    text += tell_value(graph, part);
  }
  return text + "]";
}

std::unique_ptr<RowWriter> make_row_writer(RowFormat format, const Graph& graph,
                                           std::vector<std::string> columns, bool colour,
                                           std::ostream& out) {
  switch (format) {
    case RowFormat::json:
      return std::make_unique<JsonRows>(graph, std::move(columns), out);
    case RowFormat::csv:
      return std::make_unique<CsvRows>(graph, columns, out);
    case RowFormat::table:
      break;
  }
  return std::make_unique<TableWriter>(graph, std::move(columns), colour, out);
}

}  // namespace relata::cli
