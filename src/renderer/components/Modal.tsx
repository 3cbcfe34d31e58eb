import type { ReactNode } from 'react'
import { Dialog, Heading, ModalOverlay, Modal as OverlayModal } from 'react-aria-components'

interface Props {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly alert?: boolean
}

/** A dialog that keeps focus, closes on Escape and gives focus back. Mounted only while open. */
export function Modal({ title, onClose, children, alert = false }: Props) {
  return (
    <ModalOverlay className="overlay" isOpen isDismissable={!alert} onOpenChange={(open) => !open && onClose()}>
      <OverlayModal className="modal">
        <Dialog className="dialog" role={alert ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {/* React's events pass through portals: a form in here must not submit a form around its owner. */}
          <div className="dialog-body" onSubmit={(event) => event.stopPropagation()}>
            {children}
          </div>
        </Dialog>
      </OverlayModal>
    </ModalOverlay>
  )
}

interface ConfirmProps {
  readonly title: string
  readonly text: string
  readonly action: string
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Asks before something is lost. The safe answer has the focus. */
export function Confirm({ title, text, action, onConfirm, onCancel }: ConfirmProps) {
  return (
    <Modal title={title} onClose={onCancel} alert>
      <p>{text}</p>
      <div className="actions actions-end">
        {/* biome-ignore lint/a11y/noAutofocus: a dialog must take focus, and the safe answer is the place for it */}
        <button type="button" className="button" autoFocus onClick={onCancel}>
          Cancel
        </button>
        <button type="button" className="button button-danger" onClick={onConfirm}>
          {action}
        </button>
      </div>
    </Modal>
  )
}
