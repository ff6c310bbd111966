#include <ostream>

#include <fmt/format.h>

#include "cli/build.h"
#include "cli/case_files.h"
#include "cli/command.h"
#include "cli/files.h"
#include "importers/text/curator_rules.h"

namespace relata::cli {

namespace {

/// A store holds everything in one form: options that choose are for the formats of relata convert.
void refuse_choices(const BuildOptions& options) {
  const OutputOptions& output = options.output;
  const char* option = !output.format.empty()             ? "--format"
                       : !output.profile.empty()          ? "--for"
                       : !output.part.empty()             ? "--part"
                       : output.min_confidence > 0        ? "--min-confidence"
                       : output.events != EventView::both ? "--events"
                       : !options.report.empty()          ? "--report"
                       : !options.merge_log.empty()       ? "--merge-log"
                                                          : nullptr;
  if (option != nullptr) {
    throw CommandError(failed, fmt::format("{} does not go with a store", option),
                       "relata convert writes a store in other formats");
  }
}

}  // namespace

int build_store(const BuildOptions& options, Console& console) {
  refuse_choices(options);
  store::Store::Settings settings;
  settings.ontology = options.ontology.empty() ? std::string(Ontology::built_in_text())
                                               : read_file(options.ontology);
  const auto ontology = std::make_shared<const Ontology>(Ontology::parse(
      settings.ontology, options.ontology.empty() ? "built-in ontology" : options.ontology));
  if (!options.rules.empty()) {
    settings.rules = read_file(options.rules);
    static_cast<void>(text::CuratorRules::parse(settings.rules, options.rules, *ontology));
  }
  NewStore made(options.output.path, options.output.overwrite, settings);
  CaseInputs inputs = read_case_inputs(options.reading, ontology, console);
  add_inputs(made.store(), std::move(inputs), options.reading, false, true);
  const store::Counts counts = made.store().counts();
  made.commit();
  if (counts.nodes == 0) {
    console.err << "note: nothing was found in the texts; the graph is empty\n";
    return nothing_found;
  }
  if (console.err_is_terminal) {
    console.err << fmt::format("{}: {}, {}, {} of evidence\n", options.output.path,
                               count_of(counts.nodes, "node"), count_of(counts.edges, "edge"),
                               count_of(counts.pieces, "piece"));
  }
  return found;
}

}  // namespace relata::cli
