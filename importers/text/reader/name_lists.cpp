#include "importers/text/reader/name_lists.h"

#include <algorithm>
#include <array>
#include <string>

namespace relata::text {

namespace {

constexpr std::uint32_t hash_start = 2166136261U;

std::uint32_t add_byte(std::uint32_t hash, unsigned char byte) {
  constexpr std::uint32_t prime = 16777619U;
  return (hash ^ byte) * prime;
}

std::uint32_t add_word(std::uint32_t hash, std::string_view word) {
  for (const char c : word) {
    const bool capital = c >= 'A' && c <= 'Z';
    hash = add_byte(hash, static_cast<unsigned char>(capital ? c - 'A' + 'a' : c));
  }
  return hash;
}

bool may_begin(std::string_view word) {
  if (word.empty()) return false;
  const auto first = static_cast<unsigned char>(word[0]);
  return (first >= 'A' && first <= 'Z') || first >= 0x80;
}

}  // namespace

NameLists::NameLists(ModelFile& file) {
  lists_ = file.lines("lists.names").size();
  if (lists_ < 1 || lists_ > most_lists) {
    throw file.error("lists.names", "1 to " + std::to_string(most_lists) + " lists expected");
  }
  const Section& hashes = file.section("lists.hashes", {Dtype::u32}, {ModelFile::any});
  hashes_ = {reinterpret_cast<const std::uint32_t*>(hashes.bytes.data()), hashes.dims[0]};
  for (std::size_t i = 1; i < hashes_.size(); ++i) {
    if (hashes_[i - 1] >= hashes_[i]) {
      throw file.error("lists.hashes",
                       "ascending numbers expected at element " + std::to_string(i));
    }
  }
  const Section& masks = file.section("lists.masks", {Dtype::u8}, {hashes_.size()});
  masks_ = {reinterpret_cast<const std::uint8_t*>(masks.bytes.data()), masks.dims[0]};
  const std::uint32_t beyond = 1U << lists_;
  for (const std::uint8_t mask : masks_) {
    if (mask == 0 || mask >= beyond) {
      throw file.error("lists.masks", "bits of the " + std::to_string(lists_) +
                                          " lists expected, " + std::to_string(mask) + " found");
    }
  }
}

std::uint32_t NameLists::hash(std::span<const std::string_view> words) {
  std::uint32_t result = hash_start;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) result = add_byte(result, ' ');
    result = add_word(result, words[i]);
  }
  return result;
}

std::uint8_t NameLists::lists_of(std::uint32_t hash) const {
  const auto found = std::lower_bound(hashes_.begin(), hashes_.end(), hash);
  if (found == hashes_.end() || *found != hash) return 0;
  return masks_[static_cast<std::size_t>(found - hashes_.begin())];
}

void NameLists::mark(std::span<const std::string_view> words,
                     std::span<std::uint16_t> marks) const {
  std::fill(marks.begin(), marks.end(), std::uint16_t{0});
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!may_begin(words[i])) continue;
    std::uint32_t hash = add_word(hash_start, words[i]);
    marks[i] |= lists_of(hash);
    const std::size_t most = std::min(most_words, words.size() - i);
    std::size_t length = 0;
    std::uint8_t lists = 0;
    for (std::size_t k = 1; k < most; ++k) {
      hash = add_word(add_byte(hash, ' '), words[i + k]);
      const std::uint8_t found = lists_of(hash);
      if (found != 0) {
        length = k + 1;
        lists = found;
      }
    }
    for (std::size_t k = 0; k < length; ++k) {
      marks[i + k] = static_cast<std::uint16_t>(marks[i + k] | lists << most_lists);
    }
  }
}

}  // namespace relata::text
