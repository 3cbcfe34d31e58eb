import { useCallback, useState } from 'react'
import { call } from './api.js'
import { type Announcement, Announcer } from './components/Announcer.js'
import { Notices } from './features/app/Notices.js'
import { StatusBar } from './features/app/StatusBar.js'
import { ProfileForm } from './features/profiles/ProfileForm.js'
import { Sidebar } from './features/profiles/Sidebar.js'
import { ProfilePanel } from './features/token/ProfilePanel.js'
import { useDesk } from './use-desk.js'

type Mode = 'panel' | 'new' | 'edit'

export function App() {
  const desk = useDesk()
  const { info, profiles, selected } = desk
  const [mode, setMode] = useState<Mode>('panel')
  const [announcement, setAnnouncement] = useState<Announcement>({ text: '', serial: 0 })
  const announce = useCallback((text: string) => setAnnouncement(({ serial }) => ({ text, serial: serial + 1 })), [])

  const saved = async () => {
    await desk.reload()
    setMode('panel')
    announce('Profile saved')
  }
  return (
    <div className="desk">
      <Sidebar
        profiles={profiles ?? []}
        selectedId={mode === 'new' ? null : (selected?.id ?? null)}
        onSelect={(id) => {
          setMode('panel')
          desk.select(id)
        }}
        onNew={() => {
          setMode('new')
          announce('')
        }}
      />
      <div className="stage">
        {info && <Notices info={info} onDismiss={(id) => void call('app:dismissNotice', { id }).catch(() => {})} />}
        <main className="content">
          {mode === 'new' && <ProfileForm key="new" profile={null} onSaved={saved} onCancel={() => setMode('panel')} />}
          {mode === 'edit' && selected && (
            <ProfileForm key={selected.id} profile={selected} onSaved={saved} onCancel={() => setMode('panel')} />
          )}
          {mode === 'panel' && selected && (
            <ProfilePanel
              key={selected.id}
              profile={selected}
              status={desk.status}
              simulator={info?.simulator ?? null}
              onEdit={() => setMode('edit')}
              onStatus={desk.receive}
              onChanged={desk.reload}
              announce={announce}
            />
          )}
          {mode === 'panel' && profiles?.length === 0 && (
            <section className="empty">
              <h1>No profiles yet</h1>
              <p>
                A profile holds what a token is asked for with: an environment, an integration key, a user and a key.
              </p>
            </section>
          )}
        </main>
        {info && <StatusBar info={info} />}
      </div>
      <Announcer announcement={announcement} />
    </div>
  )
}
