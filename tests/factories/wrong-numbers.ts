/**
 * Selects the stored counts (connect_tally) that differ from a fresh count of the rows. A test expects no
 * row. History counts can be compared only while no account was deleted with its history, because the stored
 * counts keep past events.
 */
export const WRONG_NUMBERS = `
  WITH kept AS (SELECT day, name, key, sum(amount) AS amount FROM connect_tally WHERE name <> 'denied' GROUP BY 1, 2, 3 HAVING sum(amount) <> 0),
  fresh AS (
    SELECT day, name, key, sum(amount) AS amount FROM (
      SELECT DATE '1970-01-01' AS day, 'listed' AS name, listed_state AS key, 1 AS amount FROM connect_account
      UNION ALL SELECT (connected_at AT TIME ZONE 'UTC')::date, 'linked', '', 1 FROM connect_account
      UNION ALL SELECT (disconnected_at AT TIME ZONE 'UTC')::date, 'linked', '', -1 FROM connect_account WHERE state = 'disconnected'
      UNION ALL SELECT (at AT TIME ZONE 'UTC')::date, what, coalesce(detail->>'reason', ''), 1 FROM connect_linked_account_event
        WHERE what IN ('connected', 'refresh_failed', 'reconnect_needed')
    ) AS counted GROUP BY 1, 2, 3 HAVING sum(amount) <> 0
  )
  SELECT day::text, name, key, kept.amount::int AS kept, fresh.amount::int AS fresh FROM kept FULL JOIN fresh USING (day, name, key)
  WHERE kept.amount IS DISTINCT FROM fresh.amount ORDER BY 1, 2, 3`;
