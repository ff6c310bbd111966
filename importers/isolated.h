#pragma once
// Runs work that a library does on hostile bytes in a process of its own, so that a crash, a loop
// or a flood in that library ends the work and not the program: 60 seconds of processor time, 120
// seconds in all, 2 GiB more memory than the program has, no files written. The process is a fork:
// it sees what the program sees, and what it changes is lost. Linux; the work must not wait for
// other threads, of which the process has none.

#include <functional>
#include <string>
#include <string_view>

namespace relata {

/// Passes on a piece of the result.
using IsolatedSink = std::function<void(std::string_view piece)>;

/// The pieces that `work` passed on, joined, at most `limit` bytes. Throws InputError about `name`
/// with `failure` ("the PDF library gave up") when the process died, took too long or wrote too
/// much, and with the message of what `work` threw when that was an InputError or another
/// exception.
std::string run_isolated(const std::function<void(const IsolatedSink&)>& work,
                         const std::string& name, const std::string& failure, std::size_t limit);

}  // namespace relata
