#pragma once
// How graph/name_index.h finds misspelt names, of use to nobody else: the distance to one name by
// machine words, and a walk over sorted names that keeps only what can still be near. One thread.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/fold.h"
#include "graph/name_index.h"

namespace relata {

/// Distances to one name (optimal string alignment). Up to 64 bytes by bit vectors, a step a letter
/// (Hyyro 2003); longer names by edit_distance(). O(letters).
class DistanceTo final {
 public:
  DistanceTo(std::string_view wanted, std::size_t bound) : wanted_(wanted), bound_(bound) {
    if (wanted.size() > 64) return;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      places_[static_cast<unsigned char>(wanted[i])] |= std::uint64_t{1} << i;
    }
  }

  /// The distance, or anything greater than the bound.
  [[nodiscard]] std::size_t operator()(std::string_view name) const {
    const std::size_t longer = std::max(name.size(), wanted_.size());
    const std::size_t shorter = std::min(name.size(), wanted_.size());
    if (longer - shorter > bound_) return bound_ + 1;
    if (wanted_.size() > 64) return edit_distance(name, wanted_, bound_);
    std::uint64_t up = ~std::uint64_t{0};  // vertical differences of +1
    std::uint64_t down = 0;                // of -1
    std::uint64_t diagonal = 0;
    std::uint64_t before = 0;
    std::size_t distance = wanted_.size();
    const std::uint64_t last = std::uint64_t{1} << (wanted_.size() - 1);
    for (const char c : name) {
      const std::uint64_t here = places_[static_cast<unsigned char>(c)];
      const std::uint64_t swapped = (((~diagonal) & here) << 1U) & before;
      diagonal = (((here & up) + up) ^ up) | here | down | swapped;
      std::uint64_t right = down | ~(diagonal | up);
      std::uint64_t left = diagonal & up;
      if ((right & last) != 0) ++distance;
      if ((left & last) != 0) --distance;
      right = (right << 1U) | 1U;
      left <<= 1U;
      up = left | ~(diagonal | right);
      down = right & diagonal;
      before = here;
    }
    return distance;
  }

 private:
  std::string_view wanted_;
  std::size_t bound_;
  std::array<std::uint64_t, 256> places_{};
};

/// Names that may be within `bound` letters of `wanted`. A name within the bound is cut by its
/// alignment where `wanted` is cut; its two parts then differ by at most `bound` letters together,
/// so the first by at most half of them or the last by at most what is left of one less. A walk
/// from each end looks for one of the two. A swap over the cut costs nothing before it.
class NameWalk final {
 public:
  static constexpr std::size_t longest = 120;  ///< bytes of a name that the rows hold

  NameWalk(const NameIndex& names, std::string_view wanted, std::size_t bound)
      : names_(names), wanted_(wanted), bound_(bound) {}

  /// Calls `take` with entries, some of them twice and some of them too far.
  template <class Take>
  void run(Take take) {
    const std::size_t ahead = telling_letters(false);
    const std::size_t behind = telling_letters(true);
    const std::size_t letters = wanted_.size();
    std::size_t cut = ahead + behind == 0 ? letters / 2 : letters * ahead / (ahead + behind);
    cut = letters < 2 ? letters : std::clamp<std::size_t>(cut, 1, letters - 1);
    const std::size_t first = bound_ / 2;
    walk(false, cut, first, take);
    if (bound_ > first) walk(true, letters - cut, bound_ - first - 1, take);
  }

 private:
  static constexpr std::uint32_t few = 16;  ///< names that are looked at one by one
  static constexpr std::uint8_t far = 200;
  using Row = std::array<std::uint8_t, longest + 1>;

  [[nodiscard]] std::uint32_t entry_at(bool backwards, std::uint32_t place) const {
    return backwards ? names_.backwards_[place] : place;
  }
  [[nodiscard]] std::string_view name_at(bool backwards, std::uint32_t place) const {
    return names_.folded(names_.entries_[entry_at(backwards, place)]);
  }
  /// The letter `depth` of a name in the walk's direction; -1 behind its end.
  [[nodiscard]] int letter(bool backwards, std::uint32_t place, std::size_t depth) const {
    const std::string_view name = name_at(backwards, place);
    if (depth >= name.size()) return -1;
    return static_cast<unsigned char>(backwards ? name[name.size() - 1 - depth] : name[depth]);
  }
  [[nodiscard]] char wanted(bool backwards, std::size_t i) const {
    return backwards ? wanted_[wanted_.size() - 1 - i] : wanted_[i];
  }

