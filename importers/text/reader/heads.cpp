#include "importers/text/reader/heads.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "importers/text/reader/name_lists.h"

namespace relata::text {

namespace {

/// Pairs whose products with all label matrices are held at once.
constexpr std::size_t pair_block = 16;

std::vector<std::string> read_labels(ModelFile& file, const std::string& name) {
  std::vector<std::string> labels;
  for (const std::string_view line : file.lines(name)) labels.emplace_back(line);
  if (labels.empty() || labels.size() > UINT16_MAX) {
    throw file.error(name,
                     "1 to 65535 labels expected, " + std::to_string(labels.size()) + " found");
  }
  return labels;
}

}  // namespace

Tagger::Tagger(ModelFile& file, const std::string& name, std::size_t group, std::size_t hidden,
               std::size_t width, float temperature)
    : labels_(read_labels(file, "labels." + name)),
      group_(group),
      inverse_temperature_(1.0F / temperature),
      last_(Linear::load(file, {name + ".w2", name + ".b2", labels_.size()},
                         hidden == 0 ? width : hidden)) {
  if (hidden > 0) first_ = Linear::load(file, {name + ".w1", name + ".b1", hidden}, width);
  if (hidden > 0 && file.has(name + ".w3")) {
    if (hidden % 16 != 0) {
      throw file.error(name + ".w3", "a hidden layer of a multiple of 16 units expected");
    }
    around_ = Linear::load(file, {name + ".w3", name + ".b3", hidden}, 3 * hidden);
  }
  if (hidden > 0 && file.has(name + ".lists")) {
    constexpr std::size_t columns = 2 * NameLists::most_lists;
    const std::vector<float> weights = file.floats(name + ".lists", {hidden, columns});
    list_weights_.assign(columns * first_->stride(), 0.0F);
    for (std::size_t h = 0; h < hidden; ++h) {
      for (std::size_t c = 0; c < columns; ++c) {
        list_weights_[c * first_->stride() + h] = weights[h * columns + c];
      }
    }
  }
}

void Tagger::add_lists(const Kernels& kernels, const WordVectors& words,
                       HeadWorkspace& workspace) const {
  const std::size_t stride = first_->stride();
  for (std::size_t i = 0; i < words.rows; ++i) {
    float* row = workspace.hidden.data() + i * stride;
    unsigned marks = words.marks.empty() ? 0U : words.marks[i];
    for (std::size_t c = 0; marks != 0; ++c, marks >>= 1U) {
      if ((marks & 1U) == 0) continue;
      kernels.add_scaled(list_weights_.data() + c * stride, 1.0F, stride, row);
    }
    for (std::size_t h = 0; h < stride; ++h) row[h] = std::max(row[h], 0.0F);
  }
}

void Tagger::look_around(const Kernels& kernels, const WordVectors& words,
                         HeadWorkspace& workspace) const {
  const std::size_t stride = first_->stride();
  const std::size_t hidden = first_->outputs();
  const std::size_t window = 3 * hidden;
  workspace.windows.resize(words.rows * window);
  for (std::size_t s = 0; s < words.starts.size(); ++s) {
    const std::size_t root = words.starts[s];
    const std::size_t end = s + 1 < words.starts.size() ? words.starts[s + 1] : words.rows;
    for (std::size_t i = root; i < end; ++i) {
      float* row = workspace.windows.data() + i * window;
      const float* own = workspace.hidden.data() + i * stride;
      // Words alone are neighbours; beyond the first and the last one there are zeros.
      const bool before = i > root + 1;
      const bool after = i > root && i + 1 < end;
      if (before) std::copy_n(own - stride, hidden, row);
      if (!before) std::fill_n(row, hidden, 0.0F);
      std::copy_n(own, hidden, row + hidden);
      if (after) std::copy_n(own + stride, hidden, row + 2 * hidden);
      if (!after) std::fill_n(row + 2 * hidden, hidden, 0.0F);
    }
  }
  workspace.product.resize(words.rows * stride);
  around_->apply(kernels, workspace.windows.data(), window, words.rows, Activation::relu,
                 workspace.product.data(), stride, workspace.quantised);
  for (std::size_t i = 0; i < words.rows; ++i) {
    kernels.add_scaled(workspace.product.data() + i * stride, 1.0F, stride,
                       workspace.hidden.data() + i * stride);
  }
}

void Tagger::score(const Kernels& kernels, const WordVectors& words, HeadWorkspace& workspace,
                   Scores& scores) const {
  scores.stride = last_.stride();
  scores.values.resize(words.rows * scores.stride);
  if (!first_) {
    last_.apply(kernels, words.values, words.width, words.quantised, Activation::none,
                scores.values.data(), scores.stride);
    return;
  }
  const std::size_t stride = first_->stride();
  workspace.hidden.resize(words.rows * stride);
  const Activation activation = list_weights_.empty() ? Activation::relu : Activation::none;
  first_->apply(kernels, words.values, words.width, words.quantised, activation,
                workspace.hidden.data(), stride);
  if (!list_weights_.empty()) add_lists(kernels, words, workspace);
  if (around_) look_around(kernels, words, workspace);
  last_.apply(kernels, workspace.hidden.data(), stride, words.rows, Activation::none,
              scores.values.data(), scores.stride, workspace.quantised);
}

Biaffine::Biaffine(ModelFile& file, const std::string& name, const std::string& left,
                   const std::string& right, std::size_t size, std::size_t labels,
                   std::size_t group, std::size_t width, float temperature)
    : size_(size + 1),
      label_stride_(padded_columns(size + 1)),
      labels_(labels),
      group_(group),
      inverse_temperature_(1.0F / temperature),
      left_(Linear::load(file, {left + ".w", left + ".b", size}, width)),
      right_(Linear::load(file, {right + ".w", right + ".b", size}, width)) {
  const std::vector<float> u = file.floats(name + ".u", {labels, size_, size_});
  std::vector<float> rows(labels * label_stride_ * size_, 0.0F);
  for (std::size_t l = 0; l < labels; ++l) {
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t j = 0; j < size_; ++j) {
        rows[(l * label_stride_ + j) * size_ + i] = u[(l * size_ + i) * size_ + j];
      }
    }
  }
  u_ = pack_float(rows.data(), labels * label_stride_, size_, {});
}

