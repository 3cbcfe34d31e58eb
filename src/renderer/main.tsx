import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.js'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/layout.css'
import './styles/sidebar.css'
import './styles/panels.css'
import './styles/activity.css'
import './styles/palette.css'
import './styles/account.css'
import './styles/server.css'
import './styles/import.css'
import './styles/forced-colors.css'

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
