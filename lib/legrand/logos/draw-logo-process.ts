// A separate process, started by draw-logo.ts for one picture. Decoders of foreign formats are where memory
// errors happen, and only a process can be ended in the middle of one. It has no secrets, no database and no
// network.
import sharp, { type Sharp } from "sharp";

import { findSvgProblem } from "#lib/legrand/logos/find-svg-problem.ts";
import { isOnePicture } from "#lib/legrand/logos/is-one-picture.ts";
import type { DrawingAnswer, DrawingOrder } from "#lib/legrand/logos/drawing.ts";
import { LOGO_MAX_PIXELS, LOGO_SIZES } from "#lib/legrand/logos/logo-constants.ts";
import { textOf } from "#lib/legrand/logos/sniff-picture.ts";

const MEMORY_LIMIT_BYTES = 512 * 1024 * 1024;
/**
 * A limit of processor time, not of elapsed time: a large photograph takes a quarter of it, even if the
 * machine is busy.
 */
const WORK_LIMIT_MICROSECONDS = 700_000;
const LOOK_MS = 10;
/** Resolution at which one SVG unit is one pixel, and the limits of the decoder. */
const SVG_DENSITY = { natural: 72, least: 1, most: 100_000 };
const LARGEST = Math.max(...LOGO_SIZES);
const LIMITS = { limitInputPixels: LOGO_MAX_PIXELS ** 2, failOn: "warning" } as const;

sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadWebp", "VipsForeignLoadSvg"],
});

/** Draws the picture in the largest square, upright, and keeps only its pixels. */
async function draw({ format, content }: DrawingOrder): Promise<DrawingAnswer> {
  const bytes = Buffer.from(content, "base64");
  if (format === "svg") {
    const problem = findSvgProblem(textOf(bytes));
    return problem
      ? { refused: problem }
      : drawSquares(sharp(bytes, { ...LIMITS, density: await densityOf(bytes) }));
  }
  if (!isOnePicture(bytes, format)) return { refused: "broken" };
  const { width, height } = await sharp(bytes, { ...LIMITS, limitInputPixels: false }).metadata();
  return Math.max(width, height) > LOGO_MAX_PIXELS
    ? { refused: "too_wide" }
    : drawSquares(sharp(bytes, LIMITS).autoOrient());
}

/**
 * Returns the resolution at which an SVG is as large as the largest square, so that it is drawn sharply and
 * never larger.
 */
async function densityOf(bytes: Buffer): Promise<number> {
  const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return Math.min(
    SVG_DENSITY.most,
    Math.max(SVG_DENSITY.least, (SVG_DENSITY.natural * LARGEST) / Math.max(width, height)),
  );
}

async function drawSquares(picture: Sharp): Promise<DrawingAnswer> {
  const square = {
    width: LARGEST,
    height: LARGEST,
    fit: "contain",
    background: { r: 0, g: 0, b: 0, alpha: 0 },
  } as const;
  const { data, info } = await picture
    .resize(square)
    .ensureAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (!isVisible(data)) return { refused: "invisible" };
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const drawings = LOGO_SIZES.map(async (size) => ({
    size,
    content: (await sharp(data, { raw }).resize(size, size).png({ compressionLevel: 9 }).toBuffer()).toString(
      "base64",
    ),
  }));
  return { drawings: await Promise.all(drawings) };
}

/** True if any pixel (red, green, blue, opacity) is not fully transparent. */
function isVisible(pixels: Buffer): boolean {
  for (let opacity = 3; opacity < pixels.length; opacity += 4) if (pixels[opacity]) return true;
  return false;
}

/**
 * Ends this process if the picture takes too much time or memory. Other threads do the drawing, so this one
 * is free to check.
 */
function watch(): void {
  const begin = process.cpuUsage();
  setInterval(() => {
    const { user, system } = process.cpuUsage(begin);
    if (user + system > WORK_LIMIT_MICROSECONDS || process.memoryUsage.rss() > MEMORY_LIMIT_BYTES) end();
  }, LOOK_MS).unref();
}

/**
 * Ends the process at once. `process.exit` would wait for the threads, and so for the drawing that has to be
 * stopped.
 */
function end(): void {
  process.kill(process.pid, "SIGKILL");
}

process.once("disconnect", end);
process.once("message", (order: DrawingOrder) => {
  watch();
  void draw(order)
    .catch((): DrawingAnswer => ({ refused: "broken" }))
    .then((answer) => process.send!(answer));
});
process.send!("ready");
