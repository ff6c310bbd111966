#include "importers/text/reader/bio_decoder.h"

#include <algorithm>
#include <limits>

#include "graph/errors.h"

namespace relata::text {

BioDecoder::BioDecoder(std::span<const std::string> labels) {
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
}

std::vector<TypedSpan> BioDecoder::decode(const float* scores, std::size_t words,
                                          std::size_t stride) const {
  // States: 0 is O, 1 + 2t is B-t, 2 + 2t is I-t. Any state may follow any other but I-t, which
  // only B-t and I-t precede; so the best predecessor of most states is the best state as such.
  constexpr float never = -std::numeric_limits<float>::infinity();
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

}  // namespace relata::text
