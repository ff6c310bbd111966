#pragma once
// What the benchmarks share: processor time and numbers on the command line.

#include <charconv>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>

#include <fmt/format.h>

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

}  // namespace relata::bench
