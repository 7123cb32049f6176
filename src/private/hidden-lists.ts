/**
 * Below each list that leaves something out, how much, and a way to see it; beside a total of the server's, that it counts them. Loaded by pages of whoever has hidden somebody; which lines
 * are left out is the style sheet's work (hidden-style.ts), so lines that come later need nothing.
 */
import type { Locale } from '#domain/locale.ts'
import { hiding } from '#src/i18n/hiding.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { hiddenStyleKey } from '#src/ui/hidden-key.ts'

const main = document.querySelector('main')
if (main) tellHidden(main, document.documentElement.lang as Locale)

function tellHidden(root: HTMLElement, locale: Locale): void {
  let isAsked = false
  const look = () => {
    isAsked = false
    const lines = [...root.querySelectorAll('ul > [data-by]')].map(({ parentElement }) => parentElement)
    const told = [...root.querySelectorAll('.from-hidden')].map((line) => line.previousElementSibling)
    const lists = [...new Set([...lines, ...told])].filter((list) => list !== null)
    for (const list of lists) tellBelow(list, locale)
    const total = root.querySelector<HTMLElement>('[data-total]')
    if (total) tellBeside(total, lists.reduce((sum, list) => sum + countHidden(list), 0), locale) // prettier-ignore
  }
  const ask = () => {
    if (isAsked) return
    isAsked = true
    queueMicrotask(look) // before the page is painted
  }
  look()
  new MutationObserver(ask).observe(root, { childList: true, subtree: true })
  addEventListener(hiddenStyleKey, ask)
}

/** Of this page: whose the others are, nobody knows here. */
function tellBeside(total: HTMLElement, count: number, locale: Locale): void {
  const says = count > 0 ? inLocale(hiding, locale).amongThem(count) : ''
  const known = total.querySelector('span')
  if ((known?.textContent ?? '') === says) return
  const line = known ?? total.appendChild(document.createElement('span'))
  line.textContent = says
}

function tellBelow(list: Element, locale: Locale): void {
  const known = list.nextElementSibling?.matches('.from-hidden') ? (list.nextElementSibling as HTMLElement) : undefined
  const isShownWhole = list.matches('.all')
  if (isShownWhole && !known) return // a poster's own page
  const count = countHidden(list)
  if (known?.dataset['count'] === `${count}`) return
  known?.remove()
  if (count > 0) list.after(lineOf(list, count, locale))
}

/** As the sheet says. */
function countHidden(list: Element): number {
  const held = localStorage.getItem(hiddenStyleKey) ?? ''
  return [...list.querySelectorAll<HTMLElement>(':scope > [data-by]')].filter(({ dataset }) =>
    held.includes(`"${dataset['by']}"`),
  ).length
}

function lineOf(list: Element, count: number, locale: Locale): HTMLElement {
  const words = inLocale(hiding, locale)
  const line = document.createElement('p')
  line.className = 'from-hidden quiet noprint'
  line.dataset['count'] = `${count}`
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn plain'
  button.dataset['act'] = 'reveal'
  const manage = document.createElement('a')
  manage.className = 'btn plain'
  manage.href = `${pathTo(locale).me}#hidden-sellers`
  manage.textContent = words.manage
  const show = () => {
    const isWhole = list.matches('.all')
    button.textContent = isWhole ? words.cover : words.reveal
    button.setAttribute('aria-expanded', String(isWhole))
    manage.hidden = !isWhole
  }
  button.addEventListener('click', () => {
    list.classList.toggle('all')
    show()
  })
  show()
  const told = document.createElement('span')
  told.textContent = words.fromHidden(count)
  line.append(told, button, manage)
  return line
}
