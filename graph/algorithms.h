#pragma once
// Who matters in a graph and what hangs together: ranks, components, communities. All results are
// arrays with one value a node, and the same for the same view: nodes are visited in their order,
// ties go to the smaller number, no chance is involved. Functions hold no state; thread-safe.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace relata {

class CsrView;

struct PageRankOptions {
  double damping = 0.85;
  double tolerance = 1e-8;  ///< stops when the ranks' absolute changes sum up to less
  std::size_t max_rounds = 500;
  unsigned threads = 1;  ///< the result has the same bits for any number
};

/// PageRank (Brin and Page 1998) by Gauss-Seidel sweeps (Gleich, Gray, Greif and Lau 2010 compare
/// the ways): how often a reader who follows edges at random comes by. Sums up to 1. `weights`: one
/// a view's edge, empty for all alike; a node passes its rank on in proportion. O(edges) a round,
/// 24 bytes a node.
std::vector<double> page_rank(const CsrView& view, std::span<const double> weights = {},
                              const PageRankOptions& options = {});

/// Betweenness (Brandes 2001): on how many shortest paths of other nodes, counted by steps, a node
/// lies; along edges as the view has them. `samples`: from how many nodes, evenly spread over all
/// and scaled up, 0 for all of them (exact). O(samples * edges).
std::vector<double> betweenness(const CsrView& view, std::size_t samples = 0);

/// A partition of the nodes: `of[node]` is the number of its part, parts are numbered by size,
/// largest first, then by their smallest node.
struct Partition {
  std::vector<std::uint32_t> of;
  std::vector<std::uint32_t> sizes;
};

/// Nodes that any way joins, whichever direction its edges have. O(nodes + edges).
Partition weak_components(const CsrView& view);

/// Communities by the Louvain method (Blondel, Guillaume, Lambiotte and Lefebvre 2008), which
/// raises modularity by moving nodes, then whole communities. REQUIRES: the view has each edge in
/// both directions. `weights` as above, alike for both directions of an edge. `resolution`: more
/// than 1 gives more and smaller ones (Reichardt and Bornholdt 2006).
Partition communities(const CsrView& view, std::span<const double> weights = {},
                      double resolution = 1);

/// The modularity of a partition, -0.5 to 1. REQUIRES: as for communities().
double modularity(const CsrView& view, const Partition& partition,
                  std::span<const double> weights = {}, double resolution = 1);

}  // namespace relata
