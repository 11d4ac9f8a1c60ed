import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { matchesReplyUrl } from "#lib/legrand/reply-urls/matches-reply-url.ts";
import {
  checkReplyUrl,
  checkReplyUrls,
  REPLY_URL_MAX_LENGTH,
  type ApplicationType,
} from "#lib/legrand/reply-urls/reply-url-schema.ts";

const GUID = "3fbf1e1c-0d6b-4f1a-8d5c-1f2e3d4c5b6a";

/** Accepted for both types of application, exactly as typed. */
const ACCEPTED = [
  // Legrand's portal: msal[client_id]://[path], urn:[urn_format], https://[domain]/[path],
  // https://[domain]:[port]/[path], http://localhost:[port]/[path].
  `msal${GUID}://auth`,
  `msal${GUID}://auth/callback`,
  "urn:ietf:wg:oauth:2.0:oob",
  "urn:ietf:wg:oauth:2.0:oob:auto",
  "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
  "urn:example:a/b",
  "https://app.example/callback",
  "https://app.example/",
  "https://app.example",
  "https://app.example:8443/callback",
  "https://app.example:8443",
  "https://app.example/callback/",
  "https://app.example//callback",
  "https://app.example/a;b=1/c,d/@me/~x/(1)/!$&'+=:",
  "https://app.example/Callback",
  "https://app.example/callback?from=legrand",
  "https://app.example/callback?a=1&b=2&a=3",
  "https://app.example/callback?",
  "https://app.example/callback?x",
  "https://app.example/callback?x=1&",
  "https://app.example/?next=%2Fhome",
  "https://xn--exmple-cua.example/callback",
  "https://my_app.example/callback",
  "https://intranet/callback",
  "https://a--b.example/",
  "https://app.example/caf%C3%A9",
  "https://app.example/caf%c3%a9",
  "https://app.example/a%2Fb",
  "https://app.example/%25",
  "https://192.168.1.5:8123/auth/external/callback",
  "https://[2001:db8::1]/callback",
  "https://localhost/callback",
  "https://127.0.0.1:3000/",
  "http://localhost:3000/callback",
  "http://localhost:3000",
  "http://localhost:3000/",
  "http://localhost:1/x",
  "http://localhost:65535/x",
  "http://localhost:443/x",
  // RFC 8252 §7.3.
  "http://127.0.0.1:51004/callback",
  "http://[::1]:51004/callback",
  "http://127.0.0.1:51004/",
  "http://[::1]:51004",
  `https://app.example/${"a".repeat(REPLY_URL_MAX_LENGTH - 20)}`,
];

/** RFC 8252 §7.1: a domain name in reverse, for mobile applications. */
const ACCEPTED_FOR_MOBILE = [
  "com.example.app:/oauth2redirect/example-provider",
  "com.example.app://callback",
  "com.example.app:/",
  "com.example.app://callback/path?x=1",
  "com.example:/cb",
  "com.googleusercontent.apps.123-abc:/oauth2callback",
  "io.home-assistant.android:/auth",
];

