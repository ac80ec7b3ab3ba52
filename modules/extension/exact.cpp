#include "exact.hpp"

#include <boost/math/constants/constants.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>

namespace dontgoback::extension {

using Real = boost::multiprecision::cpp_bin_float_50;

std::int64_t exact_billionths(std::uint64_t n1, std::uint64_t n2, double sigma) {
  const Real u1 = ldexp(Real(n1) + 0.5, -53);
  const Real u2 = ldexp(Real(n2) + 0.5, -53);
  const Real z = sqrt(-2 * log(u1)) * cos(2 * boost::math::constants::pi<Real>() * u2);
  const Real s(sigma);
  const Real scaled = exp(s * z - s * s / 2) * 1'000'000'000;
  return static_cast<std::int64_t>(floor(scaled + 0.5));
}

}  // namespace dontgoback::extension
