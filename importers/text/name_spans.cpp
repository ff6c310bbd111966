#include "importers/text/name_spans.h"

#include <algorithm>
#include <functional>
#include <set>

#include "importers/text/name_span_words.h"

namespace relata::text {

namespace {

using WordSet = std::set<std::string, std::less<>>;

/// Reads the names of one sentence.
class NameSpans final {
 public:
  NameSpans(const SyntaxView& tree, const NounKnowledge& nouns, const World& world)
      : tree_(tree), nouns_(nouns), world_(world) {}

  /// Part of a name by its tag: "National" of "National Intelligence Service" is an adjective and a
  /// proper noun.
  [[nodiscard]] bool proper(std::int32_t t) const {
    const Token& token = tree_.token(t);
    if (!capitalised(t) || token.form == "THE") return false;
    return token.upos == Upos::propn || token.xpos.starts_with("NNP") || is_called_who(t);
  }

  /// "WHO" between words in small letters is no pronoun.
  [[nodiscard]] bool is_called_who(std::int32_t t) const {
    const auto shouted = [&](std::int32_t at) {
      if (at < 0 || at >= tree_.size()) return false;
      const std::string& form = tree_.token(at).form;
      return form.size() > 1 &&
             std::all_of(form.begin(), form.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    };
    return tree_.token(t).upos == Upos::pron && tree_.token(t).form.size() > 2 && shouted(t) &&
           !shouted(t - 1) && !shouted(t + 1) && world_.organisation(tree_.token(t).form);
  }

  [[nodiscard]] bool capitalised(std::int32_t t) const { return is_capitalised(tree_, t); }

  /// The reader's names, mended: parts of one name on both sides of a possessive ("Korean People's
  /// Army", "the Sheriff's office") or of a hyphen ("Al-Ghaza Hotel") are joined, and bodies get
  /// what their noun asks for ("Board" "of Inquiry").
  [[nodiscard]] std::vector<Name> joined_names(const AcronymSpans& acronyms) const {
    std::vector<Name> names = possessive_names();
    for (const Name& body : acronyms.spelt_out(tree_)) {
      if (!in_longer_name(body.span)) names.push_back(body);
    }
    for (const Name& body : known_bodies()) names.push_back(body);
    for (const Name& place : hyphenated_places()) names.push_back(place);
    for (const Name& name : tree_.sentence().names) {
      const bool inside = std::any_of(names.begin(), names.end(), [&](const Name& longer) {
        return longer.span.begin <= name.span.begin && name.span.end <= longer.span.end &&
               longer.span.size() > name.span.size();
      });
      if (!inside) names.push_back(name);
    }
    std::stable_sort(names.begin(), names.end(),
                     [](const Name& a, const Name& b) { return a.span.begin < b.span.begin; });
    std::vector<bool> taken(static_cast<std::size_t>(tree_.size()), false);
    for (const Name& name : names) {
      for (std::int32_t t = name.span.begin; t < name.span.end; ++t) taken[t] = true;
    }
    std::vector<Name> kept;
    for (Name& name : names) {
      if (!without_nouns(name)) continue;
      without_owner(name);
      without_party(name);
      without_event(name);
      without_office(name);
      extend_over_hyphens(name.span);
      extend_over_particles(name);
      extend_over_words(name, taken);
      extend_by_complement(name);
      if (!kept.empty() && name.span.begin < kept.back().span.end) continue;
      kept.push_back(std::move(name));
    }
    return kept;
  }

  /// Bodies of the gazetteer with several words, also where the reader sees common nouns: "Doctors
  /// Without Borders".
  [[nodiscard]] std::vector<Name> known_bodies() const {
    constexpr std::int32_t longest = 7;
    std::vector<Name> found;
    for (std::int32_t t = 0; t + 1 < tree_.size(); ++t) {
      if (!capitalised(t)) continue;
      for (std::int32_t end = std::min(tree_.size(), t + longest); end > t + 1; --end) {
        if (!capitalised(end - 1) || !world_.organisation(text_of(tree_, {t, end}))) continue;
        found.push_back({{t, end}, "organization", "", 0.9F});
        t = end - 1;
        break;
      }
    }
    return found;
  }

  /// Countries and large places with a hyphen, unless the reader sees a longer name there:
  /// "Nagorno-Karabakh", "Deir ez-Zor".
  [[nodiscard]] std::vector<Name> hyphenated_places() const {
    constexpr std::int32_t longest = 5;
    std::vector<Name> found;
    for (std::int32_t hyphen = 1; hyphen + 1 < tree_.size(); ++hyphen) {
      if (tree_.token(hyphen).form != "-" || !capitalised(hyphen + 1)) continue;
      for (std::int32_t begin = std::max(0, hyphen + 2 - longest); begin < hyphen; ++begin) {
        const TokenSpan span{begin, hyphen + 2};
        if (!capitalised(begin) || in_longer_name(span)) continue;
        const std::string text = text_of(tree_, span);
        if (!world_.country(text) && !world_.is_large_place(text, {})) continue;
        found.push_back({span, "place", "", 0.9F});
        break;
      }
    }
    return found;
  }

  [[nodiscard]] bool in_longer_name(TokenSpan span) const {
    const std::vector<Name>& names = tree_.sentence().names;
    return std::any_of(names.begin(), names.end(), [&](const Name& name) {
      return name.span.begin <= span.begin && span.end <= name.span.end &&
             name.span.size() > span.size();
    });
  }

  /// "Korean People's Army", "the Los Angeles Sheriff's office": a possessor that is a kind of
  /// people or an office, not somebody.
  [[nodiscard]] std::vector<Name> possessive_names() const {
    std::vector<Name> found;
    for (std::int32_t t = 0; t + 2 < tree_.size(); ++t) {
      if (!capitalised(t) || tree_.token(t + 1).xpos != "POS") continue;
      const bool office = noun_is_title(t) && is_office_noun(tree_.key(t + 2));
      const bool patron = capitalised(t + 2) && has_patron(t);
      // "Cox's Bazar", not "India's Assam"
      const std::string whole = text_of(tree_, {t, t + 3});
      const auto place = world_.place(whole, {}, "");
      if (place && place->name == whole) {
        found.push_back({{t, t + 3}, "place", "", 0.8F});
        continue;
      }
      if (!office && !patron && !(generic_possessor(t) && capitalised(t + 2))) continue;
      Name name{{t, t + 3}, "organization", "", 0.8F};
      while (name.span.begin > 0 && capitalised(name.span.begin - 1) &&
             tree_.token(name.span.begin - 1).upos != Upos::det)
        --name.span.begin;
      while (name.span.end < tree_.size() && proper(name.span.end)) ++name.span.end;
      found.push_back(std::move(name));
    }
    return found;
  }

  /// "union ENEDEP" is ENEDEP, and "dockworkers" nobody's name; false when nothing is left.
  bool without_nouns(Name& name) const {
    const auto common = [&](std::int32_t t) {
      const std::string& form = tree_.token(t).form;
      return form.front() >= 'a' && form.front() <= 'z' &&
             std::none_of(form.begin(), form.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) &&
             nouns_.find(tree_.key(t)) != nullptr;
    };
    if (name.type == "time" || name.type == "event" || name.type == "norp") return true;
    while (name.span.size() > 1 && common(name.span.begin)) ++name.span.begin;
    return name.span.size() > 1 || !common(name.span.begin);
  }

  /// "South Korea's National Intelligence Service" is called without the country that has it.
  void without_owner(Name& name) const {
    if (name.type != "organization") return;
    for (std::int32_t t = name.span.begin + 1; t + 1 < name.span.end; ++t) {
      if (tree_.token(t).xpos != "POS") continue;
      if (!world_.country(text_of(tree_, {name.span.begin, t}))) return;
      name.span.begin = t + 1;
      return;
    }
  }

  /// "Ann Chiang of DAB" is Ann Chiang; "Joan of Arc" keeps its place.
  void without_party(Name& name) const {
    if (name.type != "person") return;
    for (std::int32_t t = name.span.begin + 2; t + 1 < name.span.end; ++t) {
      if (tree_.token(t).form != "of") continue;
      if (!noun_is_title(name.span.begin) && !noun_is_title(t - 1)) name.span.end = t;
      return;
    }
  }

  /// "Hajj stampede" is a stampede, and the name ends before it.
  void without_event(Name& name) const {
    const std::int32_t last = name.span.end - 1;
    if (name.type == "event" || name.span.size() < 2 || capitalised(last)) return;
    const Mention* mention = reader_mention(last);
    if (mention != nullptr && mention->type == "event") --name.span.end;
  }

  /// "State Kerry" of "Secretary of State Kerry"
  [[nodiscard]] bool begins_in_office(TokenSpan span) const {
    const std::int32_t first = span.begin;
    return first > 1 && span.size() > 1 && !is_body(first + 1) &&
           tree_.token(first - 1).form == "of" && noun_is_title(first - 2) &&
           is_department(tree_.token(first).form);
  }

  /// "Prime Minister Hun Sen" is Hun Sen. A single given name keeps its title: "Pope Francis".
  void without_office(Name& name) const {
    // "Secretary of State Antony Blinken"
    const std::int32_t first = name.span.begin;
    const bool whole = name.span.size() > 3 && noun_is_title(first) &&
                       tree_.token(first + 1).form == "of" && capitalised(first + 2);
    const bool rest = begins_in_office(name.span);
    if (whole || rest) {
      name.span.begin += whole ? 3 : 1;
      name.type = "person";
      return;
    }
    if (name.type != "person") return;
    constexpr std::int32_t least_left = 2;
    name.span.begin = end_of_titles(name.span, least_left);
  }

  /// Where the name begins behind its titles, of which each belongs to a word behind it: "Lorraine"
  /// of "Detective Chief Inspector Lorraine Busby". So many words are left at least.
  [[nodiscard]] std::int32_t end_of_titles(TokenSpan span, std::int32_t left) const {
    std::int32_t begin = span.begin;
    for (std::int32_t t = span.begin; t + left < span.end; ++t) {
      const std::int32_t head = tree_.head(t);
      if (head <= t || head >= span.end) break;
      const NounEntry* phrase =
          t > span.begin ? nouns_.find(tree_.key(t - 1) + "_" + tree_.key(t)) : nullptr;
      const bool title = noun_is_title(t) || (phrase != nullptr && phrase->title);
      if (title && (tree_.is(t, "nmod:desc") || tree_.is(t, "compound"))) begin = t + 1;
    }
    return begin;
  }

  /// The proper nouns right behind that the tree ties to a name belong to it: "Radio" "Misti".
  void extend_over_words(Name& name, const std::vector<bool>& taken) const {
    // "UN Resolution", "UN Secretary" is the owner of what follows, "UN Board" a body of its own.
    const bool known = world_.organisation(text_of(tree_, name.span)).has_value();
    const auto tied = [&](std::int32_t t) {
      const std::int32_t head = tree_.head(t);
      if (name.span.contains(head) && tree_.is(t, "flat")) return true;
      if (name.type != "organization" || !may_end_body(t) || (known && !is_body(t))) return false;
      if (name.span.contains(head) && tree_.is(t, "compound")) return true;
      const std::int32_t own = head_of(tree_, name.span);
      return tree_.head(own) == t && (tree_.is(own, "compound") || tree_.is(own, "flat"));
    };
    const auto may_be_named = [&](std::int32_t t) {
      return proper(t) || (known && capitalised(t) && is_body(t));
    };
    while (name.span.end < tree_.size() && !taken[name.span.end] && may_be_named(name.span.end) &&
           tied(name.span.end))
      ++name.span.end;
  }

  /// No word that says what else it is: an office, a document.
  [[nodiscard]] bool may_end_body(std::int32_t t) const {
    const NounEntry* noun = nouns_.find(lower(tree_.token(t).form));
    return noun == nullptr ||
           (noun->kind == NounKind::actor && noun->type != "person" && !noun->title);
  }

  [[nodiscard]] bool is_body(std::int32_t t) const {
    const NounEntry* noun = nouns_.find(lower(tree_.token(t).form));
    return noun != nullptr && noun->kind == NounKind::actor &&
           (noun->type == "organization" || noun->type == "government");
  }

  [[nodiscard]] bool generic_possessor(std::int32_t t) const {
    if (is_kind_of_people(lower(tree_.token(t).form))) return true;
    // "the Government Girls' College"
    const Token& token = tree_.token(t);
    const NounEntry* owned = nouns_.find(tree_.key(t + 2));
    return (token.xpos == "NNS" || token.xpos == "NNPS") && owned != nullptr &&
           (owned->kind == NounKind::place ||
            (owned->kind == NounKind::actor && owned->type != "person"));
  }

  /// "St James's Hospital", "King's College": named after a saint or a crown.
  [[nodiscard]] bool has_patron(std::int32_t t) const {
    static const WordSet crowns = {"King", "Queen"};
    static const WordSet saints = {"St", "St.", "Saint"};
    return crowns.contains(tree_.token(t).form) ||
           (t > 0 && saints.contains(tree_.token(t - 1).form));
  }

  /// Words that a hyphen without blanks ties to a name belong to it: "Al-Ghaza", "al-Kubra".
  void extend_over_hyphens(TokenSpan& span) const {
    const auto tied = [&](std::int32_t hyphen) {
      return hyphen > 0 && hyphen + 1 < tree_.size() && tree_.token(hyphen).form == "-" &&
             !tree_.token(hyphen).space_after && !tree_.token(hyphen - 1).space_after;
    };
    // "Russia-Ukraine war", "Kyiv-Moscow train": two names.
    const auto part = [&](std::int32_t t) {
      return capitalised(t) && !world_.country(tree_.token(t).form) &&
             !world_.country_of_capital(tree_.token(t).form) &&
             !world_.country_of_demonym(tree_.token(t).form);
    };
    if (span.size() == 1 && !part(span.begin)) return;
    while (span.begin >= 2 && tied(span.begin - 1) && part(span.begin - 2)) span.begin -= 2;
    // "Stratford-upon-Avon", "Croix-des-Bouquets"
    const auto linked = [&](std::int32_t hyphen) {
      return hyphen + 3 < tree_.size() && tied(hyphen) && tied(hyphen + 2) &&
             is_link(tree_.token(hyphen + 1).form) && capitalised(hyphen + 3);
    };
    while (span.end + 1 < tree_.size()) {
      if (tied(span.end) && part(span.end + 1)) {
        span.end += 2;
      } else if (linked(span.end)) {
        span.end += 4;
      } else {
        break;
      }
    }
    while (span.end + 2 < tree_.size() && !noun_is_title(span.end) && tied(span.end + 1) &&
           proper(span.end) && part(span.end + 2))
      span.end += 3;
  }

  /// "Hassan al-Tijani", "Mohammed bin Salman", "Ursula von der Leyen".
  void extend_over_particles(Name& name) const {
    if (name.type != "person") return;
    std::int32_t end = name.span.end;
    bool particle = false;
    while (end + 1 < tree_.size()) {
      const std::string& form = tree_.token(end).form;
      // "Wong Kwok-kin": the second half of a given name in small letters.
      if (form == "-" && !particle && !tree_.token(end).space_after &&
          !tree_.token(end - 1).space_after && tree_.token(end + 1).upos == Upos::propn &&
          tree_.is(end + 1, "flat")) {
        name.span.end = end + 2;
        return;
      }
      if (!is_particle(form) && !(particle && form == "-")) break;
      particle = true;
      ++end;
    }
    if (!particle || !proper(end) || tree_.token(end - 1).upos == Upos::adp) return;
    name.span.end = end + 1;
  }

  void extend_by_complement(Name& name) const {
    if (name.type == "person" || name.span.end + 1 >= tree_.size()) return;
    if (!takes_complement(lower(tree_.token(name.span.end - 1).form))) return;
    const std::string& link = tree_.token(name.span.end).form;
    if (link != "of" && link != "for" && link != "on") return;
    std::int32_t end = name.span.end + 1;
    if (tree_.token(end).form == "the") ++end;
    const std::int32_t first = end;
    while (end < tree_.size() && capitalised(end) && tree_.token(end).upos != Upos::verb) ++end;
    const auto mention =
        std::find_if(tree_.sentence().mentions.begin(), tree_.sentence().mentions.end(),
                     [&](const Mention& m) { return first <= m.head && m.head < end; });
    // "the Labour Party of Prime Minister Ruth Ames"
    const bool other = mention != tree_.sentence().mentions.end() &&
                       (mention->type == "time" || mention->type == "person");
    if (end == first || other || noun_is_title(first) ||
        world_.country(text_of(tree_, {first, end})))
      return;
    name.span.end = end;
    if (name.type == "place") name.type = "organization";
  }

  /// Runs of proper nouns outside `covered`, typed by the reader's mention of their head or by the
  /// gazetteer.
  [[nodiscard]] std::vector<Name> unread_names(const std::vector<bool>& covered) const {
    std::vector<Name> found;
    for (std::int32_t t = 0; t < tree_.size(); ++t) {
      if (covered[t] || !proper(t)) continue;
      std::int32_t end = end_of_unread(t, covered);
      TokenSpan whole{first_of_unread(t, end, covered), end};
      const bool office = begins_in_office(whole);
      if (office) ++whole.begin;
      const bool titled = drop_titles(whole) || office;
      Name name{whole, unread_type(whole), "", 0.4F};
      if (titled && (office || name.type.empty())) name.type = "person";
      if (!titled) extend_over_hyphens(name.span);
      extend_over_particles(name);
      end = name.span.end;
      extend_by_complement(name);
      if (!name.type.empty()) found.push_back(std::move(name));
      t = end - 1;
    }
    return found;
  }

  /// The end of the proper nouns from `t` on, over hyphens inside them: "Al-Rayyan Telecom".
  [[nodiscard]] std::int32_t end_of_unread(std::int32_t t, const std::vector<bool>& covered) const {
    const auto open = [&](std::int32_t at) {
      return at < tree_.size() && !covered[at] && proper(at);
    };
    std::int32_t end = t + 1;
    while (open(end)) ++end;
    TokenSpan joined{t, end};
    extend_over_hyphens(joined);
    if (joined.end == end || !open(joined.end)) return end;
    for (std::int32_t at = end; at < joined.end; ++at) {
      if (covered[at]) return end;
    }
    end = joined.end;
    while (open(end)) ++end;
    return end;
  }

  /// Leaves "Antonio Guterres" of "General Antonio Guterres"; true when there was a title.
  bool drop_titles(TokenSpan& span) const {
    const std::int32_t begin = span.begin;
    span.begin = end_of_titles(span, 1);
    return span.begin > begin;
  }

  /// "Interior" of "the Interior Ministry": a word with a capital inside the sentence that belongs
  /// to the proper noun behind it.
  [[nodiscard]] std::int32_t first_of_unread(std::int32_t begin, std::int32_t end,
                                             const std::vector<bool>& covered) const {
    const auto belongs = [&](std::int32_t t) {
      if (t <= 0) return false;
      const Upos upos = tree_.token(t).upos;
      return !covered[t] && capitalised(t) && (upos == Upos::adj || upos == Upos::noun) &&
             tree_.head(t) > t && tree_.head(t) < end &&
             !world_.country_of_demonym(tree_.token(t).form);
    };
    while (belongs(begin - 1)) --begin;
    // The first word of a sentence has its capital anyway: only a known body may begin with it.
    if (begin == 1 && !covered[0] && world_.organisation(text_of(tree_, {0, end}))) begin = 0;
    return begin;
  }

  [[nodiscard]] std::string unread_type(TokenSpan span) const {
    const std::string text = text_of(tree_, span);
    if (text == "Government") return {};  // a noun with a capital, whose country decides what it is
    if (world_.organisation(text)) return "organization";
    if (world_.country(text)) return "place";
    const std::int32_t head = head_of(tree_, span);
    if (tree_.is(head, "nmod:desc") || noun_is_title(head)) return {};
    if (is_called_person(span)) return "person";
    const Mention* mention = reader_mention(head);
    // "Brandt Chemie": several names side by side are one, a word before another may be anything.
    const bool flat = span.size() > 1 && tree_.is(span.end - 1, "flat");
    if (mention != nullptr && mention->score >= (flat ? 0.35F : 0.5F)) {
      const bool kind =
          mention->type == "person" || mention->type == "organization" || mention->type == "place";
      if (kind) return mention->type;
      return acts_as_body(head) ? "organization" : std::string();
    }
    const std::string type = type_by_nouns(span);
    return type.empty() && acts_as_body(head) ? "organization" : type;
  }

  /// "billionaire Ann Lee's group": a noun for one person right before a full name.
  [[nodiscard]] bool is_called_person(TokenSpan span) const {
    const std::int32_t before = span.begin - 1;
    if (span.size() != 2 || before < 0 || tree_.token(before).xpos != "NN") return false;
    const std::int32_t head = head_of(tree_, span);
    const NounEntry* noun = nouns_.find(tree_.key(before));
    const bool tied = tied_to(before, span) || tree_.head(before) == tree_.head(head);
    return tied && tree_.is(span.end - 1, "flat") && noun != nullptr &&
           noun->kind == NounKind::actor && noun->type == "person";
  }

  /// A proper noun that does what only persons and bodies do: says, buys, signs.
  [[nodiscard]] bool acts_as_body(std::int32_t head) const {
    for (const Predicate& predicate : tree_.sentence().predicates) {
      if (!is_deed_of_bodies(tree_.key(predicate.token))) continue;
      for (const Argument& argument : predicate.arguments) {
        if (argument.role == "ARG0" && argument.head == head && argument.score >= 0.5F) return true;
      }
    }
    return false;
  }

  /// What the noun before a name says that it is ("the broadcaster Radio Misti", "founder Willem
  /// Brakel"), or a noun in it ("Radio Savanna").
  [[nodiscard]] std::string type_by_nouns(TokenSpan span) const {
    const std::int32_t before = span.begin - 1;
    if (before >= 0 && tree_.token(before).upos == Upos::noun && tied_to(before, span)) {
      const NounEntry* noun = nouns_.find(tree_.key(before));
      const bool actor = noun != nullptr && noun->kind == NounKind::actor;
      if (actor && noun->type != "person") return "organization";
      if (actor && span.size() > 1) return "person";
    }
    // "Secretary-General Hans Muller"
    if (before >= 0 && noun_is_title(before) && tree_.is(before, "nmod:desc") &&
        tied_to(before, span))
      return "person";
    if (span.size() < 2) return {};
    for (std::int32_t t = span.begin; t < span.end; ++t) {
      const std::string word = lower(tree_.token(t).form);
      if (is_medium(word)) return "organization";
      const NounEntry* noun = nouns_.find(word);
      if (noun == nullptr || noun->title) continue;
      if (noun->kind == NounKind::place) return "place";
      if (noun->kind == NounKind::actor && noun->type != "person") return "organization";
    }
    return {};
  }

  /// The noun and the name are one phrase.
  [[nodiscard]] bool tied_to(std::int32_t noun, TokenSpan span) const {
    const std::int32_t head = head_of(tree_, span);
    return tree_.head(noun) == head || tree_.head(head) == noun;
  }

  [[nodiscard]] bool noun_is_title(std::int32_t t) const {
    const NounEntry* noun = nouns_.find(tree_.key(t));
    return noun != nullptr && noun->title;
  }

  [[nodiscard]] const Mention* reader_mention(std::int32_t t) const {
    for (const Mention& mention : tree_.sentence().mentions) {
      if (mention.head == t) return &mention;
    }
    return nullptr;
  }

 private:
  const SyntaxView& tree_;
  const NounKnowledge& nouns_;
  const World& world_;
};

}  // namespace

std::vector<Name> mended_names(const SyntaxView& tree, const NounKnowledge& nouns,
                               const World& world, const AcronymSpans& acronyms) {
  return NameSpans(tree, nouns, world).joined_names(acronyms);
}

std::vector<Name> unread_names(const SyntaxView& tree, const NounKnowledge& nouns,
                               const World& world, const std::vector<bool>& covered) {
  return NameSpans(tree, nouns, world).unread_names(covered);
}

std::string text_of(const SyntaxView& tree, TokenSpan span) {
  std::string text;
  for (std::int32_t t = span.begin; t < span.end; ++t) {
    text += tree.token(t).form;
    if (t + 1 < span.end && tree.token(t).space_after) text += ' ';
  }
  return text;
}

std::int32_t head_of(const SyntaxView& tree, TokenSpan span) {
  std::int32_t best = span.begin;
  for (std::int32_t t = span.begin; t < span.end; ++t) {
    if (!span.contains(tree.head(t)) && (best == span.begin || tree.depth(t) < tree.depth(best)))
      best = t;
    if (!span.contains(tree.head(t)) && tree.depth(t) < tree.depth(best)) best = t;
  }
  return best;
}

bool is_capitalised(const SyntaxView& tree, std::int32_t token) {
  const std::string& form = tree.token(token).form;
  return !form.empty() && form.front() >= 'A' && form.front() <= 'Z';
}

}  // namespace relata::text
