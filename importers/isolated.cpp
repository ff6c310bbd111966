#include "importers/isolated.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "graph/errors.h"

namespace relata {

namespace {

constexpr rlim_t processor_seconds = 60;
constexpr std::chrono::seconds all_seconds(120);
constexpr rlim_t more_memory = rlim_t{2} << 30U;

// What a process writes are frames: a letter, the length of what follows in ten digits, and that.
// The last frame says that it came to its end, or why not.
constexpr char piece_mark = 'p';
constexpr char done_mark = 'd';
constexpr char error_mark = 'e';
constexpr std::size_t frame_head = 11;

class Descriptor final {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

void limit(decltype(RLIMIT_CPU) what, rlim_t most) {
  const rlimit limits{most, most};
  ::setrlimit(what, &limits);
}

/// Bytes of address space that the process has.
rlim_t memory_in_use() {
  unsigned long pages = 0;
  if (std::FILE* const file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%lu", &pages) != 1) pages = 0;
    std::fclose(file);
  }
  return static_cast<rlim_t>(pages) * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

void set_limits() {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CPU, processor_seconds);
#if !defined(__SANITIZE_ADDRESS__)  // whose shadow memory is larger than any limit
  if (const rlim_t used = memory_in_use(); used > 0) limit(RLIMIT_AS, used + more_memory);
#endif
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool write_frame(int descriptor, char mark, std::string_view content) {
  return write_all(descriptor, fmt::format("{}{:010}", mark, content.size())) &&
         write_all(descriptor, content);
}

/// The process' whole life. What the library prints goes nowhere.
[[noreturn]] void live(const std::function<void(const IsolatedSink&)>& work, int out,
                       pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  for (const int fatal : {SIGINT, SIGTERM, SIGPIPE, SIGXCPU, SIGSEGV, SIGABRT, SIGBUS, SIGFPE}) {
    std::signal(fatal, SIG_DFL);
  }
  const int nowhere = ::open("/dev/null", O_RDWR);
  if (nowhere >= 0) {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, stream);
  }
  set_limits();
  try {
    work([out](std::string_view piece) {
      if (!write_frame(out, piece_mark, piece)) ::_exit(1);
    });
    write_frame(out, done_mark, "");
  } catch (const std::bad_alloc&) {
    ::_exit(1);
  } catch (const std::exception& error) {
    write_frame(out, error_mark, error.what());
  }
  ::_exit(0);
}

struct Ending {
  char mark = 0;  ///< 0 when the process broke off
  std::string message;
};

/// Leaves in `frames` what the pieces held.
Ending take_pieces(std::string& frames) {
  Ending ending;
  std::string pieces;
  for (std::size_t at = 0; at + frame_head <= frames.size();) {
    const std::size_t length = std::stoul(frames.substr(at + 1, frame_head - 1));
    const std::string_view content = std::string_view(frames).substr(at + frame_head, length);
    if (content.size() < length) break;
    if (frames[at] == piece_mark) {
      pieces += content;
    } else {
      ending = {frames[at], std::string(content)};
    }
    at += frame_head + length;
  }
  frames = std::move(pieces);
  return ending;
}

}  // namespace

std::string run_isolated(const std::function<void(const IsolatedSink&)>& work,
                         const std::string& name, const std::string& failure, std::size_t most) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) throw FileError("read", name, errno);
  Descriptor in(ends[0]);
  Descriptor out(ends[1]);
  // A descriptor below 3 would be lost when the process turns its streams off.
  const pid_t self = ::getpid();
  const pid_t process = ::fork();
  if (process < 0) throw FileError("read", name, errno);
  if (process == 0) {
    const int high = ::fcntl(out.number(), F_DUPFD_CLOEXEC, 3);
    live(work, high, self);
  }
  out.close();
  std::string result;
  std::string problem;
  std::vector<char> piece(std::size_t{1} << 16U);
  const auto deadline = std::chrono::steady_clock::now() + all_seconds;
  while (problem.empty()) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    pollfd waiting{in.number(), POLLIN, 0};
    const int ready = left.count() <= 0 ? 0 : ::poll(&waiting, 1, static_cast<int>(left.count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) {
      problem = "it takes more than two minutes";
      break;
    }
    const ssize_t count = ::read(in.number(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    result.append(piece.data(), static_cast<std::size_t>(count));
    if (result.size() > most)
      problem = fmt::format("it holds more than {} MiB of text", most >> 20U);
  }
  if (!problem.empty()) ::kill(process, SIGKILL);
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  if (problem.empty()) {
    const Ending ending = take_pieces(result);
    if (ending.mark == done_mark) return result;
    if (ending.mark == error_mark) throw InputError(name, "", ending.message);
  }
  if (problem.empty()) {
    problem = WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU
                  ? "it takes more than a minute of processor time"
                  : "it is broken, or needs more than 2 GiB of memory";
  }
  throw InputError(name, "", failure + ": " + problem);
}

}  // namespace relata
