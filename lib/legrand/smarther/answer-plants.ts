import { answerJson, answerNothing } from "#lib/legrand/smarther/answers.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { listPlants } from "#lib/legrand/smarther/store.ts";

/** The homes of the account; 204 where there is none (Legrand, Plants). */
export async function answerPlants(access: Access): Promise<Response> {
  const plants = await listPlants(access);
  return plants.length ? answerJson({ plants }) : answerNothing();
}
