#pragma once
// Work on many things in stages, as on a band: while one portion of them is in its last stage, the
// next is in the stage before, and so on. A stage works on one portion after the other. What uses
// the same database goes one after the other too; all else is done at once, on as many threads as
// there are to be.

#include <cstddef>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

#include "store/database.h"

namespace relata::store {

/// What is to be done in a stage with a portion, in any order and at once.
class Step final {
 public:
  using Task = std::function<void()>;

  /// Uses the database, which nothing else does meanwhile.
  void with(const Database& database, Task task) {
    tasks_.emplace_back(&database, std::move(task));
  }
  /// Uses none.
  void alone(Task task) { tasks_.emplace_back(nullptr, std::move(task)); }

 private:
  friend class Band;
  std::vector<std::pair<const Database*, Task>> tasks_;
};

/// Takes `count` portions through `stages`. `plan(portion, stage, step)` says what is to be done,
/// and is called by one thread at a time, for each stage in the order of the portions;
/// `done(portion)` when a portion has been through all. A task that fails ends the work, and its
/// error is thrown here: of several the one of the first portion.
void run_in_stages(std::size_t count, std::size_t stages, unsigned threads,
                   const std::function<void(std::size_t, std::size_t, Step&)>& plan,
                   const std::function<void(std::size_t)>& done);

/// The same with portions that `make(i)` gives and that are there until they are through.
template <class Portion, class Make>
void flow(std::size_t count, unsigned threads, const Make& make,
          const std::vector<std::function<void(Portion&, Step&)>>& stages) {
  std::deque<Portion> band;  // where nothing moves that is on it
  std::size_t first = 0;     // the portion in front
  run_in_stages(
      count, stages.size(), threads,
      [&](std::size_t portion, std::size_t stage, Step& step) {
        if (stage == 0) band.push_back(make(portion));
        stages[stage](band[portion - first], step);
      },
      [&](std::size_t) {
        band.pop_front();
        ++first;
      });
}

/// Does one step.
void run(unsigned threads, const std::function<void(Step&)>& plan);

}  // namespace relata::store
