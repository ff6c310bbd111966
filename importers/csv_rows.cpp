#include "importers/csv_rows.h"

#include <algorithm>
#include <istream>

#include <fmt/format.h>

#include "graph/errors.h"
#include "importers/encoding.h"

namespace relata {

namespace {

constexpr std::size_t max_row_bytes = std::size_t{1} << 26U;

}  // namespace

CsvRows::CsvRows(std::istream& in, std::string name) : in_(in), name_(std::move(name)) {
  find_separator();
}

void CsvRows::find_separator() {
  constexpr std::size_t enough = 4096;
  for (int c = in_.get(); c >= 0 && head_.size() < enough; c = in_.get()) {
    head_ += static_cast<char>(c);
    if (c == '\n') break;
  }
  if (head_.starts_with("\xEF\xBB\xBF")) head_next_ = 3;
  std::ptrdiff_t most = 0;
  for (const char separator : {',', ';', '\t'}) {
    const auto count = std::count(head_.begin(), head_.end(), separator);
    if (count > most) {
      most = count;
      separator_ = separator;
    }
  }
}

int CsvRows::take() {
  const int c =
      head_next_ < head_.size() ? static_cast<unsigned char>(head_[head_next_++]) : in_.get();
  if (c < 0 && in_.bad()) fail("reading it failed");
  if (c == '\n') ++line_;
  if (++row_bytes_ > max_row_bytes) fail("expected rows of at most 64 MiB, found a larger one");
  return c;
}

void CsvRows::fail(const std::string& problem) const {
  throw InputError(name_, place(), problem);
}

std::string CsvRows::place() const {
  return fmt::format("line {}", row_line_);
}

void CsvRows::read_quoted(std::string& field) {
  while (true) {
    const int c = take();
    if (c < 0) fail("expected a closing quote, found the end of the file");
    if (c != '"') {
      field += static_cast<char>(c);
      continue;
    }
    const int after =
        head_next_ < head_.size() ? static_cast<unsigned char>(head_[head_next_]) : in_.peek();
    if (after != '"') return;
    field += '"';
    take();
  }
}

bool CsvRows::next(std::vector<std::string>& row) {
  row.clear();
  row_line_ = line_;
  row_bytes_ = 0;
  std::string field;
  bool any = false;
  while (true) {
    const int c = take();
    if (c == '"' && field.empty()) {
      any = true;
      read_quoted(field);
    } else if (c == separator_ || c == '\n' || c < 0) {
      if (c != separator_ && !any && field.empty() && row.empty()) {
        if (c < 0) return false;
        row_line_ = line_;  // an empty line
        continue;
      }
      if (find_utf8_fault(field)) fail("expected UTF-8, found bytes that are none");
      row.push_back(std::move(field));
      field.clear();
      any = true;
      if (c != separator_) return true;
    } else if (c != '\r') {
      field += static_cast<char>(c);
    }
  }
}

}  // namespace relata
