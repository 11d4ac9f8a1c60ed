import { decrypt, encrypt } from "#lib/crypto/encrypt.ts";
import { env } from "#lib/env.ts";

/** Cookie that carries the outcome of a form post to the page that follows; nothing of it stands in the address. */
export const FORM_NOTICE_COOKIE = "legrand.notice";
const CONTEXT = "form-notice";
const LIFETIME_SECONDS = 60;

/** What a page says after one of its forms was sent. Never a password. */
export type FormNotice = {
  /** Shown as done, or as what went wrong. */
  tone: "success" | "error";
  /** The sentence above the form. */
  message?: string;
  /** What is wrong with which field, by its name. */
  fieldErrors?: Record<string, string>;
  /** What was typed, by the field's name, to be typed once only. */
  typed?: Record<string, string>;
};

/** The `Set-Cookie` value that brings a notice to the page of that path, for a minute. At most some 2,500 characters fit. */
export function sealFormNotice(path: string, notice: FormNotice): string {
  const value = encrypt(JSON.stringify(notice), `${CONTEXT}:${path}`);
  return `${FORM_NOTICE_COOKIE}=${value}; Path=${path}; Max-Age=${LIFETIME_SECONDS}; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`;
}

/** The notice for the page of that path in that cookie value, or null for none or for a forged one. */
export function openFormNotice(path: string, value: string | undefined): FormNotice | null {
  try {
    return value ? (JSON.parse(decrypt(value, `${CONTEXT}:${path}`)) as FormNotice) : null;
  } catch {
    return null;
  }
}
