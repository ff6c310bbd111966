#pragma once
// Finds nodes by name: any name or alias without case, diacritics and punctuation, words of a name,
// beginnings, and misspellings. Built once over a graph, which must outlive it, or read in place
// where the graph's image holds it (graph/graph_image.h); reading is
// thread-safe but for the folder and the orders that are made late (one index a thread, or a lock).
//
// Names stand sorted, which is a trie without its nodes: exact names, beginnings and misspellings
// are looked up by binary searches in it. Two more orders, by the names read backwards and by the
// words within names, are made when they are needed a second time, until when names are scanned.
// Memory: about 12 bytes and the folded text for each name, then 4 bytes for each name and 8 for
// each word within a name.

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

  /// The index as sections for the graph's image, all orders included. They live as long as the
  /// index.
  [[nodiscard]] std::vector<ImageSection> sections() const;

  /// Nodes whose key is `query` or one of whose names folds to the same, best match first, then in
  /// the order of ids; each node once.
  [[nodiscard]] std::vector<NameHit> exact(std::string_view query) const;

  /// Nodes with a name that holds the words of `query` one after the other, most connected first;
  /// at most `limit`. A binary search; the first call scans the folded names.
  [[nodiscard]] std::vector<NameHit> containing(std::string_view query, std::size_t limit) const;

  /// Nodes with a name that begins with `query`, in the order of names; at most `limit`.
  [[nodiscard]] std::vector<NameHit> with_prefix(std::string_view query, std::size_t limit) const;

  /// Nodes with a name at most a quarter of its letters (and no more than three) away from
  /// `query`, nearest first, then most connected; at most `limit`. Of a name within k letters,
  /// either a beginning is within half of k or the rest within the other half: the sorted names
  /// are walked from both ends with the rows of the distance's table, which drop a branch as soon
  /// as it is too far. The first call scans.
  [[nodiscard]] std::vector<NameHit> similar(std::string_view query, std::size_t limit) const;

  /// Bytes held.
  [[nodiscard]] std::size_t memory() const;

  /// Makes all orders now: for who will look up much.
  void prepare() const;

 private:
  friend class NameWalk;
  friend class NameIndexUpdate;
  struct Entry {
    std::uint32_t begin = 0;  ///< of the folded name in `text_`
    std::uint32_t size : 31;
    std::uint32_t is_alias : 1;
    NodeId node;
  };

  /// A word within a name, not its first: the entry and where the word begins in it.
  struct Word {
    std::uint32_t entry = 0;
    std::uint32_t begin = 0;
  };

  static constexpr const char* too_large =
      "the names of the graph take more than 4 GiB; the index of names cannot hold them";

  [[nodiscard]] std::string_view folded(const Entry& entry) const {
    return text_.substr(entry.begin, entry.size);
  }
  [[nodiscard]] std::string_view folded(const Word& word) const {
    return folded(entries_[word.entry]).substr(word.begin);
  }
  [[nodiscard]] std::size_t degree(NodeId node) const;
  bool take_from_image();
  void build();
  void add(NodeId node, std::string_view name, bool is_alias);
  /// The order of names read backwards, which are those of the entries `a` and `b`.
  static bool before_backwards(std::string_view left, std::uint32_t a, std::string_view right,
                               std::uint32_t b);
  static void add_words(std::string_view name, std::uint32_t entry, std::vector<Word>& words);
  void order_backwards() const;
  void order_words() const;
  void rank(std::vector<NameHit>& hits, std::size_t limit) const;

  const Graph* graph_;
  mutable NameFolder folder_;
  // What the views below show, when it is not the image's.
  std::string own_text_;
  std::vector<Entry> own_entries_;
  mutable std::vector<std::uint32_t> own_backwards_;
  mutable std::vector<Word> own_words_;

  std::string_view text_;
  std::span<const Entry> entries_;  // by folded name, then names before aliases, then node
  mutable std::span<const std::uint32_t> backwards_;  // entries by their names read backwards
  mutable std::span<const Word> words_;               // by the text from the word to the name's end
  mutable bool asked_similar_ = false;
  mutable bool asked_words_ = false;
};

}  // namespace relata
