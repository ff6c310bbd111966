#pragma once
// The commands' makers, one a file; cli/registry.cpp lists them.

#include <memory>

#include "cli/command.h"

namespace relata::cli {

std::unique_ptr<Command> make_add();
std::unique_ptr<Command> make_analyze();
std::unique_ptr<Command> make_build();
std::unique_ptr<Command> make_communities();
std::unique_ptr<Command> make_components();
std::unique_ptr<Command> make_convert();
std::unique_ptr<Command> make_diff();
std::unique_ptr<Command> make_disputes();
std::unique_ptr<Command> make_find();
std::unique_ptr<Command> make_info();
std::unique_ptr<Command> make_merge();
std::unique_ptr<Command> make_neighbours();
std::unique_ptr<Command> make_path();
std::unique_ptr<Command> make_query();
std::unique_ptr<Command> make_rank();
std::unique_ptr<Command> make_remove();
std::unique_ptr<Command> make_shell();
std::unique_ptr<Command> make_show();
std::unique_ptr<Command> make_stats();
std::unique_ptr<Command> make_timeline();
std::unique_ptr<Command> make_why();

}  // namespace relata::cli
