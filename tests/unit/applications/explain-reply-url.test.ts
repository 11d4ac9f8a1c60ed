import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { explainReplyUrl } from "#lib/legrand/reply-urls/explain-reply-url.ts";
import type { MarkedUrl } from "#lib/legrand/reply-urls/mark-url.ts";

const REGISTERED = "https://app.example/callback";
const WEBSITE = "https://site.example/";

const explain = (sent: string, ...replyUrls: string[]) => explainReplyUrl(sent, { replyUrls, url: WEBSITE });

/** Returns the URL with its marked pieces in brackets. */
const mark = ({ pieces }: MarkedUrl) =>
  pieces.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join("");

describe("names every part that differs (LEGRAND.md: its most frequent complaint)", () => {
  test.each<[sent: string, registered: string, differences: string[]]>([
    [
      "https://app.example/callback/",
      "https://app.example/callback",
      ["Slash: What was sent has an extra trailing slash."],
    ],
    [
      "https://app.example/callback",
      "https://app.example/callback/",
      ["Slash: What was sent lacks the trailing slash."],
    ],
    ["https://app.example", "https://app.example/", ["Slash: What was sent lacks the trailing slash."]],
    ["https://app.example/", "https://app.example", ["Slash: What was sent has an extra trailing slash."]],
    [
      "https://app.example/callback//",
      "https://app.example/callback",
      ["Slash: What was sent ends with 2 extra slashes."],
    ],
    [
      "https://app.example/callback//",
      "https://app.example/callback/",
      ["Slash: What was sent ends with 2 slashes; registered is 1."],
    ],
    [
      "https://https://app.example/callback",
      "https://app.example/callback",
      ["Scheme: The scheme appears twice."],
    ],
    [
      "http://https://app.example/callback",
      "https://app.example/callback",
      ["Scheme: The scheme appears twice."],
    ],
    [
      "HTTPS://http://app.example/callback",
      "https://app.example/callback",
      ["Scheme: The scheme appears twice.", "Scheme: The scheme is http; registered is https."],
    ],
    [
      "https:https://app.example/callback",
      "https://app.example/callback",
      ["Scheme: The scheme appears twice."],
    ],
    [
      " https://app.example/callback",
      "https://app.example/callback",
      ["White space: There is white space around the URL."],
    ],
    [
      "https://app.example/callback\n",
      "https://app.example/callback",
      ["White space: There is white space around the URL."],
    ],
    [
      "https://app.example/callback ",
      "https://app.example/callback",
      ["White space: There is white space around the URL."],
    ],
    [
      "https://app.example/call back",
      "https://app.example/call%20back",
      ["White space: There is white space inside the URL."],
    ],
    [
      "https://app.example/call back",
      "https://app.example/callback",
      ["White space: There is white space inside the URL."],
    ],
    [
      '"https://app.example/callback"',
      "https://app.example/callback",
      ["Quotation marks: There are quotation marks or brackets around the URL."],
    ],
    [
      "<https://app.example/callback>",
      "https://app.example/callback",
      ["Quotation marks: There are quotation marks or brackets around the URL."],
    ],
    [
      "https://app.example/call\u200bback",
      "https://app.example/callback",
      ["Invisible character: There is an invisible character in the URL: U+200B."],
    ],
    [
      "\ufeffhttps://app.example/callback",
      "https://app.example/callback",
      ["White space: There is white space around the URL."],
    ],
    [
      "https%3A%2F%2Fapp.example%2Fcallback",
      "https://app.example/callback",
      ["Encoding: The whole URL is percent-encoded, so it was encoded twice in the request."],
    ],
    [
      "https%3A%2F%2Fapp.example%2Fcallback%2F",
      "https://app.example/callback",
      [
        "Encoding: The whole URL is percent-encoded, so it was encoded twice in the request.",
        "Slash: What was sent has an extra trailing slash.",
      ],
    ],
    [
      "https://app.example/cb?from=legrand&amp;x=1",
      "https://app.example/cb?from=legrand&x=1",
      ["Encoding: The URL is escaped for HTML: it has &amp; where & is meant."],
    ],
    [
      "https://app.example/callback#top",
      "https://app.example/callback",
      ["Fragment: A reply URL must not have a fragment: remove everything from # on."],
    ],
    [
      "https://app.example/callback#",
      "https://app.example/callback",
      ["Fragment: A reply URL must not have a fragment: remove everything from # on."],
    ],
    [
      "https://app.example/Callback",
      "https://app.example/callback",
      ["Case: Capital and small letters differ in the path, and the comparison is case-sensitive."],
    ],
    [
      "https://APP.example/callback",
      "https://app.example/callback",
      ["Case: Capital and small letters differ in the host, and the comparison is case-sensitive."],
    ],
    [
      "HTTPS://app.example/callback",
      "https://app.example/callback",
      ["Case: Capital and small letters differ in the scheme, and the comparison is case-sensitive."],
    ],
    [
      "https://App.Example/CallBack",
      "https://app.example/callback",
      [
        "Case: Capital and small letters differ in the host, and the comparison is case-sensitive.",
        "Case: Capital and small letters differ in the path, and the comparison is case-sensitive.",
      ],
    ],
    [
      "http://app.example/callback",
      "https://app.example/callback",
      ["Scheme: The scheme is http; registered is https."],
    ],
    [
      "https://localhost:3000/callback",
      "http://localhost:3000/callback",
      ["Scheme: The scheme is https; registered is http."],
    ],
    [
      "ftp://app.example/callback",
      "https://app.example/callback",
      ["Scheme: The scheme is ftp; registered is https."],
    ],
    [
      "https://other.example/callback",
      "https://app.example/callback",
      ["Host: The host is other.example; registered is app.example."],
    ],
    [
      "http://127.0.0.1:3000/callback",
      "http://localhost:3000/callback",
      [
        "Host: The host is 127.0.0.1; registered is localhost. They are different addresses, even on one machine.",
      ],
    ],
    [
      "http://[::1]:3000/callback",
      "http://localhost:3000/callback",
      [
        "Host: The host is [::1]; registered is localhost. They are different addresses, even on one machine.",
      ],
    ],
    [
      "http://0.0.0.0:3000/callback",
      "http://localhost:3000/callback",
      [
        "Host: The host is 0.0.0.0; registered is localhost. They are different addresses, even on one machine.",
      ],
    ],
    [
      "http://127.0.0.1:3000/callback/",
      "http://localhost:3000/callback",
      [
        "Host: The host is 127.0.0.1; registered is localhost. They are different addresses, even on one machine.",
        "Slash: What was sent has an extra trailing slash.",
      ],
    ],
    [
      "https://www.app.example/callback",
      "https://app.example/callback",
      [
        "Host: The host is www.app.example; registered is app.example. They are different hosts, even on one server.",
      ],
    ],
    [
      "https://example.com/callback",
      "https://www.example.com/callback",
      [
        "Host: The host is example.com; registered is www.example.com. They are different hosts, even on one server.",
      ],
    ],
    [
      "https://api.app.example/callback",
      "https://app.example/callback",
      [
        "Host: The host is api.app.example; registered is app.example. A subdomain needs a reply URL of its own.",
      ],
    ],
    [
      "https://example.com/cb",
      "https://app.example.com/cb",
      ["Host: The host is example.com; registered is app.example.com. The subdomain is missing."],
    ],
    [
      "https://app.example./callback",
      "https://app.example/callback",
      ["Host: The host is app.example.; registered is app.example. The sent one ends with a dot."],
    ],
    [
      "https://app.example.evil.test/callback",
      "https://app.example/callback",
      [
        "Host: The host is app.example.evil.test; registered is app.example. It only begins like the registered one.",
      ],
    ],
    [
      "https://app.example@evil.test/callback",
      "https://app.example/callback",
      [
        "User name: What was sent has a user name in front of @. The host is what follows: evil.test.",
        "Host: The host is evil.test; registered is app.example.",
      ],
    ],
    [
      "https://user:pass@app.example/callback",
      "https://app.example/callback",
      ["User name: What was sent has a user name in front of @. The host is what follows: app.example."],
    ],
    [
      "https://\u0430pp.example/callback",
      "https://app.example/callback",
      [
        "Host: The host is \u0430pp.example (xn--pp-6kc.example); registered is app.example. The two look alike and belong to different owners.",
      ],
    ],
    [
      "https://xn--pp-7kc.example/callback",
      "https://app.example/callback",
      ["Host: The host is p\u0430p.example (xn--pp-7kc.example); registered is app.example."],
    ],
    [
      "https://bücher.example/cb",
      "https://xn--bcher-kva.example/cb",
      [
        "Encoding: The host is the same name with its own letters in one and as punycode (xn--) in the other. Only punycode can be registered.",
      ],
    ],
    [
      "https://p\u0430ypal.example/cb",
      "https://shop.example/cb",
      ["Host: The host is p\u0430ypal.example (xn--pypal-4ve.example); registered is shop.example."],
    ],
    [
      "https://rnodern.example/cb",
      "https://modern.example/cb",
      [
        "Host: The host is rnodern.example; registered is modern.example. The two look alike and belong to different owners.",
      ],
    ],
    [
      "https://app1.example/cb",
      "https://appl.example/cb",
      [
        "Host: The host is app1.example; registered is appl.example. The two look alike and belong to different owners.",
      ],
    ],
    [
      "https://app.exmaple/callback",
      "https://app.example/callback",
      ["Host: The host is app.exmaple; registered is app.example."],
    ],
    [
      "https://app.example:8443/callback",
      "https://app.example/callback",
      ["Port: The port is 8443; registered is 443 (by default)."],
    ],
    [
      "http://localhost:3001/callback",
      "http://localhost:3000/callback",
      ["Port: The port is 3001; registered is 3000."],
    ],
    [
      "http://localhost/callback",
      "http://localhost:3000/callback",
      ["Port: The port is 80 (by default); registered is 3000."],
    ],
    [
      "https://app.example:443/callback",
      "https://app.example/callback",
      [
        "Port: The default port 443 is written, and the registered URL leaves it out. The comparison does not know default ports.",
      ],
    ],
    [
      "https://app.example/callback",
      "https://app.example:443/callback",
      [
        "Port: The port is not written; registered is the default port 443. The comparison does not know default ports.",
      ],
    ],
    ["http://[::1]:3001/cb", "http://[::1]:3000/cb", ["Port: The port is 3001; registered is 3000."]],
    [
      "https://app.example/call%62ack",
      "https://app.example/callback",
      [
        "Encoding: A character is percent-encoded in one and not in the other; the comparison does not decode them.",
      ],
    ],
    [
      "https://app.example/caf%c3%a9",
      "https://app.example/caf%C3%A9",
      [
        "Encoding: The percent-encoding differs in capital and small letters, such as %c3 and %C3, and the comparison is case-sensitive.",
      ],
    ],
    [
      "https://app.example/café",
      "https://app.example/caf%C3%A9",
      [
        "Encoding: A character is percent-encoded in one and not in the other; the comparison does not decode them.",
      ],
    ],
    [
      "https://app.example/cafe%CC%81",
      "https://app.example/caf%C3%A9",
      [
        "Encoding: An accented letter is one character in one and a letter with a separate accent in the other (Unicode normalization).",
      ],
    ],
    [
      "https://app.example/a%2520b",
      "https://app.example/a%20b",
      ["Encoding: A percent sign was encoded again: what was sent has %25 where % is registered."],
    ],
    [
      "https://app.example%2Fcallback",
      "https://app.example/callback",
      [
        "Host: The host is app.example%2Fcallback; registered is app.example. A character after the host was percent-encoded.",
        "Path: The path is empty; registered is /callback.",
      ],
    ],
    [
      "https://app.example/elsewhere",
      "https://app.example/callback",
      ["Path: The path is /elsewhere; registered is /callback."],
    ],
    [
      "https://app.example//callback",
      "https://app.example/callback",
      ["Path: The path is //callback; registered is /callback. A slash is doubled."],
    ],
    [
      "https://app.example/x/../callback",
      "https://app.example/callback",
      [
        "Path: The path is /x/../callback; registered is /callback. Dot segments are not resolved before the comparison.",
      ],
    ],
    [
      "https://app.example\\callback",
      "https://app.example/callback",
      ["Path: The path is \\callback; registered is /callback. A backslash is not a slash."],
    ],
    [
      "https://app.example/auth/callback",
      "https://app.example/callback",
      [
        "Path: The path is /auth/callback; registered is /callback. What was sent has the extra segment auth.",
      ],
    ],
    [
      "https://app.example/callback",
      "https://app.example/auth/callback",
      ["Path: The path is /callback; registered is /auth/callback. The segment auth is missing."],
    ],
    [
      "https://app.example/*",
      "https://app.example/callback",
      ["Path: The path is /*; registered is /callback. Wildcards are not allowed."],
    ],
    [
      "https://app.example/{tenant}/callback",
      "https://app.example/callback",
      ["Path: The path is /{tenant}/callback; registered is /callback. A placeholder was not filled in."],
    ],
    [
      "https://app.example",
      "https://app.example/callback",
      ["Path: The path is empty; registered is /callback."],
    ],
    [
      "https://app.example/callback?from=legrand",
      "https://app.example/callback",
      ["Query: The query differs: ?from=legrand is not registered. The query is part of the reply URL."],
    ],
    [
      "https://app.example/cb",
      "https://app.example/cb?from=legrand&x=1",
      [
        "Query: The query differs: the registered ?from=legrand&x=1 is missing. The query is part of the reply URL.",
      ],
    ],
    [
      "https://app.example/cb?x=1&from=legrand",
      "https://app.example/cb?from=legrand&x=1",
      ["Query: The query differs: it has the same parameters in another order."],
    ],
    [
      "https://app.example/cb?from=other&x=1",
      "https://app.example/cb?from=legrand&x=1",
      ["Query: The query differs: it is ?from=other&x=1; registered is ?from=legrand&x=1."],
    ],
    [
      "https://app.example/cb?from=legrand",
      "https://app.example/cb?from=legrand&x=1",
      ["Query: The query differs: the registered x=1 is missing."],
    ],
    [
      "https://app.example/cb?from=legrand&x=1&y=2",
      "https://app.example/cb?from=legrand&x=1",
      ["Query: The query differs: y=2 is not registered."],
    ],
    [
      "https://app.example/cb?from=legrand&x=1&",
      "https://app.example/cb?from=legrand&x=1",
      ["Query: The query differs: an empty parameter is not registered."],
    ],
    [
      "https://app.example/callback?",
      "https://app.example/callback",
      ["Query: What was sent ends with a question mark that is not registered."],
    ],
    [
      "https://app.example/cb?n=a+b",
      "https://app.example/cb?n=a%20b",
      ["Encoding: A space is written as + in one and as %20 in the other."],
    ],
    [
      "https://app.example/callback?state=x&code=y",
      "https://app.example/callback",
      ["Query: The query differs: ?state=x&code=y is not registered. The query is part of the reply URL."],
    ],
    [
      "https://app.example/cb?FROM=legrand&x=1",
      "https://app.example/cb?from=legrand&x=1",
      ["Case: Capital and small letters differ in the query, and the comparison is case-sensitive."],
    ],
    [
      "app.example/callback",
      "https://app.example/callback",
      ["Scheme: What was sent is not a complete address: https:// is missing at the start."],
    ],
    [
      "localhost:3000/callback",
      "http://localhost:3000/callback",
      ["Scheme: What was sent is not a complete address: http:// is missing at the start."],
    ],
    [
      "//app.example/callback",
      "https://app.example/callback",
      ["Scheme: What was sent is not a complete address: https:// is missing at the start."],
    ],
    [
      "/callback",
      "https://app.example/callback",
      ["URL: What was sent is not a complete address: it must start with https:// and a host."],
    ],
    [
      "callback",
      "https://app.example/callback",
      ["URL: What was sent is not a complete address: it must start with https:// and a host."],
    ],
    ["", "https://app.example/callback", ["URL: What was sent is empty."]],
    [
      "https:/app.example/callback",
      "https://app.example/callback",
      ["Slashes: After https comes ://, and what was sent has :/."],
    ],
    [
      "https:app.example/callback",
      "https://app.example/callback",
      ["Slashes: After https comes ://, and what was sent has :."],
    ],
    [
      "https:\\\\app.example\\callback",
      "https://app.example/callback",
      [
        "Slashes: After https comes ://, and what was sent has :\\\\.",
        "Path: The path is \\callback; registered is /callback. A backslash is not a slash.",
      ],
    ],
    [
      "https:///app.example/callback",
      "https://app.example/callback",
      ["Slashes: After https comes ://, and what was sent has :///."],
    ],
    [
      "urn:ietf:wg:oauth:2.0:oob",
      "https://app.example/callback",
      ["Scheme: The scheme is urn; registered is https."],
    ],
    [
      "javascript:alert(1)//",
      "https://app.example/callback",
      ["Scheme: The scheme is javascript; registered is https."],
    ],
    [
      "data:text/html,x",
      "https://app.example/callback",
      ["Scheme: The scheme is data; registered is https."],
    ],
    ["msalabc://auth", "msalabd://auth", ["Scheme: The scheme is msalabc; registered is msalabd."]],
    [
      "com.example.app://callback",
      "com.example.app:/callback",
      [
        "Slashes: After com.example.app: the number of slashes differs; it must match character by character.",
      ],
    ],
    [
      "com.example.app:/Callback",
      "com.example.app:/callback",
      ["Case: Capital and small letters differ in the path, and the comparison is case-sensitive."],
    ],
    [
      "com.example.other:/callback",
      "com.example.app:/callback",
      ["Scheme: The scheme is com.example.other; registered is com.example.app."],
    ],
    [
      "com.example.app:/callback",
      "https://app.example/callback",
      ["Scheme: The scheme is com.example.app; registered is https."],
    ],
    [
      "/callback",
      "com.example.app:/callback",
      ["URL: What was sent is not a complete address: it must start with com.example.app:."],
    ],
    [
      "https://site.example/",
      "https://app.example/callback",
      [
        "Host: The host is site.example; registered is app.example.",
        "Path: The path is /; registered is /callback.",
      ],
    ],
    [
      "https://site.example",
      "https://app.example/callback",
      [
        "Host: The host is site.example; registered is app.example.",
        "Path: The path is empty; registered is /callback.",
      ],
    ],
    [
      `https://app.example/${"a".repeat(2_000)}`,
      "https://app.example/callback",
      [
        "Length: What was sent has 2,020 characters. Only the first 2,000 are compared.",
        "Path: The path is /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u2026aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; registered is /callback.",
      ],
    ],
    [
      "https://",
      "https://app.example/callback",
      [
        "Host: The host is missing; registered is app.example.",
        "Path: The path is empty; registered is /callback.",
      ],
    ],
    [
      "https://app.example:/callback",
      "https://app.example/callback",
      ["Port: What was sent has a colon without a port."],
    ],
  ])("%j instead of %j", (sent, registered, differences) => {
    const explained = explain(sent, registered);
    expect(explained.nearest?.url).toBe(registered);
    expect(explained.differences.map(({ part, sentence }) => `${part}: ${sentence}`)).toEqual(differences);
  });
});

