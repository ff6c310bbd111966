// store::join_texts(): the texts that wait for joining, in batches, so that memory does not grow
// with their number. First the names of all of them, then the events of those whose names are
// settled, then the graphs of all texts for which something is another than before.

#include <algorithm>
#include <future>
#include <optional>
#include <set>
#include <utility>

#include "graph/graph_builder.h"
#include "graph/parallel.h"
#include "importers/text/facts_record.h"
#include "importers/text/joining.h"
#include "store/case.h"
#include "store/copy_joins.h"
#include "store/event_joins.h"
#include "store/joining_schema.h"
#include "store/name_joins.h"
#include "store/values.h"

namespace relata::store {

namespace {

/// Texts whose facts are in memory at once.
constexpr std::size_t read_size = 256;
/// Texts that a thread reads in one go.
constexpr std::size_t go_size = 16;

using Ids = std::vector<std::int64_t>;

class TextJoiner final {
 public:
  TextJoiner(Store& store, unsigned threads)
      : store_(store),
        threads_(threads),
        rules_(text::CuratorRules::parse(store.settings().rules, "the store's rules",
                                         *store.ontology())),
        names_(store.database(), rules_),
        events_(store.database(), rules_),
        copies_(store.database()) {}

  void run(std::size_t batch) {
    Ids waiting;
    {
      Statement rows(store_.database(), "SELECT source FROM joining_pending ORDER BY source");
      while (rows.step()) waiting.push_back(rows.integer(0));
    }
    if (waiting.empty()) return;
    std::set<std::int64_t> affected(waiting.begin(), waiting.end());
    for (const std::int64_t id : waiting) copies_.take(id);
    in_batches(waiting, batch, [&](const Ids& ids) {
      take_names(ids, ids.size() < waiting.size());
      copies_.settle(affected);
    });
    names_.settle(affected);
    const Ids concerned = by_date(affected);
    // A text has more to tell than it has names.
    const std::size_t fewer = std::max<std::size_t>(1, batch / 4);
    in_batches(concerned, fewer, [&](const Ids& ids) { join_events(ids, affected); });
    const Ids stale = by_date(affected);
    write(stale);
    store_.database().run("DELETE FROM joining_pending");
  }

 private:
  /// A text with its facts.
  struct Read {
    Source source;
    Content content;
    text::Document document;
    text::DocumentFacts facts;
  };

  template <class Work>
  static void in_batches(const Ids& ids, std::size_t size, const Work& work) {
    for (std::size_t begin = 0; begin < ids.size(); begin += size) {
      const auto first = ids.begin() + static_cast<std::ptrdiff_t>(begin);
      work(Ids(first, first + static_cast<std::ptrdiff_t>(std::min(size, ids.size() - begin))));
    }
  }

  /// What happened at one time is told in texts of that time: decided on together, it is read once.
  Ids by_date(const std::set<std::int64_t>& ids) {
    std::vector<std::pair<std::string, std::int64_t>> dated;
    dated.reserve(ids.size());
    Statement date(store_.database(), "SELECT date FROM source WHERE id = ?");
    for (const std::int64_t id : ids)
      dated.emplace_back(date.with(id).step() ? date.text(0) : std::string_view(), id);
    std::sort(dated.begin(), dated.end());
    Ids sorted;
    sorted.reserve(dated.size());
    for (const auto& [day, id] : dated) sorted.push_back(id);
    return sorted;
  }

  /// Those of the texts that are there, with what is stored of them.
  std::vector<Read> load(const Ids& ids) {
    std::vector<Read> texts;
    for (const std::int64_t id : ids) {
      auto source = store_.find(id);
      if (!source) continue;
      Read& text = texts.emplace_back();
      text.source = std::move(*source);
      text.content = store_.content(id);
    }
    return texts;
  }

  /// Reads the facts of texts and lets `work` see them, on `threads` threads.
  template <class Work>
  void read_facts(std::vector<Read>& texts, text::RecordPart part, unsigned threads,
                  const Work& work) const {
    for_each_index((texts.size() + go_size - 1) / go_size, threads, [&](std::size_t go) {
      text::NameReader reader(rules_);
      const std::size_t end = std::min(texts.size(), (go + 1) * go_size);
      for (std::size_t i = go * go_size; i < end; ++i) {
        Read& text = texts[i];
        text.document = document_of(text.source, std::move(text.content.text));
        text::read_facts_record(text.content.facts, text.source.name, part, text.document,
                                text.facts);
        work(i, text, reader);
      }
    });
  }

  /// Runs `work(threads)` on other threads while this one, which alone may use the store, does
  /// `own`.
  template <class Work, class Own>
  void beside(const Work& work, const Own& own) const {
    if (threads_ <= 1) {
      work(1U);
      own();
      return;
    }
    std::future<void> other =
        std::async(std::launch::async, [&] { work(std::max(1U, threads_ - 1)); });
    own();
    other.get();
  }

