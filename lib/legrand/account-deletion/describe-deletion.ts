import type { DeletionExtent } from "#lib/legrand/account-deletion/store.ts";

/** Lists what a deletion removes, without the lines whose count is zero. */
export function describeDeletion({
  applications,
  people,
  drafts,
  subscriptions,
  grants,
  homes,
}: DeletionExtent): string[] {
  const lines = [
    applications &&
      `${counted(applications, "application")} that you registered${people ? `, with the access that ${counted(people, "person", "people")} gave ${applications === 1 ? "it" : "them"}` : ""}`,
    drafts && `${counted(drafts, "draft")} of ${drafts === 1 ? "an application" : "applications"}`,
    subscriptions &&
      `${counted(subscriptions, "subscription")} to the API, with ${subscriptions === 1 ? "its" : "their"} keys`,
    grants && `the access that you gave to ${counted(grants, "application")}`,
    homes && `${counted(homes, "home")}, with everything in ${homes === 1 ? "it" : "them"}`,
  ];
  return lines.filter((line) => typeof line === "string");
}

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
