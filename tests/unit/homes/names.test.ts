import { expect, test } from "vitest";

import { nameDevice } from "#components/connect/homes/home-words.ts";
import { nameScope } from "#lib/connect/cloud/scopes.ts";
import { findMissingScopes } from "#lib/connect/homes/missing-scopes.ts";

// What every object has is found in a table of words too, and a function cannot be shown: the page would fail
// for as long as it is stored.
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
