#include "importers/text/reader/bio_decoder.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "graph/errors.h"

namespace relata::text {

namespace {

constexpr float never = -std::numeric_limits<float>::infinity();

}  // namespace

BioDecoder::BioDecoder(std::span<const std::string> labels, std::span<const float> transitions,
                       float inverse_temperature)
    : labels_(labels.size()) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::string& label = labels[i];
    if (label == "O") {
      outside_ = i;
      continue;
    }
    if (label.size() < 3 || !(label.starts_with("B-") || label.starts_with("I-"))) {
      throw UsageError("label O, B-type or I-type expected, \"" + label + "\" found");
    }
    const std::string type = label.substr(2);
    auto known = std::find(types_.begin(), types_.end(), type);
    if (known == types_.end()) {
      known = types_.insert(types_.end(), type);
      begin_.push_back(none);
      inside_.push_back(none);
    }
    (label[0] == 'B' ? begin_ : inside_)[static_cast<std::size_t>(known - types_.begin())] = i;
  }
  if (outside_ == none) throw UsageError("label O expected");
  for (std::size_t t = 0; t < types_.size(); ++t) {
    if (begin_[t] == none)
      throw UsageError("label B-" + types_[t] + " expected beside I-" + types_[t]);
  }
  if (transitions.empty()) return;
  if (transitions.size() != labels_ * labels_) {
    throw UsageError("a transition for each pair of labels expected");
  }
  constexpr float most = 80;  // keeps the exponentials of marginals() within range
  for (const float score : transitions) {
    if (!(std::abs(score) <= most && std::abs(score * inverse_temperature) <= most)) {
      throw UsageError("transitions from -80 to 80 expected");
    }
  }
  transitions_.assign(transitions.begin(), transitions.end());
  allowed_at_start_.assign(labels_, 1);
  for (std::size_t t = 0; t < types_.size(); ++t) {
    if (inside_[t] == none) continue;
    allowed_at_start_[inside_[t]] = 0;
    for (std::size_t from = 0; from < labels_; ++from) {
      if (from != begin_[t] && from != inside_[t])
        transitions_[from * labels_ + inside_[t]] = never;
    }
  }
  for (const float score : transitions_) {
    factors_.push_back(std::exp(static_cast<double>(score) * inverse_temperature));
  }
}

std::vector<TypedSpan> BioDecoder::decode(const float* scores, std::size_t words,
                                          std::size_t stride) const {
  // States: 0 is O, 1 + 2t is B-t, 2 + 2t is I-t. Any state may follow any other but I-t, which
  // only B-t and I-t precede; so the best predecessor of most states is the best state as such.
  if (has_transitions()) return decode_with_transitions(scores, words, stride);
  const std::size_t states = 1 + 2 * types_.size();
  const auto score_of = [&](std::size_t word, std::size_t state) {
    if (state == 0) return scores[word * stride + outside_];
    const std::size_t type = (state - 1) / 2;
    const std::size_t label = state % 2 == 1 ? begin_[type] : inside_[type];
    return label == none ? never : scores[word * stride + label];
  };
  std::vector<TypedSpan> spans;
  if (words == 0) return spans;
  std::vector<float> total(states);
  std::vector<float> next(states);
  std::vector<std::uint32_t> back(words * states, 0);
  for (std::size_t s = 0; s < states; ++s) {
    total[s] = s != 0 && s % 2 == 0 ? never : score_of(0, s);
  }
  for (std::size_t word = 1; word < words; ++word) {
    const auto best =
        static_cast<std::size_t>(std::max_element(total.begin(), total.end()) - total.begin());
    for (std::size_t s = 0; s < states; ++s) {
      std::size_t from = best;
      if (s != 0 && s % 2 == 0) from = total[s - 1] >= total[s] ? s - 1 : s;
      back[word * states + s] = static_cast<std::uint32_t>(from);
      next[s] = total[from] + score_of(word, s);
    }
    total.swap(next);
  }
  auto state =
      static_cast<std::size_t>(std::max_element(total.begin(), total.end()) - total.begin());
  std::size_t end = words;
  for (std::size_t word = words; word-- > 0;) {
    if (state % 2 == 1) {
      spans.push_back({word, end, static_cast<std::uint32_t>((state - 1) / 2)});
    }
    if (state == 0 || state % 2 == 1) end = word;
    state = back[word * states + state];
  }
  std::reverse(spans.begin(), spans.end());
  return spans;
}

