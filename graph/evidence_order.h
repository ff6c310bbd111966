#pragma once
// The order of the evidence of one edge, in which what says the same comes once. Shared by what
// builds graphs and what updates their images.

#include <algorithm>
#include <tuple>
#include <vector>

#include "graph/model.h"

namespace relata {

/// Brings evidence into its order and leaves of pieces with the same words, speaker and reading the
/// first. `text(StringId)` gives the words of an id, "" for an invalid one.
template <class Text>
void put_in_order(std::vector<Evidence>& evidence, const Text& text) {
  const auto fields = [](const Evidence& e) {
    return std::tie(e.sentence, e.trigger, e.source, e.target, e.modality, e.mood, e.strength,
                    e.time);
  };
  std::sort(evidence.begin(), evidence.end(), [&](const Evidence& left, const Evidence& right) {
    if (fields(left) != fields(right)) return fields(left) < fields(right);
    const auto rest = [&](const Evidence& e) {
      return std::tuple(e.attribution, -e.confidence, text(e.rule), e.quantity.known,
                        e.quantity.min, e.quantity.max, e.quantity.approximate,
                        text(e.quantity.unit));
    };
    return rest(left) < rest(right);
  });
  const auto same = [&](const Evidence& left, const Evidence& right) {
    return fields(left) == fields(right) && left.attribution == right.attribution;
  };
  evidence.erase(std::unique(evidence.begin(), evidence.end(), same), evidence.end());
}

}  // namespace relata
