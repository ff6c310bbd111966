// Scalar helpers that every kernel file compiles for its own instruction set.

/// `x` (a value in units of its row's scale) rounded to nearest even and stored as q + 128. Values
/// that are not numbers become the lowest byte; only broken weights produce them.
inline std::uint8_t quantised_byte(float x) {
  const float rounded = std::nearbyintf(x);
  if (!(rounded >= -127.0F)) return 1;
  if (rounded > 127.0F) return 255;
  return static_cast<std::uint8_t>(128 + static_cast<int>(rounded));
}
