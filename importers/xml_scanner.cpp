#include "importers/xml_scanner.h"

#include <algorithm>
#include <cstring>
#include <istream>

#include <fmt/format.h>

#include "graph/ascii.h"
#include "graph/errors.h"
#include "importers/xml_characters.h"
#include "importers/xml_head.h"

namespace relata {

namespace {

constexpr std::size_t first_size = std::size_t{1} << 17U;
constexpr std::size_t max_token = std::size_t{1} << 24U;
constexpr std::size_t few_attributes = 12;  // compared with each other
constexpr std::size_t shown_bytes = 60;     // of a name, in an error

constexpr std::string_view comment_begin = "<!--";
constexpr std::string_view data_begin = "<![CDATA[";
constexpr std::string_view data_end = "]]>";

std::string shown(std::string_view name) {
  if (name.size() <= shown_bytes) return std::string(name);
  std::size_t end = shown_bytes;
  while ((static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return std::string(name.substr(0, end)) + "...";
}

std::size_t behind_prefix(std::string_view name) {
  return name.rfind(':') + 1;  // npos + 1 is 0
}

void append_utf8(std::string& text, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0U | code >> 6U);
  } else if (code < 0x10000) {
    put(0xE0U | code >> 12U);
    put(0x80U | (code >> 6U & 0x3FU));
  } else {
    put(0xF0U | code >> 18U);
    put(0x80U | (code >> 12U & 0x3FU));
    put(0x80U | (code >> 6U & 0x3FU));
  }
  put(0x80U | (code & 0x3FU));
}

/// What a piece of text holds that matters for counting lines and columns.
struct Census {
  std::size_t lines = 0;  // line feeds
  bool returns = false;
  bool foreign = false;  // beyond ASCII
};

Census census_of(std::string_view text) {
  constexpr std::size_t block = 240;  // so that a byte counts all of it
  Census census;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, block);
    std::uint8_t lines = 0;
    std::uint8_t returns = 0;
    std::uint8_t high = 0;
    for (const char c : part) {
      lines = static_cast<std::uint8_t>(lines + static_cast<std::uint8_t>(c == '\n'));
      returns = static_cast<std::uint8_t>(returns | static_cast<std::uint8_t>(c == '\r'));
      high = static_cast<std::uint8_t>(high | static_cast<std::uint8_t>(c));
    }
    census.lines += lines;
    census.returns = census.returns || returns != 0;
    census.foreign = census.foreign || (high & 0x80U) != 0;
    text.remove_prefix(part.size());
  }
  return census;
}

constexpr bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

/// Moves `position` over `text`; a carriage return before a line feed belongs to it, and `next` is
/// the byte behind.
void advance(XmlPosition& position, std::string_view text, char next) {
  const Census census = census_of(text);
  if (census.returns) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char following = i + 1 < text.size() ? text[i + 1] : next;
      if (text[i] == '\n' || (text[i] == '\r' && following != '\n')) {
        ++position.line;
        position.column = 1;
      } else if (begins_character(text[i]) && text[i] != '\r') {
        ++position.column;
      }
    }
    return;
  }
  if (census.lines > 0) {
    position.line += census.lines;
    position.column = 1;
    text.remove_prefix(text.rfind('\n') + 1);
  }
  position.column +=
      census.foreign
          ? static_cast<std::uint64_t>(std::count_if(text.begin(), text.end(), begins_character))
          : text.size();
}

}  // namespace

XmlScanner::XmlScanner(std::istream& in, const std::string& name, XmlEvents& events)
    : in_(in), name_(name), events_(events), buffer_(first_size + 1) {}

void XmlScanner::fail(std::size_t at, std::string_view problem) const {
  const XmlPosition position = position_of(at);
  throw InputError(name_, fmt::format("line {}, column {}", position.line, position.column),
                   fmt::format("expected well-formed XML, found a fault: {}", problem));
}