describe("marks the characters that differ", () => {
  test.each<[sent: string, registered: string]>([
    ["https://app.example/callback[/]", "https://app.example/callback"],
    ["http://[127.0.0.1]:8080/callback[/]", "http://[localhost]:8080/callback"],
    ["https://app.example/[C]allback", "https://app.example/[c]allback"],
    ["http://app.example/callback", "http[s]://app.example/callback"],
    ["https://[api.]app.example/callback", "https://app.example/callback"],
    ["https://app.example[.evil.test]/callback", "https://app.example/callback"],
    ["https://app.example[:8443]/callback", "https://app.example/callback"],
    ["https://app.example[/auth]/callback", "https://app.example/callback"],
    ["[https://]https://app.example/callback", "https://app.example/callback"],
    ["[ ]https://app.example/callback[/]", "https://app.example/callback"],
    ["https://app.example/cb?from=[other]&x=1", "https://app.example/cb?from=[legrand]&x=1"],
    ["https://app.example/call[%62]ack", "https://app.example/call[b]ack"],
    ["https[%3A%2F%2F]app.example[%2F]callback", "https://app.example/callback"],
    ["/callback", "[https://app.example]/callback"],
    ["http://[lompada.test]:3000/callback", "http://[localhost]:3000/callback"],
    ["https://app.example/[elsewhere]", "https://app.example/[callback]"],
    ["https://[other].example/callback", "https://[app].example/callback"],
  ])("%s instead of %s", (markedSent, markedRegistered) => {
    const [sent, registered] = [markedSent, markedRegistered].map((text) => text.replace(/[[\]]/g, "")) as [
      string,
      string,
    ];
    const explained = explain(sent, registered);
    expect([mark(explained.sent), mark(explained.nearest!)]).toEqual([markedSent, markedRegistered]);
  });

  test("and a slash behind a query is named as one", () => {
    expect(explain(`${REGISTERED}?a=1/`, `${REGISTERED}?a=1`).differences).toEqual([
      { part: "Slash", sentence: "What was sent has an extra trailing slash." },
    ]);
    expect(explain(`${REGISTERED}?a=1`, `${REGISTERED}?a=1/`).differences).toEqual([
      { part: "Slash", sentence: "What was sent lacks the trailing slash." },
    ]);
  });

  test("and shows an invisible one by its code", () => {
    expect(mark(explain("https://app.example/call\u200bback", REGISTERED).sent)).toBe(
      "https://app.example/call[[U+200B]]back",
    );
  });
});

