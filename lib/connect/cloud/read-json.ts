/**
 * The body of an answer of Legrand's as JSON: undefined when it is no JSON, or more than that many bytes,
 * whose rest is not waited for; null when it is empty. Rejects when the connection ends before the body does.
 */
export async function readJson(response: Response, limitBytes: number): Promise<unknown> {
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
