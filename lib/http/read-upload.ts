import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import busboy from "busboy";

import { checkParameters, notUtf8, PARAMETER_LIMIT, tooManyParameters } from "#lib/http/check-parameters.ts";
import { chunksOf } from "#lib/http/chunks-of.ts";
import { readForm } from "#lib/http/read-parameters.ts";
import { UnreadableRequestError } from "#lib/http/unreadable-request-error.ts";

/** The whole body, its file included; lib/server/serve.ts refuses more where the length is said beforehand. */
const UPLOAD_LIMIT_BYTES = 64 * 1024 * 1024;
/** Everything beside the file. */
const FIELDS_LIMIT_BYTES = 256 * 1024;

/** The file of an upload: its bytes, `none` when the person chose none, `too_large` when it was passed over. */
export type UploadedFile = { bytes: Uint8Array } | "none" | "too_large";

/**
 * Reads a form with at most one file, in the field `fileField`, as it comes in: no more of it is kept than the fields and
 * `maxFileBytes`. What the file is called and says of itself is not read. A form without files may come url-encoded too.
 * Throws `UnreadableRequestError` by the rules of `readForm`, and for a file elsewhere or a second one.
 */
export async function readUpload(request: Request, fileField: string, maxFileBytes: number): Promise<{ form: URLSearchParams; file: UploadedFile }> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^\s*multipart\/form-data\s*(;|$)/i.test(type)) return { form: await readForm(request, FIELDS_LIMIT_BYTES), file: "none" };
  const upload: Upload = { form: new URLSearchParams(), fieldBytes: 0, file: "none", refusal: null };
  const parser = makeParser(type, maxFileBytes);
  parser.on("field", (name: string | undefined, value, { nameTruncated, valueTruncated }) => addField(upload, name, value, nameTruncated || valueTruncated));
  parser.on("file", (name: string | undefined, stream, { filename }: { filename?: string }) => {
    if (name !== fileField) refuse(upload, 400, "There is a file in a field that takes none");
    addFile(upload, stream, filename !== undefined, maxFileBytes);
  });
  parser.on("filesLimit", () => refuse(upload, 400, "There is more than one file"));
  parser.on("fieldsLimit", () => { upload.refusal ??= tooManyParameters(); });
  await pipeline(bounded(request.body), parser).catch((error: unknown) => {
    throw error instanceof UnreadableRequestError ? error : notComplete();
  });
  if (upload.refusal) throw upload.refusal;
  return { form: checkParameters(upload.form), file: upload.file };
}

type Upload = { form: URLSearchParams; fieldBytes: number; file: UploadedFile; refusal: UnreadableRequestError | null };

const notComplete = () => new UnreadableRequestError(400, "The body is not a complete multipart form");

// Said at the end: a client that is still sending would see a broken connection in place of the answer.
function refuse(upload: Upload, status: 400 | 413, sentence: string): void {
  upload.refusal ??= new UnreadableRequestError(status, sentence);
}

function makeParser(contentType: string, maxFileBytes: number): busboy.Busboy {
  try {
    return busboy({
      headers: { "content-type": contentType },
      defParamCharset: "utf8",
      limits: { fieldNameSize: 200, fieldSize: FIELDS_LIMIT_BYTES, fields: PARAMETER_LIMIT, files: 1, fileSize: maxFileBytes + 1 },
    });
  } catch {
    throw notComplete();
  }
}

function addField(upload: Upload, name: string | undefined, value: string, isTruncated: boolean): void {
  if (name === undefined) return refuse(upload, 400, "A field has no name");
  upload.fieldBytes += Buffer.byteLength(name) + Buffer.byteLength(value);
  if (isTruncated || upload.fieldBytes > FIELDS_LIMIT_BYTES) return refuse(upload, 413, `The fields are larger than ${FIELDS_LIMIT_BYTES} bytes`);
  // The parser puts U+FFFD where a value was not UTF-8.
  if (name.includes("\ufffd") || value.includes("\ufffd")) upload.refusal ??= notUtf8();
  upload.form.append(name, value);
}

/** Keeps the file while it is small enough. A form whose file field was left empty sends an empty file without a name. */
function addFile(upload: Upload, stream: Readable, hasName: boolean, maxBytes: number): void {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes || upload.refusal) chunks.length = 0;
    else chunks.push(chunk);
  });
  stream.on("error", () => { chunks.length = 0; });
  stream.on("end", () => { upload.file = size > maxBytes ? "too_large" : size || hasName ? { bytes: Buffer.concat(chunks) } : "none"; });
}

async function* bounded(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunksOf(body)) {
    size += chunk.length;
    if (size > UPLOAD_LIMIT_BYTES) throw new UnreadableRequestError(413, `The body is larger than ${UPLOAD_LIMIT_BYTES / 1024 / 1024} MB`);
    yield chunk;
  }
}
