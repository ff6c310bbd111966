#pragma once
// Texts with their facts as the reader would give them, made up from a few names, so that tests of
// stores run in milliseconds and without the trained reader.

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "store/store.h"
#include "tests/store/text_composer.h"

/// A text of that name: persons (some of one surname), bodies with acronyms, places, an unnamed
/// group, two events and some relations. The same seed gives the same text.
SampleText sample_text(const std::string& name, std::uint64_t seed);

/// The same text under another name with one more sentence: a near copy.
SampleText near_copy(const SampleText& of, const std::string& name);

/// A graph as other programs give them: edges without sentences, and one with.
relata::Graph sample_graph(std::uint64_t seed);

/// What `relata build` makes of the texts and graphs.
relata::Graph built(std::vector<SampleText> texts,
                    const std::vector<std::pair<std::string, relata::Graph>>& graphs = {},
                    const std::string& rules = "");
/// The same for texts by name and for sample graphs, whose seeds are given.
relata::Graph built_from(const std::map<std::string, SampleText>& texts,
                         const std::map<std::string, std::uint64_t>& graphs = {},
                         const std::string& rules = "");

std::string json_of(const relata::Graph& graph);

/// A store that is being made in the file `path`, in its first change.
relata::store::Store begun_store(const std::string& path, const std::string& rules = "");
/// Adds a source to the change that is under way; texts are not joined.
void put_text(relata::store::Store& store, const SampleText& text);
void put_graph(relata::store::Store& store, const std::string& name, const relata::Graph& graph);

/// Checks that nothing in the store contradicts its sources.
void check_sound(const relata::store::Store& store);

/// An empty store in the file `path`, ready for changes.
relata::store::Store new_store(const std::string& path, const std::string& rules = "");

/// One change: the text comes into the store.
void add_text(relata::store::Store& store, const SampleText& text);
void add_graph(relata::store::Store& store, const std::string& name, const relata::Graph& graph);
void remove_source(relata::store::Store& store, const std::string& name);