const refused: [typed: string, reason: string, repaired: string | null][] = [
  ["", "empty", null],
  ["   ", "empty", null],
  [`https://app.example/${"a".repeat(REPLY_URL_MAX_LENGTH)}`, "too_long", null],
  // White space and invisible characters.
  [" https://app.example/callback", "white_space", "https://app.example/callback"],
  ["https://app.example/callback ", "white_space", "https://app.example/callback"],
  ["https://app.example/callback\n", "white_space", "https://app.example/callback"],
  ["\thttps://app.example/callback\r\n", "white_space", "https://app.example/callback"],
  ["https://app.example/ callback", "white_space", "https://app.example/callback"],
  ["https:// app.example/callback", "white_space", "https://app.example/callback"],
  ["https://app.example/call\nback", "white_space", "https://app.example/callback"],
  ["https://app.example/call back", "white_space", null],
  ["https://app.example/a https://app.example/b", "white_space", null],
  ["https://app.example/ https://app.example/b", "white_space", null],
  ["https://app.example/callback\u00a0", "white_space", "https://app.example/callback"],
  ["\ufeffhttps://app.example/callback", "white_space", "https://app.example/callback"],
  ["https://app.example/\u200bcallback", "invisible", "https://app.example/callback"],
  ["https://app.example/\u202ecallback", "invisible", "https://app.example/callback"],
  ["https://app.example/\u2066callback", "invisible", "https://app.example/callback"],
  ["https://app.example/\0callback", "invisible", "https://app.example/callback"],
  ["https://app.example/\x7fcallback", "invisible", "https://app.example/callback"],
  ["https://app.example/\ud800", "invisible", "https://app.example/"],
  // Schemes.
  ["https://https://app.example/callback", "doubled_scheme", "https://app.example/callback"],
  ["http://https://app.example/callback", "doubled_scheme", "https://app.example/callback"],
  ["https://http://localhost:3000/callback", "doubled_scheme", "http://localhost:3000/callback"],
  ["https://https//app.example/callback", "doubled_scheme", "https://app.example/callback"],
  ["HTTPS://HTTPS://app.example/callback", "doubled_scheme", "https://app.example/callback"],
  ["app.example/callback", "no_scheme", "https://app.example/callback"],
  ["app.example", "no_scheme", "https://app.example"],
  ["app.example:8443/callback", "no_scheme", "https://app.example:8443/callback"],
  ["//app.example/callback", "no_scheme", "https://app.example/callback"],
  ["://app.example/callback", "no_scheme", null],
  ["localhost:3000/callback", "no_scheme", "http://localhost:3000/callback"],
  ["localhost/callback", "no_scheme", "http://localhost:3000/callback"],
  ["127.0.0.1:3000/callback", "no_scheme", "http://127.0.0.1:3000/callback"],
  ["[::1]:3000/callback", "no_scheme", "http://[::1]:3000/callback"],
  ["callback", "no_scheme", null],
  ["/callback", "no_scheme", null],
  ["?x", "no_scheme", null],
  ['"https://app.example/callback",', "no_scheme", "https://app.example/callback"],
  ["<https://app.example/callback>", "no_scheme", "https://app.example/callback"],
  ["htps://app.example/callback", "scheme", "https://app.example/callback"],
  ["htttps://app.example/callback", "scheme", "https://app.example/callback"],
  ["ttps://app.example/callback", "scheme", "https://app.example/callback"],
  ["https//app.example/callback", "no_scheme", "https://app.example/callback"],
  ["https:/app.example/callback", "slashes", "https://app.example/callback"],
  ["https:app.example/callback", "slashes", "https://app.example/callback"],
  ["https:///app.example/callback", "slashes", "https://app.example/callback"],
  ["https://", "slashes", null],
  ["https:", "slashes", null],
  ["http://", "slashes", null],
  ["HTTPS://app.example/callback", "capital_scheme", "https://app.example/callback"],
  ["Https://APP.example", "capital_scheme", "https://app.example"],
  [`MSAL${GUID}://auth`, "capital_scheme", `msal${GUID}://auth`],
  ["URN:ietf:wg:oauth:2.0:oob", "capital_scheme", "urn:ietf:wg:oauth:2.0:oob"],
  ...[
    "javascript:alert(1)",
    "JavaScript:alert(1)//",
    "data:text/html,x",
    "file:///etc/passwd",
    "blob:https://app.example/x",
    "vbscript:x",
    "about:blank",
    "ws://app.example/",
    "wss://app.example/",
    "ftp://app.example/",
    "mailto:a@b.example",
    "view-source:https://app.example/",
    "chrome://settings",
    "intent://x",
    "myapp://callback",
    "msal://auth",
    `msalx${GUID}://auth`,
    "msal[client_id]://auth",
    "tel:1",
    "a:b",
  ].map((typed): [string, string, null] => [typed, typed.startsWith("msal[") ? "no_scheme" : "scheme", null]),
  [`msal${GUID}:auth`, "slashes", null],
  [`msal${GUID}://`, "slashes", null],
  ["com.example.app:/callback", "private_use_for_web", null],
  // Parts that a reply URL must not have.
  ["https://app.example/callback#", "fragment", "https://app.example/callback"],
  ["https://app.example/callback#/route", "fragment", "https://app.example/callback"],
  ["https://app.example/callback?x=1#y", "fragment", "https://app.example/callback?x=1"],
  ["https://*.example/callback", "wildcard", null],
  ["https://app.example/*", "wildcard", null],
  ["https://app.example/cb?x=*", "wildcard", null],
  ["https:\\\\app.example\\callback", "backslash", "https://app.example/callback"],
  ["https://app.example\\callback", "backslash", "https://app.example/callback"],
  ["https://user@app.example/callback", "user_info", "https://app.example/callback"],
  ["https://user:pass@app.example/callback", "user_info", "https://app.example/callback"],
  ["https://@app.example/callback", "user_info", "https://app.example/callback"],
  ["https://app.example@evil.example/callback", "user_info", "https://evil.example/callback"],
  // Hosts.
  ["http://app.example/callback", "http", "https://app.example/callback"],
  ["http://192.168.1.5:8123/callback", "http", "https://192.168.1.5:8123/callback"],
  ["http://localhost.evil.example:3000/callback", "http", "https://localhost.evil.example:3000/callback"],
  ["http://127.0.0.2:3000/", "http", "https://127.0.0.2:3000/"],
  ["http://0.0.0.0:3000/callback", "http", "http://localhost:3000/callback"],
  ["http://localhost/callback", "no_port", "http://localhost:3000/callback"],
  ["http://localhost", "no_port", "http://localhost:3000"],
  ["http://localhost:80/callback", "no_port", "http://localhost:3000/callback"],
  ["http://localhost:/callback", "host", "http://localhost:3000/callback"],
  ["http://127.0.0.1/", "no_port", "http://127.0.0.1:3000/"],
  ["http://[::1]/cb", "no_port", "http://[::1]:3000/cb"],
  ["https://APP.example/callback", "rewritten", "https://app.example/callback"],
  ["http://LOCALHOST:3000/callback", "rewritten", "http://localhost:3000/callback"],
  ["https://exämple.example/callback", "not_ascii", "https://xn--exmple-cua.example/callback"],
  ["https://app.example/café", "not_ascii", "https://app.example/caf%C3%A9"],
  ["https://app.example/cb?x=é", "not_ascii", "https://app.example/cb?x=%C3%A9"],
  ["https://аpp.example/callback", "not_ascii", "https://xn--pp-6kc.example/callback"],
  ["https://app.example./callback", "host", null],
  ["https://.example/", "host", null],
  ["https://app..example/", "host", null],
  ["https://-app.example/", "host", null],
  ["https://app.example:/callback", "host", "https://app.example/callback"],
  ["https://app.example:port/callback", "host", null],
  ["https://[host]/callback", "host", null],
  ["https://<host>/callback", "host", null],
  ["https://{host}/callback", "host", null],
  ["https://app.example:99999/callback", "no_address", null],
  ["https://[::1/callback", "host", null],
  ["https://[1]/", "no_address", null],
  ["http://localhost:0x50/callback", "host", null],
  ["https://0x7f.1/callback", "rewritten", "https://127.0.0.1/callback"],
  ["https://127.1/callback", "rewritten", "https://127.0.0.1/callback"],
  ["https://2130706433/callback", "rewritten", "https://127.0.0.1/callback"],
  ["https://[2001:DB8:0::1]/callback", "rewritten", "https://[2001:db8::1]/callback"],
  ["https://%61pp.example/callback", "rewritten", "https://app.example/callback"],
  // Ports, paths and queries that a browser rewrites.
  ["https://app.example:443/callback", "rewritten", "https://app.example/callback"],
  ["https://app.example:08443/callback", "rewritten", "https://app.example:8443/callback"],
  ["https://app.example/a/../callback", "rewritten", "https://app.example/callback"],
  ["https://app.example/./callback", "rewritten", "https://app.example/callback"],
  ["https://app.example/a/%2e%2e/callback", "rewritten", "https://app.example/callback"],
  ["https://app.example/..", "rewritten", "https://app.example/"],
  ["https://app.example?x=1", "rewritten", "https://app.example/?x=1"],
  ["https://app.example/cb?next=/home", "rewritten", "https://app.example/cb?next=%2Fhome"],
  ["https://app.example/cb?x=a%20b", "rewritten", "https://app.example/cb?x=a+b"],
  ["https://app.example/cb?code=1", "answer_parameter", "https://app.example/cb"],
  ["https://app.example/cb?a=1&state=x", "answer_parameter", "https://app.example/cb?a=1"],
  ["https://app.example/cb?st%61te=x", "answer_parameter", "https://app.example/cb"],
  ["https://app.example/100%", "percent", null],
  ["https://app.example/%zz", "percent", null],
  ["https://app.example/%ff", "percent", null],
  ["https://app.example/%c3%28", "percent", null],
  ["https://app.example/%00", "encoded_control", null],
  ["https://app.example/%0d%0aSet-Cookie:x", "encoded_control", null],
  ["https://app.example/%7F", "encoded_control", null],
  ["https://app.example/[path]", "character", null],
  ["https://app.example/{id}", "character", null],
  ["https://app.example/<path>", "character", null],
  ["https://app.example/a|b", "character", null],
  ["https://app.example/^", "character", null],
  ['https://app.example/"', "character", null],
  ["https://app.example/`", "character", null],
  ["urn:", "urn", null],
  ["urn:x", "urn", null],
  ["urn:x:", "urn", null],
  ["urn:ietf:wg:oauth:2.0:oob?x=1", "urn", null],
  ["urn:-a:b", "urn", null],
];

