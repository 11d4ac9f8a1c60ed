/** Most bytes of an uploaded logo. */
export const LOGO_MAX_BYTES = 1024 * 1024;
/** Longest side of an uploaded picture, in pixels. */
export const LOGO_MAX_PIXELS = 2048;
/** Edges of the squares that are kept of it, in pixels. */
export const LOGO_SIZES = [64, 128, 256] as const;
/**
 * Logos that no application shows and no draft has: one is unused between its upload and its draft, and once
 * another takes its place (decision 32).
 */
export const UNUSED_LOGO_LIMIT = 200;
/** What the file field offers, for its `accept`. */
export const LOGO_TYPES = "image/png,image/jpeg,image/webp,image/svg+xml";
