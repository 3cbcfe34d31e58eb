/** A headless page says it has no mouse, and styles for hovering would be missing: say that it has one. */
const MOUSE = 'primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4'
const HEADLESS = ['--headless', '--hide-scrollbars', '--mute-audio', `--blink-settings=${MOUSE}`]

/** Most are Playwright's and Puppeteer's; each serves one of the reasons above it. */
export function chromiumFlags(options: {
  readonly profileFolder: string
  readonly title: string
  readonly headless: boolean
  readonly port: number | null
  readonly root: boolean
}): readonly string[] {
  const page = `<title>${options.title}</title><style>:root{color-scheme:light dark}</style>`
  return [
    // A window without tabs or address bar. Empty at first: the app's page waits for the interception to stand.
    `--app=data:text/html,${encodeURIComponent(page)}`,
    `--user-data-dir=${options.profileFolder}`,
    '--remote-debugging-pipe',
    // Closing the window must leave time to clear the clipboard: the host ends Chromium, or Chromium ends with our pipe.
    '--keep-alive-for-test',
    // Nothing but what the user does goes out.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--disable-domain-reliability',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--no-pings',
    '--dns-prefetch-disable',
    '--metrics-recording-only',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--host-resolver-rules=MAP *.invalid ~NOTFOUND',
    '--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication,CertificateTransparencyComponentUpdater,InterestFeedContentSuggestions',
    // No questions and no offers at the start.
    '--no-first-run',
    '--no-default-browser-check',
    '--no-service-autorun',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-component-extensions-with-background-pages',
    '--disable-search-engine-choice-screen',
    // The throw-away profile keeps nothing, so it needs no keyring to keep it in.
    '--password-store=basic',
    '--use-mock-keychain',
    // An app's window goes on working when something covers it.
    '--disable-renderer-backgrounding',
    '--disable-backgrounding-occluded-windows',
    ...(options.headless ? HEADLESS : []),
    ...(options.port === null ? [] : [`--remote-debugging-port=${options.port}`]),
    // Chromium refuses to start a sandbox as root. `--test-type` hides the bar that says so over the page; we print it.
    ...(options.root ? ['--no-sandbox', '--test-type'] : []),
  ]
}
