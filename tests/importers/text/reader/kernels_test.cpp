// The kernels: all instruction sets give the same bits, and these are right.

#include "importers/text/reader/kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace relata::text;

std::vector<const Kernels*> supported() {
  std::vector<const Kernels*> all;
  for (const Isa isa : {Isa::plain, Isa::avx2, Isa::avx512_vnni}) {
    if (is_supported(isa)) all.push_back(&kernels_for(isa));
  }
  return all;
}

std::vector<float> random_floats(std::size_t size, unsigned seed, float reach = 2.0F) {
  std::mt19937 random(seed);
  std::vector<float> values(size);
  for (float& v : values) {
    v = (static_cast<float>(random() % 20001) / 10000.0F - 1.0F) * reach;
  }
  return values;
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace

TEST_CASE("an 8-bit product is exact, with extreme values and any remainder of rows and columns") {
  std::mt19937 random(3);
  for (const std::size_t n : {1, 16, 17, 50, 64, 100}) {
    for (const std::size_t k : {4, 60, 128}) {
      const std::size_t m = 15;
      std::vector<std::int8_t> w(n * k);
      for (auto& v : w)
        v = random() % 2 == 0 ? std::int8_t{127}
                              : static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
      const std::vector<float> ones(n, 1.0F);
      const std::vector<float> bias(n, 3.0F);
      const PackedInt8 packed = pack_int8(w.data(), n, k, ones, bias);
      std::vector<std::uint8_t> a(m * packed.k_padded, 128);
      for (std::size_t i = 0; i < m; ++i) {
        for (std::size_t j = 0; j < k; ++j) {
          a[i * packed.k_padded + j] =
              random() % 2 == 0 ? 255 : static_cast<std::uint8_t>(1 + random() % 255);
        }
      }
      const std::vector<float> scales(m, 1.0F);
      for (const Kernels* kernels : supported()) {
        CAPTURE(isa_name(kernels->isa));
        std::vector<float> out(m * padded_columns(n));
        kernels->product_int8(a.data(), scales.data(), m, packed, Activation::none, out.data(),
                              padded_columns(n));
        bool right = true;
        for (std::size_t i = 0; i < m; ++i) {
          for (std::size_t j = 0; j < n; ++j) {
            int sum = 3;
            for (std::size_t x = 0; x < k; ++x)
              sum += (a[i * packed.k_padded + x] - 128) * w[j * k + x];
            right = right && out[i * padded_columns(n) + j] == static_cast<float>(sum);
          }
        }
        CHECK(right);
      }
    }
  }
}

TEST_CASE("quantisation rounds to nearest even, keeps the largest value and leaves zeros alone") {
  std::vector<float> x(48, 0.0F);
  x[0] = 127.0F;
  x[1] = 0.5F;
  x[2] = 1.5F;
  x[3] = -127.0F;
  for (const Kernels* kernels : supported()) {
    std::vector<std::uint8_t> q(2 * 64);
    std::vector<float> scales(2);
    kernels->quantise(x.data(), 24, 2, 20, 64, q.data(), scales.data());
    CHECK(scales[0] == 1.0F);
    CHECK(scales[1] == 0.0F);
    CHECK(q[0] == 255);
    CHECK(q[1] == 128);
    CHECK(q[2] == 130);
    CHECK(q[3] == 1);
    CHECK(q[63] == 128);
    CHECK(q[64] == 128);
  }
}

TEST_CASE("GELU is within 6e-5 of its definition") {
  const std::size_t n = 16;
  const std::vector<float> w(n * 4, 0.0F);
  for (const Kernels* kernels : supported()) {
    float worst = 0;
    for (int step = -900; step < 900; ++step) {
      std::vector<float> bias(n);
      for (std::size_t i = 0; i < n; ++i)
        bias[i] = static_cast<float>(step * 16 + static_cast<int>(i)) / 1600.0F;
      const PackedFloat packed = pack_float(w.data(), n, 4, bias);
      const std::vector<float> x(4, 1.0F);
      std::vector<float> out(n);
      kernels->product_float(x.data(), 4, 1, packed, Activation::gelu, out.data(), n);
      for (std::size_t i = 0; i < n; ++i) {
        const double v = bias[i];
        const double exact = v * 0.5 * (1.0 + std::erf(v / std::sqrt(2.0)));
        worst = std::max(worst, static_cast<float>(std::fabs(exact - out[i])));
      }
    }
    CHECK(worst < 6e-5F);
  }
}

TEST_CASE("softmax gives probabilities that fall with the score and nothing to the padding") {
  for (const Kernels* kernels : supported()) {
    std::vector<float> x(32, 5.0F);
    for (std::size_t i = 0; i < 20; ++i) x[i] = -static_cast<float>(i);
    kernels->softmax(x.data(), 32, 1, 20, 0.5F);
    double total = 0;
    for (const float v : x) total += v;
    CHECK(total == doctest::Approx(1.0).epsilon(1e-5));
    CHECK(x[1] / x[0] == doctest::Approx(std::exp(-0.5)).epsilon(1e-5));
    CHECK(x[20] == 0.0F);
    CHECK(x[31] == 0.0F);
  }
}

TEST_CASE("attention is a weighted mean of the values") {
  const std::size_t length = 19;
  const std::size_t width = 64;
  const std::vector<float> qkv = random_floats(length * 3 * width, 5);
  for (const Kernels* kernels : supported()) {
    std::vector<float> out(length * width);
    std::vector<float> scratch(attention_scratch(length, 32));
    kernels->attention(qkv.data(), length, 2, 32, out.data(), scratch.data());
    double worst = 0;
    for (std::size_t h = 0; h < 2; ++h) {
      for (std::size_t i = 0; i < length; ++i) {
        std::vector<double> p(length);
        double total = 0;
        for (std::size_t j = 0; j < length; ++j) {
          double score = 0;
          for (std::size_t d = 0; d < 32; ++d) {
            score +=
                static_cast<double>(qkv[i * 192 + h * 32 + d]) * qkv[j * 192 + 64 + h * 32 + d];
          }
          total += p[j] = std::exp(score / std::sqrt(32.0));
        }
        for (std::size_t d = 0; d < 32; ++d) {
          double mean = 0;
          for (std::size_t j = 0; j < length; ++j)
            mean += p[j] / total * qkv[j * 192 + 128 + h * 32 + d];
          worst = std::max(worst, std::fabs(mean - out[i * width + h * 32 + d]));
        }
      }
    }
    CHECK(worst < 1e-5);
  }
}

TEST_CASE("every instruction set gives the same bits") {
  const auto all = supported();
  const std::size_t m = 13;
  const std::size_t n = 96;
  const std::vector<float> x = random_floats(m * 3 * n, 7);
  const std::vector<float> weight = random_floats(n * n, 8, 0.3F);
  const std::vector<float> bias = random_floats(n, 9);
  const PackedFloat packed = pack_float(weight.data(), n, n, bias);
  const auto results = [&](const Kernels& kernels) {
    std::vector<float> out(m * n * 5 + 1);
    float* at = out.data();
    kernels.product_float(x.data(), n, m, packed, Activation::gelu, at, n);
    at += m * n;
    kernels.layer_norm(x.data(), x.data() + m * n, m, n, weight.data(), bias.data(), 1e-12F, at);
    at += m * n;
    std::vector<float> scratch(attention_scratch(m, 32));
    kernels.attention(x.data(), m, 3, 32, at, scratch.data());
    at += m * n;
    std::copy_n(x.data(), m * n, at);
    kernels.softmax(at, n, m, 90, 0.7F);
    at += m * n;
    std::copy_n(x.data(), m * n, at);
    kernels.add_scaled(x.data() + m * n, 0.3F, m * n, at);
    out[m * n * 5] = kernels.dot(x.data(), x.data() + m * n, m * n);
    return out;
  };
  const auto expected = results(*all[0]);
  for (const Kernels* kernels : all) {
    CAPTURE(isa_name(kernels->isa));
    CHECK(same_bits(results(*kernels), expected));
  }
}

TEST_CASE("a row's result does not depend on the other rows") {
  const std::vector<float> x = random_floats(std::size_t{31} * 64, 11);
  std::vector<std::int8_t> w(80 * 64);
  std::mt19937 random(12);
  for (auto& v : w) v = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
  const std::vector<float> scale(80, 0.01F);
  const PackedInt8 packed = pack_int8(w.data(), 80, 64, scale, scale);
  for (const Kernels* kernels : supported()) {
    std::vector<std::uint8_t> q(31 * 64);
    std::vector<float> scales(31);
    kernels->quantise(x.data(), 64, 31, 64, 64, q.data(), scales.data());
    std::vector<float> together(31 * 80);
    std::vector<float> alone(31 * 80);
    kernels->product_int8(q.data(), scales.data(), 31, packed, Activation::gelu, together.data(),
                          80);
    for (std::size_t i = 0; i < 31; ++i) {
      kernels->product_int8(q.data() + i * 64, scales.data() + i, 1, packed, Activation::gelu,
                            alone.data() + i * 80, 80);
    }
    CHECK(same_bits(together, alone));
  }
}
