// `relata shell`: questions to one graph, one after the other, at a terminal or through a pipe.

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <map>
#include <ostream>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/graph_options.h"
#include "cli/line_editor.h"
#include "cli/query_output.h"
#include "cli/run.h"
#include "cli/shell_completion.h"
#include "graph/ascii.h"
#include "graph/query/query.h"

namespace relata::cli {

namespace {

/// Commands of the program that make sense on the shell's graph.
constexpr std::array<std::string_view, 11> passed_on = {
    "path",       "show",        "why",      "find",     "neighbours", "rank",
    "components", "communities", "timeline", "disputes", "stats"};

constexpr std::string_view help_text =
    "Ask with a query, which ends with its line or with ; when it is longer:\n"
    "  MATCH (a:actor)-[r:captured_by]->(b) RETURN a.name, b.name, r.date;\n"
    "  MATCH (a {name: \"NIS\"})-[r]-(b) RETURN type(r), b.name LIMIT 10;\n"
    "Or with a command of relata, without the name of the graph:\n"
    "  path \"Kim Jong-un\" Kursk -k 3\n"
    "  why NIS \"North Korea\"\n"
    "  show, find, neighbours, rank, components, communities, timeline, disputes, stats\n"
    "Or with one of these:\n"
    "  schema              kinds, types and relations of the graph with their numbers\n"
    "  format table        how answers to queries look; also json, csv\n"
    "  explain QUERY       the steps that a query takes\n"
    "  help, quit          also the end of the input (Ctrl-D)\n"
    "Tab completes commands, words of the language, relations, types, properties and names inside\n"
    "quotes; the arrows bring back earlier lines; Ctrl-C stops a query.\n"
    "docs/query_language.md describes the language.\n";

/// Set by an interrupt while a query runs. The one thing that a signal may touch.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

/// Takes interrupts for as long as it lives.
class InterruptGuard final {
 public:
  InterruptGuard() {
    interrupted = false;
    before_ = std::signal(SIGINT, [](int) { interrupted = true; });
  }
  ~InterruptGuard() { std::signal(SIGINT, before_); }
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

 private:
  void (*before_)(int);
};

/// The words of a line; quotes hold words together, a backslash takes the next letter as it is.
std::vector<std::string> split_words(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool any = false;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '\\' && i + 1 < line.size()) {
      word += line[++i];
      any = true;
    } else if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        word += c;
      }
    } else if (c == '"' || c == '\'') {
      quote = c;
      any = true;
    } else if (c == ' ' || c == '\t') {
      if (any || !word.empty()) words.push_back(std::move(word));
      word.clear();
      any = false;
    } else {
      word += c;
    }
  }
  if (quote != 0) throw CommandError(failed, fmt::format("expected the closing {}", quote));
  if (any || !word.empty()) words.push_back(std::move(word));
  return words;
}

class Shell final {
 public:
  Shell(const Graph& graph, const GraphOptions& input, Console& console)
      : graph_(graph), input_(input), console_(console), indexes_(graph) {
    for (const std::string_view name : passed_on) words_.emplace_back(name);
    for (const char* name : {"schema", "format", "explain", "help", "quit"}) {
      words_.emplace_back(name);
    }
  }

  int run() {
    const auto editor = make_line_editor(console_, [this](const std::string& line) {
      return complete_line(line, words_, indexes_);
    });
    const bool terminal = console_.in_is_terminal && console_.out_is_terminal;
    if (terminal) {
      console_.out << fmt::format("{}: {} nodes, {} edges; help tells what to type\n",
                                  printable(input_.graph), graph_.node_count(),
                                  graph_.edge_count());
    }
    int worst = found;
    std::string pending;
    while (true) {
      const auto line = editor->read(pending.empty() ? "relata> " : "   ...> ");
      if (!line && trimmed(pending).empty()) break;
      if (line && !trimmed(*line).empty()) editor->remember(*line);
      // An empty line ends a query that waits for more, and so does the end of the input.
      const bool force = !line || trimmed(*line).empty();
      if (line) pending += *line + "\n";
      const std::string statement(trimmed(pending));
      if (statement.empty()) {
        pending.clear();
        continue;
      }
      if (!force && waits_for_more(statement)) continue;
      pending.clear();
      if (lower(statement) == "quit" || lower(statement) == "exit") break;
      const int code = answer(statement);
      if (code == failed) worst = failed;
      console_.out.flush();
      if (!line) break;
    }
    // At a terminal errors were seen; a script has to be told.
    return terminal ? found : worst;
  }

 private:
  static bool is_query(const std::string& statement) {
    return starts_with_ignoring_case(statement, "match") ||
           starts_with_ignoring_case(statement, "explain");
  }

  /// True for a query that ends too early, as long as no ; says that it is meant so.
  static bool waits_for_more(const std::string& statement) {
    if (!is_query(statement) || statement.ends_with(';')) return false;
    const std::string text = without_explain(statement);
    try {
      query::parse(text);
    } catch (const query::QueryError& error) {
      return error.place() >= text.size();
    }
    return false;
  }

  static std::string without_explain(const std::string& statement) {
    if (!starts_with_ignoring_case(statement, "explain")) return statement;
    return std::string(trimmed(std::string_view(statement).substr(7)));
  }

