/** A notification of this device, where its owner has allowed them. One of a tag takes the place of the one before, without a sound. */
export interface Told {
  readonly title: string
  readonly body: string
  readonly tag: string
  /** Where a tap leads. */
  readonly path: string
}

export async function notify({ title, body, tag, path }: Told): Promise<void> {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return
  const registration = await navigator.serviceWorker?.ready // a first visit has none yet; where there can be none, nobody is told
  await registration?.showNotification(title, { body, tag, icon: '/icons/touch.png', data: { path } })
}
