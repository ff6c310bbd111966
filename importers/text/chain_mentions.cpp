#include "importers/text/chain_mentions.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

#include "importers/text/chain_model.h"
#include "importers/text/feature_hash.h"
#include "importers/text/mention_extents.h"
#include "importers/text/mention_words.h"

namespace relata::text {

namespace {

constexpr std::array<std::string_view, 10> mention_types = {
    "abstract", "animal", "event", "object",    "organization",
    "person",   "place",  "plant", "substance", "time"};

constexpr std::array<std::string_view, 4> demonstratives = {"this", "that", "these", "those"};

constexpr std::array<std::string_view, 14> quantifiers = {
    "some", "any",  "many", "several", "few",  "each", "every",
    "all",  "both", "most", "another", "much", "more", "other"};

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

class ChainMentionFinder final {
 public:
  ChainMentionFinder(std::span<const SyntaxView> syntax, const Entities& entities,
                     const ChainModel& model)
      : syntax_(syntax), entities_(entities), model_(model) {}

  std::vector<ChainMention> find() {
    for (std::size_t i = 0; i < syntax_.size(); ++i) read_sentence(static_cast<std::int32_t>(i));
    return std::move(result_);
  }

 private:
  void read_sentence(std::int32_t sentence) {
    const SyntaxView& tree = syntax_[sentence];
    std::vector<const Mention*> read(static_cast<std::size_t>(tree.size()), nullptr);
    for (const Mention& mention : tree.sentence().mentions) read[mention.head] = &mention;
    const std::size_t first = result_.size();
    for (std::int32_t t = 0; t < tree.size(); ++t) {
      const EntityMention* known = entities_.at(sentence, t);
      if (known != nullptr && known->head != t) known = nullptr;
      const bool may_stand_for =
          tree.token(t).upos == Upos::pron && pronoun_facts(lower(tree.token(t).form)) != nullptr;
      if (read[t] == nullptr && known == nullptr && !may_stand_for) {
        if (is_clause(tree, t)) add_clause(tree, sentence, t);
        continue;
      }
      add(tree, sentence, t, read[t], known);
      add_whole(tree, t);
    }
    std::sort(result_.begin() + static_cast<std::ptrdiff_t>(first), result_.end(),
              [](const ChainMention& left, const ChainMention& right) {
                return std::tuple(left.span.begin, -left.span.end, left.head, left.whole) <
                       std::tuple(right.span.begin, -right.span.end, right.head, right.whole);
              });
    // Of candidates with one extent the first that the reader takes for a mention stays.
    std::vector<ChainMention> kept;
    for (std::size_t i = first; i < result_.size(); ++i) {
      if (!kept.empty() && kept.back().span == result_[i].span) {
        if (!kept.back().read && result_[i].read) kept.back() = std::move(result_[i]);
        continue;
      }
      kept.push_back(std::move(result_[i]));
    }
    result_.resize(first);
    for (ChainMention& mention : kept) result_.push_back(std::move(mention));
  }

  void add(const SyntaxView& tree, std::int32_t sentence, std::int32_t t, const Mention* read,
           const EntityMention* known) {
    ChainMention mention;
    mention.sentence = sentence;
    mention.head = t;
    mention.span = model_.extent(tree, t);
    mention.core = tree.core_phrase(t);
    mention.read = read != nullptr;
    if (read != nullptr) {
      const auto* at = std::find(mention_types.begin(), mention_types.end(), read->type);
      mention.type =
          at == mention_types.end() ? 0 : static_cast<std::uint8_t>(at - mention_types.begin() + 1);
      mention.score = read->score;
    }
    if (known != nullptr) {
      mention.entity_mention = static_cast<std::int32_t>(known - entities_.mentions.data());
      mention.entity = known->entity;
    }
    mention.form = form_of(tree, t, known);
    read_agreement(tree, t, known, mention);
    mention.definite = definiteness(tree, t, mention);
    std::uint32_t text = 0;
    for (std::int32_t i = mention.core.begin; i < mention.core.end; ++i) {
      const Token& token = tree.token(i);
      if (token.upos == Upos::det || token.upos == Upos::punct || token.xpos == "POS" ||
          tree.is(i, "nmod:poss"))
        continue;
      mention.words.push_back(word_hash(lower(token.form)));
      text = text * 31 + mention.words.back();
    }
    if (mention.words.empty()) {
      mention.words.push_back(word_hash(lower(tree.token(t).form)));
      text = mention.words.back();
    }
    mention.noun = word_hash(tree.key(t));
    mention.text = text;
    result_.push_back(std::move(mention));
  }

