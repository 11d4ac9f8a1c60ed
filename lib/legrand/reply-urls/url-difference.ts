import type { TextRange } from "#lib/legrand/reply-urls/differing-ranges.ts";

/** One difference between the reply URL that was sent and a registered one. */
export type UrlDifference = {
  /** The name of the part on screen, such as `Host`. */
  part: string;
  /** What differs, in one or two sentences. */
  sentence: string;
  /** The characters that differ, in what was sent and in the registered URL. */
  sent: TextRange[];
  registered: TextRange[];
};

const SHOWN_LENGTH = 80;

/** Returns a value for a sentence. A long one is cut in the middle, because both ends can matter. */
export function quote(value: string): string {
  if (value.length <= SHOWN_LENGTH) return value;
  return `${value.slice(0, SHOWN_LENGTH / 2)}…${value.slice(-SHOWN_LENGTH / 2)}`;
}
