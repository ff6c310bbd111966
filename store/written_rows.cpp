#include "store/written_rows.h"

namespace relata::store {

void WrittenRows::add_document(std::string_view name) {
  if (untold) return;
  documents.emplace(name);
  if (documents.size() > most) lose();
}

void WrittenRows::add_node(std::string_view key) {
  if (untold) return;
  nodes.emplace(key);
  if (nodes.size() > most) lose();
}

void WrittenRows::lose() {
  if (untold) return;
  untold = true;
  documents.clear();
  nodes.clear();
}

}  // namespace relata::store
