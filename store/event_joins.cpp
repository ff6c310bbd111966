#include "store/event_joins.h"

#include <algorithm>
#include <utility>

#include "store/values.h"

namespace relata::store {

namespace {

/// Tellings that are kept in memory between changes.
constexpr std::size_t most_kept = 60000;

}  // namespace

EventJoins::EventJoins(Database& database, std::int64_t first, std::int64_t step)
    : tables_(database, first, step), most_kept_(most_kept / static_cast<std::size_t>(step)) {}

void EventJoins::forget() {
  std::unordered_map<std::int64_t, std::unique_ptr<Read>>().swap(read_);
}

EventJoins::Work& EventJoins::work_on(std::int64_t id) {
  const auto [found, is_new] = work_.try_emplace(id);
  if (is_new) {
    found->second.old = tables_.telling(id);
    if (found->second.old) {
      found->second.now = *found->second.old;
      found->second.was.emplace(found->second.old->telling());
    }
    found->second.now.id = id;
  }
  return found->second;
}

void EventJoins::take(std::int64_t source, std::int64_t telling) {
  std::erase_if(work_on(telling).now.places,
                [&](const ToldAt& place) { return place.source == source; });
}

std::int64_t EventJoins::put(ToldAt place) {
  const std::string& key = place.telling.key;
  std::optional<std::int64_t> id = tables_.find(key);
  if (!id) {
    const auto [known, is_new] = new_keys_.try_emplace(key, 0);
    if (is_new) known->second = tables_.next_id();
    id = known->second;
  }
  std::vector<ToldAt>& places = work_on(*id).now.places;
  const auto later = std::find_if(places.begin(), places.end(), [&](const ToldAt& other) {
    return std::tie(place.document, place.event) < std::tie(other.document, other.event);
  });
  places.insert(later, std::move(place));
  return *id;
}

EventJoins::Read& EventJoins::read(std::int64_t id) {
  const auto [found, is_new] = read_.try_emplace(id);
  if (is_new) {
    found->second = std::make_unique<Read>();
    Read& read = *found->second;
    if (auto row = tables_.telling(id)) read.row = std::move(*row);
    if (!read.row.places.empty()) read.known.emplace(read.row.telling());
  }
  return *found->second;
}

/// The telling as it is; nothing when it is not there.
const EventJoins::Known* EventJoins::known_now(std::int64_t id) {
  const auto work = work_.find(id);
  const std::optional<Known>& known = work != work_.end() ? work->second.is : read(id).known;
  return known ? &*known : nullptr;
}

std::int64_t EventJoins::home_now(std::int64_t id) {
  if (const auto home = homes_.find(id); home != homes_.end()) return home->second;
  if (const auto work = work_.find(id); work != work_.end())
    return work->second.old ? work->second.old->home : 0;
  return read(id).row.home;
}

EventJoins::Event& EventJoins::event(std::int64_t home) {
  const auto [found, is_new] = events_.try_emplace(home);
  Event& event = found->second;
  if (!is_new) return event;
  std::vector<std::int64_t> ids = tables_.joined_to(home);
  ids.push_back(home);
  for (const std::int64_t id : ids) {
    const auto work = work_.find(id);
    const bool worked = work != work_.end();
    const std::optional<Known>& known = worked ? work->second.was : read(id).known;
    if (!known) continue;
    const std::int64_t old_home = worked ? work->second.old->home : read(id).row.home;
    if (old_home == home) event.before.push_back({id, &*known});
  }
  std::sort(event.before.begin(), event.before.end(), [](const Member& left, const Member& right) {
    return left.known->order < right.known->order;
  });
  event.now = event.before;
  return event;
}

void EventJoins::start() {
  std::vector<std::pair<std::uint64_t, std::int64_t>> blocks;
  for (auto& [id, work] : work_) {
    if (!work.now.places.empty()) work.is.emplace(work.now.telling());
    const bool stays = work.was && work.is && same(work.was->telling, work.is->telling);
    work.is_changed = !stays;
    if (stays) continue;
    if (work.was) {
      for (const std::uint64_t block : work.was->blocks.stored()) tables_.remove_block(block, id);
      Step& step = steps_[work.was->order];
      step.id = id;
      step.goes = true;
    }
    if (work.is) {
      for (const std::uint64_t block : work.is->blocks.stored()) blocks.emplace_back(block, id);
      Step& step = steps_[work.is->order];
      step.id = id;
      step.comes = true;
    }
  }
  std::sort(blocks.begin(), blocks.end());
  for (const auto& [block, id] : blocks) tables_.put_block(block, id);
}

void EventJoins::settle(IdSet& affected) {
  events_.clear();
  if (read_.size() >= most_kept_) read_.clear();
  start();
  while (!steps_.empty()) {
    const auto [place, step] = *steps_.begin();
    steps_.erase(steps_.begin());
    take_step(place, step);
  }
  finish(affected);
}

void EventJoins::take_step(const text::TellingOrder& place, const Step& step) {
  if (step.goes) {
    const std::int64_t home = work_.at(step.id).old->home;
    Event& left = event(home);
    differ(home, place);
    drop(left.now, place);
  }
  const auto work = work_.find(step.id);
  const bool is_changed = work != work_.end() && work->second.is_changed;
  if (is_changed && !step.comes) return;
  const Known* telling = known_now(step.id);
  if (telling == nullptr) return;
  if (!is_changed) {
    const bool other =
        std::any_of(step.differing.begin(), step.differing.end(), [&](std::int64_t id) {
          Event& differing = event(id);
          return fits(differing.before, differing.sum_before, *telling) !=
                 fits(differing.now, differing.sum_now, *telling);
        });
    if (!other) return;
  }
  const std::int64_t home = find_home(step.id, *telling);
  if (!is_changed) {
    const std::int64_t old_home = home_now(step.id);
    if (home == old_home) return;
    differ(old_home, place);
    drop(event(old_home).now, place);
  }
  homes_[step.id] = home;
  Event& joined = event(home);
  const Member member{step.id, telling};
  joined.now.insert(std::upper_bound(joined.now.begin(), joined.now.end(), member,
                                     [](const Member& left, const Member& right) {
                                       return left.known->order < right.known->order;
                                     }),
                    member);
  differ(home, place);
}

/// The one event that the telling agrees with among those before it; a new one when there is none
/// or more than one, since nobody can say then which of them is meant.
std::int64_t EventJoins::find_home(std::int64_t id, const Known& telling) {
  std::set<std::int64_t> candidates;
  for (const std::uint64_t block : telling.blocks.seeks) {
    for (const std::int64_t other : tables_.in_block(block)) {
      if (other == id) continue;
      const Known* known = known_now(other);
      if (known != nullptr && known->order < telling.order) candidates.insert(home_now(other));
    }
  }
  std::int64_t home = id;
  std::size_t fitting = 0;
  for (const std::int64_t candidate : candidates) {
    Event& known = event(candidate);
    sum_up(known.now, known.sum_now, &telling.order);
    if (!text::agree(known.sum_now.happening, telling.telling)) continue;
    ++fitting;
    home = candidate;
  }
  return fitting == 1 ? home : id;
}

/// Sums up the tellings before `place`, or all.
void EventJoins::sum_up(const std::vector<Member>& members, Sum& sum,
                        const text::TellingOrder* place) {
  while (sum.summed < members.size() &&
         (place == nullptr || members[sum.summed].known->order < *place)) {
    const Known& known = *members[sum.summed++].known;
    text::add(sum.happening, known.telling);
    sum.blocks.insert(known.blocks.holds.begin(), known.blocks.holds.end());
  }
}

/// The telling finds the event, as its tellings before it make it, and agrees with it.
bool EventJoins::fits(const std::vector<Member>& members, Sum& sum, const Known& telling) {
  sum_up(members, sum, &telling.order);
  return std::any_of(telling.blocks.seeks.begin(), telling.blocks.seeks.end(),
                     [&](std::uint64_t block) { return sum.blocks.contains(block); }) &&
         text::agree(sum.happening, telling.telling);
}

/// From `place` on the event is another than before: all that come later in its blocks are to look
/// at it again.
void EventJoins::differ(std::int64_t home, const text::TellingOrder& place) {
  Event& differing = event(home);
  differing.differs = true;
  std::vector<std::uint64_t> blocks;
  for (const std::vector<Member>* members : {&differing.before, &differing.now}) {
    for (const Member& member : *members) {
      for (const std::uint64_t block : member.known->blocks.calls) {
        if (differing.told_blocks.insert(block).second) blocks.push_back(block);
      }
    }
  }
  for (const std::uint64_t block : blocks) {
    for (const std::int64_t id : tables_.in_block(block)) {
      const Known* known = known_now(id);
      if (known == nullptr || !(place < known->order)) continue;
      Step& step = steps_[known->order];
      step.id = id;
      step.differing.insert(home);
    }
  }
}

/// A telling that changed may be back already, earlier in the order.
void EventJoins::drop(std::vector<Member>& members, const text::TellingOrder& place) {
  std::erase_if(members, [&](const Member& member) { return member.known->order == place; });
}

/// Writes which event a telling is part of and what that is.
void EventJoins::give_event(std::int64_t id, std::int64_t home, const text::EventIdentity& event,
                            IdSet& affected) {
  const auto work = work_.find(id);
  const bool worked = work != work_.end();
  TellingRow& row = worked ? work->second.now : read(id).row;
  const bool differs = row.event != event || (worked && !work->second.old);
  if (differs) {
    for (const ToldAt& place : row.places) affected.insert(place.source);
  }
  if (!differs && row.home == home) return;
  row.home = home;
  row.event = event;
  if (!worked) tables_.set_event(row);
}

void EventJoins::finish(IdSet& affected) {
  for (auto& [home, event] : events_) {
    if (!event.differs) continue;
    sum_up(event.now, event.sum_now, nullptr);
    const text::Happening& now = event.sum_now.happening;
    for (const Member& member : event.now)
      give_event(member.id, home, {now.least_key, now.time}, affected);
  }
  for (auto& [id, work] : work_) {
    if (work.now.places.empty()) {
      if (work.old) tables_.remove(id);
      continue;
    }
    if (!work.old) {
      tables_.add(work.now);
      continue;
    }
    if (work.old->home != work.now.home || work.old->event != work.now.event)
      tables_.set_event(work.now);
    if (!same(work.old->places, work.now.places)) tables_.set_places(work.now);
  }
  // What stayed need not be read again.
  for (const auto& [id, work] : work_) read_.erase(id);
  work_.clear();
  new_keys_.clear();
  homes_.clear();
  events_.clear();
}

}  // namespace relata::store
