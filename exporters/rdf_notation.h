#pragma once
// The three notations of RDF behind one way of writing: subject by subject, property by property.

#include <memory>
#include <string>
#include <string_view>

#include "exporters/output.h"
#include "exporters/rdf.h"

namespace relata {

/// Types of literals; `text` is a plain string.
enum class RdfLiteral : std::uint8_t { text, number, date, boolean };

/// Names are compact: "schema:name", "node:actor%2Fx"; see `rdf_prefixes`.
class RdfWriter {
 public:
  virtual ~RdfWriter() = default;
  virtual void begin() = 0;
  virtual void subject(std::string_view name) = 0;
  virtual void resource(std::string_view property, std::string_view name) = 0;
  virtual void literal(std::string_view property, std::string_view text, RdfLiteral type) = 0;
  /// Ends the subject.
  virtual void end_subject() = 0;
  /// A triple by itself; `graph` names the graph that it stands in where the notation has graphs.
  virtual void triple(std::string_view subject, std::string_view property, std::string_view object,
                      std::string_view graph) = 0;
  virtual void end() = 0;
};

std::unique_ptr<RdfWriter> make_rdf_writer(RdfNotation notation, Output& out);

/// `text` as the last part of a name: bytes other than letters, digits, "-" and "_" as %XX.
std::string rdf_name(std::string_view prefix, std::string_view text);

}  // namespace relata
