"use client";

import { useEffect, useRef, useState } from "react";

/** Says before the upload that a file is too large. The server checks again. */
export function LogoSizeNote({ maxBytes }: { maxBytes: number }) {
  const place = useRef<HTMLParagraphElement>(null);
  const [bytes, setBytes] = useState(0);
  useEffect(() => {
    const input = place.current?.parentElement?.querySelector<HTMLInputElement>("input[type=file]");
    const look = () => setBytes(input?.files?.[0]?.size ?? 0);
    input?.addEventListener("change", look);
    return () => input?.removeEventListener("change", look);
  }, []);
  return (
    <p ref={place} role="status" className="text-sm font-medium text-danger empty:hidden">
      {bytes > maxBytes && `This file has ${(bytes / 1024 / 1024).toFixed(1)} MB. Choose a smaller one.`}
    </p>
  );
}
