import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import busboy from "busboy";

import { decodeUtf8, notUtf8 } from "#lib/http/read-body.ts";
import { checkParameters, PARAMETER_LIMIT, tooManyParameters } from "#lib/http/read-parameters.ts";
import { chunksOf } from "#lib/http/read-body.ts";
import { requireNoCoding } from "#lib/http/read-body.ts";
import { readForm } from "#lib/http/read-parameters.ts";
import { UnreadableRequestError } from "#lib/http/read-body.ts";

/**
 * Limit of the whole body, including its file. If the length is declared, lib/server/front/answer-early.ts
 * refuses a larger body before it is read.
 */
const UPLOAD_LIMIT_BYTES = 64 * 1024 * 1024;
/** Limit of everything except the file. */
const FIELDS_LIMIT_BYTES = 256 * 1024;

/** A form with its file. `size` is the number of bytes of the whole body that were read. */
type ReadUpload = { form: URLSearchParams; file: UploadedFile; size: number };

/** The file of an upload: its bytes, `none` if the user chose no file, or `too_large` if it was skipped. */
export type UploadedFile = { bytes: Uint8Array } | "none" | "too_large";

/**
 * Reads a form with at most one file, in the field `fileField`, as it arrives. Keeps in memory only the
 * fields and at most `maxFileBytes` of the file. Ignores the file's name and declared type. A form without
 * files may also be url-encoded. Throws `UnreadableRequestError` by the rules of `readForm`, and for a second
 * file or a file in another field.
 */
export async function readUpload(
  request: Request,
  fileField: string,
  maxFileBytes: number,
): Promise<ReadUpload> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^\s*multipart\/form-data\s*(;|$)/i.test(type))
    return { form: await readForm(request, FIELDS_LIMIT_BYTES), file: "none", size: 0 };
  requireNoCoding(request.headers);
  const upload: Upload = { form: new URLSearchParams(), size: 0, fieldBytes: 0, file: "none", refusal: null };
  const parser = makeParser(type, maxFileBytes);
  parser.on("field", (name: string | undefined, value, { nameTruncated, valueTruncated }) =>
    addField(upload, name, value, nameTruncated || valueTruncated),
  );
  parser.on("file", (name: string | undefined, stream, { filename }: { filename?: string }) => {
    if (name !== fileField) refuse(upload, 400, "A field that must not have a file has one");
    addFile(upload, stream, filename !== undefined, maxFileBytes);
  });
  parser.on("filesLimit", () => refuse(upload, 400, "There is more than one file"));
  parser.on("fieldsLimit", () => {
    upload.refusal ??= tooManyParameters();
  });
  await pipeline(bounded(request.body, upload), parser).catch((error: unknown) => {
    throw error instanceof UnreadableRequestError ? error : notComplete();
  });
  if (upload.refusal) throw upload.refusal;
  return { form: checkParameters(upload.form), file: upload.file, size: upload.size };
}

type Upload = ReadUpload & { fieldBytes: number; refusal: UnreadableRequestError | null };

const notComplete = () => new UnreadableRequestError(400, "The body is not a complete multipart form");

// Keeps the refusal until the end of the body: a client that is still sending would see a broken connection
// instead of the answer.
function refuse(upload: Upload, status: 400 | 413, sentence: string): void {
  upload.refusal ??= new UnreadableRequestError(status, sentence);
}

function makeParser(contentType: string, maxFileBytes: number): busboy.Busboy {
  try {
    return busboy({
      headers: { "content-type": contentType },
      defCharset: "latin1",
      defParamCharset: "latin1",
      limits: {
        fieldNameSize: 200,
        fieldSize: FIELDS_LIMIT_BYTES,
        fields: PARAMETER_LIMIT,
        files: 1,
        fileSize: maxFileBytes + 1,
      },
    });
  } catch {
    throw notComplete();
  }
}

function addField(upload: Upload, name: string | undefined, value: string, isTruncated: boolean): void {
  if (name === undefined) return refuse(upload, 400, "A field has no name");
  upload.fieldBytes += name.length + value.length;
  if (isTruncated || upload.fieldBytes > FIELDS_LIMIT_BYTES)
    return refuse(upload, 413, `The fields are larger than ${FIELDS_LIMIT_BYTES} bytes`);
  try {
    upload.form.append(textOf(name), textOf(value));
  } catch {
    upload.refusal ??= notUtf8();
  }
}

/**
 * Decodes what the parser read byte by byte. If the parser read UTF-8, it would put U+FFFD in place of
 * invalid bytes, which could not be distinguished from the same character pasted by a user.
 */
const textOf = (latin1: string) => decodeUtf8(Buffer.from(latin1, "latin1"));

/**
 * Keeps the file if it is small enough. A form whose file field was left empty sends an empty file without a
 * name.
 */
function addFile(upload: Upload, stream: Readable, hasName: boolean, maxBytes: number): void {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes || upload.refusal) chunks.length = 0;
    else chunks.push(chunk);
  });
  stream.on("error", () => {
    chunks.length = 0;
  });
  stream.on("end", () => {
    upload.file = size > maxBytes ? "too_large" : size || hasName ? { bytes: Buffer.concat(chunks) } : "none";
  });
}

async function* bounded(body: ReadableStream<Uint8Array> | null, upload: Upload): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunksOf(body)) {
    upload.size += chunk.length;
    if (upload.size > UPLOAD_LIMIT_BYTES)
      throw new UnreadableRequestError(413, `The body is larger than ${UPLOAD_LIMIT_BYTES / 1024 / 1024} MB`);
    yield chunk;
  }
}
