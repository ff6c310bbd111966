#include "graph/name_index.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <unordered_set>

#include "graph/errors.h"
#include "graph/name_walk.h"

namespace relata {

namespace {

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
                     take("names.backwards", backwards_) && take("names.words", words_) &&
                     !entries_.empty() && backwards_.size() == entries_.size();
  text_ = {text.data(), text.size()};
  asked_similar_ = asked_words_ = whole;
  return whole;
}

void NameIndex::prepare() const {
  if (backwards_.size() != entries_.size()) order_backwards();
  if (!asked_words_ || words_.empty()) order_words();
  asked_similar_ = asked_words_ = true;
}

std::vector<ImageSection> NameIndex::sections() const {
  prepare();
  return {{"names.entries", std::as_bytes(entries_)},
          {"names.text", std::as_bytes(std::span(text_))},
          {"names.backwards", std::as_bytes(backwards_)},
          {"names.words", std::as_bytes(words_)}};
}

void NameIndex::build() {
  backwards_ = {};
  words_ = {};
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
  // Names that stand together are read together.
  std::string sorted;
  sorted.reserve(own_text_.size());
  for (Entry& entry : own_entries_) {
    const std::string_view name = folded(entry);
    entry.begin = static_cast<std::uint32_t>(sorted.size());
    sorted += name;
  }
  own_text_ = std::move(sorted);
  text_ = own_text_;
  entries_ = own_entries_;
}

void NameIndex::add(NodeId node, std::string_view name, bool is_alias) {
  const std::string folded = folder_.fold(name);
  if (folded.empty()) return;
  if (own_text_.size() + folded.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(too_large);
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
  // Of some names there are very many bearers: events called "attack".
  std::unordered_set<NodeId> known;
  if (const NodeId node = graph_->find_key(query); node.valid()) {
    hits.push_back({node, NameMatch::key, 0});
    known.insert(node);
  }
  const std::string wanted = folder_.fold(query);
  if (wanted.empty()) return hits;
  auto entry = std::lower_bound(
      entries_.begin(), entries_.end(), wanted,
      [this](const Entry& left, const std::string& right) { return folded(left) < right; });
  for (; entry != entries_.end() && folded(*entry) == wanted; ++entry) {
    if (!known.insert(entry->node).second) continue;
    hits.push_back({entry->node, entry->is_alias != 0 ? NameMatch::alias : NameMatch::name, 0});
  }
  return hits;
}

std::vector<NameHit> NameIndex::containing(std::string_view query, std::size_t limit) const {
  const std::string wanted = folder_.fold(query);
  std::vector<NameHit> hits;
  if (wanted.empty()) return hits;
  if (!asked_words_) {
    asked_words_ = true;
    for (const Entry& entry : entries_) {
      if (holds_words(folded(entry), wanted)) hits.push_back({entry.node, NameMatch::words, 0});
    }
    rank(hits, limit);
    return hits;
  }
  if (words_.empty()) order_words();
  const auto whole = [&](std::string_view text) {
    return text.size() == wanted.size() || text[wanted.size()] == ' ';
  };
  const auto before = [this](const auto& left, const std::string& right) {
    return folded(left) < right;
  };
  for (auto at = std::lower_bound(entries_.begin(), entries_.end(), wanted, before);
       at != entries_.end() && folded(*at).starts_with(wanted); ++at) {
    if (whole(folded(*at))) hits.push_back({at->node, NameMatch::words, 0});
  }
  for (auto at = std::lower_bound(words_.begin(), words_.end(), wanted, before);
       at != words_.end() && folded(*at).starts_with(wanted); ++at) {
    if (whole(folded(*at))) hits.push_back({entries_[at->entry].node, NameMatch::words, 0});
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

bool NameIndex::before_backwards(std::string_view left, std::uint32_t a, std::string_view right,
                                 std::uint32_t b) {
  const auto [at, other] = std::mismatch(left.rbegin(), left.rend(), right.rbegin(), right.rend());
  if (at == left.rend() || other == right.rend()) {
    return left.size() != right.size() ? left.size() < right.size() : a < b;
  }
  return static_cast<unsigned char>(*at) < static_cast<unsigned char>(*other);
}

void NameIndex::order_backwards() const {
  own_backwards_.resize(entries_.size());
  std::iota(own_backwards_.begin(), own_backwards_.end(), 0U);
  std::sort(own_backwards_.begin(), own_backwards_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return before_backwards(folded(entries_[a]), a, folded(entries_[b]), b);
  });
  backwards_ = own_backwards_;
}

void NameIndex::add_words(std::string_view name, std::uint32_t entry, std::vector<Word>& words) {
  for (std::size_t at = name.find(' '); at != std::string_view::npos; at = name.find(' ', at + 1))
    words.push_back({entry, static_cast<std::uint32_t>(at + 1)});
}

void NameIndex::order_words() const {
  for (std::uint32_t i = 0; i < entries_.size(); ++i) add_words(folded(entries_[i]), i, own_words_);
  std::sort(own_words_.begin(), own_words_.end(), [this](const Word& left, const Word& right) {
    const int order = folded(left).compare(folded(right));
    return order != 0 ? order < 0 : left.entry < right.entry;
  });
  words_ = own_words_;
}

std::vector<NameHit> NameIndex::similar(std::string_view query, std::size_t limit) const {
  const std::string wanted = folder_.fold(query);
  std::vector<NameHit> hits;
  if (wanted.empty()) return hits;
  const std::size_t bound = allowed_distance(wanted.size());
  const DistanceTo distance(wanted, bound);
  const auto take = [&](const Entry& entry) {
    const std::size_t letters = distance(folded(entry));
    if (letters > bound) return;
    hits.push_back({entry.node, NameMatch::misspelt, static_cast<std::uint32_t>(letters)});
  };
  // A walk costs what a few hundred names do; names too long for its rows are rare.
  if (!asked_similar_ || entries_.size() < 200 || wanted.size() > NameWalk::longest) {
    asked_similar_ = true;
    for (const Entry& entry : entries_) take(entry);
  } else {
    if (backwards_.size() != entries_.size()) order_backwards();
    NameWalk(*this, wanted, bound).run([&](std::uint32_t entry) { take(entries_[entry]); });
  }
  rank(hits, limit);
  return hits;
}

std::size_t NameIndex::memory() const {
  return text_.size() + entries_.size_bytes() + backwards_.size_bytes() + words_.size_bytes();
}

}  // namespace relata
