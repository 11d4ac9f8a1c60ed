import { setTimeout as wait } from "node:timers/promises";

import { describe, expect, test } from "vitest";

import { testOrigin, type Page } from "#tests/factories/browser.ts";
import { hiddenFields } from "#tests/factories/html.ts";
import { makePng, makeSvg } from "#tests/factories/pictures.ts";
import { signInToPortal } from "#tests/factories/portal.ts";
import { beginDraft, DESCRIPTION, register, type Registering } from "#tests/factories/registration.ts";
import { query } from "#tests/harness/database.ts";

const SUBMIT = "/legrand/applications/new/description/submit";
const BOUNDARY = "b0undary";
const MULTIPART = { "content-type": `multipart/form-data; boundary=${BOUNDARY}`, accept: "application/json" };
const MB = 1024 * 1024;

const part = (name: string, value: string, filename?: string) =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${filename ? `; filename="${filename}"\r\ncontent-type: image/png` : ""}\r\n\r\n${value}\r\n`;
const END = `--${BOUNDARY}--\r\n`;
const fieldsOf = ({ draft }: Registering) =>
  [...Object.entries({ ...DESCRIPTION, name: "Changed", draft, action: "next" })]
    .map(([name, value]) => part(name, value))
    .join("");

const post = ({ browser }: Pick<Registering, "browser">, body: BodyInit, path = SUBMIT): Promise<Page> =>
  browser.send(path, {
    method: "POST",
    body,
    headers: { ...MULTIPART, origin: browser.origin },
    duplex: "half",
  } as RequestInit);

const stored = async ({ draft }: Registering) =>
  (
    await query<{ name: string; logo: string | null }>(
      `SELECT fields->>'name' AS name, logo_path AS logo FROM legrand_application_draft WHERE id = $1::uuid`,
      draft,
    )
  )[0];

/** A body that pauses in the middle, until `work` is done. */
function interrupted(head: string, work: () => Promise<unknown>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(Buffer.from(head));
      // When the health request is answered, the server has received the first request and checked its
      // sender.
      await fetch(`${testOrigin()}/api/health`);
      await wait(200);
      await work();
      controller.enqueue(Buffer.from(END));
      controller.close();
    },
  });
}

/** A file of that many megabytes, sent without a declared length. */
function endless(head: string, megabytes: number, tail = ""): ReadableStream<Uint8Array> {
  let sent = -1;
  return new ReadableStream({
    pull(controller) {
      if (++sent > megabytes) {
        if (tail) controller.enqueue(Buffer.from(tail));
        controller.close();
      } else controller.enqueue(sent === 0 ? Buffer.from(head) : new Uint8Array(MB));
    },
  });
}

describe("an upload that no form sends gets a 4xx and changes nothing (issue 3, Bad input)", () => {
  test.each<[string, (fields: string) => BodyInit, number]>([
    ["that breaks off", (fields) => fields + part("logo", "x", "x.png").slice(0, -10), 400],
    ["with another boundary", (fields) => (fields + END).replaceAll(BOUNDARY, "other"), 400],
    [
      "with two files",
      (fields) => fields + part("logo", "x", "x.png") + part("logo", "y", "y.png") + END,
      400,
    ],
    ["with a file in another field", (fields) => fields + part("vendor", "x", "x.png") + END, 400],
    ["with a NUL", (fields) => fields + part("x", "\0") + END, 400],
    ["with 101 fields", (fields) => fields + part("x", "1").repeat(101) + END, 400],
    ["with fields of 1 MB", (fields) => fields + part("x", "x".repeat(MB)) + END, 413],
    [
      "that goes on beyond 64 MB, without saying so beforehand",
      (fields) => endless(`${fields}${part("logo", "", "x.png").slice(0, -2)}`, 66),
      413,
    ],
  ])("%s", async (_name, make, status) => {
    const registering = await beginDraft();
    const answer = await post(registering, make(fieldsOf(registering)));
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/json"]);
    // The same connection stays usable.
    expect((await registering.browser.open("/legrand/applications")).status).toBe(200);
    expect(await stored(registering)).toEqual({ name: DESCRIPTION.name, logo: null });
  });

  test("a body whose declared length exceeds the limit is refused with 413", async () => {
    const registering = await beginDraft();
    const answer = await post(registering, new Uint8Array(65 * MB));
    expect(answer.status).toBe(413);
    expect(await stored(registering)).toEqual({ name: DESCRIPTION.name, logo: null });
  });
});

test("a logo of 50 MB without a declared length: 413, no logo is stored, and the page leads back to the form", async () => {
  const registering = await beginDraft();
  const answer = await post(
    registering,
    endless(`${fieldsOf(registering)}${part("logo", "", "x.png").slice(0, -2)}`, 50, `\r\n${END}`),
  );
  expect([answer.status, answer.headers.get("refresh")]).toEqual([
    413,
    expect.stringContaining(registering.draft),
  ]);
  expect((await stored(registering))!.logo).toBeNull();
});

describe("if the owner of a form is deleted while the form is sent, the answer is 404, not a server error", () => {
  test("the application that is being edited", async () => {
    const registered = await register();
    const path = `/legrand/applications/${registered.clientId}/edit/description`;
    const { seen } = hiddenFields((await registered.browser.open(path)).text);
    const fields = Object.entries({ ...DESCRIPTION, seen: seen!, action: "remove-logo" })
      .map(([name, value]) => part(name, value))
      .join("");
    const answer = await post(
      registered,
      interrupted(fields, () =>
        query(`DELETE FROM legrand_application WHERE client_id = $1::uuid`, registered.clientId),
      ),
      `${path}/submit`,
    );
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining("Application not found.")]);
  });

  test("the account that starts a draft", async () => {
    const { browser, account } = await signInToPortal();
    const hidden = hiddenFields((await browser.open("/legrand/applications/new/description")).text);
    const fields = Object.entries({ ...hidden, ...DESCRIPTION, action: "next" })
      .map(([name, value]) => part(name, value))
      .join("");
    const answer = await post(
      { browser },
      interrupted(fields, () => query(`DELETE FROM legrand_account WHERE id = $1::uuid`, account.id)),
    );
    expect(answer.status).toBe(404);
  });
});

describe("a hostile logo is refused beside its field, and no logo is stored (issue 3, Logo)", () => {
  test.each<[string, () => string]>([
    ["a bomb", () => makePng({ width: 20_000 }).toString("latin1")],
    ["a page that is called logo.png", () => "<!doctype html><script>alert(1)</script>"],
    ["a picture that is an archive too", () => `${makePng().toString("latin1")}PK\x03\x04`],
    ["an SVG with a script", () => makeSvg("<script>alert(1)</script>")],
  ])("%s", async (_name, make) => {
    const registering = await beginDraft();
    const answer = await post(
      registering,
      Buffer.from(fieldsOf(registering) + part("logo", make(), "logo.png") + END, "latin1"),
    );
    expect(answer.status).toBe(303);
    expect((await registering.browser.open(answer.location!)).text).toContain('id="logo-error"');
    expect((await stored(registering))!.logo).toBeNull();
  });
});

test("a page that is requested with an upload's content type, past the proxy that writes its policy, gets a policy that forbids everything", async () => {
  const { browser } = await beginDraft();
  const page = await browser.open("/legrand/applications/new/description", MULTIPART);
  expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; form-action 'none'/);
});
