#include "importers/zip_members.h"

#include <sstream>
#include <vector>

#include "graph/errors.h"
#include "importers/archive.h"
#include "importers/encoding.h"

namespace relata {

namespace {

constexpr std::size_t max_member = std::size_t{1} << 28U;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
        hex_digit(text[i + 2]) >= 0) {
      result += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::string read_member(ArchiveMember& member, const std::string& full) {
  std::string bytes;
  std::vector<char> piece(std::size_t{1} << 16U);
  while (member.stream) {
    member.stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    bytes.append(piece.data(), static_cast<std::size_t>(member.stream.gcount()));
    if (bytes.size() > max_member) {
      throw InputError(full, "", "expected at most 256 MiB, found more");
    }
  }
  return bytes;
}

}  // namespace

std::map<std::string, std::string> read_zip_members(
    std::istream& in, const std::string& name,
    const std::function<bool(std::string_view member)>& wanted) {
  std::unique_ptr<std::istringstream> whole;
  if (in.tellg() == std::istream::pos_type(-1)) {
    in.clear();
    whole = std::make_unique<std::istringstream>(read_all(in, name, max_member));
  }
  std::istream& zip = whole ? *whole : in;
  std::string head(4, '\0');
  zip.read(head.data(), 4);
  if (archive_kind_of(head.substr(0, static_cast<std::size_t>(zip.gcount()))) != ArchiveKind::zip) {
    throw InputError(name, "byte 0", "expected a ZIP, as such documents are, found other bytes");
  }
  zip.clear();
  zip.seekg(0, std::ios::end);
  UnpackBudget budget;
  budget.packed(static_cast<std::uint64_t>(zip.tellg()));
  zip.seekg(0);
  std::map<std::string, std::string> members;
  walk_archive(zip, ArchiveKind::zip, name, budget, [&](ArchiveMember& member) {
    if (wanted(member.name)) members[member.name] = read_member(member, name + "/" + member.name);
  });
  return members;
}

std::string member_path(std::string_view from, std::string_view target) {
  const std::string path = percent_decoded(target.substr(0, target.find('#')));
  std::vector<std::string> parts;
  const auto add = [&](std::string_view names) {
    for (std::size_t begin = 0; begin <= names.size();) {
      const std::size_t end = std::min(names.find('/', begin), names.size());
      const std::string_view part = names.substr(begin, end - begin);
      if (part == "..") {
        if (!parts.empty()) parts.pop_back();
      } else if (!part.empty() && part != ".") {
        parts.emplace_back(part);
      }
      begin = end + 1;
    }
  };
  const std::size_t slash = from.rfind('/');
  if (!path.starts_with('/') && slash != std::string_view::npos) add(from.substr(0, slash));
  add(path);
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : "/") + part;
  return joined;
}

}  // namespace relata
