import { describe, expect, it } from 'vitest'
import { packedFilesIn, packFiles, unpackFiles, type BuiltFile } from '#domain/built-files.ts'

const files: readonly BuiltFile[] = [
  { url: '/_a/base.CDsucDi_.js', revision: null },
  { url: '/_a/words.kDLRlb1Q.js', revision: null },
  { url: '/_a/en/words.kDLRlb1Q.js', revision: null },
  { url: '/_a/zh-hant/words.kDLRlb1Q.js', revision: null },
  { url: '/_a/words.AAAAAAAA.css', revision: null },
  { url: '/_a/en/only.BBBBBBBB.js', revision: null },
  { url: '/town.css', revision: 'f8e60656' },
  { url: '/rules', revision: 'f85626a1' },
  { url: '/en/rules', revision: '8fc75786' },
  { url: '/zh-hant/rules', revision: '7cdf9146' },
  { url: '/guides/rent-a-home', revision: '6b5abbf1' },
  { url: '/english', revision: '11111111' }, // no folder of a language
  { url: '/_a', revision: '22222222' },
]
const sorted = (all: readonly BuiltFile[]) => [...all].sort((a, b) => (a.url < b.url ? -1 : 1))

describe('the files of a build, packed', () => {
  it('are the same when unpacked, each once', () =>
    expect(sorted(unpackFiles(packFiles(files)))).toEqual(sorted(files)))

  it('name what only the folder of a language tells apart once', () => {
    const packed = JSON.stringify(packFiles(files))
    for (const name of ['kDLRlb1Q', 'rules']) expect(packed.split(name)).toHaveLength(2)
  })

  it('are found again in the text of a script', () => {
    const packed = packFiles(files)
    expect(packedFilesIn(`var a=[[1]],b=${JSON.stringify(packed)};c([["x"]])`)).toEqual(packed)
    expect(() => packedFilesIn('var a=[]')).toThrow()
  })

  it.each([
    ['a space', { url: '/a b', revision: null }],
    ['a colon', { url: '/a:b', revision: null }],
    ['a revision of another length', { url: '/a', revision: 'abc' }],
  ])('are not told with %s in one', (_, file) => expect(() => packFiles([file])).toThrow())
})
