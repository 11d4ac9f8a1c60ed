import { expect, test } from "vitest";

import { shortenAddress } from "#components/legrand/mail/shorten-address.ts";

test.each([
  [
    "http://localhost:3000/legrand/reset-password?token=0123456789abcdefghij",
    "http://localhost:3000/legrand/reset-password?token=012345…",
  ],
  [
    "http://localhost:3000/legrand/mail?to=a%40example.com",
    "http://localhost:3000/legrand/mail?to=a%40example.com",
  ],
  [
    "http://localhost:3000/a?token=0123456789abcdefghij&return_to=%2Flegrand%2Fsubscriptions#part",
    "http://localhost:3000/a?token=012345…&return_to=%2Fleg…#part",
  ],
  ["http://localhost:3000/legrand/applications/7b3f4d87-a593-48ae-b956-a26acfb011b4", null],
])("only long values of a query are cut: %s", (address, shown) => {
  expect(shortenAddress(address)).toBe(shown ?? address);
});
