#include "importers/text/coreference_names.h"

#include <set>
#include <tuple>

#include "importers/text/name_words.h"

namespace relata::text {

namespace {

bool is_name(const EntityMention& mention) {
  return mention.form == MentionForm::name;
}

/// Lists of names without those that say nothing new.
class Gathering final {
 public:
  Gathering(const std::vector<EntityMention>& mentions,
            const std::vector<std::vector<std::string>>& words, const Clusters& clusters,
            std::vector<std::vector<std::int32_t>>& lists)
      : mentions_(mentions), words_(words), clusters_(clusters), lists_(lists) {}

  void put(std::int32_t list, std::int32_t i) {
    const EntityMention& mention = mentions_[i];
    const bool is_new = seen_
                            .insert({list, clusters_.of(i), mention.kind, mention.type == "person",
                                     mention.noun, words_[i].size()})
                            .second;
    if (is_new) lists_[list].push_back(i);
  }

 private:
  const std::vector<EntityMention>& mentions_;
  const std::vector<std::vector<std::string>>& words_;
  const Clusters& clusters_;
  std::vector<std::vector<std::int32_t>>& lists_;
  std::set<std::tuple<std::int32_t, std::int32_t, EntityKind, bool, std::string, std::size_t>>
      seen_;
};

}  // namespace

ShortNames::ShortNames(const std::vector<EntityMention>& mentions,
                       const std::vector<std::vector<std::string>>& words,
                       const Clusters& clusters) {
  find_longer(mentions, words, clusters);
  find_spelt_out(mentions, words, clusters);
}

void ShortNames::find_longer(const std::vector<EntityMention>& mentions,
                             const std::vector<std::vector<std::string>>& words,
                             const Clusters& clusters) {
  std::map<std::vector<std::string>, std::int32_t> list_of_words;
  longer_.list_of.assign(mentions.size(), -1);
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    if (!is_name(mentions[i]) || words[i].empty()) continue;
    const auto next = static_cast<std::int32_t>(list_of_words.size());
    longer_.list_of[i] = list_of_words.try_emplace(words[i], next).first->second;
  }
  longer_.lists.resize(list_of_words.size());
  std::set<std::size_t> lengths;
  for (const auto& [name, list] : list_of_words) lengths.insert(name.size());
  Gathering gathering(mentions, words, clusters, longer_.lists);
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    if (!is_name(mentions[i])) continue;
    const std::vector<std::string>& whole = words[i];
    for (const std::size_t length : lengths) {
      if (length >= whole.size()) break;
      const auto count = static_cast<std::ptrdiff_t>(length);
      const std::vector<std::string> edges[] = {{whole.begin(), whole.begin() + count},
                                                {whole.end() - count, whole.end()}};
      for (const std::vector<std::string>& edge : edges) {
        const auto found = list_of_words.find(edge);
        if (found != list_of_words.end())
          gathering.put(found->second, static_cast<std::int32_t>(i));
      }
    }
  }
  find_inner(mentions, words, list_of_words, clusters);
}

void ShortNames::find_inner(const std::vector<EntityMention>& mentions,
                            const std::vector<std::vector<std::string>>& words,
                            const std::map<std::vector<std::string>, std::int32_t>& list_of_words,
                            const Clusters& clusters) {
  Gathering gathering(mentions, words, clusters, longer_.lists);
  std::vector<bool> free;
  for (const std::vector<std::int32_t>& list : longer_.lists) free.push_back(list.empty());
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const bool person = is_name(mentions[i]) && mentions[i].type == "person";
    for (std::size_t w = 1; person && w + 1 < words[i].size(); ++w) {
      const auto found = list_of_words.find({words[i][w]});
      if (found != list_of_words.end() && free[static_cast<std::size_t>(found->second)])
        gathering.put(found->second, static_cast<std::int32_t>(i));
    }
  }
}

void ShortNames::find_spelt_out(const std::vector<EntityMention>& mentions,
                                const std::vector<std::vector<std::string>>& words,
                                const Clusters& clusters) {
  std::map<std::string, std::int32_t> list_of_letters;
  spelt_out_.list_of.assign(mentions.size(), -1);
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    if (!is_name(mentions[i]) || words[i].size() != 1) continue;
    const std::string letters = acronym_letters(mentions[i].text);
    if (letters.empty()) continue;
    const auto next = static_cast<std::int32_t>(list_of_letters.size());
    spelt_out_.list_of[i] = list_of_letters.try_emplace(letters, next).first->second;
  }
  spelt_out_.lists.resize(list_of_letters.size());
  Gathering gathering(mentions, words, clusters, spelt_out_.lists);
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    if (!is_name(mentions[i]) || words[i].size() < 2) continue;
    for (const std::string& letters : acronyms_of(words[i])) {
      const auto found = list_of_letters.find(letters);
      if (found != list_of_letters.end())
        gathering.put(found->second, static_cast<std::int32_t>(i));
    }
  }
}

}  // namespace relata::text
