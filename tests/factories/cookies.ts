import { cookieName } from "#lib/cookie-name.ts";
import { testOrigin } from "#tests/factories/browser.ts";

/** Returns the name of a cookie of Connect at the server under test, such as `session`. */
export const connectCookie = (name: string): string => cookieName("connect", name, testOrigin());

/** Returns the name of a cookie of the sandbox at the server under test. */
export const sandboxCookie = (name: string): string => cookieName("legrand", name, testOrigin());
