#include "importers/text/chain_features.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace relata::text {

namespace {

constexpr std::int32_t near_sentences = 3;
constexpr std::uint32_t person_type = 6;  // in the list of mention types

std::uint32_t steps(std::int32_t value) {
  if (value < 5) return static_cast<std::uint32_t>(std::max(value, 0));
  if (value < 8) return 5;
  if (value < 12) return 6;
  if (value < 20) return 7;
  if (value < 40) return 8;
  return value < 100 ? 9 : 10;
}

/// Leaning of a word towards a gender, from 1 (male) to 7 (female); 4 is neither.
std::uint32_t bucket_of(float femininity) {
  return static_cast<std::uint32_t>(4 + std::clamp(femininity * 20, -3.0F, 3.0F));
}

bool pronominal(ChainForm form) {
  return form == ChainForm::personal || form == ChainForm::demonstrative ||
         form == ChainForm::relative;
}

/// Words of `left` that are no words of `right`.
std::size_t left_over(const std::vector<std::uint32_t>& left,
                      const std::vector<std::uint32_t>& right) {
  return static_cast<std::size_t>(std::count_if(left.begin(), left.end(), [&](std::uint32_t word) {
    return std::find(right.begin(), right.end(), word) == right.end();
  }));
}

}  // namespace

ChainFeatures::ChainFeatures(std::span<const SyntaxView> syntax, const SpeakerMap& speakers,
                             const Entities& entities, std::span<const ChainMention> mentions,
                             const WordSimilarity& words)
    : syntax_(syntax),
      speakers_(speakers),
      entities_(entities),
      mentions_(mentions),
      words_(words),
      by_entity_(entities.entities.size()) {
  facts_.reserve(mentions.size());
  std::unordered_map<std::uint32_t, std::uint32_t> nouns;
  std::unordered_map<std::uint32_t, std::uint32_t> texts;
  std::unordered_map<std::int32_t, std::uint32_t> seen;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    Facts facts = read(static_cast<std::int32_t>(i));
    const ChainMention& mention = mentions[i];
    if (mention.form != ChainForm::clause) {
      facts.same_noun = std::min(nouns[mention.noun]++, 6U);
      facts.same_text = std::min(texts[mention.text]++, 6U);
    }
    if (mention.entity >= 0) {
      facts.same_entity = std::min(seen[mention.entity]++, 6U);
      by_entity_[mention.entity].push_back(static_cast<std::int32_t>(i));
    }
    facts.female = bucket_of(facts.femininity);
    facts_.push_back(std::move(facts));
    if (mention.form == ChainForm::personal)
      by_person_[mention.person].push_back(static_cast<std::int32_t>(i));
    if (pronominal(mention.form) || mention.form == ChainForm::clause) continue;
    auto& by_noun = by_word_[mention.noun];
    by_noun.push_back(static_cast<std::int32_t>(i));
    for (const std::uint32_t word : mention.words) {
      auto& list = by_word_[word];
      if (list.empty() || list.back() != static_cast<std::int32_t>(i))
        list.push_back(static_cast<std::int32_t>(i));
    }
  }
}

