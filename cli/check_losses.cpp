#include "cli/check_losses.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/json_writer.h"
#include "cli/parse.h"

namespace relata::cli {

namespace {

/// One way from the graph to a program.
struct Way {
  const Tool* tool = nullptr;  ///< null for a format by itself
  std::string_view format;
  std::vector<LossCount> losses;
};

std::string_view kind_words(LossKind kind) {
  switch (kind) {
    case LossKind::changed:
      return "changed";
    case LossKind::lost:
      return "lost";
    case LossKind::merged:
      return "merged";
  }
  return "";
}

std::string names_of(const std::vector<std::string_view>& names) {
  std::string all;
  for (const std::string_view name : names)
    all += fmt::format("{}{}", all.empty() ? "" : ", ", name);
  return all;
}

const Tool& known_tool(const std::string& name) {
  if (const Tool* const tool = find_tool(name)) return *tool;
  std::vector<std::string_view> names;
  for (const Tool& tool : tools()) names.push_back(tool.name);
  const std::vector<std::string> known(names.begin(), names.end());
  const std::string_view near = nearest(name, known);
  throw CommandError(failed,
                     fmt::format("no tool is called \"{}\"{}", printable(name),
                                 near.empty() ? "" : fmt::format("; did you mean {}?", near)),
                     "the tools are " + names_of(names));
}

/// The ways to look at, without their losses.
std::vector<Way> choose(const CheckOptions& options) {
  std::vector<Way> ways;
  if (!options.format.empty() && find_export_format(options.format) == nullptr) {
    throw CommandError(failed,
                       fmt::format("no output format is called \"{}\"", printable(options.format)),
                       "relata convert --help lists the formats");
  }
  if (options.tool.empty()) {
    if (!options.format.empty()) return {{nullptr, find_export_format(options.format)->name, {}}};
    for (const Tool& tool : tools()) ways.push_back({&tool, tool.doors.front().format, {}});
    return ways;
  }
  const Tool& tool = known_tool(options.tool);
  for (const Door& door : tool.doors) {
    if (options.format.empty() || door.format == options.format) {
      ways.push_back({&tool, door.format, {}});
    }
  }
  if (!ways.empty()) return ways;
  std::vector<std::string_view> opened;
  for (const Door& door : tool.doors) opened.push_back(door.format);
  throw CommandError(failed, fmt::format("{} does not open {}", tool.title, options.format),
                     fmt::format("it opens {}", names_of(opened)));
}

/// The command that writes the file, the graph's own name with the format's extension.
std::string command_line(const Way& way, const std::string& graph) {
  const std::size_t slash = graph.rfind('/');
  std::string stem = printable(slash == std::string::npos ? graph : graph.substr(slash + 1));
  stem = stem == "-" ? "graph" : stem.substr(0, stem.find('.', 1));
  const std::string_view extension = find_export_format(way.format)->extensions.front();
  const std::string profile = way.tool == nullptr ? "" : fmt::format(" --for {}", way.tool->name);
  return fmt::format("relata convert {} {}.{}{}", printable(graph), stem, extension, profile);
}

void print(const Way& way, const CheckOptions& options, Console& console) {
  if (way.tool != nullptr) console.out << way.tool->title << ", by ";
  console.out << way.format << ": " << command_line(way, options.graph) << '\n';
  if (way.losses.empty()) console.out << "  nothing is lost\n";
  for (const LossCount& loss : way.losses) {
    const LossWords& words = loss_words(loss.loss);
    console.out << fmt::format("  {:<8} {} of {} {}: {}", kind_words(words.kind), loss.touched,
                               loss.all, words.items, words.words);
    if (!loss.example.empty()) console.out << fmt::format(" ({})", printable(loss.example));
    console.out << '\n';
  }
}

void write_json(const std::vector<Way>& ways, Console& console) {
  JsonWriter json(console.out);
  json.begin_array();
  for (const Way& way : ways) {
    json.begin_object();
    if (way.tool != nullptr) json.member("tool", way.tool->name);
    json.member("format", way.format);
    json.key("losses");
    json.begin_array();
    for (const LossCount& loss : way.losses) {
      const LossWords& words = loss_words(loss.loss);
      json.begin_object();
      json.member("loss", words.name);
      json.member("kind", kind_words(words.kind));
      json.member("touched", loss.touched);
      json.member("all", loss.all);
      json.member("items", words.items);
      json.member("reason", words.words);
      json.member_if("example", loss.example);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

}  // namespace

ExitCode check_losses(const Graph& graph, const CheckOptions& options, Console& console) {
  std::vector<Way> ways = choose(options);
  for (Way& way : ways) {
    way.losses = count_losses(graph, options.view,
                              way.tool == nullptr ? losses_of_format(way.format)
                                                  : find_door(*way.tool, way.format)->losses);
  }
  if (options.json) {
    write_json(ways, console);
  } else {
    for (const Way& way : ways) print(way, options, console);
  }
  // One tool's ways stand best first; without a tool each way is of another tool.
  const bool one_tool = !options.tool.empty();
  const auto last = one_tool ? ways.begin() + 1 : ways.end();
  const bool whole =
      std::all_of(ways.begin(), last, [](const Way& way) { return way.losses.empty(); });
  return whole ? found : nothing_found;
}

}  // namespace relata::cli
