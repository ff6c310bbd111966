#include "graph/name_index.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

#include "graph/errors.h"

namespace relata {

namespace {

constexpr std::size_t trigram_buckets = std::size_t{1} << 15U;

std::size_t trigram_bucket(const char* at) {
  const auto byte = [at](std::size_t i) {
    return std::uint32_t{static_cast<unsigned char>(at[i])};
  };
  const std::uint32_t code = byte(0) | (byte(1) << 8U) | (byte(2) << 16U);
  return (code * 2654435761U) >> 17U;
}

/// Calls `take` with the bucket of every trigram of `name`, its ends marked by `$`.
template <class Take>
void for_each_trigram(std::string_view name, std::string& scratch, Take take) {
  scratch.assign("$");
  scratch += name;
  scratch += '$';
  for (std::size_t i = 0; i + 3 <= scratch.size(); ++i) take(trigram_bucket(scratch.data() + i));
}

std::size_t allowed_distance(std::size_t letters) {
  return std::min<std::size_t>(3, std::max<std::size_t>(1, letters / 4));
}

/// True when `words` stands in `name` with a word's border at both ends.
bool holds_words(std::string_view name, std::string_view words) {
  for (std::size_t at = name.find(words); at != std::string_view::npos;
       at = name.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    if ((at == 0 || name[at - 1] == ' ') && (end == name.size() || name[end] == ' ')) return true;
  }
  return false;
}

}  // namespace

NameIndex::NameIndex(const Graph& graph) : graph_(&graph) {
  if (!take_from_image()) build();
}

bool NameIndex::take_from_image() {
  const auto take = [this]<class Value>(std::string_view name, std::span<const Value>& view) {
    const std::span<const std::byte> bytes = graph_->attachment(name);
    view = {reinterpret_cast<const Value*>(bytes.data()), bytes.size() / sizeof(Value)};
    return bytes.size() % sizeof(Value) == 0;
  };
  std::span<const char> text;
  const bool whole = take("names.entries", entries_) && take("names.text", text) &&
                     take("names.begin", posting_begin_) && take("names.postings", postings_) &&
                     posting_begin_.size() == trigram_buckets + 1 &&
                     posting_begin_.back() == postings_.size();
  text_ = {text.data(), text.size()};
  return whole;
}

std::vector<ImageSection> NameIndex::sections() const {
  index_trigrams();
  return {{"names.entries", std::as_bytes(entries_)},
          {"names.text", std::as_bytes(std::span(text_))},
          {"names.begin", std::as_bytes(posting_begin_)},
          {"names.postings", std::as_bytes(postings_)}};
}

void NameIndex::build() {
  posting_begin_ = {};
  own_entries_.reserve(graph_->node_count());
  for (std::size_t i = 0; i < graph_->node_count(); ++i) {
    const NodeId node(i);
    add(node, graph_->name(node), false);
    for (const StringId alias : graph_->aliases(node)) add(node, graph_->text(alias), true);
  }
  text_ = own_text_;
  std::sort(own_entries_.begin(), own_entries_.end(),
            [this](const Entry& left, const Entry& right) {
              const int order = folded(left).compare(folded(right));
              if (order != 0) return order < 0;
              return std::tuple(left.is_alias, left.node) < std::tuple(right.is_alias, right.node);
            });
  entries_ = own_entries_;
}

void NameIndex::add(NodeId node, std::string_view name, bool is_alias) {
  const std::string folded = folder_.fold(name);
  if (folded.empty()) return;
  if (own_text_.size() + folded.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error("the names of the graph take more than 4 GiB; the index of names cannot hold them");
  }
  Entry entry;
  entry.begin = static_cast<std::uint32_t>(own_text_.size());
  entry.size = static_cast<std::uint32_t>(folded.size()) & 0x7fffffffU;
  entry.is_alias = is_alias ? 1 : 0;
  entry.node = node;
  own_entries_.push_back(entry);
  own_text_ += folded;
}

std::size_t NameIndex::degree(NodeId node) const {
  const auto [first, last] = graph_->out_edges(node);
  return last.value - first.value + graph_->in_edges(node).size();
}

void NameIndex::rank(std::vector<NameHit>& hits, std::size_t limit) const {
  std::sort(hits.begin(), hits.end(), [](const NameHit& left, const NameHit& right) {
    return std::tuple(left.node, left.match, left.distance) <
           std::tuple(right.node, right.match, right.distance);
  });
  hits.erase(std::unique(
                 hits.begin(), hits.end(),
                 [](const NameHit& left, const NameHit& right) { return left.node == right.node; }),
             hits.end());
  std::stable_sort(hits.begin(), hits.end(), [this](const NameHit& left, const NameHit& right) {
    return std::tuple(left.match, left.distance, degree(right.node)) <
           std::tuple(right.match, right.distance, degree(left.node));
  });
  if (hits.size() > limit) hits.resize(limit);
}

std::vector<NameHit> NameIndex::exact(std::string_view query) const {
  std::vector<NameHit> hits;
  if (const NodeId node = graph_->find_key(query); node.valid()) {
    hits.push_back({node, NameMatch::key, 0});
  }
  const std::string wanted = folder_.fold(query);
  if (wanted.empty()) return hits;
  auto entry = std::lower_bound(
      entries_.begin(), entries_.end(), wanted,
      [this](const Entry& left, const std::string& right) { return folded(left) < right; });
  for (; entry != entries_.end() && folded(*entry) == wanted; ++entry) {
    const bool known = std::any_of(hits.begin(), hits.end(),
                                   [&](const NameHit& hit) { return hit.node == entry->node; });
    if (known) continue;
    hits.push_back({entry->node, entry->is_alias != 0 ? NameMatch::alias : NameMatch::name, 0});
  }
  return hits;
}

std::vector<NameHit> NameIndex::containing(std::string_view query, std::size_t limit) const {
  const std::string wanted = folder_.fold(query);
  std::vector<NameHit> hits;
  if (wanted.empty()) return hits;
  for (const Entry& entry : entries_) {
    if (holds_words(folded(entry), wanted)) hits.push_back({entry.node, NameMatch::words, 0});
  }
  rank(hits, limit);
  return hits;
}

std::vector<NameHit> NameIndex::with_prefix(std::string_view query, std::size_t limit) const {
  const std::string wanted = folder_.fold(query);
  std::vector<NameHit> hits;
  if (wanted.empty()) return hits;
  auto entry = std::lower_bound(
      entries_.begin(), entries_.end(), wanted,
      [this](const Entry& left, const std::string& right) { return folded(left) < right; });
  for (; entry != entries_.end() && folded(*entry).starts_with(wanted); ++entry) {
    if (hits.size() == limit) break;
    const bool known = std::any_of(hits.begin(), hits.end(),
                                   [&](const NameHit& hit) { return hit.node == entry->node; });
    if (!known) hits.push_back({entry->node, NameMatch::prefix, 0});
  }
  return hits;
}

void NameIndex::index_trigrams() const {
  if (!posting_begin_.empty()) return;
  std::string scratch;
  std::vector<std::uint32_t> begin(trigram_buckets + 1, 0);
  for (const Entry& entry : entries_) {
    for_each_trigram(folded(entry), scratch, [&](std::size_t bucket) { ++begin[bucket + 1]; });
  }
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  own_postings_.resize(begin.back());
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    for_each_trigram(folded(entries_[i]), scratch, [&](std::size_t bucket) {
      own_postings_[next[bucket]++] = static_cast<std::uint32_t>(i);
    });
  }
  own_posting_begin_ = std::move(begin);
  posting_begin_ = own_posting_begin_;
  postings_ = own_postings_;
}

