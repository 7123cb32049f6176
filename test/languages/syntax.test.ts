/** Where the build finds words in code, and what it makes of them. */
import { describe, expect, it } from 'vitest'
import { withHantAreas } from '#src/languages/rendered.ts'
import { inOneLanguage } from '#src/languages/scripts.ts'
import { wordPlacesIn } from '#src/languages/syntax.ts'

const source = `
const zhHans = { yes: '发布', n: (n: number) => \`共 \${n} 条网络\` }
const en: typeof zhHans = { yes: 'Yes', n: (n) => \`\${n} networks\` }
export const area = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>`

describe('a source file of words', () => {
  it('gets a third dictionary, functions and all', async () => {
    const made = withHantAreas(source)
    expect(made).toContain("'zh-Hant': { yes: '發布', n: (n: number) => `共 ${n} 條網路` }, en } satisfies")
  })

  it.each([
    ["export const names = { 'zh-Hans': '简体', 'zh-Hant': '繁體', en: 'English' }"], // its third is written
    ["export const other = { zh: '词', en: 'word' }"],
    ['export const none = { ...rest, [key]: 1 }'],
  ])('%s stays as it is', (code) => expect(withHantAreas(code)).toBe(code))
})

describe('a built script', () => {
  const script = [
    'import{a}from"./b.js";',
    'const h={yes:`发布`,n:e=>`共 ${e} 条`},e={yes:`Yes`,n:e=>`${e}`};',
    'const area={"zh-Hans":h,en:e},inline={"zh-Hans":{no:`否`},en:{no:`No`}};',
    'const rows=[{id:`a`,name:{zh:`网络`,en:`Network`}}],prefixes={"zh-Hans":``,"zh-Hant":`/zh-hant`,en:`/en`};',
  ].join('')
  const cut = (locale: 'zh-Hans' | 'zh-Hant' | 'en') => inOneLanguage(script, wordPlacesIn(script), locale)

  it.each([
    ['zh-Hans', ['发布', '否', '{zh:`网络`}'], ['Yes', 'No`', 'Network', '網路']],
    ['zh-Hant', ['發布', '條', '{zh:`網路`}'], ['Yes', 'No`', 'Network', '发布', '条', '网络']],
    ['en', ['Yes', 'No`', '{en:`Network`}'], ['发', '發', '否', '网', '網', '条']],
  ] as const)('for %s has its words and no others', (locale, has, lacks) => {
    const text = cut(locale)
    for (const word of has) expect(text).toContain(word)
    for (const word of lacks) expect(text).not.toContain(word)
    expect(text).toContain('prefixes={"zh-Hans":``,"zh-Hant":`/zh-hant`,en:`/en`}')
    expect(wordPlacesIn(text).words).toEqual([]) // and is still a script
  })
})
