#include "graph/string_pool.h"

#include <algorithm>
#include <cstring>

namespace relata {

std::string_view StringPool::store(std::string_view text) {
  if (block_capacity_ - block_used_ < text.size()) {
    block_capacity_ = std::max(block_bytes, text.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_capacity_));
    block_used_ = 0;
    stored_bytes_ += block_capacity_;
  }
  char* target = blocks_.empty() ? nullptr : blocks_.back().get() + block_used_;
  if (!text.empty()) std::memcpy(target, text.data(), text.size());
  block_used_ += text.size();
  return {target, text.size()};
}

StringId StringPool::intern(std::string_view text) {
  if (const auto found = index_.find(text); found != index_.end()) {
    return StringId(found->second);
  }
  const auto id = static_cast<std::uint32_t>(views_.size());
  const std::string_view stored = store(text);
  views_.push_back(stored);
  index_.emplace(stored, id);
  return StringId(id);
}

StringId StringPool::find(std::string_view text) const {
  const auto found = index_.find(text);
  return found == index_.end() ? StringId() : StringId(found->second);
}

std::size_t StringPool::memory() const {
  // An entry of the index is a list node (next pointer, cached hash, key, value), and each bucket a
  // pointer.
  constexpr std::size_t entry =
      2 * sizeof(void*) + sizeof(std::string_view) + sizeof(std::uint64_t);
  return stored_bytes_ + views_.capacity() * sizeof(std::string_view) + index_.size() * entry +
         index_.bucket_count() * sizeof(void*);
}

}  // namespace relata
