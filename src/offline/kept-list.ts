/** The lists of the offline page: what the service worker says is kept, as rows that stand ready in the page. */
import type { Ask, Kept, KeptPage } from '#domain/asking.ts'
import { localeOfPath } from '#domain/locale.ts'

const timeStyle = { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' } as const // not shared with the mark: every page would load a second file

/** `root` is the element of KeptPages.astro. */
export async function showKept(root: HTMLElement): Promise<void> {
  const kept = await askKept()
  for (const name of ['pages', 'guides'] as const) {
    const section = root.querySelector(`[data-kept="${name}"]`)
    const all = kept?.[name] ?? []
    // guides come by themselves, in every language somebody looked at: the list has those of this page's
    const rows = name === 'guides' ? all.filter(({ path }) => languageOf(path) === document.documentElement.lang) : all
    if (section && rows.length > 0) fillList(section, rows)
  }
}

const languageOf = (path: string): string => localeOfPath(path).locale

async function askKept(): Promise<Kept | undefined> {
  const registration = await navigator.serviceWorker?.getRegistration()
  const worker = registration?.active
  if (!worker) return undefined
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.addEventListener('message', ({ data }) => resolve(data as Kept), { once: true })
    port1.start()
    worker.postMessage({ kind: 'list' } satisfies Ask, [port2])
  })
}

function fillList(section: Element, pages: readonly KeptPage[]): void {
  const template = section.querySelector('template')
  const list = section.querySelector('ul')
  if (!template || !list) return
  for (const { path, title, savedAt } of pages) {
    const row = template.content.cloneNode(true) as DocumentFragment
    row.querySelector('a')?.setAttribute('href', path)
    const [name, time] = [row.querySelector('.name'), row.querySelector('time')]
    if (name) name.textContent = plainTitle(title)
    name?.setAttribute('lang', languageOf(path))
    if (time)
      time.textContent = new Date(savedAt)
        .toLocaleString(`${document.documentElement.lang.slice(0, 2)}-GB`, timeStyle)
        .replace(/(\p{sc=Han}) ?/gu, '\u00a0$1\u00a0')
    list.append(row)
  }
  section.querySelector('.none')?.remove()
  list.hidden = false
}

/** As the head would show it, without the portal's name behind it, in whatever language. A parsed document runs nothing; only its text is used. */
function plainTitle(source: string): string {
  const { title } = new DOMParser().parseFromString(`<title>${source}</title>`, 'text/html')
  return title.replace(/^(.+) - .*$/s, '$1')
}
