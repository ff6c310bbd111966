#pragma once
// The trained reader: fills tags, lemmas, features, tree, names, mentions, predicates and arguments
// of a segmented document with one neural network on the CPU.
//
// A Reader is immutable after loading; any number of threads may annotate different documents with
// it at once. It owns the model (about 45 MB, part of it mapped from the file); each call needs
// some 10 MB more while it runs. Cost: about 0.1 ms a word on one core with AVX-512 VNNI. Results
// depend on nothing but the sentence: not on the number of threads, the other sentences of a call
// or the instruction set.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "importers/text/document.h"
#include "importers/text/reader/kernels.h"

namespace relata::text {

class Network;

/// Names as one tagger of the network sees them, before merging, by sentence.
struct NameLayer {
  std::string tagger;
  std::vector<std::vector<Name>> sentences;  ///< `Name::type` is the tagger's own label
};

/// What annotate() may be asked for besides the usual.
struct AnnotateOptions {
  /// Take the predicates' tokens that the document already has as given, and only find their
  /// rolesets and arguments.
  bool given_predicates = false;
  /// When not null, gets the spans of every name tagger for all sentences of all documents in
  /// order.
  std::vector<NameLayer>* name_layers = nullptr;
};

class Reader final {
 public:
  /// Loads the model file at `path` and lets it read its self-test sentences. Throws FileError when
  /// the file cannot be read, InputError when it is damaged, altered or no model, UsageError when
  /// this processor lacks `isa`.
  static Reader load(const std::string& path, Isa isa = best_isa());
  /// The same for a model in memory, copied; `name` stands for the file in messages.
  static Reader from_bytes(std::span<const std::byte> bytes, const std::string& name,
                           Isa isa = best_isa());

  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  /// Fills all annotations of the document's sentences; tokens (forms, bytes, space_after) must be
  /// there, whatever else there was is replaced. A sentence of more word pieces than the network
  /// takes is read in parts, whose trees are joined under the first one's root by `parataxis`.
  void annotate(Document& document, const AnnotateOptions& options = {}) const;
  /// The same for several documents, batched together: faster for many short ones.
  void annotate(std::span<Document* const> documents, const AnnotateOptions& options = {}) const;

  /// Share of the values expected of the self-test sentences that come out as expected, 0..1.
  [[nodiscard]] double self_test() const;

  /// Keys and values of the model's description.
  [[nodiscard]] std::string description(std::string_view key) const;
  [[nodiscard]] Isa isa() const { return kernels_->isa; }

 private:
  Reader(std::unique_ptr<const Network> network, Isa isa);

  std::unique_ptr<const Network> network_;
  const Kernels* kernels_;
};

}  // namespace relata::text
