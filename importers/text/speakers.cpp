#include "importers/text/speakers.h"

#include <algorithm>
#include <map>

#include "importers/text/quotes.h"

namespace relata::text {

namespace {

/// A verb of saying outside quotation marks, with its subject.
struct SpeechSite {
  std::int32_t sentence = 0;
  std::int32_t token = 0;
  std::int32_t speaker = -1;  ///< mention
  bool colon = false;         ///< its sentence ends with a colon: what follows is what was said
};

class SpeakerFinder final {
 public:
  SpeakerFinder(const Document& document, std::span<const SyntaxView> syntax,
                const PredicateKnowledge& predicates, const Entities& entities)
      : document_(document),
        syntax_(syntax),
        predicates_(predicates),
        entities_(entities),
        quotations_(find_quotations(document)) {}

  SpeakerMap find() {
    for (std::size_t i = 0; i < syntax_.size(); ++i) {
      result_.emplace_back(static_cast<std::size_t>(syntax_[i].size()), -1);
      first_site_.push_back(sites_.size());
      collect_sites(static_cast<std::int32_t>(i));
    }
    first_site_.push_back(sites_.size());
    attribute_statements();
    attribute_quotations();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool is_speech(const SyntaxView& tree, std::int32_t token) const {
    if (tree.token(token).upos != Upos::verb) return false;
    std::string_view roleset;
    for (const Predicate& predicate : tree.sentence().predicates) {
      if (predicate.token == token) roleset = predicate.roleset;
    }
    const auto entries = predicates_.find(roleset, tree.key(token), WordClass::verb);
    return std::any_of(entries.begin(), entries.end(),
                       [&](std::uint32_t i) { return predicates_.entry(i).speech.has_value(); });
  }

  void collect_sites(std::int32_t index) {
    const SyntaxView& tree = syntax_[index];
    for (std::int32_t t = 0; t < tree.size(); ++t) {
      if (quotations_[index][t] >= 0 || !is_speech(tree, t)) continue;
      const std::int32_t subject = tree.passive(t) ? tree.child(t, "obl:agent") : tree.subject(t);
      if (subject < 0) continue;
      const std::int32_t mention = entities_.mention_at[index][subject];
      if (mention < 0) continue;
      sites_.push_back({index, t, mention, tree.token(tree.size() - 1).form == ":"});
    }
  }

  /// "The Foreign Secretary said:" and then whole paragraphs without quotation marks. The first
  /// person in what follows is the sign that it is his speech; it ends with the next such
  /// introduction or with a quotation.
  void attribute_statements() {
    const auto count = static_cast<std::int32_t>(syntax_.size());
    std::vector<std::int32_t> first_person(syntax_.size() + 1, count);  // the next sentence with it
    for (std::int32_t s = count; s-- > 0;)
      first_person[s] = has_first_person(s) ? s : first_person[s + 1];
    // From the last introduction to the first: a later one has the last word where both reach.
    std::vector<bool> told(syntax_.size(), false);
    std::int32_t all_told_from = count;
    for (std::size_t i = sites_.size(); i-- > 0;) {
      if (!sites_[i].colon) continue;
      const std::int32_t begin = sites_[i].sentence + 1;
      const bool ends = i + 1 < sites_.size() && sites_[i + 1].colon;
      const std::int32_t end = ends ? sites_[i + 1].sentence : count;
      if (first_person[begin] >= end) continue;
      for (std::int32_t s = begin; s < std::min(end, all_told_from); ++s) {
        if (told[s]) continue;
        told[s] = true;
        std::fill(result_[s].begin(), result_[s].end(), sites_[i].speaker);
      }
      if (!ends) all_told_from = std::min(all_told_from, begin);
    }
  }

  [[nodiscard]] bool has_first_person(std::int32_t sentence) const {
    const auto& at = entities_.mention_at[sentence];
    return std::any_of(at.begin(), at.end(),
                       [&](std::int32_t i) { return i >= 0 && entities_.mentions[i].person == 1; });
  }

  void attribute_quotations() {
    std::map<std::int32_t, std::pair<std::int32_t, std::int32_t>>
        extent;  // quotation -> first and last sentence
    for (std::size_t s = 0; s < quotations_.size(); ++s) {
      for (const std::int32_t quotation : quotations_[s]) {
        if (quotation < 0) continue;
        const auto [place, is_new] = extent.try_emplace(quotation, static_cast<std::int32_t>(s),
                                                        static_cast<std::int32_t>(s));
        place->second.second = static_cast<std::int32_t>(s);
      }
    }
    std::int32_t previous = -1;
    std::uint32_t previous_paragraph = 0;
    for (const auto& [quotation, range] : extent) {
      const std::uint32_t paragraph = document_.sentences[range.first].paragraph;
      std::int32_t speaker = speaker_near(range.first, range.second);
      if (speaker < 0 && paragraph == previous_paragraph) speaker = previous;
      previous = speaker;
      previous_paragraph = paragraph;
      if (speaker < 0) continue;
      for (std::int32_t s = range.first; s <= range.second; ++s) {
        for (std::size_t t = 0; t < quotations_[s].size(); ++t) {
          if (quotations_[s][t] == quotation) result_[s][t] = speaker;
        }
      }
    }
  }

  /// The first verb of saying of a sentence; null when it has none.
  [[nodiscard]] const SpeechSite* site_of(std::int32_t sentence) const {
    if (sentence < 0 || first_site_[sentence] == first_site_[sentence + 1]) return nullptr;
    return &sites_[first_site_[sentence]];
  }

  [[nodiscard]] std::int32_t speaker_near(std::int32_t first, std::int32_t last) const {
    const auto in = [&](std::int32_t sentence) {
      const SpeechSite* site = site_of(sentence);
      return site == nullptr ? -1 : site->speaker;
    };
    for (std::int32_t s = last; s >= first; --s) {
      if (const std::int32_t speaker = in(s); speaker >= 0) return speaker;
    }
    if (const SpeechSite* before = site_of(first - 1); before != nullptr && before->colon)
      return before->speaker;
    const bool same_paragraph =
        last + 1 < static_cast<std::int32_t>(syntax_.size()) &&
        document_.sentences[last + 1].paragraph == document_.sentences[last].paragraph;
    return same_paragraph && !quotes_begin(last + 1) ? in(last + 1) : -1;
  }

  /// The sentence starts with a quotation of its own, whose speaker it then names.
  [[nodiscard]] bool quotes_begin(std::int32_t sentence) const {
    return std::any_of(quotations_[sentence].begin(), quotations_[sentence].end(),
                       [](std::int32_t q) { return q >= 0; });
  }

  const Document& document_;
  std::span<const SyntaxView> syntax_;
  const PredicateKnowledge& predicates_;
  const Entities& entities_;
  std::vector<std::vector<std::int32_t>> quotations_;
  std::vector<SpeechSite> sites_;
  std::vector<std::size_t> first_site_;  ///< of each sentence, and the number of all sites
  SpeakerMap result_;
};

}  // namespace

SpeakerMap find_speakers(const Document& document, std::span<const SyntaxView> syntax,
                         const PredicateKnowledge& predicates, const Entities& entities) {
  return SpeakerFinder(document, syntax, predicates, entities).find();
}

}  // namespace relata::text
