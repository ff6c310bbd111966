#pragma once
// Finds nodes by name: any name or alias without case, diacritics and punctuation, words of a name,
// beginnings, and misspellings. Built once over a graph, which must outlive it, or read in place
// where the graph's image holds it (graph/graph_image.h); reading is
// thread-safe but for the folder (one index a thread, or a lock). Memory: about 12 bytes and the
// folded text for each name, 4 bytes for each of its trigrams once a misspelling is looked up.
// Exact look-up is a binary search.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/fold.h"
#include "graph/graph.h"
#include "graph/graph_image.h"

namespace relata {

/// How a query found a node, best first.
enum class NameMatch : std::uint8_t {
  key,       ///< the node's key
  name,      ///< its name
  alias,     ///< one of its other names
  words,     ///< whole words of one of its names
  prefix,    ///< one of its names begins so
  misspelt,  ///< one of its names, but for a few letters
};

struct NameHit {
  NodeId node;
  NameMatch match = NameMatch::name;
  std::uint32_t distance = 0;  ///< letters that differ, for `misspelt`
};

class NameIndex final {
 public:
  explicit NameIndex(const Graph& graph);
  NameIndex(const NameIndex&) = delete;
  NameIndex& operator=(const NameIndex&) = delete;

  /// The index as sections for the graph's image, trigrams included. They live as long as the
  /// index.
  [[nodiscard]] std::vector<ImageSection> sections() const;

  /// Nodes whose key is `query` or one of whose names folds to the same, best match first, then in
  /// the order of ids; each node once.
  [[nodiscard]] std::vector<NameHit> exact(std::string_view query) const;

  /// Nodes with a name that holds the words of `query` one after the other, most connected first;
  /// at most `limit`. Scans the folded names: O(their bytes).
  [[nodiscard]] std::vector<NameHit> containing(std::string_view query, std::size_t limit) const;

  /// Nodes with a name that begins with `query`, in the order of names; at most `limit`.
  [[nodiscard]] std::vector<NameHit> with_prefix(std::string_view query, std::size_t limit) const;

  /// Nodes with a name at most a quarter of its letters (and no more than three) away from
  /// `query`, nearest first, then most connected; at most `limit`. The first call builds an index
  /// of trigrams; later ones look at the names that share enough of them.
  [[nodiscard]] std::vector<NameHit> similar(std::string_view query, std::size_t limit) const;

  /// Bytes held.
  [[nodiscard]] std::size_t memory() const;

 private:
  struct Entry {
    std::uint32_t begin = 0;  ///< of the folded name in `text_`
    std::uint32_t size : 31;
    std::uint32_t is_alias : 1;
    NodeId node;
  };

  [[nodiscard]] std::string_view folded(const Entry& entry) const {
    return text_.substr(entry.begin, entry.size);
  }
  [[nodiscard]] std::size_t degree(NodeId node) const;
  bool take_from_image();
  void build();
  void add(NodeId node, std::string_view name, bool is_alias);
  void index_trigrams() const;
  void rank(std::vector<NameHit>& hits, std::size_t limit) const;

  const Graph* graph_;
  mutable NameFolder folder_;
  // What the views below show, when it is not the image's.
  std::string own_text_;
  std::vector<Entry> own_entries_;
  mutable std::vector<std::uint32_t> own_posting_begin_;
  mutable std::vector<std::uint32_t> own_postings_;

  std::string_view text_;
  std::span<const Entry> entries_;  // by folded name, then names before aliases, then node
  // Entries that hold a trigram: postings_[posting_begin_[t] .. posting_begin_[t + 1]), where t is
  // the trigram's hash. Different trigrams of one hash only add candidates.
  mutable std::span<const std::uint32_t> posting_begin_;
  mutable std::span<const std::uint32_t> postings_;
};

}  // namespace relata
