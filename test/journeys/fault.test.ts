/** A fault of ours, made for real: the table that pages of listings are read from is gone. Whoever comes is told so in his language, and no more. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, expect, it } from 'vitest'
import { localePath, locales } from '#domain/locale.ts'
import { shell } from '#src/i18n/shell.ts'
import { faultsOf } from './axe.ts'
import { openScene } from './scene.ts'

const scene = openScene()

beforeAll(() => {
  const db = new DatabaseSync(join(scene.portal.dataDir, 'portal.sqlite'), { timeout: 10_000 })
  db.exec('ALTER TABLE listings RENAME TO lost')
  db.close()
})

it.each(locales)(
  'in %s: 500, for no index, in its language, without a word of what broke; the page that is left works',
  async (locale) => {
    const path = localePath(locale, '/c/goods')
    const answer = await fetch(`${scene.portal.url}${path}`)
    const html = await answer.text()
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([500, 'no-cache'])
    expect(html).toContain(`<html lang="${locale}"`)
    expect(html).toContain('<meta name="robots" content="noindex">')
    expect(html).not.toMatch(/no such table|SQLITE|\bat .*\.m?[jt]s|node_modules|Error:/)
    expect(scene.portal.output()).toContain('no such table') // the operator is told

    const { page } = await scene.somebody(390)
    await page.goto(path)
    if (locale !== 'zh-Hant') expect(await page.locator('h1').innerText()).toBe(shell[locale].errors.broken.title)
    expect(await faultsOf(page, false)).toEqual([])
    await page.locator('main a[href=""]').click()
    expect(new URL(page.url()).pathname).toBe(path)
    expect((await fetch(`${scene.portal.url}${localePath(locale, '/about')}`)).status).toBe(200)
  },
)
