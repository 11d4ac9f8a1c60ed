import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { UnreadableRequestError } from "#lib/http/read-body.ts";
import { readUpload } from "#lib/http/read-upload.ts";

const MAX = 1024 * 1024;
type Part = { name: string; value: string | Uint8Array; filename?: string; type?: string };

/** Builds a multipart body by hand, also one that no browser would send. */
function body(parts: Part[], boundary = "b0undary"): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ name, value, filename, type }) => [
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? "" : `; filename="${filename}"`}\r\n${type ? `Content-Type: ${type}\r\n` : ""}\r\n`,
      ),
      Buffer.from(value as Uint8Array),
      Buffer.from("\r\n"),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

const post = (content: BodyInit, type = "multipart/form-data; boundary=b0undary") =>
  new Request("http://localhost/", { method: "POST", body: content, headers: { "content-type": type } });
const send = (...parts: Part[]) => readUpload(post(new Uint8Array(body(parts))), "logo", MAX);
const logo = (value: string | Uint8Array): Part => ({
  name: "logo",
  value,
  filename: "logo.png",
  type: "image/png",
});

async function statusOf(reading: Promise<unknown>): Promise<number> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UnreadableRequestError);
  return (error as UnreadableRequestError).status;
}

/** Returns a request whose body is produced while it is read. */
function stream(chunks: Iterable<Uint8Array>): Request {
  const source = chunks[Symbol.iterator]();
  const content = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const { value, done } = source.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return new Request("http://localhost/", {
    method: "POST",
    body: content,
    headers: { "content-type": "multipart/form-data; boundary=b0undary" },
    duplex: "half",
  } as RequestInit);
}

function* fileOf(megabytes: number, end = true): Generator<Uint8Array> {
  const [head, tail] = body([
    { name: "name", value: "Thermo" },
    logo("\0"),
    { name: "vendor", value: "Thermo Ltd" },
  ])
    .toString("latin1")
    .split("\0") as [string, string];
  yield Buffer.from(head);
  for (let sent = 0; sent < megabytes; sent++) yield new Uint8Array(MAX);
  if (end) yield Buffer.from(tail);
}

describe("reads a form with a file as a stream (issue 3, Bad input)", () => {
  test("keeps the order of the fields, repetitions, and the file's bytes", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const { form, file } = await send(
      { name: "name", value: "Thermo & Élodie ☃" },
      logo(bytes),
      { name: "url", value: "a" },
      { name: "url", value: "b" },
    );
    expect([...form]).toEqual([
      ["name", "Thermo & Élodie ☃"],
      ["url", "a"],
      ["url", "b"],
    ]);
    expect([...(file as { bytes: Uint8Array }).bytes]).toEqual([...bytes]);
  });

  test("decodes what a browser sends", async () => {
    const text = fc
      .string({ unit: "grapheme", maxLength: 30 })
      .filter((value) => !/[\0\r\n\ufffd]/.test(value) && value.isWellFormed());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.stringMatching(/^[\w-]{1,20}$/), text), { maxLength: 20 }),
        fc.uint8Array({ maxLength: 5_000 }),
        async (pairs, bytes) => {
          const sent = new FormData();
          for (const [name, value] of pairs) sent.append(name, value);
          sent.append("logo", new Blob([bytes]), "x");
          const { form, file } = await readUpload(
            new Request("http://localhost/", { method: "POST", body: sent }),
            "logo",
            MAX,
          );
          expect([...form]).toEqual(pairs);
          expect([...(file as { bytes: Uint8Array }).bytes]).toEqual([...bytes]);
        },
      ),
    );
  });

  test("accepts a pasted replacement character like any other character", async () => {
    expect((await send({ name: "name", value: "caf\ufffd" }, logo("x"))).form.get("name")).toBe("caf\ufffd");
  });

  test("no file was chosen: an empty file without a name, or no file at all", async () => {
    expect(
      (await send({ name: "logo", value: "", filename: "", type: "application/octet-stream" })).file,
    ).toBe("none");
    expect((await send({ name: "name", value: "x" })).file).toBe("none");
  });

  test("an empty file with a name counts as a file", async () => {
    expect((await send(logo(""))).file).toEqual({ bytes: Buffer.alloc(0) });
  });

  test("accepts a url-encoded form without files", async () => {
    const { form, file } = await readUpload(
      post("name=Thermo", "application/x-www-form-urlencoded"),
      "logo",
      MAX,
    );
    expect([[...form], file]).toEqual([[["name", "Thermo"]], "none"]);
  });

  test("reads a file of exactly the limit; skips one with one more byte and keeps the fields around it", async () => {
    expect(((await send(logo(new Uint8Array(MAX)))).file as { bytes: Uint8Array }).bytes).toHaveLength(MAX);
    const { form, file } = await send({ name: "name", value: "x" }, logo(new Uint8Array(MAX + 1)), {
      name: "vendor",
      value: "y",
    });
    expect([file, form.get("name"), form.get("vendor")]).toEqual(["too_large", "x", "y"]);
  });

  test("skips a file of 60 MB with flat memory", async () => {
    const before = process.memoryUsage();
    const { form, file } = await readUpload(stream(fileOf(60)), "logo", MAX);
    expect([file, form.get("name"), form.get("vendor")]).toEqual(["too_large", "Thermo", "Thermo Ltd"]);
    expect(process.memoryUsage().heapUsed - before.heapUsed).toBeLessThan(32 * MAX);
  });
});

describe("refuses any other form with a 4xx", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["a file in another field", () => send({ name: "name", value: "x", filename: "x.png" })],
    ["two files", () => send(logo("x"), logo("y"))],
    ["no boundary", () => readUpload(post("--x--", "multipart/form-data"), "logo", MAX)],
    ["another boundary", () => readUpload(post(new Uint8Array(body([logo("x")], "other"))), "logo", MAX)],
    [
      "an end that is missing",
      () =>
        readUpload(
          post(new Uint8Array(body([{ name: "a", value: "1" }, logo("x")]).subarray(0, -20))),
          "logo",
          MAX,
        ),
    ],
    ["a file that breaks off", () => readUpload(stream(fileOf(3, false)), "logo", MAX)],
    ["no body", () => readUpload(post(""), "logo", MAX)],
    ["a NUL in a value", () => send({ name: "a", value: "x\0y" })],
    ["a value that is not UTF-8", () => send({ name: "a", value: Buffer.from([0x61, 0xff]) })],
    [
      "a field without a name",
      () =>
        readUpload(
          post("--b0undary\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b0undary--\r\n"),
          "logo",
          MAX,
        ),
    ],
    [
      "101 fields",
      () => send(...Array.from({ length: 101 }, (_, index) => ({ name: `p${index}`, value: "1" }))),
    ],
  ])("400 for %s", async (_name, reading) => {
    expect(await statusOf(reading())).toBe(400);
  });

  test("reads 100 fields and a file", async () => {
    expect(
      (
        await send(
          ...Array.from({ length: 100 }, (_, index) => ({ name: `p${index}`, value: "1" })),
          logo("x"),
        )
      ).form.size,
    ).toBe(100);
  });

  test.each([
    "text/plain",
    "multipart/mixed; boundary=b0undary",
    "multipart/form-dataset; boundary=b0undary",
    "application/json",
  ])("415 for %s", async (type) => {
    expect(await statusOf(readUpload(post("x", type), "logo", MAX))).toBe(415);
  });

  test("413 for fields larger than any of our forms, in one or in many", async () => {
    expect(await statusOf(send({ name: "a", value: "x".repeat(300_000) }))).toBe(413);
    expect(
      await statusOf(
        send(...Array.from({ length: 30 }, (_, index) => ({ name: `p${index}`, value: "x".repeat(10_000) }))),
      ),
    ).toBe(413);
  });

  test("413 for a body that exceeds 64 MB without an announced length; drops 64 MB more and reads no further", async () => {
    let sent = 0;
    function* endless() {
      yield* fileOf(0, false);
      for (;;) {
        sent++;
        yield new Uint8Array(MAX);
      }
    }
    expect(await statusOf(readUpload(stream(endless()), "logo", MAX))).toBe(413);
    expect(sent).toBeLessThan(140);
  });
});

test("answers 415 to a compressed upload (RFC 9110 §15.5.16)", async () => {
  const request = new Request("http://localhost/", {
    method: "POST",
    body: new Uint8Array(body([logo("x")])),
    headers: { "content-type": "multipart/form-data; boundary=b0undary", "content-encoding": "gzip" },
  });
  expect(await statusOf(readUpload(request, "logo", MAX))).toBe(415);
});