void XmlScanner::fail_found(std::size_t at, std::string_view expected) const {
  const auto found = [&]() -> std::string {
    if (at == end_) return "the end of the file";
    const xml::Character character = xml::character_at(buffer_.data() + at);
    const bool printable = character.code > 0x20 && character.code < 0x7F;
    return printable ? fmt::format("\"{}\"", byte(at)) : fmt::format("U+{:04X}", character.code);
  };
  fail(at, fmt::format("expected {}, found {}", expected, found()));
}

XmlPosition XmlScanner::position_of(std::size_t offset) const {
  if (offset < known_) {
    known_ = 0;
    known_position_ = begin_position_;
  }
  advance(known_position_, bytes(known_, offset), byte(offset));
  known_ = offset;
  return known_position_;
}

bool XmlScanner::begin() {
  in_.read(buffer_.data(), static_cast<std::streamsize>(first_size));
  end_ = static_cast<std::size_t>(in_.gcount());
  if (in_.bad()) throw InputError(name_, "", "reading it failed");
  complete_ = end_ < first_size;
  const auto begin = xml::begin_of_plain(head(), complete_);
  if (!begin) return false;
  tail_ = head();
  end_ = 0;
  take_in();
  at_ = *begin;
  return true;
}

/// Puts what was read behind the characters, as far as it is sound.
void XmlScanner::take_in() {
  std::memcpy(buffer_.data() + end_, tail_.data(), tail_.size());
  const xml::Checked checked = xml::check_characters(bytes(end_, end_ + tail_.size()));
  end_ += checked.sound;
  buffer_[end_] = 0;
  tail_.erase(0, checked.sound);
  faulty_ = checked.faulty || (complete_ && !tail_.empty());
}

/// Drops what lies before at_ and reads on; false at the end of the input.
bool XmlScanner::refill() {
  if (faulty_) {
    fail(end_, fmt::format("expected characters of XML in UTF-8, found the byte 0x{:02X}",
                           static_cast<unsigned char>(tail_.front())));
  }
  if (complete_) return false;
  begin_position_ = known_position_ = position_of(at_);
  std::memmove(buffer_.data(), buffer_.data() + at_, end_ - at_);
  end_ -= at_;
  at_ = event_ = known_ = 0;
  if (end_ > max_token) {
    throw InputError(
        name_, fmt::format("line {}, column {}", begin_position_.line, begin_position_.column),
        "expected tags of at most 16 MiB, found a larger one");
  }
  if (2 * end_ > buffer_.size()) buffer_.resize(2 * buffer_.size());
  const std::size_t room = buffer_.size() - 1 - end_ - tail_.size();
  const std::size_t before = tail_.size();
  tail_.resize(before + room);
  in_.read(tail_.data() + before, static_cast<std::streamsize>(room));
  if (in_.bad()) throw InputError(name_, "", "reading it failed");
  const auto count = static_cast<std::size_t>(in_.gcount());
  complete_ = count < room;
  tail_.resize(before + count);
  const std::size_t old_end = end_;
  take_in();
  return end_ > old_end || refill();
}

/// Reads on until `count` bytes follow at_, or the input ends.
void XmlScanner::need(std::size_t count) {
  while (end_ - at_ < count && refill()) {
  }
}

std::size_t XmlScanner::skip_blanks(std::size_t at) const {
  while (xml::is(byte(at), xml::blank)) ++at;
  return at;
}

std::size_t XmlScanner::name_end(std::size_t at) const {
  return static_cast<std::size_t>(xml::end_of_name(buffer_.data() + at) - buffer_.data());
}

std::string_view XmlScanner::innermost() const {
  return std::string_view(open_names_).substr(open_.back().name);
}

void XmlScanner::read() {
  while (true) {
    if (open_.empty()) {
      read_blanks();
    } else {
      read_text();
    }
    if (at_ == end_) break;
    read_markup();
  }
  if (!open_.empty()) fail_found(at_, fmt::format("</{}>", shown(innermost())));
  if (!seen_root_) fail_found(at_, "an element");
}

/// What may stand around the root.
void XmlScanner::read_blanks() {
  do {
    at_ = skip_blanks(at_);
  } while (at_ == end_ && refill());
  if (at_ < end_ && byte(at_) != '<') {
    fail_found(at_, seen_root_ ? "nothing after the outermost element" : "an element");
  }
}

