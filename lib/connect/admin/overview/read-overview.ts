import { now } from "#lib/clock.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { countStates } from "#lib/connect/admin/accounts/filter.store.ts";
import { filterQuery, NO_FILTER } from "#lib/connect/admin/accounts/filter-schema.ts";
import { describeOverview, firstDayOf } from "#lib/connect/admin/overview/describe-overview.ts";
import type { Period } from "#lib/connect/admin/overview/period-schema.ts";
import { listDailyNumbers } from "#lib/connect/admin/overview/store.ts";
import { SHOWN_STATES, STATE_LABELS, STATE_TONES } from "#lib/connect/linked-accounts/state-constants.ts";

/**
 * Reads the overview, with two SQL statements. It has the number of accounts in each state now, with a link
 * to their list, and the plots of the period.
 */
export async function readOverview(admin: AdminUser, period: Period) {
  const at = now();
  const [states, numbers] = await Promise.all([
    countStates(admin, at),
    listDailyNumbers(admin, firstDayOf(period, at)),
  ]);
  const counts = SHOWN_STATES.map((state) => ({
    state,
    label: STATE_LABELS[state],
    tone: STATE_TONES[state],
    amount: states[state].amount,
    isAtLeast: states[state].isAtLeast,
    href: `/admin/linked-accounts?${filterQuery({ ...NO_FILTER, state })}`,
  }));
  return { counts, plots: describeOverview(numbers, period, at) };
}
