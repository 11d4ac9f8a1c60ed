import { once } from "node:events";
import { createServer } from "node:http";

import { expect, test, vi } from "vitest";

import { finishDocument } from "#lib/server/documents/finish-document.ts";

type Callback = (error: Error | null, bytes: Buffer) => void;

vi.mock("node:zlib", async (original) => ({
  ...(await original<typeof import("node:zlib")>()),
  gzip: (_body: Buffer, done: Callback) => setImmediate(done, new Error("no memory"), Buffer.alloc(0)),
}));

test("a page that cannot be compressed is sent as it is", async () => {
  const page = "é".repeat(5_000);
  const server = createServer((request, response) => {
    finishDocument(request, response, { requestId: "0badf00d", isDocument: true });
    response.writeHead(200, { "content-type": "text/html" }).end(page);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port } = server.address() as { port: number };
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { "accept-encoding": "gzip" } });
    expect([response.headers.get("content-encoding"), response.headers.get("content-length")]).toEqual([
      null,
      "10000",
    ]);
    expect(await response.text()).toBe(page);
  } finally {
    server.close();
  }
});