  int answer(const std::string& statement) {
    try {
      if (is_query(statement)) return ask(statement);
      return command(statement);
    } catch (const CommandError& error) {
      console_.out.flush();
      console_.err << "relata: " << error.what() << '\n';
      if (!error.hint().empty()) console_.err << "hint: " << error.hint() << '\n';
      return error.code();
    } catch (const Error& error) {
      console_.out.flush();
      console_.err << "relata: " << error.what() << '\n';
      return failed;
    }
  }

  int ask(const std::string& statement) {
    const std::string text = without_explain(statement);
    try {
      query::Query query(text, indexes_);
      for (const std::string& note : query.notes()) console_.err << "note: " << note << '\n';
      if (text.size() != statement.size()) {
        console_.out << query.explain();
        return found;
      }
      const InterruptGuard guard;
      query::Limits limits;
      limits.stop = &interrupted;
      const auto writer =
          make_row_writer(format_, graph_, query.columns(), console_.colour, console_.out);
      std::size_t rows = 0;
      query.run(limits, [&](std::span<const query::Value> row) {
        ++rows;
        writer->add(row);
        return true;
      });
      writer->finish();
      if (console_.out_is_terminal || (rows == 0 && format_ == RowFormat::table)) {
        console_.out.flush();
        console_.err << (rows == 0 ? "nothing matches\n"
                                   : fmt::format("{} {}\n", rows, rows == 1 ? "row" : "rows"));
      }
      return rows == 0 ? nothing_found : found;
    } catch (const query::QueryError& error) {
      throw CommandError(failed, "the query, " + error.show(text));
    }
  }

  int command(const std::string& statement) {
    std::string line = statement;
    while (line.ends_with(';')) line.pop_back();
    std::vector<std::string> words = split_words(line);
    if (words.empty()) return found;
    const std::string name = lower(words[0]);
    if (name == "help" && words.size() == 1) {
      console_.out << help_text;
      return found;
    }
    if (name == "schema") return schema();
    if (name == "format") return set_format(words);
    if (std::find(passed_on.begin(), passed_on.end(), name) != passed_on.end()) {
      words[0] = name;
      words.insert(words.begin() + 1, input_.graph);
      Console inner = console_;
      inner.opened = &graph_;
      return cli::run(words, inner);
    }
    std::vector<std::string> known = words_;
    known.emplace_back("MATCH");
    const std::string near = query::nearest_word(words[0], known);
    throw CommandError(failed,
                       fmt::format("unknown command \"{}\"{}", printable(words[0]),
                                   near.empty() ? "" : fmt::format("; did you mean {}?", near)),
                       "help tells what to type");
  }

  int set_format(const std::vector<std::string>& words) {
    static constexpr std::array<std::pair<std::string_view, RowFormat>, 3> formats = {
        std::pair{"table", RowFormat::table}, std::pair{"json", RowFormat::json},
        std::pair{"csv", RowFormat::csv}};
    for (const auto& [name, format] : formats) {
      if (words.size() == 2 && words[1] == name) {
        format_ = format;
        return found;
      }
    }
    throw CommandError(failed, "expected one of format table, format json and format csv");
  }

  int schema() {
    const Ontology& ontology = graph_.ontology();
    for (std::size_t kind = 0; kind < 3; ++kind) {
      const auto of = static_cast<NodeKind>(kind);
      std::string line;
      std::size_t sum = 0;
      for (std::size_t i = 0; i < ontology.types().size(); ++i) {
        const std::size_t count = indexes_.of_type(TypeId(i)).size();
        if (ontology.types()[i].kind != of || count == 0) continue;
        sum += count;
        line += fmt::format("{}{} {}", line.empty() ? "" : ", ",
                            printable(ontology.types()[i].name), count);
      }
      if (sum > 0) console_.out << fmt::format("{} {}: {}\n", kind_name(of), sum, line);
    }
    std::vector<std::pair<std::size_t, std::string>> relations;
    for (std::size_t i = 0; i < ontology.relations().size(); ++i) {
      const std::size_t count = indexes_.of_relation(RelationId(i)).size();
      if (count > 0) relations.emplace_back(count, printable(ontology.relations()[i].name));
    }
    std::sort(relations.begin(), relations.end(), [](const auto& left, const auto& right) {
      return left.first != right.first ? left.first > right.first : left.second < right.second;
    });
    for (const auto& [count, name] : relations) {
      console_.out << fmt::format("{:>9}  {}\n", count, name);
    }
    return found;
  }

  const Graph& graph_;
  const GraphOptions& input_;
  Console& console_;
  query::Indexes indexes_;
  RowFormat format_ = RowFormat::table;
  std::vector<std::string> words_;
};

class ShellCommand final : public Command {
 public:
  void declare(OptionSet& options) override { input_.declare(options); }

  int run(Console& console) const override {
    if (input_.graph == "-") {
      throw CommandError(failed,
                         "the shell reads its questions from standard input, so the graph "
                         "has to be a file");
    }
    const Graph graph = input_.load(console);
    return Shell(graph, input_, console).run();
  }

 private:
  GraphOptions input_;
};

}  // namespace

std::unique_ptr<Command> make_shell() {
  return std::make_unique<ShellCommand>();
}

}  // namespace relata::cli
