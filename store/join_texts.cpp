// store::join_texts(): the texts that wait for joining, in portions, so that memory does not grow
// with their number. First the names of all of them, then the events of those whose names are
// settled, then the graphs of all texts for which something is another than before.

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "graph/graph_builder.h"
#include "importers/text/facts_record.h"
#include "importers/text/joining.h"
#include "store/case.h"
#include "store/copy_joins.h"
#include "store/event_joins.h"
#include "store/flow.h"
#include "store/id_set.h"
#include "store/joining_schema.h"
#include "store/name_joins.h"
#include "store/values.h"

namespace relata::store {

namespace {

/// Texts that are read together.
constexpr std::size_t portion_size = 64;
/// What is noted of the names of a change, for each text of a batch.
constexpr std::size_t notes_for_text = 4;
/// Texts that a thread works on in one go.
constexpr std::size_t go_size = 16;

using Ids = std::vector<std::int64_t>;

/// A text on its way, with what is known of it so far.
struct Text {
  Source source;
  Content content;
  text::Document document;
  text::DocumentFacts facts;
  std::string copy_of;
  TextNames names;
  std::vector<text::NodeIdentity> identities;
  std::vector<text::Telling> tellings;    ///< of its events, as the text tells them
  std::vector<std::size_t> parts;         ///< where these are joined
  std::vector<std::int64_t> telling_ids;  ///< rows
  std::vector<text::EventIdentity> events;
  std::uint64_t digest = 0;
  std::optional<Graph> graph;  ///< when it is another than before
  GraphRows rows;
};

struct Portion {
  Ids ids;
  Ids beginning;         ///< when it is the first of a batch: all texts of that
  bool ends = false;     ///< it is the last of a batch
  std::size_t left = 0;  ///< of its batch, with itself
  std::vector<Text> texts;
  std::vector<NameJoins::Line> sheet;  ///< of the batch that ends with it
};

/// What is to be written down of a batch, a share of it with each portion of the next one.
class Sheet final {
 public:
  using Lines = std::vector<NameJoins::Line>;

  /// REQUIRES: all was taken.
  void set(Lines lines) { coming_ = std::move(lines); }
  /// The next of them, which are there until the next call.
  std::span<const NameJoins::Line> take(std::size_t portions_left) {
    if (!coming_.empty()) {
      lines_ = std::exchange(coming_, {});
      next_ = 0;
    }
    const std::size_t some = (lines_.size() - next_ + portions_left - 1) / portions_left;
    next_ += some;
    return std::span<const NameJoins::Line>(lines_).subspan(next_ - some, some);
  }

 private:
  Lines lines_;
  std::size_t next_ = 0;
  Lines coming_;
};

/// Texts of one batch are decided on together.
std::vector<Portion> portions_of(const Ids& ids, std::size_t batch) {
  std::vector<Portion> portions;
  const auto part = [&](std::size_t begin, std::size_t end) {
    return Ids(ids.begin() + static_cast<std::ptrdiff_t>(begin),
               ids.begin() + static_cast<std::ptrdiff_t>(end));
  };
  for (std::size_t first = 0; first < ids.size(); first += batch) {
    const std::size_t last = std::min(ids.size(), first + batch);
    for (std::size_t begin = first; begin < last; begin += portion_size) {
      Portion& portion = portions.emplace_back();
      portion.ids = part(begin, std::min(last, begin + portion_size));
      portion.left = (last - begin + portion_size - 1) / portion_size;
      if (begin == first) portion.beginning = part(first, last);
    }
    portions.back().ends = true;
  }
  return portions;
}

class TextJoiner final {
 public:
  TextJoiner(Store& store, unsigned threads, std::size_t batch)
      : store_(store),
        main_(store.database()),
        of_names_(store.tables(TableGroup::names)),
        threads_(threads),
        rules_(text::CuratorRules::parse(store.settings().rules, "the store's rules",
                                         *store.ontology())),
        batch_(batch),
        names_(of_names_, store.tables(TableGroup::occurrences), rules_, notes_for_text * batch),
        told_(main_),
        copies_(main_) {
    const std::size_t parts = store.is_being_made() ? parts_of(TableGroup::events) : 1;
    for (std::size_t part = 0; part < parts; ++part) {
      Database& own = store.tables(TableGroup::events, part);
      events_.push_back({own,
                         std::make_unique<EventJoins>(own, static_cast<std::int64_t>(part) + 1,
                                                      static_cast<std::int64_t>(parts)),
                         {}});
    }
  }

