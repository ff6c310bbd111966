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

/// Names whose things are kept in memory, and texts whose names are.
constexpr std::size_t most_kept = 50000;
constexpr std::size_t most_texts_kept = 50000;
constexpr int last_told_level = 2;  ///< of occurrences with a country or a home
constexpr int last_level = 3;

}  // namespace

struct NameJoins::Change {
  IdSet things;                         ///< that are new or got other sums
  std::set<std::int64_t> parted_words;  ///< shorter forms that tied things together before
  std::set<std::int64_t> seed_words;    ///< of links of things that went
  std::set<std::string> bases;          ///< that claims were laid to or taken from
  bool all_bases = false;               ///< all are looked at, these are not kept
  IdSet* affected = nullptr;            ///< nothing when all texts come with this change
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

NameJoins::NameJoins(Database& database, Database& occurrences, const text::CuratorRules& rules,
                     std::size_t most_noted)
    : tables_(database, occurrences),
      rules_(rules),
      all_come_(database.integer("SELECT EXISTS (SELECT 1 FROM joining_text)") == 0),
      most_noted_(most_noted) {}

NameJoins::~NameJoins() = default;

void NameJoins::take(std::int64_t source) {
  const auto names = tables_.names_of(source);
  if (!names) return;
  for (const NamedEntity& named : names->entities)
    edits_[named.name].went.push_back(tables_.take(named, names->document));
  tables_.remove_names(source);
  neighbours_.erase(static_cast<std::uint64_t>(source));
}

void NameJoins::put(std::int64_t source, TextNames names) {
  NamesOfText row;
  row.document = names.document;
  for (TextNames::Named& named : names.entities) {
    text::Occurrence occurrence{std::move(named.what), names.document,
                                static_cast<std::uint64_t>(source), named.entity};
    const std::uint32_t name = tables_.number_of(named.signature);
    row.entities.push_back({named.entity, name, occurrence.level(), named.neighbour});
    edits_[name].came.push_back(std::move(occurrence));
  }
  tables_.put_names(source, row);
  neighbours_.erase(static_cast<std::uint64_t>(source));
}

std::vector<NameJoins::Line> NameJoins::sheet() {
  std::vector<Line> sheet;
  sheet.reserve(edits_.size());
  for (auto& [name, edit] : edits_) {
    sheet.emplace_back(name, std::move(edit.came));
    written_down_.insert(name);
  }
  edits_.clear();
  return sheet;
}

void NameJoins::write_down(std::span<const Line> lines) {
  for (const auto& [name, came] : lines) {
    for (const text::Occurrence& occurrence : came) tables_.put(name, occurrence);
  }
}

void NameJoins::texts_of(std::size_t i, const std::function<bool(std::uint64_t)>& take) {
  const auto [name, thing] = joined_[i];
  tables_.sources_of(name, thing,
                     [&](std::int64_t source) { return take(static_cast<std::uint64_t>(source)); });
}

bool NameJoins::tells_of(std::uint64_t text, std::size_t i) {
  return tables_.tells_of(static_cast<std::int64_t>(text), joined_[i].first, joined_[i].second);
}

const std::vector<std::uint32_t>& NameJoins::names_in(std::uint64_t text) {
  if (const auto known = neighbours_.find(text); known != neighbours_.end()) return known->second;
  if (neighbours_.size() >= most_texts_kept) neighbours_.clear();
  return neighbours_.emplace(text, tables_.neighbours_of(static_cast<std::int64_t>(text)))
      .first->second;
}

std::set<LinkKey> NameJoins::links_of(const text::Thing& thing) {
  return link_keys(text::links_of(thing, rules_, keys_));
}

/// What its root is called.
text::ThingName NameJoins::called(const ThingRow& row) {
  return row.root == row.id ? row.called : tables_.called(row.root);
}

void NameJoins::affect(const ThingRow& row, Change& change) {
  if (change.affected == nullptr) return;
  tables_.sources_of(row.name, row.thing, [&](std::int64_t source) {
    change.affected->insert(source);
    return true;
  });
}

void NameJoins::settle(IdSet& affected) {
  called_.clear();
  if (edits_.empty() && written_down_.empty()) return;
  Change change;
  if (all_come_) {
    change.all_bases = true;
  } else {
    change.affected = &affected;
  }
  IdSet names = std::exchange(written_down_, {});
  const IdSet written_down = names;
  for (const auto& [name, edit] : edits_) names.insert(name);
  names.visit([&](std::int64_t id) {
    const auto name = static_cast<std::uint32_t>(id);
    Edit edit;
    if (auto known = edits_.extract(name)) edit = std::move(known.mapped());
    edit.written_down = written_down.contains(id);
    settle(name, edit, change);
  });
  join_tied(change);
  give_keys(change);
  all_come_ = false;
  neighbours_ = {};
  tables_.forget_numbers();
}

void NameJoins::settle(std::uint32_t name, const Edit& edit, Change& change) {
  for (const text::Occurrence& came : edit.came) tables_.put(name, came);
  const bool known = text::is_known_signature(tables_.signature_of(name));
  const std::vector<ThingRow> old = tables_.things_of(name);
  if (!settle_as_one(name, known, edit, old, change)) settle_by_all(name, known, edit, old, change);
}

/// What the occurrences of a name are as one thing, read one by one.
text::Thing NameJoins::sum_of_all(std::uint32_t name, bool known) {
  text::Thing sums;
  std::map<std::string, text::NameUse> names;
  if (!rules_.never_merge.empty()) {
    tables_.visit_occurrences(name, last_level, [&](PlacedOccurrence&& place) {
      names.try_emplace(std::move(place.occurrence.what.name));
    });
  }
  sums.plain = known && !text::may_be_forbidden(names, rules_);
  std::vector<std::uint64_t> texts;
  tables_.visit_occurrences(name, last_level, [&](PlacedOccurrence&& place) {
    text::add(sums, place.occurrence.what);
    texts.push_back(place.occurrence.text);
  });
  std::sort(texts.begin(), texts.end());
  sums.texts = static_cast<std::size_t>(std::unique(texts.begin(), texts.end()) - texts.begin());
  return sums;
}

/// The same by what they were before; false when that cannot be told.
bool NameJoins::sum_up(const Edit& edit, bool known, bool is_new, text::Thing& sums) {
  std::map<std::string, text::NameUse> names = sums.names;
  for (const text::Occurrence& came : edit.came) names.try_emplace(came.what.name);
  const bool plain = known && !text::may_be_forbidden(names, rules_);
  if (is_new) sums.plain = plain;
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
  return true;
}

/// True when the occurrences of a name are one thing and this can be told without parting them.
bool NameJoins::settle_as_one(std::uint32_t name, bool known, const Edit& edit,
                              const std::vector<ThingRow>& old, Change& change) {
  if (old.size() > 1) return false;
  ThingRow row;
  if (!old.empty()) row = old.front();
  text::Thing& sums = row.sums;
  if (edit.written_down) {
    sums = sum_of_all(name, known);
  } else if (!sum_up(edit, known, old.empty(), sums)) {
    return false;
  }
  const auto first = tables_.first(name);
  if (!first) {
    // Nobody has the name any more.
    if (!old.empty()) remove(old.front(), change);
    tables_.remove_name(name);
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

text::PartedBefore NameJoins::parted_before(const Edit& edit, const std::vector<ThingRow>& old,
                                            std::span<const text::Occurrence> occurrences,
                                            std::span<const std::uint32_t> was_in) const {
  text::PartedBefore before;
  // A rule that forbids mergers may concern the name only since other occurrences are there.
  if (edit.written_down || old.empty() || !rules_.never_merge.empty()) return before;
  before.unclear.resize(old.size());
  for (const ThingRow& row : old) {
    if (row.thing >= old.size()) return {};  // damage; all is decided anew
    before.unclear[row.thing] = row.sums.unclear;
  }
  const auto place_of = [](const text::Occurrence& occurrence) {
    return std::tuple(occurrence.level(), std::string_view(occurrence.document), occurrence.entity);
  };
  auto end = occurrences.end();
  const auto reaches = [&](const text::Occurrence& changed) {
    end = std::min(end, std::lower_bound(occurrences.begin(), occurrences.end(), changed,
                                         [&](const auto& left, const auto& right) {
                                           return place_of(left) < place_of(right);
                                         }));
  };
  for (const text::Occurrence& came : edit.came) reaches(came);
  for (const PlacedOccurrence& went : edit.went) reaches(went.occurrence);
  const auto count = static_cast<std::size_t>(end - occurrences.begin());
  std::uint32_t things = 0;
  for (std::size_t i = 0; i < count && was_in[i] <= things; ++i) {
    before.thing_of.push_back(was_in[i]);
    things = std::max(things, was_in[i] + 1);
  }
  return before;
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
  // Of what was written down it is not known which things it came to or left.
  std::set<std::uint32_t> moved;
  for (const PlacedOccurrence& place : edit.went) moved.insert(place.thing);
  const text::PartedName parted = text::part_name(occurrences, name, known, rules_, *this,
                                                  parted_before(edit, old, occurrences, was_in));
  for (std::size_t i = 0; i < occurrences.size(); ++i) {
    const std::uint32_t thing = parted.thing_of[i];
    const bool is_new = came.contains({occurrences[i].document, occurrences[i].entity});
    if (is_new || thing != was_in[i]) moved.insert(thing);
    if (thing == was_in[i]) continue;
    moved.insert(was_in[i]);
    tables_.place(name, occurrences[i], thing);
    if (change.affected != nullptr)
      change.affected->insert(static_cast<std::int64_t>(occurrences[i].text));
  }
  if (occurrences.empty()) tables_.remove_name(name);
  for (const ThingRow& row : old) {
    if (row.thing >= parted.things.size()) remove(row, change);
  }
  for (std::uint32_t i = 0; i < parted.things.size(); ++i) {
    const auto known_row =
        std::find_if(old.begin(), old.end(), [&](const ThingRow& row) { return row.thing == i; });
    ThingRow row;
    if (known_row != old.end()) row = *known_row;
    row.name = name;
    row.thing = i;
    row.sums = parted.things[i];
    row.sums.front.text = 0;
    replace(std::move(row), known_row == old.end() ? nullptr : &*known_row,
            edit.written_down || moved.contains(i), change);
  }
}

/// Writes a thing in the place of `old`, still with its old name. `moved`: other occurrences are
/// its.
void NameJoins::replace(ThingRow row, const ThingRow* old, bool moved, Change& change) {
  if (!moved && old != nullptr && old->sums.unclear == row.sums.unclear) return;
  std::set<LinkKey> before;
  if (old != nullptr) {
    before = links_of(old->sums);
  } else {
    row.id = tables_.next_thing_id();
    row.root = row.id;
  }
  const std::set<LinkKey> now = links_of(row.sums);
  for (const LinkKey& link : before) {
    if (now.contains(link)) continue;
    tables_.remove_link(link, row.id);
    change.seed_words.insert(link.word);
    if (!link.longer) change.parted_words.insert(link.word);
  }
  for (const LinkKey& link : now) {
    if (!before.contains(link)) tables_.put_link(link, row.id);
  }
  if (old != nullptr) {
    tables_.set_sums(row);
  } else {
    tables_.add(row);
  }
  change.things.insert(row.id);
}

void NameJoins::remove(const ThingRow& row, Change& change) {
  for (const LinkKey& link : links_of(row.sums)) {
    tables_.remove_link(link, row.id);
    if (!link.longer) change.parted_words.insert(link.word);
    change.seed_words.insert(link.word);
  }
  if (row.root == row.id) claim(row.base, change);
  tables_.remove_thing(row.id);
}

/// Joins the things that links tie to those that changed, each group of them on its own.
void NameJoins::join_tied(Change& change) {
  std::unordered_set<std::int64_t> words;
  IdSet visited;
  std::vector<ThingRow> group;
  std::deque<std::int64_t> open;
  const auto visit_word = [&](std::int64_t word) {
    if (words.insert(word).second) open.push_back(word);
  };
  const auto visit = [&](std::int64_t id) {
    if (!visited.insert(id)) return;
    auto row = tables_.thing(id);
    if (!row) return;  // it went after it had changed
    for (const LinkKey& link : links_of(row->sums)) visit_word(link.word);
    group.push_back(std::move(*row));
  };
  const auto join_group = [&] {
    while (!open.empty()) {
      const std::int64_t word = open.front();
      open.pop_front();
      // What was somebody's shorter form tied things together that are to be told apart now.
      const bool was_short = change.parted_words.contains(word);
      for (const std::int64_t id : tables_.linked(word, was_short)) visit(id);
    }
    if (!group.empty()) join(group, change);
    group.clear();
    // What a word ties together was visited with it, so that nothing comes of a second look.
    if (words.size() > most_noted_) words.clear();
  };
  for (const LinkKey& link : link_keys(text::curators_links(rules_))) {
    visit_word(link.word);
    join_group();
  }
  change.things.visit([&](std::int64_t id) {
    visit(id);
    join_group();
  });
  for (const std::int64_t word : change.seed_words) {
    visit_word(word);
    join_group();
  }
}

/// Joins a group of things that nothing else is tied to, and writes who is whose part. Keys come
/// later.
void NameJoins::join(std::vector<ThingRow>& group, Change& change) {
  std::vector<std::pair<std::string, std::size_t>> order;
  for (std::size_t i = 0; i < group.size(); ++i)
    order.emplace_back(group.size() > 1 ? tables_.signature_of(group[i].name) : "", i);
  std::sort(order.begin(), order.end(), [&](const auto& left, const auto& right) {
    return std::tie(left.first, group[left.second].thing) <
           std::tie(right.first, group[right.second].thing);
  });
  std::vector<text::Thing> things;
  joined_.clear();
  for (const auto& [signature, i] : order) {
    text::Thing thing = group[i].sums;
    thing.parts = {{things.size(), ""}};
    things.push_back(std::move(thing));
    joined_.emplace_back(group[i].name, group[i].thing);
  }
  text::join_things(things, rules_, *this);
  std::vector<text::ThingName> was;
  was.reserve(group.size());
  for (const ThingRow& row : group) was.push_back(called(row));
  for (std::size_t place = 0; place < things.size(); ++place) {
    const text::Thing& thing = things[place];
    if (thing.gone) continue;
    const ThingRow& first = group[order[place].second];
    ThingRow root;
    root.base = text::base_key(thing, text::best_name(thing, keys_));
    // A new thing gets the key that it has when nobody else claims it.
    const bool is_known = first.root == first.id && !first.called.key.empty();
    root.called = {is_known ? first.called.key : root.base, text::best_name(thing, keys_),
                   thing.kind, thing.type(), thing.country};
    root.front = {thing.front.document, 0, thing.front.entity};
    const std::int64_t root_id = first.id;
    for (const auto& [part, why] : thing.parts) {
      ThingRow& row = group[order[part].second];
      text::ThingName& old = was[order[part].second];
      const bool is_root = part == place;
      old.key = root.called.key;  // keys are compared when they are given
      if (row.root != root_id || old != root.called) affect(row, change);
      const bool same = is_root && row.root == root_id && row.base == root.base &&
                        row.called == root.called && row.front == root.front;
      if (same || (!is_root && row.root == root_id)) continue;
      if (row.root == row.id && !row.base.empty()) claim(row.base, change);
      if (is_root) claim(root.base, change);
      row.root = root_id;
      row.base = is_root ? root.base : "";
      row.called = is_root ? root.called : text::ThingName();
      row.front = is_root ? root.front : text::Front();
      tables_.set_name(row);
    }
  }
  joined_.clear();
}

/// Notes that the key is to be given anew.
void NameJoins::claim(const std::string& base, Change& change) const {
  if (change.all_bases) return;
  change.bases.insert(base);
  if (change.bases.size() <= most_noted_) return;
  change.all_bases = true;
  change.bases.clear();
}

void NameJoins::give_keys(Change& change) {
  for (const std::string& base : change.bases) give_keys(base, change);
  if (!change.all_bases) return;
  // Where all things are new, only those have other keys than their bases that share them.
  for (auto base = tables_.next_base("", all_come_); base;
       base = tables_.next_base(*base, all_come_))
    give_keys(*base, change);
}

/// Gives keys among all that claim one, those included that nothing else changed for.
void NameJoins::give_keys(const std::string& base, Change& change) {
  std::vector<ThingRow> rows = tables_.claimants(base);
  std::vector<text::KeyClaim> claims;
  for (std::size_t i = 0; i < rows.size(); ++i)
    claims.push_back({rows[i].called.country, rows[i].called.type, rows[i].front, i});
  const std::vector<std::string> keys = text::keys_of(base, claims);
  for (std::size_t i = 0; i < claims.size(); ++i) {
    ThingRow& row = rows[claims[i].thing];
    if (row.called.key == keys[i]) continue;
    row.called.key = keys[i];
    affect(row, change);
    if (change.affected != nullptr) {
      for (const ThingRow& part : tables_.parts_of(row.id)) affect(part, change);
    }
    tables_.set_key(row);
  }
}

std::vector<text::NodeIdentity> NameJoins::identities(std::int64_t source,
                                                      const text::Document& document,
                                                      const text::DocumentFacts& facts) {
  const auto& entities = facts.entities.entities;
  std::vector<text::NodeIdentity> identities(entities.size());
  const std::string digest = text::text_digest(document.text);
  const auto found_names = tables_.names_of(source);
  const NamesOfText names = found_names ? *found_names : NamesOfText();
  std::vector<bool> named(entities.size(), false);
  for (const NamedEntity& own : names.entities) {
    if (own.entity >= entities.size()) continue;  // read_facts_record found the facts sound
    if (called_.size() >= most_kept) called_.clear();
    const auto [found, is_new] = called_.try_emplace(own.name);
    if (is_new) {
      for (CalledThing& thing : tables_.called_of(own.name)) {
        found->second.push_back(thing.root == thing.id ? std::move(thing.called)
                                                       : tables_.called(thing.root));
      }
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
