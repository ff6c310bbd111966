#pragma once
// Joining over texts, all of it: which entities of different texts are one node (corpus.h), which
// events are one (event_joining.h), and which texts are near copies of each other (near_copies.h).
// `relata build` joins so; a store (store/join_texts.cpp) decides by the same functions on what a
// change touches, and gives the same graph. Thread-safe.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph_builder.h"
#include "importers/text/corpus.h"
#include "importers/text/event_joining.h"
#include "importers/text/near_copies.h"

namespace relata::text {

/// Names all that was decided for a document: while it stays the same, so does the document's part
/// of the graph. Differs between versions of the program that write graphs differently.
std::uint64_t digest_of(std::string_view copy_of, std::span<const NodeIdentity> identities,
                        std::span<const EventIdentity> events);

/// What joining decided, for each document.
struct JoinedTexts {
  std::vector<std::vector<NodeIdentity>> identities;  ///< [document][entity]
  std::vector<std::vector<EventIdentity>> events;     ///< [document][event]
  std::vector<MergeNote> log;                         ///< of both; sorted by key, name and document
  std::vector<std::string> copy_of;                   ///< Document::copy_of

  /// digest_of() document `i`.
  [[nodiscard]] std::uint64_t digest(std::size_t i) const;
};

/// Drops what join_texts() does not look at, which is most of what a text and its facts take in
/// memory; a word that an event's trigger stands for becomes one of few. Afterwards the facts are
/// of no other use.
void keep_for_joining(Document& document, DocumentFacts& facts);

/// REQUIRES: documents are sorted by id and text; `facts[i]` and `fingerprints[i]` are of
/// `documents[i]`. Of the facts only what RecordPart::joining holds is looked at.
JoinedTexts join_texts(std::span<const Document> documents, std::span<const DocumentFacts> facts,
                       std::span<const Fingerprint> fingerprints, const CuratorRules& rules);

/// Adds the graph of document `i`, all of its facts, to `builder`; sets Document::copy_of.
void write_joined(const JoinedTexts& joined, std::size_t i, Document& document,
                  const DocumentFacts& facts, GraphBuilder& builder);

}  // namespace relata::text
