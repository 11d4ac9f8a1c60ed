import { firstGrapheme } from "#lib/graphemes.ts";

const LOOK = "flex-none rounded-control border border-border";
const SIZES = {
  sm: { box: "size-8", letter: "text-base", pixels: 32 },
  md: { box: "size-11", letter: "text-lg", pixels: 44 },
  lg: { box: "size-16", letter: "text-xl", pixels: 64 },
};

type ApplicationLogoProps = {
  /** Its first letter replaces a missing logo. */
  name: string;
  /** The stored drawing of 128 pixels, which is sharp at each of these sizes. */
  logoPath: string | null;
  size?: keyof typeof SIZES;
};

/** Shows an application's logo or a placeholder. It is decorative, because the name is next to it. */
export function ApplicationLogo({ name, logoPath, size = "md" }: ApplicationLogoProps) {
  const { box, letter, pixels } = SIZES[size];
  if (logoPath)
    return (
      <img
        src={logoPath}
        alt=""
        width={pixels}
        height={pixels}
        className={`${LOOK} ${box} bg-tile bg-clip-padding object-contain`}
      />
    );
  return (
    <span aria-hidden="true" className={`${LOOK} ${box} ${letter} grid place-items-center bg-sunken`}>
      {firstGrapheme(firstGrapheme(name).toUpperCase())}
    </span>
  );
}