void XmlScanner::put(std::size_t end) {
  event_ = at_;
  if (end > at_) events_.text(bytes(at_, end));
  at_ = end;
}

void XmlScanner::read_text() {
  while (true) {
    std::size_t stop = at_;
    while (!xml::is(byte(stop), xml::stops_text)) ++stop;
    put(stop);
    switch (byte(at_)) {
      case '<':
        return;
      case '&':
        read_reference();
        break;
      case '\r':
        read_line_end();
        break;
      case ']':
        need(data_end.size());
        if (bytes(at_, end_).starts_with(data_end)) {
          fail(at_, "expected no \"]]>\" outside of a CDATA section");
        }
        put(at_ + 1);
        break;
      default:
        if (!refill()) return;
    }
  }
}

void XmlScanner::read_character_data() {
  while (true) {
    std::size_t stop = at_;
    while (!xml::is(byte(stop), xml::stops_data)) ++stop;
    put(stop);
    switch (byte(at_)) {
      case '\r':
        read_line_end();
        break;
      case ']':
        need(data_end.size());
        if (bytes(at_, end_).starts_with(data_end)) {
          at_ += data_end.size();
          return;
        }
        put(at_ + 1);
        break;
      default:
        if (!refill()) fail_found(at_, "the end \"]]>\" of a CDATA section");
    }
  }
}

void XmlScanner::read_line_end() {
  need(2);
  event_ = at_;
  events_.text("\n");
  at_ += byte(at_ + 1) == '\n' ? 2 : 1;
}

void XmlScanner::read_reference() {
  std::uint32_t code = 0;
  std::size_t end = at_;
  while (!scan_reference(end, code)) {
    if (!refill()) fail_found(end_, "the end of a reference");
    end = at_;
  }
  decoded_.clear();
  append_utf8(decoded_, code);
  event_ = at_;
  at_ = end;
  events_.text(decoded_);
}

void XmlScanner::read_markup() {
  while (true) {
    event_ = at_;
    bool done = false;
    switch (byte(at_ + 1)) {
      case 0:
        break;
      case '/':
        done = read_end_tag();
        break;
      case '!':
        done = read_declaration();
        break;
      case '?':
        done = read_instruction();
        break;
      default:
        done = read_start_tag();
    }
    if (done) return;
    if (!refill()) fail(at_, "expected the end of what begins here, found the end of the file");
  }
}

bool XmlScanner::read_start_tag() {
  const std::size_t name = at_ + 1;
  const std::size_t end_name = name_end(name);
  std::size_t at = end_name;
  attributes_.clear();
  if (!scan_attributes(at)) return false;
  if (open_.empty() && seen_root_) {
    fail(at_, "expected nothing after the outermost element, found another one");
  }
  check_unique();
  fill_element(end_name);
  seen_root_ = true;
  const bool empty = byte(at) == '/';
  at_ = at + (empty ? 2 : 1);
  open_.push_back({open_names_.size(), open_names_.size() + behind_prefix(bytes(name, end_name))});
  open_names_ += bytes(name, end_name);
  events_.start(element_);
  if (empty) close();
  return true;
}

/// Moves `at` from behind the element's name to the end of its tag, "/" or ">".
bool XmlScanner::scan_attributes(std::size_t& at) {
  if (at == at_ + 1 && at != end_) fail_found(at, "the name of an element");
  while (true) {
    const std::size_t after_blanks = skip_blanks(at);
    const bool blanks = after_blanks > at;
    at = after_blanks;
    if (byte(at) == '>') return true;
    if (byte(at) == '/') {
      if (at + 1 == end_) return false;
      if (byte(at + 1) != '>') fail_found(at + 1, "\">\"");
      return true;
    }
    if (at == end_) return false;
    if (!blanks) fail_found(at, "a blank, \"/>\" or \">\"");
    if (!scan_attribute(at)) return false;
  }
}

