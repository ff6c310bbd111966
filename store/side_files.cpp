#include "store/side_files.h"

#include <cstdio>
#include <vector>

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

std::string schema_name(TableGroup group, std::size_t part) {
  return fmt::format("side{}{}", static_cast<int>(group), part);
}

std::vector<std::string> texts(Database& database, const std::string& sql) {
  std::vector<std::string> all;
  Statement rows(database, sql);
  while (rows.step()) all.emplace_back(rows.text(0));
  return all;
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
  auto& file = files_[group].emplace_back();
  file = std::make_unique<Database>(side, main_.name(), Database::Mode::create);
  try {
    file->run(
        fmt::format("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
                    "PRAGMA cache_size = -{}; PRAGMA mmap_size = 2147418112; PRAGMA threads = 4",
                    cache_kib(group)));
    create_tables(*file, group);
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
  for (auto& [group, parts] : files_) {
    for (std::size_t part = 0; part < parts.size(); ++part) {
      parts[part].reset();
      try {
        main_.run("DETACH " + schema_name(group, part));
      } catch (...) {
        // The store itself is broken off.
      }
    }
  }
  for (const std::string& name : named_) std::remove(name.c_str());
}

void SideFiles::finish(TableGroup group) {
  for (const auto& file : files_.at(group)) {
    create_indexes(*file, group);
    file->run("COMMIT");
  }
}

void SideFiles::gather() {
  gathered_ = true;
  for (auto& [group, parts] : files_) {
    for (auto& file : parts) file.reset();
    for (const std::string& table :
         texts(main_, fmt::format("SELECT name FROM {}.sqlite_schema WHERE type = 'table'",
                                  schema_name(group, 0)))) {
      std::string rows;
      for (std::size_t part = 0; part < parts.size(); ++part) {
        rows += fmt::format("{} SELECT * FROM {}.{}", part == 0 ? "" : " UNION ALL",
                            schema_name(group, part), table);
      }
      if (parts.size() > 1) {
        const std::vector<std::string> keys = texts(
            main_, fmt::format("SELECT name FROM pragma_table_info('{}') WHERE pk > 0 ORDER BY pk",
                               table));
        rows += fmt::format(" ORDER BY {}", fmt::join(keys, ", "));
      }
      main_.run(fmt::format("INSERT INTO main.{}{}", table, rows));
    }
  }
}

}  // namespace relata::store
