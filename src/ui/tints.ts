/** A town names two colours, its sea and its buoy; the shades the pages need are mixed from them so that text on them stays readable. */
export interface TownColours {
  readonly sea: string
  readonly buoy: string
}

/** Contrast that WCAG AA asks of text. */
const readable = 4.5

/** Custom properties, by name. */
export function tintsOf({ sea, buoy }: TownColours): Readonly<Record<string, string>> {
  const sea600 = against(sea, '#ffffff', '#000000')
  const night = '#172028'
  return {
    'sea-50': mix(sea600, '#ffffff', 0.92),
    'sea-100': mix(sea600, '#ffffff', 0.82),
    'sea-600': sea600,
    'sea-700': mix(sea600, '#000000', 0.22),
    'sea-900': mix(sea600, '#0a121a', 0.58),
    'sea-950': mix(sea600, '#0a121a', 0.74),
    'sea-night': against(shining(sea, 0.68, 0.66), night, '#ffffff'),
    'sea-night-soft': mix(sea600, night, 0.72),
    'buoy-50': mix(buoy, '#ffffff', 0.91),
    'buoy-500': against(buoy, '#ffffff', '#000000'),
    'buoy-600': against(mix(buoy, '#000000', 0.15), '#f6f4ef', '#000000'),
    'buoy-night': against(shining(buoy, 1, 0.68), night, '#ffffff'),
  }
}

/** The town's own style sheet. */
export const townCss = (colours: TownColours): string =>
  `:root {\n${Object.entries(tintsOf(colours))
    .map(([name, value]) => `  --${name}: ${value};\n`)
    .join('')}}\n`

/** Moves a colour towards `pole` until it is readable on (or under) `ground`. */
function against(colour: string, ground: string, pole: string): string {
  let found = colour
  for (let share = 0; share <= 1 && contrastOf(found, ground) < readable; share += 0.02)
    found = mix(colour, pole, share)
  return found
}

export function contrastOf(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

function luminanceOf(colour: string): number {
  const [r = 0, g = 0, b = 0] = partsOf(colour).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** The colour as it glows at night: its hue, with the saturation and lightness given (0 to 1). */
function shining(colour: string, saturation: number, lightness: number): string {
  const hue = hueOf(colour)
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const part = (n: number) => {
    const turn = (n + hue / 30) % 12
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))))
  }
  return hexOf([part(0), part(8), part(4)])
}

function hueOf(colour: string): number {
  const [r = 0, g = 0, b = 0] = partsOf(colour)
  const most = Math.max(r, g, b)
  const span = most - Math.min(r, g, b)
  if (span === 0) return 0
  const sixth = most === r ? ((g - b) / span + 6) % 6 : most === g ? (b - r) / span + 2 : (r - g) / span + 4
  return sixth * 60
}

/** @param share how much of `b` */
const mix = (a: string, b: string, share: number): string => {
  const other = partsOf(b)
  const parts = partsOf(a).map((part, i) => Math.round(part * (1 - share) + (other[i] ?? 0) * share))
  return hexOf(parts)
}

const hexOf = (parts: readonly number[]): string =>
  `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`

const partsOf = (colour: string): readonly number[] =>
  [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16))
