/** Maximum size of an uploaded logo in bytes. */
export const LOGO_MAX_BYTES = 1024 * 1024;
/** Longest side of an uploaded picture, in pixels. */
export const LOGO_MAX_PIXELS = 2048;
/** Edges of the squares that are stored, in pixels. */
export const LOGO_SIZES = [64, 128, 256] as const;
/**
 * How many unused logos are kept: no application shows them and no draft has them. A logo is unused between
 * its upload and its draft, and after another one has replaced it (decision 32).
 */
export const UNUSED_LOGO_LIMIT = 200;
/** The `accept` value of the file field. */
export const LOGO_TYPES = "image/png,image/jpeg,image/webp,image/svg+xml";
