#pragma once
// The curator's file: corrections of the graph that a person writes down once and every build
// applies. Plain text, one rule a line, "#" starts a comment; names in double quotes, compared
// without case and diacritics:
//
//   merge "Kyiv Post" "Kyiv Post newspaper"     one thing; the first name stays
//   never merge "John Smith" "Jon Smith"        two things, whatever the program thinks
//   split "Georgia" in "reports/atlanta.txt"    the name means another thing in that document
//   rename "GUR" to "Main Directorate of Intelligence"
//   retype "Wagner Group" as actor company
//   drop "Getty Images"                         no node and no edges
//
// docs/corpus.md describes each for the curator.
//
// Immutable after it is read.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/ontology.h"

namespace relata::text {

struct CuratorRules {
  struct Retype {
    NodeKind kind = NodeKind::actor;
    std::string type;
  };
  // All names are slugs (graph_writer.h).
  std::map<std::string, std::string> merge_into;              ///< name -> name that stays
  std::set<std::pair<std::string, std::string>> never_merge;  ///< both orders
  std::set<std::pair<std::string, std::string>> split;        ///< name, document id as written
  std::map<std::string, std::string> rename;                  ///< name -> new name as written
  std::map<std::string, Retype> retype;
  std::set<std::string> drop;

  /// Throws InputError naming `source` and the line when a rule is malformed or names a type that
  /// `ontology` lacks.
  static CuratorRules parse(std::string_view text, std::string_view source,
                            const Ontology& ontology);
};

}  // namespace relata::text
