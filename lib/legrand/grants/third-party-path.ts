/** The page that lists the applications to which a person gave access. */
export const THIRD_PARTY_ACCESS = "/legrand/third-party-access";

/** Returns the path below which one application's access is changed. */
export const thirdPartyPath = (clientId: string): string => `${THIRD_PARTY_ACCESS}/${clientId}`;