void Biaffine::project(const Kernels& kernels, const WordVectors& words,
                       Projections& projections) const {
  const auto fill = [&](const Linear& layer, Scores& out) {
    // Columns beyond the projection stay zero but for the constant 1.
    out.stride = label_stride_;
    out.values.resize(words.rows * out.stride);
    layer.apply(kernels, words.values, words.width, words.quantised, Activation::relu,
                out.values.data(), out.stride);
    for (std::size_t i = 0; i < words.rows; ++i) {
      float* row = out.row(i);
      row[size_ - 1] = 1.0F;
      std::fill(row + size_, row + out.stride, 0.0F);
    }
  };
  fill(left_, projections.left);
  fill(right_, projections.right);
}

void Biaffine::score_square(const Kernels& kernels, const Projections& projections,
                            std::size_t first, std::size_t count, HeadWorkspace& workspace,
                            Scores& scores) const {
  workspace.product.resize(count * label_stride_);
  kernels.product_float(projections.left.row(first), projections.left.stride, count, u_,
                        Activation::none, workspace.product.data(), label_stride_);
  repack_float(projections.right.row(first), projections.right.stride, count, size_,
               workspace.packed);
  scores.stride = padded_columns(count);
  scores.values.resize(count * scores.stride);
  kernels.product_float(workspace.product.data(), label_stride_, count, workspace.packed,
                        Activation::none, scores.values.data(), scores.stride);
}

void Biaffine::expand(const Kernels& kernels, const Projections& projections,
                      std::span<const std::uint32_t> left, HeadWorkspace& workspace,
                      Scores& expanded) const {
  const std::size_t stride = projections.left.stride;
  workspace.hidden.resize(left.size() * stride);
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::copy_n(projections.left.row(left[i]), stride, workspace.hidden.data() + i * stride);
  }
  expanded.stride = labels_ * label_stride_;
  expanded.values.resize(left.size() * expanded.stride);
  kernels.product_float(workspace.hidden.data(), stride, left.size(), u_, Activation::none,
                        expanded.values.data(), expanded.stride);
}

