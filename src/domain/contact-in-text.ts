/**
 * House rule HR-2: contact stands only in its field, where it is hidden when the listing is over. This finds phone
 * numbers, mail addresses and chat ids in text, spaced or full-width as they may be. Dates, years, amounts with a unit
 * and ranges of round numbers are no phone numbers: a rule that refuses "3000-5000 元" would refuse half the jobs.
 */
export function tellsContact(text: string): boolean {
  const plain = text.normalize('NFKC').replace(unseen, '')
  if (mail.test(plain) || chat.test(plain)) return true
  const rest = harmless.reduce((left, pattern) => left.replace(pattern, '#'), plain)
  return mobile.test(withDigits(rest)) || phones.some((pattern) => pattern.test(rest))
}

/** What stands between digits without being seen: joiners, selectors, the frame of a keycap. */
export const unseen = /[\p{Default_Ignorable_Code_Point}\p{Me}]/gu

const numerals = '〇一二三四五六七八九零幺'
const ledgerNumerals = '零壹贰叁肆伍陆柒捌玖'
const spoken: Readonly<Record<string, number>> = Object.fromEntries(
  ['zero one two three four five six seven eight nine', 'ling yi er san si wu liu qi ba jiu', 'oh yao']
    .map((words) => words.split(' '))
    .flatMap((words) => words.map((word, digit) => [word, digit])),
)
const word = new RegExp(`(?<![a-z])(?:${Object.keys(spoken).join('|')})(?![a-z])`, 'gi')

/** In letters too: numerals of both kinds, words, sounds, and the letters that stand in for 0 and 1 among digits. */
const withDigits = (text: string): string =>
  text
    .replace(/[〇一二三四五六七八九零幺]/g, (numeral) => String(numerals.indexOf(numeral) % 10))
    .replace(/[壹贰叁肆伍陆柒捌玖]/g, (numeral) => String(ledgerNumerals.indexOf(numeral)))
    .replace(word, (said) => String(spoken[said.toLowerCase()]))
    .replace(/(?<![a-z])[\doil|][\doil|\s-]{9,}(?![a-z])/gi, (run) =>
      run.replace(/\D/g, '').length < 5 ? run : run.replace(/o/gi, '0').replace(/[il|]/gi, '1'),
    )

const mail = /[\w.+-]{1,64}\s?@\s?[\w-]{1,64}(?:\.[\w-]{2,20})+/
const chat =
  /(?:微信|薇信|威信|微信号|扣扣|(?<![a-z])(?:v信|vx|wx|wechat|weixin|qq))(?:号|id)?[\s:]{0,3}[a-z0-9][a-z0-9_-]{4,19}/i

// prettier-ignore
const harmless: readonly RegExp[] = [
  /(?<!\d)(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])(?:[-./](?:0?[1-9]|[12]\d|3[01]))?(?!\d)/g, // 2026-05-01
  /(?<!\d)(?:19|20)\d\d\s?[-~—]\s?(?:19|20)\d\d(?!\d)/g,                                  // 2019-2023
  /(?<!\d)\d{1,6}0\s?[-~—]\s?\d{1,6}0(?!\d)/g,                                            // 3000-5000
  /(?<![\d\s.-])\d{1,9}(?:\.\d{1,2})?\s?(?:元|块|万|公里|千米|平|km|g\b)/gi,              // 1280000 元
]

const gap = '[\\s\\-._·—–()]{0,3}'

/** However spaced, in digits or numerals. */
const mobile = new RegExp(`(?<!\\d)(?:86${gap})?1${gap}[3-9](?:${gap}\\d){9}(?!\\d)`)

// prettier-ignore
const phones: readonly RegExp[] = [
  /\d{7,}/,                                               // seven in a row are a local number at least
  new RegExp(`(?<!\\d)0\\d{2,3}${gap}\\d{3,4}${gap}\\d{4}(?!\\d)`),       // area code and number
  new RegExp(`(?<!\\d)[48]00${gap}\\d{3,4}${gap}\\d{3,4}(?!\\d)`),        // 400 and 800 numbers
  /(?<!\d)\d{3,4}[\s-]\d{4}(?!\d)/,                       // 833 1234
  /(?<!\d)\d(?:[\s\-.·]\d){6,}(?!\d)/,                    // one digit at a time
]
