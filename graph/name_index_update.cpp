#include "graph/name_index_update.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <vector>

#include "graph/errors.h"
#include "graph/name_index.h"

namespace relata {

/// Merges the entries of the old index and those of new names, and the orders that hang on them.
class NameIndexUpdate final {
 public:
  NameIndexUpdate(const NameIndex& old, std::span<const NodeId> now) : old_(old), now_(now) {}

  void add(NodeId node, std::string_view name, bool is_alias) {
    std::string folded = folder_.fold(name);
    if (!folded.empty()) came_.push_back({std::move(folded), is_alias, node});
  }

  void write(ImageWriter& writer) {
    merge_entries();
    writer.section("names.entries", entries_);
    writer.begin("names.text");
    for (const NameIndex::Entry& entry : entries_)
      writer.put(std::as_bytes(std::span(name_of(entry))));
    write_backwards(writer);
    write_words(writer);
  }

 private:
  using Entry = NameIndex::Entry;
  using Word = NameIndex::Word;
  struct Came {
    std::string name;
    bool is_alias = false;
    NodeId node;
  };

  static constexpr std::uint32_t gone = static_cast<std::uint32_t>(-1);

  /// Until the end, `begin` of a merged entry is the place of its old or new name; see sources_.
  [[nodiscard]] std::string_view name_at(std::uint32_t place) const {
    const std::uint32_t source = sources_[place];
    return source < old_.entries_.size()
               ? old_.folded(old_.entries_[source])
               : std::string_view(came_[source - old_.entries_.size()].name);
  }
  [[nodiscard]] std::string_view name_of(const Entry& entry) const {
    return name_at(static_cast<std::uint32_t>(&entry - entries_.data()));
  }

  void merge_entries() {
    std::sort(came_.begin(), came_.end(), [](const Came& left, const Came& right) {
      return std::tie(left.name, left.is_alias, left.node) <
             std::tie(right.name, right.is_alias, right.node);
    });
    const std::span<const Entry> old = old_.entries_;
    place_of_.assign(old.size() + came_.size(), gone);
    std::size_t came = 0;
    std::uint64_t begin = 0;
    const auto append = [&](std::uint32_t source, std::string_view name, bool is_alias,
                            NodeId node) {
      if (begin + name.size() > std::numeric_limits<std::uint32_t>::max())
        throw Error(NameIndex::too_large);
      place_of_[source] = static_cast<std::uint32_t>(entries_.size());
      Entry entry;
      entry.begin = static_cast<std::uint32_t>(begin);
      entry.size = static_cast<std::uint32_t>(name.size()) & 0x7fffffffU;
      entry.is_alias = is_alias ? 1 : 0;
      entry.node = node;
      entries_.push_back(entry);
      sources_.push_back(source);
      begin += name.size();
    };
    const auto append_came = [&] {
      const Came& own = came_[came];
      append(static_cast<std::uint32_t>(old.size() + came), own.name, own.is_alias, own.node);
      ++came;
    };
    entries_.reserve(old.size() + came_.size());
    sources_.reserve(old.size() + came_.size());
    for (std::uint32_t i = 0; i < old.size(); ++i) {
      const NodeId node = now_[old[i].node.value];
      if (!node.valid()) continue;
      const std::string_view name = old_.folded(old[i]);
      const bool is_alias = old[i].is_alias != 0;
      while (came < came_.size()) {
        const Came& next = came_[came];
        const int order = std::string_view(next.name).compare(name);
        if (order > 0 ||
            (order == 0 && std::tuple(next.is_alias, next.node) > std::tuple(is_alias, node))) {
          break;
        }
        append_came();
      }
      append(i, name, is_alias, node);
    }
    while (came < came_.size()) append_came();
  }

  /// Old things that are still there, in their order, and new ones, merged.
  template <class Value, class Less>
  static void merge(ImageWriter& writer, const std::vector<Value>& old, std::vector<Value>& came,
                    const Less& less) {
    std::sort(came.begin(), came.end(), less);
    auto at = old.begin();
    for (const Value& value : came) {
      const auto end = std::upper_bound(at, old.end(), value, less);
      writer.put(std::span<const Value>(at, end));
      writer.put_one(value);
      at = end;
    }
    writer.put(std::span<const Value>(at, old.end()));
  }

  void write_backwards(ImageWriter& writer) const {
    std::vector<std::uint32_t> old;
    old.reserve(old_.backwards_.size());
    for (const std::uint32_t entry : old_.backwards_) {
      if (place_of_[entry] != gone) old.push_back(place_of_[entry]);
    }
    std::vector<std::uint32_t> came;
    for (std::size_t i = 0; i < came_.size(); ++i)
      came.push_back(place_of_[old_.entries_.size() + i]);
    writer.begin("names.backwards");
    merge(writer, old, came, [this](std::uint32_t left, std::uint32_t right) {
      return NameIndex::before_backwards(name_at(left), left, name_at(right), right);
    });
  }

  void write_words(ImageWriter& writer) const {
    std::vector<Word> old;
    old.reserve(old_.words_.size());
    for (const Word& word : old_.words_) {
      if (place_of_[word.entry] != gone) old.push_back({place_of_[word.entry], word.begin});
    }
    std::vector<Word> came;
    for (std::size_t i = 0; i < came_.size(); ++i)
      NameIndex::add_words(came_[i].name, place_of_[old_.entries_.size() + i], came);
    writer.begin("names.words");
    merge(writer, old, came, [this](const Word& left, const Word& right) {
      const int order =
          name_at(left.entry).substr(left.begin).compare(name_at(right.entry).substr(right.begin));
      return order != 0 ? order < 0 : left.entry < right.entry;
    });
  }

  const NameIndex& old_;
  std::span<const NodeId> now_;
  NameFolder folder_;
  std::vector<Came> came_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> sources_;   // of an entry: its place among the old ones or, after
                                         // these, the new ones
  std::vector<std::uint32_t> place_of_;  // the other way round
};

void write_updated_names(const Graph& base, std::span<const NodeId> now, const Graph& changes,
                         std::span<const NamedNode> named, ImageWriter& writer) {
  const NameIndex old(base);
  old.prepare();
  NameIndexUpdate update(old, now);
  for (const NamedNode& node : named) {
    update.add(node.now, changes.name(node.of_changes), false);
    for (const StringId alias : changes.aliases(node.of_changes))
      update.add(node.now, changes.text(alias), true);
  }
  update.write(writer);
}

}  // namespace relata
