#include "store/flow.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace relata::store {

namespace {

/// Portions that wait between stages, so that a stage that takes longer now and then holds up no
/// other.
constexpr std::size_t most_waiting = 3;

}  // namespace

class Band final {
 public:
  Band(std::size_t count, std::size_t stages,
       const std::function<void(std::size_t, std::size_t, Step&)>& plan,
       const std::function<void(std::size_t)>& done)
      : count_(count), plan_(plan), done_(done), stages_(stages) {}

  void run(unsigned threads) {
    {
      const std::lock_guard lock(mutex_);
      guarded(0, [&] { begin_stages(); });
    }
    {
      std::vector<std::jthread> workers;
      for (unsigned t = 1; t < threads; ++t) workers.emplace_back([this] { work(); });
      work();
    }
    if (error_) std::rethrow_exception(error_);
  }

 private:
  struct Task {
    std::size_t stage = 0;
    std::size_t portion = 0;
    Step::Task work;
  };
  /// The tasks of a database.
  struct Lane {
    const Database* database = nullptr;
    bool busy = false;
    std::deque<Task> tasks;
  };
  struct Stage {
    std::size_t finished = 0;  ///< portions
    std::size_t open = 0;      ///< tasks of the portion that it works on; none when on none
  };

  Lane& lane_of(const Database* database) {
    const auto known = std::find_if(lanes_.begin(), lanes_.end(),
                                    [&](const Lane& lane) { return lane.database == database; });
    if (known != lanes_.end()) return *known;
    Lane& lane = lanes_.emplace_back();
    lane.database = database;
    return lane;
  }

  /// The portion that the stage can begin with.
  [[nodiscard]] std::optional<std::size_t> next_of(std::size_t stage) const {
    const std::size_t portion = stages_[stage].finished;
    if (stages_[stage].open > 0) return std::nullopt;
    const std::size_t there =
        stage == 0 ? std::min(count_, stages_.back().finished + stages_.size() + most_waiting)
                   : stages_[stage - 1].finished;
    if (portion >= there) return std::nullopt;
    return portion;
  }

  void begin_stages() {
    for (std::size_t stage = stages_.size(); stage-- > 0;) {
      const auto portion = next_of(stage);
      if (!portion) continue;
      Step step;
      plan_(*portion, stage, step);
      stages_[stage].open = step.tasks_.size();
      for (auto& [database, work] : step.tasks_) {
        Task task{stage, *portion, std::move(work)};
        (database == nullptr ? free_ : lane_of(database).tasks).push_back(std::move(task));
      }
      if (step.tasks_.empty()) {
        finish(stage);
        stage = stages_.size();  // others may begin now
      }
    }
  }

  void finish(std::size_t stage) {
    const std::size_t portion = stages_[stage].finished++;
    if (stage + 1 == stages_.size()) done_(portion);
  }

  /// Of the lanes the one that is least far, so that the others find work when it waits.
  Lane* next_lane() {
    Lane* next = nullptr;
    for (Lane& lane : lanes_) {
      if (lane.busy || lane.tasks.empty()) continue;
      if (next == nullptr || lane.tasks.front().portion > next->tasks.front().portion) next = &lane;
    }
    return next;
  }

  [[nodiscard]] bool is_over() const {
    return error_ != nullptr || stages_.back().finished == count_;
  }

  template <class Work>
  void guarded(std::size_t portion, const Work& work) {
    try {
      work();
    } catch (...) {
      if (!error_ || portion < failed_) {
        failed_ = portion;
        error_ = std::current_exception();
      }
    }
  }

  void work() {
    std::unique_lock lock(mutex_);
    while (!is_over()) {
      Lane* lane = free_.empty() ? next_lane() : nullptr;
      std::deque<Task>& tasks = lane != nullptr ? lane->tasks : free_;
      if (tasks.empty()) {
        changed_.wait(lock);
        continue;
      }
      const Task task = std::move(tasks.front());
      tasks.pop_front();
      if (lane != nullptr) lane->busy = true;
      lock.unlock();
      std::exception_ptr error;
      try {
        task.work();
      } catch (...) {
        error = std::current_exception();
      }
      lock.lock();
      if (lane != nullptr) lane->busy = false;
      guarded(task.portion, [&] {
        if (error) std::rethrow_exception(error);
        if (--stages_[task.stage].open == 0) {
          finish(task.stage);
          begin_stages();
        }
      });
      changed_.notify_all();
    }
  }

  std::size_t count_;
  const std::function<void(std::size_t, std::size_t, Step&)>& plan_;
  const std::function<void(std::size_t)>& done_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Stage> stages_;
  std::deque<Lane> lanes_;  // where nothing moves
  std::deque<Task> free_;
  std::exception_ptr error_;
  std::size_t failed_ = 0;  ///< portion of the error
};

void run_in_stages(std::size_t count, std::size_t stages, unsigned threads,
                   const std::function<void(std::size_t, std::size_t, Step&)>& plan,
                   const std::function<void(std::size_t)>& done) {
  if (count > 0 && stages > 0) Band(count, stages, plan, done).run(threads);
}

void run(unsigned threads, const std::function<void(Step&)>& plan) {
  run_in_stages(
      1, 1, threads, [&](std::size_t, std::size_t, Step& step) { plan(step); }, [](std::size_t) {});
}

}  // namespace relata::store
