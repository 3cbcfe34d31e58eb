import { Notification } from 'electron'

/** Shows a notification of the system's, where it has any. Its text must hold no secret: it may stay on a lock screen. */
export function notify(title: string, body: string, clicked: () => void): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body })
  notification.on('click', clicked)
  notification.show()
}
