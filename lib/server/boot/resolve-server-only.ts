import { registerHooks } from "node:module";

// The package throws wherever it is not bundled for the server by Next. The server in front of Next is not
// bundled, and runs nowhere else. A condition for the whole process (`--conditions=react-server`) would also
// change the React that Next loads.
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === "server-only"
      ? { url: "data:text/javascript,", format: "module", shortCircuit: true }
      : nextResolve(specifier, context),
});
