import type { ReactNode } from "react";

const LINE = "fill-none stroke-border-strong stroke-2";
const TICK = "fill-none stroke-on-primary stroke-2";

/** The frame of a picture: a page of the sandbox, with its red edge. */
function Picture({ children }: { children: ReactNode }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 160 96"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="w-full"
    >
      <rect x="0.5" y="0.5" width="159" height="95" rx="7.5" className="fill-canvas stroke-border" />
      <path d="M2 4.5C3 2 5 1 8 1h144c3 0 5 1 6 3.5z" className="fill-brand" />
      {children}
    </svg>
  );
}

/** A form with two fields, and the key that comes of it. */
export function RegisterPicture() {
  return (
    <Picture>
      <rect x="22" y="20" width="66" height="13" rx="3" className="fill-surface stroke-border-strong" />
      <rect x="22" y="40" width="66" height="13" rx="3" className="fill-surface stroke-border-strong" />
      <path d="M28 26.5h30M28 46.5h42" className="fill-none stroke-ink-muted stroke-3" />
      <rect x="22" y="62" width="36" height="14" rx="3" className="fill-primary" />
      <circle cx="119" cy="48" r="21" className="fill-warning-soft" />
      <path
        d="M117 53a6 6 0 1 1-12 0 6 6 0 0 1 12 0ZM115.5 49l13-13M125 39.5l4 4"
        className="fill-none stroke-warning stroke-[2.5]"
      />
    </Picture>
  );
}

/** Two marks that ask for something, and the boxes of a consent page. */
export function ConsentPicture() {
  return (
    <Picture>
      <rect x="22" y="19" width="18" height="18" rx="5" className="fill-info" />
      <path d="M45 28h12" className={`${LINE} [stroke-dasharray:2_4]`} />
      <rect x="62" y="19" width="18" height="18" rx="5" className="fill-brand" />
      <path
        d="M35 28a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM67.5 23.5h7v9h-7zM67.5 28h7"
        className="fill-none stroke-on-primary stroke-[1.5]"
      />
      <rect x="22" y="48" width="12" height="12" rx="3" className="fill-primary" />
      <path d="M25 54l2.3 2.3 4-4.6" className={TICK} />
      <rect x="23" y="69" width="10" height="10" rx="2" className={LINE} />
      <path d="M42 54h56M42 74h40" className={LINE} />
      <rect x="112" y="66" width="28" height="14" rx="3" className="fill-primary" />
    </Picture>
  );
}

/** A request, and the thermostat that answers it. */
export function CallPicture() {
  return (
    <Picture>
      <rect x="20" y="20" width="68" height="58" rx="4" className="fill-surface stroke-border-strong" />
      <rect x="27" y="28" width="17" height="8" rx="2" className="fill-info" />
      <path d="M50 32h30M30 45h38M30 55h46M30 65h28" className={LINE} />
      <path d="M94 49h7M98 45.5l3.5 3.5-3.5 3.5" className="fill-none stroke-ink-muted stroke-2" />
      <circle cx="125" cy="49" r="18" className="fill-success-soft" />
      <path
        d="M122 51v-11a3 3 0 1 1 6 0v11a5.5 5.5 0 1 1-6 0ZM125 43v10"
        className="fill-none stroke-success stroke-[2.5]"
      />
    </Picture>
  );
}
