/**
 * Latin letters read as pinyin: cut into syllables, each two neighbours looked up in the edition, whose terms `~shouhou…` end
 * in two characters of its titles that sound so. Toneless; `v` stands for ü.
 */
import type { Need } from '#domain/text.ts'

export const pinyinMark = '~'

// prettier-ignore
const finalsOf: Readonly<Record<string, string>> = {
  b: 'a o ai ei ao an en ang eng i ie iao ian in ing u', p: 'a o ai ei ao ou an en ang eng i ie iao ian in ing u',
  m: 'a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u', f: 'a o ei ou an en ang eng u',
  d: 'a e ai ei ao ou an en ang eng ong i ie iao iu ian ing u uo ui uan un ia', t: 'a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un',
  n: 'a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan v ve', l: 'a e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve o',
  g: 'a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang', k: 'a e ai ao ou an en ang eng ong u ua uo uai ui uan un uang ei',
  h: 'a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang', j: 'i ia ie iao iu ian in iang ing iong u ue uan un',
  q: 'i ia ie iao iu ian in iang ing iong u ue uan un', x: 'i ia ie iao iu ian in iang ing iong u ue uan un',
  zh: 'a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang', ch: 'a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang',
  sh: 'a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang', r: 'e i ao ou an en ang eng ong u uo ui uan un ua',
  z: 'a e i ai ei ao ou an en ang eng ong u uo ui uan un', c: 'a e i ai ao ou an en ang eng ong u uo ui uan un',
  s: 'a e i ai ao ou an en ang eng ong u uo ui uan un', y: 'a e ao ou an ang i in ing ong u ue uan un o', w: 'a o ai ei an en ang eng u',
  '': 'a o e ai ei ao ou an en ang eng er',
}
const syllables: ReadonlySet<string> = new Set(
  Object.entries(finalsOf).flatMap(([initial, finals]) => finals.split(' ').map((final) => initial + final)),
)
const longestSyllable = 6
const mostCuts = 6

/** Every way to cut the letters into two to six syllables, those with fewer syllables first; a few at most. */
export function syllableCuts(letters: string): readonly (readonly string[])[] {
  const cuts: string[][] = []
  const go = (from: number, done: readonly string[]) => {
    if (done.length > 6 || cuts.length > 40) return
    if (from === letters.length && done.length > 1) return void cuts.push([...done])
    for (let length = Math.min(longestSyllable, letters.length - from); length > 0; length--) {
      const syllable = letters.slice(from, from + length)
      if (syllables.has(syllable)) go(from + length, [...done, syllable])
    }
  }
  if (/^[a-z]{3,30}$/.test(letters)) go(0, [])
  return cuts.sort((a, b) => a.length - b.length).slice(0, mostCuts)
}

/** What the letters may mean: ways of two-character tokens that overlap as they would in one word. @param termsWith asks the edition */
export async function needOfPinyin(
  letters: string,
  termsWith: (prefix: string) => Promise<readonly string[]>,
): Promise<Need | undefined> {
  const ways = await Promise.all(syllableCuts(letters).map((cut) => waysOf(cut, termsWith)))
  const all = ways.flat()
  return all.length > 0 ? { run: letters, ways: all.slice(0, mostWays) } : undefined
}

const mostWays = 24

async function waysOf(
  cut: readonly string[],
  termsWith: (prefix: string) => Promise<readonly string[]>,
): Promise<readonly (readonly string[])[]> {
  const pairs = await Promise.all(
    cut.slice(1).map(async (second, i) => {
      const prefix = `${pinyinMark}${cut[i]}${second}`
      return (await termsWith(prefix)).map((term) => term.slice(prefix.length)).filter((word) => [...word].length === 2)
    }),
  )
  return pairs.reduce<readonly (readonly string[])[]>(
    (ways, words) =>
      ways
        .flatMap((way) => words.filter((word) => continues(way.at(-1), word)).map((word) => [...way, word]))
        .slice(0, 200),
    [[]],
  )
}

const continues = (before: string | undefined, word: string): boolean =>
  before === undefined || [...before][1] === [...word][0]
