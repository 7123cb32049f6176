/** Every kind of page, by an address that shows one. */
import type { Portal } from './portal.ts'

export type AddressOf = (portal: Portal) => Promise<string>

const at =
  (path: string): AddressOf =>
  async () =>
    path
/** The first address of a form that a page links to. */
const firstOn =
  (page: AddressOf, pattern: RegExp): AddressOf =>
  async (portal) =>
    pattern.exec(await (await fetch(`${portal.url}${await page(portal)}`)).text())?.[1] ?? ''
const aListing = firstOn(at('/c/jobs'), /href="(\/l\/[a-z2-7]{26})"/)

export const pageKinds: readonly (readonly [name: string, address: AddressOf])[] = [
  ['home', at('/')],
  ['category', at('/c/goods')],
  ['category-empty', at('/c/goods?price-max=1')],
  ['listing', aListing],
  ['poster', firstOn(aListing, /href="(\/u\/[^"]+)"/)],
  ['guides', at('/guides')],
  ['guide', firstOn(at('/guides'), /href="(\/guides\/[a-z-]+)"/)],
  ['verdict', at('/guides/how-a-return-works/verdict?bought=2026-11-10&where=shop&goods=general&state=fault')],
  ['verdict-missing', at('/guides/how-a-return-works/verdict?goods=phone')],
  ['rules', at('/rules')],
  ['links', at('/links')],
  ['phones', at('/phones')],
  ['notices', at('/notices')],
  ['notice', firstOn(at('/notices'), /href="(\/notices\/[a-z-]+)"/)],
  ['about', at('/about')],
  ['business', at('/business')],
  ['messages', at('/messages')],
  ['moderation', at('/moderation')],
  ['moderation-log', at('/moderation/log')],
  ['data', at('/data')],
  ['offline', at('/offline')],
  ['operator', at('/operator')],
  ['missing', at('/nothing-here')],
]

export async function addressOf(name: string, portal: Portal): Promise<string> {
  const [, address] = pageKinds.find(([kind]) => kind === name) ?? []
  if (!address) throw new Error(`no kind of page is named ${name}`)
  return address(portal)
}