describe("names the usual cause and what to do", () => {
  test.each<[sent: string, registered: string, cause: RegExp | null]>([
    ["https://site.example/", REGISTERED, /application’s Url, which is its web site/],
    ["https://site.example", REGISTERED, /application’s Url, which is its web site/],
    ["http://https://app.example/callback", REGISTERED, /base URL that already has one/],
    ["https%3A%2F%2Fapp.example%2Fcallback", REGISTERED, /Encode it once/],
    [`${REGISTERED}?a=1&amp;b=2`, `${REGISTERED}?a=1&b=2`, /copied from the source of a page/],
    ["https://app.example/{tenant}", REGISTERED, /template or a variable/],
    [`${REGISTERED}?state=x`, REGISTERED, /parameters of an earlier answer/],
    ["http://127.0.0.1:3000/cb", "http://localhost:3000/cb", /Development servers print one name/],
    ["http://app.example/callback", REGISTERED, /X-Forwarded-Proto/],
    ["https://localhost:3000/cb", "http://localhost:3000/cb", /configured for https/],
    ["http://localhost:3001/cb", "http://localhost:3000/cb", /takes the next port/],
    ["http://localhost:3000/callback", REGISTERED, /for development and the other for the public site/],
    [`${REGISTERED}/`, REGISTERED, /add a slash at the end/],
    ["https://app.example/elsewhere", REGISTERED, null],
  ])("%j instead of %j", (sent, registered, cause) => {
    const found = explain(sent, registered).cause;
    if (cause) expect(found).toMatch(cause);
    else expect(found).toBeNull();
  });
});

