/** Plays the user's browser on the simulator's consent page: real HTTP, redirects followed. */
export async function decideConsent(url: string, decision: 'allow' | 'deny'): Promise<Response> {
  const page = await fetch(url)
  if (page.status !== 200) throw new Error(`the consent page answered ${page.status}`)
  const fields = [...(await page.text()).matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
  const plain = (text = '') => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
  const form = new URLSearchParams()
  for (const [, name, value] of fields) form.append(plain(name), plain(value))
  form.set('decision', decision)
  return fetch(new URL('/oauth/auth', url), { method: 'POST', body: form })
}
