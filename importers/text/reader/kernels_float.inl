// Float kernels, written once over the sixteen-lane type `F` of the including file, which defines
// F, its operations and attention_tile_rows inside a namespace of its own (and, on x86-64, under
// that instruction set's compile target). Every operation is lane-wise or adds lanes in one fixed
// order, so that all including files produce the same bits.

/// e^x for x <= 0, as used after subtracting a row's maximum. Below -87 the result is about 1e-38.
/// Range reduction to |r| <= ln(2)/2 and a Taylor polynomial of degree 6: relative error < 3e-7.
inline F exp_of(F x) {
  x = max_of(x, all(-87.0F));
  const F n = nearest(mul(x, all(1.44269504088896341F)));
  F r = fma(n, all(-0.693145751953125F), x);
  r = fma(n, all(-1.428606765330187e-06F), r);
  F p = all(1.0F / 720.0F);
  p = fma(p, r, all(1.0F / 120.0F));
  p = fma(p, r, all(1.0F / 24.0F));
  p = fma(p, r, all(1.0F / 6.0F));
  p = fma(p, r, all(0.5F));
  p = fma(p, r, all(1.0F));
  p = fma(p, r, all(1.0F));
  return mul(p, power_of_two(n));
}

/// x * Phi(x), the exact (erf) GELU, with Phi(x) = 1/2 + c Q(c^2), c = x clamped to [-4.5, 4.5]; Q
/// is a minimax fit made for this program that reaches 0 and 1 at the clamp. Absolute error < 6e-5.
inline F gelu_of(F x) {
  const F c = max_of(all(-4.5F), min_of(x, all(4.5F)));
  const F s = mul(c, c);
  F q = all(3.000006908e-11F);
  q = fma(q, s, all(-3.283912190e-09F));
  q = fma(q, s, all(1.580257118e-07F));
  q = fma(q, s, all(-4.431684479e-06F));
  q = fma(q, s, all(8.120971005e-05F));
  q = fma(q, s, all(-1.036253284e-03F));
  q = fma(q, s, all(9.580653456e-03F));
  q = fma(q, s, all(-6.597726989e-02F));
  q = fma(q, s, all(3.987085738e-01F));
  return mul(x, fma(c, q, all(0.5F)));
}

inline F activate(F x, Activation activation) {
  if (activation == Activation::gelu) return gelu_of(x);
  if (activation == Activation::relu) return max_of(x, all(0.0F));
  return x;
}

void quantise(const float* x, std::size_t x_stride, std::size_t m, std::size_t k,
              std::size_t k_padded, std::uint8_t* out, float* scales) {
  const std::size_t whole = k / 16 * 16;
  for (std::size_t i = 0; i < m; ++i) {
    const float* row = x + i * x_stride;
    std::uint8_t* target = out + i * k_padded;
    F top = all(0.0F);
    for (std::size_t j = 0; j < whole; j += 16) top = max_of(top, absolute(load(row + j)));
    float maximum = largest_lane(top);
    for (std::size_t j = whole; j < k; ++j) maximum = std::max(maximum, std::fabs(row[j]));
    scales[i] = maximum / 127.0F;
    const float inverse = maximum > 0.0F ? 127.0F / maximum : 0.0F;
    for (std::size_t j = 0; j < whole; j += 16) {
      store_u8(target + j, mul(load(row + j), all(inverse)));
    }
    for (std::size_t j = whole; j < k; ++j) {
      target[j] = quantised_byte(row[j] * inverse);
    }
    for (std::size_t j = k; j < k_padded; ++j) target[j] = 128;
  }
}

template <int Rows, int Panels>
inline void float_tile(const float* a, std::size_t a_stride, const PackedFloat& w,
                       std::size_t panel, Activation activation, float* out,
                       std::size_t out_stride) {
  const float* weights = w.weights.data() + panel * w.k * 16;
  const std::size_t panel_stride = w.k * 16;
  F sum[Rows][Panels];
  for (int p = 0; p < Panels; ++p) {
    const F bias = load(w.bias.data() + (panel + p) * 16);
    for (int r = 0; r < Rows; ++r) sum[r][p] = bias;
  }
  for (std::size_t k = 0; k < w.k; ++k) {
    F column[Panels];
    for (int p = 0; p < Panels; ++p) column[p] = load(weights + p * panel_stride + k * 16);
    for (int r = 0; r < Rows; ++r) {
      const F value = all(a[r * a_stride + k]);
      for (int p = 0; p < Panels; ++p) sum[r][p] = fma(value, column[p], sum[r][p]);
    }
  }
  for (int r = 0; r < Rows; ++r) {
    for (int p = 0; p < Panels; ++p) {
      store(out + r * out_stride + (panel + p) * 16, activate(sum[r][p], activation));
    }
  }
}

