import { expect, test } from "vitest";

import { isPublicAddress, lookupPublic } from "#lib/legrand/webhooks/public-address.ts";

test.each(["8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450:4007::1"])(
  "%s is on the internet",
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "224.0.0.1",
  "255.255.255.255",
  "192.0.2.1",
  "::1",
  "::",
  "fe80::1",
  "fc00::1",
  "fd12::1",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:8.8.8.8",
  "2001:db8::1",
  "2002:7f00:1::1",
  "64:ff9b::7f00:1",
  "localhost",
  "",
])("%s is not on the internet (RFC 6890)", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([[{ all: true }], [{}]])(
  "does not connect to a name that resolves to this machine: %j",
  async (options) => {
    const error = await new Promise((resolve) => {
      lookupPublic("localhost", options, resolve);
    });
    expect(error).toMatchObject({ message: "The name leads to an address that is not public" });
  },
);
