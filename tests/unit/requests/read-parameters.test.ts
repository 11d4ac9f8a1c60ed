import { gzipSync } from "node:zlib";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { UnreadableRequestError } from "#lib/http/read-body.ts";
import { BODY_LIMIT_BYTES, readForm, readQueryString } from "#lib/http/read-parameters.ts";

const FORM = "application/x-www-form-urlencoded";
const post = (body: BodyInit, type: string | null = FORM, headers: Record<string, string> = {}) =>
  new Request("http://localhost/legrand/token", {
    method: "POST",
    body,
    headers: { ...(type === null ? {} : { "content-type": type }), ...headers },
  });

const bytes = (...values: number[]) => new Uint8Array(values);

async function statusOf(reading: Promise<unknown> | (() => unknown)): Promise<number> {
  const error: unknown = await Promise.resolve(
    typeof reading === "function" ? Promise.resolve().then(reading) : reading,
  ).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UnreadableRequestError);
  return (error as UnreadableRequestError).status;
}

function multipart(parts: [name: string, value: string | Blob][]): Request {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  return new Request("http://localhost/legrand/token", { method: "POST", body: form });
}

describe("reads a form as it was sent", () => {
  test.each<[string, [string, string][]]>([
    ["", []],
    [
      "a=1&b=2",
      [
        ["a", "1"],
        ["b", "2"],
      ],
    ],
    [
      "a=1&a=2",
      [
        ["a", "1"],
        ["a", "2"],
      ],
    ],
    ["a", [["a", ""]]],
    ["a=", [["a", ""]]],
    ["=a", [["", "a"]]],
    ["a=b=c", [["a", "b=c"]]],
    ["a=1+2%203", [["a", "1 2 3"]]],
    ["a=1%2B2", [["a", "1+2"]]],
    ["n%61me=%C3%A9", [["name", "é"]]],
    ["a=é", [["a", "é"]]],
  ])("%j", async (body, expected) => {
    expect([...(await readForm(post(body)))]).toEqual(expected);
  });

  test("keeps a repeated parameter, for the authorization server to refuse (RFC 6749 §3.2)", async () => {
    expect((await readForm(post("code=a&code=b"))).getAll("code")).toEqual(["a", "b"]);
    expect(
      (
        await readForm(
          multipart([
            ["code", "a"],
            ["code", "b"],
          ]),
        )
      ).getAll("code"),
    ).toEqual(["a", "b"]);
  });

  test("reads multipart/form-data too, because Legrand's clients send either (LEGRAND.md, Token request)", async () => {
    expect([
      ...(await readForm(
        multipart([
          ["grant_type", "refresh_token"],
          ["name", "Élodie & Co"],
        ]),
      )),
    ]).toEqual([
      ["grant_type", "refresh_token"],
      ["name", "Élodie & Co"],
    ]);
  });

  test.each([`${FORM}; charset=UTF-8`, "Application/X-WWW-Form-URLEncoded", ` ${FORM} ;charset=iso-8859-1`])(
    "ignores case and parameters of the content type: %j",
    async (type) => {
      expect((await readForm(post("a=%C3%A9", type))).get("a")).toBe("é");
    },
  );

  test("decodes what a browser encodes, in both forms and in a query", async () => {
    // U+FFFD marks bytes that were not UTF-8, and is refused in a query (below).
    const text = fc
      .string({ unit: "grapheme", maxLength: 30 })
      .filter((value) => !/[\0\ufffd]/.test(value) && value.isWellFormed());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { maxLength: 20 }), async (pairs) => {
        const encoded = new URLSearchParams(pairs).toString();
        expect([...(await readForm(post(encoded)))]).toEqual(pairs);
        expect([...readQueryString(`?${encoded}`)]).toEqual(pairs);
      }),
    );
  });
});

