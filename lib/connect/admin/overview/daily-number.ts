/**
 * A number that is stored for each day: net change of accounts that are not disconnected, connects, denials,
 * or failed refreshes by reason.
 */
export type DailyNumber = {
  day: string;
  name: "linked" | "connected" | "denied" | "refresh_failed" | "reconnect_needed";
  key: string;
  amount: number;
};
