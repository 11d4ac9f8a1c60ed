/** A reproducible source of random numbers: the same start gives the same numbers. */
export type Random = {
  /** Returns a number from 0 to below 1. */
  share: () => number;
  /** Returns a whole number from 0 to below `end`. */
  below: (end: number) => number;
  /** Returns one of these values. */
  of: <T>(values: readonly T[]) => T;
  /** Returns one of these values, each as likely as its weight says. */
  weighted: <T>(values: readonly (readonly [value: T, weight: number])[]) => T;
  /** Returns that many bytes in hexadecimal. */
  hex: (bytes: number) => string;
  /** Returns a version 4 UUID (RFC 9562 §5.4). */
  uuid: () => string;
};

/**
 * Returns the numbers of one account. They start from `seed` and `index`, so that accounts do not depend on
 * each other (sfc32, of PractRand).
 */
export function randomOf(seed: number, index: number): Random {
  const next = sfc32(seed, index);
  const share = () => next() / 2 ** 32;
  const below = (end: number) => Math.floor(share() * end);
  const word = () => next().toString(16).padStart(8, "0");
  const hex = (bytes: number) =>
    Array.from({ length: Math.ceil(bytes / 4) }, word)
      .join("")
      .slice(0, bytes * 2);
  return {
    share,
    below,
    hex,
    of: (values) => values[below(values.length)]!,
    weighted: (values) => pick(values, share()),
    uuid: () => {
      const digits = hex(16);
      const variant = (8 + (Number.parseInt(digits[16]!, 16) & 3)).toString(16);
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
  };
}

function pick<T>(values: readonly (readonly [T, number])[], share: number): T {
  let left = share * values.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of values) if ((left -= weight) < 0) return value;
  return values.at(-1)![0];
}

/**
 * The generator, with 128 bits of state: among a million starting points, no two sequences overlap. The first
 * twelve numbers only mix the state.
 */
function sfc32(seed: number, index: number): () => number {
  let [a, b, c, counter] = [seed | 0, index | 0, Math.floor(index / 2 ** 32) | 0, 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}