  void run() {
    Ids waiting;
    {
      Statement rows(main_, "SELECT source FROM joining_pending ORDER BY source");
      while (rows.step()) waiting.push_back(rows.integer(0));
    }
    if (waiting.empty()) return;
    IdSet affected;
    for (const std::int64_t id : waiting) affected.insert(id);
    join_names(waiting, affected);
    // A text has more to tell than it has names.
    join_events(by_date(affected), std::max<std::size_t>(1, batch_ / 16), affected);
    write(by_date(affected));
    main_.run("DELETE FROM joining_pending");
  }

 private:
  using Stage = std::function<void(Portion&, Step&)>;

  void flow_through(std::vector<Portion> portions, const std::vector<Stage>& stages) const {
    flow<Portion>(
        portions.size(), threads_, [&](std::size_t i) { return std::move(portions[i]); }, stages);
  }

  /// What happened at one time is told in texts of that time: decided on together, it is read once.
  Ids by_date(const IdSet& ids) {
    std::map<std::string, Ids, std::less<>> dated;
    Statement date(main_, "SELECT date FROM source WHERE id = ?");
    ids.visit([&](std::int64_t id) {
      const std::string_view day = date.with(id).step() ? date.text(0) : std::string_view();
      auto found = dated.find(day);
      if (found == dated.end()) found = dated.emplace(day, Ids()).first;
      found->second.push_back(id);
    });
    Ids sorted;
    sorted.reserve(ids.size());
    for (const auto& [day, of_day] : dated)
      sorted.insert(sorted.end(), of_day.begin(), of_day.end());
    return sorted;
  }

  /// The first stage: those of the texts that are there, with what is stored of them.
  [[nodiscard]] Stage load() {
    return [this](Portion& portion, Step& step) {
      step.with(main_, [&] {
        for (const std::int64_t id : portion.ids) {
          auto source = store_.find(id);
          // A graph may have the number of a text that went.
          if (!source || source->kind != SourceKind::text) continue;
          Text& text = portion.texts.emplace_back();
          text.source = std::move(*source);
          text.content = store_.content(id);
        }
      });
    };
  }

  /// A stage without the store: `work(text, reader)` for each text.
  template <class Work>
  [[nodiscard]] Stage for_each(const Work& work) {
    return [this, work](Portion& portion, Step& step) {
      for (std::size_t begin = 0; begin < portion.texts.size(); begin += go_size) {
        step.alone([this, work, begin, &texts = portion.texts] {
          text::NameReader reader(rules_);
          const std::size_t end = std::min(texts.size(), begin + go_size);
          for (std::size_t i = begin; i < end; ++i) work(texts[i], reader);
        });
      }
    };
  }

  static void read_facts(Text& text, text::RecordPart part) {
    text.document = document_of(text.source, std::move(text.content.text));
    text::read_facts_record(text.content.facts, text.source.name, part, text.document, text.facts);
    text.content = {};
  }