describe("warns of a link that may be an attack", () => {
  test.each<[sent: string, warning: RegExp]>([
    ["javascript:alert(1)//", /starts with javascript:/],
    [" JavaScript:alert(1)", /starts with javascript:/],
    ["data:text/html,x", /starts with data:/],
    ["https://\u0430pp.example/callback", /xn--pp-6kc\.example\) looks like app\.example/],
    ["https://xn--pp-6kc.example/callback", /looks like app\.example/],
    ["https://\u0430nother.test/callback", /mixes letters of several scripts/],
    ["https://app.exmaple/callback", /spelled almost like app\.example/],
    ["https://evil.test/callback", /No registered address of this application has the host evil\.test/],
    ["https://app.example@evil.test/callback", /the host evil\.test/],
    ["https://app.example.evil.test/callback", /the host app\.example\.evil\.test/],
    ["https://com/callback", /the host com/],
  ])("%j", (sent, warning) => {
    expect(explain(sent, REGISTERED).warning).toMatch(warning);
  });

  test.each([
    `${REGISTERED}/`,
    "https://app.example:8443/callback",
    "https://www.app.example/callback",
    "https://site.example/callback",
    "http://localhost:3000/callback",
    "https://https://app.example/callback",
    "com.example.app:/callback",
    "/callback",
    "",
  ])("but not of %j", (sent) => {
    expect(explain(sent, REGISTERED).warning).toBeNull();
  });
});