bool XmlScanner::scan_attribute(std::size_t& at) {
  Attribute attribute;
  attribute.name = at;
  attribute.name_end = at = name_end(at);
  if (at == end_) return false;
  if (at == attribute.name) fail_found(at, "the name of an attribute, \"/>\" or \">\"");
  at = skip_blanks(at);
  if (at == end_) return false;
  if (byte(at) != '=') fail_found(at, "\"=\" after the name of an attribute");
  at = skip_blanks(at + 1);
  if (at == end_) return false;
  if (byte(at) != '"' && byte(at) != '\'') fail_found(at, "a value in quotes");
  if (!scan_value(at, attribute)) return false;
  attributes_.push_back(attribute);
  return true;
}

bool XmlScanner::scan_value(std::size_t& at, Attribute& attribute) {
  const char quote = byte(at++);
  const unsigned stops = quote == '"' ? xml::stops_double : xml::stops_single;
  attribute.value = at;
  while (true) {
    while (!xml::is(byte(at), stops)) ++at;
    if (at == end_) return false;
    if (byte(at) == quote) break;
    attribute.plain = false;
    if (byte(at) == '<') fail_found(at, "no \"<\" in the value of an attribute");
    std::uint32_t code = 0;
    if (byte(at) != '&') {
      ++at;
    } else if (!scan_reference(at, code)) {
      return false;
    }
  }
  attribute.value_end = at++;
  return true;
}

