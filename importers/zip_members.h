#pragma once
// The members of a file that is a ZIP of XML: word processors' documents and books. One thread a
// call.

#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>

namespace relata {

/// The bytes of those members of the ZIP `in` that `wanted` says yes to, by name; of two members of
/// one name the last. The stream may be one that cannot seek. Each may have at most 256 MiB, all
/// together what importers/unpack_budget.h allows. Throws InputError for what is no sound ZIP.
std::map<std::string, std::string> read_zip_members(
    std::istream& in, const std::string& name,
    const std::function<bool(std::string_view member)>& wanted);

/// `target`, as it stands in a link of the member `from`, as the name of a member: "a/../b.xml#x"
/// in "c/d.xml" is "c/b.xml".
std::string member_path(std::string_view from, std::string_view target);

}  // namespace relata