ChainFeatures::Facts ChainFeatures::read(std::int32_t i) {
  const ChainMention& mention = mentions_[i];
  const SyntaxView& tree = syntax_[mention.sentence];
  Facts facts;
  const std::int32_t first = tree.first_conjunct(mention.head);
  facts.role = word_hash(tree.token(first).deprel);
  facts.governor_token = tree.head(first);
  facts.governor = facts.governor_token < 0 ? 0 : word_hash(tree.key(facts.governor_token));
  facts.preposition = word_hash(tree.preposition(mention.head));
  facts.kind = pronominal(mention.form) || mention.form == ChainForm::other
                   ? word_hash(lower(tree.token(mention.head).form))
                   : static_cast<std::uint32_t>(mention.form);
  if (mention.whole) facts.kind = 77;
  const std::int32_t speaker = speakers_[mention.sentence][mention.head];
  if (speaker >= 0) facts.speaker = entities_.mentions[speaker].entity;
  facts.headline = tree.sentence().headline;
  facts.paragraph = tree.sentence().paragraph;
  facts.modifier = tree.is(mention.head, "compound") || tree.is(mention.head, "amod") ||
                   tree.is(mention.head, "nmod:poss");
  facts.type = mention.type;
  facts.gender = static_cast<std::uint32_t>(mention.gender);
  facts.number = mention.number;
  facts.word = words_.row(mention.noun);
  if (facts.word < 0) facts.word = words_.row(word_hash(lower(tree.token(mention.head).form)));
  if (mention.whole) facts.word = -1;
  facts.governor_word = words_.row(facts.governor);
  if (mention.form == ChainForm::name) {
    const std::int32_t given = words_.row(mention.words.front());
    if (given >= 0) facts.femininity = words_.femininity(given);
  } else if (mention.form == ChainForm::nominal && facts.word >= 0) {
    facts.femininity = words_.femininity(facts.word);
  }
  facts.possessor = tree.child(mention.head, "nmod:poss");
  if (facts.possessor >= 0) {
    const EntityMention* owner = entities_.at(mention.sentence, facts.possessor);
    if (owner != nullptr) facts.possessor_entity = owner->entity;
  }
  for (std::int32_t t = mention.span.begin; t < mention.span.end; ++t) {
    const Token& token = tree.token(t);
    if (token.upos == Upos::num && facts.number_word == 0 && t != mention.head)
      facts.number_word = word_hash(lower(token.form));
    const bool content = token.upos == Upos::noun || token.upos == Upos::propn ||
                         token.upos == Upos::adj || token.upos == Upos::num ||
                         token.upos == Upos::verb || token.upos == Upos::pron;
    if (content && facts.all_words.size() < 24) facts.all_words.push_back(word_hash(tree.key(t)));
    if (content && t < mention.head && mention.core.contains(t)) {
      const std::int32_t row = words_.row(word_hash(tree.key(t)));
      if (row >= 0) facts.modifiers.push_back(row);
    }
  }
  if (mention.entity >= 0) {
    const Entity& entity = entities_.entities[mention.entity];
    if (facts.gender == 0) facts.gender = static_cast<std::uint32_t>(entity.gender);
  }
  return facts;
}

/// Cosine of two words in steps of a tenth, 0 when one is unknown.
std::uint32_t ChainFeatures::nearness(std::int32_t left, std::int32_t right) const {
  if (left < 0 || right < 0) return 0;
  if (left == right) return 20;
  return static_cast<std::uint32_t>(5 + std::clamp(words_.cosine(left, right), -0.3F, 0.99F) * 10);
}

bool ChainFeatures::agrees(std::int32_t j, std::int32_t i) const {
  const Facts& a = facts_[i];
  const Facts& b = facts_[j];
  const ChainMention& mention = mentions_[i];
  if (mention.form == ChainForm::clause || mentions_[j].form == ChainForm::clause) return false;
  if (mentions_[j].person != mention.person) return false;
  if (a.gender != 0 && b.gender != 0 && a.gender != b.gender) return false;
  if (a.number != 0 && b.number != 0 && a.number != b.number) return false;
  if (a.gender != 0 && b.type != person_type && b.type != 0) return false;
  if (mention.form == ChainForm::personal && a.gender == 0 && a.number == 1 &&
      b.type == person_type && mention.person == 3)
    return false;
  return true;
}

