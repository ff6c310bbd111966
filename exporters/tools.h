#pragma once
// The programs that read our formats, as data: which formats each opens, best first, and what each
// format under that program's profile cannot carry. The lists of profiles (`--for`) and
// `relata convert --check` both come from here. Constant; safe from any thread.
//
// What a format or a program loses is known from the programs' own source, from running them, or
// from their manuals; docs/formats.md says which was run against our output.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace relata {

/// Something of a graph that does not arrive, or not as it was. tools.cpp has the words,
/// losses.cpp counts how often.
enum class Loss : std::uint8_t {
  aliases,             ///< other names of nodes
  attributes,          ///< attributes of nodes
  cells,               ///< texts longer than a spreadsheet's cell
  confidence,          ///< confidence of edges below 1
  control,             ///< control characters, which XML and DOT cannot hold
  coordinates,         ///< places and events without coordinates
  crowd,               ///< nodes beyond those that a picture shows
  dates,               ///< dates of edges
  document_titles,     ///< titles, dates and outlets of documents
  documents,           ///< the same and their addresses
  early_dates,         ///< dates before March 1900
  edges,               ///< all edges
  evidence,            ///< all evidence
  formulas,            ///< texts that begin like a formula
  intervals,           ///< dates as spells of a time line
  joined,              ///< several values that share one cell
  later_documents,     ///< documents of evidence after the first piece of an edge
  later_evidence,      ///< evidence after the first piece of an edge
  line_breaks,         ///< line breaks and tabs
  lonely,              ///< nodes without an edge
  nul,                 ///< the character NUL
  numbers,             ///< numbers that arrive as text
  other_attributes,    ///< attributes of nodes that FollowTheMoney has no property for
  parallel,            ///< edges between the same nodes
  parallel_kind,       ///< edges of the same label between the same nodes
  places_of_words,     ///< where the words stand in the text
  quantities,          ///< counts and amounts of edges
  renamed,             ///< names of attributes that a column cannot bear
  speakers,            ///< who said it
  speakers_of_pieces,  ///< who said each piece of evidence
  undrawn              ///< nodes without an edge, where others have some
};

/// How a loss shows.
enum class LossKind : std::uint8_t { lost, merged, changed };

struct LossWords {
  Loss loss;
  LossKind kind;
  std::string_view name;   ///< for JSON: "later_evidence"
  std::string_view items;  ///< what is counted: "pieces of evidence"
  std::string_view words;  ///< what happens to them and why
};
const LossWords& loss_words(Loss loss);

/// A format as one program reads it.
struct Door {
  std::string_view format;  ///< name of an ExportFormat
  std::vector<Loss> losses;
};

struct Tool {
  std::string_view name;    ///< value of `--for`: "gephi"
  std::string_view title;   ///< "Gephi"
  std::vector<Door> doors;  ///< best first
};

/// All tools, sorted by name.
std::span<const Tool> tools();
/// The tool of that name; null when there is none.
const Tool* find_tool(std::string_view name);
/// How the tool reads the format; null when it does not.
const Door* find_door(const Tool& tool, std::string_view format);
/// Names of the tools that open the format, sorted.
std::vector<std::string_view> tools_of_format(std::string_view format);
/// What the format loses whoever reads it.
std::vector<Loss> losses_of_format(std::string_view format);

}  // namespace relata
