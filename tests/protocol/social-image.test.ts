import { expect, test } from "vitest";

import { testOrigin } from "#tests/factories/browser.ts";

const contentOf = (page: string, name: string) =>
  new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(page)?.[1];

test("a link to a page shows one picture of 1200 by 630 pixels, by its absolute address (Open Graph protocol, og:image)", async () => {
  const page = await (await fetch(`${testOrigin()}/`)).text();
  const address = contentOf(page, "og:image");
  expect(address).toBe(`${testOrigin()}/social.png`);
  expect(contentOf(page, "twitter:card")).toBe("summary_large_image");
  expect(contentOf(page, "og:image:alt")).not.toBe("");
  const picture = await fetch(address!);
  expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/png"]);
  const bytes = Buffer.from(await picture.arrayBuffer());
  // PNG, IHDR: width and height.
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
  expect(bytes.length).toBeLessThan(100_000);
});
