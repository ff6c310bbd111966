#include "importers/text/word_similarity.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "importers/text/feature_hash.h"
#include "importers/text/reader/model_file.h"

namespace relata::text {

WordSimilarity::WordSimilarity(ModelFile& file) {
  const auto words = file.lines("words");
  const auto values = file.i8("words.vectors", {words.size(), width});
  vectors_.assign(values.begin(), values.end());
  for (std::size_t i = 0; i < words.size(); ++i)
    index_.push_back({word_hash(words[i]), static_cast<std::int32_t>(i)});
  std::sort(index_.begin(), index_.end(), [](const Entry& left, const Entry& right) {
    return left.hash != right.hash ? left.hash < right.hash : left.row < right.row;
  });
  female_ = {row(word_hash("she")), row(word_hash("her")), row(word_hash("woman"))};
  male_ = {row(word_hash("he")), row(word_hash("his")), row(word_hash("man"))};
  for (const auto& rows : {female_, male_}) {
    if (std::find(rows.begin(), rows.end(), -1) != rows.end())
      throw file.error("words", "lacks a word that tells a gender");
  }
  make_axis();
}

void WordSimilarity::make_axis() {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> pairs = {
      {{"she", "he"},
       {"her", "him"},
       {"woman", "man"},
       {"mother", "father"},
       {"daughter", "son"},
       {"girl", "boy"},
       {"sister", "brother"},
       {"wife", "husband"},
       {"queen", "king"},
       {"actress", "actor"},
       {"mary", "john"},
       {"susan", "david"},
       {"elizabeth", "michael"}}};
  for (const auto& [female, male] : pairs) {
    const std::int32_t from = row(word_hash(male));
    const std::int32_t to = row(word_hash(female));
    if (from < 0 || to < 0) continue;
    for (std::size_t k = 0; k < width; ++k) axis_[k] += vector(to)[k] - vector(from)[k];
  }
  std::int64_t squares = 0;
  for (const std::int32_t value : axis_) squares += std::int64_t{value} * value;
  axis_length_ = std::sqrt(static_cast<float>(std::max<std::int64_t>(squares, 1)));
}

std::int32_t WordSimilarity::row(std::uint32_t hash) const {
  const auto found =
      std::lower_bound(index_.begin(), index_.end(), hash,
                       [](const Entry& entry, std::uint32_t value) { return entry.hash < value; });
  return found == index_.end() || found->hash != hash ? -1 : found->row;
}

float WordSimilarity::cosine(std::int32_t left, std::int32_t right) const {
  const std::int8_t* a = vector(left);
  const std::int8_t* b = vector(right);
  std::int32_t sum = 0;
  for (std::size_t k = 0; k < width; ++k) sum += a[k] * b[k];
  return static_cast<float>(sum) / (unit * unit);
}

float WordSimilarity::leaning(std::int32_t row) const {
  const std::int8_t* word = vector(row);
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < width; ++k) sum += std::int64_t{word[k]} * axis_[k];
  return static_cast<float>(sum) / (unit * axis_length_);
}

float WordSimilarity::femininity(std::int32_t row) const {
  float sum = 0;
  for (const std::int32_t word : female_) sum += cosine(row, word);
  for (const std::int32_t word : male_) sum -= cosine(row, word);
  return sum / 3;
}

}  // namespace relata::text