describe("refuses anything else with a 4xx (issue 2, Bad input)", () => {
  test.each([null, "application/json", "text/plain", "", "multipart/mixed", `${FORM}x`])(
    "415 for the type %j",
    async (type) => {
      expect(await statusOf(readForm(post(new TextEncoder().encode("a=1"), type)))).toBe(415);
    },
  );

  test.each([
    ["broken percent-encoding", "a=%"],
    ["half of it", "a=%4"],
    ["no hexadecimal digits", "%zz=1"],
    ["percent-encoding that is not UTF-8", "a=%ff"],
    ["an encoded NUL in a value", "a=%00"],
    ["an encoded NUL in a name", "%00=a"],
    ["a NUL", "a=\0"],
  ])("400 for %s, in a body and in a query", async (_title, text) => {
    expect(await statusOf(readForm(post(text)))).toBe(400);
    expect(await statusOf(() => readQueryString(`?${text}`))).toBe(400);
  });

  test.each([
    ["a lone continuation byte", bytes(0x61, 0x3d, 0x80)],
    ["an overlong slash", bytes(0x61, 0x3d, 0xc0, 0xaf)],
    ["UTF-16", bytes(0xff, 0xfe, 0x61, 0)],
  ])("400 for bytes that are not UTF-8: %s", async (_title, body) => {
    expect(await statusOf(readForm(post(body)))).toBe(400);
  });

  test.each([
    ["a file", () => multipart([["logo", new Blob(["x"])]])],
    ["a NUL", () => multipart([["a", "\0"]])],
    ["no boundary", () => post("--x\r\n", "multipart/form-data")],
    [
      "an end that is missing",
      () =>
        post('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1', "multipart/form-data; boundary=x"),
    ],
    ["bytes that are not UTF-8", () => post(bytes(0x80), "multipart/form-data; boundary=x")],
  ])("400 for multipart with %s", async (_title, make) => {
    expect(await statusOf(readForm(make()))).toBe(400);
  });
});

describe("limits", () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => `p${i}=1`).join("&");

  test("reads 100 parameters, and refuses 101 and 10,000", async () => {
    expect((await readForm(post(many(100)))).size).toBe(100);
    expect(await statusOf(readForm(post(many(101))))).toBe(400);
    expect(await statusOf(() => readQueryString(many(10_000)))).toBe(400);
    expect(await statusOf(readForm(post("&".repeat(10_000))))).toBe(400);
    expect(
      await statusOf(
        readForm(multipart(Array.from({ length: 101 }, (_, i): [string, string] => [`p${i}`, "1"]))),
      ),
    ).toBe(400);
  });

  test("reads a body of exactly the limit, and answers 413 to one more byte", async () => {
    expect((await readForm(post(`a=${"x".repeat(BODY_LIMIT_BYTES - 2)}`))).get("a")).toHaveLength(
      BODY_LIMIT_BYTES - 2,
    );
    expect(await statusOf(readForm(post(`a=${"x".repeat(BODY_LIMIT_BYTES - 1)}`)))).toBe(413);
  });

  test("refuses a body with a too large announced length without reading it", async () => {
    expect(
      await statusOf(readForm(post("a=1", FORM, { "content-length": String(BODY_LIMIT_BYTES + 1) }))),
    ).toBe(413);
  });

  test("answers 413 to an endless body, drops 64 MB of it for the sake of the connection's next request, and reads no more", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1_024;
        controller.enqueue(new Uint8Array(1_024).fill(0x61));
      },
    });
    const request = new Request("http://localhost/", {
      method: "POST",
      body: endless,
      headers: { "content-type": FORM },
      duplex: "half",
    } as RequestInit);
    expect(await statusOf(readForm(request))).toBe(413);
    expect(sent).toBeLessThan(65 * 1024 * 1024);
  });
});

test.each(["gzip", "br", "deflate, gzip", "GZIP"])(
  "answers 415 to a body in the coding %s, without reporting a wrong character set (RFC 9110 §15.5.16)",
  async (coding) => {
    expect(
      await statusOf(readForm(post(new Uint8Array(gzipSync("a=1")), FORM, { "content-encoding": coding }))),
    ).toBe(415);
    expect([...(await readForm(post("a=1", FORM, { "content-encoding": "identity" })))]).toEqual([
      ["a", "1"],
    ]);
  },
);
