// `relata merge`: several stores and graphs as one store.

#include <algorithm>
#include <map>
#include <ostream>
#include <thread>

#include <fmt/format.h>

#include "cli/case_files.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/load.h"
#include "store/case.h"
#include "store/schema.h"

namespace relata::cli {

namespace {

class MergeCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    options
        .arguments("STORE", inputs_,
                   "Stores; graphs of any format that relata reads count as one source each")
        .text("-o,--output", output_, "FILE", "The store to make", true)
        .flag("--overwrite", overwrite_, "Replace the output file when it is there");
  }

  int run(Console& console) const override {
    if (!is_store_name(output_)) {
      throw CommandError(failed,
                         fmt::format("the name {} is not that of a store", printable(output_)),
                         "end it in .kg");
    }
    std::vector<store::Store> stores;
    std::vector<std::string> graphs;
    for (const std::string& path : inputs_) {
      if (path != "-" && store::is_store(open_input(path, console.in).head)) {
        stores.push_back(store::open_case(path, store::Database::Mode::read));
      } else {
        graphs.push_back(path);
      }
    }
    NewStore made(output_, overwrite_, settings_of(stores));
    for (store::Store& from : stores) {
      from.hold();
      copy(from, made.store());
      from.release();
    }
    for (const std::string& path : graphs) {
      const Graph graph = load_graph(path, "", made.store().ontology(), console);
      put_graph(path, graph, path, made.store());
    }
    store::join_texts(made.store(), std::max(1U, std::thread::hardware_concurrency()));
    made.commit();
    return found;
  }

 private:
  /// All stores have to agree in these: texts were read, and are joined, by them.
  store::Store::Settings settings_of(const std::vector<store::Store>& stores) const {
    if (stores.empty()) return {std::string(Ontology::built_in_text()), ""};
    store::Store::Settings first = stores.front().settings();
    for (const store::Store& other : stores) {
      const store::Store::Settings own = other.settings();
      if (own.rules != first.rules || own.ontology != first.ontology) {
        throw CommandError(
            failed,
            fmt::format("{} and {} were made with different {}", stores.front().name(),
                        other.name(), own.rules != first.rules ? "curator's rules" : "ontologies"),
            "build one of them anew with those of the other");
      }
    }
    return first;
  }

  /// True when the source is new to the store.
  static bool is_new(const store::Store& made, const std::string& name, const std::string& hash,
                     const std::string& where) {
    const auto known = made.find(name);
    if (!known) return true;
    if (known->hash == hash) return false;
    throw CommandError(failed,
                       fmt::format("{} holds {} with other content than a store before it", where,
                                   printable(name)),
                       "relata remove takes one of the two out of its store");
  }

  static void copy(const store::Store& from, store::Store& made) {
    for (const store::Source& source : from.sources()) {
      if (source.kind == store::SourceKind::graph) {
        put_graph(source.name, from.graph_of(source), from.name(), made);
      } else if (is_new(made, source.name, source.hash, from.name())) {
        made.add(source, from.content(source.id));
      }
    }
  }

  static void put_graph(const std::string& name, const Graph& graph, const std::string& where,
                        store::Store& made) {
    store::Source source;
    source.name = name;
    source.kind = store::SourceKind::graph;
    source.hash = store::content_hash(graph);
    if (is_new(made, name, source.hash, where)) made.set_graph(made.add(source, {}), graph, 1);
  }

  std::vector<std::string> inputs_;
  std::string output_;
  bool overwrite_ = false;
};

}  // namespace

std::unique_ptr<Command> make_merge() {
  return std::make_unique<MergeCommand>();
}

}  // namespace relata::cli
