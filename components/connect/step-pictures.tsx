import type { ReactNode } from "react";

const LINE = "fill-none stroke-border-strong stroke-2";
const TICK = "fill-none stroke-on-primary stroke-2";

function Picture({ edge, children }: { edge: string; children: ReactNode }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 120 84" strokeLinecap="round" className="w-full">
      <rect x="0.5" y="0.5" width="119" height="83" rx="7.5" className="fill-canvas stroke-border" />
      <path d="M2 4.5C3 2 5 1 8 1h104c3 0 5 1 6 3.5z" className={edge} />
      {children}
    </svg>
  );
}

export function SignInPicture() {
  return (
    <Picture edge="fill-brand">
      <rect x="26" y="18" width="68" height="12" rx="3" className="fill-surface stroke-border-strong" />
      <rect x="26" y="36" width="68" height="12" rx="3" className="fill-surface stroke-border-strong" />
      <path
        d="M32 24h28M32 42h.1M38 42h.1M44 42h.1M50 42h.1"
        className="fill-none stroke-ink-muted stroke-3"
      />
      <rect x="26" y="56" width="68" height="14" rx="3" className="fill-primary" />
    </Picture>
  );
}

export function WhoAsksPicture() {
  return (
    <Picture edge="fill-brand">
      <rect x="26" y="17" width="20" height="20" rx="5" className="fill-info" />
      <path d="M51 27h19" className={`${LINE} [stroke-dasharray:3_5]`} />
      <rect x="74" y="17" width="20" height="20" rx="5" className="fill-brand" />
      <path
        d="M41 27a5 5 0 1 1-10 0 5 5 0 0 1 10 0ZM80 21h8v12h-8zM80 27h8"
        className="fill-none stroke-on-primary stroke-[1.5]"
      />
      <path d="M26 50h68M26 60h52M26 70h60" className={LINE} />
    </Picture>
  );
}

export function AllowPicture() {
  return (
    <Picture edge="fill-brand">
      <rect x="26" y="16" width="13" height="13" rx="3" className="fill-primary" />
      <rect x="26" y="36" width="13" height="13" rx="3" className="fill-primary" />
      <rect x="27" y="57" width="11" height="11" rx="2" className={LINE} />
      <path d="M29.5 23l2.5 2.5 4-5M29.5 43l2.5 2.5 4-5" className={TICK} />
      <path d="M48 22.5h46M48 42.5h36M48 62.5h41" className={LINE} />
    </Picture>
  );
}

export function ConnectedPicture() {
  return (
    <Picture edge="fill-info">
      <circle cx="60" cy="36" r="18" className="fill-success-soft" />
      <path d="M52 36.5l6 6 11-12" className="fill-none stroke-success stroke-3" />
      <path d="M40 68h40" className={LINE} />
    </Picture>
  );
}