// A name within distance d of the query shares all but 3 d of the query's trigrams with it (a swap
// of neighbours touches four): so one of any 4 d + 1 trigrams is shared, and the rarest ones are
// looked at. Where the query has no more trigrams than that, all names are.
std::vector<NameHit> NameIndex::similar(std::string_view query, std::size_t limit) const {
  const std::string wanted = folder_.fold(query);
  std::vector<NameHit> hits;
  if (wanted.empty()) return hits;
  const std::size_t bound = allowed_distance(wanted.size());
  const auto try_entry = [&](const Entry& entry) {
    const std::size_t distance = edit_distance(folded(entry), wanted, bound);
    if (distance > bound) return;
    hits.push_back({entry.node, NameMatch::misspelt, static_cast<std::uint32_t>(distance)});
  };
  std::vector<std::size_t> buckets;
  std::string scratch;
  for_each_trigram(wanted, scratch, [&](std::size_t bucket) { buckets.push_back(bucket); });
  if (buckets.size() <= 4 * bound + 1 || entries_.size() < 1000) {
    for (const Entry& entry : entries_) try_entry(entry);
  } else {
    index_trigrams();
    const auto length = [this](std::size_t bucket) {
      return posting_begin_[bucket + 1] - posting_begin_[bucket];
    };
    std::sort(buckets.begin(), buckets.end(), [&](std::size_t left, std::size_t right) {
      return std::tuple(length(left), left) < std::tuple(length(right), right);
    });
    buckets.resize(4 * bound + 1);
    std::vector<std::uint32_t> candidates;
    for (const std::size_t bucket : buckets) {
      candidates.insert(candidates.end(), postings_.begin() + posting_begin_[bucket],
                        postings_.begin() + posting_begin_[bucket + 1]);
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    for (const std::uint32_t candidate : candidates) try_entry(entries_[candidate]);
  }
  rank(hits, limit);
  return hits;
}

std::size_t NameIndex::memory() const {
  return text_.size() + entries_.size_bytes() + posting_begin_.size_bytes() +
         postings_.size_bytes();
}

}  // namespace relata