std::vector<std::int32_t> ChainFeatures::candidates(std::int32_t i) const {
  const ChainMention& mention = mentions_[i];
  std::vector<std::int32_t> found;
  std::int32_t j = i - 1;
  // A clause is what a phrase beside it in the tree stands for: "it is good that they came".
  if (mention.form == ChainForm::clause) {
    const std::int32_t governor = facts_[i].governor_token;
    for (; j >= 0 && mentions_[j].sentence == mention.sentence; --j) {
      const bool beside = facts_[j].governor_token == governor ||
                          facts_[j].governor_token == mention.head || mentions_[j].head == governor;
      if (beside && mentions_[j].form != ChainForm::clause) found.push_back(j);
    }
    return found;
  }
  const bool may_mean_clause =
      mention.form == ChainForm::demonstrative || mention.form == ChainForm::relative ||
      (mention.form == ChainForm::personal && mention.person == 3 && facts_[i].number == 1 &&
       facts_[i].gender == 0) ||
      (mention.form == ChainForm::nominal && mention.definite >= 2 && mention.definite <= 3);
  for (; j >= 0 && mention.sentence - mentions_[j].sentence <= near_sentences &&
         found.size() < most_candidates;
       --j) {
    const bool clause = mentions_[j].form == ChainForm::clause;
    if (clause && !(may_mean_clause && mention.sentence - mentions_[j].sentence <= 1)) continue;
    found.push_back(j);
  }
  const std::int32_t last = j;
  if (mention.form == ChainForm::personal && mention.person != 3) {
    const std::vector<std::int32_t>& list = by_person_.at(mention.person);
    auto end = std::upper_bound(list.begin(), list.end(), last);
    while (end != list.begin() && found.size() < most_candidates) found.push_back(*--end);
  } else if (mention.form == ChainForm::personal) {
    for (; j >= 0 && mention.sentence - mentions_[j].sentence <= 2 * near_sentences &&
           found.size() < most_candidates;
         --j) {
      if (agrees(j, i)) found.push_back(j);
    }
  }
  if (pronominal(mention.form)) return found;
  std::vector<std::int32_t> far;
  const auto take_last = [&](const std::vector<std::int32_t>& list) {
    const auto end = std::upper_bound(list.begin(), list.end(), last);
    const std::ptrdiff_t count =
        std::min<std::ptrdiff_t>(end - list.begin(), static_cast<std::ptrdiff_t>(most_candidates));
    far.insert(far.end(), end - count, end);
  };
  const auto take = [&](std::uint32_t word) {
    const auto list = by_word_.find(word);
    if (list == by_word_.end()) return;
    take_last(list->second);
  };
  take(mention.noun);
  for (const std::uint32_t word : mention.words) take(word);
  if (mention.entity >= 0) {
    const bool several = entities_.entities[mention.entity].mentions.size() > 1;
    if (several) take_last(by_entity_[mention.entity]);
  }
  std::sort(far.begin(), far.end(), std::greater<>());
  far.erase(std::unique(far.begin(), far.end()), far.end());
  for (const std::int32_t k : far) {
    if (found.size() >= most_candidates) break;
    found.push_back(k);
  }
  return found;
}

/// How the words of two phrases match.
std::uint32_t ChainFeatures::match(std::int32_t j, std::int32_t i) const {
  const ChainMention& a = mentions_[i];
  const ChainMention& b = mentions_[j];
  if (pronominal(a.form) || pronominal(b.form)) return a.text == b.text ? 1 : 0;
  if (a.form == ChainForm::clause || b.form == ChainForm::clause) return a.noun == b.noun ? 16 : 17;
  if (a.text == b.text) return 2;
  const std::size_t more = left_over(a.words, b.words);
  const std::size_t fewer = left_over(b.words, a.words);
  if (a.noun == b.noun) {
    if (more == 0) return 3;  // "the bill" for "the health bill"
    return fewer == 0 ? 4 : 5;
  }
  if (more == 0) return a.words.size() > 1 ? 6 : a.words.back() == b.words.front() ? 7 : 8;
  if (fewer == 0) return b.words.size() > 1 ? 9 : b.words.back() == a.words.front() ? 10 : 11;
  if (std::find(b.words.begin(), b.words.end(), a.words.back()) != b.words.end()) return 12;
  if (std::find(a.words.begin(), a.words.end(), b.words.back()) != a.words.end()) return 13;
  if (more < a.words.size()) return 14;
  return 15;
}