  /// The end of the names in [from, to) that have the letter `c` at `depth`, as the first has.
  [[nodiscard]] std::uint32_t end_of(bool backwards, std::uint32_t from, std::uint32_t to,
                                     std::size_t depth, int c) const {
    std::uint32_t step = 1;
    std::uint32_t low = from;
    while (low + step < to && letter(backwards, low + step, depth) == c) {
      low += step;
      step *= 2;
    }
    std::uint32_t high = std::min(to, low + step);
    while (low + 1 < high) {
      const std::uint32_t middle = low + (high - low) / 2;
      (letter(backwards, middle, depth) == c ? low : high) = middle;
    }
    return high;
  }

  /// The first of the names in [from, to) whose letter at `depth` is at least `c`.
  [[nodiscard]] std::uint32_t begin_of(bool backwards, std::uint32_t from, std::uint32_t to,
                                       std::size_t depth, int c) const {
    while (from < to) {
      const std::uint32_t middle = from + (to - from) / 2;
      if (letter(backwards, middle, depth) < c) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /// How many letters of `wanted` it takes until few names begin so.
  [[nodiscard]] std::size_t telling_letters(bool backwards) const {
    std::uint32_t from = 0;
    auto to = static_cast<std::uint32_t>(names_.entries_.size());
    std::size_t depth = 0;
    for (; depth < wanted_.size() && to - from > few; ++depth) {
      const int c = static_cast<unsigned char>(wanted(backwards, depth));
      from = begin_of(backwards, from, to, depth, c);
      to = begin_of(backwards, from, to, depth, c + 1);
    }
    return depth;
  }

  template <class Take>
  void walk(bool backwards, std::size_t cut, std::size_t before_cut, Take& take) {
    rows_.resize(wanted_.size() + bound_ + 2);
    Row& first = rows_[0];
    for (std::size_t j = 0; j <= wanted_.size(); ++j) {
      first[j] = static_cast<std::uint8_t>(j <= (j <= cut ? before_cut : bound_) ? j : far);
    }
    // What lies behind the cut is reached through it.
    if (cut > before_cut)
      std::fill(first.begin() + static_cast<std::ptrdiff_t>(cut), first.end(), far);
    visit(backwards, cut, before_cut, 0, static_cast<std::uint32_t>(names_.entries_.size()), 0, -1,
          take);
  }

  /// The names in [from, to), which agree in their first `depth` letters, the last of them `last`.
  template <class Take>
  void visit(bool backwards, std::size_t cut, std::size_t before_cut, std::uint32_t from,
             std::uint32_t to, std::size_t depth, int last, Take& take) {
    if (to - from <= few) {
      for (; from < to; ++from) take(entry_at(backwards, from));
      return;
    }
    // Names that end here stand first.
    while (from < to && letter(backwards, from, depth) < 0) take(entry_at(backwards, from++));
    if (!spare(depth, cut, before_cut))
      return visit_exact(backwards, cut, before_cut, from, to, depth, last, take);
    visit_all(backwards, cut, before_cut, from, to, depth, last, take);
  }

  /// By every letter that follows.
  template <class Take>
  void visit_all(bool backwards, std::size_t cut, std::size_t before_cut, std::uint32_t from,
                 std::uint32_t to, std::size_t depth, int last, Take& take) {
    while (from < to) {
      const int c = letter(backwards, from, depth);
      const std::uint32_t end = end_of(backwards, from, to, depth, c);
      if (advance(backwards, cut, before_cut, depth, c, last)) {
        visit(backwards, cut, before_cut, from, end, depth + 1, c, take);
      }
      from = end;
    }
  }

  /// No letter may differ any more: only those that `wanted` has at the row's places are of use.
  template <class Take>
  void visit_exact(bool backwards, std::size_t cut, std::size_t before_cut, std::uint32_t from,
                   std::uint32_t to, std::size_t depth, int last, Take& take) {
    std::array<int, 12> letters{};
    std::size_t count = 0;
    const Row& row = rows_[depth];
    const auto use = [&](std::size_t i) {
      const int c = static_cast<unsigned char>(wanted(backwards, i));
      std::size_t place = 0;
      while (place < count && letters[place] < c) ++place;
      if (place < count && letters[place] == c) return;
      for (std::size_t j = count++; j > place; --j) letters[j] = letters[j - 1];
      letters[place] = c;
    };
    const std::size_t begin = depth > bound_ ? depth - bound_ : 0;
    for (std::size_t j = begin; j < wanted_.size() && j <= depth + bound_; ++j) {
      // A letter on the row's place, or the second one of a swap that began a row above.
      if (row[j] != far || (depth > 0 && j > 0 && rows_[depth - 1][j - 1] != far)) {
        use(j);
        if (j > 0) use(j - 1);
      }
      if (j == cut && j > 0 && row[j - 1] != far) use(j);  // a swap over the cut begins so
      if (count + 3 > letters.size()) break;
    }
    if (count + 3 > letters.size())
      return visit_all(backwards, cut, before_cut, from, to, depth, last, take);
    for (std::size_t i = 0; i < count; ++i) {
      from = begin_of(backwards, from, to, depth, letters[i]);
      const std::uint32_t end = begin_of(backwards, from, to, depth, letters[i] + 1);
      if (from == end || !advance(backwards, cut, before_cut, depth, letters[i], last)) continue;
      visit(backwards, cut, before_cut, from, end, depth + 1, letters[i], take);
    }
  }

  /// True when some place of the row leaves room for one more difference.
  [[nodiscard]] bool spare(std::size_t depth, std::size_t cut, std::size_t before_cut) const {
    const Row& row = rows_[depth];
    const std::size_t end = std::min(wanted_.size(), depth + bound_);
    for (std::size_t j = depth > bound_ ? depth - bound_ : 0; j <= end; ++j) {
      if (row[j] < (j < cut ? before_cut : bound_)) return true;
    }
    return false;
  }

  /// The row below `depth` for the letter `c`; false when nothing in it is near. The cut is reached
  /// with at most `before_cut` differences; letters put in at the cut itself count behind it.
  bool advance(bool backwards, std::size_t cut, std::size_t before_cut, std::size_t depth, int c,
               int last) {
    const Row& above = rows_[depth];
    Row& row = rows_[depth + 1];
    const std::size_t begin = depth + 1 > bound_ ? depth + 1 - bound_ : 0;
    const std::size_t end = std::min(wanted_.size(), depth + 1 + bound_);
    // Only this band of the row is looked at, and one place on either side of it.
    std::fill(row.begin() + static_cast<std::ptrdiff_t>(begin > 0 ? begin - 1 : 0),
              row.begin() + static_cast<std::ptrdiff_t>(std::min(end + 1, longest) + 1), far);
    const auto is = [&](std::size_t i, int other) {
      return static_cast<unsigned char>(wanted(backwards, i)) == other;
    };
    // The first letter of a swap over the cut: what comes of it shows a row below.
    bool any = cut > 0 && cut < wanted_.size() && cut <= depth + bound_ + 1 &&
               cut + bound_ > depth && above[cut - 1] < bound_ && is(cut, c);
    for (std::size_t j = begin; j <= end; ++j) {
      const std::size_t put_in = above[j] + std::size_t{1};
      std::size_t best = far;
      if (j > 0) {
        best = std::min(best, std::size_t{row[j - 1]} + 1);
        best = std::min(best, std::size_t{above[j - 1]} + (is(j - 1, c) ? 0 : 1));
        if (depth > 0 && j > 1 && is(j - 2, c) && is(j - 1, last)) {
          best = std::min(best, std::size_t{rows_[depth - 1][j - 2]} + 1);
        }
      }
      if (best > (j <= cut ? before_cut : bound_)) best = far;
      if (put_in <= (j < cut ? before_cut : bound_)) best = std::min(best, put_in);
      if (best == far) continue;
      row[j] = static_cast<std::uint8_t>(best);
      any = true;
    }
    return any;
  }

  const NameIndex& names_;
  std::string_view wanted_;
  std::size_t bound_;
  std::vector<Row> rows_;
};

}  // namespace relata