describe("compares with the nearest registered URL, part by part and not by prefix", () => {
  const registered = [
    "https://app.example/callback",
    "https://app.example/api/auth/callback/legrand",
    "http://localhost:3000/callback",
    "https://staging.app.example/callback?from=legrand",
  ];
  test.each([
    ["http://localhost:3000/callback/", "http://localhost:3000/callback"],
    ["http://127.0.0.1:3000/callback", "http://localhost:3000/callback"],
    ["http://localhost:3001/api/auth/callback/legrand", "http://localhost:3000/callback"],
    ["https://app.example/api/auth/callback/legrand/", "https://app.example/api/auth/callback/legrand"],
    ["https://app.example/api/auth/callback", "https://app.example/api/auth/callback/legrand"],
    ["https://https://app.example/callback", "https://app.example/callback"],
    ["https://staging.app.example/callback", "https://staging.app.example/callback?from=legrand"],
    ["app.example/callback", "https://app.example/callback"],
  ])("%s is nearest to %s", (sent, nearest) => {
    expect(explain(sent, ...registered).nearest?.url).toBe(nearest);
  });
});

test("says so if no URL is registered", () => {
  expect(explain(REGISTERED)).toMatchObject({
    nearest: null,
    differences: [{ part: "URL", sentence: "No reply URL is registered for this application." }],
  });
});

