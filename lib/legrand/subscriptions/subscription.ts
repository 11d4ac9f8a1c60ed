/** A subscription as its developer sees it, without its keys. */
export type Subscription = {
  id: string;
  name: string;
  createdAt: Date;
  /** Calls that were answered today (UTC), for all end users together. */
  callsToday: number;
  endUsersToday: number;
  /** Today's calls for the end user with the most. */
  mostCallsToday: number;
};
