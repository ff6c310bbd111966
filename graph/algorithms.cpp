#include "graph/algorithms.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "graph/csr_view.h"

namespace relata {

namespace {

double weight_of(std::span<const double> weights, std::uint32_t edge) {
  return weights.empty() ? 1 : weights[edge];
}

/// Gives parts their final numbers.
Partition number_parts(const std::vector<std::uint32_t>& label) {
  constexpr std::uint32_t none = ~std::uint32_t{0};
  struct Part {
    std::uint32_t size = 0;
    std::uint32_t first = none;
    std::uint32_t label = 0;
  };
  std::vector<Part> parts(label.size());
  for (std::uint32_t node = 0; node < label.size(); ++node) {
    Part& part = parts[label[node]];
    part.label = label[node];
    if (part.size++ == 0) part.first = node;
  }
  std::erase_if(parts, [](const Part& part) { return part.size == 0; });
  std::sort(parts.begin(), parts.end(), [](const Part& left, const Part& right) {
    return left.size != right.size ? left.size > right.size : left.first < right.first;
  });
  std::vector<std::uint32_t> number(label.size(), none);
  Partition partition;
  for (std::uint32_t i = 0; i < parts.size(); ++i) {
    number[parts[i].label] = i;
    partition.sizes.push_back(parts[i].size);
  }
  for (const std::uint32_t old : label) partition.of.push_back(number[old]);
  return partition;
}

}  // namespace

std::vector<double> betweenness(const CsrView& view, std::size_t samples) {
  const std::size_t nodes = view.node_count();
  std::vector<double> between(nodes, 0);
  const std::size_t sources = samples == 0 ? nodes : std::min(samples, nodes);
  std::vector<std::int32_t> level(nodes);
  std::vector<double> paths(nodes);
  std::vector<double> dependency(nodes);
  std::vector<std::uint32_t> order;
  for (std::size_t i = 0; i < sources; ++i) {
    const auto source = static_cast<std::uint32_t>(i * nodes / sources);
    std::fill(level.begin(), level.end(), -1);
    std::fill(paths.begin(), paths.end(), 0);
    std::fill(dependency.begin(), dependency.end(), 0);
    order.assign(1, source);
    level[source] = 0;
    paths[source] = 1;
    for (std::size_t head = 0; head < order.size(); ++head) {
      const std::uint32_t node = order[head];
      for (std::uint32_t edge = view.first_out(node); edge < view.last_out(node); ++edge) {
        const std::uint32_t next = view.target(edge);
        if (level[next] < 0) {
          level[next] = level[node] + 1;
          order.push_back(next);
        }
        if (level[next] == level[node] + 1) paths[next] += paths[node];
      }
    }
    for (std::size_t at = order.size(); at-- > 1;) {
      const std::uint32_t node = order[at];
      for (std::uint32_t slot = view.first_in(node); slot < view.last_in(node); ++slot) {
        const std::uint32_t before = view.source_of_in(slot);
        if (level[before] >= 0 && level[before] + 1 == level[node]) {
          dependency[before] += paths[before] / paths[node] * (1 + dependency[node]);
        }
      }
      between[node] += dependency[node];
    }
  }
  const double scale = sources == 0 ? 1 : static_cast<double>(nodes) / static_cast<double>(sources);
  for (double& value : between) value *= scale;
  return between;
}

Partition weak_components(const CsrView& view) {
  constexpr std::uint32_t none = ~std::uint32_t{0};
  std::vector<std::uint32_t> label(view.node_count(), none);
  std::vector<std::uint32_t> waiting;
  for (std::uint32_t start = 0; start < label.size(); ++start) {
    if (label[start] != none) continue;
    label[start] = start;
    waiting.assign(1, start);
    const auto reach = [&](std::uint32_t node) {
      if (label[node] != none) return;
      label[node] = start;
      waiting.push_back(node);
    };
    while (!waiting.empty()) {
      const std::uint32_t node = waiting.back();
      waiting.pop_back();
      for (std::uint32_t edge = view.first_out(node); edge < view.last_out(node); ++edge) {
        reach(view.target(edge));
      }
      for (std::uint32_t at = view.first_in(node); at < view.last_in(node); ++at) {
        reach(view.source_of_in(at));
      }
    }
  }
  return number_parts(label);
}

namespace {

/// An undirected weighted graph of one level: nodes are communities of the level below. `inner` is
/// twice the weight of the edges inside a node.
struct Level {
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> neighbour;
  std::vector<double> weight;
  std::vector<double> inner;
  double total = 0;  ///< twice the weight of all edges

