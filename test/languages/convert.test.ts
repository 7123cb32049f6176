/** Traditional Chinese as the build makes it, and its override file. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allHant, hantOf, withHant } from '#src/languages/convert.ts'

const overrides: Readonly<Record<string, string>> = JSON.parse(readFileSync('content/zh-hant.json', 'utf8'))

const filesIn = (folder: string, kind: RegExp) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => kind.test(name))
    .map((name) => join(folder, name))
const sources = [
  ...filesIn('src/i18n', /\.ts$/),
  ...filesIn('content', /^(?!samples|zh-hant|guides\/en).*\.(json|md)$/),
]
  .map((name) => readFileSync(name, 'utf8'))
  .join('\n')

describe('Traditional Chinese', () => {
  it.each([
    // the portal's own name and those of places go by the character
    ['日照信息港', '日照信息港'],
    ['岚山区', '嵐山區'],
    ['黄岛', '黃島'],
    ['工业和信息化部', '工業和信息化部'],
    // words a reader elsewhere would not use
    ['免费发布信息', '免費發布資訊'],
    ['没有网络也能读', '沒有網路也能讀'],
    ['存在这台设备上', '存在這台裝置上'],
    ['搜索“电动车”', '搜尋「電動車」'],
    ['拼车和家具', '共乘和家具'],
    // one character that was two
    ['公里里面', '公里裡面'],
    ['皇后后天理发', '皇后後天理髮'],
    ['台面干净，干部面议', '檯面乾淨，幹部面議'],
    ['一只余额只有', '一隻餘額只有'],
    ['重签或签合同，指南里', '重簽或簽合同，指南裡'],
    ['招聘和面试', '招聘和面試'],
    // what is not Chinese stays
    ['CNY ¥2,350 /件 (n) => `${n}`', 'CNY ¥2,350 /件 (n) => `${n}`'],
  ])('of %s is %s', (simplified, traditional) => expect(hantOf(simplified)).toBe(traditional))

  it.each(Object.keys(overrides))('%s is overridden for a text that is there', (word) => {
    const longer = Object.keys(overrides).filter((other) => other !== word && other.includes(word))
    expect(longer.reduce((text, other) => text.replaceAll(other, ''), sources)).toContain(word)
  })

  it('once made is not made again', () => {
    const texts = [...new Set(sources.match(/[\p{Script=Han}，。；：、！？]{4,}/gu))].map(hantOf)
    expect(texts.length).toBeGreaterThan(1000)
    expect(texts.filter((text) => hantOf(text) !== text)).toEqual([])
  })
})

describe('content', () => {
  it('says its words in Traditional Chinese too, however deep; what was written by hand stays', () => {
    const words = { name: { zh: '发布', en: 'Posting' }, list: [{ zh: '里', en: 'in', hant: '裏' }], n: 1 }
    expect(withHant(words)).toEqual({
      name: { zh: '发布', en: 'Posting', hant: '發布' },
      list: [{ zh: '里', en: 'in', hant: '裏' }],
      n: 1,
    })
  })

  it('that has one language is made anew as a whole', () => {
    const at = new Date(0)
    expect(allHant({ title: '租房', sources: ['民法典'], order: 1, at: undefined })).toEqual({
      title: '租房',
      sources: ['民法典'],
      order: 1,
      at: undefined,
    })
    expect(allHant([at, '网络'])).toEqual([at, '網路'])
  })
})
