import { useCallback, useRef, useState } from 'react'
import { ENVIRONMENTS } from '../shared/environments.js'
import { call } from './api.js'
import { type Command, commandsNow, keysText, useCommands, useShortcut } from './commands.js'
import { type Announcement, Announcer } from './components/Announcer.js'
import { Failure } from './components/Failure.js'
import { ActivityPage } from './features/activity/ActivityPage.js'
import { Notices } from './features/app/Notices.js'
import { SettingsDialog } from './features/app/SettingsDialog.js'
import { StatusBar } from './features/app/StatusBar.js'
import { GoLivePage } from './features/go-live/GoLivePage.js'
import { ExportDialog } from './features/import/ExportDialog.js'
import { Import, type ImportOpener } from './features/import/Import.js'
import { CommandPalette } from './features/palette/CommandPalette.js'
import { ProfileForm } from './features/profiles/ProfileForm.js'
import { Sidebar } from './features/profiles/Sidebar.js'
import { useServer } from './features/server/use-server.js'
import { ProfilePanel } from './features/token/ProfilePanel.js'
import { useDesk } from './use-desk.js'

type Mode = 'panel' | 'new' | 'edit' | 'activity' | 'go-live'

export function App() {
  const desk = useDesk()
  const { info, profiles, selected, select } = desk
  const [server, receiveServer] = useServer()
  const [mode, setMode] = useState<Mode>('panel')
  const [settingsOpen, setSettingsOpen] = useState(false)
  const [palette, setPalette] = useState<readonly Command[] | null>(null)
  const [announcement, setAnnouncement] = useState<Announcement>({ text: '', serial: 0 })
  const announce = useCallback((text: string) => setAnnouncement(({ serial }) => ({ text, serial: serial + 1 })), [])
  // Where a form or a profile goes away, the focus in it would go with it: the next panel's title takes it.
  const landing = useRef(false)
  const importer = useRef<ImportOpener>(null)
  const [exporting, setExporting] = useState(false)

  const open = (next: Mode) => {
    landing.current = next === 'panel'
    setMode(next)
    announce('')
  }
  const choose = useCallback(
    (id: string) => {
      landing.current = false
      setMode('panel')
      announce('')
      select(id)
    },
    [select, announce],
  )
  const saved = async () => {
    await desk.reload()
    open('panel')
    announce('Profile saved')
  }
  const openSettings = () => setSettingsOpen(true)
  useShortcut('k', () => setPalette(commandsNow()))
  useShortcut('n', () => open('new'))
  useShortcut(',', openSettings)
  useCommands([
    { id: 'new', label: 'New profile', words: 'add create', keys: keysText('N'), run: () => open('new') },
    { id: 'import', label: 'Import', words: 'postman env configuration file', run: () => importer.current?.choose() },
    { id: 'export', label: 'Export profiles', words: 'team share save', run: () => setExporting(true) },
    { id: 'activity', label: 'Activity', words: 'ledger history requests trace', run: () => open('activity') },
    { id: 'settings', label: 'Settings', words: 'preferences clipboard', keys: keysText(','), run: openSettings },
    ...(profiles ?? []).map(({ id, name, environment }) => ({
      id: `profile-${id}`,
      label: `Go to ${name}`,
      words: `${ENVIRONMENTS[environment].label} profile switch`,
      run: () => choose(id),
    })),
  ])
  const shownId = mode === 'new' || mode === 'activity' ? null : (selected?.id ?? null)
  return (
    <div className="desk">
      <Sidebar
        profiles={profiles ?? []}
        selectedId={shownId}
        onSelect={choose}
        onNew={() => open('new')}
        onImport={() => importer.current?.choose()}
        onExport={() => setExporting(true)}
      />
      <div className="stage">
        {info && (
          <Notices
            info={info}
            onDismiss={(id) => void call('app:dismissNotice', { id }).catch(() => {})}
            onVaultChanged={async (announcement) => {
              await desk.reload()
              announce(announcement)
            }}
          />
        )}
        <main className="content">
          <Failure error={desk.error}>
            <button type="button" className="button" onClick={desk.refresh}>
              Try again
            </button>
          </Failure>
          {mode === 'new' && <ProfileForm key="new" profile={null} onSaved={saved} onCancel={() => open('panel')} />}
          {mode === 'edit' && selected && (
            <ProfileForm key={selected.id} profile={selected} onSaved={saved} onCancel={() => open('panel')} />
          )}
          {mode === 'go-live' && selected && (
            <GoLivePage
              key={selected.id}
              demo={selected}
              profiles={profiles ?? []}
              onCreated={async (profileId) => {
                await desk.reload()
                select(profileId)
                open('panel')
                announce('Production profile created')
              }}
              onCancel={() => open('panel')}
            />
          )}
          {mode === 'activity' && <ActivityPage onClose={() => open('panel')} announce={announce} />}
          {mode === 'panel' && selected && (
            <ProfilePanel
              key={selected.id}
              profile={selected}
              status={desk.status}
              clipboard={desk.clipboard}
              scenario={info?.scenario ?? null}
              landing={landing}
              onEdit={() => open('edit')}
              onGoLive={() => open('go-live')}
              onStatus={desk.receive}
              onScenario={desk.setScenario}
              server={server}
              onServer={receiveServer}
              onSettings={openSettings}
              onChanged={desk.reload}
              announce={announce}
            />
          )}
          {mode === 'panel' && !profiles && desk.error && (
            <section className="empty">
              <h1>Nothing could be loaded</h1>
            </section>
          )}
          {mode === 'panel' && profiles?.length === 0 && (
            <section className="empty">
              <h1>No profiles yet</h1>
              <p>
                A profile holds what a token is asked for with: an environment, an integration key, a user and a key.
              </p>
              <div className="actions actions-centred">
                <button type="button" className="button button-primary" onClick={() => open('new')}>
                  Make a profile
                </button>
                <button type="button" className="button" onClick={() => importer.current?.choose()}>
                  Import one
                </button>
              </div>
            </section>
          )}
        </main>
        {info && (
          <StatusBar info={info} server={server} onActivity={() => open('activity')} onSettings={openSettings} />
        )}
      </div>
      {info && settingsOpen && <SettingsDialog info={info} onClose={() => setSettingsOpen(false)} />}
      {palette && <CommandPalette commands={palette} onClose={() => setPalette(null)} />}
      <Import
        ref={importer}
        profiles={profiles ?? []}
        onImported={async ({ profileIds: [first, ...others], withKey }) => {
          await desk.reload()
          // A form that is open stays open: what is typed in it is not lost to an import.
          if (mode === 'panel' && first !== undefined) choose(first)
          announce(`Imported ${countText(others.length + 1, 'profile')}, ${countText(withKey, 'key')}`)
        }}
      />
      {exporting && (
        <ExportDialog
          profiles={profiles ?? []}
          onClose={() => setExporting(false)}
          onExported={({ path, profiles: count, keys }) => {
            setExporting(false)
            announce(`Exported ${countText(count, 'profile')}, ${countText(keys, 'key')} to ${path}`)
          }}
        />
      )}
      <Announcer announcement={announcement} />
    </div>
  )
}

const countText = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`
