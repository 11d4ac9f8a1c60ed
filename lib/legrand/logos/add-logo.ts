/** What came of an uploaded logo: where it is shown, or why it was refused, in a sentence for the person. */
export type AddedLogo = { ok: true; logoPath: string } | { ok: false; reason: string; message: string };

/**
 * Draws an uploaded logo anew in fixed sizes and stores the drawings. Returns the path of the middle one. Nothing of the file
 * itself is kept.
 */
export async function addLogo(bytes: Uint8Array): Promise<AddedLogo> {
  void bytes;
  return { ok: false, reason: "not_yet", message: "Logos are not taken yet." };
}
