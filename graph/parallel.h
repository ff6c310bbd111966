#pragma once
// One loop on several threads.

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace relata {

/// Calls `work(i)` for every i below `count` on `threads` threads. The first exception by index
/// ends it and is thrown here.
template <class Work>
void for_each_index(std::size_t count, unsigned threads, const Work& work) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::size_t failed = count;
  std::exception_ptr error;
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        work(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (i < failed) {
          failed = i;
          error = std::current_exception();
        }
        next = count;
      }
    }
  };
  std::vector<std::jthread> workers;
  for (unsigned t = 1; t < threads && t < count; ++t) workers.emplace_back(run);
  run();
  workers.clear();
  if (error) std::rethrow_exception(error);
}

}  // namespace relata
