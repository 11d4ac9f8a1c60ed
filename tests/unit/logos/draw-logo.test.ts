import { fork } from "node:child_process";
import { once } from "node:events";
import { deflateSync, gzipSync } from "node:zlib";

import sharp from "sharp";
import { describe, expect, test } from "vitest";

import { drawLogo } from "#lib/legrand/logos/draw-logo.ts";
import { sniffPicture } from "#lib/legrand/logos/sniff-picture.ts";
import { chunk, makePng, makeSvg, paint, paintNoise } from "#tests/factories/pictures.ts";

const CIRCLE = makeSvg(`<circle cx="50" cy="50" r="50" fill="#c8102e"/>`);
const text = (value: string) => Buffer.from(value);

async function draw(bytes: Uint8Array) {
  const format = sniffPicture(bytes);
  if (!format) return { refused: "format" as const };
  return drawLogo(bytes, format);
}

async function drawn(bytes: Uint8Array): Promise<Buffer[]> {
  const outcome = await draw(bytes);
  if ("refused" in outcome) throw new Error(outcome.refused);
  return outcome.drawings.map(({ content }) => Buffer.from(content));
}

const pixelAt = async (png: Uint8Array, x: number, y: number) => [
  ...(await sharp(png).extract({ left: x, top: y, width: 1, height: 1 }).raw().toBuffer()),
];

