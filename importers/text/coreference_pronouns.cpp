#include "importers/text/coreference_pronouns.h"

#include <algorithm>
#include <string>

namespace relata::text {

std::int32_t PronounResolver::antecedent(std::int32_t i) const {
  if (const std::int32_t owner = coordinated_owner(i); owner >= 0) return owner;
  if (const std::int32_t owner = acting_owner(i); owner >= 0) return owner;
  const PronounAdvice advice =
      advice_.empty() ? PronounAdvice() : advice_[static_cast<std::size_t>(i)];
  if (advice.kind == PronounAdvice::Kind::none) return find_pronoun_antecedent(i);
  if (advice.kind == PronounAdvice::Kind::nothing) return -1;
  const ClusterFacts& facts = clusters_.facts_of(advice.mention);
  return agrees(mentions_[i], facts) ? advice.mention : find_pronoun_antecedent(i);
}

bool PronounResolver::agrees(const EntityMention& pronoun, const ClusterFacts& facts) const {
  const std::string& form = pronoun.noun;
  if (form == "he" || form == "she") {
    if (facts.type != "person" || facts.plural) return false;
    return facts.gender == Gender::unknown || facts.gender == pronoun.gender;
  }
  if (form == "it") return facts.type != "person" && !facts.plural;
  if (form == "they") {
    return facts.plural || (facts.kind == EntityKind::actor && facts.type != "person");
  }
  return false;
}

bool PronounResolver::bound(std::int32_t i, std::int32_t j) const {
  if (mentions_[i].sentence != mentions_[j].sentence) return false;
  const SyntaxView& tree = syntax_[mentions_[i].sentence];
  const std::int32_t a = mentions_[i].head;
  const std::int32_t b = mentions_[j].head;
  if (tree.is(a, "nmod:poss"))
    return tree.dominates(tree.head(a), b) && tree.head(a) == tree.head(b);
  if (tree.token(a).feats.find("Reflex=Yes") != std::string::npos) return false;
  const bool subject_of_own_clause =
      !tree.is(a, "nsubj") && tree.head(a) >= 0 && tree.subject(tree.head(a)) == b;
  return tree.head(a) == tree.head(b) || subject_of_own_clause || tree.dominates(b, a) ||
         tree.first_conjunct(a) == tree.first_conjunct(b);
}

std::int32_t PronounResolver::coordinated_owner(std::int32_t i) const {
  const EntityMention& pronoun = mentions_[i];
  const SyntaxView& tree = syntax_[pronoun.sentence];
  const std::int32_t owned = tree.head(pronoun.head);
  if (!tree.is(pronoun.head, "nmod:poss") || owned < 0 || !tree.is(owned, "conj")) return -1;
  const std::vector<std::int32_t> members = tree.conjuncts(tree.first_conjunct(owned));
  for (std::int32_t j = i - 1; j >= 0 && mentions_[j].sentence == pronoun.sentence; --j) {
    const bool member =
        std::find(members.begin(), members.end(), mentions_[j].head) != members.end();
    if (member && mentions_[j].form != MentionForm::pronoun &&
        agrees(pronoun, clusters_.facts_of(j)))
      return j;
  }
  return -1;
}

std::int32_t PronounResolver::acting_owner(std::int32_t i) const {
  const EntityMention& pronoun = mentions_[i];
  const SyntaxView& tree = syntax_[pronoun.sentence];
  if (!tree.is(pronoun.head, "nmod:poss")) return -1;
  const std::int32_t owned = tree.head(pronoun.head);
  const std::int32_t verb = owned < 0 ? -1 : tree.head(owned);
  const bool direct = owned >= 0 && (tree.is(owned, "obj") || tree.is(owned, "obl"));
  if (verb < 0 || !direct || tree.token(verb).upos != Upos::verb) return -1;
  // "sentenced them for their roles", "ordered his arrest": not the judge's, not the ruler's.
  if (tree.is(owned, "obl") && tree.child(verb, "obj") >= 0) return -1;
  const std::vector<Predicate>& predicates = tree.sentence().predicates;
  const bool deed = std::any_of(predicates.begin(), predicates.end(),
                                [&](const Predicate& deed_of) { return deed_of.token == owned; });
  if (deed && pronoun.noun != "it") return -1;
  const std::int32_t subject = tree.child(verb, "nsubj");
  for (std::int32_t j = i - 1; j >= 0 && mentions_[j].sentence == pronoun.sentence; --j) {
    if (mentions_[j].head != subject || mentions_[j].generic) continue;
    const ClusterFacts& facts = clusters_.facts_of(j);
    const bool acts = facts.kind == EntityKind::actor || facts.type == "country";
    return acts && agrees(pronoun, facts) ? j : -1;
  }
  return -1;
}

double PronounResolver::salience(std::int32_t i, std::int32_t j) const {
  const EntityMention& candidate = mentions_[j];
  const SyntaxView& tree = syntax_[candidate.sentence];
  const std::int32_t distance = mentions_[i].sentence - candidate.sentence;
  double score = 100 - 28 * distance;
  const std::int32_t first = tree.first_conjunct(candidate.head);
  if (tree.is(first, "nsubj")) score += 22;
  if (tree.is(first, "obj") || tree.is(first, "iobj")) score += 8;
  if (tree.is(first, "nmod") || tree.is(first, "compound")) score -= 12;
  if (tree.is(candidate.head, "nmod:poss")) score += 8;
  const SyntaxView& own = syntax_[mentions_[i].sentence];
  if (own.is(mentions_[i].head, "nsubj") && tree.is(first, "nsubj")) score += 8;
  const ClusterFacts& facts = clusters_.facts_of(j);
  if (facts.named) score += 6;
  score += std::min<double>(8, 2.0 * static_cast<double>(facts.mentions.size()));
  if (distance == 0) score -= 0.2 * (mentions_[i].head - candidate.head);
  if (mentions_[i].noun == "it" && facts.kind == EntityKind::place && facts.type != "country")
    score -= 10;
  return score;
}

std::int32_t PronounResolver::find_pronoun_antecedent(std::int32_t i) const {
  const EntityMention& pronoun = mentions_[i];
  std::int32_t best = -1;
  double best_score = 0;
  for (std::int32_t j = i - 1; j >= 0; --j) {
    const std::int32_t distance = pronoun.sentence - mentions_[j].sentence;
    if (distance > 3) break;
    if (mentions_[j].generic || !agrees(pronoun, clusters_.facts_of(j)) || bound(i, j)) continue;
    if (mentions_[j].form == MentionForm::pronoun && mentions_[j].noun != pronoun.noun) continue;
    const double score = salience(i, j);
    if (score > best_score) {
      best = j;
      best_score = score;
    }
  }
  return best;
}

}  // namespace relata::text