/// How two phrases of one sentence hang together in the tree.
std::uint32_t ChainFeatures::tie(std::int32_t j, std::int32_t i) const {
  const ChainMention& a = mentions_[i];
  const ChainMention& b = mentions_[j];
  if (a.sentence != b.sentence) return 0;
  const SyntaxView& tree = syntax_[a.sentence];
  if (a.whole || b.whole) {
    const bool inside = b.span.begin <= a.span.begin && a.span.end <= b.span.end;
    return inside ? 1 : 2;
  }
  const std::int32_t x = a.head;
  const std::int32_t y = b.head;
  if (tree.head(x) == y) {
    if (tree.is(x, "appos")) return 3;
    if (tree.is(x, "nmod:poss")) return 4;
    if (tree.is(x, "conj")) return 5;
    if (tree.is(x, "compound") || tree.is(x, "flat") || tree.is(x, "nmod:desc")) return 6;
    return 7;
  }
  if (tree.head(y) == x) {
    if (tree.is(y, "nsubj") && tree.child(x, "cop") >= 0) return 8;  // "X is Y"
    if (tree.is(y, "appos")) return 9;
    if (tree.is(y, "nmod:poss")) return 10;
    if (tree.is(y, "compound") || tree.is(y, "nmod:desc")) return 11;
    return 12;
  }
  if (tree.is_relative_pronoun(x) && tree.antecedent(x) == y) return 13;
  if (a.span.begin >= b.span.begin && a.span.end <= b.span.end) return 14;
  if (b.span.begin >= a.span.begin && b.span.end <= a.span.end) return 15;
  const std::int32_t p = facts_[i].governor_token;
  const std::int32_t q = facts_[j].governor_token;
  if (tree.first_conjunct(x) == tree.first_conjunct(y)) return 16;
  if (p >= 0 && p == q) return tree.is(x, "nmod:poss") ? 17 : 18;
  // A possessor inside a sister of the other: "he sold his house".
  if (p >= 0 && tree.head(p) >= 0 && tree.is(x, "nmod:poss") && tree.head(p) == q) return 19;
  if (p >= 0 && q >= 0 && tree.dominates(q, p)) return 20;
  if (p >= 0 && q >= 0 && tree.dominates(p, q)) return 21;
  return 22;
}

void ChainFeatures::shared(std::int32_t i, std::uint32_t base, FeatureList& features) const {
  const ChainMention& mention = mentions_[i];
  const Facts& facts = facts_[i];
  features.add(base + 1, facts.kind);
  features.add(base + 2, facts.type, static_cast<std::uint32_t>(mention.form));
  features.add(base + 3, facts.role);
  features.add(base + 4, mention.definite, static_cast<std::uint32_t>(mention.form));
  features.add(base + 5, facts.number, facts.gender);
  features.add(base + 6, steps(mention.span.size()), static_cast<std::uint32_t>(mention.form));
  features.add(base + 7, steps(static_cast<std::int32_t>(mention.words.size())), mention.definite);
  features.add(base + 8, facts.same_noun, static_cast<std::uint32_t>(mention.form));
  features.add(base + 9, facts.same_text, mention.definite);
  features.add(base + 10, facts.same_entity, static_cast<std::uint32_t>(mention.form));
  features.add(base + 11, mention.read ? 1 : 0, static_cast<std::uint32_t>(mention.score * 5));
  features.add(base + 12, facts.modifier ? 1 : 0, static_cast<std::uint32_t>(mention.form));
  features.add(base + 13, mention.noun);
  features.add(base + 14, facts.headline ? 1 : 0);
  features.add(base + 15, steps(mention.sentence));
  features.add(base + 16, facts.speaker >= 0 ? 1 : 0, facts.kind);
  features.add(base + 17, facts.role, facts.kind);
  features.add(base + 18, facts.preposition, facts.type);
  const SyntaxView& tree = syntax_[mention.sentence];
  const bool predicate = tree.child(mention.head, "cop") >= 0;
  features.add(base + 19, predicate ? 1 : 0, mention.definite);
  if (mention.entity_mention >= 0) {
    const EntityMention& known = entities_.mentions[mention.entity_mention];
    features.add(base + 20, static_cast<std::uint32_t>(known.kind), known.generic ? 1 : 0,
                 known.gazetteer_key.empty() ? 0 : 1);
    features.add(base + 21, word_hash(known.type), static_cast<std::uint32_t>(mention.form));
  } else {
    features.add(base + 22);
  }
  features.add(base + 24, facts.female, static_cast<std::uint32_t>(mention.form), facts.gender);
  features.add(base + 23, mention.span.end > mention.core.end ? 1 : 0, mention.definite,
               facts.same_noun > 0 ? 1 : 0);
}

void ChainFeatures::anaphor(std::int32_t i, FeatureList& features) const {
  shared(i, 100, features);
}