describe("redraws a picture in fixed sizes (issue 3, Logo)", () => {
  test.each<[string, () => Buffer | Promise<Buffer>]>([
    ["PNG", () => paint(300, 200).png().toBuffer()],
    ["PNG of 16 bits a channel", () => paint(300, 200).toColourspace("rgb16").png().toBuffer()],
    ["PNG with a palette", () => paint(300, 200).png({ palette: true }).toBuffer()],
    ["JPEG", () => paint(300, 200).jpeg().toBuffer()],
    ["progressive JPEG", () => paint(300, 200).jpeg({ progressive: true }).toBuffer()],
    ["CMYK JPEG", () => paint(300, 200).toColourspace("cmyk").jpeg().toBuffer()],
    ["WebP", () => paint(300, 200).webp().toBuffer()],
    ["lossless WebP", () => paint(300, 200).webp({ lossless: true }).toBuffer()],
    ["SVG", () => text(CIRCLE)],
    ["one pixel", () => paint(1, 1).png().toBuffer()],
    ["the largest that is taken", () => paint(2048, 2048).png().toBuffer()],
    ["noise", () => paintNoise(600, 600).jpeg({ quality: 95 }).toBuffer()],
  ])("%s", async (_name, make) => {
    const drawings = await drawn(await make());
    const shapes = await Promise.all(drawings.map((png) => sharp(png).metadata()));
    expect(
      shapes.map(({ format, width, height, hasAlpha, space }) => [format, width, height, hasAlpha, space]),
    ).toEqual([64, 128, 256].map((size) => ["png", size, size, true, "srgb"]));
  });

  test("upright, whole and centred, with the rest of the square transparent", async () => {
    const [, , large] = await drawn(await paint(300, 100).png().toBuffer());
    expect(await pixelAt(large!, 128, 10)).toEqual([0, 0, 0, 0]);
    expect(await pixelAt(large!, 128, 128)).toEqual([0xc8, 0x10, 0x2e, 255]);
    // Orientation 6 means a quarter turn, so the wide picture becomes a high one.
    const [, , turned] = await drawn(
      await paint(300, 100).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    );
    expect((await pixelAt(turned!, 128, 10))[3]).toBe(255);
    expect((await pixelAt(turned!, 10, 128))[3]).toBe(0);
  });

  test.each([
    'width="5" height="5" viewBox="0 0 100 100"',
    'width="10000" height="10000" viewBox="0 0 100 100"',
    'viewBox="0 0 100 100"',
    'width="3cm" height="3cm" viewBox="0 0 100 100"',
  ])("draws an SVG in our size, whatever its own size is: %s", async (attributes) => {
    const [, , large] = await drawn(
      text(makeSvg(`<rect width="50" height="100" fill="#c8102e"/>`, attributes)),
    );
    expect(await pixelAt(large!, 120, 128)).toEqual([0xc8, 0x10, 0x2e, 255]);
    expect((await pixelAt(large!, 136, 128))[3]).toBe(0);
  });

  test.each([
    [
      "an XML declaration and a document type",
      `<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by a program -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n${CIRCLE}`,
    ],
    ["a byte order mark", `\ufeff${CIRCLE}`],
    [
      "a gradient and its own references",
      makeSvg(
        `<defs><linearGradient id="g"><stop stop-color="red"/></linearGradient><path id="p" d="M0 0h100v100H0z"/></defs><use xlink:href="#p" fill="url(#g)"/><use href="#p" style="fill:url('#g')"/>`,
      ),
    ],
    [
      "a link",
      makeSvg(`<a href="https://app.example/" xlink:href="https://app.example/"><circle r="50"/></a>`),
    ],
    ["words", makeSvg(`<text y="50">Thermo</text>`)],
  ])("accepts an SVG with %s", async (_name, svg) => {
    expect(await drawn(text(svg))).toHaveLength(3);
  });

  test("removes metadata", async () => {
    const secret = "48.8566 N, 2.3522 E";
    const jpeg = await paint(100, 100)
      .withExif({ IFD0: { Copyright: secret } })
      .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${secret}</x:xmpmeta>`)
      .jpeg()
      .toBuffer();
    const png = makePng({ before: [chunk("tEXt", Buffer.from(`Comment\0${secret}<script>`, "latin1"))] });
    expect([jpeg, png].every((bytes) => bytes.includes(secret))).toBe(true);
    for (const bytes of [jpeg, png]) {
      for (const drawing of await drawn(bytes)) {
        expect(drawing.includes(secret)).toBe(false);
        expect(await sharp(drawing).metadata()).not.toMatchObject({ exif: expect.anything() });
      }
    }
  });

  test("keeps the first frame of an animated picture", async () => {
    const frames = await Promise.all(
      ["#ff0000", "#0000ff"].map((colour) => paint(40, 40, colour).raw().toBuffer()),
    );
    const animated = await sharp(Buffer.concat(frames), {
      raw: { width: 40, height: 80, channels: 3, pageHeight: 40 },
    })
      .webp({ lossless: true })
      .toBuffer();
    expect((await sharp(animated).metadata()).pages).toBe(2);
    expect(await pixelAt((await drawn(animated))[2]!, 128, 128)).toEqual([255, 0, 0, 255]);
  });

  test("draws the same bytes for the same picture, with any metadata", async () => {
    const plain = makePng();
    const commented = makePng({ before: [chunk("tEXt", Buffer.from("Comment\0other"))] });
    expect(await drawn(plain)).toEqual(await drawn(commented));
  });
});

const laughs = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "haha">${[..."bcdefghij"].map((name, index) => `<!ENTITY ${name} "${`&${"abcdefghi"[index]};`.repeat(10)}">`).join("")}]>${makeSvg("<text>&j;</text>")}`;
const uses = makeSvg(
  `<defs><rect id="a" width="9" height="9"/>${[..."bcdefghij"].map((name, index) => `<g id="${name}">${`<use href="#${"abcdefghi"[index]}"/>`.repeat(10)}</g>`).join("")}</defs><use href="#j"/>`,
);
const blurs = makeSvg(
  `<filter id="f"><feGaussianBlur stdDeviation="100"/></filter>${`<rect width="100" height="100" filter="url(#f)"/>`.repeat(10_000)}`,
);
const whole = () => paint(200, 200).png().toBuffer();
const jpeg = () => paintNoise(200, 200).jpeg().toBuffer();

const HOSTILE: [name: string, reasons: string[], make: () => Buffer | Promise<Buffer>][] = [
  ["30,000 × 30,000 pixels in 110 kB", ["too_wide"], () => makePng({ width: 30_000 })],
  ["2,049 pixels", ["too_wide"], () => makePng({ width: 2049, height: 1 })],
  [
    "a size of 4 billion pixels on paper",
    ["too_wide", "broken"],
    () => makePng({ width: 0x7fffffff, height: 0x7fffffff, idat: deflateSync(Buffer.alloc(100)) }),
  ],
  ["entities that multiply (billion laughs)", ["entities"], () => text(laughs)],
  [
    "an entity for a file",
    ["entities"],
    () => text(`<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${makeSvg("<text>&x;</text>")}`),
  ],
  ["uses of uses of uses, a billion of them", ["too_complex", "broken"], () => text(uses)],
  [
    "a use of itself, of which nothing is drawn",
    ["invisible"],
    () => text(makeSvg(`<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>`)),
  ],
  [
    "a hundred thousand groups in each other",
    ["broken", "too_complex"],
    () => text(makeSvg("<g>".repeat(100_000) + "</g>".repeat(100_000))),
  ],
  ["ten thousand blurs", ["too_complex"], () => text(blurs)],
  [
    "a megabyte of white space in a reference",
    ["broken", "refers", "invisible"],
    () => text(makeSvg(`<a href="x"/><use href=${" ".repeat(1_000_000)}"#a"/>`)),
  ],
  [
    "a megabyte of white space in a style",
    ["broken", "refers", "invisible"],
    () => text(makeSvg(`<rect fill="url(${" ".repeat(1_000_000)}#a)"/>`)),
  ],
  [
    "a picture inside of an SVG",
    ["refers"],
    () => text(makeSvg(`<image href="data:image/png;base64,AAAA"/>`)),
  ],
  [
    "a picture inside of an SVG, behind a prefix in other letters",
    ["refers"],
    () =>
      text(
        makeSvg(`<é:image xmlns:é="http://www.w3.org/2000/svg" id=">" href="data:image/png;base64,AAAA"/>`),
      ),
  ],
  [
    "a reference to the network",
    ["refers"],
    () => text(makeSvg(`<use xlink:href="https://evil.example/#x"/>`)),
  ],
  [
    "a style from elsewhere",
    ["refers"],
    () => text(makeSvg(`<style>@import "https://evil.example/";</style>`)),
  ],
  ["a script", ["refers"], () => text(makeSvg("<script>alert(1)</script>"))],
  [
    "HTML inside of an SVG",
    ["refers"],
    () => text(makeSvg(`<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>`)),
  ],
  [
    "an archive behind a PNG",
    ["broken"],
    async () => Buffer.concat([await whole(), Buffer.from("PK\x03\x04", "latin1")]),
  ],
  [
    "a page behind a JPEG",
    ["broken"],
    async () => Buffer.concat([await jpeg(), text("<script>alert(1)</script>")]),
  ],
  [
    "a page behind a WebP",
    ["broken"],
    async () => Buffer.concat([await paint(9, 9).webp().toBuffer(), text("<html>")]),
  ],
  ["half a PNG", ["broken"], async () => (await paintNoise(200, 200).png().toBuffer()).subarray(0, 20_000)],
  ["half a JPEG", ["broken"], async () => (await jpeg()).subarray(0, 5_000)],
  [
    "half a JPEG with its end",
    ["broken"],
    async () => Buffer.concat([(await jpeg()).subarray(0, 5_000), Buffer.from([0xff, 0xd9])]),
  ],
  ["half a WebP", ["broken"], async () => (await paintNoise(99, 99).webp().toBuffer()).subarray(0, 500)],
  ["half an SVG", ["broken"], () => text(CIRCLE.slice(0, -10))],
  [
    "a picture that is transparent",
    ["invisible"],
    () =>
      sharp({ create: { width: 9, height: 9, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } } })
        .png()
        .toBuffer(),
  ],
  ["a PNG without pixels", ["broken"], () => makePng({ idat: new Uint8Array() })],
  [
    "a PNG with a flipped bit",
    ["broken"],
    async () => {
      const png = await whole();
      png[png.length - 20]! ^= 1;
      return png;
    },
  ],
  ["a PNG's first eight bytes", ["broken"], async () => (await whole()).subarray(0, 8)],
  ["a GIF", ["format"], () => paint(9, 9).gif().toBuffer()],
  ["a TIFF", ["format"], () => paint(9, 9).tiff().toBuffer()],
  ["an AVIF", ["format"], () => paint(9, 9).avif().toBuffer()],
  ["a BMP", ["format"], () => Buffer.from("BM\x46\0\0\0", "latin1")],
  ["a PDF", ["format"], () => text("%PDF-1.7\n<svg>")],
  ["a page", ["format"], () => text("<!DOCTYPE html><html><svg></svg></html>")],
  ["a page that begins with a comment", ["format"], () => text("<!-- <svg> --><html><svg></svg>")],
  ["a script of a shell", ["format"], () => text("#!/bin/sh\n")],
  ["a compressed SVG", ["format"], () => gzipSync(CIRCLE)],
  ["an SVG in UTF-16", ["format"], () => Buffer.from(CIRCLE, "utf16le")],
  [
    "an SVG that says another encoding",
    ["format"],
    () => text(`<?xml version="1.0" encoding="UTF-7"?>${CIRCLE}`),
  ],
  ["nothing but white space", ["format"], () => text(" \n ".repeat(1000))],
  ["a comment of a megabyte", ["format"], () => text(`<!--${"-".repeat(1_000_000)}`)],
  [
    "random bytes behind each signature",
    ["broken"],
    () => Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(1_000_000, 0xa5)]),
  ],
];

describe("refuses a bomb, a polyglot or a renamed file in under a second, with flat memory (issue 3, Logo)", () => {
  test.each(HOSTILE)(
    "%s",
    async (_name, reasons, make) => {
      const bytes = await make();
      expect(bytes.length).toBeLessThan(1024 * 1024 + 1);
      const before = process.memoryUsage.rss();
      const begin = performance.now();
      const outcome = await draw(bytes);
      const [took, grown] = [performance.now() - begin, process.memoryUsage.rss() - before];
      expect(outcome).toEqual({ refused: expect.stringMatching(new RegExp(`^(${reasons.join("|")})$`)) });
      // On an idle machine this takes 0.2 s, and 0.9 s for the slowest. With all the other tests running, a
      // process gets its turn late.
      expect(took).toBeLessThan(6_000);
      expect(grown).toBeLessThan(64 * 1024 * 1024);
    },
    20_000,
  );
});

test("kills a drawing that takes too long, even if no parent process checks on it", async () => {
  const child = fork("lib/legrand/logos/draw-logo-process.ts", { execArgv: [], stdio: "ignore" });
  child.once("message", () => child.send({ format: "svg", content: text(blurs).toString("base64") }));
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  // An orderly exit would wait for the drawing first.
  expect({ code, signal }).toEqual({ code: null, signal: "SIGKILL" });
}, 20_000);
