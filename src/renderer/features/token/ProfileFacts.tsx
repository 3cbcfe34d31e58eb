import type { ProfileView } from '../../../shared/views.js'

export function ProfileFacts({ profile }: { profile: ProfileView }) {
  const { integrationKey, userId, grant, scopes, oauthHost, restBasePath, autoRenew } = profile
  const facts: readonly (readonly [string, string, boolean])[] = [
    ['Integration key', integrationKey, true],
    ...(grant === 'user' ? [['User ID', userId, true] as const] : []),
    ['Grant', grant === 'user' ? 'User (impersonation)' : 'Application', false],
    ['Scopes', scopes.join(' '), true],
    ['OAuth host', oauthHost || 'starting…', true],
    ['REST base path', restBasePath || 'starting…', true],
    ['Renewal', autoRenew ? 'In the background, five minutes before expiry' : 'On request', false],
  ]
  return (
    <section className="card" aria-labelledby="facts-title">
      <h2 id="facts-title">Profile</h2>
      <dl className="facts">
        {facts.map(([term, value, mono]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className={mono ? 'mono' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
