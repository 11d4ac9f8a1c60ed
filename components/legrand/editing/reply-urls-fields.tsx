"use client";

import { useEffect, useRef, useState } from "react";

import { ReplyUrlField } from "#components/legrand/editing/reply-url-field.tsx";
import { Button } from "#components/ui/button.tsx";
import {
  checkReplyUrls,
  REPLY_URL_LIMIT,
  type ApplicationType,
} from "#lib/legrand/reply-urls/reply-url-schema.ts";

type ReplyUrlsFieldsProps = {
  type: ApplicationType;
  urls: string[];
  /** True if the server checked the addresses and found a problem. */
  isChecked: boolean;
};
type Row = { key: number; url: string; isChecked: boolean };

/**
 * Edits one to ten reply URLs. The buttons submit the form; with scripts they act at once. Scripts also check
 * each address while it is typed, by the server's rules.
 */
export function ReplyUrlsFields({ type, urls, isChecked }: ReplyUrlsFieldsProps) {
  const place = useRef<HTMLDivElement>(null);
  const { rows, set, add, remove } = useRows(urls, isChecked, place);
  const { problems, notes } = checkReplyUrls(
    rows.map(({ url }) => url),
    type,
  );
  const isEmpty = rows.every(({ url }) => url === "");
  return (
    <div ref={place} className="grid grid-cols-1 gap-4">
      {rows.map((row, index) => (
        <ReplyUrlField
          key={row.key}
          number={index + 1}
          url={row.url}
          problem={
            row.isChecked && (row.url !== "" || (index === 0 && isChecked && isEmpty))
              ? problems[index]!
              : null
          }
          onType={(url) => set(row.key, { url, isChecked: false })}
          onPause={() => set(row.key, { isChecked: true })}
          onRepair={(url) => set(row.key, { url, isChecked: true })}
          onRemove={() => remove(row.key)}
        />
      ))}
      <div className="flex flex-wrap items-center gap-3">
        {rows.length < REPLY_URL_LIMIT && (
          <Button
            variant="secondary"
            name="add"
            value="1"
            onClick={(event) => {
              event.preventDefault();
              add();
            }}
          >
            Add new reply URL
          </Button>
        )}
        <p className="text-sm text-ink-muted">{`${rows.length} of ${REPLY_URL_LIMIT}`}</p>
      </div>
      <ul role="status" className="grid gap-1 text-sm text-ink-muted empty:hidden">
        {notes.map((note) => (
          <li key={note} className="wrap-anywhere">
            {note}
          </li>
        ))}
      </ul>
    </div>
  );
}

function useRows(urls: string[], isChecked: boolean, place: React.RefObject<HTMLDivElement | null>) {
  const [rows, setRows] = useState<Row[]>(() => urls.map((url, key) => ({ key, url, isChecked })));
  const nextKey = useRef(urls.length);
  const focus = useRef<number | null>(null);
  const count = rows.length;
  useEffect(() => {
    if (focus.current === null) return;
    const inputs = place.current?.querySelectorAll("input") ?? [];
    inputs[Math.min(focus.current, inputs.length - 1)]?.focus();
    // A row that was added or removed counts as input, for example for the autosave.
    place.current?.dispatchEvent(new Event("input", { bubbles: true }));
    focus.current = null;
  }, [count, rows, place]);
  return {
    rows,
    set: (key: number, change: Partial<Row>) =>
      setRows((before) => before.map((row) => (row.key === key ? { ...row, ...change } : row))),
    add: () => {
      focus.current = count;
      setRows([...rows, { key: nextKey.current++, url: "", isChecked: false }]);
    },
    remove: (key: number) => {
      focus.current = Math.max(0, rows.findIndex((row) => row.key === key) - 1);
      const rest = rows.filter((row) => row.key !== key);
      setRows(rest.length ? rest : [{ key: nextKey.current++, url: "", isChecked: false }]);
    },
  };
}