const refusedForMobile: [typed: string, reason: string, repaired: string | null][] = [
  ["com.example.app:callback", "slashes", "com.example.app:/callback"],
  ["COM.Example.App:/callback", "capital_scheme", "com.example.app:/callback"],
  ["com..app:/callback", "private_use_scheme", null],
  ["com.example.:/callback", "private_use_scheme", null],
  ["com.example.-app:/x", "private_use_scheme", null],
  ["web+com.example:/x", "private_use_scheme", null],
  ["com.example.app://user@host/x", "user_info", "com.example.app://host/x"],
  ["com.example.app:/callback#x", "fragment", "com.example.app:/callback"],
  ["com.example.app:/a/../callback", "rewritten", "com.example.app:/callback"],
  ["com.example.app:/*", "wildcard", null],
  ["myapp:/callback", "scheme", null],
  ["javascript:alert(1)", "scheme", null],
];

const TYPES: ApplicationType[] = ["web", "mobile"];

describe("accepts these reply URLs as they are typed (LEGRAND.md, Registration; RFC 8252)", () => {
  test.each(ACCEPTED)("%s", (url) => {
    for (const type of TYPES) expect(checkReplyUrl(url, type)).toBeNull();
  });

  test.each(ACCEPTED_FOR_MOBILE)("for a mobile application: %s", (url) => {
    expect(checkReplyUrl(url, "mobile")).toBeNull();
    expect(checkReplyUrl(url, "web")).toMatchObject({ reason: "private_use_for_web", repaired: null });
  });
});

