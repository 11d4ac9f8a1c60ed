// Cycles between the nouns of lib/connect and lib/legrand. `npm test -- imports` runs it after
// .dependency-cruiser.cjs, which has all other rules.
//
// A rule about folders sees `lib` as one folder. There lib/server starts the seed, the seed imports nouns, and
// nouns import loose files of lib, so each noun would be in a cycle through prisma. These two folders are
// therefore left out here, and only here.

const { options } = require("./.dependency-cruiser.cjs");

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycle-of-nouns",
      comment: "Nouns depend on each other in one direction.",
      severity: "error",
      scope: "folder",
      from: { path: "^lib/(?:connect|legrand)/" },
      to: { path: "^lib/(?:connect|legrand)/", circular: true },
    },
  ],
  options: { ...options, exclude: { path: `${options.exclude.path}|^(?:lib/server|prisma)/` } },
};
