#pragma once
// Joins the events of a store's texts, those that a change concerns and no others, with the result
// that importers/text/event_joining.h gives for all texts at once.
//
// There, tellings are gone through in an order of their own, and each joins the one event that it
// agrees with among those that tellings before it in one of its blocks belong to. So a telling that
// comes, goes or changes concerns those that come later in a block of its event, and of these the
// ones whose agreement with that event is another than it was; when one of them joins another event
// for that, it concerns others in turn. That is followed in the same order until it ends.
//
// Works inside a transaction of the caller's. Damaged rows throw InputError.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "importers/text/event_tellings.h"
#include "store/event_tables.h"
#include "store/id_set.h"

namespace relata::store {

class EventJoins final {
 public:
  /// `first` and `step` are those of EventTables.
  explicit EventJoins(Database& database, std::int64_t first = 1, std::int64_t step = 1);

  /// Takes a text's place away from a telling that has it.
  void take(std::int64_t source, std::int64_t telling);
  /// Puts an event of a text there, which it is not yet, and returns the telling that it is.
  std::int64_t put(ToldAt place);
  /// Decides anew for what was taken and put since, and adds to `affected` the texts of which an
  /// event may have become another node or got another time.
  void settle(IdSet& affected);

  /// Forgets what memory holds between changes.
  void forget();

  /// What the event of a telling is.
  text::EventIdentity event_of(std::int64_t telling) { return tables_.event_of(telling); }

 private:
  /// A telling with what is asked of it again and again.
  struct Known {
    explicit Known(text::Telling of)
        : telling(std::move(of)),
          order(text::order_of(telling)),
          blocks(text::blocks_of(telling)) {}
    text::Telling telling;
    text::TellingOrder order;
    text::Blocks blocks;
  };
  /// A telling as it was and as it is. Without places it is not there.
  struct Work {
    std::optional<TellingRow> old;
    TellingRow now;
    std::optional<Known> was;
    std::optional<Known> is;
    bool is_changed = false;  ///< as a telling, its places aside
  };
  struct Member {
    std::int64_t id = 0;
    const Known* known = nullptr;
  };
  /// Sum of an event's tellings up to a place in the order; grows with it.
  struct Sum {
    std::size_t summed = 0;
    text::Happening happening;
    std::unordered_set<std::uint64_t> blocks;  ///< under which it is found
  };
  /// An event, named by its first telling, before the change and now.
  struct Event {
    std::vector<Member> before;
    std::vector<Member> now;
    Sum sum_before;
    Sum sum_now;
    bool differs = false;
    std::unordered_set<std::uint64_t> told_blocks;  ///< whose later tellings know that it differs
  };
  /// What is to be done at a place in the order.
  struct Step {
    std::int64_t id = 0;
    bool goes = false;                 ///< the telling as it was leaves its event
    bool comes = false;                ///< the telling as it is has to find its event
    std::set<std::int64_t> differing;  ///< events that differ, and that it may have to do with
  };

  Work& work_on(std::int64_t id);
  struct Read;
  Read& read(std::int64_t id);
  const Known* known_now(std::int64_t id);
  [[nodiscard]] std::int64_t home_now(std::int64_t id);
  Event& event(std::int64_t home);
  void start();
  void take_step(const text::TellingOrder& place, const Step& step);
  [[nodiscard]] std::int64_t find_home(std::int64_t id, const Known& telling);
  [[nodiscard]] static bool fits(const std::vector<Member>& members, Sum& sum,
                                 const Known& telling);
  static void sum_up(const std::vector<Member>& members, Sum& sum, const text::TellingOrder* place);
  void differ(std::int64_t home, const text::TellingOrder& place);
  static void drop(std::vector<Member>& members, const text::TellingOrder& place);
  void give_event(std::int64_t id, std::int64_t home, const text::EventIdentity& event,
                  IdSet& affected);
  void finish(IdSet& affected);

  EventTables tables_;
  std::size_t most_kept_;
  std::unordered_map<std::int64_t, Work> work_;
  std::unordered_map<std::string, std::int64_t> new_keys_;
  struct Read {
    TellingRow row;
    std::optional<Known> known;  ///< nothing for a telling that is not there
  };
  std::unordered_map<std::int64_t, std::unique_ptr<Read>> read_;
  std::unordered_map<std::int64_t, std::int64_t> homes_;  ///< that are not those of the rows
  std::unordered_map<std::int64_t, Event> events_;
  std::map<text::TellingOrder, Step> steps_;
};

}  // namespace relata::store
