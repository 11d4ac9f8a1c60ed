const isDevelopment = process.env.NODE_ENV === "development";

/**
 * Returns the policy of a page (CSP Level 3). It allows only Connect's scripts that carry the nonce and the
 * scripts that these load; nothing inline, and no frame around the page. Without a nonce no script runs, or only
 * files of this server if `allowsFiles` is true, for the script of a password field (decision 61).
 * `formAction` is one more origin that a form, or the redirect after it, may lead to.
 */
export function contentSecurityPolicy({
  nonce,
  allowsFiles = false,
  formAction,
}: {
  nonce: string | null;
  allowsFiles?: boolean;
  formAction: string | null;
}): string {
  // Hot reload evaluates code and adds styles; a production build does neither.
  const development = isDevelopment ? " 'unsafe-eval'" : "";
  return [
    "default-src 'none'",
    nonce
      ? `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`
      : `script-src ${allowsFiles ? "'self'" : "'none'"}`,
    `style-src 'self'${isDevelopment ? " 'unsafe-inline'" : ""}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    `form-action 'self'${formAction ? ` ${formAction}` : ""}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join("; ");
}
