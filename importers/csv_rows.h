#pragma once
// Rows of a CSV file (RFC 4180; "," or ";" or tab, whichever the first line has most of): quoted
// fields may hold line breaks and doubled quotes. Streams; a row is limited to 64 MiB. One thread.

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace relata {

class CsvRows final {
 public:
  /// Refers to `in`, which must outlive it.
  CsvRows(std::istream& in, std::string name);

  /// Reads the next row that is not empty; false at the end. Throws InputError for a quote that
  /// does not close, for a row that is too large and for what is not UTF-8.
  bool next(std::vector<std::string>& row);

  /// "line 3", where the last row began.
  [[nodiscard]] std::string place() const;

 private:
  int take();
  void find_separator();
  [[noreturn]] void fail(const std::string& problem) const;
  void read_quoted(std::string& field);

  std::istream& in_;
  std::string name_;
  std::string head_;  // the first line, read ahead for the separator
  std::size_t head_next_ = 0;
  char separator_ = ',';
  std::uint64_t line_ = 1;
  std::uint64_t row_line_ = 1;
  std::size_t row_bytes_ = 0;
};

}  // namespace relata
