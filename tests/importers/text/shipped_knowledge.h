#pragma once
// The shipped gazetteer and nouns, read once for all tests of a program.

#include <fstream>
#include <sstream>
#include <string>

#include "importers/text/gazetteer.h"
#include "importers/text/knowledge.h"
#include "importers/text/world.h"

namespace relata::text::testing {

inline const World& world() {
  static const Gazetteer gazetteer = Gazetteer::open(RELATA_SOURCE_DIR "/data/gazetteer");
  static const World made(gazetteer);
  return made;
}

inline const NounKnowledge& nouns() {
  static const NounKnowledge made = [] {
    const std::string path = RELATA_SOURCE_DIR "/data/nouns.txt";
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    return NounKnowledge::parse(text.str(), path, *Ontology::built_in());
  }();
  return made;
}

}  // namespace relata::text::testing
