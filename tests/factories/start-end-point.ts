import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A notification as it arrived: its parsed body, and how it was sent. */
export type Received = { path: string; contentType: string | undefined; body: Record<string, unknown>[] };

/** An application's endpoint for notifications. */
export type TestEndPoint = {
  url: string;
  received: Received[];
  /** Answers a notification; by default with 200 at once. */
  answer: (response: ServerResponse) => void;
  /** Resolves when that many notifications have arrived. */
  got: (count: number) => Promise<Received[]>;
  stop: () => Promise<void>;
};

/** Starts an endpoint on a free port of this machine. */
export async function startEndPoint(): Promise<TestEndPoint> {
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      endPoint.received.push({
        path: request.url!,
        contentType: request.headers["content-type"],
        body: JSON.parse(Buffer.concat(chunks).toString()) as Received["body"],
      });
      endPoint.answer(response);
      waiting.splice(0).forEach((look) => look());
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  const endPoint: TestEndPoint = {
    url: `http://localhost:${(server.address() as AddressInfo).port}/notifications`,
    received: [],
    answer: (response) => response.end(),
    got: async (count) => {
      while (endPoint.received.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
      return endPoint.received;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return endPoint;
}
