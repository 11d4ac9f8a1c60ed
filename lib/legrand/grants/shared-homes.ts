/** A home of a person, and whether an application may see it. */
export type HomeChoice = { id: string; name: string; isShared: boolean };

/** The homes of a person by name. `isAll`: the application may see all of them, and those added later. */
export type SharedHomes = { isAll: boolean; homes: HomeChoice[] };

/** The homes to share: all, with those added later, or the homes with these ids. */
export type ChosenHomes = "all" | readonly string[];

/** What a form said about homes. `wereShown` is its hidden field: without it, no home means all. */
export type SentHomes = { ticked: string[]; wereShown: boolean };

/** The stored homes of a grant before and after a change, by their ids; null means all homes. */
export type StoredHomesChange = { before: string[] | null; after: string[] | null };

/** What a change gives to and takes from an application, in words for its receipt. */
export type HomesChange = { added: string[]; removed: string[] };

/** The sentence for a person who ticked no home. The second part says what to do instead. */
export const NO_HOME_CHOSEN = "Choose at least one home";

/** Reads the fields of the homes from a form: `home`, which may repeat, and the hidden `homes=shown`. */
export function parseSentHomes(form: URLSearchParams): SentHomes {
  return { ticked: form.getAll("home"), wereShown: form.get("homes") === "shown" };
}

/**
 * Returns the homes that a form chose, or null if it chose none. A form without a field about homes means all
 * homes, because programs and pages without the choice send that. An id that is no home of the person is
 * ignored.
 */
export function chooseHomes({ ticked, wereShown }: SentHomes, { homes }: SharedHomes): ChosenHomes | null {
  if (ticked.length === 0 && !wereShown) return "all";
  const chosen = homes.filter(({ id }) => ticked.includes(id)).map(({ id }) => id);
  return chosen.length > 0 ? chosen : null;
}

/**
 * True if the person has a choice: several homes, or a stored choice and one home left. That home may be one
 * that the person did not choose, and they need a way to share it.
 */
export function canChooseHomes({ isAll, homes }: SharedHomes): boolean {
  return homes.length > 1 || (!isAll && homes.length === 1);
}

/** Describes which homes an application may see, as the end of a sentence. */
export function describeSharedHomes({ isAll, homes }: SharedHomes): string {
  if (isAll) return "All homes, including later ones";
  const names = homes.filter(({ isShared }) => isShared).map(({ name }) => name);
  return names.length > 0 ? LIST.format(names) : "None of your homes";
}

const LIST = new Intl.ListFormat("en-GB");

/** Describes what a change of the stored homes gives and takes. Later homes count as one entry of the list. */
export function describeHomesChange(
  homes: readonly Pick<HomeChoice, "id" | "name">[],
  { before, after }: StoredHomesChange,
): HomesChange {
  const seen = (stored: string[] | null) => [
    ...homes.filter(({ id }) => stored === null || stored.includes(id)),
    ...(stored === null ? [LATER_HOMES] : []),
  ];
  const missingIn = (others: { id: string }[]) => (one: { id: string }) =>
    !others.some(({ id }) => id === one.id);
  const names = (found: { name: string }[]) => found.map(({ name }) => name);
  return {
    added: names(seen(after).filter(missingIn(seen(before)))),
    removed: names(seen(before).filter(missingIn(seen(after)))),
  };
}

const LATER_HOMES = { id: "later", name: "Homes that you add later" };
