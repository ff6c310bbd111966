// Compares the reader's 8-bit matrix product with oneDNN's on the shapes of the encoder, one
// thread, and prints the time of the other kernels. Usage: bench_kernels [rows]

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include <dnnl.hpp>
#include <time.h>

#include "importers/text/reader/kernels.h"

namespace {

using namespace relata::text;

/// Seconds of processor time that this thread has used: what other programs take does not count.
double now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// Seconds of one call: the fastest of several runs.
template <class Function>
double seconds(Function&& f) {
  double best = 1e9;
  for (int run = 0; run < 9; ++run) {
    const double start = now();
    int calls = 0;
    double elapsed = 0;
    do {
      f();
      ++calls;
      elapsed = now() - start;
    } while (elapsed < 0.02);
    best = std::min(best, elapsed / calls);
  }
  return best;
}

/// oneDNN's u8 x s8 -> f32 product with a scale for each column and a bias, weights in its own best
/// layout. (Our product also applies a scale for each row.)
double onednn_seconds(const std::vector<std::uint8_t>& a, std::size_t m, std::size_t n,
                      std::size_t k, const std::vector<std::int8_t>& w, Activation activation) {
  using namespace dnnl;
  engine cpu(engine::kind::cpu, 0);
  stream queue(cpu);
  const memory::dim rows = static_cast<memory::dim>(m);
  const memory::dim columns = static_cast<memory::dim>(n);
  const memory::dim inner = static_cast<memory::dim>(k);
  memory::desc a_desc({rows, inner}, memory::data_type::u8, memory::format_tag::ab);
  memory::desc w_any({inner, columns}, memory::data_type::s8, memory::format_tag::any);
  memory::desc w_plain({inner, columns}, memory::data_type::s8, memory::format_tag::ba);
  memory::desc bias_desc({1, columns}, memory::data_type::f32, memory::format_tag::ab);
  memory::desc out_desc({rows, columns}, memory::data_type::f32, memory::format_tag::ab);
  primitive_attr attributes;
  attributes.set_output_scales(2, std::vector<float>(n, 0.01F));
  if (activation == Activation::gelu) {
    post_ops after;
    after.append_eltwise(1.0F, algorithm::eltwise_gelu_erf, 0.0F, 0.0F);
    attributes.set_post_ops(after);
  }
  matmul::primitive_desc description({a_desc, w_any, bias_desc, out_desc}, attributes, cpu);
  memory source(w_plain, cpu, const_cast<std::int8_t*>(w.data()));
  memory weights(description.weights_desc(), cpu);
  reorder(source, weights).execute(queue, source, weights);
  std::vector<float> bias(n, 0.5F);
  std::vector<float> out(m * n);
  memory a_memory(a_desc, cpu, const_cast<std::uint8_t*>(a.data()));
  memory bias_memory(bias_desc, cpu, bias.data());
  memory out_memory(out_desc, cpu, out.data());
  matmul product(description);
  std::printf("(%s) ", description.impl_info_str());
  return seconds([&] {
    product.execute(queue, {{DNNL_ARG_SRC, a_memory},
                            {DNNL_ARG_WEIGHTS, weights},
                            {DNNL_ARG_BIAS, bias_memory},
                            {DNNL_ARG_DST, out_memory}});
    queue.wait();
  });
}

void compare(std::size_t m, std::size_t n, std::size_t k, Activation activation,
             std::mt19937& random) {
  std::vector<std::int8_t> w(n * k);
  std::vector<std::uint8_t> a(m * k);
  for (auto& x : w) x = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
  for (auto& x : a) x = static_cast<std::uint8_t>(1 + random() % 255);
  const std::vector<float> scale(n, 0.01F);
  const PackedInt8 packed = pack_int8(w.data(), n, k, scale, scale);
  const std::vector<float> rows(m, 0.1F);
  std::vector<float> out(m * padded_columns(n));
  const double operations = 2.0 * static_cast<double>(m * n * k);
  std::printf("%zu x %zu x %zu%s: ", m, n, k, activation == Activation::gelu ? " with GELU" : "");
  const double theirs = onednn_seconds(a, m, n, k, w, activation);
  std::printf("oneDNN %.0f GOP/s", operations / theirs * 1e-9);
  for (Isa isa : {Isa::avx512_vnni, Isa::avx2, Isa::plain}) {
    if (!is_supported(isa)) continue;
    const Kernels& kernels = kernels_for(isa);
    const double ours = seconds([&] {
      kernels.product_int8(a.data(), rows.data(), m, packed, activation, out.data(),
                           padded_columns(n));
    });
    std::printf("; %s %.0f GOP/s (%.2f times oneDNN)", isa_name(isa).data(),
                operations / ours * 1e-9, theirs / ours);
  }
  std::printf("\n");
}

void others(std::size_t m, std::mt19937& random) {
  std::vector<float> x(m * 1536);
  for (auto& v : x) v = static_cast<float>(random() % 2000) * 0.001F - 1.0F;
  std::vector<std::uint8_t> q(m * 1536);
  std::vector<float> out(m * 1536);
  std::vector<float> scales(m);
  std::vector<float> weight(1536, 1.0F);
  for (Isa isa : {Isa::avx512_vnni, Isa::avx2, Isa::plain}) {
    if (!is_supported(isa)) continue;
    const Kernels& kernels = kernels_for(isa);
    const double per_row = 1e9 / static_cast<double>(m);
    std::printf("%s, ns a row: ", isa_name(isa).data());
    std::printf("quantise 1536 %.0f, ", per_row * seconds([&] {
                                          kernels.quantise(x.data(), 1536, m, 1536, 1536, q.data(),
                                                           scales.data());
                                        }));
    std::printf("layer_norm 384 %.0f, ", per_row * seconds([&] {
                                           kernels.layer_norm(x.data(), x.data(), m, 384,
                                                              weight.data(), weight.data(), 1e-12F,
                                                              out.data());
                                         }));
    for (std::size_t length : {16, 32, 64, 128}) {
      std::vector<float> scratch(attention_scratch(length, 32));
      std::vector<float> qkv(length * 1152, 0.25F);
      std::printf("attention (%zu) %.0f, ", length,
                  1e9 / static_cast<double>(length) * seconds([&] {
                    kernels.attention(qkv.data(), length, 12, 32, out.data(), scratch.data());
                  }));
    }
    std::vector<float> w(std::size_t{128} * 384, 0.1F);
    const PackedFloat packed = pack_float(w.data(), 128, 384, {});
    std::printf("float product 384 -> 128 %.0f\n", per_row * seconds([&] {
                                                     kernels.product_float(x.data(), 384, m, packed,
                                                                           Activation::none,
                                                                           out.data(), 128);
                                                   }));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t m = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 256;
  std::mt19937 random(1);
  compare(m, 1152, 384, Activation::none, random);
  compare(m, 384, 384, Activation::none, random);
  compare(m, 1536, 384, Activation::none, random);
  compare(m, 1536, 384, Activation::gelu, random);
  compare(m, 384, 1536, Activation::none, random);
  others(m, random);
}