std::vector<TypedSpan> BioDecoder::decode_with_transitions(const float* scores, std::size_t words,
                                                           std::size_t stride) const {
  std::vector<TypedSpan> spans;
  if (words == 0) return spans;
  std::vector<float> total(labels_);
  std::vector<float> next(labels_);
  std::vector<std::uint32_t> back(words * labels_, 0);
  for (std::size_t label = 0; label < labels_; ++label) {
    total[label] = is_inside(label) ? never : scores[label];
  }
  for (std::size_t word = 1; word < words; ++word) {
    for (std::size_t to = 0; to < labels_; ++to) {
      std::size_t best = 0;
      float most = never;
      for (std::size_t from = 0; from < labels_; ++from) {
        const float score = total[from] + transitions_[from * labels_ + to];
        if (score > most) best = from;
        most = std::max(most, score);
      }
      back[word * labels_ + to] = static_cast<std::uint32_t>(best);
      next[to] = most + scores[word * stride + to];
    }
    total.swap(next);
  }
  std::vector<std::size_t> path(words);
  path.back() =
      static_cast<std::size_t>(std::max_element(total.begin(), total.end()) - total.begin());
  for (std::size_t word = words - 1; word > 0; --word) {
    path[word - 1] = back[word * labels_ + path[word]];
  }
  for (std::size_t word = 0; word < words; ++word) {
    for (std::uint32_t t = 0; t < types_.size(); ++t) {
      if (path[word] == begin_[t]) spans.push_back({word, word + 1, t});
      if (path[word] == inside_[t] && !spans.empty()) spans.back().end = word + 1;
    }
  }
  return spans;
}

void BioDecoder::marginals(float* probabilities, std::size_t words, std::size_t stride) const {
  // Forward and backward sums, each word's divided by their total so that none runs out of range.
  // A least probability of a word keeps them from being zero altogether.
  constexpr double least = 1e-30;
  const auto of = [&](std::size_t word, std::size_t label) {
    return std::max(least, static_cast<double>(probabilities[word * stride + label]));
  };
  const auto divide = [&](double* row) {
    double sum = 0;
    for (std::size_t label = 0; label < labels_; ++label) sum += row[label];
    for (std::size_t label = 0; label < labels_; ++label) row[label] /= sum;
  };
  std::vector<double> forward(words * labels_, 0.0);
  for (std::size_t word = 0; word < words; ++word) {
    double* row = forward.data() + word * labels_;
    for (std::size_t to = 0; to < labels_; ++to) {
      double sum = is_inside(to) ? 0.0 : 1.0;
      if (word > 0) {
        sum = 0;
        for (std::size_t from = 0; from < labels_; ++from) {
          sum += *(row - labels_ + from) * factors_[from * labels_ + to];
        }
      }
      row[to] = sum * of(word, to);
    }
    divide(row);
  }
  std::vector<double> backward(labels_, 1.0);
  std::vector<double> before(labels_);
  std::vector<double> both(labels_);
  for (std::size_t word = words; word-- > 0;) {
    for (std::size_t label = 0; label < labels_; ++label) {
      before[label] = backward[label] * of(word, label);
      both[label] = forward[word * labels_ + label] * backward[label];
    }
    divide(both.data());
    for (std::size_t label = 0; label < labels_; ++label) {
      probabilities[word * stride + label] = static_cast<float>(both[label]);
    }
    for (std::size_t from = 0; from < labels_; ++from) {
      double sum = 0;
      for (std::size_t to = 0; to < labels_; ++to) {
        sum += factors_[from * labels_ + to] * before[to];
      }
      backward[from] = sum;
    }
    divide(backward.data());
  }
}

}  // namespace relata::text
