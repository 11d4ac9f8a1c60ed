const DROP_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Yields the chunks of a body. If the caller stops early, reads and drops the rest, up to the size limit. A
 * connection with an unread body answers nothing any more, neither this request nor the next one (RFC 9112
 * §9.6).
 */
export async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  let isDone = false;
  try {
    for (let read = await reader.read(); !(isDone = read.done); read = await reader.read()) yield read.value;
  } finally {
    if (!isDone) await drop(reader);
  }
}

async function drop(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  let dropped = 0;
  try {
    for (let read = await reader.read(); !read.done && dropped < DROP_LIMIT_BYTES; read = await reader.read())
      dropped += read.value.length;
  } catch {
    // The sender has gone.
  }
}
