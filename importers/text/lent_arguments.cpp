#include "importers/text/lent_arguments.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace relata::text {

namespace {

constexpr auto actors = static_cast<ParticipantKinds>(ParticipantKind::actor);
constexpr auto places = static_cast<ParticipantKinds>(ParticipantKind::place);
constexpr auto targets = static_cast<ParticipantKinds>(actors | places);

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Lender final {
 public:
  Lender(SentenceContext& context, const std::function<void(Frame&)>& choose_entry)
      : tree_(context.tree),
        index_(context.index),
        finder_(context.finder),
        frames_(context.frames.frames),
        choose_entry_(choose_entry) {}

  void lend() {
    absorb_light_verbs();
    for (Frame& frame : frames_) {
      absorb_told_object(frame);
      take_subject_of_clause(frame);
      take_subject_of_copula(frame);
      take_subject_of_phase(frame);
      take_setting(frame);
      take_object_of_conjunct(frame);
      give_target(frame);
    }
  }

 private:
  [[nodiscard]] Frame* frame_at(std::int32_t token) {
    for (Frame& frame : frames_) {
      if (frame.site.token == token) return &frame;
    }
    return nullptr;
  }

  [[nodiscard]] PredicateSite site_of(std::int32_t token) {
    const Frame* frame = frame_at(token);
    return frame != nullptr ? frame->site : PredicateSite{index_, token, nullptr, -1, {}};
  }

  /// The words of the first of `selectors` that has any of the kinds.
  [[nodiscard]] std::vector<std::int32_t> words(const PredicateSite& site,
                                                const Selectors& selectors,
                                                ParticipantKinds kinds = 0) const {
    std::vector<std::int32_t> tokens;
    for (const Filler& filler : finder_.find(site, selectors, kinds))
      tokens.push_back(filler.token);
    return tokens;
  }

  static void give(Frame& frame, const char* role, const std::vector<std::int32_t>& tokens) {
    if (!tokens.empty()) frame.site.lent.try_emplace(role, tokens);
  }

  void absorb_light_verbs() {
    for (Frame& frame : frames_) {
      if (frame.entry == nullptr || frame.entry->light.empty()) continue;
      auto nouns = words(frame.site, frame.entry->light);
      // The reader may call the noun of a light verb its relation and no argument.
      for (const std::int32_t word : words(frame.site, {{SelectorKind::argument, "ARGM-PRR"}}))
        nouns.push_back(word);
      for (const std::int32_t word : nouns) {
        Frame* noun = frame_at(word);
        if (noun == nullptr || noun == &frame) continue;
        lend_all(frame, *noun);
        choose_entry_(*noun);
        const bool tells = noun->entry != nullptr && !noun->entry->event.empty();
        frame.absorbed = frame.absorbed || tells;
      }
    }
  }

  void lend_all(const Frame& verb, Frame& noun) const {
    noun.site.light_verb = verb.site.token;
    const auto lend = [&](const Selectors& selectors, const char* role) {
      auto tokens = words(verb.site, selectors);
      std::erase(tokens, noun.site.token);
      give(noun, role, tokens);
    };
    lend(verb.entry->agent, "ARG0");
    lend(verb.entry->patient, "ARG1");
    lend(verb.entry->recipient, "ARG2");
    lend(verb.entry->place, "ARGM-LOC");
  }

  /// "opened fire": the verb that its entry knows by this noun tells the noun's event.
  void absorb_told_object(const Frame& frame) {
    if (frame.entry == nullptr || frame.entry->event.empty() || frame.absorbed) return;
    for (const Condition& condition : frame.entry->conditions) {
      if (condition.test != Condition::Test::lemma) continue;
      for (const std::int32_t word : words(frame.site, condition.participant)) {
        Frame* noun = frame_at(word);
        const bool same = noun != nullptr && noun != &frame && noun->entry != nullptr &&
                          noun->entry->event == frame.entry->event && tree_.is(word, "obj");
        if (!same || !condition.lists(tree_.key(word))) continue;
        const bool own = !words(noun->site, noun->entry->patient, targets).empty() ||
                         !words(noun->site, noun->entry->recipient, targets).empty();
        noun->absorbed = noun->absorbed || !own;
      }
    }
  }

  /// "He raised this in a call with X": who acts in the clause meets or agrees with X.
  void take_subject_of_clause(Frame& frame) const {
    static constexpr std::array<std::string_view, 6> during = {"in",    "during", "at",
                                                               "after", "on",     "following"};
    const std::int32_t noun = frame.site.token;
    if (frame.entry == nullptr || frame.site.light_verb >= 0 || !tree_.is(noun, "obl")) return;
    if (frame.entry->event != "meeting" && frame.entry->event != "agreement") return;
    const bool time = is_one_of(during, tree_.preposition(noun));
    if (!time || !words(frame.site, frame.entry->agent, actors).empty()) return;
    const std::int32_t verb = tree_.head(noun);
    const std::int32_t subject = verb < 0 || tree_.passive(verb) ? -1 : tree_.subject(verb);
    if (subject < 0 || (finder_.kinds_of(subject) & actors) == 0) return;
    if (words(frame.site, {{SelectorKind::preposition, "with"}}, actors).empty()) return;
    give(frame, "ARG0", tree_.conjuncts(finder_.referent(subject)));
  }

  /// "Honda and Nissan are in talks about a merger": those who are in them hold them.
  void take_subject_of_copula(Frame& frame) const {
    const std::int32_t noun = frame.site.token;
    if (frame.entry == nullptr || frame.entry->event != "meeting") return;
    if (tree_.child(noun, "cop") < 0 || tree_.preposition(noun) != "in") return;
    const std::int32_t subject = tree_.subject(noun);
    if (subject < 0 || (finder_.kinds_of(subject) & actors) == 0) return;
    give(frame, "ARG0", tree_.conjuncts(finder_.referent(subject)));
  }

  /// "pressed the regime to cease airstrikes": what somebody begins, goes on with or ends, he does.
  void take_subject_of_phase(Frame& frame) {
    static constexpr std::array<std::string_view, 12> phases = {
        "cease", "stop",   "halt",     "end",   "continue", "resume",
        "begin", "launch", "escalate", "start", "suspend",  "intensify"};
    const std::int32_t noun = frame.site.token;
    if (frame.entry == nullptr || frame.entry->event.empty() || frame.site.light_verb >= 0) return;
    if (!tree_.is(noun, "obj") || !tree_.is_nominal(noun) || tree_.head(noun) < 0) return;
    const std::int32_t verb = tree_.head(noun);
    if (!is_one_of(phases, tree_.key(verb))) return;
    if (const Frame* above = frame_at(verb); above != nullptr)
      give(frame, "ARG0", words(above->site, {{SelectorKind::argument, "ARG0"}}, actors));
  }

  /// "occurred", "took place", "broke out", "was held"
  [[nodiscard]] bool happens(std::int32_t verb) const {
    static constexpr std::array<std::string_view, 14> active = {
        "occur", "happen",   "unfold", "erupt", "rage",  "resume", "begin",
        "start", "continue", "ensue",  "arise", "flare", "spread", "persist"};
    static constexpr std::array<std::string_view, 9> passive = {
        "hold", "stage", "organize", "organise", "conduct", "launch", "mount", "plan", "report"};
    const std::string& word = tree_.key(verb);
    if (tree_.passive(verb)) return is_one_of(passive, word);
    if (word == "take") {
      const std::int32_t object = tree_.child(verb, "obj");
      return object >= 0 && tree_.key(object) == "place";
    }
    return is_one_of(active, word) || (word == "break" && tree_.child(verb, "compound:prt") >= 0);
  }

  /// "The blast occurred in Srinagar", "the protest, which was held in Moscow by X"
  void take_setting(Frame& frame) {
    static const Selectors where = {
        {SelectorKind::argument, "ARGM-LOC"},   {SelectorKind::preposition, "in"},
        {SelectorKind::preposition, "at"},      {SelectorKind::preposition, "near"},
        {SelectorKind::preposition, "outside"}, {SelectorKind::preposition, "inside"},
        {SelectorKind::preposition, "across"},  {SelectorKind::preposition, "throughout"}};
    const std::int32_t noun = frame.site.token;
    if (frame.entry == nullptr || frame.entry->event.empty() || !tree_.is_nominal(noun)) return;
    if (frame.site.light_verb >= 0) return;
    std::vector<std::int32_t> verbs;
    const bool subject = tree_.is(noun, "nsubj") && tree_.head(noun) >= 0;
    if (subject) verbs.push_back(tree_.head(noun));
    for (const std::int32_t child : tree_.children(noun)) {
      if (tree_.is(child, "acl") && tree_.subject(child) >= 0) verbs.push_back(child);
    }
    for (const std::int32_t verb : verbs) {
      if (!happens(verb)) continue;
      const PredicateSite site = site_of(verb);
      give(frame, "ARGM-LOC", words(site, where, places));
      if (tree_.passive(verb))
        give(frame, "ARG0", words(site, {{SelectorKind::argument, "ARG0"}}, actors));
    }
  }

  /// "arrested and charged him": the object stands at the second verb alone.
  void take_object_of_conjunct(Frame& frame) {
    static constexpr std::array<std::string_view, 7> transitive = {
        "capture", "attack", "death", "injury", "seizure", "investigation", "trial"};
    const std::int32_t verb = frame.site.token;
    if (frame.entry == nullptr || !is_one_of(transitive, frame.entry->event)) return;
    if (tree_.token(verb).upos != Upos::verb || tree_.passive(verb)) return;
    if (!words(frame.site, {{SelectorKind::argument, "ARG1"}}).empty()) return;
    const std::int32_t next = verb + 2;
    const bool beside = next < tree_.size() && tree_.head(next) == verb && tree_.is(next, "conj") &&
                        tree_.is(verb + 1, "cc");
    const std::int32_t object = beside ? tree_.child(next, "obj") : -1;
    if (object >= 0) give(frame, "ARG1", tree_.conjuncts(finder_.referent(object)));
  }

  /// "an attack targeting a convoy", "fired rockets aimed at Tel Aviv"
  void give_target(Frame& frame) {
    static constexpr std::array<std::string_view, 3> aims = {"target", "aim", "direct"};
    static const Selectors aimed = {{SelectorKind::preposition, "at"},
                                    {SelectorKind::preposition, "against"},
                                    {SelectorKind::preposition, "toward"},
                                    {SelectorKind::preposition, "towards"}};
    static const Selectors targeted = {{SelectorKind::argument, "ARG1"}};
    const std::int32_t aim = frame.site.token;
    if (!tree_.is(aim, "acl") || !is_one_of(aims, tree_.key(aim))) return;
    if (tree_.subject(aim) >= 0) return;
    const std::int32_t noun = tree_.head(aim);
    const bool direct = tree_.key(aim) == "target";
    if (direct && tree_.child(aim, "obj") < 0) return;  // "the targeted village"
    const auto found = words(frame.site, direct ? targeted : aimed, targets);
    if (found.empty() || noun < 0) return;
    Frame* told = frame_at(noun);
    if (told == nullptr || told->entry == nullptr || told->entry->event.empty()) {
      told =
          tree_.is(noun, "obj") || tree_.is(noun, "nsubj") ? frame_at(tree_.head(noun)) : nullptr;
    }
    if (told == nullptr || told->entry == nullptr || told->entry->event != "attack") return;
    if (!words(told->site, told->entry->patient, targets).empty()) return;
    // The target is told by one selector of the entry's patient, whichever it is.
    for (const Selector& selector : told->entry->patient) {
      if (selector.kind == SelectorKind::argument) {
        told->site.lent.try_emplace(selector.name, found);
        break;
      }
    }
    frame.absorbed = true;
  }

  const SyntaxView& tree_;
  const std::int32_t index_;
  const ParticipantFinder& finder_;
  std::vector<Frame>& frames_;
  const std::function<void(Frame&)>& choose_entry_;
};

}  // namespace

void lend_arguments(SentenceContext& context, const std::function<void(Frame&)>& choose_entry) {
  Lender(context, choose_entry).lend();
}

}  // namespace relata::text
