import { light, plug, remote, shutter, type Installation } from "#lib/legrand/plants/installation.ts";

/** What a home has from the beginning. Homes of before got the same by the migration `home_control`. */
export const FIRST_INSTALLATION: Installation = {
  ambients: [
    {
      name: "Living room",
      type: "livingroom",
      products: [
        light("Ceiling light", "NLF", 40),
        plug("Floor lamp", 9, true),
        shutter("Living room shutter", 100),
      ],
    },
    {
      name: "Bedroom",
      type: "bedroom",
      products: [light("Bedside lamp", "NLL", 8), shutter("Bedroom shutter", 0)],
    },
  ],
  products: [remote("General command")],
};
