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

/// "graph-nodes.csv" for the part "nodes" of "graph.csv".
std::string path_of_part(const std::string& path, std::string_view part) {
  const std::size_t name = path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1;
  const std::size_t dot = path.rfind('.');
  const bool has_dot = dot != std::string::npos && dot > name;
  return fmt::format("{}-{}{}", path.substr(0, has_dot ? dot : path.size()), part,
                     has_dot ? path.substr(dot) : "");
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

std::string list_export_formats() {
  std::string text;
  for (const ExportFormat& format : export_formats()) {
    text += fmt::format("  {:<12} {}", format.name, format.description);
    for (std::size_t i = 0; i < format.profiles.size(); ++i) {
      text += fmt::format("{}{}", i == 0 ? "; --for " : ", ", format.profiles[i]);
    }
    text += '\n';
  }
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
  } else if (path == "-") {
    found = find_export_format("json");
  } else {
    found = export_format_of_path(path);
  }
  if (found == nullptr) {
    throw CommandError(failed, fmt::format("the name {} does not tell its format", printable(path)),
                       fmt::format("end it in one of {}, or name the format with --format", all));
  }
  if (!profile.empty() &&
      std::find(found->profiles.begin(), found->profiles.end(), profile) == found->profiles.end()) {
    const std::vector<std::string> known(found->profiles.begin(), found->profiles.end());
    std::string profiles;
    for (const std::string& name : known) profiles += (profiles.empty() ? "" : ", ") + name;
    throw CommandError(failed,
                       fmt::format("{} knows no tool \"{}\"{}", found->name, printable(profile),
                                   suggestion(profile, known)),
                       profiles.empty() ? fmt::format("{} is the same for all tools", found->name)
                                        : fmt::format("{} knows {}", found->name, profiles));
  }
  check_part(*found, part, path == "-");
  if (path == "-" && found->binary && console.out_is_terminal) {
    throw CommandError(failed, fmt::format("{} is not for a terminal", found->name),
                       "name a file with -o, or send the output into a pipe");
  }
  return *found;
}

void OutputOptions::write(const Graph& graph, Console& console) const {
  const ExportFormat& found = resolve(console);
  ExportOptions options;
  options.profile = profile;
  options.part = part;
  options.events = events;
  options.min_confidence = min_confidence;
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
