#pragma once
// The quick half of XmlReader: well-formed XML 1.0 in UTF-8 without a document type, which is what
// programs write. All that makes such a document well-formed is checked: characters, names,
// matching tags, unique attributes, references. A tag, comment or instruction is held as a whole
// and may have 16 MiB; text is handed on in pieces. Time is linear in the input, whatever it holds
// (n log n in the attributes of one tag). One scanner an input, one thread. Source: Extensible
// Markup Language (XML) 1.0, fifth edition.

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "importers/xml_reader.h"

namespace relata {

/// Receives what a document holds, in its order. Views are valid within the call.
class XmlEvents {
 public:
  virtual ~XmlEvents() = default;
  virtual void start(const XmlElement& element) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view piece) = 0;
};

class XmlScanner final {
 public:
  /// `name` stands in errors. All three must outlive the scanner.
  XmlScanner(std::istream& in, const std::string& name, XmlEvents& events);

  /// Reads the beginning; whether the document is one for this scanner. If not, somebody else reads
  /// `head()` and then the rest of the stream.
  bool begin();
  [[nodiscard]] std::string_view head() const { return bytes(0, end_); }
  /// Nothing stands behind the head.
  [[nodiscard]] bool complete() const { return complete_; }

  /// Calls the events until the end. Throws InputError for what is not well-formed.
  void read();

  /// Where the event that is being handled begins.
  [[nodiscard]] XmlPosition position() const { return position_of(event_); }

 private:
  // All places are offsets into buffer_.
  struct Attribute {
    std::size_t name = 0;
    std::size_t name_end = 0;
    std::size_t value = 0;
    std::size_t value_end = 0;
    bool plain = true;  // holds no references and no white space but blanks
  };
  struct Open {
    std::size_t name = 0;   // offsets into open_names_
    std::size_t local = 0;  // behind the prefix
  };

  [[noreturn]] void fail(std::size_t at, std::string_view problem) const;
  [[noreturn]] void fail_found(std::size_t at, std::string_view expected) const;
  void take_in();
  bool refill();
  void need(std::size_t count);

  void read_blanks();
  void read_text();
  void read_markup();
  void read_character_data();
  void read_line_end();
  void read_reference();
  void put(std::size_t end);

  // Of a token that begins at at_; false when the buffer ends before it does.
  bool read_start_tag();
  bool read_end_tag();
  bool read_declaration();
  bool read_comment();
  bool read_instruction();
  bool scan_attributes(std::size_t& at);
  bool scan_attribute(std::size_t& at);
  bool scan_value(std::size_t& at, Attribute& attribute);
  bool scan_reference(std::size_t& at, std::uint32_t& code) const;
  bool scan_number(std::size_t& at, std::uint32_t& code) const;

  void check_unique();
  void fill_element(std::size_t name_end);
  std::string_view decode(const Attribute& attribute);
  void close();

  [[nodiscard]] std::string_view bytes(std::size_t begin, std::size_t end) const {
    return {buffer_.data() + begin, end - begin};
  }
  [[nodiscard]] char byte(std::size_t at) const { return buffer_[at]; }
  std::size_t skip_blanks(std::size_t at) const;
  [[nodiscard]] std::size_t name_end(std::size_t at) const;
  [[nodiscard]] std::string_view innermost() const;
  [[nodiscard]] XmlPosition position_of(std::size_t offset) const;

  std::istream& in_;
  const std::string& name_;
  XmlEvents& events_;

  std::vector<char> buffer_;  // sound characters, then a zero
  std::size_t end_ = 0;       // of the characters
  std::string tail_;          // read, but no whole character yet
  bool faulty_ = false;       // what follows end_ is none
  bool complete_ = false;     // there is nothing more to read
  std::size_t at_ = 0;        // of what comes next
  std::size_t event_ = 0;     // where the current event begins

  mutable std::size_t known_ = 0;  // whose position is this:
  mutable XmlPosition known_position_;
  XmlPosition begin_position_;  // of the first byte

  std::vector<Attribute> attributes_;
  std::vector<std::string_view> names_;
  std::string decoded_;
  XmlElement element_;
  std::vector<Open> open_;
  std::string open_names_;
  bool seen_root_ = false;
};

}  // namespace relata