template <int Panels>
inline void float_panels(const float* a, std::size_t a_stride, std::size_t m, const PackedFloat& w,
                         std::size_t panel, Activation activation, float* out,
                         std::size_t out_stride) {
  std::size_t i = 0;
  for (; i + float_tile_rows <= m; i += float_tile_rows) {
    float_tile<float_tile_rows, Panels>(a + i * a_stride, a_stride, w, panel, activation,
                                        out + i * out_stride, out_stride);
  }
  for (; i + 2 <= m; i += 2) {
    float_tile<2, Panels>(a + i * a_stride, a_stride, w, panel, activation, out + i * out_stride,
                          out_stride);
  }
  if (i < m) {
    float_tile<1, Panels>(a + i * a_stride, a_stride, w, panel, activation, out + i * out_stride,
                          out_stride);
  }
}

void product_float(const float* a, std::size_t a_stride, std::size_t m, const PackedFloat& w,
                   Activation activation, float* out, std::size_t out_stride) {
  const std::size_t panels = padded_columns(w.n) / 16;
  std::size_t panel = 0;
  for (; panel + float_tile_panels <= panels; panel += float_tile_panels) {
    float_panels<float_tile_panels>(a, a_stride, m, w, panel, activation, out, out_stride);
  }
  for (; panel < panels; ++panel) {
    float_panels<1>(a, a_stride, m, w, panel, activation, out, out_stride);
  }
}

void layer_norm(const float* x, const float* residual, std::size_t m, std::size_t n,
                const float* weight, const float* bias, float epsilon, float* out) {
  const float per_element = 1.0F / static_cast<float>(n);
  for (std::size_t i = 0; i < m; ++i) {
    const float* row = x + i * n;
    const float* other = residual == nullptr ? nullptr : residual + i * n;
    float* target = out + i * n;
    F total = all(0.0F);
    for (std::size_t j = 0; j < n; j += 16) {
      F value = load(row + j);
      if (other != nullptr) value = add(value, load(other + j));
      store(target + j, value);
      total = add(total, value);
    }
    const F mean = all(sum_of_lanes(total) * per_element);
    F squares = all(0.0F);
    for (std::size_t j = 0; j < n; j += 16) {
      const F centred = sub(load(target + j), mean);
      squares = fma(centred, centred, squares);
    }
    const float variance = sum_of_lanes(squares) * per_element;
    const F inverse = all(1.0F / std::sqrt(variance + epsilon));
    for (std::size_t j = 0; j < n; j += 16) {
      const F centred = mul(sub(load(target + j), mean), inverse);
      store(target + j, fma(centred, load(weight + j), load(bias + j)));
    }
  }
}

/// Turns `length` scores (padded to whole vectors) into e^(score - max); returns 1 / their sum.
inline float exponentiate(float* scores, std::size_t length, std::size_t padded) {
  for (std::size_t j = length; j < padded; ++j) scores[j] = -1e30F;
  F top = load(scores);
  for (std::size_t j = 16; j < padded; j += 16) top = max_of(top, load(scores + j));
  const F maximum = all(largest_lane(top));
  F total = all(0.0F);
  for (std::size_t j = 0; j < padded; j += 16) {
    const F value = exp_of(sub(load(scores + j), maximum));
    store(scores + j, value);
    total = add(total, value);
  }
  if (padded != length) {
    // The padding's e^-87 is nothing beside a sum that is at least 1, but must not be read later.
    for (std::size_t j = length; j < padded; ++j) scores[j] = 0.0F;
  }
  return 1.0F / sum_of_lanes(total);
}