/// Moves `at` from the ampersand behind the semicolon.
bool XmlScanner::scan_reference(std::size_t& at, std::uint32_t& code) const {
  struct Known {
    std::string_view name;
    char character;
  };
  static constexpr Known known[] = {
      {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
  const std::size_t begin = at;
  if (byte(at + 1) == '#') return scan_number(at, code);
  const std::size_t end = name_end(at + 1);
  if (end == end_) return false;
  if (end == begin + 1) fail_found(end, "a reference such as \"&amp;\"");
  if (byte(end) != ';') fail_found(end, "\";\" after the name of a reference");
  const std::string_view name = bytes(begin + 1, end);
  const auto* const found = std::find_if(std::begin(known), std::end(known),
                                         [&](const Known& each) { return each.name == name; });
  if (found == std::end(known)) {
    fail(begin, fmt::format("the reference \"&{};\" is declared nowhere", shown(name)));
  }
  code = static_cast<unsigned char>(found->character);
  at = end + 1;
  return true;
}

bool XmlScanner::scan_number(std::size_t& at, std::uint32_t& code) const {
  constexpr std::uint32_t too_large = 0x110000;
  const bool hexadecimal = byte(at + 2) == 'x';
  const std::size_t begin = at + (hexadecimal ? 3 : 2);
  std::size_t end = begin;
  code = 0;
  for (;; ++end) {
    const char c = byte(end);
    const char letter = lower_letter(c);
    std::uint32_t digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if (hexadecimal && letter >= 'a' && letter <= 'f') {
      digit = static_cast<std::uint32_t>(letter - 'a') + 10;
    } else {
      break;
    }
    code = std::min(too_large, code * (hexadecimal ? 16 : 10) + digit);
  }
  if (end == end_) return false;
  if (end == begin) fail_found(end, "the number of a character");
  if (byte(end) != ';') fail_found(end, "\";\" after the number of a character");
  if (!xml::is_character(code)) fail(at, "the reference means no character that XML allows");
  at = end + 1;
  return true;
}

void XmlScanner::check_unique() {
  const auto name = [this](const Attribute& each) { return bytes(each.name, each.name_end); };
  const auto refuse = [&](std::string_view twice) {
    fail(at_, fmt::format("the attribute {} stands there twice", shown(twice)));
  };
  if (attributes_.size() <= few_attributes) {
    for (std::size_t i = 1; i < attributes_.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (name(attributes_[i]) == name(attributes_[j])) refuse(name(attributes_[i]));
      }
    }
    return;
  }
  names_.clear();
  for (const Attribute& each : attributes_) names_.push_back(name(each));
  std::sort(names_.begin(), names_.end());
  const auto twice = std::adjacent_find(names_.begin(), names_.end());
  if (twice != names_.end()) refuse(*twice);
}

void XmlScanner::fill_element(std::size_t name_end) {
  const std::string_view name = bytes(at_ + 1, name_end);
  const std::size_t local = behind_prefix(name);
  element_.name = name.substr(local);
  element_.prefix = name.substr(0, local == 0 ? 0 : local - 1);
  element_.attributes.clear();
  decoded_.clear();
  std::size_t to_decode = 0;
  for (const Attribute& each : attributes_) {
    if (!each.plain) to_decode += each.value_end - each.value;
  }
  decoded_.reserve(to_decode);  // so that views of it stay
  for (const Attribute& each : attributes_) {
    const std::string_view whole = bytes(each.name, each.name_end);
    element_.attributes.emplace_back(whole.substr(behind_prefix(whole)),
                                     each.plain ? bytes(each.value, each.value_end) : decode(each));
  }
}

std::string_view XmlScanner::decode(const Attribute& attribute) {
  const std::size_t begin = decoded_.size();
  for (std::size_t at = attribute.value; at < attribute.value_end;) {
    std::uint32_t code = 0;
    if (byte(at) == '&') {
      scan_reference(at, code);
      append_utf8(decoded_, code);
    } else if (xml::is(byte(at), xml::blank)) {
      at += byte(at) == '\r' && byte(at + 1) == '\n' ? 2 : 1;
      decoded_ += ' ';
    } else {
      decoded_ += byte(at++);
    }
  }
  return std::string_view(decoded_).substr(begin);
}

bool XmlScanner::read_end_tag() {
  const std::size_t name = at_ + 2;
  std::size_t at = name;
  if (open_.empty()) fail(at_, "expected an element, found an end tag");
  const std::string_view expected = innermost();
  if (bytes(at, end_).starts_with(expected) && byte(at + expected.size()) == '>') {
    at_ = at + expected.size() + 1;
    close();
    return true;
  }
  at = name_end(at);
  const std::string_view found = bytes(name, at);
  at = skip_blanks(at);
  if (at == end_) return false;
  if (byte(at) != '>') fail_found(at, "\">\" after the name of an end tag");
  if (found != expected) {
    fail(at_, fmt::format("expected </{}>, found </{}>", shown(expected), shown(found)));
  }
  at_ = at + 1;
  close();
  return true;
}

void XmlScanner::close() {
  const Open last = open_.back();
  events_.end(std::string_view(open_names_).substr(last.local));
  open_names_.resize(last.name);
  open_.pop_back();
}

bool XmlScanner::read_declaration() {
  const std::string_view rest = bytes(at_, end_);
  if (rest.starts_with(comment_begin)) return read_comment();
  if (!open_.empty() && rest.starts_with(data_begin)) {
    at_ += data_begin.size();
    read_character_data();
    return true;
  }
  if (rest.size() < data_begin.size() &&
      (comment_begin.starts_with(rest) || data_begin.starts_with(rest))) {
    return false;
  }
  fail(at_, open_.empty() ? "expected a comment" : "expected a comment or a CDATA section");
}

bool XmlScanner::read_comment() {
  const std::string_view rest = bytes(at_, end_);
  const std::size_t hyphens = rest.find("--", comment_begin.size());
  if (hyphens == std::string_view::npos || hyphens + 2 == rest.size()) return false;
  if (rest[hyphens + 2] != '>') fail_found(at_ + hyphens + 2, "\">\" after two hyphens");
  at_ += hyphens + 3;
  return true;
}

bool XmlScanner::read_instruction() {
  constexpr std::string_view instruction_end = "?>";
  const std::size_t name = at_ + 2;
  const std::size_t end_name = name_end(name);
  if (end_name == end_) return false;
  if (end_name == name) fail_found(name, "the name of an instruction");
  if (same_ignoring_case(bytes(name, end_name), "xml")) {
    fail(at_, "expected the XML declaration at the very beginning");
  }
  const std::size_t end = bytes(0, end_).find(instruction_end, end_name);
  if (end == std::string_view::npos) return false;
  if (end != end_name && !xml::is(byte(end_name), xml::blank)) {
    fail_found(end_name, "a blank after the name of an instruction");
  }
  at_ = end + instruction_end.size();
  return true;
}

}  // namespace relata
