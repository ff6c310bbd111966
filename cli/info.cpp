// `relata info`: what a store holds and whether it is sound.

#include <ostream>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/json_writer.h"
#include "graph/graph_image.h"
#include "store/case.h"
#include "store/open_graph.h"

namespace relata::cli {

namespace {

class InfoCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    options.argument("STORE", path_, "A case file that relata build made")
        .flag("--sources", sources_, "List the documents and graphs that it was made of")
        .flag("--check", check_,
              "Compare all that it holds with what its sources say, which takes as long as reading "
              "it whole")
        .flag("--json", json_, "Write JSON");
  }

  int run(Console& console) const override {
    store::Store store = store::open_case(path_, store::Database::Mode::read);
    store.hold();
    const std::vector<std::string> wrong =
        check_ ? store::check_case(store) : std::vector<std::string>();
    if (json_) {
      write(store, wrong, console.out);
    } else {
      print(store, wrong, console.out);
    }
    if (wrong.empty()) return found;
    throw CommandError(failed, fmt::format("{} is damaged: {}", path_, wrong.front()),
                       "take it from a copy, or build it anew from the texts");
  }

 private:
  [[nodiscard]] std::string index_state(const store::Store& store) const {
    const auto image = GraphImage::open_any(store::image_path(path_));
    if (!image) return "none; the next query on a large graph makes it";
    if (image->stamp() != store.stamp()) {
      return store.changed_since(image->stamp())
                 ? "of the state before the last changes; the next query lets it follow"
                 : "of another state; the next query makes it anew";
    }
    if (check_ && !image->verify()) return "damaged; delete it, the next query makes it anew";
    return "up to date";
  }

  static std::string ontology_of(const store::Store& store) {
    return store.settings().ontology == Ontology::built_in_text() ? "built in" : "its own";
  }

  void print(const store::Store& store, const std::vector<std::string>& wrong,
             std::ostream& out) const {
    const store::Counts counts = store.counts();
    const auto row = [&](std::size_t count, const char* what) {
      out << fmt::format("{:>12}  {}\n", count, what);
    };
    row(counts.texts, "texts");
    row(counts.graphs, "graphs");
    row(counts.documents, "documents");
    row(counts.sentences, "sentences");
    row(counts.nodes, "nodes");
    row(counts.edges, "edges");
    row(counts.pieces, "pieces of evidence");
    row(counts.bytes, "bytes");
    out << fmt::format("ontology: {}\nrules: {}\nindex: {}\n", ontology_of(store),
                       store.settings().rules.empty() ? "none" : "a curator's", index_state(store));
    if (check_) out << "check: " << (wrong.empty() ? "nothing wrong" : "see below") << '\n';
    for (const std::string& line : wrong) out << "  " << printable(line) << '\n';
    if (!sources_) return;
    out << '\n';
    for (const store::Source& source : store.sources()) {
      out << fmt::format(
          "{:<5} {}{}{}\n", source.kind == store::SourceKind::graph ? "graph" : "text",
          printable(source.name), source.date.empty() ? "" : ", ", printable(source.date));
    }
  }

  void write(const store::Store& store, const std::vector<std::string>& wrong,
             std::ostream& out) const {
    const store::Counts counts = store.counts();
    JsonWriter json(out);
    json.begin_object();
    json.member("texts", std::uint64_t{counts.texts});
    json.member("graphs", std::uint64_t{counts.graphs});
    json.member("documents", std::uint64_t{counts.documents});
    json.member("sentences", std::uint64_t{counts.sentences});
    json.member("nodes", std::uint64_t{counts.nodes});
    json.member("edges", std::uint64_t{counts.edges});
    json.member("evidence", std::uint64_t{counts.pieces});
    json.member("bytes", std::uint64_t{counts.bytes});
    json.member("ontology", std::string_view(ontology_of(store)));
    json.member("rules", std::string_view(store.settings().rules));
    json.member("index", std::string_view(index_state(store)));
    if (check_) {
      json.key("wrong");
      json.begin_array();
      for (const std::string& line : wrong) json.value(std::string_view(line));
      json.end_array();
    }
    if (sources_) {
      json.key("sources");
      json.begin_array();
      for (const store::Source& source : store.sources()) {
        json.begin_object();
        json.member("name", std::string_view(source.name));
        json.member("kind",
                    std::string_view(source.kind == store::SourceKind::graph ? "graph" : "text"));
        if (!source.date.empty()) json.member("date", std::string_view(source.date));
        if (!source.title.empty()) json.member("title", std::string_view(source.title));
        json.end_object();
      }
      json.end_array();
    }
    json.end_object();
  }

  std::string path_;
  bool sources_ = false;
  bool check_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_info() {
  return std::make_unique<InfoCommand>();
}

}  // namespace relata::cli