describe("refuses these reply URLs with the reason and a likely correction (issue 3, Reply urls)", () => {
  const check = (typed: string, type: ApplicationType, reason: string, repaired: string | null) => {
    expect(checkReplyUrl(typed, type)).toEqual({
      reason,
      repaired,
      message: expect.stringMatching(/^\S.*\.$/s),
    });
  };
  test.each(refused)("%j: %s, %j", (typed, reason, repaired) => check(typed, "web", reason, repaired));
  test.each(refusedForMobile)("for a mobile application %j: %s, %j", (typed, reason, repaired) =>
    check(typed, "mobile", reason, repaired),
  );
});

// Valid and invalid pieces of addresses, combined in any order.
const piece = fc.oneof(
  fc.constantFrom(
    "https://",
    "http://",
    "HTTPS://",
    "https:",
    "//",
    "/",
    "\\",
    ":",
    "@",
    "?",
    "#",
    "&",
    "=",
    "%",
    "%2F",
    "%2e%2e",
    "..",
    ".",
    "*",
    "+",
    " ",
    "\n",
    "\u200b",
    "\u202e",
    "é",
    "x=1",
    "code=",
    "[::1]",
    "[",
    "]",
    "{",
    "'",
    "~",
    "!",
    "localhost",
    "localhost:3000",
    "127.0.0.1",
    "app.example",
    "APP.Example",
    "exämple",
    "com.example.app",
    "urn:",
    "urn:a:b",
    `msal${GUID}://`,
    "javascript:",
    "data:",
    ":443",
    ":80",
    ":8443",
    "callback",
    "0x7f.1",
    "xn--a",
  ),
  fc.string({ unit: "binary", maxLength: 3 }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.webPath(),
  fc.webQueryParameters(),
  fc.domain(),
);
const anything = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
  fc
    .constantFrom(...ACCEPTED, ...ACCEPTED_FOR_MOBILE, ...refused.map(([typed]) => typed))
    .chain((url) =>
      fc
        .tuple(fc.constant(url), fc.nat(url.length), piece, fc.nat(2))
        .map(([text, at, inserted, cut]) => text.slice(0, at) + inserted + text.slice(at + cut)),
    ),
);
const anyType = fc.constantFrom(...TYPES);
const RUNS = { numRuns: 20_000 };

// The library's own function that builds the redirect address. The library has no types for this file.
const LIBRARY: string = import.meta.resolve("oidc-provider").replace(/index\.js$/, "helpers/redirect_uri.js");
const { default: redirectUri } = (await import(LIBRARY)) as {
  default: (uri: string, payload: Record<string, string>, mode: string) => string;
};

/** Where the authorization server sends the browser. */
const locationOf = (replyUrl: string) =>
  redirectUri(replyUrl, { code: "abc", state: "s t", iss: "https://issuer.example/legrand" }, "query");

