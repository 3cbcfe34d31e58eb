import type { ProfileView } from '../../../shared/views.js'

export function ProfileFacts({ profile }: { profile: ProfileView }) {
  const { integrationKey, userId, grant, scopes, oauthHost, restBasePath } = profile
  const facts: readonly (readonly [string, string, boolean])[] = [
    ['Integration key', integrationKey, true],
    grant === 'user' ? ['User ID', userId, true] : ['User ID', 'Not used by an application grant', false],
    ['OAuth host', oauthHost || 'starting…', true],
    ['REST base path', restBasePath || 'starting…', true],
    ['Grant', grant === 'user' ? 'User (impersonation)' : 'Application', false],
    ['Scopes', scopes.join(' '), true],
  ]
  return (
    <section className="card facts-card" aria-labelledby="facts-title">
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
