#include "graph/string_pool.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

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
  const auto [id, is_new] =
      index_.insert(std::hash<std::string_view>{}(text), static_cast<std::uint32_t>(views_.size()),
                    [&](std::uint32_t known) { return views_[known] == text; });
  if (is_new) views_.push_back(store(text));
  return StringId(id);
}

StringId StringPool::find(std::string_view text) const {
  const std::uint32_t id = index_.find(std::hash<std::string_view>{}(text),
                                       [&](std::uint32_t known) { return views_[known] == text; });
  return id == IdTable::none ? StringId() : StringId(id);
}

void StringPool::find(std::span<const std::string_view> texts, std::span<StringId> ids) const {
  constexpr std::size_t at_once = 64;
  std::array<std::uint64_t, at_once> hashes{};
  std::array<std::uint32_t, at_once> candidates{};
  for (std::size_t begin = 0; begin < texts.size(); begin += at_once) {
    const std::size_t count = std::min(at_once, texts.size() - begin);
    for (std::size_t i = 0; i < count; ++i) {
      hashes[i] = std::hash<std::string_view>{}(texts[begin + i]);
      index_.prefetch(hashes[i]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      candidates[i] = index_.candidate(hashes[i]);
      if (candidates[i] != IdTable::none) __builtin_prefetch(&views_[candidates[i]]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (candidates[i] != IdTable::none) __builtin_prefetch(views_[candidates[i]].data());
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::string_view text = texts[begin + i];
      const bool found = candidates[i] != IdTable::none && views_[candidates[i]] == text;
      ids[begin + i] = found ? StringId(candidates[i]) : find(text);
    }
  }
}

std::size_t StringPool::memory() const {
  return stored_bytes_ + views_.capacity() * sizeof(std::string_view) + index_.memory();
}

}  // namespace relata
