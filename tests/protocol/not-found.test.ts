import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import { testOrigin } from "#tests/factories/browser.ts";
import { makeAdmin } from "#tests/factories/make-admin.ts";
import { rawRequest } from "#tests/factories/raw-request.ts";

/**
 * Everything in an answer that a caller can compare. The request id and the time always differ, so they are
 * left out.
 */
async function answerOf(
  path: string,
  init: RequestInit,
): Promise<{ status: number; headers: Record<string, string>; body: string }> {
  const response = await fetch(testOrigin() + path, { redirect: "manual", ...init });
  // The client decides whether a connection stays open: this one closes it after a HEAD.
  const {
    date: _date,
    connection: _connection,
    "keep-alive": _kept,
    "x-request-id": requestId,
    ...headers
  } = Object.fromEntries(response.headers);
  expect(requestId).toMatch(/^[\w-]{8,}$/);
  return { status: response.status, headers, body: await response.text() };
}

const ADMIN = [
  "/admin",
  "/admin/",
  "/admin?days=7",
  "/admin/audit",
  "/admin/audit/export?format=csv",
  "/admin/roles",
  "/admin/linked-accounts?after=tampered",
  `/admin/linked-accounts/${randomUUID()}`,
  "/%61dmin/roles",
  "/admin/nowhere",
];
const ELSEWHERE = [
  "/nowhere",
  "/nowhere/",
  "/favicon.ico",
  "/api",
  "/api/auth/nowhere",
  "/_next/image?url=x",
  "/_next/static/nowhere.js",
  "/_error",
  "//nowhere",
];
const IN_SANDBOX = [
  "/legrand/nowhere/",
  "/%6cegrand/nowhere",
  "/legrand/authorize/x/y",
  "/legrand/mail/nowhere/x",
  "/legrand/applications/nowhere/x",
];
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const ACCEPTS = ["text/html,application/xhtml+xml", "application/json", "*/*", "image/avif"];

describe("an unknown address and a hidden one get the same answer (issue 11, 21), which below /legrand is the sandbox's own (issue 14, 3)", () => {
  type Answer = Awaited<ReturnType<typeof answerOf>>;
  let reference: Answer;
  let ofSandbox: Answer;
  let person: string;
  beforeAll(async () => {
    const { cookie } = await makeAdmin(null);
    person = `${cookie.name}=${cookie.value}`;
    reference = await answerOf("/nowhere", { headers: { accept: "text/html" } });
    ofSandbox = await answerOf("/legrand/nowhere", { headers: { accept: "text/html" } });
  });

  test.each([...ADMIN, ...ELSEWHERE, ...IN_SANDBOX])(
    "%s, with every method and Accept header, signed in without a role or not",
    async (path) => {
      const expected = IN_SANDBOX.includes(path) ? ofSandbox : reference;
      for (const method of METHODS) {
        for (const accept of ACCEPTS) {
          for (const cookie of ADMIN.includes(path) ? ["", person] : [""]) {
            const found = await answerOf(path, {
              method,
              headers: {
                accept,
                "accept-encoding": accept === "*/*" ? "identity" : "gzip, br",
                ...(cookie && { cookie }),
              },
            });
            expect([method, accept, Boolean(cookie), found]).toEqual([
              method,
              accept,
              Boolean(cookie),
              method === "HEAD" ? { ...expected, body: "" } : expected,
            ]);
          }
        }
      }
    },
  );

  test("also for a script that requests part of a page (RSC), and if a page finds no record of that name", async () => {
    for (const path of ["/admin/audit", "/nowhere"])
      expect(await answerOf(path, { headers: { rsc: "1", cookie: person } })).toEqual(reference);
    for (const accept of ACCEPTS)
      expect(await answerOf("/legrand/apis/nothing", { headers: { accept } })).toEqual(ofSandbox);
  });

  test("the sandbox's page leads to My Applications, which asks for a sign-in, and to the APIs, and differs in nothing else", () => {
    expect(ofSandbox.body).toContain("<title>Page not found");
    for (const href of ["/legrand/applications", "/legrand/apis"])
      expect(ofSandbox.body).toContain(`href="${href}"`);
    const { "content-length": _length, ...headers } = ofSandbox.headers;
    expect({ status: ofSandbox.status, ...headers }).toEqual({
      status: reference.status,
      ...Object.fromEntries(Object.entries(reference.headers).filter(([name]) => name !== "content-length")),
    });
  });

  test("also for a method that is not an HTTP method", async () => {
    const answers = await Promise.all(
      ["/admin/audit", "/nowhere"].map((path) =>
        rawRequest(`BREW ${path} HTTP/1.1\r\nHost: ${new URL(testOrigin()).host}\r\n\r\n`),
      ),
    );
    expect(new Set(answers.map((answer) => answer.replace(/x-request-id: .*|date: .*/gi, ""))).size).toBe(1);
    expect(Buffer.from(answers[0]!, "latin1").toString()).toContain(reference.body);
  });

  test("is a page in the house style: a static stylesheet and a link to the start page, no script, nonce, path or request id", async () => {
    expect(reference.status).toBe(404);
    for (const { body } of [reference, ofSandbox])
      expect(body).not.toMatch(/<script|nonce|nowhere|style=|<style/);
    expect(reference.headers["content-security-policy"]).not.toContain("nonce");
    expect(reference.body).toContain('<a href="/">Go to the start page</a>');
    for (const [, file] of reference.body.matchAll(/<link [^>]*href="([^"]+)"/g))
      expect((await fetch(testOrigin() + file)).status).toBe(200);
    const font = Buffer.from(await (await fetch(`${testOrigin()}/instrument-sans.woff2`)).arrayBuffer());
    expect(
      font.equals(
        readFileSync(
          resolve(
            "node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2",
          ),
        ),
      ),
    ).toBe(true);
  });
});
