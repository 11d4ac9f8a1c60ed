import { answerJson, answerNothing } from "#lib/legrand/smarther/answers.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { listPlants } from "#lib/legrand/smarther/store.ts";

/** Answers with the homes of the account, or with 204 if there are none (Legrand, Plants). */
export async function answerPlants(access: Access): Promise<Response> {
  const plants = await listPlants(access);
  return plants.length ? answerJson({ plants }) : answerNothing();
}
