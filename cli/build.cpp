#include "cli/build.h"

#include <chrono>
#include <optional>
#include <ostream>

#include <fmt/format.h>

#include "cli/build_reports.h"
#include "cli/case_files.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/load.h"
#include "cli/read_texts.h"
#include "importers/text/pipeline.h"

namespace relata::cli {

namespace {

/// A line on the terminal that tells how far the work is; nothing elsewhere.
class ProgressLine final {
 public:
  ProgressLine(Console& console, std::size_t total) : console_(console), total_(total) {}
  ~ProgressLine() {
    if (shown_) console_.err << "\r\033[K" << std::flush;
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void tell(std::size_t done) {
    if (!console_.err_is_terminal) return;
    const auto now = std::chrono::steady_clock::now();
    if (shown_ && now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    shown_ = true;
    console_.err << fmt::format("\r\033[Kreading: {} of {} texts", done, total_) << std::flush;
  }

 private:
  Console& console_;
  std::size_t total_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point last_;
};

/// A file that is asked for beside the graph, opened before the long work so that it fails early.
class FileBeside final {
 public:
  FileBeside(std::string_view option, const std::string& path, const OutputOptions& output) {
    if (path.empty()) return;
    if (path == "-" || path == output.path) {
      throw CommandError(failed, path == "-"
                                     ? fmt::format("{}: expected the name of a file", option)
                                     : fmt::format("{} and -o name the same file", option));
    }
    file_.emplace(path, output.overwrite);
  }

  /// Fills the file and gives it its name; nothing when it was not asked for.
  void write(const text::Coverage& coverage, void (*writer)(const text::Coverage&, std::ostream&)) {
    if (!file_) return;
    writer(coverage, file_->stream());
    file_->commit();
  }

 private:
  std::optional<OutputFile> file_;
};

std::string input_formats() {
  std::string text = "Formats read:\n";
  for (const ImportFormat& format : import_formats()) {
    text += fmt::format("  {:<12} {}\n", format.name, format.description);
  }
  return text;
}

}  // namespace

void BuildCommand::declare(OptionSet& options) {
  options
      .arguments(
          "INPUT", options_.reading.inputs,
          "Texts or graphs: files, also compressed (.gz, .zst), archives (.zip, .tar), folders "
          "(walked in the order of names), - for standard input")
      .text("-o,--output", options_.output.path, "FILE",
            "File to write, a store when it ends in .kg; - for standard output", true);
  options_.output.declare(options);
  options_.reading.declare(options);
  options
      .text("--ontology", options_.ontology, "FILE",
            "Types and relations, instead of the built-in ones")
      .text("--rules", options_.rules, "FILE",
            "Curator's rules: merge, never merge, split, rename, retype, drop (docs/corpus.md)")
      .text("--merge-log", options_.merge_log, "FILE",
            "Write what of several texts was taken for one node, and why, as JSON Lines")
      .text("--report", options_.report, "FILE",
            "Write what was read and what was not understood, as JSON")
      .footer(input_formats() + "Formats written:\n" + list_export_formats());
}

int BuildCommand::run(Console& console) const {
  if (is_store_name(options_.output.path)) return build_store(options_, console);
  static_cast<void>(options_.output.resolve(console));  // told before the long work
  const ReadOptions reading = options_.reading.reading();
  if (!options_.report.empty() && options_.report == options_.merge_log)
    throw CommandError(failed, "--report and --merge-log name the same file");
  FileBeside report("--report", options_.report, options_.output);
  FileBeside merge_log("--merge-log", options_.merge_log, options_.output);
  const auto ontology = load_ontology(options_.ontology);
  GraphBuilder builder(ontology);
  ReadInputs read = read_inputs(options_.reading.inputs, reading, &builder, console);
  if (read.files == 0) {
    throw CommandError(nothing_found, "the inputs hold no text and no graph",
                       read.skipped == 0 ? "" : "--from FORMAT names the format of all inputs");
  }
  if (read.documents.empty() && read.graphs == 0 && read.foreign > 0) {
    throw CommandError(nothing_found, "the inputs hold no text in English");
  }
  text::Coverage coverage;
  if (!read.documents.empty()) {
    text::PipelineOptions options = options_.reading.pipeline(ontology);
    options.rules_file = options_.rules;
    const text::Pipeline pipeline(options);
    ProgressLine progress(console, read.documents.size());
    coverage = pipeline.add(std::move(read.documents), builder,
                            [&](std::size_t done) { progress.tell(done); });
  }
  const Graph graph = std::move(builder).build();
  options_.output.write(graph, console);
  report.write(coverage, write_report);
  merge_log.write(coverage, write_merge_log);
  if (read.skipped > 0) {
    console.err << fmt::format("note: left out {} of unknown format\n",
                               count_of(read.skipped, "file"));
  }
  if (graph.node_count() == 0) {
    console.err << "note: nothing was found in the texts; the graph is empty\n";
    return nothing_found;
  }
  if (console.err_is_terminal && options_.output.path != "-") {
    console.err << fmt::format(
        "{}: {}, {}, {} of evidence\n", options_.output.path, count_of(graph.node_count(), "node"),
        count_of(graph.edge_count(), "edge"), count_of(graph.evidence_count(), "piece"));
  }
  return found;
}

std::unique_ptr<Command> make_build() {
  return std::make_unique<BuildCommand>();
}

}  // namespace relata::cli
