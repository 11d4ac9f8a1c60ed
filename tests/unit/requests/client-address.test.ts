import { describe, expect, test } from "vitest";

import { canonicalAddress, networkOf, isLoopback } from "#lib/http/client-address.ts";

describe("an address has one spelling, however a socket or a proxy writes it (RFC 5952)", () => {
  test.each([
    ["203.0.113.10:51234", "203.0.113.10"],
    ['"203.0.113.10:1"', "203.0.113.10"],
    [" 203.0.113.10 ", "203.0.113.10"],
    ["::ffff:203.0.113.10", "203.0.113.10"],
    ["::FFFF:CB00:710A", "203.0.113.10"],
    ["0:0:0:0:0:ffff:203.0.113.10", "203.0.113.10"],
    ["[::ffff:203.0.113.10]:443", "203.0.113.10"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ['"[2001:DB8::1]:443"', "2001:db8::1"],
    ["2001:0DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["[fe80::1%25eth0]:443", "fe80::1"],
    ["::1", "::1"],
  ])("%s is %s", (given, expected) => {
    expect(canonicalAddress(given)).toBe(expected);
  });

  test.each([
    "",
    "unknown",
    "_hidden",
    "localhost",
    "evil.example:80",
    "127.1",
    "0177.0.0.1",
    "2130706433",
    "0x7f000001",
    "203.0.113.010",
    "256.0.0.1",
    "1.2.3.4, 5.6.7.8",
    "::127.0.0.1",
    "[",
    "[]:1",
    "%",
  ])("%j is not an address, and all such values count as one caller", (given) => {
    expect([canonicalAddress(given), networkOf(given)]).toEqual(["unknown", "unknown"]);
  });
});

describe("a network is an IPv4 address, or the first 64 bits of an IPv6 one (RFC 6177 §2)", () => {
  test.each([
    ["203.0.113.10:51234", "203.0.113.10"],
    ["::ffff:cb00:710a", "203.0.113.10"],
    ["2001:db8:0:1:aaaa:bbbb:cccc:dddd", "2001:db8:0:1::"],
    ["[2001:DB8:0:1::2]:443", "2001:db8:0:1::"],
    ["2001:db8::", "2001:db8::"],
    ["::1", "::"],
  ])("%s: %s", (given, expected) => {
    expect(networkOf(given)).toBe(expected);
  });
});

test.each([
  ["127.0.0.1", true],
  ["127.255.0.9", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["10.0.0.1", false],
  ["128.0.0.1", false],
  ["::ffff:10.0.0.1", false],
  ["::2", false],
  ["::127.0.0.1", false],
  ["fe80::1%lo", false],
  ["localhost", false],
  ["", false],
])("%s is loopback: %s (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3)", (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});
