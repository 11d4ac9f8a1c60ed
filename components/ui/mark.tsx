import type { Party } from "#components/ui/plate.tsx";

// Each mark is drawn as a wall plate: Legrand's is a rocker switch with its light, Connect's is a socket.
const LOOKS: Record<Party, { plate: string; outline: string; dots: string }> = {
  legrand: {
    plate: "fill-brand",
    outline: "M15 9h14a3 3 0 0 1 3 3v20a3 3 0 0 1-3 3H15a3 3 0 0 1-3-3V12a3 3 0 0 1 3-3ZM12 23h20",
    dots: "M22 16h.1",
  },
  connect: {
    plate: "fill-info",
    outline: "M35 22a13 13 0 1 1-26 0 13 13 0 0 1 26 0Z",
    dots: "M17 22h.1M27 22h.1",
  },
};

/** The party's own mark, in its colour. */
export function Mark({ party, className = "size-11" }: { party: Party; className?: string }) {
  const { plate, outline, dots } = LOOKS[party];
  return (
    <svg aria-hidden="true" viewBox="0 0 44 44" strokeLinecap="round" className={`flex-none ${className}`}>
      <rect width="44" height="44" rx="9" className={plate} />
      <path d={outline} className="fill-none stroke-on-primary stroke-3" />
      <path d={dots} className="stroke-on-primary stroke-5" />
    </svg>
  );
}
