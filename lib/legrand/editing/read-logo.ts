import type { UploadedFile } from "#lib/http/read-upload.ts";
import { addLogo } from "#lib/legrand/logos/add-logo.ts";

/** What a form does to a logo: keeps it, removes it or replaces it; or why the chosen file is refused. */
export type LogoChange = { ok: true; logoPath: string | null | undefined } | { ok: false; message: string };

/** Reads the logo of a form. If the button is **Remove logo**, a chosen file is ignored. */
export async function readLogo(form: URLSearchParams, file: UploadedFile): Promise<LogoChange> {
  if (form.get("action") === "remove-logo") return { ok: true, logoPath: null };
  if (file === "none") return { ok: true, logoPath: undefined };
  if (file === "too_large")
    return { ok: false, message: "The logo is larger than 1 MB. Choose a smaller file." };
  return addLogo(file.bytes);
}
