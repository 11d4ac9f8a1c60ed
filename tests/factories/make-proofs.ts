import type { AdminUser, Administrator } from "#lib/connect/users/admin-user.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import type { AccountId } from "#lib/legrand/accounts/account-id.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { ClientId } from "#lib/legrand/applications/client-id.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";

// The doors make the proofs that the product uses. A unit test has no request that a door could check, so it
// makes its proofs here; ESLint forbids that everywhere else (tests/lint/only-doors-make-proofs.js).

/** Makes the proof of an auditor, or of another user with a role. */
export const makeAdminProof = (fields: Partial<AdminUser> = {}): AdminUser =>
  ({ userId: "", name: null, label: "", role: "auditor", ...fields }) as AdminUser;

/** Makes the proof of an administrator, with further fields that the test needs. */
export const makeAdministratorProof = <Fields extends Partial<Administrator>>(
  fields: Fields,
): Administrator & Fields =>
  ({ userId: "", name: null, label: "", role: "administrator", ...fields }) as Administrator & Fields;

/** Makes the proof that a user is signed in to Connect. */
export const makeUserProof = (fields: Partial<SignedInUser>): SignedInUser =>
  ({ userId: "", name: null, label: fields.userId ?? "", admin: null, ...fields }) as SignedInUser;

/** Makes the proof that a Legrand account is signed in. */
export const makeAccountProof = (fields: Partial<LegrandAccount>): LegrandAccount => fields as LegrandAccount;

/** Makes the proof that the signed-in account registered the application. */
export const makeApplicationProof = (fields: Partial<OwnedApplication>): OwnedApplication =>
  fields as OwnedApplication;

/** Makes the proof that a request has a live access token. */
export const makeAccessProof = (fields: Partial<Access>): Access => fields as Access;

/** Says that this is the id of an account that the test made. */
export const toAccountId = (id: string): AccountId => id as AccountId;

/** Says that this is the id of an application that the test made. */
export const toClientId = (id: string): ClientId => id as ClientId;
