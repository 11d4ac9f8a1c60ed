const PATHS = {
  person: "M13 7a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM4 17c.6-3 3-4.5 6-4.5s5.4 1.5 6 4.5",
  mail: "M3 5h14v10.5H3zM3 6l7 5.5L17 6",
  home: "M3 9l7-6 7 6v8H3zM8 17v-5h4v5",
  refresh: "M16 8.5A6.3 6.3 0 0 0 4.5 7M4 3.5V7h3.5M4 11.5A6.3 6.3 0 0 0 15.5 13M16 16.5V13h-3.5",
  video: "M2.5 6h9.5v8H2.5zM12 9l5.5-3v8L12 11",
  door: "M5 17V3h10v14M3 17h14M12 9.5v1.5",
  shutter: "M3 3h14M4.5 3v14h11V3M4.5 6.5h11M4.5 9.5h11M4.5 12.5h11",
  thermometer: "M8 11.5v-7a2 2 0 1 1 4 0v7a3.5 3.5 0 1 1-4 0ZM10 8v6",
  dial: "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0ZM10 10l2.8-3.5",
  light: "M7.5 14c0-2-2.5-2.7-2.5-6a5 5 0 0 1 10 0c0 3.3-2.5 4-2.5 6zM8 17h4",
  lock: "M4.5 9h11v8h-11zM7 9V6.5a3 3 0 0 1 6 0V9M10 12.3v1.6",
  plug: "M7.5 3v4M12.5 3v4M5 7h10v2.5a5 5 0 0 1-10 0zM10 14.5V18",
  info: "M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0ZM10 9v5M10 6.2v.1",
  done: "M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0ZM6.5 10.3l2.5 2.5 4.5-5",
  failed: "M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0ZM7.5 7.5l5 5M12.5 7.5l-5 5",
  cross: "M5 5l10 10M15 5L5 15",
  check: "M4 10.5l4 4 8-9",
  arrow: "M4 10h12M11 5l5 5-5 5",
  copy: "M7.5 7.5h9v9h-9zM4.5 12.5h-1v-9h9v1",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  chevron: "M7.5 4.5L13 10l-5.5 5.5",
  warning: "M10 3l7.5 13.5h-15zM10 8v4M10 14.2v.1",
} as const;

export type IconName = keyof typeof PATHS;

/** Shows a decorative icon. The words next to it carry the meaning. */
export function Icon({ name, className = "size-5" }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      className={`flex-none fill-none stroke-current stroke-[1.5] ${className}`}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
