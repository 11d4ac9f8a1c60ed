/**
 * Headers of every answer that this server makes itself. Next gives the same to its answers (next.config.js,
 * which cannot import this).
 */
export const POLICY_HEADERS: Readonly<Record<string, string>> = {
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
