import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { matchSecret } from "#lib/legrand/applications/match-secret.ts";

const NOW = new Date("2026-06-01T12:00:00.000Z");
const YESTERDAY = "2026-05-31T12:00:00.000Z";
const TOMORROW = "2026-06-02T12:00:00.000Z";
const stored = (secret: string, expiresAt: string) => ({ digest: digest(secret), expiresAt });

describe("several client secrets may be active at once (LEGRAND.md, Registration)", () => {
  test("matches each of them", () => {
    const secrets = ["one", "two", "three"];
    const registered = secrets.map((secret) => stored(secret, TOMORROW));
    expect(secrets.map((secret) => matchSecret(secret, registered, NOW).result)).toEqual([
      "match",
      "match",
      "match",
    ]);
  });

  test("matches no other value, nor the digest in place of its secret", () => {
    const registered = [stored("right", TOMORROW)];
    for (const presented of ["wrong", "", "righ", "right ", "Right", digest("right")]) {
      expect(matchSecret(presented, registered, NOW)).toEqual({ result: "none" });
    }
  });

  test("matches nothing if none is registered", () => {
    expect(matchSecret("", [], NOW)).toEqual({ result: "none" });
  });

  test("reports an expired secret with its end, instead of AADB2C90085", () => {
    expect(matchSecret("old", [stored("new", TOMORROW), stored("old", YESTERDAY)], NOW)).toEqual({
      result: "expired",
      expiredAt: new Date(YESTERDAY),
    });
  });

  test("matches a live secret although another one has expired", () => {
    expect(matchSecret("new", [stored("old", YESTERDAY), stored("new", TOMORROW)], NOW)).toMatchObject({
      result: "match",
    });
  });

  test("expires at the exact moment that it names", () => {
    expect(matchSecret("s", [stored("s", NOW.toISOString())], NOW).result).toBe("expired");
    expect(matchSecret("s", [stored("s", new Date(NOW.getTime() + 1).toISOString())], NOW).result).toBe(
      "match",
    );
  });

  test("reads a time as PostgreSQL writes it in JSON", () => {
    expect(matchSecret("s", [stored("s", "2026-06-01T13:59:59.999+02:00")], NOW).result).toBe("expired");
    expect(matchSecret("s", [stored("s", "2026-06-01T14:00:00.001+02:00")], NOW).result).toBe("match");
  });

  test("matches only a registered secret, for any input", () => {
    const secrets = [randomToken("lgs_"), randomToken("lgs_")];
    const registered = secrets.map((secret) => stored(secret, TOMORROW));
    fc.assert(
      fc.property(fc.string(), (presented) => matchSecret(presented, registered, NOW).result === "none"),
    );
  });
});
