#include "importers/text/chain_model.h"

#include <algorithm>

#include "importers/text/mention_extents.h"
#include "importers/text/reader/model_file.h"

namespace relata::text {

namespace {

ChainModel::Hidden row_of(ModelFile& file, std::string_view name) {
  const std::vector<float> values = file.floats(name, {ChainModel::width});
  ChainModel::Hidden row{};
  std::copy(values.begin(), values.end(), row.begin());
  return row;
}

}  // namespace

ChainModel ChainModel::load(const std::string& path) {
  ModelFile file = ModelFile::open(path);
  ChainModel model;
  if (file.text("kind") != "coreference\n") {
    throw file.error("kind", "is no model of coreference");
  }
  model.extent_ = file.floats("extent", {(std::size_t{1} << extent_bits) + 1});
  model.rank_ = file.floats("rank", {std::size_t{1} << rank_bits, width});
  model.bias_ = row_of(file, "rank.bias");
  model.new_bias_ = row_of(file, "new.bias");
  model.out_ = row_of(file, "rank.out");
  model.new_out_ = row_of(file, "new.out");
  model.words_ = WordSimilarity(file);
  model.word_weights_ = {file.floats("words.anaphor", {WordSimilarity::width, width}),
                         file.floats("words.new", {WordSimilarity::width, width}),
                         file.floats("words.antecedent", {WordSimilarity::width, width})};
  file.check_all_used();
  return model;
}

TokenSpan ChainModel::extent(const SyntaxView& tree, std::int32_t head) const {
  FeatureList features(extent_bits);
  return grow_extent(tree, head, [&](std::int32_t child, TokenSpan sofar) {
    if (extent_.empty()) {
      return tree.is(child, "det") || tree.is(child, "amod") || tree.is(child, "nmod") ||
             tree.is(child, "compound") || tree.is(child, "flat") || tree.is(child, "nummod");
    }
    features.clear();
    extent_features(tree, head, child, sofar, features);
    float score = extent_.back();
    for (const std::uint32_t id : features.ids()) score += extent_[id];
    return score > 0;
  });
}

ChainModel::Hidden ChainModel::sum(const FeatureList& features) const {
  Hidden sum{};
  for (const std::uint32_t id : features.ids()) {
    const float* row = rank_.data() + id * width;
    for (std::size_t k = 0; k < width; ++k) sum[k] += row[k];
  }
  return sum;
}

void ChainModel::add_word(std::int32_t row, Side side, Hidden& sum) const {
  if (row < 0) return;
  const std::vector<float>& weights = word_weights_[static_cast<std::size_t>(side)];
  const std::int8_t* vector = words_.vector(row);
  for (std::size_t d = 0; d < WordSimilarity::width; ++d) {
    const float value = static_cast<float>(vector[d]) / WordSimilarity::unit;
    for (std::size_t k = 0; k < width; ++k) sum[k] += value * weights[d * width + k];
  }
}

float ChainModel::antecedent_score(const Hidden& anaphor, const Hidden& antecedent,
                                   const Hidden& pair) const {
  float score = 0;
  for (std::size_t k = 0; k < width; ++k) {
    score += out_[k] * std::max(0.0F, bias_[k] + anaphor[k] + antecedent[k] + pair[k]);
  }
  return score;
}

float ChainModel::new_score(const Hidden& newness) const {
  float score = 0;
  for (std::size_t k = 0; k < width; ++k) {
    score += new_out_[k] * std::max(0.0F, new_bias_[k] + newness[k]);
  }
  return score;
}

}  // namespace relata::text
