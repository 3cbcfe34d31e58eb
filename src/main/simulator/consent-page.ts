const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

const page = (title: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 32rem; margin: 12vh auto; padding: 0 1.5rem }
  small { opacity: .75 } code { overflow-wrap: anywhere } li { margin: .25rem 0 }
  button { font: inherit; padding: .5rem 1.25rem; margin-right: .5rem; border-radius: .5rem; border: 1px solid currentColor; background: none; color: inherit }
  button[value=allow] { background: #1d4ed8; border-color: #1d4ed8; color: #fff }
</style></head><body><main><small>Token Desk simulator: no Docusign account is involved</small>${body}</main></body></html>`

/** The page at `/oauth/auth`. Its one form repeats the query, so that the server checks everything again. */
export function consentPage(integrationKey: string, scopes: readonly string[], query: URLSearchParams): string {
  const fields = [...query].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  )
  return page(
    'Allow access?',
    `<h1>Allow access?</h1>
<p>The app with integration key <code>${escapeHtml(integrationKey)}</code> asks to act for you with:</p>
<ul>${scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`).join('')}</ul>
<form method="post" action="/oauth/auth">${fields.join('')}
<button name="decision" value="allow">Allow access</button><button name="decision" value="deny">Deny</button></form>`,
  )
}

export const consentedPage = () =>
  page('Consent given', '<h1>Consent given</h1><p>Go back to Token Desk and try again. You may close this page.</p>')

export const deniedPage = () =>
  page('Access denied', '<h1>Access denied</h1><p>Nothing was allowed. You may close this page.</p>')

export const captivePortalPage = () =>
  page('Welcome to the network', '<h1>Welcome to the network</h1><p>Please sign in to go on the internet.</p>')