  void join_names(const Ids& waiting, IdSet& affected) {
    Sheet sheet;
    flow_through(portions_of(waiting, batch_),
                 {load(), for_each([](Text& text, text::NameReader& reader) {
                    read_facts(text, text::RecordPart::joining);
                    text.names = text_names(text.document, text.facts, reader);
                  }),
                  [&](Portion& portion, Step& step) {
                    step.with(of_names_, [&, is_part = waiting.size() > batch_] {
                      for (const std::int64_t id : portion.beginning) names_.take(id);
                      for (Text& text : portion.texts)
                        names_.put(text.source.id, std::move(text.names));
                      if (portion.ends && is_part) portion.sheet = names_.sheet();
                    });
                  },
                  [&](Portion& portion, Step& step) {
                    const auto lines = sheet.take(portion.left);
                    if (portion.ends) sheet.set(std::move(portion.sheet));
                    step.with(store_.tables(TableGroup::occurrences),
                              [this, lines] { names_.write_down(lines); });
                  }});
    names_.write_down(sheet.take(1));
    IdSet copies;
    store::run(threads_, [&](Step& step) {
      step.with(of_names_, [&] { names_.settle(affected); });
      step.with(main_, [&] { join_copies(waiting, copies); });
    });
    affected.insert(copies);
  }

  void join_copies(const Ids& waiting, IdSet& affected) {
    for (const std::int64_t id : waiting) copies_.take(id);
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      copies_.put(waiting[i]);
      if (i % batch_ == batch_ - 1) copies_.settle(affected);
    }
    copies_.settle(affected);
  }

  void join_events(const Ids& concerned, std::size_t batch, IdSet& affected) {
    flow_through(portions_of(concerned, batch),
                 {load(), for_each([](Text& text, text::NameReader&) {
                    read_facts(text, text::RecordPart::joining);
                  }),
                  identify(), for_each([&](Text& text, text::NameReader&) { tell(text); }),
                  [&](Portion& portion, Step& step) {
                    for (std::size_t part = 0; part < events_.size(); ++part)
                      step.with(events_[part].tables, [&, part] { join_events(portion, part); });
                  },
                  [&](Portion& portion, Step& step) {
                    step.with(main_, [&] {
                      for (const Text& text : portion.texts)
                        told_.put(text.source.id, text.telling_ids);
                    });
                  }});
    for (EventPart& part : events_) {
      affected.insert(std::exchange(part.affected, {}));
      part.joins->forget();
    }
    if (store_.is_being_made()) store_.close_events();
  }

  void tell(Text& text) const {
    const std::string digest = text::text_digest(text.document.text);
    for (const text::EventFact& event : text.facts.events) {
      text.tellings.push_back(
          text::telling_of(text.document, digest, event, text.identities, rules_));
    }
    for (const text::Telling& telling : text.tellings) text.parts.push_back(part_of(telling));
    text.telling_ids.resize(text.tellings.size());
    text.facts = {};
  }

  /// Events of different types are never one, and events of one type are all in one part.
  [[nodiscard]] std::size_t part_of(const text::Telling& telling) const {
    return std::hash<std::string>{}(telling.type) % events_.size();
  }
  [[nodiscard]] std::size_t part_of(std::int64_t telling) const {
    return static_cast<std::size_t>(telling - 1) % events_.size();
  }

  void join_events(Portion& portion, std::size_t part) {
    EventJoins& joins = *events_[part].joins;
    if (!store_.is_being_made()) {
      for (const std::int64_t id : portion.beginning) {
        for (const std::int64_t telling : told_.of(id)) joins.take(id, telling);
        told_.remove(id);
      }
    }
    for (Text& text : portion.texts) {
      for (std::uint32_t event = 0; event < text.tellings.size(); ++event) {
        if (text.parts[event] != part) continue;
        text.telling_ids[event] =
            joins.put({text.document.id, text.source.id, event, std::move(text.tellings[event])});
      }
    }
    if (portion.ends) joins.settle(events_[part].affected);
  }

  /// A stage: which nodes the names of texts are.
  [[nodiscard]] Stage identify() {
    return [this](Portion& portion, Step& step) {
      step.with(of_names_, [&] {
        for (Text& text : portion.texts)
          text.identities = names_.identities(text.source.id, text.document, text.facts);
      });
    };
  }

