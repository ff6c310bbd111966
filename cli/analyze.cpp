// `relata analyze`: what each stage of the reader made of a text.

#include <algorithm>
#include <array>
#include <ostream>

#include <fmt/format.h>

#include "cli/analysis_table.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/json_writer.h"
#include "cli/load.h"
#include "cli/narrate.h"
#include "cli/parse.h"
#include "cli/read_texts.h"
#include "importers/text/conllu.h"
#include "importers/text/pipeline.h"

namespace relata::cli {

namespace {

enum class Form : std::uint8_t { table, json, conllu };

class AnalyzeCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    options.arguments("INPUT", inputs_, "Texts: files, archives, folders, - for standard input")
        .list("--stage", stages_, "STAGE",
              "Only this stage, again for more: " + list_of(stage_names()))
        .choice<Form>("--format", form_,
                      {{"table", Form::table}, {"json", Form::json}, {"conllu", Form::conllu}},
                      "How to write it: aligned columns, JSON or CoNLL-U")
        .text("--from", input_format_, "FORMAT", "Format of all inputs, when names do not tell")
        .flag("--any-language", any_language_,
              "Read texts that are not in English too, as if they were")
        .text("--date", date_, "DATE", "Publication date of texts that state none")
        .text("--model", model_, "FILE", "Model file, instead of the data folder's")
        .text("--data", data_, "FOLDER", "Folder with models and knowledge files");
  }

  int run(Console& console) const override {
    const std::vector<Stage> stages = resolve_stages();
    ReadOptions reading;
    reading.format = input_format_;
    reading.import.metadata.date = date_;
    reading.any_language = any_language_;
    ReadInputs read = read_inputs(inputs_, reading, nullptr, console);
    if (read.documents.empty()) {
      throw CommandError(nothing_found, read.foreign > 0 ? "the inputs hold no text in English"
                                                         : "the inputs hold no text");
    }
    text::PipelineOptions options;
    options.data_folder = find_data_folder(data_);
    options.model = model_;
    options.ontology = Ontology::built_in();
    const text::Pipeline pipeline(options);
    for (text::Document& document : read.documents) pipeline.annotate(document);
    if (form_ == Form::json) {
      write_json(read.documents, console.out);
    } else if (form_ == Form::conllu) {
      for (const text::Document& document : read.documents) {
        text::write_conllu(console.out, document);
      }
    } else {
      const bool wants_chains =
          std::find(stages.begin(), stages.end(), Stage::chains) != stages.end();
      for (text::Document& document : read.documents) {
        print_analysis(document, stages, console.out);
        if (wants_chains) print_chains(document, pipeline.chains(document), console.out);
      }
      const bool wants_graph =
          std::find(stages.begin(), stages.end(), Stage::graph) != stages.end();
      if (wants_graph) print_graph(pipeline, std::move(read.documents), console);
    }
    return found;
  }

 private:
  static std::string list_of(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
  }

  [[nodiscard]] std::vector<Stage> resolve_stages() const {
    const std::vector<std::string> names = stage_names();
    std::vector<Stage> stages;
    for (const std::string& name : stages_) {
      const auto place = std::find(names.begin(), names.end(), name);
      if (place == names.end()) {
        const std::string_view near = nearest(name, names);
        throw CommandError(failed,
                           fmt::format("no stage is called \"{}\"{}", printable(name),
                                       near.empty() ? "" : fmt::format("; did you mean {}?", near)),
                           "the stages are " + list_of(names));
      }
      stages.push_back(static_cast<Stage>(place - names.begin()));
    }
    if (stages.empty()) {
      for (std::size_t i = 0; i < names.size(); ++i) stages.push_back(static_cast<Stage>(i));
    }
    return stages;
  }

  static void print_graph(const text::Pipeline& pipeline, std::vector<text::Document> documents,
                          Console& console) {
    GraphBuilder builder(Ontology::built_in());
    static_cast<void>(pipeline.add(std::move(documents), builder));
    const Graph graph = std::move(builder).build();
    console.out << "graph\n";
    for (std::size_t i = 0; i < graph.edge_count(); ++i) {
      console.out << "  " << tell_edge(graph, EdgeId(i), true, Style(console.colour)) << '\n';
    }
  }

  std::vector<std::string> inputs_;
  std::vector<std::string> stages_;
  Form form_ = Form::table;
  std::string input_format_;
  std::string date_;
  bool any_language_ = false;
  std::string model_;
  std::string data_;
};

}  // namespace

std::unique_ptr<Command> make_analyze() {
  return std::make_unique<AnalyzeCommand>();
}

}  // namespace relata::cli
