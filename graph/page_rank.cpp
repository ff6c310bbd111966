// PageRank on several threads, with the same bits for any number of them.

#include <algorithm>
#include <barrier>
#include <cmath>
#include <cstdint>
#include <span>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "graph/algorithms.h"
#include "graph/csr_view.h"

namespace relata {

namespace {

/// Nodes of a stretch. What they get from each other is summed up on one thread, so stretches are
/// short beside a large graph, and long beside the time that threads take to meet.
constexpr std::uint32_t stretch_nodes = 16384;
/// Below that many edges of a stretch, other threads would come too late to help.
constexpr std::uint32_t edges_worth_threads = 20000;

/// Gauss-Seidel sweeps, stretch by stretch: what the nodes of a stretch get from nodes of other
/// stretches, whose ranks stand, is summed up on all threads; what they get from each other on one,
/// in the order of the sweep. Which thread sums up what changes no sum.
class Sweeps final {
 public:
  Sweeps(const CsrView& view, std::span<const double> weights, const PageRankOptions& options)
      : view_(view),
        weights_(weights),
        damping_(options.damping),
        nodes_(static_cast<std::uint32_t>(view.node_count())),
        threads_(std::max(1U, options.threads)),
        meet_(threads_),
        rank_(nodes_, 1),
        share_(nodes_),
        far_(stretch_nodes),
        near_(stretch_nodes) {
    for (std::uint32_t node = 0; node < nodes_; ++node) {
      double sum = 0;
      for (std::uint32_t edge = view.first_out(node); edge < view.last_out(node); ++edge) {
        sum += weights.empty() ? 1 : weights[edge];
      }
      share_[node] = sum > 0 ? 1 / sum : 0;
    }
    passed_ = share_;
    start();
  }

  ~Sweeps() {
    over_ = true;
    if (threads_ > 1) meet_.arrive_and_wait();
  }

  Sweeps(const Sweeps&) = delete;
  Sweeps& operator=(const Sweeps&) = delete;

  /// One sweep; returns the sum of the ranks' absolute changes.
  double sweep(bool down) {
    change_ = total_ = 0;
    const std::uint32_t stretches = (nodes_ + stretch_nodes - 1) / stretch_nodes;
    for (std::uint32_t i = 0; i < stretches; ++i) {
      const std::uint32_t at = down ? stretches - 1 - i : i;
      first_ = at * stretch_nodes;
      last_ = std::min(nodes_, first_ + stretch_nodes);
      sum_up_far();
      settle(down);
    }
    return change_;
  }
  [[nodiscard]] double total() const { return total_; }

  [[nodiscard]] std::vector<double> take() {
    for (double& value : rank_) value /= total_;
    return std::move(rank_);
  }

 private:
  struct Range {
    std::uint32_t begin;
    std::uint32_t end;
  };

  /// Where the system gives fewer threads, those work.
  void start() {
    const unsigned wished = threads_;
    try {
      workers_.reserve(wished);
      for (unsigned thread = 1; thread < wished; ++thread) {
        workers_.emplace_back([this, thread] { work(thread); });
      }
    } catch (const std::system_error&) {
      threads_ = static_cast<unsigned>(workers_.size()) + 1;
      for (unsigned missing = threads_; missing < wished; ++missing) meet_.arrive_and_drop();
    }
  }

  void work(unsigned thread) {
    while (true) {
      meet_.arrive_and_wait();
      if (over_) return;
      sum_up_far(thread, threads_);
      meet_.arrive_and_wait();
    }
  }

  void sum_up_far() {
    const std::uint32_t edges = view_.last_in(last_ - 1) - view_.first_in(first_);
    if (threads_ == 1 || edges < edges_worth_threads) return sum_up_far(0, 1);
    meet_.arrive_and_wait();
    sum_up_far(0, threads_);
    meet_.arrive_and_wait();
  }

  /// The part of the stretch that one of several threads does: about as many edges as the others.
  void sum_up_far(unsigned thread, unsigned threads) {
    const std::uint32_t begin = view_.first_in(first_);
    const std::uint64_t edges = view_.last_in(last_ - 1) - begin;
    const auto bound = [&](unsigned part) {
      if (part == threads) return last_;
      const auto edge = begin + static_cast<std::uint32_t>(edges * part / threads);
      std::uint32_t low = first_;
      std::uint32_t high = last_;
      while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (view_.first_in(middle) < edge) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    };
    const std::uint32_t end = bound(thread + 1);
    for (std::uint32_t node = bound(thread); node < end; ++node) {
      // Sources stand in their order, so those of the stretch stand together.
      const std::uint32_t last = view_.last_in(node);
      std::uint32_t at = view_.first_in(node);
      double sum = 0;
      for (; at < last && view_.source_of_in(at) < first_; ++at) sum += what_comes(at);
      Range& near = near_[node - first_];
      near.begin = at;
      while (at < last && view_.source_of_in(at) < last_) ++at;
      near.end = at;
      for (; at < last; ++at) sum += what_comes(at);
      far_[node - first_] = sum;
    }
  }

  void settle(bool down) {
    for (std::uint32_t i = 0; i < last_ - first_; ++i) {
      const std::uint32_t node = down ? last_ - 1 - i : first_ + i;
      double sum = far_[node - first_];
      const Range near = near_[node - first_];
      for (std::uint32_t at = near.begin; at < near.end; ++at) sum += what_comes(at);
      const double next = 1 + damping_ * sum;
      change_ += std::fabs(next - rank_[node]);
      total_ += next;
      rank_[node] = next;
      passed_[node] = next * share_[node];
    }
  }

  [[nodiscard]] double what_comes(std::uint32_t at) const {
    const double all = passed_[view_.source_of_in(at)];
    return weights_.empty() ? all : all * weights_[view_.edge_of_in(at)];
  }

  const CsrView& view_;
  std::span<const double> weights_;
  double damping_;
  std::uint32_t nodes_;
  unsigned threads_;
  std::barrier<> meet_;
  std::vector<double> rank_;
  std::vector<double> share_;   // 1 / weight of all edges that leave the node
  std::vector<double> passed_;  // rank * share
  std::vector<double> far_;     // of the stretch's nodes
  std::vector<Range> near_;
  std::uint32_t first_ = 0;  // the stretch
  std::uint32_t last_ = 0;
  double change_ = 0;
  double total_ = 0;
  bool over_ = false;
  std::vector<std::jthread> workers_;
};

}  // namespace

// What sits in nodes without a way out goes to all nodes alike, as the reader's jumps do: so it
// only scales the solution of rank = 1 + damping * what comes in. Sweeps go down and up in turn: a
// graph whose edges lead from later nodes to earlier ones, or the other way, is done in two.
std::vector<double> page_rank(const CsrView& view, std::span<const double> weights,
                              const PageRankOptions& options) {
  if (view.node_count() == 0) return {};
  Sweeps sweeps(view, weights, options);
  for (std::size_t round = 0; round < options.max_rounds; ++round) {
    const double change = sweeps.sweep(round % 2 == 0);
    if (change < options.tolerance * sweeps.total()) break;
  }
  return sweeps.take();
}

}  // namespace relata