  /// Hands texts to `take`, some at a time and in their order, while the next are read.
  /// `work(place, text, reader)` is done on other threads beforehand.
  template <class Prepared, class Work, class Take>
  void for_texts(const Ids& ids, const Work& work, const Take& take) {
    struct Portion {
      std::vector<Read> texts;
      std::vector<Prepared> prepared;
    };
    Portion ready;
    const auto take_ready = [&] {
      for (std::size_t i = 0; i < ready.texts.size(); ++i) take(ready.texts[i], ready.prepared[i]);
    };
    in_batches(ids, read_size, [&](const Ids& batch) {
      Portion next;
      next.texts = load(batch);
      next.prepared.resize(next.texts.size());
      beside(
          [&](unsigned threads) {
            read_facts(next.texts, text::RecordPart::joining, threads,
                       [&](std::size_t i, const Read& text, text::NameReader& reader) {
                         next.prepared[i] = work(text, reader);
                       });
          },
          take_ready);
      ready = std::move(next);
    });
    take_ready();
  }

  void take_names(const Ids& batch, bool is_part) {
    for (const std::int64_t id : batch) names_.take(id);
    for_texts<TextNames>(
        batch,
        [](const Read& text, text::NameReader& reader) {
          return text_names(text.document, text.facts, reader);
        },
        [&](const Read& text, const TextNames& names) {
          names_.put(text.source.id, names);
          copies_.put(text.source.id, text::fingerprint_from_bytes(text.content.fingerprint));
        });
    if (is_part) names_.write_down();
  }

  void join_events(const Ids& batch, std::set<std::int64_t>& affected) {
    for (const std::int64_t id : batch) events_.take(id);
    for_texts<char>(
        batch, [](const Read&, text::NameReader&) { return '\0'; },
        [&](const Read& text, char) {
          events_.put(text.source.id, text.document, text.facts,
                      names_.identities(text.source.id, text.document, text.facts));
        });
    events_.settle(affected);
  }

  /// What joining decided of a text.
  struct Decided {
    Read text;
    std::vector<text::NodeIdentity> names;
    std::vector<text::EventIdentity> events;
    std::uint64_t digest = 0;
    std::optional<Graph> graph;
  };

  /// Writes the graphs of those texts that got others: while some are written, those of the next
  /// are made, and those after them read.
  void write(const Ids& ids) {
    std::vector<Decided> made;
    std::vector<Decided> decided;
    const auto step = [&](std::vector<Read> next) {
      beside(
          [&](unsigned threads) {
            read_facts(next, text::RecordPart::all, threads,
                       [](std::size_t, const Read&, text::NameReader&) {});
            for_each_index(decided.size(), threads, [&](std::size_t i) { make_graph(decided[i]); });
          },
          [&] {
            for (const Decided& own : made)
              store_.set_graph(own.text.source.id, *own.graph, own.digest);
          });
      made = std::move(decided);
      decided = decide(std::move(next));
    };
    in_batches(ids, read_size, [&](const Ids& batch) { step(load(batch)); });
    while (!decided.empty() || !made.empty()) step({});
  }

  /// Those of the texts for which something else was decided than before.
  std::vector<Decided> decide(std::vector<Read> texts) {
    std::vector<Decided> decided;
    for (Read& text : texts) {
      Decided own;
      own.names = names_.identities(text.source.id, text.document, text.facts);
      own.events = events_.identities(text.source.id);
      if (own.events.size() != text.facts.events.size())
        damaged(store_.database(), "a text without its events");
      text.document.copy_of = copies_.copy_of(text.source.id);
      own.digest = text::digest_of(text.document.copy_of, own.names, own.events);
      if (text.source.joined == own.digest) continue;
      own.text = std::move(text);
      decided.push_back(std::move(own));
    }
    return decided;
  }

  void make_graph(Decided& own) const {
    GraphBuilder builder(store_.ontology());
    text::write_graph(own.text.document, own.text.facts, own.names, own.events, builder);
    own.graph.emplace(std::move(builder).build());
    own.text.facts = {};
  }

  Store& store_;
  unsigned threads_;
  text::CuratorRules rules_;
  NameJoins names_;
  EventJoins events_;
  CopyJoins copies_;
};

/// What a store of another version of the decisions holds is made anew.
bool is_current(Database& database) {
  Statement row(database, "SELECT value FROM meta WHERE key = 'joining'");
  return row.step() && row.text(0) == std::to_string(joining_version);
}

}  // namespace

void join_texts(Store& store, unsigned threads, std::size_t batch) {
  if (!is_current(store.database())) reset_joining(store.database());
  TextJoiner(store, threads).run(batch);
}

}  // namespace relata::store
