#include "importers/text/near_copies.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <tuple>

namespace relata::text {

namespace {

constexpr std::size_t band_size = 3;
constexpr std::size_t bands = std::tuple_size_v<Fingerprint> / band_size;
constexpr std::size_t shingle_words = 3;
constexpr std::size_t fewest_words = 8;
constexpr std::size_t agreeing = (std::tuple_size_v<Fingerprint> + 1) / 2;

/// The finalizer of MurmurHash3 (Appleby), a bijection that spreads bits well.
std::uint64_t mix(std::uint64_t value) {
  value ^= value >> 33U;
  value *= 0xff51afd7ed558ccdULL;
  value ^= value >> 33U;
  value *= 0xc4ceb9fe1a85ec53ULL;
  return value ^ value >> 33U;
}

/// Hashes of the words: runs of letters and digits without case; other scripts' bytes count as
/// letters.
std::vector<std::uint64_t> word_hashes(std::string_view text) {
  std::vector<std::uint64_t> hashes;
  constexpr std::uint64_t start = 0xcbf29ce484222325ULL;
  std::uint64_t hash = start;
  for (const char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<unsigned char>(byte + ('a' - 'A'));
    if (byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      hash = (hash ^ byte) * 0x100000001b3ULL;
    } else if (hash != start) {
      hashes.push_back(hash);
      hash = start;
    }
  }
  if (hash != start) hashes.push_back(hash);
  return hashes;
}

/// Sets of numbers that grow together.
class Unions final {
 public:
  explicit Unions(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t find(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t left, std::size_t right) { parent_[find(left)] = find(right); }

 private:
  std::vector<std::size_t> parent_;
};

bool is_empty(const Fingerprint& print) {
  return std::all_of(print.begin(), print.end(), [](std::uint32_t value) { return value == 0; });
}

}  // namespace

Fingerprint fingerprint(std::string_view text) {
  Fingerprint print{};
  const std::vector<std::uint64_t> words = word_hashes(text);
  if (words.size() < fewest_words) return print;
  print.fill(std::numeric_limits<std::uint32_t>::max());
  for (std::size_t i = 0; i + shingle_words <= words.size(); ++i) {
    std::uint64_t shingle = 0;
    for (std::size_t j = 0; j < shingle_words; ++j) shingle = mix(shingle + words[i + j]);
    // Two hashes make any number of them (Kirsch and Mitzenmacher 2006).
    const std::uint64_t step = mix(shingle ^ 0x9e3779b97f4a7c15ULL) | 1U;
    for (std::uint32_t& least : print) {
      shingle += step;
      least = std::min(least, static_cast<std::uint32_t>(mix(shingle) >> 32U));
    }
  }
  return print;
}

std::string fingerprint_bytes(std::string_view text) {
  std::string bytes;
  for (const std::uint32_t value : fingerprint(text)) {
    for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift);
  }
  return bytes;
}

Fingerprint fingerprint_from_bytes(std::string_view bytes) {
  Fingerprint print{};
  if (bytes.size() != print.size() * 4) return print;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    print[i / 4] |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8 * (i % 4));
  }
  return print;
}

bool alike(const Fingerprint& left, const Fingerprint& right) {
  std::size_t same = 0;
  for (std::size_t i = 0; i < left.size(); ++i) same += left[i] == right[i] ? 1 : 0;
  return same >= agreeing;
}

std::vector<std::uint64_t> bands_of(const Fingerprint& print) {
  std::vector<std::uint64_t> hashes;
  if (is_empty(print)) return hashes;
  for (std::size_t band = 0; band < bands; ++band) {
    std::uint64_t hash = band;
    for (std::size_t i = 0; i < band_size; ++i) hash = mix(hash + print[band * band_size + i]);
    hashes.push_back(hash);
  }
  return hashes;
}

std::vector<std::size_t> first_of_story(std::span<const StoryText> texts) {
  std::vector<std::size_t> first(texts.size());
  std::iota(first.begin(), first.end(), std::size_t{0});
  std::vector<std::size_t> full;
  for (const std::size_t i : first) {
    if (!is_empty(texts[i].fingerprint)) full.push_back(i);
  }
  Unions stories(texts.size());
  // The same text many times is compared once.
  std::sort(full.begin(), full.end(), [&](std::size_t left, std::size_t right) {
    return std::tie(texts[left].fingerprint, left) < std::tie(texts[right].fingerprint, right);
  });
  for (std::size_t i = 1; i < full.size(); ++i) {
    if (texts[full[i]].fingerprint == texts[full[i - 1]].fingerprint)
      stories.join(full[i], full[i - 1]);
  }
  full.erase(std::unique(full.begin(), full.end(),
                         [&](std::size_t left, std::size_t right) {
                           return texts[left].fingerprint == texts[right].fingerprint;
                         }),
             full.end());
  for (std::size_t band = 0; band < bands; ++band) {
    const auto values = [&](std::size_t i) {
      const auto* begin = texts[i].fingerprint.data() + band * band_size;
      return std::tuple(begin[0], begin[1], begin[2]);
    };
    std::sort(full.begin(), full.end(),
              [&](std::size_t left, std::size_t right) { return values(left) < values(right); });
    for (std::size_t begin = 0; begin < full.size();) {
      std::size_t end = begin + 1;
      for (; end < full.size() && values(full[end]) == values(full[begin]); ++end) {
      }
      for (std::size_t i = begin; i < end; ++i) {
        for (std::size_t j = i + 1; j < end; ++j) {
          if (stories.find(full[i]) != stories.find(full[j]) &&
              alike(texts[full[i]].fingerprint, texts[full[j]].fingerprint))
            stories.join(full[i], full[j]);
        }
      }
      begin = end;
    }
  }
  const auto earlier = [&](std::size_t left, std::size_t right) {
    const auto rank = [&](std::size_t i) {
      return std::tuple(texts[i].date.empty(), texts[i].date, texts[i].id);
    };
    return rank(left) < rank(right);
  };
  std::vector<std::size_t> best(texts.size());
  std::iota(best.begin(), best.end(), std::size_t{0});
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::size_t& own = best[stories.find(i)];
    if (earlier(i, own)) own = i;
  }
  for (std::size_t i = 0; i < texts.size(); ++i) first[i] = best[stories.find(i)];
  return first;
}

}  // namespace relata::text
