#include "importers/text/reader/tree_decoder.h"

#include <algorithm>
#include <limits>

namespace relata::text {

namespace {

/// Scores that are not finite (only broken weights make them) as very bad or very good ones.
float tamed(float score) {
  constexpr float most = 1e30F;
  if (!(score > -most)) return -most;
  return score < most ? score : most;
}

/// Maximum arborescence by contraction of cycles, after R. E. Tarjan, "Finding optimum branchings",
/// Networks 7 (1977), the version for dense graphs. Nodes 0..n are words (0 the root), nodes beyond
/// stand for contracted cycles. Each node keeps one row: for every word as a head, the best score
/// of entering the node from it, relative to what the node would lose inside, and the word entered.
class Contraction final {
 public:
  Contraction(const float* scores, std::size_t n, std::size_t row_stride, double root_penalty)
      : words_(n + 1) {
    const std::size_t most = 2 * words_;
    owner_.resize(words_);
    nodes_.reserve(most);
    for (std::size_t d = 0; d < words_; ++d) {
      owner_[d] = d;
      Node node;
      node.gain.resize(words_);
      node.target.assign(words_, static_cast<std::uint32_t>(d));
      for (std::size_t h = 0; d > 0 && h < words_; ++h) {
        node.gain[h] =
            static_cast<double>(tamed(scores[d * row_stride + h])) - (h == 0 ? root_penalty : 0);
      }
      nodes_.push_back(std::move(node));
    }
  }

  std::vector<std::int32_t> solve() {
    nodes_[0].state = State::done;
    for (std::size_t word = 1; word < words_; ++word) {
      if (nodes_[owner_[word]].state == State::untouched) grow(owner_[word]);
    }
    // The last contracted node is opened first: the word at which it is entered keeps that arc, its
    // other members keep the arcs of the cycle.
    for (std::size_t i = nodes_.size(); i-- > words_;) {
      const Node& cycle = nodes_[i];
      std::size_t member = cycle.entered;
      while (nodes_[member].parent != i) member = nodes_[member].parent;
      nodes_[member].from = cycle.from;
      nodes_[member].entered = cycle.entered;
    }
    std::vector<std::int32_t> heads;
    for (std::size_t word = 1; word < words_; ++word) {
      heads.push_back(static_cast<std::int32_t>(nodes_[word].from));
    }
    return heads;
  }

 private:
  enum class State : std::uint8_t { untouched, on_path, done };
  struct Node {
    std::vector<double> gain;           // by head word
    std::vector<std::uint32_t> target;  // the word entered from that head
    std::size_t from = 0;               // chosen head word
    std::size_t entered = 0;            // chosen word of this node
    std::size_t parent = 0;             // the contracted node that it became part of
    State state = State::untouched;
  };

  /// Follows best heads from `node` until a finished node; contracts the cycles met on the way.
  void grow(std::size_t node) {
    std::vector<std::size_t> path;
    for (;;) {
      if (nodes_[node].state == State::untouched) {
        nodes_[node].state = State::on_path;
        path.push_back(node);
      }
      Node& current = nodes_[node];
      double best = -std::numeric_limits<double>::infinity();
      for (std::size_t h = 0; h < words_; ++h) {
        if (current.gain[h] > best && owner_[h] != node) {
          best = current.gain[h];
          current.from = h;
        }
      }
      current.entered = current.target[current.from];
      const std::size_t next = owner_[current.from];
      if (nodes_[next].state == State::done) break;
      node = nodes_[next].state == State::on_path ? contract(path, next) : next;
    }
    for (const std::size_t member : path) nodes_[member].state = State::done;
  }

  /// Makes one node of the end of the path from `first` on, and puts it there.
  std::size_t contract(std::vector<std::size_t>& path, std::size_t first) {
    const std::size_t id = nodes_.size();
    Node cycle;
    cycle.gain.assign(words_, -std::numeric_limits<double>::infinity());
    cycle.target.assign(words_, 0);
    cycle.state = State::on_path;
    std::size_t member = 0;
    do {
      member = path.back();
      path.pop_back();
      Node& node = nodes_[member];
      const double lost = node.gain[node.from];
      for (std::size_t h = 0; h < words_; ++h) {
        if (node.gain[h] - lost > cycle.gain[h]) {
          cycle.gain[h] = node.gain[h] - lost;
          cycle.target[h] = node.target[h];
        }
      }
      node.parent = id;
      node.gain = {};
      node.target = {};
      for (std::size_t& owner : owner_) {
        if (owner == member) owner = id;
      }
    } while (member != first);
    nodes_.push_back(std::move(cycle));
    path.push_back(id);
    return id;
  }

  std::size_t words_;
  std::vector<std::size_t> owner_;  // the outermost node that a word is part of
  std::vector<Node> nodes_;
};

std::size_t roots(const std::vector<std::int32_t>& heads) {
  return static_cast<std::size_t>(std::count(heads.begin(), heads.end(), 0));
}

/// Whether following heads leads every word to the root.
bool is_tree(const std::vector<std::int32_t>& heads) {
  std::vector<std::size_t> seen(heads.size(), 0);
  for (std::size_t start = 0; start < heads.size(); ++start) {
    std::size_t word = start;
    while (seen[word] == 0) {
      seen[word] = start + 1;
      if (heads[word] == 0) break;
      word = static_cast<std::size_t>(heads[word]) - 1;
      if (seen[word] == start + 1) return false;
    }
  }
  return true;
}

}  // namespace

std::vector<std::int32_t> maximum_spanning_tree(const float* scores, std::size_t n,
                                                std::size_t row_stride) {
  std::vector<std::int32_t> heads(n);
  float lowest = std::numeric_limits<float>::max();
  float highest = std::numeric_limits<float>::lowest();
  for (std::size_t d = 1; d <= n; ++d) {
    const float* row = scores + d * row_stride;
    std::size_t best = 0;
    for (std::size_t h = 0; h <= n; ++h) {
      if (h == d) continue;
      lowest = std::min(lowest, tamed(row[h]));
      highest = std::max(highest, tamed(row[h]));
      if (tamed(row[h]) > tamed(row[best])) best = h;
    }
    heads[d - 1] = static_cast<std::int32_t>(best);
  }
  if (roots(heads) == 1 && is_tree(heads)) return heads;
  heads = Contraction(scores, n, row_stride, 0).solve();
  if (roots(heads) == 1) return heads;
  const double penalty =
      (static_cast<double>(highest) - lowest + 1.0) * (static_cast<double>(n) + 1.0);
  return Contraction(scores, n, row_stride, penalty).solve();
}

}  // namespace relata::text
