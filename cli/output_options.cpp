#include "cli/output_options.h"

#include <algorithm>
#include <map>
#include <ostream>
#include <vector>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/files.h"
#include "cli/option_set.h"
#include "cli/parse.h"
#include "exporters/tools.h"

namespace relata::cli {

namespace {

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const ExportFormat& format : export_formats()) names.emplace_back(format.name);
  return names;
}

std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
  const std::string_view near = nearest(word, known);
  return near.empty() ? "" : fmt::format("; did you mean {}?", near);
}

/// "gexf, graphml, csv".
std::string doors_of(const Tool& tool) {
  std::string text;
  for (const Door& door : tool.doors)
    text += fmt::format("{}{}", text.empty() ? "" : ", ", door.format);
  return text;
}

/// Why the format cannot be written for that tool.
[[noreturn]] void refuse_tool(const ExportFormat& format, const std::string& name) {
  if (const Tool* const tool = find_tool(name)) {
    throw CommandError(failed, fmt::format("{} does not open {}", tool->title, format.name),
                       fmt::format("it opens {}", doors_of(*tool)));
  }
  std::vector<std::string> known;
  for (const Tool& tool : tools()) known.emplace_back(tool.name);
  std::string all;
  for (const std::string& each : known) all += (all.empty() ? "" : ", ") + each;
  throw CommandError(
      failed, fmt::format("no tool is called \"{}\"{}", printable(name), suggestion(name, known)),
      "the tools are " + all);
}

void check_part(const ExportFormat& format, const std::string& part, bool to_stream) {
  const auto& parts = format.parts;
  std::string all;
  for (const std::string_view name : parts)
    all += fmt::format("{}{}", all.empty() ? "" : ", ", name);
  if (!part.empty() && std::find(parts.begin(), parts.end(), part) == parts.end()) {
    throw CommandError(failed, fmt::format("{} has no part \"{}\"", format.name, printable(part)),
                       parts.empty() ? fmt::format("{} is one file", format.name)
                                     : fmt::format("its parts are {}", all));
  }
  if (part.empty() && !parts.empty() && to_stream) {
    throw CommandError(failed,
                       fmt::format("{} is several files, standard output is one", format.name),
                       fmt::format("name a file, or choose one with --part: {}", all));
  }
}

}  // namespace

std::string path_of_part(const std::string& path, std::string_view part) {
  const std::size_t name = path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1;
  const std::size_t dot = path.rfind('.');
  const bool has_dot = dot != std::string::npos && dot > name;
  return fmt::format("{}-{}{}", path.substr(0, has_dot ? dot : path.size()), part,
                     has_dot ? path.substr(dot) : "");
}

std::string list_export_formats() {
  std::string text;
  for (const ExportFormat& format : export_formats()) {
    text += fmt::format("  {:<12} {}\n", format.name, format.description);
  }
  text += "Tools for --for, and what they open:\n";
  for (const Tool& tool : tools()) text += fmt::format("  {:<12} {}\n", tool.name, doors_of(tool));
  return text;
}

void OutputOptions::declare(OptionSet& options, const std::string& format_option) {
  options.text(format_option, format, "FORMAT", "Format of the output, when its name does not tell")
      .text("--for", profile, "TOOL", "Tool that will read it, for what the tool needs")
      .text("--part", part, "NAME",
            "For a format of several files: write this one only (else all, as FILE-PART)")
      .choice<EventView>("--events", events,
                         {{"nodes", EventView::nodes},
                          {"relations", EventView::relations},
                          {"both", EventView::both}},
                         "Events as nodes with their roles, as direct relations of who took part, "
                         "or both")
      .share("--min-confidence", min_confidence, "Only edges at least this sure")
      .flag("--overwrite", overwrite, "Replace the output file when it is there");
}

const ExportFormat& OutputOptions::resolve(const Console& console) const {
  const ExportFormat* found = nullptr;
  std::string all;
  for (const std::string& name : format_names()) all += (all.empty() ? "" : ", ") + name;
  if (!format.empty()) {
    found = find_export_format(format);
    if (found == nullptr) {
      throw CommandError(failed,
                         fmt::format("no output format is called \"{}\"{}", printable(format),
                                     suggestion(format, format_names())),
                         "the output formats are " + all);
    }
  } else if (path != "-") {
    found = export_format_of_path(path, profile);
  } else if (profile.empty()) {
    found = find_export_format("json");
  }
  // The tool tells the format when nothing else does.
  const Tool* const tool = find_tool(profile);
  if (found == nullptr && tool != nullptr) found = find_export_format(tool->doors.front().format);
  if (found == nullptr && path == "-") refuse_tool(*find_export_format("json"), profile);
  if (found == nullptr) {
    throw CommandError(failed, fmt::format("the name {} does not tell its format", printable(path)),
                       fmt::format("end it in one of {}, or name the format with --format", all));
  }
  if (!profile.empty() &&
      std::find(found->profiles.begin(), found->profiles.end(), profile) == found->profiles.end()) {
    refuse_tool(*found, profile);
  }
  check_part(*found, part, path == "-");
  if (path == "-" && found->binary && console.out_is_terminal) {
    throw CommandError(failed, fmt::format("{} is not for a terminal", found->name),
                       "name a file with -o, or send the output into a pipe");
  }
  return *found;
}

ExportOptions OutputOptions::view() const {
  ExportOptions options;
  options.profile = profile;
  options.part = part;
  options.events = events;
  options.min_confidence = min_confidence;
  return options;
}

void OutputOptions::write(const Graph& graph, Console& console) const {
  const ExportFormat& found = resolve(console);
  ExportOptions options = view();
  const auto exporter = found.make();
  if (path == "-") {
    exporter->write(graph, console.out, options);
    return;
  }
  if (found.parts.empty() || !part.empty()) {
    OutputFile file(path, overwrite);
    exporter->write(graph, file.stream(), options);
    file.commit();
    return;
  }
  // All parts are complete before the first of them takes its name.
  std::vector<std::unique_ptr<OutputFile>> files;
  for (const std::string_view name : found.parts) {
    files.push_back(std::make_unique<OutputFile>(path_of_part(path, name), overwrite));
    options.part = name;
    exporter->write(graph, files.back()->stream(), options);
  }
  for (const auto& file : files) file->commit();
}

}  // namespace relata::cli
