#pragma once
// What the benchmarks share: processor time, numbers on the command line, generated graphs.

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "graph/graph_builder.h"

namespace relata::bench {

/// Processor time, all threads together, so that other work on the machine counts little.
inline double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Processor time of `work`.
inline double seconds(const std::function<void()>& work) {
  const double start = processor_seconds();
  work();
  return processor_seconds() - start;
}

/// An argument of `program`; ends the program when it is no number of at least 2.
inline std::size_t number(const char* program, const char* text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text, text + std::strlen(text), value);
  if (error != std::errc() || *end != 0 || value < 2) {
    fmt::print(stderr, "{}: expected a number of at least 2, found \"{}\"\n", program, text);
    std::exit(2);
  }
  return value;
}

/// A word that sounds like a name; different numbers below 20^3 give different ones.
inline std::string coined(std::uint64_t number, std::size_t syllables) {
  static constexpr std::array<std::string_view, 20> parts = {
      "ba", "den", "ko",  "lur", "mi",  "nas", "or", "pel", "qua", "ris",
      "so", "tam", "uli", "ver", "win", "xan", "yo", "zar", "che", "fol"};
  std::string word;
  for (std::size_t i = 0; i < syllables; ++i, number /= parts.size()) {
    word += parts[number % parts.size()];
  }
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

/// The bits of a number in disorder.
inline std::uint64_t scattered(std::uint64_t number) {
  number = (number ^ number >> 31U) * 0x9e3779b97f4a7c15ULL;
  return number ^ number >> 29U;
}

/// What generated graphs are made of.
struct Cast {
  std::vector<NodeId> people;
  std::vector<RelationId> relations;
};

/// `count` persons with names of the usual length, and the relations between them.
inline Cast add_cast(GraphBuilder& builder, std::size_t count) {
  Cast cast;
  const TypeId person = builder.type(NodeKind::actor, "person");
  for (std::size_t i = 0; i < count; ++i) {
    cast.people.push_back(builder.add_node(fmt::format("actor/person-{:07}", i), person,
                                           fmt::format("Person {} of {}", i, (i * 7919) % 104729)));
  }
  for (const char* name : {"told", "accused", "supports", "works for", "supplies"})
    cast.relations.push_back(builder.relation(name).relation);
  return cast;
}

/// A document of that name and of one day.
inline DocumentId add_document(GraphBuilder& builder, const std::string& name) {
  SourceDocument document;
  document.name = builder.intern(name);
  document.date = builder.intern("2024-12-27");
  return builder.add_document(document);
}

/// How sure the `i`th edge is, and on what day.
inline void set_figures(Evidence& evidence, std::size_t i) {
  evidence.confidence = 0.5F + 0.004F * static_cast<float>(i % 100);
  const auto day = static_cast<std::int32_t>(19000 + i % 1000);
  evidence.time = {day, day, DatePrecision::day};
}

}  // namespace relata::bench
