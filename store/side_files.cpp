#include "store/side_files.h"

#include <cstdio>
#include <stdexcept>

#include <fmt/format.h>

namespace relata::store {

namespace {

/// What a file needs in memory, by how much is looked up in how many places.
int cache_kib(TableGroup group) {
  switch (group) {
    case TableGroup::nodes:
    case TableGroup::edges:
      return 49152;
    case TableGroup::names:
    case TableGroup::occurrences:
      return 32768;
    case TableGroup::events:
      return 16384;
  }
  return 0;
}

/// By all its indexes while it is made.
bool is_looked_up(TableGroup group) {
  return group != TableGroup::nodes && group != TableGroup::edges;
}

std::string schema_name(TableGroup group, std::size_t part) {
  return fmt::format("side{}{}", static_cast<int>(group), part);
}

std::vector<std::string> schema_names(TableGroup group) {
  std::vector<std::string> names;
  for (std::size_t part = 0; part < parts_of(group); ++part)
    names.push_back(schema_name(group, part));
  return names;
}

}  // namespace

SideFiles::SideFiles(Database& main, const std::string& path) : main_(main) {
  for (const TableGroup group : table_groups) {
    for (std::size_t part = 0; part < parts_of(group); ++part) open(group, part, path);
  }
}

void SideFiles::open(TableGroup group, std::size_t part, const std::string& path) {
  const std::string name = schema_name(group, part);
  const std::string side = fmt::format("{}.{}", path, name);
  std::remove(side.c_str());
  auto& file = groups_[group].parts.emplace_back();
  file = std::make_unique<Database>(side, main_.name(), Database::Mode::create);
  try {
    file->run(
        fmt::format("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
                    "PRAGMA cache_size = -{}; PRAGMA mmap_size = 2147418112",
                    cache_kib(group)));
    create_tables(*file, group);
    if (is_looked_up(group)) create_indexes(*file, group);
    Statement(main_, fmt::format("ATTACH ? AS {}", name)).with(side).run();
    main_.run(fmt::format("PRAGMA {}.mmap_size = 2147418112", name));
    file->run("BEGIN");
  } catch (...) {
    std::remove(side.c_str());
    throw;
  }
  if (std::remove(side.c_str()) != 0) named_.push_back(side);
}

SideFiles::~SideFiles() {
  copy_of_events_.reset();
  for (auto& [group, files] : groups_) {
    for (std::size_t part = 0; part < files.parts.size(); ++part) {
      files.parts[part].reset();
      try {
        main_.run("DETACH " + schema_name(group, part));
      } catch (...) {
        // The store itself is broken off.
      }
    }
  }
  for (const std::string& name : named_) std::remove(name.c_str());
}

Database& SideFiles::of(TableGroup group, std::size_t part) {
  const auto& file = groups_.at(group).parts.at(part);
  if (!file) throw std::logic_error("a store whose making was broken off is used");
  return *file;
}

void SideFiles::finish(TableGroup group) {
  Group& files = groups_.at(group);
  if (files.finished) return;
  for (const auto& file : files.parts) {
    if (!is_looked_up(group)) {
      sort_with_threads(*file);
      create_indexes(*file, group);
    }
    file->run("COMMIT");
  }
  files.finished = true;
}

void SideFiles::close_events() {
  finish(TableGroup::events);
  copy_of_events_.emplace(main_, schema_names(TableGroup::events));
}

void SideFiles::copy_events(std::size_t shares_left) {
  if (copy_of_events_) copy_of_events_->copy(shares_left);
}

void SideFiles::gather(TableGroup group) {
  finish(group);
  if (group == TableGroup::events) {
    if (!copy_of_events_) close_events();
    copy_events(1);
    copy_of_events_.reset();
  }
  for (auto& file : groups_.at(group).parts) file.reset();
  if (group == TableGroup::events) return;
  const std::string side = schema_name(group, 0);
  for (const std::string& table : first_column(
           main_, fmt::format("SELECT name FROM {}.sqlite_schema WHERE type = 'table'", side)))
    main_.run(fmt::format("INSERT INTO main.{0} SELECT * FROM {1}.{0}", table, side));
}

}  // namespace relata::store
