/** Points of a small line in a box of that size, from left to right; what never changed lies in the middle. */
export function line(amounts: number[], width: number, height: number): string {
  const low = Math.min(...amounts);
  const range = Math.max(...amounts) - low;
  return amounts
    .map((amount, at) => {
      const x = (at / Math.max(1, amounts.length - 1)) * width;
      const y = range === 0 ? height / 2 : height - ((amount - low) / range) * height;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}
