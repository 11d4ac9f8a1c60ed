import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { explainReplyUrl } from "#lib/legrand/reply-urls/explain-reply-url.ts";

const REGISTERED = "https://app.example/callback";

describe("explains a refused redirect_uri by the first part that differs (LEGRAND.md: its most frequent complaint)", () => {
  test.each<[sent: string, registered: string, sentence: RegExp]>([
    [`${REGISTERED}/`, REGISTERED, /has an extra trailing slash/],
    [REGISTERED, `${REGISTERED}/`, /lacks the trailing slash/],
    ["https://https://app.example/callback", REGISTERED, /scheme appears twice/],
    ["http://https://app.example/callback", REGISTERED, /scheme appears twice/],
    ["HTTPS://http://app.example/callback", REGISTERED, /scheme appears twice/],
    [` ${REGISTERED}`, REGISTERED, /white space/],
    [`${REGISTERED}\n`, REGISTERED, /white space/],
    [`${REGISTERED}#top`, REGISTERED, /fragment/],
    ["https://app.example/Callback", REGISTERED, /Capital and small letters/],
    ["https://APP.example/callback", REGISTERED, /Capital and small letters/],
    ["http://app.example/callback", REGISTERED, /scheme is http; registered is https/],
    ["https://other.example/callback", REGISTERED, /host is other\.example; registered is app\.example/],
    ["https://app.example:8443/callback", REGISTERED, /port is 8443; registered is 443 \(by default\)/],
    ["http://localhost:3001/callback", "http://localhost:3000/callback", /port is 3001; registered is 3000/],
    [
      "http://localhost/callback",
      "http://localhost:3000/callback",
      /port is 80 \(by default\); registered is 3000/,
    ],
    ["https://app.example/call%62ack", REGISTERED, /percent-encoded/],
    ["https://app.example/elsewhere", REGISTERED, /path is \/elsewhere; registered is \/callback/],
    [`${REGISTERED}?from=legrand`, REGISTERED, /query differs/],
    ["https://app.example:443/callback", REGISTERED, /written/],
    ["app.example/callback", REGISTERED, /not a complete address/],
    ["", REGISTERED, /not a complete address/],
    ["urn:ietf:wg:oauth:2.0:oob", REGISTERED, /scheme is urn; registered is https/],
    ["msalabc://auth", "msalabd://auth", /scheme is msalabc; registered is msalabd/],
  ])("%j instead of %j", (sent, registered, sentence) => {
    expect(explainReplyUrl(sent, [registered])).toEqual({
      nearest: registered,
      sentence: expect.stringMatching(sentence) as string,
    });
  });

  test("compares with the registered URL that is most similar to the one sent", () => {
    const registered = [
      "https://app.example/callback",
      "https://app.example/api/auth/callback/legrand",
      "http://localhost:3000/callback",
    ];
    expect(explainReplyUrl("http://localhost:3000/callback/", registered).nearest).toBe(
      "http://localhost:3000/callback",
    );
    expect(explainReplyUrl("https://app.example/api/auth/callback/legrand/", registered).nearest).toBe(
      "https://app.example/api/auth/callback/legrand",
    );
  });

  test("says so if no URL is registered", () => {
    expect(explainReplyUrl(REGISTERED, [])).toEqual({
      nearest: null,
      sentence: expect.stringMatching(/No reply URL/) as string,
    });
  });

  test("never throws and always has a sentence, for any input", () => {
    const address = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.constantFrom("https://%", "http://[", "https://a/%zz"),
    );
    fc.assert(
      fc.property(
        address,
        fc.array(fc.oneof(fc.webUrl(), fc.string()), { maxLength: 10 }),
        (sent, registered) => {
          const { nearest, sentence } = explainReplyUrl(sent, registered);
          expect(sentence).toMatch(/\.$/);
          expect(nearest === null || registered.includes(nearest)).toBe(true);
        },
      ),
    );
  });

  test("explains an address of 100 kB at once", () => {
    const begin = performance.now();
    explainReplyUrl(
      `https://app.example/${"a".repeat(100_000)}`,
      Array.from({ length: 10 }, (_, i) => `https://app.example/${"a".repeat(2_000)}${i}`),
    );
    expect(performance.now() - begin).toBeLessThan(1_000);
  });
});
