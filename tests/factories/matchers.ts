import { expect } from "vitest";

// vitest types its matchers as `any`, which would switch off the checks around them.

/** Any string. */
export const anyString: unknown = expect.any(String);

/** Any number. */
export const anyNumber: unknown = expect.any(Number);

/** A string that matches the pattern. */
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
