import type { ComponentProps } from "react";

/** A button that looks like a link, for a small action inside text, such as "Not you?". */
export function LinkButton({ className = "", ...rest }: ComponentProps<"button">) {
  return (
    <button
      className={`min-h-6 cursor-pointer text-sm underline underline-offset-[3px] hover:decoration-2 pointer-coarse:min-h-11 ${className}`}
      {...rest}
    />
  );
}