  /// Writes the graphs of those texts that got others.
  void write(const Ids& ids) {
    std::vector<Stage> stages = {
        load(),
        [&](Portion& portion, Step& step) {
          for_each([](Text& text, text::NameReader&) { read_facts(text, text::RecordPart::all); })(
              portion, step);
          step.with(main_, [&] {
            for (Text& text : portion.texts) {
              text.copy_of = copies_.copy_of(text.source.id);
              text.telling_ids = told_.of(text.source.id);
              text.events.resize(text.telling_ids.size());
            }
          });
        },
        [&](Portion& portion, Step& step) {
          identify()(portion, step);
          for (std::size_t part = 0; part < events_.size(); ++part)
            step.with(events_[part].tables, [&, part] { find_events(portion, part); });
        },
        for_each([&](Text& text, text::NameReader&) { make_graph(text); })};
    if (store_.is_being_made()) {
      stages.push_back([&](Portion& portion, Step& step) {
        step.with(store_.tables(TableGroup::nodes), [&] {
          for (Text& text : portion.texts) store_.place_nodes(*text.graph, text.rows);
        });
      });
      stages.push_back([&](Portion& portion, Step& step) {
        step.with(store_.tables(TableGroup::edges), [&] {
          for (Text& text : portion.texts) store_.place_edges(*text.graph, text.rows);
        });
      });
      stages.push_back([&](Portion& portion, Step& step) {
        step.with(main_, [&] {
          for (const Text& text : portion.texts)
            store_.put_graph(text.source.id, *text.graph, text.rows, text.digest);
          store_.copy_events(portion.left);
        });
      });
    } else {
      stages.push_back([&](Portion& portion, Step& step) {
        step.with(main_, [&] {
          for (const Text& text : portion.texts) {
            if (text.graph) store_.set_graph(text.source.id, *text.graph, text.digest);
          }
        });
      });
    }
    flow_through(portions_of(ids, std::max<std::size_t>(1, ids.size())), stages);
  }

  void find_events(Portion& portion, std::size_t part) {
    for (Text& text : portion.texts) {
      for (std::size_t i = 0; i < text.telling_ids.size(); ++i) {
        if (part_of(text.telling_ids[i]) == part)
          text.events[i] = events_[part].joins->event_of(text.telling_ids[i]);
      }
    }
  }

  /// When something else was decided for the text than before.
  void make_graph(Text& text) const {
    text.document.copy_of = text.copy_of;
    if (text.events.size() != text.facts.events.size()) damaged(main_, "a text without its events");
    text.digest = text::digest_of(text.document.copy_of, text.identities, text.events);
    if (text.source.joined != text.digest) {
      GraphBuilder builder(store_.ontology());
      text::write_graph(text.document, text.facts, text.identities, text.events, builder);
      text.graph.emplace(std::move(builder).build());
      if (store_.is_being_made()) text.rows = rows_of(*text.graph);
    }
    text.facts = {};
    text.document = {};
  }

  /// Some of the events.
  struct EventPart {
    Database& tables;
    std::unique_ptr<EventJoins> joins;
    IdSet affected;
  };

  Store& store_;
  Database& main_;
  Database& of_names_;
  unsigned threads_;
  text::CuratorRules rules_;
  std::size_t batch_;  ///< texts that are decided on together
  NameJoins names_;
  std::vector<EventPart> events_;
  TextTellings told_;
  CopyJoins copies_;
};

/// What a store of another version of the decisions holds is made anew.
bool is_current(Database& database) {
  Statement row(database, "SELECT value FROM meta WHERE key = 'joining'");
  return row.step() && row.text(0) == std::to_string(joining_version);
}

/// A store that is being made takes the graph of a text once.
bool has_joined(Database& database) {
  return database.integer(
             "SELECT EXISTS (SELECT 1 FROM source WHERE kind = 'text' AND joined IS NOT NULL)") !=
         0;
}

}  // namespace

void join_texts(Store& store, unsigned threads, std::size_t batch) {
  if (!is_current(store.database())) reset_joining(store.database());
  store.use_threads(threads);
  if (has_joined(store.database())) store.finish_making();
  TextJoiner(store, threads, batch).run();
}

}  // namespace relata::store
