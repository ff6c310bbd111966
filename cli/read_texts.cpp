#include "cli/read_texts.h"

#include <unordered_set>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/files.h"
#include "cli/load.h"
#include "importers/articles.h"
#include "importers/language.h"
#include "importers/source.h"
#include "store/open_graph.h"
#include "store/schema.h"

namespace relata::cli {

namespace {

std::string unused(const std::string& id, std::unordered_set<std::string>& used) {
  std::string name = id;
  for (std::size_t i = 2; !used.insert(name).second; ++i) name = fmt::format("{} ({})", id, i);
  return name;
}

std::shared_ptr<const Ontology> ontology_of(const GraphBuilder& builder) {
  return std::make_shared<const Ontology>(builder.ontology());
}

/// What was read of one input, which counts as a whole or, when it breaks off, not at all.
class InputReader final {
 public:
  InputReader(const FoundFile& file, const ReadOptions& options, GraphBuilder* builder,
              const GraphSink& each_graph, Console& console)
      : file_(file),
        options_(options),
        builder_(builder),
        each_graph_(each_graph),
        notes_(console),
        import_(options.import) {
    import_.note = [this](const std::string& note) { notes_.tell(note); };
  }

  void read(Input& input) {
    walk_source(
        *input.stream, input.name, input.head, [this](SourceFile& source) { take(source); },
        import_.note);
  }

  void commit(ReadInputs& read, std::unordered_set<std::string>& ids) {
    for (text::Document& article : articles_) {
      article.id = unused(article.id, ids);
      read.documents.push_back(std::move(article));
    }
    for (auto& [name, builder] : graphs_) {
      Graph graph = std::move(builder).build();
      if (each_graph_) {
        each_graph_(name, std::move(graph));
      } else {
        builder_->add_graph(graph);
      }
    }
    read.files += files_;
    read.skipped += skipped_;
    read.graphs += graph_files_;
    read.foreign += foreign_;
  }

 private:
  [[nodiscard]] const ImportFormat* format_of(const SourceFile& source) const {
    if (!options_.format.empty()) return &import_format_named(options_.format);
    if (const ImportFormat* known = import_format_of(source.format_name, source.head)) return known;
    return file_.from_folder || source.in_archive ? nullptr : find_import_format("text");
  }

  void take(SourceFile& source) {
    const ImportFormat* const format = format_of(source);
    if (format == nullptr) {
      ++skipped_;
      return;
    }
    if (format->make_graph != nullptr) {
      take_graph(*format, source);
    } else {
      take_articles(*format, source);
    }
    ++files_;
  }

  void take_graph(const ImportFormat& format, SourceFile& source) {
    if (builder_ == nullptr) {
      throw CommandError(failed, fmt::format("{} is a graph and not a text", source.name),
                         "relata show, path and stats look into graphs");
    }
    // A graph that may be left out is read aside, so that it leaves nothing behind.
    if (file_.from_folder || source.in_archive || each_graph_) {
      GraphBuilder aside(ontology_of(*builder_));
      format.make_graph()->read(source.stream, source.name, aside);
      graphs_.emplace_back(source.name, std::move(aside));
    } else {
      format.make_graph()->read(source.stream, source.name, *builder_);
    }
    ++graph_files_;
  }

  void take_articles(const ImportFormat& format, SourceFile& source) {
    std::vector<text::Document> articles;
    const auto keep = [&](text::Document&& document) { articles.push_back(std::move(document)); };
    std::size_t foreign = 0;
    const ArticleSink sink =
        only_english(keep, [&](text::Document&& document, const std::string& language) {
          if (options_.any_language) return keep(std::move(document));
          ++foreign;
          notes_.tell(
              fmt::format("left out {}: it is in {}, and relata reads English; "
                          "--any-language reads it all the same",
                          document.id, language));
        });
    format.make_text()->read(source.stream, source.name, import_, sink);
    foreign_ += foreign;
    for (text::Document& article : articles) articles_.push_back(std::move(article));
  }

  /// Notes on one input: the first of them, and how many more.
  class Notes final {
   public:
    explicit Notes(Console& console) : console_(console) {}
    ~Notes() {
      if (count_ > most) {
        console_.err << fmt::format("note: {} more such notes\n", count_ - most);
      }
    }
    Notes(const Notes&) = delete;
    Notes& operator=(const Notes&) = delete;
    void tell(const std::string& note) {
      if (++count_ <= most) console_.err << fmt::format("note: {}\n", printable(note));
    }

   private:
    static constexpr std::size_t most = 20;
    Console& console_;
    std::size_t count_ = 0;
  };

  const FoundFile& file_;
  const ReadOptions& options_;
  GraphBuilder* builder_;
  const GraphSink& each_graph_;
  Notes notes_;
  ImportOptions import_;
  std::vector<text::Document> articles_;
  std::vector<std::pair<std::string, GraphBuilder>> graphs_;
  std::size_t files_ = 0;
  std::size_t skipped_ = 0;
  std::size_t graph_files_ = 0;
  std::size_t foreign_ = 0;
};

}  // namespace

void add_field(std::map<ArticleField, std::string>& fields, const std::string& word) {
  const std::size_t equals = word.find('=');
  const auto field = article_field_named(word.substr(0, equals));
  if (!field || equals == std::string::npos || equals + 1 == word.size()) {
    throw CommandError(failed,
                       fmt::format("--field: expected PART=NAME, found \"{}\"", printable(word)),
                       "the parts are text, title, date, author, outlet, url, language and id");
  }
  fields[*field] = word.substr(equals + 1);
}

ReadInputs read_inputs(const std::vector<std::string>& paths, const ReadOptions& options,
                       GraphBuilder* builder, Console& console, const GraphSink& each_graph) {
  ReadInputs read;
  std::unordered_set<std::string> ids;
  for (const FoundFile& file : find_files(paths)) {
    Input input = open_input(file.path, console.in);
    if (builder != nullptr && !file.from_folder && store::is_store(input.head)) {
      Graph graph = store::open_graph(file.path);
      if (each_graph) {
        each_graph(input.name, std::move(graph));
      } else {
        builder->add_graph(graph);
      }
      ++read.files;
      ++read.graphs;
      continue;
    }
    InputReader reader(file, options, builder, each_graph, console);
    try {
      reader.read(input);
      reader.commit(read, ids);
    } catch (const InputError& error) {
      if (!file.from_folder) throw;
      ++read.broken;
      console.err << fmt::format("note: left out {}\n", printable(error.what()));
    }
  }
  return read;
}

}  // namespace relata::cli
