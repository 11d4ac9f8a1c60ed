import { expect, test } from "vitest";

import { nameDevice } from "#components/connect/homes/home-words.ts";
import { nameScope } from "#lib/connect/cloud/scopes.ts";
import { findMissingScopes } from "#lib/connect/homes/missing-scopes.ts";

// A lookup in a table of words also finds the members that every object has. A function cannot be rendered,
// so the page would fail for as long as the word is stored.
test.each(["constructor", "__proto__", "toString"])(
  "a cloud's scope or device named %s is shown as that word, and no page fails",
  (word) => {
    expect(nameScope(word)).toEqual({ name: word, label: word });
    expect(nameDevice(word)).toBe(word);
    const homes = { ok: false, problem: { reason: "missing_scope", scope: word } } as const;
    expect(findMissingScopes({ grantedScopes: [], withdrawnScopes: [] }, homes)).toEqual([
      { scope: word, label: word, consequence: expect.any(String), allow: expect.any(String) },
    ]);
  },
);
