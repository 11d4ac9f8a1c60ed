/**
 * A number that is kept for each day: net change of accounts that are not disconnected, connects, denials,
 * failed refreshes by reason.
 */
export type DailyNumber = {
  day: string;
  name: "linked" | "connected" | "denied" | "refresh_failed" | "reconnect_needed";
  key: string;
  amount: number;
};
