import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { expect, onTestFinished, test } from "vitest";

import { listen, makeListeners } from "#lib/server/front/listen.ts";
import { freePort } from "#tests/harness/server.ts";

const LOOPBACK = ["127.0.0.1", "::1"];
/** An address that no machine has: reserved for documentation (RFC 3849). */
const NOT_HERE = "2001:db8::1";
const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
const hasIpv6 = addresses.some(({ address }) => address === "::1");
const others = addresses
  .filter(({ internal, scopeid }) => !internal && !scopeid)
  .map(({ address }) => address);

/** Listens at these addresses until the test ends. */
async function serve(hosts: string[], port: number): Promise<void> {
  const listeners = makeListeners(hosts, () =>
    createHttpServer((_request, response) => response.end("served")),
  );
  await listen(listeners, port);
  onTestFinished(() => {
    for (const { server } of listeners) server.close().closeAllConnections();
  });
}

const ask = async (address: string, port: number) =>
  fetch(`http://${address.includes(":") ? `[${address}]` : address}:${port}`).then(
    (response) => response.text(),
    () => "refused",
  );

test("one handler serves both loopback addresses, and no other address of the machine", async () => {
  const port = await freePort();
  await serve(LOOPBACK, port);
  for (const address of hasIpv6 ? LOOPBACK : ["127.0.0.1"]) expect(await ask(address, port)).toBe("served");
  for (const address of ["127.0.0.2", ...others]) expect(await ask(address, port)).toBe("refused");
});

test("serves every interface if no addresses are given", async () => {
  const port = await freePort();
  await serve([], port);
  for (const address of ["127.0.0.1", ...others]) expect(await ask(address, port)).toBe("served");
});

test("skips an IPv6 address that the machine does not have, and fails for such an IPv4 address", async () => {
  const port = await freePort();
  await serve(["127.0.0.1", NOT_HERE], port);
  expect(await ask("127.0.0.1", port)).toBe("served");
  const other = await freePort();
  await expect(
    listen(makeListeners(["203.0.113.77", "127.0.0.1"], createHttpServer), other),
  ).rejects.toMatchObject({ code: "EADDRNOTAVAIL" });
  await expect(listen(makeListeners([NOT_HERE], createHttpServer), other)).rejects.toMatchObject({
    code: "EADDRNOTAVAIL",
  });
});

test.each(hasIpv6 ? LOOPBACK : ["127.0.0.1"])(
  "fails if the port is taken at %s, and releases the other address",
  async (taken) => {
    const port = await freePort();
    const other = createServer().listen(port, taken);
    await once(other, "listening");
    onTestFinished(() => {
      other.close();
    });
    await expect(listen(makeListeners(LOOPBACK, createHttpServer), port)).rejects.toMatchObject({
      code: "EADDRINUSE",
      port,
    });
    const rest = LOOPBACK.filter((address) => address !== taken);
    if (hasIpv6) await serve(rest, port);
  },
);
