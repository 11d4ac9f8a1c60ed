import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { readTheme } from "#components/layout/theme.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Legrand Connect", template: "%s · Legrand Connect" },
  description: "Try the whole Works with Legrand consent flow, from sign-in to tokens, on your own machine.",
};

const LIGHT_CANVAS = "#fafaf8";
const DARK_CANVAS = "#121110";

export async function generateViewport(): Promise<Viewport> {
  const theme = await readTheme();
  if (theme) return { colorScheme: theme, themeColor: theme === "dark" ? DARK_CANVAS : LIGHT_CANVAS };
  return {
    colorScheme: "light dark",
    themeColor: [
      { media: "(prefers-color-scheme: light)", color: LIGHT_CANVAS },
      { media: "(prefers-color-scheme: dark)", color: DARK_CANVAS },
    ],
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await readTheme();
  return (
    <html lang="en" data-theme={theme ?? undefined}>
      <body>{children}</body>
    </html>
  );
}
