/** What `GET /oauth/userinfo` answers for a token that is accepted. `is_default` is a boolean on the wire. */
export function userInfoBody(sub: string, host: string, several: boolean) {
  const port = host.replace(/^.*:/, '')
  const account = (digit: number, account_name: string, base_uri: string) => ({
    account_id: `5a1d0000-0000-4000-8000-00000000000${digit}`,
    is_default: digit === 1,
    account_name,
    base_uri,
  })
  const first = account(1, 'Simulated account', `http://${host}`)
  const others = [
    account(2, 'Simulated subsidiary', `http://localhost:${port}`),
    account(3, 'Simulated partner', `http://127.0.0.2:${port}`),
  ]
  return {
    sub,
    name: 'Sim Developer',
    given_name: 'Sim',
    family_name: 'Developer',
    created: '2026-01-01T00:00:00.000',
    email: 'sim.developer@example.com',
    // The default one is not always the first.
    accounts: several ? [...others, first] : [first],
  }
}