  /// A clause that a phrase can mean: a subject, a predicate of "the aim is to win", a statement.
  [[nodiscard]] static bool is_clause(const SyntaxView& tree, std::int32_t t) {
    if (tree.is(t, "csubj")) return true;
    if (tree.token(t).upos != Upos::verb) return false;
    if (tree.child(t, "cop") >= 0) return true;
    const std::int32_t first = tree.first_conjunct(t);
    return tree.is(first, "root") || tree.is(first, "ccomp") || tree.is(first, "advcl") ||
           tree.is(first, "parataxis") || tree.is(first, "acl");
  }

  void add_clause(const SyntaxView& tree, std::int32_t sentence, std::int32_t t) {
    ChainMention mention;
    mention.sentence = sentence;
    mention.head = t;
    mention.span = model_.extent(tree, t);
    mention.core = {t, t + 1};
    mention.form = ChainForm::clause;
    mention.number = 1;
    mention.noun = mention.text = word_hash(tree.key(t));
    mention.words = {mention.noun};
    result_.push_back(std::move(mention));
  }

  /// "researchers and students": the whole, which a plural may take up.
  void add_whole(const SyntaxView& tree, std::int32_t t) {
    if (tree.is(t, "conj")) return;
    std::int32_t last = -1;
    for (const std::int32_t child : tree.children(t)) {
      if (tree.is(child, "conj") && child > t && tree.is_nominal(child)) last = child;
    }
    if (last < 0) return;
    ChainMention whole = result_.back();
    whole.span.end = std::max(whole.span.end, model_.extent(tree, last).end);
    whole.whole = true;
    whole.read = false;
    whole.number = 2;
    whole.gender = Gender::unknown;
    whole.entity_mention = whole.entity = -1;
    whole.form = ChainForm::nominal;
    whole.words.push_back(word_hash(tree.key(last)));
    whole.text = whole.text * 31 + whole.words.back();
    whole.noun = whole.text;
    result_.push_back(std::move(whole));
  }

  [[nodiscard]] static ChainForm form_of(const SyntaxView& tree, std::int32_t t,
                                         const EntityMention* known) {
    const Token& token = tree.token(t);
    const std::string form = lower(token.form);
    if (token.upos == Upos::pron || token.upos == Upos::det) {
      if (pronoun_facts(form) != nullptr) return ChainForm::personal;
      if (token.xpos.starts_with("W")) return ChainForm::relative;
      return contains(demonstratives, form) ? ChainForm::demonstrative : ChainForm::other;
    }
    if (known != nullptr && known->form == MentionForm::name) return ChainForm::name;
    if (token.upos == Upos::propn) return ChainForm::name;
    if (token.upos == Upos::noun) return ChainForm::nominal;
    return ChainForm::other;
  }

  static void read_agreement(const SyntaxView& tree, std::int32_t t, const EntityMention* known,
                             ChainMention& mention) {
    const Token& token = tree.token(t);
    if (has_feature(token, "Number=Plur") || token.xpos == "NNS" || token.xpos == "NNPS") {
      mention.number = 2;
    } else if (has_feature(token, "Number=Sing") || token.upos == Upos::propn ||
               token.upos == Upos::noun) {
      mention.number = 1;
    }
    if (known != nullptr) mention.gender = known->gender;
    if (const PronounFacts* facts = pronoun_facts(lower(token.form));
        facts != nullptr && mention.form == ChainForm::personal) {
      mention.person = facts->person;
      mention.gender = facts->gender;
      if (facts->person != 2) mention.number = facts->plural ? 2 : 1;
    }
  }

  [[nodiscard]] static std::uint8_t definiteness(const SyntaxView& tree, std::int32_t t,
                                                 const ChainMention& mention) {
    for (const std::int32_t child : tree.children(t)) {
      if (child > t) continue;
      if (tree.is(child, "nmod:poss")) return 4;
      if (!tree.is(child, "det")) continue;
      const std::string& word = tree.key(child);
      if (word == "the") return 2;
      if (word == "a" || word == "an") return 1;
      if (contains(demonstratives, word)) return 3;
      if (word == "no") return 7;
      if (contains(quantifiers, word)) return 6;
    }
    if (mention.form == ChainForm::name) return 5;
    return 0;
  }

  std::span<const SyntaxView> syntax_;
  const Entities& entities_;
  const ChainModel& model_;
  std::vector<ChainMention> result_;
};

}  // namespace

std::vector<ChainMention> find_chain_mentions(std::span<const SyntaxView> syntax,
                                              const Entities& entities, const ChainModel& model) {
  return ChainMentionFinder(syntax, entities, model).find();
}

}  // namespace relata::text
