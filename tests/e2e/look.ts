import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { expect, expectNoSidewaysScroll } from "#tests/e2e/fixtures.ts";

/**
 * The ways a page is tested: both themes on a wide window, and the narrowest telephone in use. A theme only
 * changes colours (app/globals.css), so in the second theme only axe's rules about colours can have another
 * result.
 */
const LOOKS = [
  { colorScheme: "light", width: 1280, rules: null },
  { colorScheme: "dark", width: 1280, rules: ["color-contrast", "link-in-text-block"] },
  { colorScheme: "light", width: 390, rules: null },
] as const;

type Violation = { id: string; nodes: { html: string }[] };
/** What `AxeBuilder` leaves in a page that it has tested. */
type Axe = { run: (options: object) => Promise<{ violations: Violation[] }> };

/**
 * Asserts that a page breaks no rule of axe, wide and narrow, with the rules about colours in both themes,
 * and that it does not scroll sideways.
 */
export async function expectAccessible(page: Page): Promise<void> {
  for (const { colorScheme, width, rules } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 844 });
    const violations = await findViolations(page, {
      resultTypes: ["violations"],
      ...(rules && { runOnly: { type: "rule", values: rules } }),
    });
    expect(
      violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) })),
      `axe, ${colorScheme}, ${width} px`,
    ).toEqual([]);
    await expectNoSidewaysScroll(page);
  }
}

/** Runs axe. Its half a megabyte is sent to each document only once. */
async function findViolations(page: Page, options: object): Promise<Violation[]> {
  if (await page.evaluate(() => !("axe" in globalThis))) {
    // Legacy mode tests this document only, which has no frames, and needs no second page for it.
    return (await new AxeBuilder({ page }).setLegacyMode().options(options).analyze()).violations;
  }
  return page.evaluate(async (wanted) => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(wanted);
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }));
  }, options);
}