describe("for any input", () => {
  test("an accepted URL is one line of printable ASCII without fragment, wildcard or user, and the redirect uses it byte for byte", () => {
    let accepted = 0;
    fc.assert(
      fc.property(anything, anyType, (url, type) => {
        if (checkReplyUrl(url, type)) return;
        accepted++;
        expect(url).toMatch(
          /^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d|urn:|msal[\da-f-]{36}:\/\/|[a-z\d-]+(?:\.[a-z\d-]+)+:\/)[\x21-\x7e]*$/,
        );
        expect(url).not.toMatch(/[#*\\]|^\w+:\/\/[^/?]*@/);
        expect(url.length).toBeLessThanOrEqual(REPLY_URL_MAX_LENGTH);
        expect(locationOf(url).startsWith(url)).toBe(true);
        expect(new URL(locationOf(url)).searchParams.get("code")).toBe("abc");
      }),
      RUNS,
    );
    expect(accepted).toBeGreaterThan(500);
  });

  test("the suggested URL is itself accepted, so that one click is enough", () => {
    let repaired = 0;
    fc.assert(
      fc.property(anything, anyType, (url, type) => {
        const problem = checkReplyUrl(url, type);
        if (!problem?.repaired) return;
        repaired++;
        expect(problem.repaired).not.toBe(url);
        expect(checkReplyUrl(problem.repaired, type)).toBeNull();
      }),
      RUNS,
    );
    expect(repaired).toBeGreaterThan(500);
  });

  test("is checked at once, however long it is", () => {
    for (const part of [
      "a",
      "https://",
      "/",
      "%",
      "a.",
      ":",
      " ",
      "<",
      "\\",
      "a:",
      "[",
      "é",
      "?",
      "x=1&",
      "-",
      "@",
    ]) {
      // Takes the fastest of three runs, so that a briefly busy machine does not fail the test.
      const times = [1, 2, 3].map(() => {
        const begin = performance.now();
        checkReplyUrl(part.repeat(200_000 / part.length), "mobile");
        checkReplyUrl(`https://${part.repeat(1_990 / part.length)}`, "mobile");
        return performance.now() - begin;
      });
      expect(Math.min(...times)).toBeLessThan(200);
    }
  });
});

describe("an authorization request must match a registered reply URL byte for byte (Legrand, EXACT)", () => {
  test("one byte more, less or different does not match", () => {
    fc.assert(
      fc.property(anything, fc.nat(), fc.integer({ min: 0x01, max: 0xff }), (url, at, byte) => {
        if (checkReplyUrl(url, "mobile")) return;
        const index = at % (url.length + 1);
        const character = String.fromCharCode(byte);
        const others = [
          url.slice(0, index) + character + url.slice(index),
          url.slice(0, index) + url.slice(index + 1),
          url.slice(0, index) + character + url.slice(index + 1),
        ];
        for (const other of others) expect(matchesReplyUrl([url], other)).toBe(other === url);
        for (const similar of [
          url.toUpperCase(),
          `${url}/`,
          encodeURI(url),
          decodeURIComponent(url),
          new URL(url).href,
        ])
          expect(matchesReplyUrl([url], similar)).toBe(similar === url);
      }),
      RUNS,
    );
  });
});

describe("the reply URLs of one application are checked together", () => {
  test("refuses an exact repetition at its second occurrence", () => {
    const { problems } = checkReplyUrls(
      ["https://app.example/a", "https://app.example/b", "https://app.example/a"],
      "web",
    );
    expect(problems).toEqual([
      null,
      null,
      { reason: "duplicate", message: expect.any(String), repaired: null },
    ]);
  });

  test.each([
    [["https://app.example/a", "https://app.example/a/"], /trailing slash/],
    [["https://app.example", "https://app.example/"], /trailing slash/],
    [["https://app.example/a?x=1", "https://app.example/a/?x=1"], /trailing slash/],
    [["https://app.example/a", "https://app.example/A"], /capital and small/],
    [["https://app.example", "https://app.example/a"], /has no trailing slash/],
    [["urn:ietf:wg:oauth:2.0:oob", "https://app.example/a"], /A browser cannot open/],
  ])("adds a note without refusing: %j", (urls, note) => {
    expect(checkReplyUrls(urls, "web")).toEqual({
      problems: [null, null],
      notes: [expect.stringMatching(note)],
    });
  });

  test("notes nothing for two clearly different URLs, nor for a repetition", () => {
    expect(checkReplyUrls(["https://app.example/a", "https://app.example/b"], "web").notes).toEqual([]);
    expect(checkReplyUrls(["https://app.example/a", "https://app.example/a"], "web").notes).toEqual([]);
    expect(checkReplyUrls(["http://app.example/a", "http://app.example/a/"], "web").notes).toEqual([]);
  });
});
