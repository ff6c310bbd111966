#include "exporters/csv.h"

#include <algorithm>
#include <string>

#include "exporters/columns.h"
#include "exporters/output.h"
#include "exporters/parts.h"
#include "graph/ascii.h"

namespace relata {

namespace {

/// Puts a "_" within each `word`, written in small letters, of `name`, whatever its case.
void part_word(std::string& name, std::string_view word, std::size_t behind) {
  for (std::size_t at = lower(name).find(word); at != std::string::npos;
       at = lower(name).find(word)) {
    name.insert(at + behind, 1, '_');
  }
}

/// "relation" -> "Relation". Gephi takes no blanks in a header, nor two that differ in case alone,
/// and reads a column whose name holds "interval" or "timestamp" as times and nothing else.
std::string header(const Column& column) {
  std::string name = column.name;
  std::replace(name.begin(), name.end(), ' ', '_');
  if (name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 32);
  part_word(name, "interval", 5);
  part_word(name, "timestamp", 4);
  return name;
}

class Writer final {
 public:
  Writer(const Graph& graph, std::ostream& stream, const ExportOptions& options)
      : graph_(graph),
        selection_(graph, options),
        columns_(graph, selection_),
        out_(stream),
        gephi_(options.profile == "gephi") {}

  void nodes() {
    // An id holds no line break and no blank at its ends, so every reader keeps it.
    out_.text("Id");
    for (const std::string& name : renamed_columns(columns_.node_columns(), header)) cell(name);
    end_row();
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      const NodeId id(i);
      if (!selection_.node(id)) continue;
      columns_.node_row(id, row_);
      value(safe_id(graph_, id, scratch_));
      for (std::size_t j = 0; j < row_.size(); ++j) cell(row_[j]);
      end_row();
    }
    out_.flush();
  }

  // Type is Gephi's word for the direction; the relation is the kind, which keeps parallel edges
  // apart.
  void edges() {
    out_.text("Source,Target,Type,Kind,Id");
    for (const std::string& name : renamed_columns(columns_.edge_columns(), header)) cell(name);
    const bool dated = gephi_ && has_dates();
    if (dated) cell("timeset");
    end_row();
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      const EdgeId id(i);
      if (!selection_.edge(id)) continue;
      columns_.edge_row(id, row_);
      value(safe_id(graph_, graph_.edge(id).source, scratch_));
      cell(safe_id(graph_, graph_.edge(id).target, scratch_));
      cell("Directed");
      cell(row_[0]);
      cell(fmt::format("e{}", i));
      for (std::size_t j = 0; j < row_.size(); ++j) cell(row_[j]);
      if (dated) cell(time_set(graph_.edge(id).time));
      end_row();
    }
    out_.flush();
  }

 private:
  [[nodiscard]] bool has_dates() const {
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      if (selection_.edge(EdgeId(i)) && graph_.edge(EdgeId(i)).time.known()) return true;
    }
    return false;
  }

  /// The spell as Gephi reads it: dates, or numbers for what never begins or ends.
  static std::string time_set(const TimeSpan& time) {
    if (!time.known()) return "";
    return "<[" + (time.from == TimeSpan::open_from ? "-Infinity" : iso_date(time.from)) + ", " +
           (time.to == TimeSpan::open_to ? "Infinity" : iso_date(time.to)) + "]>";
  }

  void cell(std::string_view text) {
    out_.put(',');
    value(text);
  }

  void value(std::string_view text) { out_.csv_field(text, gephi_); }

  void end_row() { out_.text("\r\n"); }

  const Graph& graph_;
  Selection selection_;
  Columns columns_;
  Output out_;
  bool gephi_;
  Row row_;
  std::string scratch_;
};

}  // namespace

void CsvExporter::write(const Graph& graph, std::ostream& out, const ExportOptions& options) const {
  require_profile("csv", options.profile);
  Writer writer(graph, out, options);
  if (is_nodes_part("csv", options)) {
    writer.nodes();
  } else {
    writer.edges();
  }
}

}  // namespace relata
