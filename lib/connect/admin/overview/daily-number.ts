/**
 * A number that is stored for each day. `linked` is the net change of accounts that are not disconnected. The
 * others are connects, denials, and failed refreshes by reason.
 */
export type DailyNumber = {
  day: string;
  name: "linked" | "connected" | "denied" | "refresh_failed" | "reconnect_needed";
  key: string;
  amount: number;
};
