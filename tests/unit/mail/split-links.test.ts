import fc from "fast-check";
import { expect, test } from "vitest";

import { splitLinks } from "#lib/legrand/mail/split-links.ts";

const ORIGIN = "http://localhost:3000";
const pathsIn = (text: string) =>
  splitLinks(text, ORIGIN)
    .map(({ path }) => path)
    .filter((path) => path !== null);

test("turns an address of our own origin into a link to its path", () => {
  expect(splitLinks("Confirm:\nhttp://localhost:3000/legrand/confirm?token=a#b\nBye", ORIGIN)).toEqual([
    { text: "Confirm:\n", path: null },
    { text: "http://localhost:3000/legrand/confirm?token=a#b", path: "/legrand/confirm?token=a#b" },
    { text: "\nBye", path: null },
  ]);
});

test.each([
  "https://localhost:3000/",
  "http://localhost:30000/",
  "http://localhost:3000.evil.example/",
  "http://localhost:3000@evil.example/",
  "http://evil.example/http://localhost:3000/",
  "javascript:alert(1)",
  "//localhost:3000/",
  "/legrand/applications",
  "http://localhost:3000",
  "HTTP://LOCALHOST:3000/",
  "http://localhost:3000//evil.example/",
  "http://localhost:3000/\\evil.example/",
])("keeps anything else as text: %s", (text) => {
  expect(pathsIn(text)).toEqual([]);
});

test("loses no text, and links only to our own origin", () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(`${ORIGIN}/`, "//", "\\", "@", "http://", "https://x.example/", " ", "\n"),
  );
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join("")),
      (text) => {
        const pieces = splitLinks(text, ORIGIN);
        expect(pieces.map((one) => one.text).join("")).toBe(text);
        for (const { path } of pieces) if (path !== null) expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
      },
    ),
  );
});
