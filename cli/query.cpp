// `relata query`: asks a graph in the reading part of openCypher.

#include "graph/query/query.h"

#include <ostream>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/graph_options.h"
#include "cli/query_output.h"

namespace relata::cli {

namespace {

/// Of a relation of any length there may be more ways than anybody can wait for.
constexpr std::size_t most_seconds_of_open_way = 60;

class QueryCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    input_.declare(options);
    options.optional_argument("QUERY", query_, "MATCH pattern WHERE condition RETURN columns")
        .text("-f,--file", file_, "FILE", "Read the query from a file; - for standard input")
        .flag("--json", json_, "Write JSON; nodes and relations with all that is known of them")
        .flag("--csv", csv_, "Write CSV; nodes as their keys")
        .flag("--explain", explain_, "Tell the steps that the query takes instead of its rows")
        .number(
            "--time-limit", seconds_, 1, 1000000,
            "Give up after N seconds (60 where a relation has any length, [*]; otherwise no limit)")
        .number("--memory-limit", megabytes_, 1, 1000000,
                "Give up when rows take more than N MB (1024)")
        .footer("docs/query_language.md describes the language.");
  }

  int run(Console& console) const override {
    if (query_.empty() == file_.empty()) {
      throw CommandError(failed, query_.empty() ? "expected a query, or a file with one (--file)"
                                                : "expected a query or --file, found both");
    }
    if (json_ && csv_) throw CommandError(failed, "expected one of --json and --csv, found both");
    std::string text = query_;
    if (!file_.empty()) {
      const Input input = open_input(file_, console.in);
      text.assign(std::istreambuf_iterator<char>(*input.stream), {});
    }
    const Graph graph = input_.load(console);
    query::Indexes indexes(graph);
    try {
      query::Query query(text, indexes);
      for (const std::string& note : query.notes()) console.err << "note: " << note << '\n';
      if (explain_) {
        console.out << query.explain();
        return found;
      }
      return write(graph, query, console);
    } catch (const query::QueryError& error) {
      throw CommandError(failed, "the query, " + error.show(text));
    } catch (const query::LimitError& error) {
      throw CommandError(failed, error.what(),
                         "an upper bound of a relation's length, as in [*..3], narrows a query; "
                         "--time-limit and --memory-limit set the limits");
    }
  }

 private:
  int write(const Graph& graph, query::Query& query, Console& console) const {
    query::Limits limits;
    const bool unasked = seconds_ == 0 && query.has_open_way();
    limits.time = std::chrono::seconds(unasked ? most_seconds_of_open_way : seconds_);
    limits.memory = megabytes_ << 20U;
    const auto writer = make_row_writer(json_  ? RowFormat::json
                                        : csv_ ? RowFormat::csv
                                               : RowFormat::table,
                                        graph, query.columns(), console.colour, console.out);
    bool any = false;
    query.run(limits, [&](std::span<const query::Value> row) {
      any = true;
      writer->add(row);
      return true;
    });
    writer->finish();
    if (!any && !json_ && !csv_) throw CommandError(nothing_found, "nothing matches");
    return any ? found : nothing_found;
  }

  GraphOptions input_;
  std::string query_;
  std::string file_;
  bool json_ = false;
  bool csv_ = false;
  bool explain_ = false;
  std::size_t seconds_ = 0;
  std::size_t megabytes_ = 1024;
};

}  // namespace

std::unique_ptr<Command> make_query() {
  return std::make_unique<QueryCommand>();
}

}  // namespace relata::cli
