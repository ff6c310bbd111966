#include "cli/read_texts.h"

#include <unordered_set>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/files.h"
#include "cli/load.h"
#include "store/open_graph.h"
#include "store/schema.h"

namespace relata::cli {

namespace {

const ImportFormat* format_of(const FoundFile& file, const Input& input,
                              const std::string& format) {
  if (!format.empty()) return &import_format_named(format);
  if (const ImportFormat* known = import_format_of(input.name, input.head)) return known;
  return file.from_folder ? nullptr : find_import_format("text");
}

std::string unused(const std::string& id, std::unordered_set<std::string>& used) {
  std::string name = id;
  for (std::size_t i = 2; !used.insert(name).second; ++i) name = fmt::format("{} ({})", id, i);
  return name;
}

std::shared_ptr<const Ontology> ontology_of(const GraphBuilder& builder) {
  return std::make_shared<const Ontology>(builder.ontology());
}

/// Adds the input's articles to `documents`, all of them or, when it breaks off, none.
void read_articles(const ImportFormat& format, const Input& input, const ImportOptions& options,
                   std::vector<text::Document>& documents, std::unordered_set<std::string>& ids) {
  std::vector<text::Document> articles;
  format.make_text()->read(*input.stream, input.name, options, [&](text::Document&& document) {
    articles.push_back(std::move(document));
  });
  for (text::Document& article : articles) {
    article.id = unused(article.id, ids);
    documents.push_back(std::move(article));
  }
}

}  // namespace

ReadInputs read_inputs(const std::vector<std::string>& paths, const std::string& format,
                       const ImportOptions& options, GraphBuilder* builder, Console& console,
                       const GraphSink& each_graph) {
  ReadInputs read;
  std::unordered_set<std::string> ids;
  for (const FoundFile& file : find_files(paths)) {
    const Input input = open_input(file.path, console.in);
    if (builder != nullptr && !file.from_folder && store::is_store(input.head)) {
      Graph graph = store::open_graph(file.path);
      if (each_graph) {
        each_graph(input.name, std::move(graph));
      } else {
        builder->add_graph(graph);
      }
      ++read.files;
      continue;
    }
    const ImportFormat* known = format_of(file, input, format);
    if (known == nullptr) {
      ++read.skipped;
      continue;
    }
    const bool is_graph = known->make_graph != nullptr;
    if (is_graph && builder == nullptr) {
      throw CommandError(failed, fmt::format("{} is a graph and not a text", input.name),
                         "relata show, path and stats look into graphs");
    }
    try {
      // A graph is read aside first, so that one that breaks off leaves nothing behind.
      if (is_graph && (file.from_folder || each_graph)) {
        GraphBuilder aside(ontology_of(*builder));
        known->make_graph()->read(*input.stream, input.name, aside);
        Graph graph = std::move(aside).build();
        if (each_graph) {
          each_graph(input.name, std::move(graph));
        } else {
          builder->add_graph(graph);
        }
      } else if (is_graph) {
        known->make_graph()->read(*input.stream, input.name, *builder);
      } else {
        read_articles(*known, input, options, read.documents, ids);
      }
      ++read.files;
    } catch (const InputError& error) {
      if (!file.from_folder) throw;
      ++read.broken;
      console.err << fmt::format("note: left out {}\n", printable(error.what()));
    }
  }
  return read;
}

}  // namespace relata::cli
