#pragma once
// Exact maximum spanning trees over the words of a sentence, with a single root. The usual case, in
// which every word's best head already makes such a tree, takes one pass over the scores; otherwise
// Chu-Liu/Edmonds in Tarjan's O(n^2) form for dense graphs. No state; usable from any thread.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace relata::text {

/// Heads of the best tree. `scores[d * row_stride + h]` is the score of head h for dependent d,
/// both in 0..n, where 0 is the root and words count from 1; row 0 and the diagonal are not read.
/// `n` >= 1; scores that are not finite count as +-1e30. Returns n heads, 0 for the one word under
/// the root. Of equally good heads the lowest wins. Time and memory O(n^2).
///
/// Several roots are avoided by a penalty on all arcs from the root that outweighs any other gain,
/// so that the best tree has one (Stanojević and Cohen 2021 discuss why removing arcs one by one is
/// not needed).
std::vector<std::int32_t> maximum_spanning_tree(const float* scores, std::size_t n,
                                                std::size_t row_stride);

}  // namespace relata::text
