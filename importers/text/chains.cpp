#include "importers/text/chains.h"

#include <algorithm>
#include <cmath>

namespace relata::text {

namespace {

/// An earlier mention and how well it fits, in logits over being new.
struct Scored {
  std::int32_t antecedent = 0;
  std::int32_t chain = 0;
  float score = 0;
};

/// The chain whose members weigh most together.
ChainLink heaviest(std::vector<Scored>& scored) {
  // Members of a chain stay in the order of the candidates, so that sums depend on nothing else.
  std::stable_sort(scored.begin(), scored.end(), [](const Scored& left, const Scored& right) {
    return left.chain < right.chain;
  });
  ChainLink best;
  for (std::size_t begin = 0; begin < scored.size();) {
    std::size_t end = begin;
    std::size_t top = begin;
    double odds = 0;
    for (; end < scored.size() && scored[end].chain == scored[begin].chain; ++end) {
      if (scored[end].score > scored[top].score) top = end;
      odds += portable_exp(scored[end].score);
    }
    if (odds > best.odds) best = {scored[top].chain, scored[top].antecedent, odds};
    begin = end;
  }
  return best;
}

}  // namespace

double portable_exp(double x) {
  constexpr double limit = 300;
  constexpr double ln2 = 0.693147180559945309417;
  constexpr int terms = 14;
  x = std::clamp(x, -limit, limit);
  const double whole = std::floor(x / ln2 + 0.5);
  const double rest = x - whole * ln2;
  double sum = 1;
  for (int k = terms; k > 0; --k) sum = 1 + sum * rest / k;
  return std::ldexp(sum, static_cast<int>(whole));
}

const ChainModel::Hidden& ChainScorer::as_antecedent(std::int32_t j) {
  const auto index = static_cast<std::size_t>(j);
  if (!summed_[index]) {
    list_.clear();
    features_.antecedent(j, list_);
    sums_[index] = model_.sum(list_);
    model_.add_word(features_.head_word(j), ChainModel::Side::antecedent, sums_[index]);
    summed_[index] = true;
  }
  return sums_[index];
}

std::span<const ChainScorer::Fit> ChainScorer::fits(std::int32_t i) {
  const std::int32_t word = features_.head_word(i);
  list_.clear();
  features_.newness(i, list_);
  ChainModel::Hidden newness = model_.sum(list_);
  model_.add_word(word, ChainModel::Side::newness, newness);
  const float none = model_.new_score(newness);
  list_.clear();
  features_.anaphor(i, list_);
  ChainModel::Hidden anaphor = model_.sum(list_);
  model_.add_word(word, ChainModel::Side::anaphor, anaphor);
  fits_.clear();
  std::int32_t between = 0;
  for (const std::int32_t j : features_.candidates(i)) {
    const ChainModel::Hidden& earlier = as_antecedent(j);
    list_.clear();
    features_.pair(j, i, between, list_);
    fits_.push_back({j, model_.antecedent_score(anaphor, earlier, model_.sum(list_)) - none});
    if (features_.agrees(j, i)) ++between;
  }
  return fits_;
}

std::vector<ChainLink> link_chains(std::span<const ChainMention> mentions,
                                   const ChainFeatures& features, const ChainModel& model,
                                   double least_odds) {
  ChainScorer scorer(features, model, mentions.size());
  std::vector<ChainLink> links(mentions.size());
  std::vector<Scored> scored;
  std::int32_t chains = 0;
  for (std::size_t n = 0; n < mentions.size(); ++n) {
    scored.clear();
    for (const ChainScorer::Fit& fit : scorer.fits(static_cast<std::int32_t>(n)))
      scored.push_back(
          {fit.antecedent, links[static_cast<std::size_t>(fit.antecedent)].chain, fit.score});
    links[n] = heaviest(scored);
    if (links[n].chain < 0 || links[n].odds < least_odds) links[n].chain = chains++;
  }
  return links;
}

}  // namespace relata::text