void ChainFeatures::antecedent(std::int32_t j, FeatureList& features) const {
  shared(j, 200, features);
}

void ChainFeatures::newness(std::int32_t i, FeatureList& features) const {
  shared(i, 300, features);
  const ChainMention& mention = mentions_[i];
  const Facts& facts = facts_[i];
  features.add(341, facts.kind, facts.role, facts.governor);
  features.add(342, facts.same_noun > 0 ? 1 : 0, mention.definite, facts.type);
  features.add(343, facts.same_text > 0 ? 1 : 0, facts.same_entity > 0 ? 1 : 0, mention.definite,
               static_cast<std::uint32_t>(mention.form));
  const SyntaxView& tree = syntax_[mention.sentence];
  const std::int32_t next = mention.head + 1;
  features.add(344, facts.kind, next < tree.size() ? word_hash(tree.key(next)) : 0);
  features.add(346, facts.kind, facts.role);
  features.add(345, mention.words.front(), static_cast<std::uint32_t>(mention.form));
}

void ChainFeatures::pair(std::int32_t j, std::int32_t i, std::int32_t between,
                         FeatureList& features) const {
  const ChainMention& a = mentions_[i];
  const ChainMention& b = mentions_[j];
  const Facts& x = facts_[i];
  const Facts& y = facts_[j];
  const std::uint32_t matched = match(j, i);
  const std::uint32_t tied = tie(j, i);
  const std::int32_t distance = a.sentence - b.sentence;
  const std::uint32_t away = steps(distance);
  const std::uint32_t form = static_cast<std::uint32_t>(a.form);
  const std::uint32_t other = static_cast<std::uint32_t>(b.form);
  const std::uint32_t forms = form * 8 + other + (a.whole ? 64 : 0) + (b.whole ? 128 : 0);
  const bool same_rule_entity = a.entity >= 0 && a.entity == b.entity;
  const std::uint32_t number = x.number * 3 + y.number;
  const std::uint32_t gender = x.gender * 3 + y.gender;

  features.add(501, matched, forms);
  features.add(502, matched, a.definite, b.definite);
  features.add(503, matched, away, form);
  features.add(504, away, forms);
  features.add(505, steps(i - j), forms);
  features.add(506, steps(between), x.kind);
  features.add(507, steps(between), away, form);
  features.add(508, x.kind, y.kind);
  features.add(509, x.kind, y.type, y.number);
  features.add(510, x.kind, y.gender, y.type == person_type ? 1 : 0);
  features.add(511, x.type, y.type, pronominal(a.form) ? 1 : 0, pronominal(b.form) ? 1 : 0);
  features.add(512, number, forms);
  features.add(513, gender, number, x.type == y.type ? 1 : 0);
  features.add(514, x.role, y.role, form);
  features.add(515, y.role, away, x.kind);
  features.add(516, tied, forms);
  features.add(517, tied, x.kind, y.number);
  features.add(518, tied, matched, x.type == y.type ? 1 : 0);
  features.add(519, same_rule_entity ? 1 : 0, forms);
  features.add(520, same_rule_entity ? 1 : 0, matched, away);
  features.add(521, y.same_entity, form);
  features.add(522, y.same_text, y.same_noun, form);
  features.add(523, x.governor == y.governor ? 1 : 0, x.role == y.role ? 1 : 0, form);
  features.add(524, a.person * 4 + b.person, x.speaker >= 0 ? 1 : 0, y.speaker >= 0 ? 1 : 0,
               x.speaker == y.speaker ? 1 : 0);
  features.add(525, x.speaker >= 0 && x.speaker == b.entity ? 1 : 0, a.person, a.number);
  features.add(526, y.speaker >= 0 && y.speaker == a.entity ? 1 : 0, b.person, b.number);
  features.add(527, x.paragraph == y.paragraph ? 1 : 0, form, steps(distance));
  const std::uint32_t near = nearness(x.word, y.word);
  features.add(541, near, forms);
  features.add(542, near, a.definite, b.definite, x.type == y.type ? 1 : 0);
  features.add(543, near, away, form);
  features.add(544, near, number, form);
  features.add(545, nearness(x.governor_word, y.governor_word), x.role == y.role ? 1 : 0, form);
  if (pronominal(a.form)) {
    features.add(546, nearness(x.governor_word, y.word), x.role, x.kind);
    features.add(547, x.kind, y.female, y.type == person_type ? 1 : 0,
                 static_cast<std::uint32_t>(b.form));
    const std::int32_t next = a.head + 1 < syntax_[a.sentence].size() ? a.head + 1 : -1;
    features.add(
        555, x.kind, static_cast<std::uint32_t>(b.form), away,
        next < 0 ? 0 : static_cast<std::uint32_t>(syntax_[a.sentence].token(next).upos) + 1);
  } else if (!pronominal(b.form)) {
    const auto more =
        static_cast<std::uint32_t>(std::min<std::size_t>(left_over(x.all_words, y.all_words), 4));
    const auto fewer =
        static_cast<std::uint32_t>(std::min<std::size_t>(left_over(y.all_words, x.all_words), 4));
    features.add(548, more, fewer, matched);
    features.add(549, more == 0 && fewer == 0 ? 1 : 0, a.definite, b.definite, forms);
    const std::uint32_t owners = x.possessor < 0 && y.possessor < 0         ? 0
                                 : x.possessor < 0                          ? 1
                                 : y.possessor < 0                          ? 2
                                 : x.possessor_entity < 0                   ? 3
                                 : x.possessor_entity == y.possessor_entity ? 4
                                                                            : 5;
    features.add(550, owners, matched);
    features.add(551,
                 x.number_word == y.number_word ? 1
                 : x.number_word == 0           ? 2
                 : y.number_word == 0           ? 3
                                                : 4,
                 matched);
    std::uint32_t nearest = 0;
    for (const std::int32_t left : x.modifiers) {
      for (const std::int32_t right : y.modifiers)
        nearest = std::max(nearest, nearness(left, right));
    }
    features.add(552, nearest, matched, near);
    features.add(553, nearest, x.modifiers.empty() ? 1 : 0, y.modifiers.empty() ? 1 : 0, matched);
    std::uint32_t inside =
        0;  // "the Senate trial", "the trial": a modifier that the other's head is
    for (const std::int32_t left : x.modifiers) inside = std::max(inside, nearness(left, y.word));
    features.add(554, inside, matched, a.definite);
  }
  features.add(529, x.kind, b.noun);
  features.add(530, a.noun == b.noun ? 1 : 0, a.noun);
  features.add(531, x.kind, x.governor, y.type);
  features.add(532, agrees(j, i) ? 1 : 0, form, steps(between), tied == 0 ? 1 : 0);
  if (matched >= 2 && matched <= 13) {
    const auto more =
        static_cast<std::uint32_t>(std::min<std::size_t>(left_over(a.words, b.words), 3));
    const auto fewer =
        static_cast<std::uint32_t>(std::min<std::size_t>(left_over(b.words, a.words), 3));
    features.add(533, more, fewer, forms);
    features.add(534, more, fewer, a.definite, b.definite);
    features.add(535, a.span.end > a.core.end ? 1 : 0, b.span.end > b.core.end ? 1 : 0, a.definite,
                 b.definite);
    features.add(536, matched, x.type, y.type);
    features.add(537, number, matched, a.definite);
  }
  if (a.entity_mention >= 0 && b.entity_mention >= 0) {
    const EntityMention& k = entities_.mentions[a.entity_mention];
    const EntityMention& l = entities_.mentions[b.entity_mention];
    const std::uint32_t keys = k.gazetteer_key.empty() || l.gazetteer_key.empty() ? 0
                               : k.gazetteer_key == l.gazetteer_key               ? 1
                                                                                  : 2;
    const std::uint32_t countries = k.country.empty() || l.country.empty() ? 0
                                    : k.country == l.country               ? 1
                                                                           : 2;
    features.add(538, keys, countries, matched);
    features.add(539, word_hash(k.type), word_hash(l.type), forms);
    if (k.count.known && l.count.known)
      features.add(540, k.count.min == l.count.min && k.count.max == l.count.max ? 1 : 0, matched);
  }
}

}  // namespace relata::text
