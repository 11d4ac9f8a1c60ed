import { now } from "#lib/clock.ts";
import type { ExportFormat, ExportRequest, ExportSource } from "#lib/connect/admin/exports/export.ts";
import { startExport } from "#lib/connect/admin/exports/store.ts";
import { writeExport } from "#lib/connect/admin/exports/write-export.ts";
import { logError } from "#lib/log.ts";

const TYPES: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8; header=present",
  ndjson: "application/x-ndjson; charset=utf-8",
};

/** Answers a request for an export with headers and the streamed file. A HEAD request is not recorded. */
export async function answerExport(
  request: ExportRequest,
  source: ExportSource,
  isHead: boolean,
): Promise<Response> {
  const headers = {
    "content-type": TYPES[request.format],
    "cache-control": "no-store",
    "content-disposition": `attachment; filename="${source.name}-${now().toISOString().slice(0, 10)}.${request.format}"`,
    // Turns off buffering in proxies (nginx). A proxy that buffers the whole answer would delay the first
    // byte and use up memory.
    "x-accel-buffering": "no",
  };
  if (isHead) return new Response(null, { headers });
  const id = await startExport(request);
  return new Response(toStream(writeExport({ ...request, id }, source), request), { headers });
}

/**
 * Pulls from the file only as fast as the reader reads. Rows that the reader does not take are not read from
 * the database either.
 */
function toStream(
  file: AsyncGenerator<Uint8Array, void>,
  { origin, action }: ExportRequest,
): ReadableStream<Uint8Array> {
  const logFailure = (error: unknown) => logError(origin.requestId, action, error);
  let isGone = false;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await file.next();
          // The reader disconnected while a chunk was being read. That is not a failure.
          if (isGone) return;
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          logFailure(error);
          // Breaks the connection, because a file that ended normally here would look complete.
          controller.error(error);
        }
      },
      cancel: async () => void ((isGone = true), await file.return(undefined).catch(logFailure)),
    },
    { highWaterMark: 0 },
  );
}
