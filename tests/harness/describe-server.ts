/**
 * What the control of the server under test returns about its requests (tests/harness/control.ts): the open
 * ones, and the last documents.
 */
export type ServerState = {
  open: { request: string; seconds: number }[];
  documents: { request: string; secondsAgo: number }[];
};

const PATIENCE_MS = 3_000;

/**
 * Returns lines about the server under test: its open requests, and the last pages that browsers opened, as
 * address patterns. If the server does not answer, one line says so.
 */
export async function describeServer(): Promise<string[]> {
  try {
    const response = await fetch(`http://127.0.0.1:${process.env.TEST_CONTROL_PORT}/requests`, {
      method: "POST",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { open, documents } = (await response.json()) as ServerState;
    return [
      `The server is answering ${open.length} requests`,
      ...open.map(({ request, seconds }) => `  ${request}, for ${seconds.toFixed(1)} s`),
      "The last pages that were opened",
      ...documents.map(({ request, secondsAgo }) => `  ${request}, ${secondsAgo.toFixed(1)} s ago`),
    ];
  } catch (error) {
    return [`The server's control does not answer: ${error instanceof Error ? error.name : "unknown"}`];
  }
}
