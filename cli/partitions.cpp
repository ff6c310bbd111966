// `relata components` and `relata communities`: what hangs together at all, and what more with one
// another than with the rest.

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/edge_selection.h"
#include "cli/graph_options.h"
#include "cli/json_writer.h"
#include "graph/algorithms.h"
#include "graph/csr_view.h"

namespace relata::cli {

namespace {

/// The nodes of each part, most connected first.
std::vector<std::vector<NodeId>> members(const Graph& graph, const Partition& partition) {
  std::vector<std::vector<NodeId>> parts(partition.sizes.size());
  for (std::size_t i = 0; i < partition.of.size(); ++i) {
    parts[partition.of[i]].emplace_back(i);
  }
  for (std::vector<NodeId>& part : parts) {
    std::stable_sort(part.begin(), part.end(), [&](NodeId left, NodeId right) {
      return degree(graph, left) > degree(graph, right);
    });
  }
  return parts;
}

class PartitionCommand final : public Command {
 public:
  explicit PartitionCommand(bool communities) : communities_(communities) {}

  void declare(OptionSet& options) override {
    input_.declare(options);
    options.number("--limit", limit_, 1, 100000000, "The largest N only (all)")
        .number("--members", members_, 1, 100000000, "Name at most N nodes of each (10)")
        .number("--min-size", min_size_, 1, 100000000, "Only those of at least N nodes (1)");
    selection_.declare(options);
    options.flag("--json", json_, "Write JSON with all members");
  }

  int run(Console& console) const override {
    const Graph graph = input_.load(console);
    const auto keep = [&](EdgeId edge) { return selection_.passes(graph, edge); };
    const CsrView view(graph, CsrDirection::both, keep);
    std::vector<double> weights;
    if (communities_) weights = edge_weights(graph, view);
    const Partition partition = communities_ ? communities(view, weights) : weak_components(view);
    std::vector<std::vector<NodeId>> parts = members(graph, partition);
    std::erase_if(parts, [&](const auto& part) { return part.size() < min_size_; });
    const std::size_t all = parts.size();
    if (limit_ != 0 && parts.size() > limit_) parts.resize(limit_);
    if (json_) {
      write(graph, parts, console.out);
    } else {
      if (communities_ && all > 0) {
        console.out << fmt::format("{} communities, modularity {:.3f}\n", partition.sizes.size(),
                                   modularity(view, partition, weights));
      }
      print(graph, parts, all, console.out);
    }
    return all == 0 ? nothing_found : found;
  }

 private:
  static std::vector<double> edge_weights(const Graph& graph, const CsrView& view) {
    std::vector<double> weights(view.edge_count());
    for (std::uint32_t i = 0; i < view.edge_count(); ++i) {
      const Edge& edge = graph.edge(view.edge_id(i));
      weights[i] = static_cast<double>(edge.weight) * static_cast<double>(edge.confidence);
    }
    return weights;
  }

  void print(const Graph& graph, const std::vector<std::vector<NodeId>>& parts, std::size_t all,
             std::ostream& out) const {
    for (const std::vector<NodeId>& part : parts) {
      out << fmt::format("{:>8}  ", part.size());
      for (std::size_t i = 0; i < part.size() && i < members_; ++i) {
        out << (i == 0 ? "" : "; ") << printable(graph.name(part[i]));
      }
      if (part.size() > members_) out << fmt::format("; and {} more", part.size() - members_);
      out << '\n';
    }
    if (parts.size() < all) out << fmt::format("and {} more\n", all - parts.size());
  }

  static void write(const Graph& graph, const std::vector<std::vector<NodeId>>& parts,
                    std::ostream& out) {
    JsonWriter json(out);
    json.begin_array();
    for (const std::vector<NodeId>& part : parts) {
      json.begin_array();
      for (const NodeId node : part) write_node(json, graph, node);
      json.end_array();
    }
    json.end_array();
  }

  bool communities_;
  GraphOptions input_;
  EdgeSelection selection_;
  std::size_t limit_ = 0;
  std::size_t members_ = 10;
  std::size_t min_size_ = 1;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_components() {
  return std::make_unique<PartitionCommand>(false);
}
std::unique_ptr<Command> make_communities() {
  return std::make_unique<PartitionCommand>(true);
}

}  // namespace relata::cli
