import type { ComponentProps } from "react";

export type ButtonVariant = "primary" | "secondary" | "danger" | "danger-quiet";

const BASE =
  "inline-flex min-h-10 cursor-pointer print:hidden items-center justify-center gap-2 rounded-control border px-4 py-1.5 text-center " +
  "font-semibold no-underline transition-colors pointer-coarse:min-h-11 aria-busy:cursor-progress " +
  "disabled:cursor-not-allowed disabled:border-border disabled:bg-sunken disabled:text-ink-subtle";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "border-primary bg-primary text-on-primary hover:bg-primary/85 active:bg-primary/75",
  secondary: "border-border-strong bg-surface text-ink hover:bg-sunken active:border-ink",
  danger: "border-danger bg-danger text-on-danger hover:bg-danger/90 active:bg-danger/80",
  // The first step of an action that cannot be undone. `danger` is the second step.
  "danger-quiet": "border-border-strong bg-surface text-danger hover:bg-danger-soft active:border-danger",
};

type Look = { variant?: ButtonVariant };

export function Button({ variant = "primary", className = "", ...rest }: ComponentProps<"button"> & Look) {
  return <button className={`${BASE} ${VARIANTS[variant]} ${className}`} {...rest} />;
}

export function ButtonLink({
  variant = "primary",
  className = "",
  ...rest
}: ComponentProps<"a"> & Look & { href: string }) {
  return <a className={`${BASE} ${VARIANTS[variant]} ${className}`} {...rest} />;
}
