#pragma once
// An SQLite database and its statements, as values that clean up after themselves. What SQLite
// reports becomes the project's errors, with the file's name: InputError for a file that is
// damaged or no database, FileError for the system's reasons (a full disk, no permission),
// StoreBusyError when another program is writing. One thread at a time.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "graph/errors.h"

struct sqlite3;
struct sqlite3_stmt;

namespace relata::store {

/// Another program holds the store.
class StoreBusyError final : public Error {
 public:
  using Error::Error;
};

/// Bytes, to be told from text.
struct Blob {
  std::string_view bytes;
};

class Database final {
 public:
  enum class Mode : std::uint8_t {
    read,    ///< the file must be there; nothing is written but what a broken-off writer left
    change,  ///< the file must be there
    create,  ///< the file must not be there
  };

  /// Opens the file `path`; `name` is what errors call it. Waits up to `wait_ms` milliseconds for
  /// other programs.
  Database(const std::string& path, std::string name, Mode mode, int wait_ms = 5000);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }

  /// Runs statements that give no rows.
  void run(const std::string& sql);
  [[nodiscard]] std::int64_t integer(const std::string& sql);
  [[nodiscard]] std::string text(const std::string& sql);
  /// How often SQLite has changed the file, which stands in the file's header; 0 where it cannot be
  /// read.
  [[nodiscard]] std::uint32_t change_counter() const;
  /// Rows that the last statement wrote.
  [[nodiscard]] std::size_t changes() const;

  /// From now on the file may be another program's: what it holds is checked. So it is with all
  /// files but one that was created.
  void distrust();

  /// Throws what SQLite reported by `code`.
  [[noreturn]] void fail(int code) const;

 private:
  friend class Statement;
  /// SQLite is told not to lock. Checkers of threads do not look into it, but see here when two
  /// threads meet.
  void use() const { ++uses_; }

  mutable std::uint64_t uses_ = 0;
  std::string path_;
  std::string name_;
  sqlite3* handle_ = nullptr;
};

/// A prepared statement. `with` binds its parameters in order and starts it anew; `step` gives the
/// rows one by one; columns are valid until the next step. Texts and bytes that are bound are not
/// copied: they have to live until the last step.
class Statement final {
 public:
  Statement(Database& database, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  template <class... Values>
  Statement& with(const Values&... values) {
    reset();
    int index = 0;
    (bind(++index, values), ...);
    return *this;
  }
  /// True when there is a row.
  bool step();
  /// Runs to the end, for statements that give no rows.
  void run();
  void reset();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view text(int column) const;  ///< text or blob; "" for NULL
  [[nodiscard]] bool null(int column) const;

 private:
  void bind(int index, std::int64_t value);
  void bind(int index, std::uint64_t value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, int value) { bind(index, std::int64_t{value}); }
  void bind(int index, std::uint32_t value) { bind(index, std::int64_t{value}); }
  void bind(int index, bool value) { bind(index, std::int64_t{value ? 1 : 0}); }
  void bind(int index, double value);
  void bind(int index, std::string_view value);
  void bind(int index, const std::string& value) { bind(index, std::string_view(value)); }
  void bind(int index, const char* value) { bind(index, std::string_view(value)); }
  void bind(int index, const Blob& value);
  void bind(int index, std::nullptr_t value);
  template <class Value>
  void bind(int index, const std::optional<Value>& value) {
    if (value) {
      bind(index, *value);
    } else {
      bind(index, nullptr);
    }
  }
  void check(int code) const;

  Database& database_;
  sqlite3_stmt* handle_ = nullptr;
};

/// A transaction that has the database to itself for writing; undone when it is not committed.
class Transaction final {
 public:
  enum class Lock : std::uint8_t {
    now,    ///< on all files that are attached
    later,  ///< on each file when it is first used
  };

  explicit Transaction(Database& database, Lock lock = Lock::now);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace relata::store
