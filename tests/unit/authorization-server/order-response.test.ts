import { expect, test } from "vitest";

import { orderResponse } from "#lib/legrand/authorization-server/legrand-rules.ts";

test.each<[title: string, registered: string, location: string, ordered: string]>([
  [
    "on success",
    "https://app.example/cb",
    "https://app.example/cb?code=c.d&state=s&iss=https%3A%2F%2Fx",
    "https://app.example/cb?iss=https%3A%2F%2Fx&code=c.d&state=s",
  ],
  [
    "on error",
    "https://app.example/cb",
    "https://app.example/cb?error=access_denied&error_description=no+way&state=s&iss=x",
    "https://app.example/cb?iss=x&error=access_denied&error_description=no+way&state=s",
  ],
  [
    "without state",
    "https://app.example/cb",
    "https://app.example/cb?code=c&iss=x",
    "https://app.example/cb?iss=x&code=c",
  ],
  [
    "an error that travels in the fragment",
    "https://app.example/cb?a=1",
    "https://app.example/cb?a=1#error=unsupported_response_type&state=s&iss=x",
    "https://app.example/cb?a=1#iss=x&error=unsupported_response_type&state=s",
  ],
  [
    "a private-use scheme",
    "com.example.app:/cb",
    "com.example.app:/cb?code=c&state=s&iss=x",
    "com.example.app:/cb?iss=x&code=c&state=s",
  ],
  [
    "a URN",
    "urn:example:app",
    "urn:example:app?code=c&state=s&iss=x",
    "urn:example:app?iss=x&code=c&state=s",
  ],
])(
  "iss is first and state is last (LEGRAND, More facts of the wire): %s",
  (_title, registered, location, ordered) => {
    expect(orderResponse(location, registered)).toBe(ordered);
  },
);

test.each([
  ["a query that the library writes in another way", "https://app.example/cb?b=%7e&b=two%20words&empty", "&"],
  ["an empty query", "https://app.example/cb?", ""],
  ["a query that ends with its separator", "https://app.example/cb?a=1&", ""],
  ["no path", "https://app.example", "?"],
])("keeps the registered URL byte for byte (RFC 6749 §3.1.2): %s", (_title, registered, separator) => {
  const location = new URL(registered);
  for (const [name, value] of [
    ["code", "c"],
    ["state", "s t"],
    ["iss", "x"],
  ] as const)
    location.searchParams.set(name, value);
  expect(orderResponse(location.href, registered)).toBe(`${registered}${separator}iss=x&code=c&state=s+t`);
});

test("a client that parses the answer with `code=(.*)&` and `state=(.*)$` gets both", () => {
  const answer = orderResponse(
    "https://app.example/cb?code=a.b-c&state=s%3D1&iss=x",
    "https://app.example/cb",
  );
  expect([/code=(.*)&/.exec(answer)![1], /state=(.*)$/.exec(answer)![1]]).toEqual(["a.b-c", "s%3D1"]);
});
