#include "cli/build.h"

#include <algorithm>
#include <chrono>
#include <ostream>
#include <thread>

#include <fmt/format.h>

#include "cli/case_files.h"
#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/files.h"
#include "cli/json_writer.h"
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

void write_report(const text::Coverage& coverage, const std::string& path, bool overwrite) {
  OutputFile file(path, overwrite);
  {
    JsonWriter json(file.stream());
    json.begin_object();
    json.member("documents", std::uint64_t{coverage.documents});
    json.member("sentences", std::uint64_t{coverage.sentences});
    json.member("words", std::uint64_t{coverage.words});
    json.member("sentences_with_facts", std::uint64_t{coverage.sentences_with_facts});
    json.member("sentences_with_candidates_only",
                std::uint64_t{coverage.sentences_with_candidates_only});
    json.key("missed");
    json.begin_array();
    for (const text::Coverage::Missed& missed : coverage.missed) {
      json.begin_object();
      json.member("document", std::string_view(missed.document));
      json.member("sentence", std::string_view(missed.sentence));
      json.member("predicate", std::string_view(missed.predicate));
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  file.commit();
}

std::string input_formats() {
  std::string text = "Formats read:\n";
  for (const ImportFormat& format : import_formats()) {
    text += fmt::format("  {:<12} {}\n", format.name, format.description);
  }
  return text;
}

std::string plural(std::size_t count, std::string_view one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

}  // namespace

void BuildCommand::declare(OptionSet& options) {
  options
      .arguments("INPUT", options_.inputs,
                 "Texts or graphs: files, folders (walked in the order of names), - for standard "
                 "input")
      .text("-o,--output", options_.output.path, "FILE",
            "File to write, a store when it ends in .kg; - for standard output", true);
  options_.output.declare(options);
  options
      .text("--from", options_.input_format, "FORMAT",
            "Format of all inputs, when names do not tell")
      .text("--text-field", options_.text_field, "NAME",
            "Field or column that holds the text, for records")
      .text("--date", options_.date, "DATE",
            "Publication date (2024-12-27) of texts that state none; times such as \"yesterday\" "
            "count from it")
      .text("--title", options_.title, "TEXT", "Title of texts that state none")
      .text("--ontology", options_.ontology, "FILE",
            "Types and relations, instead of the built-in ones")
      .text("--rules", options_.rules, "FILE", "Curator's rules: merge, split, rename, drop nodes")
      .text("--report", options_.report, "FILE",
            "Write what was read and what was not understood, as JSON")
      .number("--threads", options_.threads, 1, 1024,
              "Threads to read with (all processors); the graph does not depend on it")
      .text("--model", options_.model, "FILE", "Model file, instead of the data folder's")
      .text("--data", options_.data, "FOLDER",
            "Folder with models and knowledge files; else $RELATA_DATA, else share/relata beside "
            "the program, else its source tree")
      .footer(input_formats() + "Formats written:\n" + list_export_formats());
}

int BuildCommand::run(Console& console) const {
  if (is_store_name(options_.output.path)) return build_store(options_, console);
  static_cast<void>(options_.output.resolve(console));  // told before the long work
  if (!options_.date.empty() && !parse_iso_date(options_.date)) {
    throw CommandError(failed, fmt::format("--date: expected a date like 2024-12-27, found \"{}\"",
                                           printable(options_.date)));
  }
  ImportOptions import;
  import.metadata.date = options_.date;
  import.metadata.title = options_.title;
  import.text_field = options_.text_field;
  const auto ontology = load_ontology(options_.ontology);
  GraphBuilder builder(ontology);
  ReadInputs read = read_inputs(options_.inputs, options_.input_format, import, &builder, console);
  if (read.files == 0) {
    throw CommandError(nothing_found, "the inputs hold no text and no graph",
                       read.skipped == 0 ? "" : "--from FORMAT names the format of all inputs");
  }
  text::Coverage coverage;
  if (!read.documents.empty()) {
    text::PipelineOptions options;
    options.data_folder = find_data_folder(options_.data);
    options.model = options_.model;
    options.rules_file = options_.rules;
    options.threads = options_.threads != 0 ? static_cast<unsigned>(options_.threads)
                                            : std::max(1U, std::thread::hardware_concurrency());
    options.ontology = ontology;
    const text::Pipeline pipeline(options);
    ProgressLine progress(console, read.documents.size());
    coverage = pipeline.add(std::move(read.documents), builder,
                            [&](std::size_t done) { progress.tell(done); });
  }
  const Graph graph = std::move(builder).build();
  if (!options_.report.empty()) {
    write_report(coverage, options_.report, options_.output.overwrite);
  }
  options_.output.write(graph, console);
  if (read.skipped > 0) {
    console.err << fmt::format("note: left out {} of unknown format\n",
                               plural(read.skipped, "file"));
  }
  if (graph.node_count() == 0) {
    console.err << "note: nothing was found in the texts; the graph is empty\n";
    return nothing_found;
  }
  if (console.err_is_terminal && options_.output.path != "-") {
    console.err << fmt::format(
        "{}: {}, {}, {} of evidence\n", options_.output.path, plural(graph.node_count(), "node"),
        plural(graph.edge_count(), "edge"), plural(graph.evidence_count(), "piece"));
  }
  return found;
}

std::unique_ptr<Command> make_build() {
  return std::make_unique<BuildCommand>();
}

}  // namespace relata::cli
