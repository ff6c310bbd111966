#include "importers/foreign_records.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "graph/ascii.h"
#include "importers/foreign_graph.h"

namespace relata {

namespace {

constexpr std::size_t batch_records = 2048;
constexpr std::size_t batch_bytes = std::size_t{1} << 20U;
constexpr std::size_t kept_bytes = std::size_t{1} << 12U;  // of a record that is used again
constexpr std::size_t waiting_batches = 3;

constexpr std::array<std::pair<std::string_view, FieldRole>, 21> roles = {{
    {"label", FieldRole::label},
    {"name", FieldRole::name},
    {"kind", FieldRole::kind},
    {"type", FieldRole::type},
    {"aliases", FieldRole::aliases},
    {"relation", FieldRole::relation},
    {"interaction", FieldRole::interaction},
    {"key", FieldRole::key},
    {"negated", FieldRole::negated},
    {"modality", FieldRole::modality},
    {"mood", FieldRole::mood},
    {"weight", FieldRole::weight},
    {"confidence", FieldRole::confidence},
    {"attribution", FieldRole::attribution},
    {"from", FieldRole::from},
    {"to", FieldRole::to},
    {"precision", FieldRole::precision},
    {"quantity_min", FieldRole::quantity_min},
    {"quantity_max", FieldRole::quantity_max},
    {"quantity_unit", FieldRole::quantity_unit},
    {"quantity_approximate", FieldRole::quantity_approximate},
}};

}  // namespace

FieldRole role_of(std::string_view key) {
  for (const auto& [name, role] : roles) {
    if (name.size() == key.size() && same_ignoring_case(name, key)) return role;
  }
  return FieldRole::other;
}

void ForeignRecord::begin(bool is_edge, std::string_view id, std::string_view target) {
  is_edge_ = is_edge;
  if (bytes_.capacity() > kept_bytes) bytes_ = {};
  bytes_.assign(id);
  bytes_.append(target);
  id_size_ = id.size();
  target_size_ = target.size();
  fields_.clear();
}

void ForeignRecord::begin_node(std::string_view id) {
  begin(false, id, {});
}

void ForeignRecord::begin_edge(std::string_view source, std::string_view target) {
  begin(true, source, target);
}

void ForeignRecord::add(FieldRole role, std::string_view key, std::string_view value) {
  fields_.push_back({role, key, bytes_.size(), value.size()});
  bytes_.append(value);
}

void ForeignRecord::set_place(std::uint64_t line, std::uint64_t column) {
  line_ = line;
  column_ = column;
}

std::string ForeignRecord::place() const {
  return fmt::format("line {}, column {}", line_, column_);
}

/// The thread that builds, and the batches on their way to it and back.
class RecordFeed::Builder final {
 public:
  using Batch = std::pair<std::vector<ForeignRecord>, std::size_t>;

  explicit Builder(ForeignGraph& graph) : graph_(graph), thread_([this] { run(); }) {}

  ~Builder() { stop(); }
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;

  /// Returns a batch that is done with, to be filled again; an empty one at first.
  std::vector<ForeignRecord> exchange(std::vector<ForeignRecord>&& records, std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_.size() < waiting_batches || error_; });
    if (error_) std::rethrow_exception(error_);
    waiting_.emplace_back(std::move(records), count);
    changed_.notify_all();
    if (done_.empty()) return {};
    std::vector<ForeignRecord> free = std::move(done_.back());
    done_.pop_back();
    return free;
  }

  void finish() {
    stop();
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

  void run() {
    while (true) {
      Batch batch;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !waiting_.empty() || ended_; });
        if (waiting_.empty()) return;
        batch = std::move(waiting_.front());
        waiting_.erase(waiting_.begin());
      }
      changed_.notify_all();
      std::exception_ptr error;
      try {
        graph_.add(std::span(batch.first).first(batch.second));
      } catch (...) {
        error = std::current_exception();
      }
      const std::lock_guard lock(mutex_);
      error_ = error;
      if (error) {
        changed_.notify_all();
        return;
      }
      done_.push_back(std::move(batch.first));
    }
  }

  ForeignGraph& graph_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Batch> waiting_;
  std::vector<std::vector<ForeignRecord>> done_;
  bool ended_ = false;
  std::exception_ptr error_;
  std::thread thread_;  // the last: it uses the others
};

RecordFeed::RecordFeed(ForeignGraph& graph, unsigned threads) : graph_(graph), threads_(threads) {}
RecordFeed::~RecordFeed() = default;

void RecordFeed::put(ForeignRecord& record) {
  if (count_ == batch_.size()) batch_.emplace_back();
  std::swap(batch_[count_++], record);
  bytes_ += batch_[count_ - 1].size();
  if (count_ >= batch_records || bytes_ >= batch_bytes) hand_over();
}

void RecordFeed::hand_over() {
  const std::size_t count = std::exchange(count_, 0);
  bytes_ = 0;
  if (!builder_ && threads_ > 1) builder_ = std::make_unique<Builder>(graph_);
  if (builder_) {
    batch_ = builder_->exchange(std::move(batch_), count);
  } else {
    graph_.add(std::span(batch_).first(count));
  }
}

void RecordFeed::finish() {
  if (builder_) {
    builder_->finish();
    builder_.reset();
  }
  const std::size_t count = std::exchange(count_, 0);
  graph_.add(std::span(batch_).first(count));
}

}  // namespace relata
