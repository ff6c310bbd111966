// `relata find`: nodes by part of a name, sentences by their words.

#include <algorithm>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/graph_options.h"
#include "cli/json_writer.h"
#include "cli/narrate.h"
#include "graph/fold.h"

namespace relata::cli {

namespace {

class FindCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    input_.declare(options);
    options.argument("TEXT", text_, "Words of a name or of a sentence, or the beginning of a name")
        .number("--limit", limit_, 1, 1000000, "At most N nodes and N sentences (20)")
        .flag("--json", json_, "Write JSON");
  }

  int run(Console& console) const override {
    const Graph graph = input_.load(console);
    const NameIndex names(graph);
    const std::vector<NameHit> nodes = find_nodes(names);
    const std::vector<SentenceId> sentences = find_sentences(graph);
    if (json_) {
      write_json(graph, nodes, sentences, console.out);
    } else if (!nodes.empty() || !sentences.empty()) {
      print(graph, nodes, sentences, console);
    } else {
      throw CommandError(nothing_found, fmt::format("nothing holds \"{}\"", printable(text_)));
    }
    return nodes.empty() && sentences.empty() ? nothing_found : found;
  }

 private:
  [[nodiscard]] std::vector<NameHit> find_nodes(const NameIndex& names) const {
    std::vector<NameHit> hits = names.exact(text_);
    std::set<NodeId> known;
    for (const NameHit& hit : hits) known.insert(hit.node);
    const auto add = [&](const std::vector<NameHit>& more) {
      for (const NameHit& hit : more) {
        if (known.insert(hit.node).second) hits.push_back(hit);
      }
    };
    add(names.containing(text_, limit_));
    add(names.with_prefix(text_, limit_));
    if (hits.empty()) add(names.similar(text_, limit_));
    if (hits.size() > limit_) hits.resize(limit_);
    return hits;
  }

  [[nodiscard]] std::vector<SentenceId> find_sentences(const Graph& graph) const {
    NameFolder folder;
    const std::string wanted = " " + folder.fold(text_) + " ";
    std::vector<SentenceId> found;
    if (wanted.size() == 2) return found;
    for (std::size_t i = 0; i < graph.sentences().size() && found.size() < limit_; ++i) {
      const std::string text = " " + folder.fold(graph.text(graph.sentences()[i].text)) + " ";
      if (text.find(wanted) != std::string::npos) found.emplace_back(i);
    }
    return found;
  }

  static void print(const Graph& graph, const std::vector<NameHit>& nodes,
                    const std::vector<SentenceId>& sentences, Console& console) {
    const Style style(console.colour);
    for (const NameHit& hit : nodes) {
      console.out << describe_node(graph, hit.node);
      if (hit.match == NameMatch::misspelt) console.out << style.faint("  near the name given");
      console.out << '\n';
    }
    if (!nodes.empty() && !sentences.empty()) console.out << '\n';
    for (const SentenceId id : sentences) {
      const SourceSentence& sentence = graph.sentence(id);
      console.out << fmt::format("{}, byte {}: {}\n",
                                 printable(graph.text(graph.document(sentence.document).name)),
                                 sentence.span.begin, printable(graph.text(sentence.text)));
    }
  }

  static void write_json(const Graph& graph, const std::vector<NameHit>& nodes,
                         const std::vector<SentenceId>& sentences, std::ostream& out) {
    JsonWriter json(out);
    json.begin_object();
    json.key("nodes");
    json.begin_array();
    for (const NameHit& hit : nodes) write_node(json, graph, hit.node);
    json.end_array();
    json.key("sentences");
    json.begin_array();
    for (const SentenceId id : sentences) {
      const SourceSentence& sentence = graph.sentence(id);
      json.begin_object();
      json.member("document", graph.text(graph.document(sentence.document).name));
      json.member("begin", std::uint64_t{sentence.span.begin});
      json.member("end", std::uint64_t{sentence.span.end});
      json.member("text", graph.text(sentence.text));
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }

  GraphOptions input_;
  std::string text_;
  std::size_t limit_ = 20;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_find() {
  return std::make_unique<FindCommand>();
}

}  // namespace relata::cli
