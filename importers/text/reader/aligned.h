#pragma once
// Buffers whose first element stands on a 64-byte boundary, as the vector kernels like it. Owned
// like a std::vector; growing throws the old content away. Not shared between threads.

#include <cstddef>
#include <memory>
#include <new>

namespace relata::text {

/// Array of trivially copyable `T`, aligned to 64 bytes.
template <class T>
class AlignedBuffer {
 public:
  AlignedBuffer() = default;
  explicit AlignedBuffer(std::size_t size) { resize(size); }

  /// Makes room for `size` elements and leaves their values unset when the buffer has to grow.
  void resize(std::size_t size) {
    if (size > capacity_) {
      data_.reset(static_cast<T*>(::operator new (size * sizeof(T), std::align_val_t{64})));
      capacity_ = size;
    }
    size_ = size;
  }

  [[nodiscard]] T* data() { return data_.get(); }
  [[nodiscard]] const T* data() const { return data_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  T& operator[](std::size_t i) { return data_.get()[i]; }
  const T& operator[](std::size_t i) const { return data_.get()[i]; }

 private:
  struct Free {
    void operator()(T* p) const { ::operator delete (p, std::align_val_t{64}); }
  };
  std::unique_ptr<T, Free> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace relata::text
