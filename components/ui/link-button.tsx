import type { ComponentProps } from "react";

/** A button that reads as a link: for a small act inside text, such as "Not you?". */
export function LinkButton({ className = "", ...rest }: ComponentProps<"button">) {
  return (
    <button
      className={`min-h-6 cursor-pointer text-sm underline underline-offset-[3px] hover:decoration-2 pointer-coarse:min-h-11 ${className}`}
      {...rest}
    />
  );
}
