import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { expect, expectNoSidewaysScroll } from "#tests/e2e/fixtures.ts";

/** How pages are looked at: both themes on a wide window, and the narrowest telephone in use. */
const LOOKS = [
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 1280 },
  { colorScheme: "light", width: 390 },
] as const;

/** All of axe's rules in both themes, wide and narrow, and nothing that scrolls sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 844 });
    // Legacy mode looks at this document only, which has no frames, and needs no second page for it.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] }).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) })), `axe, ${colorScheme}, ${width} px`).toEqual([]);
    await expectNoSidewaysScroll(page);
  }
}