void Biaffine::score_pairs(const Kernels& kernels, const Projections& projections,
                           std::span<const std::uint32_t> left,
                           std::span<const std::uint32_t> right, HeadWorkspace& workspace,
                           Scores& scores) const {
  scores.stride = padded_columns(labels_);
  scores.values.resize(left.size() * scores.stride);
  for (std::size_t start = 0; start < left.size(); start += pair_block) {
    const std::size_t count = std::min(pair_block, left.size() - start);
    expand(kernels, projections, left.subspan(start, count), workspace, workspace.expanded);
    for (std::size_t i = 0; i < count; ++i) {
      const float* other = projections.right.row(right[start + i]);
      const float* products = workspace.expanded.row(i);
      float* row = scores.row(start + i);
      for (std::size_t l = 0; l < labels_; ++l) {
        row[l] = kernels.dot(products + l * label_stride_, other, label_stride_);
      }
      std::fill(row + labels_, row + scores.stride, 0.0F);
    }
  }
}

void Biaffine::score_row(const Kernels& kernels, const Projections& projections,
                         const float* expanded, std::size_t first, std::size_t count,
                         HeadWorkspace& workspace, Scores& scores) const {
  repack_float(expanded, label_stride_, labels_, size_, workspace.packed);
  scores.stride = padded_columns(labels_);
  scores.values.resize(count * scores.stride);
  kernels.product_float(projections.right.row(first), projections.right.stride, count,
                        workspace.packed, Activation::none, scores.values.data(), scores.stride);
}

Rolesets::Rolesets(ModelFile& file, std::size_t group, std::size_t size, std::size_t width,
                   float temperature)
    : group_(group),
      inverse_temperature_(1.0F / temperature),
      query_(Linear::load(file, {"roleset.w", "roleset.b", size}, width)) {
  names_ = read_labels(file, "roleset.names");
  embeddings_ = file.i8("roleset.emb", {names_.size(), query_.outputs()});
  scales_ = file.floats("roleset.emb.scale", {names_.size()});
  bias_ = file.floats("roleset.bias", {names_.size()});
  for (const std::string_view line : file.lines("roleset.lemmas")) {
    const auto wrong = [&] {
      return file.error("roleset.lemmas", "lemma, part of speech and roleset numbers expected, \"" +
                                              std::string(line) + "\" found");
    };
    const std::size_t first = line.find('\t');
    const std::size_t second = first == line.npos ? line.npos : line.find('\t', first + 1);
    if (second == line.npos) throw wrong();
    auto& members = lemmas_[std::string(line.substr(0, first))];
    const char* at = line.data() + second + 1;
    const char* end = line.data() + line.size();
    while (at < end) {
      std::uint32_t number = 0;
      const auto [next, problem] = std::from_chars(at, end, number);
      if (problem != std::errc() || number >= names_.size()) throw wrong();
      members.push_back(number);
      at = next;
      while (at < end && (*at == ' ' || *at == ',')) ++at;
    }
  }
  for (auto& [lemma, members] : lemmas_) {
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
  }
}

std::span<const std::uint32_t> Rolesets::candidates(std::string_view lemma) const {
  const auto found = lemmas_.find(lemma);
  if (found == lemmas_.end()) return {};
  return found->second;
}

Rolesets::Choice Rolesets::choose(const Kernels& kernels, const WordVectors& words, std::size_t row,
                                  std::span<const std::uint32_t> candidates,
                                  HeadWorkspace& workspace) const {
  workspace.hidden.resize(query_.stride());
  query_.apply(kernels, words.values + row * words.width, words.width, 1, Activation::none,
               workspace.hidden.data(), query_.stride(), workspace.quantised);
  const std::size_t size = query_.outputs();
  std::vector<float> scores;
  for (const std::uint32_t candidate : candidates) {
    const std::int8_t* embedding = embeddings_.data() + candidate * size;
    float sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
      sum += workspace.hidden[i] * static_cast<float>(embedding[i]);
    }
    scores.push_back(sum * scales_[candidate] + bias_[candidate]);
  }
  const auto best =
      static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  const std::size_t count = scores.size();
  scores.resize(padded_columns(count));
  kernels.softmax(scores.data(), scores.size(), 1, count, inverse_temperature_);
  return {candidates[best], scores[best]};
}

}  // namespace relata::text