template <int Rows>
inline void attention_rows(const float* query, const float* values, std::size_t stride,
                           const float* keys, std::size_t length, std::size_t head_width,
                           float score_scale, float* out, std::size_t out_stride, float* scores) {
  const std::size_t padded = padded_columns(length);
  for (std::size_t j = 0; j < padded; j += 16) {
    F sum[Rows];
    for (int r = 0; r < Rows; ++r) sum[r] = all(0.0F);
    for (std::size_t d = 0; d < head_width; ++d) {
      const F key = load(keys + d * padded + j);
      for (int r = 0; r < Rows; ++r) sum[r] = fma(all(query[r * stride + d]), key, sum[r]);
    }
    for (int r = 0; r < Rows; ++r) store(scores + r * padded + j, mul(sum[r], all(score_scale)));
  }
  float inverse[Rows];
  for (int r = 0; r < Rows; ++r) inverse[r] = exponentiate(scores + r * padded, length, padded);
  for (std::size_t d = 0; d < head_width; d += 32) {
    F sum[Rows][2];
    for (int r = 0; r < Rows; ++r) sum[r][0] = sum[r][1] = all(0.0F);
    for (std::size_t j = 0; j < length; ++j) {
      const F low = load(values + j * stride + d);
      const F high = load(values + j * stride + d + 16);
      for (int r = 0; r < Rows; ++r) {
        const F weight = all(scores[r * padded + j]);
        sum[r][0] = fma(weight, low, sum[r][0]);
        sum[r][1] = fma(weight, high, sum[r][1]);
      }
    }
    for (int r = 0; r < Rows; ++r) {
      store(out + r * out_stride + d, mul(sum[r][0], all(inverse[r])));
      store(out + r * out_stride + d + 16, mul(sum[r][1], all(inverse[r])));
    }
  }
}

void attention(const float* qkv, std::size_t length, std::size_t heads, std::size_t head_width,
               float* out, float* scratch) {
  const std::size_t width = heads * head_width;
  const std::size_t stride = 3 * width;
  const std::size_t padded = padded_columns(length);
  const float score_scale = 1.0F / std::sqrt(static_cast<float>(head_width));
  float* keys = scratch;
  float* scores = scratch + padded * head_width;
  for (std::size_t h = 0; h < heads; ++h) {
    const float* query = qkv + h * head_width;
    const float* key = query + width;
    const float* value = key + width;
    for (std::size_t j = 0; j < length; ++j) {
      for (std::size_t d = 0; d < head_width; ++d) keys[d * padded + j] = key[j * stride + d];
    }
    for (std::size_t j = length; j < padded; ++j) {
      for (std::size_t d = 0; d < head_width; ++d) keys[d * padded + j] = 0.0F;
    }
    std::size_t i = 0;
    for (; i + attention_tile_rows <= length; i += attention_tile_rows) {
      attention_rows<attention_tile_rows>(query + i * stride, value, stride, keys, length,
                                          head_width, score_scale, out + i * width + h * head_width,
                                          width, scores);
    }
    for (; i < length; ++i) {
      attention_rows<1>(query + i * stride, value, stride, keys, length, head_width, score_scale,
                        out + i * width + h * head_width, width, scores);
    }
  }
}

void softmax(float* x, std::size_t stride, std::size_t m, std::size_t n,
             float inverse_temperature) {
  const std::size_t padded = padded_columns(n);
  for (std::size_t i = 0; i < m; ++i) {
    float* row = x + i * stride;
    for (std::size_t j = 0; j < padded; j += 16) {
      store(row + j, mul(load(row + j), all(inverse_temperature)));
    }
    const F inverse = all(exponentiate(row, n, padded));
    for (std::size_t j = 0; j < padded; j += 16) store(row + j, mul(load(row + j), inverse));
  }
}

void add_scaled(const float* x, float factor, std::size_t n, float* y) {
  for (std::size_t j = 0; j < n; j += 16) store(y + j, fma(all(factor), load(x + j), load(y + j)));
}

float dot(const float* a, const float* b, std::size_t n) {
  F total = all(0.0F);
  for (std::size_t j = 0; j < n; j += 16) total = fma(load(a + j), load(b + j), total);
  return sum_of_lanes(total);
}
