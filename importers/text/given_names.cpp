#include "importers/text/given_names.h"

#include <set>
#include <string>
#include <vector>

#include "importers/text/feature_hash.h"
#include "importers/text/name_words.h"

namespace relata::text {

void tell_genders(Entities& entities, const WordSimilarity& words) {
  constexpr float sure = 0.08F;
  // Ends of longer names: "Ag Bahanga" of "Moussa Ag Bahanga" begins with no given name.
  std::set<std::vector<std::string>> ends;
  for (const EntityMention& mention : entities.mentions) {
    if (mention.form != MentionForm::name || mention.type != "person") continue;
    const auto parts = name_words(mention.text);
    for (std::size_t i = 1; i + 1 < parts.size(); ++i)
      ends.insert({parts.begin() + static_cast<std::ptrdiff_t>(i), parts.end()});
  }
  for (EntityMention& mention : entities.mentions) {
    const bool name = mention.form == MentionForm::name && mention.type == "person";
    if (!name || mention.gender != Gender::unknown) continue;
    const auto parts = name_words(mention.text);
    const std::int32_t row =
        parts.size() < 2 || ends.contains(parts) ? -1 : words.row(word_hash(parts.front()));
    if (row < 0) continue;
    const float leaning = words.leaning(row);
    if (leaning > sure) mention.gender = Gender::female;
    if (leaning < -sure) mention.gender = Gender::male;
  }
}

}  // namespace relata::text
