import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { showEmail, toComparableEmail } from "#lib/email-address.ts";

describe("the form in which an e-mail address is compared (RFC 5891 §4.4)", () => {
  test.each([
    ["Name@Example.COM", "name@example.com"],
    ["name@münchen.example", "name@xn--mnchen-3ya.example"],
    ["name@XN--MNCHEN-3YA.example", "name@xn--mnchen-3ya.example"],
    ["name@mu\u0308nchen.example", "name@xn--mnchen-3ya.example"],
    ["a@b@faß.de", "a@b@xn--fa-hia.de"],
    // Text that is not a domain stays unchanged. The URL parser, which converts domains, would find one in
    // it.
    ["a@ä/b", "a@ä/b"],
    ["a@ä:80", "a@ä:80"],
    ["a@①", "a@①"],
    ["a@ä b.example", "a@ä b.example"],
    ["a@1.2", "a@1.2"],
    ["ä", "ä"],
    ["", ""],
    ["\u212a@example.com", "\u212a@example.com"],
  ])("%j is %j", (typed, expected) => {
    expect(toComparableEmail(typed)).toBe(expected);
  });

  test("stays the same when converted again", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.emailAddress(),
          fc.string({ unit: "binary" }),
          fc.string({ unit: fc.constantFrom("a", "@", ".", "ü", "。", "-", "x", "n") }),
        ),
        (typed) => {
          const comparable = toComparableEmail(typed);
          return toComparableEmail(comparable) === comparable;
        },
      ),
    );
  });
});

test.each([
  ["name@xn--mnchen-3ya.example", "name@münchen.example"],
  ["name@example.com", "name@example.com"],
  ["xn--mnchen-3ya@example.com", "xn--mnchen-3ya@example.com"],
  ["name@xn--zzzz-invalid999", "name@xn--zzzz-invalid999"],
  ["no address", "no address"],
])("%s is shown as %s", (address, shown) => {
  expect(showEmail(address)).toBe(shown);
});
