"use client";

import { useEffect, useRef } from "react";

/**
 * Opens a row of the table before it when a person clicks words that are above the row's link, such as a time
 * with its tooltip. Selecting text does not open the row. Without scripts, the rest of the row does it.
 */
export function OpenRow() {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const table = place.current?.parentElement?.querySelector("table");
    table?.addEventListener("click", openRow);
    return () => table?.removeEventListener("click", openRow);
  }, []);
  return <span ref={place} hidden />;
}

function openRow({ target, ctrlKey, metaKey, shiftKey }: MouseEvent): void {
  if (!(target instanceof Element) || target.closest("a, button, input, label, details")) return;
  if (!getSelection()?.isCollapsed) return;
  // A click with a modifier opens a new tab or window, as on the link itself.
  target
    .closest("tr")
    ?.querySelector("a[data-opens-row]")
    ?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
}
