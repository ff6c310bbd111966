#include "store/copy_joins.h"

#include <optional>
#include <vector>

#include "store/values.h"

namespace relata::store {

namespace {

std::string bytes_of(const text::Fingerprint& print) {
  std::string bytes;
  for (const std::uint32_t value : print) {
    for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift);
  }
  return bytes;
}

}  // namespace

CopyJoins::CopyJoins(Database& database)
    : database_(database),
      find_(database, "SELECT first, fingerprint FROM joining_story WHERE source = ?"),
      stored_(database, "SELECT fingerprint FROM content WHERE source = ?"),
      put_(database, "INSERT INTO joining_story VALUES (?1, ?1, ?2)"),
      set_first_(database, "UPDATE joining_story SET first = ? WHERE source = ?"),
      remove_(database, "DELETE FROM joining_story WHERE source = ?"),
      put_band_(database, "INSERT OR IGNORE INTO joining_band VALUES (?, ?)"),
      remove_band_(database, "DELETE FROM joining_band WHERE hash = ? AND source = ?"),
      in_band_(database, "SELECT source FROM joining_band WHERE hash = ?"),
      copies_(database, "SELECT source FROM joining_story WHERE first = ? AND first <> source"),
      text_(database, "SELECT name, date FROM source WHERE id = ?") {}

text::Fingerprint CopyJoins::print_of(std::int64_t source) {
  if (!find_.with(source).step()) damaged(database_, "a text without its fingerprint");
  const text::Fingerprint print = text::fingerprint_from_bytes(find_.text(1));
  find_.reset();
  return print;
}

void CopyJoins::take(std::int64_t source) {
  if (!find_.with(source).step()) return;
  stories_.insert(find_.integer(0));
  const text::Fingerprint print = text::fingerprint_from_bytes(find_.text(1));
  find_.reset();
  for (const std::uint64_t band : text::bands_of(print)) remove_band_.with(band, source).run();
  remove_.with(source).run();
  came_.erase(source);
}

void CopyJoins::put(std::int64_t source) {
  if (!stored_.with(source).step()) return;
  const text::Fingerprint print = text::fingerprint_from_bytes(stored_.text(0));
  stored_.reset();
  const std::string bytes = bytes_of(print);
  put_.with(source, Blob{bytes}).run();
  for (const std::uint64_t band : text::bands_of(print)) put_band_.with(band, source).run();
  came_.insert(source);
}

void CopyJoins::settle(IdSet& affected) {
  for (const std::int64_t source : came_) {
    const text::Fingerprint print = print_of(source);
    std::set<std::int64_t> near;
    for (const std::uint64_t band : text::bands_of(print)) {
      for (in_band_.with(band); in_band_.step();) near.insert(in_band_.integer(0));
    }
    for (const std::int64_t other : near) {
      if (other == source || came_.contains(other)) continue;
      if (!find_.with(other).step()) damaged(database_, "a text without its fingerprint");
      if (text::alike(print, text::fingerprint_from_bytes(find_.text(1))))
        stories_.insert(find_.integer(0));
      find_.reset();
    }
  }
  // Whole stories, so that what ties their texts is looked at anew.
  struct Told {
    std::int64_t source = 0;
    std::int64_t old_first = 0;
    std::string name;
    std::string date;
    text::Fingerprint print;
  };
  std::set<std::int64_t> sources = came_;
  for (const std::int64_t first : stories_) {
    if (find_.with(first).step()) sources.insert(first);
    find_.reset();
    for (copies_.with(first); copies_.step();) sources.insert(copies_.integer(0));
  }
  std::vector<Told> told;
  for (const std::int64_t source : sources) {
    Told own{source, 0, "", "", print_of(source)};
    if (find_.with(source).step()) own.old_first = find_.integer(0);
    find_.reset();
    if (!text_.with(source).step()) damaged(database_, "a story without its text");
    own.name = text_.text(0);
    own.date = text_.text(1);
    text_.reset();
    told.push_back(std::move(own));
  }
  std::vector<text::StoryText> stories;
  stories.reserve(told.size());
  for (const Told& own : told) stories.push_back({own.name, own.date, own.print});
  const std::vector<std::size_t> first = text::first_of_story(stories);
  for (std::size_t i = 0; i < told.size(); ++i) {
    const std::int64_t now = told[first[i]].source;
    if (now != told[i].old_first) set_first_.with(now, told[i].source).run();
    // A text that came may have the number of one that went.
    if (now != told[i].old_first || came_.contains(now)) affected.insert(told[i].source);
  }
  came_.clear();
  stories_.clear();
}

std::string CopyJoins::copy_of(std::int64_t source) {
  if (!find_.with(source).step()) return {};
  const std::int64_t first = find_.integer(0);
  find_.reset();
  if (first == source) return {};
  if (!text_.with(first).step()) damaged(database_, "a copy of no text");
  std::string name(text_.text(0));
  text_.reset();
  return name;
}

}  // namespace relata::store
