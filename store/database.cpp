#include "store/database.h"

#include <cerrno>

#include <fmt/format.h>
#include <sqlite3.h>

namespace relata::store {

Database::Database(const std::string& path, std::string name, Mode mode, int wait_ms)
    : path_(path), name_(std::move(name)) {
  // Nobody asks SQLite how much memory it took, which it would count under a lock. Where somebody
  // was here before, this does nothing.
  static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(uncounted);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (mode == Mode::create) flags |= SQLITE_OPEN_CREATE;
  int code = sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr);
  if (mode == Mode::read && code != SQLITE_OK) {
    // Where the file or its folder may not be written, it can still be read.
    sqlite3_close_v2(handle_);
    flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    code = sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr);
  }
  try {
    if (code != SQLITE_OK) fail(code);
    sqlite3_busy_timeout(handle_, wait_ms);
    // Foreign files must not run their own code or change what this program's SQL means. It forbids
    // to do without a journal too, which a new file does not need.
    if (mode != Mode::create) distrust();
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (mode == Mode::change && sqlite3_db_readonly(handle_, "main") == 1) {
      throw FileError("write to", name_, EACCES);
    }
  } catch (...) {
    sqlite3_close_v2(handle_);
    throw;
  }
}

void Database::distrust() {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  run("PRAGMA cell_size_check = ON");
}

Database::~Database() {
  sqlite3_close_v2(handle_);
}

void Database::run(const std::string& sql) {
  use();
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::integer(const std::string& sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.integer(0) : 0;
}

std::string Database::text(const std::string& sql) {
  Statement statement(*this, sql);
  return statement.step() ? std::string(statement.text(0)) : std::string();
}

// Through SQLite's own descriptor: closing another one of the same file would give up the locks
// that the process holds on it.
std::uint32_t Database::change_counter() const {
  constexpr int size = 4;
  constexpr sqlite3_int64 place = 24;
  sqlite3_file* file = nullptr;
  unsigned char bytes[size] = {};
  if (sqlite3_file_control(handle_, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
      file == nullptr || file->pMethods == nullptr ||
      file->pMethods->xRead(file, bytes, size, place) != SQLITE_OK) {
    return 0;
  }
  return std::uint32_t{bytes[0]} << 24U | std::uint32_t{bytes[1]} << 16U |
         std::uint32_t{bytes[2]} << 8U | bytes[3];
}

std::size_t Database::changes() const {
  return static_cast<std::size_t>(sqlite3_changes(handle_));
}

void Database::fail(int code) const {
  const int system = handle_ == nullptr ? 0 : sqlite3_system_errno(handle_);
  const char* message = handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_);
  switch (code & 0xff) {
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw StoreBusyError(
          fmt::format("{}: another program is using the store; nothing was changed", name_));
    case SQLITE_FULL:
      throw FileError("write to", name_, system != 0 ? system : ENOSPC);
    case SQLITE_CANTOPEN:
      throw FileError("open", name_, system != 0 ? system : ENOENT);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      throw FileError("write to", name_, system != 0 ? system : EACCES);
    case SQLITE_IOERR: {
      const bool reading = code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ;
      throw FileError(reading ? "read" : "write to", name_, system != 0 ? system : EIO);
    }
    case SQLITE_NOTADB:
      throw InputError(name_, "", "expected a store of relata, found another kind of file");
    case SQLITE_CORRUPT:
      throw InputError(name_, "",
                       fmt::format("the store is damaged ({}); take it from a copy, or build it "
                                   "anew from the texts",
                                   message));
    default:
      // A page that is damaged can also show as a table that is not there or a value of the wrong
      // type.
      throw InputError(name_, "", fmt::format("the store cannot be used: {}", message));
  }
}

Statement::Statement(Database& database, std::string_view sql) : database_(database) {
  database.use();
  const int code = sqlite3_prepare_v3(database.handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle_, nullptr);
  if (code != SQLITE_OK) database.fail(code);
}

Statement::~Statement() {
  sqlite3_finalize(handle_);
}

void Statement::check(int code) const {
  if (code != SQLITE_OK) database_.fail(code);
}

bool Statement::step() {
  database_.use();
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(handle_);
    return false;
  }
  sqlite3_reset(handle_);
  database_.fail(code);
}

void Statement::run() {
  while (step()) {
  }
}

void Statement::reset() {
  database_.use();
  sqlite3_reset(handle_);
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(handle_, column);
}

std::string_view Statement::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  return {bytes,
          bytes == nullptr ? 0 : static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

bool Statement::null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

void Statement::bind(int index, std::int64_t value) {
  check(sqlite3_bind_int64(handle_, index, value));
}

void Statement::bind(int index, double value) {
  check(sqlite3_bind_double(handle_, index, value));
}

void Statement::bind(int index, std::string_view value) {
  check(sqlite3_bind_text64(handle_, index, value.data() == nullptr ? "" : value.data(),
                            value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind(int index, const Blob& value) {
  check(sqlite3_bind_blob64(handle_, index, value.bytes.data() == nullptr ? "" : value.bytes.data(),
                            value.bytes.size(), SQLITE_STATIC));
}

void Statement::bind(int index, std::nullptr_t /*value*/) {
  check(sqlite3_bind_null(handle_, index));
}

Transaction::Transaction(Database& database, Lock lock) : database_(database) {
  database_.run(lock == Lock::now ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.run("ROLLBACK");
  } catch (const Error&) {
    // SQLite has undone it by itself already.
  }
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

}  // namespace relata::store
