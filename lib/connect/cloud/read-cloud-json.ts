/**
 * Reads the body of Legrand's answer as JSON. Returns undefined if it is not JSON or is longer than
 * `limitBytes` (the rest is not read), and null if it is empty. Rejects if the connection ends before the
 * body does.
 */
export async function readCloudJson(response: Response, limitBytes: number): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (size > limitBytes) return undefined;
    chunks.push(chunk);
  }
  return size === 0 ? null : parse(Buffer.concat(chunks).toString("utf8"));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** True if a JSON value is an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
