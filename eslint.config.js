import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

import { onlyDoorsMakeProofs } from "./tests/lint/only-doors-make-proofs.js";

export default defineConfig(
  globalIgnores([".next/", ".data*/", "lib/db/generated/", "test-results/", "next-env.d.ts"]),
  tseslint.configs.recommendedTypeChecked,
  { files: ["app/**", "components/**"], extends: [reactHooks.configs.flat["recommended-latest"]] },
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
      ],
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
      // `{ jti: _value, ...payload }` omits a member.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // An interface may require an async function (next-auth's adapter, a server action) that has nothing to
      // await.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/return-await": ["error", "in-try-catch"],
      // Numbers are allowed in template strings, as the one way to build strings from them; objects stay
      // forbidden.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      eqeqeq: "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "TSEnumDeclaration",
          message: "Node runs the sources by erasing types: use a union of literals.",
        },
      ],
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { house: { rules: { "only-doors-make-proofs": onlyDoorsMakeProofs } } },
    rules: { "house/only-doors-make-proofs": "error" },
  },
  {
    // Tests read a server's answers as they arrive, untyped, and vitest's matchers are `any`.
    files: ["tests/**"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  // Limits at the largest present values. A function or file that exceeds them is split by meaning, not by
  // count.
  {
    files: ["app/**", "lib/**"],
    rules: { "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ["components/**"],
    rules: { "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ["app/**", "components/**", "lib/**"],
    rules: {
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      complexity: ["error", 24],
    },
  },
  {
    // People copy it into their application: it stays one file.
    files: ["lib/connect/legrand-provider.ts"],
    rules: { "max-lines": ["error", { max: 265, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