  [[nodiscard]] std::size_t size() const { return inner.size(); }
};

Level first_level(const CsrView& view, std::span<const double> weights) {
  Level level;
  level.inner.assign(view.node_count(), 0);
  level.begin.push_back(0);
  for (std::uint32_t node = 0; node < view.node_count(); ++node) {
    for (std::uint32_t edge = view.first_out(node); edge < view.last_out(node); ++edge) {
      const double weight = weight_of(weights, edge);
      level.total += weight;
      if (view.target(edge) == node) {
        level.inner[node] += weight;
      } else {
        level.neighbour.push_back(view.target(edge));
        level.weight.push_back(weight);
      }
    }
    level.begin.push_back(static_cast<std::uint32_t>(level.neighbour.size()));
  }
  return level;
}

/// Moves nodes between communities while that raises modularity; true when any was moved for good.
bool move_nodes(const Level& level, double resolution, std::vector<std::uint32_t>& community) {
  const std::size_t nodes = level.size();
  std::vector<double> degree(nodes);
  for (std::size_t node = 0; node < nodes; ++node) {
    degree[node] = level.inner[node];
    for (std::uint32_t i = level.begin[node]; i < level.begin[node + 1]; ++i) {
      degree[node] += level.weight[i];
    }
  }
  std::vector<double> volume = degree;  // of each community
  std::vector<double> links(nodes, 0);  // weight from the node at hand to each community
  std::vector<std::uint32_t> near;
  bool any = false;
  // Each pass raises modularity or is the last; the bound only guards against rounding.
  for (int pass = 0; pass < 1000; ++pass) {
    std::size_t moved = 0;
    for (std::uint32_t node = 0; node < nodes; ++node) {
      const std::uint32_t home = community[node];
      near.assign(1, home);
      links[home] = 0;
      for (std::uint32_t i = level.begin[node]; i < level.begin[node + 1]; ++i) {
        const std::uint32_t there = community[level.neighbour[i]];
        if (links[there] == 0 && there != home) near.push_back(there);
        links[there] += level.weight[i];
      }
      volume[home] -= degree[node];
      const auto gain = [&](std::uint32_t there) {
        return links[there] - resolution * degree[node] * volume[there] / level.total;
      };
      std::uint32_t best = home;
      double best_gain = gain(home);
      for (const std::uint32_t there : near) {
        const double here = gain(there);
        const double margin = 1e-12 * level.total;
        if (here > best_gain + margin ||
            (here > best_gain - margin && best != home && there < best)) {
          best = there;
          best_gain = here;
        }
      }
      volume[best] += degree[node];
      for (const std::uint32_t there : near) links[there] = 0;
      if (best == home) continue;
      community[node] = best;
      ++moved;
    }
    if (moved == 0) break;
    any = true;
  }
  return any;
}

/// The graph whose nodes are the communities; `community` is renumbered from 0 on the way.
Level collapse(const Level& level, std::vector<std::uint32_t>& community) {
  community = number_parts(community).of;
  const std::size_t count =
      community.empty() ? 0 : 1 + *std::max_element(community.begin(), community.end());
  std::vector<std::vector<std::uint32_t>> members(count);
  for (std::uint32_t node = 0; node < community.size(); ++node) {
    members[community[node]].push_back(node);
  }
  Level above;
  above.total = level.total;
  above.inner.assign(count, 0);
  above.begin.push_back(0);
  std::vector<double> links(count, 0);
  std::vector<std::uint32_t> near;
  for (std::uint32_t part = 0; part < count; ++part) {
    near.clear();
    for (const std::uint32_t node : members[part]) {
      above.inner[part] += level.inner[node];
      for (std::uint32_t i = level.begin[node]; i < level.begin[node + 1]; ++i) {
        const std::uint32_t there = community[level.neighbour[i]];
        if (there == part) {
          above.inner[part] += level.weight[i];
          continue;
        }
        if (links[there] == 0) near.push_back(there);
        links[there] += level.weight[i];
      }
    }
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    for (const std::uint32_t there : near) {
      above.neighbour.push_back(there);
      above.weight.push_back(links[there]);
      links[there] = 0;
    }
    above.begin.push_back(static_cast<std::uint32_t>(above.neighbour.size()));
  }
  return above;
}

}  // namespace

Partition communities(const CsrView& view, std::span<const double> weights, double resolution) {
  std::vector<std::uint32_t> of(view.node_count());
  std::iota(of.begin(), of.end(), 0U);
  Level level = first_level(view, weights);
  if (level.total <= 0) return number_parts(of);
  while (true) {
    std::vector<std::uint32_t> community(level.size());
    std::iota(community.begin(), community.end(), 0U);
    if (!move_nodes(level, resolution, community)) break;
    level = collapse(level, community);
    for (std::uint32_t& part : of) part = community[part];
  }
  return number_parts(of);
}

double modularity(const CsrView& view, const Partition& partition, std::span<const double> weights,
                  double resolution) {
  std::vector<double> volume(partition.sizes.size(), 0);
  double inside = 0;
  double total = 0;
  for (std::uint32_t node = 0; node < view.node_count(); ++node) {
    for (std::uint32_t edge = view.first_out(node); edge < view.last_out(node); ++edge) {
      const double weight = weight_of(weights, edge);
      total += weight;
      volume[partition.of[node]] += weight;
      if (partition.of[node] == partition.of[view.target(edge)]) inside += weight;
    }
  }
  if (total <= 0) return 0;
  double expected = 0;
  for (const double part : volume) expected += part / total * (part / total);
  return inside / total - resolution * expected;
}

}  // namespace relata
