/** What a page carries of the server's answer. */
import { describe, expect, it } from 'vitest'
import { foundOf } from '#src/search/box.ts'
import { inBrief } from '#src/search/brief.ts'
import { aGuide } from '../fixtures/printed-entries.ts'

const long = `${'先看保修卡。'.repeat(400)}屏幕碎了也修。${'再看发票。'.repeat(400)}`
const english = { title: 'Broken screens', text: 'A screen that broke is mended too.' }
const guide = aGuide('guide/screen', '屏幕碎了', long)
const found = { lines: [], printed: [{ ...guide, words: { ...guide.words, en: english } }], busy: false }

describe('the server’s answer in brief', () => {
  it('has a stretch around the words that were looked for, however long a guide is', () => {
    const brief = inBrief(found, 'zh-Hans', '屏幕')
    expect(foundOf(brief, 'zh-Hans').hits[0]).toMatchObject({ title: '屏幕碎了', group: 'guide' })
    expect(foundOf(brief, 'zh-Hans').hits[0]?.excerpt).toContain('屏幕碎了也修')
    expect(JSON.stringify(brief).length).toBeLessThan(500)
  })

  it('is in the reader’s language, and in no other', () => {
    const brief = inBrief(found, 'en', 'screen')
    expect(foundOf(brief, 'en').hits[0]).toMatchObject({ title: english.title, excerpt: english.text })
    expect(JSON.stringify(brief)).not.toContain('屏幕')
  })
})