test("never throws, has a sentence for each difference, and keeps every character, for any input", () => {
  const address = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.constantFrom("https://%", "http://[", "https://a/%zz", "https%3A%", "https:https:", '"', "&amp;"),
  );
  fc.assert(
    fc.property(
      address,
      fc.array(fc.oneof(fc.webUrl(), fc.string()), { maxLength: 10 }),
      (sent, registered) => {
        fc.pre(!registered.includes(sent));
        const { nearest, differences, ...explained } = explain(sent, ...registered);
        expect(nearest === null || registered.includes(nearest.url)).toBe(true);
        expect(differences.length).toBeGreaterThan(0);
        for (const { sentence } of differences) expect(sentence).toMatch(/\.$/);
        const unmarked = ({ pieces }: MarkedUrl) => pieces.map(({ text }) => text).join("");
        if (!/[^\x20-\x7e]/.test(sent)) expect(unmarked(explained.sent)).toBe(sent);
        if (nearest && !/[^\x20-\x7e]/.test(nearest.url)) expect(unmarked(nearest)).toBe(nearest.url);
      },
    ),
  );
});

test("explains an address of 100 kB at once, and says that it is compared in part", () => {
  const begin = performance.now();
  const { differences } = explain(
    `https://app.example/${"a".repeat(100_000)}`,
    ...Array.from({ length: 10 }, (_, i) => `https://app.example/${"a".repeat(1_900)}${i}`),
  );
  expect(performance.now() - begin).toBeLessThan(1_000);
  expect(differences[0]!.sentence).toBe(
    "What was sent has 100,020 characters. Only the first 2,000 are compared.",
  );
});
