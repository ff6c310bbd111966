#include "store/name_joins.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <tuple>

#include "importers/text/corpus_groups.h"
#include "importers/text/graph_writer.h"
#include "store/values.h"

namespace relata::store {

namespace {

/// Texts whose names, and names whose things are kept in memory.
constexpr std::size_t most_kept = 100000;
constexpr int last_told_level = 2;  ///< of occurrences with a country or a home
constexpr int last_level = 3;

/// The row is another one than it was.
bool differ(const ThingRow& left, const ThingRow& right) {
  return std::tie(left.root, left.base, left.called, left.front) !=
         std::tie(right.root, right.base, right.called, right.front);
}

}  // namespace

struct NameJoins::Change {
  /// A thing of now, and what it was called before.
  struct Held {
    ThingRow row;
    std::string signature;
    std::optional<ThingRow> old;
    text::ThingName was_called;
    bool is_changed = false;  ///< its sums are new
  };
  std::map<std::int64_t, Held> things;
  std::vector<ThingRow> gone;
  std::set<std::int64_t> gone_ids;
  std::set<LinkKey> ties;           ///< links of what changed, as they are
  std::set<LinkKey> old_ties;       ///< and as they were
  std::set<std::string> old_bases;  ///< of roots that may not be that any more
  std::vector<std::int64_t> moved;  ///< texts with an occurrence that is another thing's now
  std::set<std::int64_t>* affected = nullptr;
  std::vector<std::uint32_t> emptied;
};

TextNames text_names(const text::Document& document, const text::DocumentFacts& facts,
                     text::NameReader& reader) {
  static const std::set<std::string> none;
  TextNames names;
  names.document = document.id;
  const std::vector<std::string> signatures = reader.signatures(document, facts);
  const auto homes = text::NameReader::homes(facts);
  for (std::uint32_t e = 0; e < signatures.size(); ++e) {
    if (signatures[e].empty()) continue;
    const text::Entity& entity = facts.entities.entities[e];
    const auto found = homes.find(static_cast<std::int32_t>(e));
    names.entities.push_back({signatures[e], e, text::counts_as_neighbour(entity),
                              reader.naming(entity, found == homes.end() ? none : found->second)});
  }
  return names;
}

NameJoins::NameJoins(Database& database, const text::CuratorRules& rules)
    : tables_(database), rules_(rules) {}

NameJoins::~NameJoins() = default;

void NameJoins::take(std::int64_t source) {
  const auto names = tables_.names_of(source);
  if (!names) return;
  for (const NamedEntity& named : names->entities)
    edits_[named.name].went.push_back(tables_.take(named, names->document));
  tables_.remove_names(source);
  texts_.erase(static_cast<std::uint64_t>(source));
}

void NameJoins::put(std::int64_t source, const TextNames& names) {
  NamesOfText row;
  row.document = names.document;
  for (const TextNames::Named& named : names.entities) {
    text::Occurrence occurrence{named.what, names.document, static_cast<std::uint64_t>(source),
                                named.entity};
    const std::uint32_t name = tables_.number_of(named.signature);
    row.entities.push_back({named.entity, name, occurrence.level(), named.neighbour});
    tables_.put(name, occurrence);
    edits_[name].came.push_back(std::move(occurrence));
  }
  tables_.put_names(source, row);
  texts_.erase(static_cast<std::uint64_t>(source));
}

void NameJoins::texts_of(std::size_t i, const std::function<bool(std::uint64_t)>& take) {
  const auto [name, thing] = joined_[i];
  tables_.sources_of(name, thing,
                     [&](std::int64_t source) { return take(static_cast<std::uint64_t>(source)); });
}

bool NameJoins::tells_of(std::uint64_t text, std::size_t i) {
  const auto [name, thing] = joined_[i];
  const NamesOfText& names = names_of(text);
  return std::any_of(names.entities.begin(), names.entities.end(), [&](const NamedEntity& named) {
    return named.name == name && tables_.thing_of(named, names.document) == thing;
  });
}

const NamesOfText& NameJoins::names_of(std::uint64_t text) {
  if (const auto known = texts_.find(text); known != texts_.end()) return known->second;
  if (texts_.size() >= most_kept) texts_.clear();
  auto names = tables_.names_of(static_cast<std::int64_t>(text));
  return texts_.emplace(text, names ? std::move(*names) : NamesOfText()).first->second;
}

const std::vector<std::uint32_t>& NameJoins::names_in(std::uint64_t text) {
  return names_of(text).neighbours;
}

std::set<LinkKey> NameJoins::links_of(const text::Thing& thing) {
  return link_keys(text::links_of(thing, rules_, keys_));
}

/// What its root is called.
text::ThingName NameJoins::called(const ThingRow& row) {
  if (row.root == row.id) return row.called;
  const auto root = tables_.thing(row.root);
  return root ? root->called : text::ThingName();
}

void NameJoins::affect(std::uint32_t name, std::uint32_t thing, Change& change) {
  tables_.sources_of(name, thing, [&](std::int64_t source) {
    change.affected->insert(source);
    return true;
  });
}

void NameJoins::settle(std::set<std::int64_t>& affected) {
  called_.clear();
  if (edits_.empty()) return;
  Change change;
  change.affected = &affected;
  for (const auto& [name, edit] : edits_) settle(name, edit, change);
  edits_.clear();
  affected.insert(change.moved.begin(), change.moved.end());
  gather_tied(change);
  join(change);
  give_keys(change);
  write(change);
}

void NameJoins::settle(std::uint32_t name, const Edit& edit, Change& change) {
  const bool known = text::is_known_signature(tables_.signature_of(name));
  const std::vector<ThingRow> old = tables_.things_of(name);
  if (!settle_as_one(name, known, edit, old, change)) settle_by_all(name, known, edit, old, change);
}

/// True when the occurrences of a name are one thing and this can be told without reading them all.
bool NameJoins::settle_as_one(std::uint32_t name, bool known, const Edit& edit,
                              const std::vector<ThingRow>& old, Change& change) {
  if (old.size() > 1) return false;
  ThingRow row;
  if (!old.empty()) row = old.front();
  text::Thing& sums = row.sums;
  std::map<std::string, text::NameUse> names = sums.names;
  for (const text::Occurrence& came : edit.came) names.try_emplace(came.what.name);
  const bool plain = known && !text::may_be_forbidden(names, rules_);
  if (old.empty()) sums.plain = plain;
  if (sums.plain != plain) return false;
  std::set<std::uint64_t> went;
  std::set<std::uint64_t> came;
  for (const PlacedOccurrence& place : edit.went) {
    text::subtract(sums, place.occurrence.what);
    went.insert(place.occurrence.text);
  }
  for (const text::Occurrence& place : edit.came) {
    text::add(sums, place.what);
    came.insert(place.text);
  }
  sums.texts += came.size() - went.size();
  const auto first = tables_.first(name);
  if (!first) {
    // Nobody has the name any more.
    if (!old.empty()) {
      change.gone.push_back(old.front());
      change.gone_ids.insert(old.front().id);
    }
    change.emptied.push_back(name);
    return true;
  }
  const text::Oneness one = text::oneness(sums, known, rules_);
  if (one == text::Oneness::unknown) return false;
  if (one == text::Oneness::by_told) {
    std::vector<text::Occurrence> told;
    for (PlacedOccurrence& place : tables_.occurrences(name, last_told_level))
      told.push_back(std::move(place.occurrence));
    if (text::part_name(told, name, known, rules_, *this).things.size() > 1) return false;
  }
  sums.country = first->what.country;
  sums.kind = tables_.last(name)->what.kind;
  sums.front = {first->document, 0, first->entity};
  sums.unclear = false;
  sums.number = name;
  row.name = name;
  row.thing = 0;
  replace(std::move(row), old.empty() ? nullptr : &old.front(), true, change);
  return true;
}

void NameJoins::settle_by_all(std::uint32_t name, bool known, const Edit& edit,
                              const std::vector<ThingRow>& old, Change& change) {
  std::vector<text::Occurrence> occurrences;
  std::vector<std::uint32_t> was_in;
  for (PlacedOccurrence& place : tables_.occurrences(name, last_level)) {
    occurrences.push_back(std::move(place.occurrence));
    was_in.push_back(place.thing);
  }
  std::set<std::pair<std::string, std::uint32_t>> came;
  for (const text::Occurrence& place : edit.came) came.emplace(place.document, place.entity);
  std::set<std::uint32_t> moved;
  for (const PlacedOccurrence& place : edit.went) moved.insert(place.thing);
  const text::PartedName parted = text::part_name(occurrences, name, known, rules_, *this);
  for (std::size_t i = 0; i < occurrences.size(); ++i) {
    const std::uint32_t thing = parted.thing_of[i];
    const bool is_new = came.contains({occurrences[i].document, occurrences[i].entity});
    if (is_new || thing != was_in[i]) moved.insert(thing);
    if (thing == was_in[i]) continue;
    moved.insert(was_in[i]);
    tables_.place(name, occurrences[i], thing);
    change.moved.push_back(static_cast<std::int64_t>(occurrences[i].text));
  }
  if (occurrences.empty()) change.emptied.push_back(name);
  for (std::uint32_t i = 0; i < parted.things.size(); ++i) {
    const auto known_row =
        std::find_if(old.begin(), old.end(), [&](const ThingRow& row) { return row.thing == i; });
    ThingRow row;
    if (known_row != old.end()) row = *known_row;
    row.name = name;
    row.thing = i;
    row.sums = parted.things[i];
    row.sums.front.text = 0;
    replace(std::move(row), known_row == old.end() ? nullptr : &*known_row, moved.contains(i),
            change);
  }
  for (const ThingRow& row : old) {
    if (row.thing < parted.things.size()) continue;
    change.gone.push_back(row);
    change.gone_ids.insert(row.id);
  }
}

/// Takes note of a thing of now in the place of `old`. `moved`: other occurrences are its.
void NameJoins::replace(ThingRow row, const ThingRow* old, bool moved, Change& change) {
  Change::Held held;
  held.is_changed = moved || old == nullptr || old->sums.unclear != row.sums.unclear;
  if (old != nullptr) {
    held.old = *old;
  } else {
    row.id = tables_.next_thing_id();
    row.root = row.id;
  }
  held.row = std::move(row);
  const std::int64_t id = held.row.id;
  if (held.is_changed) change.things.emplace(id, std::move(held));
}

/// Finds all that links tie to what changed, and changes the links themselves.
void NameJoins::gather_tied(Change& change) {
  for (const ThingRow& row : change.gone) {
    for (const LinkKey& link : links_of(row.sums)) {
      change.old_ties.insert(link);
      tables_.remove_link(link, row.id);
    }
    if (row.root == row.id) change.old_bases.insert(row.base);
  }
  std::vector<std::int64_t> waiting;
  for (auto& [id, held] : change.things) {
    const std::set<LinkKey> now = links_of(held.row.sums);
    std::set<LinkKey> before;
    if (held.old) before = links_of(held.old->sums);
    for (const LinkKey& link : before) {
      if (!now.contains(link)) tables_.remove_link(link, id);
    }
    for (const LinkKey& link : now) {
      if (!before.contains(link)) tables_.put_link(link, id);
    }
    change.old_ties.insert(before.begin(), before.end());
    change.ties.insert(now.begin(), now.end());
  }
  for (const LinkKey& link : link_keys(text::curators_links(rules_))) change.ties.insert(link);

  std::set<std::int64_t> words;
  std::deque<std::pair<std::int64_t, bool>> open;
  const auto visit = [&](std::int64_t word, bool wanted_anyway) {
    if (words.insert(word).second) open.emplace_back(word, wanted_anyway);
  };
  // What was somebody's shorter form tied things together that are to be told apart now.
  for (const LinkKey& link : change.old_ties) {
    if (!link.longer) visit(link.word, true);
  }
  for (const LinkKey& link : change.old_ties) visit(link.word, false);
  for (const LinkKey& link : change.ties) visit(link.word, false);
  while (!open.empty()) {
    const auto [word, wanted_anyway] = open.front();
    open.pop_front();
    for (const std::int64_t id : tables_.linked(word, wanted_anyway)) {
      if (change.things.contains(id)) continue;
      auto row = tables_.thing(id);
      if (!row) continue;  // of another store's making; nothing hangs on it
      for (const LinkKey& link : links_of(row->sums)) visit(link.word, false);
      Change::Held held;
      held.old = *row;
      held.row = std::move(*row);
      change.things.emplace(id, std::move(held));
    }
  }
  for (auto& [id, held] : change.things) {
    held.signature = tables_.signature_of(held.row.name);
    if (!held.old) continue;
    held.was_called = called(*held.old);
    if (held.old->root == id) change.old_bases.insert(held.old->base);
  }
}

void NameJoins::join(Change& change) {
  std::vector<Change::Held*> order;
  for (auto& [id, held] : change.things) order.push_back(&held);
  std::sort(order.begin(), order.end(), [](const Change::Held* left, const Change::Held* right) {
    return std::tie(left->signature, left->row.thing) <
           std::tie(right->signature, right->row.thing);
  });
  std::vector<text::Thing> things;
  joined_.clear();
  for (const Change::Held* held : order) {
    text::Thing thing = held->row.sums;
    thing.parts = {{things.size(), ""}};
    things.push_back(std::move(thing));
    joined_.emplace_back(held->row.name, held->row.thing);
  }
  text::join_things(things, rules_, *this);
  for (std::size_t i = 0; i < things.size(); ++i) {
    const text::Thing& thing = things[i];
    if (thing.gone) continue;
    ThingRow& root = order[i]->row;
    const std::string name = text::best_name(thing, keys_);
    root.base = text::base_key(thing, name);
    root.called = {"", name, thing.kind, thing.type(), thing.country};
    root.front = {thing.front.document, 0, thing.front.entity};
    for (const auto& [part, why] : thing.parts) {
      ThingRow& row = order[part]->row;
      row.root = root.id;
      if (part == i) continue;
      row.base.clear();
      row.called = {};
      row.front = {};
    }
  }
}

/// Keys among all that claim one, those included that nothing else changed for.
void NameJoins::give_keys(Change& change) {
  std::map<std::string, std::vector<text::KeyClaim>> claims;
  for (const std::string& base : change.old_bases) claims[base];
  for (const auto& [id, held] : change.things) {
    const ThingRow& row = held.row;
    if (row.root != id) continue;
    claims[row.base].push_back(
        {row.called.country, row.called.type, row.front, static_cast<std::size_t>(id)});
  }
  for (auto& [base, own] : claims) {
    std::map<std::int64_t, ThingRow> others;
    for (ThingRow& row : tables_.claimants(base)) {
      if (change.things.contains(row.id) || change.gone_ids.contains(row.id)) continue;
      own.push_back(
          {row.called.country, row.called.type, row.front, static_cast<std::size_t>(row.id)});
      others.emplace(row.id, std::move(row));
    }
    const std::vector<std::string> keys = text::keys_of(base, own);
    for (std::size_t i = 0; i < own.size(); ++i) {
      const auto id = static_cast<std::int64_t>(own[i].thing);
      if (const auto held = change.things.find(id); held != change.things.end()) {
        held->second.row.called.key = keys[i];
        continue;
      }
      ThingRow& other = others.at(id);
      if (other.called.key == keys[i]) continue;
      other.called.key = keys[i];
      affect(other.name, other.thing, change);
      for (const ThingRow& part : tables_.parts_of(id)) affect(part.name, part.thing, change);
      tables_.put(other);
    }
  }
}

void NameJoins::write(Change& change) {
  for (const ThingRow& row : change.gone) tables_.remove_thing(row.id);
  for (const std::uint32_t name : change.emptied) tables_.remove_name(name);
  for (const auto& [id, held] : change.things) {
    const ThingRow& row = held.row;
    const text::ThingName& now =
        row.root == id ? row.called : change.things.at(row.root).row.called;
    if (held.old && now != held.was_called) affect(row.name, row.thing, change);
    if (held.is_changed || differ(row, *held.old)) tables_.put(row);
  }
  joined_.clear();
}

std::vector<text::NodeIdentity> NameJoins::identities(std::int64_t source,
                                                      const text::Document& document,
                                                      const text::DocumentFacts& facts) {
  const auto& entities = facts.entities.entities;
  std::vector<text::NodeIdentity> identities(entities.size());
  const std::string digest = text::text_digest(document.text);
  const NamesOfText& names = names_of(static_cast<std::uint64_t>(source));
  std::vector<bool> named(entities.size(), false);
  for (const NamedEntity& own : names.entities) {
    if (own.entity >= entities.size()) continue;  // read_facts_record found the facts sound
    if (called_.size() >= most_kept) called_.clear();
    const auto [found, is_new] = called_.try_emplace(own.name);
    if (is_new) {
      for (const ThingRow& row : tables_.things_of(own.name)) found->second.push_back(called(row));
    }
    const std::vector<text::ThingName>& things = found->second;
    std::uint32_t thing = 0;
    if (things.size() > 1) thing = tables_.thing_of(own, names.document).value_or(0);
    named[own.entity] = true;
    if (thing < things.size())
      identities[own.entity] = text::identity_of(entities[own.entity], things[thing], rules_);
  }
  for (std::size_t e = 0; e < entities.size(); ++e) {
    const bool makes_node =
        entities[e].kind == text::EntityKind::actor || entities[e].kind == text::EntityKind::place;
    if (!named[e] && makes_node) identities[e] = text::own_identity(entities[e], e, digest, rules_);
  }
  return identities;
}

}  // namespace relata::store
