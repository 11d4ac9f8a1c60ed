-- Adds up the tally rows of each day, name and key into one row. The lock lets one compaction run at a time,
-- because two would wait for each other's rows in any order. Statements that add or read rows never wait for
-- it, and rows that are added during a compaction stay for the next one (decision 29).
CREATE OR REPLACE FUNCTION connect_compact_tally() RETURNS void LANGUAGE sql AS $$
  LOCK TABLE connect_tally IN SHARE UPDATE EXCLUSIVE MODE;
  WITH many AS (SELECT day, name, key FROM connect_tally GROUP BY day, name, key HAVING count(*) > 1),
    gone AS (DELETE FROM connect_tally USING many WHERE (connect_tally.day, connect_tally.name, connect_tally.key) = (many.day, many.name, many.key)
      RETURNING connect_tally.day, connect_tally.name, connect_tally.key, connect_tally.amount)
  INSERT INTO connect_tally (day, name, key, amount) SELECT day, name, key, sum(amount) FROM gone GROUP BY day, name, key HAVING sum(amount) <> 0;
$$;
