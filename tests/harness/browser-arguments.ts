/**
 * The features that Playwright 1.65 disables. Chromium reads only the last `--disable-features`, so this list
 * repeats them.
 */
const DISABLED_BY_PLAYWRIGHT = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "TcpPortRandomizationWin",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  "msForceBrowserSignIn",
  "msEdgeUpdateLaunchServicesPreferredVersion",
];

/**
 * Two pages of the address bar. Chromium loads them for every window, even headless, which costs 0.4 s of
 * processor time a test.
 */
const ADDRESS_BAR = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];

/**
 * Arguments for Chromium in addition to Playwright's. Debian's launcher asks for rasterization on a graphics
 * processor. Without one, Chromium emulates it (SwiftShader), which is slow, and a graphics process that
 * hangs stops every page.
 */
export const BROWSER_ARGUMENTS = [
  `--disable-features=${[...DISABLED_BY_PLAYWRIGHT, ...ADDRESS_BAR].join(",")}`,
  "--disable-gpu",
  "--disable-gpu-rasterization",
];
