import { answerJson, answerNothing } from "#lib/legrand/smarther/answers.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";

/** Answers with the homes that the application may see, or with 204 if there are none (Legrand, Plants). */
export async function answerPlants({ homes }: Access): Promise<Response> {
  if (homes.length === 0) return answerNothing();
  return answerJson({ plants: homes.map(({ id, name, type }) => ({ id, name, type })) });
}
