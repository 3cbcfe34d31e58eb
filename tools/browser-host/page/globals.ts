/**
 * What the scripts in this folder use of a page. They run in Chromium, but are compiled with main's settings, which
 * keep the DOM out of main's types; so the few names they need are spelled out here.
 */
export interface PageGlobals {
  readonly top: unknown
  readonly self: unknown
  readonly location: { readonly origin: string }
  readonly document: { title: string; readonly hidden: boolean } & PageTarget
  readonly CustomEvent: new (name: string, init: { detail: string }) => PageEvent
  addEventListener(name: string, listener: (event: PageEvent) => void): void
  dispatchEvent(event: PageEvent): boolean
  matchMedia(query: string): { readonly matches: boolean } & PageTarget
}

export interface PageTarget {
  addEventListener(name: string, listener: () => void): void
}

export interface PageEvent {
  readonly detail: string
}
